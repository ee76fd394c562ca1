/* The toggles below the text, and for which model and search service they stand. */
#include "baleen-composer-private.h"

#include <glib/gi18n.h>

static guint search_refused;

/* Whether it is on can be seen without colour: the bulb is filled. */
static void
think_cb (BaleenComposer *self)
{
  const gboolean think = baleen_composer_get_think (self);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->think_icon),
                                think ? "baleen-thinking-filled-symbolic"
                                      : "baleen-thinking-symbolic");
  if (self->conversation == NULL || self->is_filling)
    return;
  baleen_conversation_set_think (self->conversation, think);
  g_signal_emit_by_name (self, "draft-changed");
}

gboolean
baleen_composer_get_think (BaleenComposer *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->think));
}

void
baleen_composer_set_think (BaleenComposer *self,
                           gboolean        think)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->think), think);
}

static void
search_cb (BaleenComposer *self)
{
  const gboolean search = baleen_composer_get_search (self);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->search_icon),
                                search ? "baleen-web-filled-symbolic" : "baleen-web-symbolic");
  if (self->conversation == NULL || self->is_filling)
    return;
  if (search && !self->can_search)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->search), FALSE);
      g_signal_emit (self, search_refused, 0);
      return;
    }
  baleen_conversation_set_search (self->conversation, search);
  g_signal_emit_by_name (self, "draft-changed");
}

gboolean
baleen_composer_get_search (BaleenComposer *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->search));
}

void
baleen_composer_set_search (BaleenComposer *self,
                            gboolean        search)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->search), search);
}

/* A narrow window has no room for the toggle's words: its name comes first. */
static void
set_tip (GtkWidget  *toggle,
         const char *name,
         const char *detail)
{
  g_autofree char *tip = g_strdup_printf ("%s\n%s", name, detail);

  gtk_widget_set_tooltip_text (toggle, tip);
}

void
baleen_composer_set_search_host (BaleenComposer *self,
                                 const char     *host)
{
  g_autofree char *words
      = host != NULL ? g_strdup_printf (_("Search the web before answering, through %s"), host)
                     : g_strdup (_("Set up a search service first"));

  self->can_search = host != NULL;
  set_tip (self->search, _("Web Search"), words);
  if (host == NULL)
    baleen_composer_set_search (self, FALSE);
}

void
baleen_composer_set_model (BaleenComposer *self,
                           const char     *name,
                           gboolean        can_think,
                           const char     *host)
{
  g_autofree char *words
      = name != NULL ? g_strdup_printf (_("Message %s"), name) : g_strdup (_("Message"));
  g_autofree char *twice
      = g_strdup_printf (_("Think before answering: %s makes notes first, then answers"),
                         name != NULL ? name : "");

  g_free (self->model);
  self->model = g_strdup (name);
  g_free (self->host);
  self->host = g_strdup (host);
  gtk_label_set_text (GTK_LABEL (self->placeholder), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, words, -1);
  set_tip (self->think, _("Deep Thinking"),
           can_think || name == NULL ? _("Think before answering") : twice);
  baleen_composer_update_send (self);
}

void
baleen_composer_class_install_tool_signals (GType type)
{
  search_refused = g_signal_new ("search-refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

/* GTK says whether a toggle is pressed only after it was pressed once. */
static void
say_pressed (GtkWidget *toggle)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_STATE_PRESSED,
                               GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

void
baleen_composer_begin_tools (BaleenComposer *self)
{
  say_pressed (self->template_button);
  say_pressed (self->think);
  say_pressed (self->search);
  g_signal_connect_swapped (self->think, "notify::active", G_CALLBACK (think_cb), self);
  g_signal_connect_swapped (self->search, "notify::active", G_CALLBACK (search_cb), self);
}
