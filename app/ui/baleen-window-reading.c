/* What the window can be asked for about the messages that are there. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "message-copy.h"

static void
previous_message_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  baleen_transcript_move_focus (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript), -1);
}

static void
next_message_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  baleen_transcript_move_focus (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript), 1);
}

static void
first_message_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  baleen_transcript_jump_to_start (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript));
}

static void
jump_to_end_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (BALEEN_WINDOW (widget)->transcript));
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenSelection *selection
      = baleen_transcript_get_selection (BALEEN_TRANSCRIPT (self->transcript));
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));

  if (!baleen_selection_get_is_empty (selection))
    baleen_selection_copy (selection);
  else if (row != NULL)
    message_copy (gtk_widget_get_clipboard (widget), baleen_message_row_get_message (row),
                  MESSAGE_COPY_ALL);
}

static void
copy_answer_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  BaleenMessage *message = baleen_window_get_last_answer (BALEEN_WINDOW (widget));

  if (message == NULL)
    return;
  message_copy (gtk_widget_get_clipboard (widget), message, MESSAGE_COPY_ALL);
  baleen_title_speaker_say (BALEEN_WINDOW (widget)->speaker, _("Copied"));
}

static void
read_as_text_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = baleen_window_get_meant_answer (self);

  if (message != NULL)
    baleen_window_wish (self, message, BALEEN_WISH_READ, 0);
}

/* How many messages are shown above it. */
static guint
find_place (BaleenWindow  *self,
            BaleenMessage *message)
{
  guint n = 0;

  while ((message = baleen_conversation_get_parent (self->conversation, message)) != NULL)
    n++;
  return n;
}

static void
move_sibling (BaleenWindow *self,
              int           direction)
{
  BaleenTranscript *transcript = BALEEN_TRANSCRIPT (self->transcript);
  BaleenMessageRow *row = baleen_transcript_get_focus_row (transcript);
  BaleenMessage *message = row != NULL ? baleen_message_row_get_message (row)
                                       : baleen_window_get_last_answer (self);
  g_autoptr (BaleenMessage) sibling = NULL;
  guint position, place, n;

  if (message == NULL)
    return;
  n = baleen_conversation_get_n_siblings (self->conversation, message, &position);
  if ((direction < 0 && position == 0) || (direction > 0 && position + 1 >= n))
    return;

  place = find_place (self, message);
  baleen_window_wish (self, message, BALEEN_WISH_SIBLING, position + direction);
  /* Its row is gone; the focus goes to the one in its place. */
  sibling = g_list_model_get_item (G_LIST_MODEL (self->conversation), place);
  row = baleen_transcript_get_row (transcript, sibling);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
previous_sibling_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  move_sibling (BALEEN_WINDOW (widget), -1);
}

static void
next_sibling_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  move_sibling (BALEEN_WINDOW (widget), 1);
}

void
baleen_window_class_install_reading_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.previous-message", previous_message_cb },
    { "win.next-message", next_message_cb },
    { "win.first-message", first_message_cb },
    { "win.jump-to-end", jump_to_end_cb },
    { "win.copy", copy_cb },
    { "win.copy-answer", copy_answer_cb },
    { "win.read-as-text", read_as_text_cb },
    { "win.previous-sibling", previous_sibling_cb },
    { "win.next-sibling", next_sibling_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
