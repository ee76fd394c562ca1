/* What can be done when the next request would not fit the context. Nothing is ever cut by
 * itself: each of these is chosen, is seen in the transcript, and can be taken back. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-turn-chooser.h"
#include "conversation-note.h"
#include "conversation-summary.h"

/* A summary that is being made. */
typedef struct
{
  BaleenWindow *window; /* (owned) */
  BaleenConversation *conversation; /* (owned) */
  GPtrArray *messages;  /* (owned) */
  gboolean is_for_new_chat;
} Summarizing;

static void
summarizing_free (Summarizing *summarizing)
{
  g_object_unref (summarizing->window);
  g_object_unref (summarizing->conversation);
  g_ptr_array_unref (summarizing->messages);
  g_free (summarizing);
}

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

static void
stop_summary (BaleenWindow *self)
{
  g_cancellable_cancel (self->summary);
  baleen_banner_hide (BALEEN_BANNER (self->banner));
}

/* The draft goes along, and what was said before stands at the beginning. */
static void
begin_new_chat (BaleenWindow *self,
                const char   *summary)
{
  BaleenConversation *blank = baleen_history_get_blank_of (history (self), self);
  g_autofree char *draft = baleen_composer_dup_text (BALEEN_COMPOSER (self->composer));

  baleen_note_add (history (self), blank, summary, NULL);
  baleen_composer_set_text (BALEEN_COMPOSER (self->composer), "");
  baleen_window_show_conversation (self, blank);
  baleen_composer_set_text (BALEEN_COMPOSER (self->composer), draft);
}

static void
summarized_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Summarizing *summarizing = user_data;
  BaleenWindow *self = summarizing->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = baleen_conversation_summary_make_finish (result, &error);

  g_clear_object (&self->summary);
  self->summary_of = NULL;
  if (self->conversation != NULL && self->banner_about == summarizing->conversation)
    baleen_banner_hide (BALEEN_BANNER (self->banner));
  if (summary != NULL && *summary != '\0' && self->conversation != NULL)
    {
      if (summarizing->is_for_new_chat)
        begin_new_chat (self, summary);
      else
        baleen_note_add (history (self), summarizing->conversation, summary,
                         summarizing->messages);
      baleen_window_touch_context (self);
    }
  else if (self->conversation != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    baleen_window_show_chat_banner (self,
                                    error != NULL ? error->message
                                                  : _("The model wrote no summary. Choose turns to "
                                                      "leave out instead."),
                                    NULL, NULL);
  summarizing_free (summarizing);
}

static void
show_summarizing (BaleenWindow *self)
{
  g_autofree char *sentence
      = g_strdup_printf (g_dngettext (NULL, "Summarizing %u message…", "Summarizing %u messages…",
                                      self->n_summarized),
                         self->n_summarized);

  baleen_window_show_chat_banner (self, sentence, _("Stop"), stop_summary);
}

/* Who goes elsewhere is not taken to a new chat later. */
void
baleen_window_tell_of_summary (BaleenWindow *self)
{
  if (self->summary == NULL)
    return;
  if (self->summary_of == self->conversation)
    show_summarizing (self);
  else if (self->is_summary_moving)
    g_cancellable_cancel (self->summary);
}

static void
summarize (BaleenWindow *self,
           GPtrArray    *messages, /* taken */
           gboolean      is_for_new_chat)
{
  Summarizing *summarizing;

  if (self->summary != NULL || messages->len == 0)
    {
      g_ptr_array_unref (messages);
      if (self->summary == NULL)
        baleen_window_show_chat_banner (self,
                                        _("There are no older turns to summarize. Choose turns to "
                                          "leave out, or shorten the message."),
                                        NULL, NULL);
      return;
    }

  summarizing = g_new0 (Summarizing, 1);
  summarizing->window = g_object_ref (self);
  summarizing->conversation = g_object_ref (self->conversation);
  summarizing->messages = messages;
  summarizing->is_for_new_chat = is_for_new_chat;
  self->summary = g_cancellable_new ();
  self->summary_of = self->conversation;
  self->is_summary_moving = is_for_new_chat;
  self->n_summarized = messages->len;
  show_summarizing (self);
  baleen_conversation_summary_make_async (baleen_application_get_engine (self->application),
                                          messages, self->summary, summarized_cb, summarizing);
}

static void
summarize_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  summarize (self, baleen_note_list_older (self->conversation), FALSE);
}

static void
new_chat_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  summarize (self, baleen_note_list_all (self->conversation), TRUE);
}

static void
turns_changed (gpointer user_data)
{
  baleen_window_touch_context (user_data);
}

static void
choose_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  gtk_window_present (baleen_turn_chooser_new (GTK_WINDOW (self), self->application,
                                               self->conversation, turns_changed, self));
}

/* The choice, above the button that asked for it. */
void
baleen_window_make_room (BaleenWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *popover;

  g_menu_append (menu, _("_Summarize Older Turns"), "win.summarize-older");
  g_menu_append (menu, _("_Choose Turns to Leave Out…"), "win.choose-turns");
  g_menu_append (menu, _("Continue in a _New Chat"), "win.continue-in-new-chat");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Make Room…"), -1);
  baleen_composer_popup_at_send (BALEEN_COMPOSER (self->composer), GTK_POPOVER (popover));
}

void
baleen_window_class_install_room_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.summarize-older", summarize_cb },
    { "win.choose-turns", choose_cb },
    { "win.continue-in-new-chat", new_chat_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
