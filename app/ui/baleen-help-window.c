#include "baleen-help-window.h"

#include <glib/gi18n.h>

#include "baleen-answer-view.h"
#include "baleen-selection.h"

#define FOLDER "/org/baleen/Baleen/help/"

static gboolean
escape_cb (GtkWidget *window,
           GVariant  *arguments,
           gpointer   user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/* Links in the text open as those of messages do. */
static void
open_link_cb (GSimpleAction *action,
              GVariant      *address,
              gpointer       window)
{
  gtk_show_uri (window, g_variant_get_string (address, NULL), GDK_CURRENT_TIME);
}

static void
hear_keys (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
}

static GtkWidget *
page_new (void)
{
  /* Translators: the file of the help text, “en” or “zh”. */
  g_autofree char *path = g_strconcat (FOLDER, C_ ("help file", "en"), ".md", NULL);
  g_autoptr (GBytes) text = g_resources_lookup_data (path, 0, NULL);
  GtkWidget *view = baleen_answer_view_new ();
  GtkWidget *clamp
      = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 680, "child", view, "margin-top", 18,
                      "margin-bottom", 24, "margin-start", 18, "margin-end", 18, NULL);

  baleen_answer_view_set_text (BALEEN_ANSWER_VIEW (view), g_bytes_get_data (text, NULL), FALSE,
                               TRUE);
  g_object_set_data_full (G_OBJECT (view), "selection", baleen_selection_new (view),
                          g_object_unref);
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", clamp, "vexpand", TRUE,
                       "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
}

GtkWidget *
baleen_help_window_new (GtkWindow *parent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = page_new ();
  GtkWidget *window
      = g_object_new (ADW_TYPE_WINDOW, "title", _("Help"), "transient-for", parent,
                      "destroy-with-parent", TRUE, "default-width", 700, "default-height", 640,
                      "content", box, NULL);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open_link
      = g_simple_action_new ("open-link", G_VARIANT_TYPE_STRING);

  g_signal_connect (open_link, "activate", G_CALLBACK (open_link_cb), window);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open_link));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Help"),
                                  -1);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  hear_keys (window);
  gtk_window_set_focus (GTK_WINDOW (window), page);
  return window;
}
