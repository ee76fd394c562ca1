/* What the next request would take of the context, and what can be done when it is too much. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

/* Counting begins this long after the last change, so that a burst of keys is counted once. */
#define PAUSE_MILLISECONDS 40

static BaleenComposer *
composer (BaleenWindow *self)
{
  return BALEEN_COMPOSER (self->composer);
}

/* The request that Send would make now. */
static BaleenRequest *
make_request (BaleenWindow *self)
{
  BaleenChat *chat = baleen_application_get_chat (self->application);
  gsize n_files;
  g_autofree char *system = NULL;
  g_autofree char *draft = baleen_composer_dup_prompt (composer (self), &system, &n_files);
  BaleenMessage *head = system == NULL ? baleen_conversation_get_head (self->conversation) : NULL;
  BaleenRequest *request
      = baleen_prompt_builder_build (self->conversation, head, system,
                                     draft != NULL ? draft : "",
                                     baleen_composer_get_think (composer (self)),
                                     baleen_chat_get_settings (chat));

  if (draft != NULL)
    baleen_request_mark_files (request, draft, n_files);
  if (baleen_composer_get_search (composer (self)))
    request->n_search = baleen_chat_get_search_tokens (chat);
  return request;
}

static gboolean
count_cb (gpointer user_data)
{
  BaleenWindow *self = user_data;

  self->count_source = 0;
  if (self->conversation != NULL)
    baleen_context_counter_count (self->counter, make_request (self));
  return G_SOURCE_REMOVE;
}

void
baleen_window_touch_context (BaleenWindow *self)
{
  if (self->counter == NULL)
    return;

  baleen_context_meter_set_is_stale (baleen_composer_get_meter (composer (self)), TRUE);
  g_clear_handle_id (&self->count_source, g_source_remove);
  self->count_source = g_timeout_add (PAUSE_MILLISECONDS, count_cb, self);
}

static void
counted_cb (BaleenContextCounter *counter,
            BaleenWindow         *self)
{
  const BaleenPromptCount *count = baleen_context_counter_get (counter);
  BaleenContextMeter *meter = baleen_composer_get_meter (composer (self));

  if (count != NULL
      && (baleen_window_prefer_passages (self, baleen_composer_get_attachments (composer (self)))
          || (baleen_prompt_count_is_over (count) && baleen_window_shorten_attachments (self))))
    return;
  baleen_context_meter_set_count (meter, count);
  baleen_composer_show_prompt_length (composer (self), count);
  baleen_context_meter_set_is_stale (meter, self->count_source != 0
                                                || baleen_context_counter_get_is_stale (counter));
  baleen_composer_set_is_over (composer (self), count != NULL
                                                    && baleen_prompt_count_is_over (count));
}

static void
settings_cb (GSettings    *settings,
             const char   *key,
             BaleenWindow *self)
{
  baleen_window_touch_context (self);
}

void
baleen_window_watch_context (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);

  self->counter = baleen_context_counter_new (engine);
  g_signal_connect_object (self->counter, "counted", G_CALLBACK (counted_cb), self, 0);
  g_signal_connect_object (engine, "notify::status", G_CALLBACK (baleen_window_touch_context),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (baleen_application_get_settings (self->application),
                           "changed::about-me", G_CALLBACK (settings_cb), self, 0);
}

/* ---- what is sent ----------------------------------------------------------------------- */

static GtkWidget *
sent_window_new (BaleenWindow *self,
                 const char   *text)
{
  GtkWidget *view
      = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "monospace", TRUE, "wrap-mode",
                      GTK_WRAP_WORD_CHAR, "top-margin", 12, "bottom-margin", 12, "left-margin", 12,
                      "right-margin", 12, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", view, "vexpand", TRUE,
                                      "focusable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window
      = g_object_new (ADW_TYPE_WINDOW, "title", _("What Is Sent"), "transient-for", self,
                      "destroy-with-parent", TRUE, "default-width", 640, "default-height", 560,
                      "content", box, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What Is Sent"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What Is Sent"), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  return window;
}

static gboolean
escape_cb (GtkWidget *window,
           GVariant  *arguments,
           gpointer   user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
what_is_sent_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  const BaleenPromptCount *count
      = self->counter != NULL ? baleen_context_counter_get (self->counter) : NULL;
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *window;

  if (count == NULL)
    {
      g_object_unref (keys);
      return;
    }
  window = sent_window_new (self, count->text);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}

static void
meter_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  baleen_context_meter_popup (baleen_composer_get_meter (composer (BALEEN_WINDOW (widget))));
}

void
baleen_window_class_install_context_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.what-is-sent", what_is_sent_cb },
    { "win.context", meter_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
