/* What the window can be asked for about one message: edit, quote, branch, delete, copy. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-text-reader.h"
#include "baleen-words.h"
#include "markdown-parser.h"
#include "markdown-writer.h"
#include "message-copy.h"

/* Long enough to see and to reach Undo. */
#define UNDO_SECONDS 10

static BaleenChat *
chat (BaleenWindow *self)
{
  return baleen_application_get_chat (self->application);
}

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

static BaleenMessageRow *
get_row (BaleenWindow  *self,
         BaleenMessage *message)
{
  return baleen_transcript_get_row (BALEEN_TRANSCRIPT (self->transcript), message);
}

/* ---- edit, branch --------------------------------------------------------------------- */

void
baleen_window_ask_again (BaleenWindow  *self,
                         BaleenMessage *question,
                         const char    *text,
                         gboolean       think)
{
  BaleenDocumentDesk *desk = baleen_application_get_desk (self->application);

  if (baleen_document_desk_edit (desk, self->conversation, question, text) == NULL)
    baleen_chat_edit (chat (self), self->conversation, question, text, think);
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (self->transcript));
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

static void
edit (BaleenWindow  *self,
      BaleenMessage *message)
{
  BaleenTranscript *transcript = BALEEN_TRANSCRIPT (self->transcript);

  if (baleen_window_refill (self, message))
    return;
  if (!baleen_transcript_shows_start (transcript, message))
    baleen_transcript_show_message (transcript, message, TRUE);
  baleen_message_row_edit (get_row (self, message),
                           baleen_composer_get_think (BALEEN_COMPOSER (self->composer)));
}

static void
branch (BaleenWindow  *self,
        BaleenMessage *message)
{
  baleen_window_show_conversation (
      self, baleen_history_branch (history (self), self->conversation, message));
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

/* ---- quote ---------------------------------------------------------------------------- */

/* Each line behind the sign of a quote, below what is written already. */
void
baleen_window_quote_text (BaleenWindow *self,
                          const char   *words)
{
  BaleenComposer *composer = BALEEN_COMPOSER (self->composer);
  g_autofree char *draft = baleen_composer_dup_text (composer);
  g_autoptr (GString) text = g_string_new (draft);
  g_autofree char *chomped = g_strchomp (g_strdup (words));
  g_auto (GStrv) lines = g_strsplit (chomped, "\n", -1);

  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "> %s\n", lines[i]);
  g_string_append_c (text, '\n');
  baleen_composer_set_text (composer, text->str);
  gtk_widget_grab_focus (baleen_composer_get_text_view (composer));
}

/* What is selected in the document, while it has the focus. */
static char *
dup_selected_of_document (BaleenWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  const char *text;
  int start, end;

  if (focus == NULL || !GTK_IS_LABEL (focus)
      || !gtk_widget_is_ancestor (focus, self->document_view)
      || !gtk_label_get_selection_bounds (GTK_LABEL (focus), &start, &end))
    return NULL;
  text = gtk_label_get_text (GTK_LABEL (focus));
  return g_strndup (g_utf8_offset_to_pointer (text, start),
                    g_utf8_offset_to_pointer (text, end) - g_utf8_offset_to_pointer (text, start));
}

/* What is selected, else all of the message. */
static void
quote (BaleenWindow  *self,
       BaleenMessage *message)
{
  BaleenSelection *selection
      = baleen_transcript_get_selection (BALEEN_TRANSCRIPT (self->transcript));
  g_autofree char *words = dup_selected_of_document (self);

  if (words != NULL)
    {
      baleen_window_quote_text (self, words);
      return;
    }
  if (!baleen_selection_get_is_empty (selection))
    {
      g_autoptr (GPtrArray) blocks = baleen_selection_dup_blocks (selection);

      words = baleen_blocks_to_markdown (blocks);
    }
  else if (message != NULL)
    {
      words = g_strdup (baleen_message_get_text (message));
    }
  if (words != NULL && *words != '\0')
    baleen_window_quote_text (self, words);
}

/* ---- delete --------------------------------------------------------------------------- */

/* A deletion waits with its toast. Ended early, the program finds the turn again. */
typedef struct
{
  BaleenHistory *history;           /* (owned) */
  BaleenConversation *conversation; /* (owned) */
  GPtrArray *turn;                  /* (owned) */
  gboolean is_undone;
} Deletion;

static void
deletion_free (gpointer  data,
               GClosure *closure)
{
  Deletion *deletion = data;

  g_ptr_array_unref (deletion->turn);
  g_object_unref (deletion->conversation);
  g_object_unref (deletion->history);
  g_free (deletion);
}

static void
undo_cb (AdwToast *toast,
         Deletion *deletion)
{
  deletion->is_undone = TRUE;
  baleen_conversation_unhide (deletion->conversation, deletion->turn);
  baleen_history_save (deletion->history, deletion->conversation, NULL, FALSE);
}

static void
dismissed_cb (AdwToast *toast,
              Deletion *deletion)
{
  if (deletion->is_undone)
    return;
  baleen_history_delete_messages (deletion->history, deletion->conversation, deletion->turn);
  baleen_history_save (deletion->history, deletion->conversation, NULL, FALSE);
}

static void
delete_turn (BaleenWindow  *self,
             BaleenMessage *message)
{
  Deletion *deletion = g_new0 (Deletion, 1);
  AdwToast *toast = adw_toast_new (_("Turn deleted"));

  deletion->history = g_object_ref (history (self));
  deletion->conversation = g_object_ref (self->conversation);
  deletion->turn = baleen_conversation_hide_turn (self->conversation, message);
  for (guint i = 0; i < deletion->turn->len; i++)
    baleen_chat_stop (chat (self), deletion->turn->pdata[i]);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deletion, NULL, 0);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), deletion, deletion_free,
                         0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  baleen_title_speaker_say (self->speaker, _("Turn deleted"));
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

/* ---- details -------------------------------------------------------------------------- */

static void
add_line (GString    *lines,
          const char *line)
{
  g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
}

static char *
make_details (BaleenMessage *message)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (message);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *first = baleen_words_details (message);
  g_autofree char *prompt = g_strdup_printf (_("%'d tokens were sent, %'d of them reused"),
                                             (int) numbers->n_prompt, (int) numbers->n_reused);
  g_autofree char *read = g_strdup_printf (_("%.1f s of reading, %.1f s of writing"),
                                           numbers->read_seconds, numbers->write_seconds);

  add_line (lines, first);
  if (numbers->n_prompt > 0)
    add_line (lines, prompt);
  if (numbers->write_seconds > 0)
    add_line (lines, read);
  if (numbers->thought_seconds > 0)
    {
      g_autofree char *thought = baleen_words_thought (message);

      add_line (lines, thought);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
show_details (BaleenWindow  *self,
              BaleenMessage *message)
{
  g_autofree char *details = make_details (message);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Details"), details);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- asked for ------------------------------------------------------------------------ */

static void
search_again (BaleenWindow  *self,
              BaleenMessage *message)
{
  const BaleenLookup *lookup = baleen_chat_get_lookup (chat (self));
  g_autofree char *host = lookup != NULL ? lookup->dup_host (lookup->data) : NULL;

  if (host == NULL)
    baleen_window_set_up_search (self);
  else
    baleen_chat_regenerate_searched (chat (self), self->conversation, message, TRUE);
}

gboolean
baleen_window_message_wish (BaleenWindow  *self,
                            BaleenMessage *message,
                            BaleenWish     wish,
                            guint          argument)
{
  switch (wish)
    {
    case BALEEN_WISH_REGENERATE_WITH:
      baleen_chat_regenerate_with (chat (self), self->conversation, message, argument);
      return TRUE;
    case BALEEN_WISH_SEARCHED:
      search_again (self, message);
      return TRUE;
    case BALEEN_WISH_OTHER_MODEL:
      baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (self->chooser));
      /* Opened for anything else, the chooser forgets it. */
      g_set_weak_pointer (&self->again, message);
      return TRUE;
    case BALEEN_WISH_COPY:
      message_copy (gtk_widget_get_clipboard (GTK_WIDGET (self)), message, argument);
      baleen_title_speaker_say (self->speaker, _("Copied"));
      return TRUE;
    case BALEEN_WISH_EDIT:
      edit (self, message);
      return TRUE;
    case BALEEN_WISH_QUOTE:
      quote (self, message);
      return TRUE;
    case BALEEN_WISH_BRANCH:
      branch (self, message);
      return TRUE;
    case BALEEN_WISH_DETAILS:
      show_details (self, message);
      return TRUE;
    case BALEEN_WISH_LEDGER:
      baleen_window_show_ledger (self, message);
      return TRUE;
    case BALEEN_WISH_DELETE:
      delete_turn (self, message);
      return TRUE;
    default:
      return FALSE;
    }
}

static BaleenMessage *
get_focused (BaleenWindow *self)
{
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));

  return row != NULL ? baleen_message_row_get_message (row) : NULL;
}

/* The same key means the message where one has the focus, else the conversation. */
static void
edit_or_rename_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = get_focused (self);

  if (message == NULL)
    {
      gtk_widget_activate_action (widget, "win.rename", NULL);
      return;
    }
  if (baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT)
    message = baleen_conversation_get_parent (self->conversation, message);
  if (message != NULL)
    edit (self, message);
}

static void
delete_focused_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = get_focused (self);

  if (message != NULL)
    delete_turn (self, message);
  else
    gtk_widget_activate_action (widget, "win.delete", NULL);
}

static void
edit_last_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = self->conversation != NULL
                               ? baleen_conversation_get_head (self->conversation)
                               : NULL;

  while (message != NULL && baleen_message_get_role (message) != BALEEN_ROLE_USER)
    message = baleen_conversation_get_parent (self->conversation, message);
  if (message != NULL)
    edit (self, message);
}

static void
quote_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *focused = get_focused (self);

  quote (self, focused != NULL ? focused : baleen_window_get_last_answer (self));
}

static void
regenerate_with_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = baleen_window_get_meant_answer (self);
  BaleenMessageRow *row = message != NULL ? get_row (self, message) : NULL;

  if (row == NULL)
    return;
  baleen_transcript_bring_into_view (BALEEN_TRANSCRIPT (self->transcript), message);
  gtk_widget_activate_action (GTK_WIDGET (row), "row.menu", NULL);
}

/* The last block of code in the last answer that has one. */
static void
copy_code_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  for (BaleenMessage *message = baleen_window_get_last_answer (self); message != NULL;
       message = baleen_conversation_get_parent (self->conversation, message))
    {
      g_autoptr (GPtrArray) blocks
          = baleen_markdown_parse_all (baleen_message_get_text (message));

      for (guint i = blocks->len; i > 0; i--)
        {
          const BaleenBlock *block = blocks->pdata[i - 1];

          if (block->kind != BALEEN_BLOCK_CODE)
            continue;
          gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), block->rich->text->str);
          baleen_title_speaker_say (self->speaker, _("Copied"));
          return;
        }
    }
}

/* The row that has the focus; when all of it is selected, everything. */
static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenTranscript *transcript = BALEEN_TRANSCRIPT (self->transcript);
  BaleenSelection *selection = baleen_transcript_get_selection (transcript);
  BaleenMessageRow *row = baleen_transcript_get_focus_row (transcript);

  if (row != NULL)
    baleen_message_row_complete (row);
  if (row == NULL || baleen_selection_has_all_of (selection, GTK_WIDGET (row)))
    baleen_selection_select_all (selection, self->transcript);
  else
    baleen_selection_select_all (selection, GTK_WIDGET (row));
}

static void
open_link_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  const char *address = g_variant_get_string (parameter, NULL);

  if (baleen_markdown_is_link (address))
    gtk_show_uri (GTK_WINDOW (widget), address, GDK_CURRENT_TIME);
}

void
baleen_window_class_install_message_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.edit-or-rename", edit_or_rename_cb },
    { "win.delete-focused", delete_focused_cb },
    { "win.edit-last", edit_last_cb },
    { "win.quote", quote_cb },
    { "win.regenerate-with", regenerate_with_cb },
    { "win.copy-code", copy_code_cb },
    { "win.select-all", select_all_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
  gtk_widget_class_install_action (widget_class, "win.open-link", "s", open_link_cb);
}
