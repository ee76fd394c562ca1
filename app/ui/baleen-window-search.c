/* What the window can be asked for about finding things: in all conversations, and in the one
 * that is shown. */
#include "baleen-window-private.h"

#include "baleen-find-bar.h"

/* ---- opening at a message ------------------------------------------------------------- */

static void
show_message (BaleenWindow *self,
              gint64        message_id)
{
  BaleenMessage *message = baleen_conversation_get_message (self->conversation, message_id);

  if (message == NULL)
    return;
  baleen_conversation_show_message (self->conversation, message);
  baleen_transcript_show_message (BALEEN_TRANSCRIPT (self->transcript), message, TRUE);
}

static void
loaded_cb (BaleenConversation *conversation,
           GParamSpec         *pspec,
           BaleenWindow       *self)
{
  if (!baleen_conversation_get_is_loaded (conversation))
    return;
  g_signal_handlers_disconnect_by_func (conversation, loaded_cb, self);
  if (conversation == self->conversation)
    show_message (self, self->wanted_message);
}

/* A conversation is open in one window at a time. */
void
baleen_window_open (BaleenWindow       *self,
                    BaleenConversation *conversation,
                    gint64              message_id)
{
  BaleenWindow *other = baleen_application_find_window (self->application, conversation);

  if (other != NULL && other != self)
    {
      gtk_window_present (GTK_WINDOW (other));
      self = other;
    }
  baleen_window_show_conversation (self, conversation);
  if (adw_flap_get_folded (ADW_FLAP (self->flap)))
    adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  if (message_id == 0)
    {
      gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
      return;
    }

  self->wanted_message = message_id;
  if (baleen_conversation_get_is_loaded (conversation))
    show_message (self, message_id);
  else
    g_signal_connect_object (conversation, "notify::is-loaded", G_CALLBACK (loaded_cb), self, 0);
}

/* ---- all conversations ---------------------------------------------------------------- */

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), TRUE);
  baleen_sidebar_begin_search (BALEEN_SIDEBAR (self->sidebar));
}

/* ---- this conversation ---------------------------------------------------------------- */

static BaleenFindBar *
find_bar (BaleenWindow *self)
{
  return BALEEN_FIND_BAR (self->find_bar);
}

static void
find_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (self->conversation != NULL && baleen_conversation_get_head_id (self->conversation) != 0)
    baleen_find_bar_open (find_bar (self));
}

static void
next_hit_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  baleen_find_bar_move (find_bar (BALEEN_WINDOW (widget)), 1);
}

static void
previous_hit_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  baleen_find_bar_move (find_bar (BALEEN_WINDOW (widget)), -1);
}

void
baleen_window_show_hit (BaleenWindow  *self,
                        BaleenMessage *message,
                        guint          nth)
{
  baleen_transcript_show_found (BALEEN_TRANSCRIPT (self->transcript),
                                baleen_find_bar_get_text (find_bar (self)), message, nth);
}

void
baleen_window_class_install_search_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.search", search_cb },
    { "win.go-to", search_cb },
    { "win.find", find_cb },
    { "win.next-hit", next_hit_cb },
    { "win.previous-hit", previous_hit_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
