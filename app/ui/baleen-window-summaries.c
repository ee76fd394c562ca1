/* What the window is asked for by the views of summaries, and the ledger of any answer. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-summary-view.h"
#include "baleen-words.h"
#include "clipboard-formats.h"
#include "export-chooser.h"

static BaleenDocumentDesk *
desk (BaleenWindow *self)
{
  return baleen_application_get_desk (self->application);
}

/* ---- the document --------------------------------------------------------------------- */

/* NULL after saying so. */
static BaleenAttachment *
find_document (BaleenWindow              *self,
               BaleenMessage             *message,
               const BaleenSummaryRecord *record)
{
  BaleenAttachment *attachment
      = baleen_document_desk_find (self->conversation, message, record->name);

  if (attachment == NULL)
    baleen_window_say (self, _("The document is no longer in this conversation."));
  return attachment;
}

/* Among the places that the text names it has others before and after it. */
static void
show_place (BaleenWindow     *self,
            BaleenMessage    *message,
            BaleenAttachment *attachment,
            guint             page,
            const char       *quote)
{
  GPtrArray *sources = baleen_message_get_sources (message);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sources->len; i++)
    if (g_strcmp0 (baleen_source_get_passage (sources->pdata[i]), quote) == 0
        && baleen_source_get_page (sources->pdata[i]) == (int) page)
      {
        baleen_window_show_document (self, attachment, sources, i);
        return;
      }
  g_ptr_array_add (places, baleen_source_new (1, baleen_attachment_get_name (attachment), NULL,
                                              baleen_attachment_get_path (attachment), page,
                                              quote));
  baleen_window_show_document (self, attachment, places, 0);
}

static void
show_part (BaleenWindow              *self,
           BaleenAttachment          *attachment,
           const BaleenSummaryRecord *record,
           guint                      part)
{
  const BaleenCoverage *coverage;

  if (part >= record->coverage->len)
    return;
  coverage = &g_array_index (record->coverage, BaleenCoverage, part);
  baleen_window_show_document (self, attachment, NULL, 0);
  baleen_document_view_show_range (BALEEN_DOCUMENT_VIEW (self->document_view), coverage->from,
                                   coverage->to);
}

static void
ask_about (BaleenWindow     *self,
           BaleenAttachment *attachment,
           const char       *claim)
{
  GPtrArray *there = baleen_composer_get_attachments (BALEEN_COMPOSER (self->composer));
  gboolean is_there = FALSE;

  for (guint i = 0; i < there->len; i++)
    is_there |= g_strcmp0 (baleen_attachment_get_name (there->pdata[i]),
                           baleen_attachment_get_name (attachment))
                == 0;
  if (!is_there)
    baleen_window_keep_at_hand (self, attachment);
  baleen_window_quote_text (self, claim);
}

/* ---- copies and files ----------------------------------------------------------------- */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BaleenWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *words = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      baleen_window_say (self, _("Exported"));
      return;
    }
  words = g_strdup_printf (_("“%s” could not be written: %s"), name, error->message);
  baleen_window_show_banner (self, words, NULL, NULL);
}

enum
{
  FORM_MARKDOWN,
  FORM_HTML,
};

static const BaleenFileForm forms[] = {
  [FORM_MARKDOWN] = { N_ ("Markdown"), ".md" },
  [FORM_HTML] = { N_ ("Web page (HTML)"), ".html" },
};

void
baleen_window_export_summary (BaleenWindow  *self,
                              BaleenMessage *message,
                              GFile         *file,
                              gboolean       is_html)
{
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  const char *text;
  g_autoptr (GBytes) bytes = NULL;

  if (record == NULL || record->markdown == NULL || record->html == NULL)
    return;
  text = is_html ? record->html : record->markdown;
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       exported_cb, g_object_ref (self));
}

static void
export_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BaleenWindow    *self)
{
  g_autoptr (GtkNativeDialog) held = dialog;
  guint form = FORM_MARKDOWN;
  g_autoptr (GFile) file
      = baleen_export_chooser_get_file (GTK_FILE_CHOOSER_NATIVE (dialog), response, &form);

  if (file != NULL)
    baleen_window_export_summary (self, g_object_get_data (G_OBJECT (dialog), "message"), file,
                                  form == FORM_HTML);
}

static void
export (BaleenWindow              *self,
        BaleenMessage             *message,
        const BaleenSummaryRecord *record)
{
  /* Translators: the name of a file: a document's name. */
  g_autofree char *title = g_strdup_printf (_("Summary of %s"), record->name);
  GtkFileChooserNative *dialog = baleen_export_chooser_new (
      GTK_WINDOW (self), title, forms, G_N_ELEMENTS (forms), FORM_MARKDOWN);

  g_object_set_data_full (G_OBJECT (dialog), "message", g_object_ref (message), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copy (BaleenWindow              *self,
      const BaleenSummaryRecord *record)
{
  if (record->markdown == NULL)
    return;
  clipboard_set_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)), record->markdown,
                         record->markdown, record->html);
  baleen_window_say (self, _("Copied"));
}

/* ---- the ledger ----------------------------------------------------------------------- */

static void
counted_cb (BaleenContextCounter *counter,
            BaleenWindow         *self)
{
  const BaleenPromptCount *count = baleen_context_counter_get (counter);
  BaleenMessage *message = g_object_get_data (G_OBJECT (counter), "message");
  g_autoptr (GPtrArray) table
      = count != NULL
            ? ledger_table_of_prompt (count, baleen_message_get_numbers (message))
            : NULL;
  g_autofree char *name = baleen_words_row (message);

  baleen_ledger_page_set_table (BALEEN_LEDGER_PAGE (self->ledger_page), name, table);
}

/* Counted anew, as the model that is there now would have it. */
static void
count_prompt (BaleenWindow  *self,
              BaleenMessage *message)
{
  BaleenChat *chat = baleen_application_get_chat (self->application);
  BaleenMessage *question = baleen_conversation_get_parent (self->conversation, message);
  BaleenContextCounter *counter
      = baleen_context_counter_new (baleen_application_get_engine (self->application));

  g_object_set_data_full (G_OBJECT (counter), "message", g_object_ref (message), g_object_unref);
  g_signal_connect_object (counter, "counted", G_CALLBACK (counted_cb), self, 0);
  g_set_object (&self->ledger_counter, counter);
  baleen_context_counter_count (
      counter, baleen_prompt_builder_build (self->conversation, question, NULL, NULL,
                                            baleen_message_get_think (message),
                                            baleen_chat_get_settings (chat)));
  g_object_unref (counter);
}

void
baleen_window_show_ledger (BaleenWindow  *self,
                           BaleenMessage *message)
{
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  g_autoptr (BaleenAskingLedger) asking = baleen_asking_ledger_of (message);
  BaleenLedgerPage *page = BALEEN_LEDGER_PAGE (self->ledger_page);
  g_autoptr (GPtrArray) table = NULL;

  if (record != NULL)
    {
      table = ledger_table_of_summary (record);
      baleen_ledger_page_set_table (page, record->name, table);
    }
  else if (asking != NULL)
    {
      table = ledger_table_of_asking (asking);
      baleen_ledger_page_set_table (page, asking->name, table);
    }
  else
    {
      baleen_ledger_page_set_table (page, "", NULL);
      count_prompt (self, message);
    }
  baleen_window_open_panel (self, "ledger");
}

/* ---- what was wished for -------------------------------------------------------------- */

static void
fulfil (BaleenWindow              *self,
        BaleenMessage             *message,
        const BaleenSummaryRecord *record,
        BaleenSummaryWish          wish,
        guint                      number,
        const char                *text)
{
  BaleenAttachment *attachment = NULL;

  if (wish <= BALEEN_SUMMARY_WISH_ASK)
    {
      attachment = find_document (self, message, record);
      if (attachment == NULL)
        return;
    }
  switch (wish)
    {
    case BALEEN_SUMMARY_WISH_PLACE:
      show_place (self, message, attachment, number, text);
      break;
    case BALEEN_SUMMARY_WISH_PART:
      show_part (self, attachment, record, number);
      break;
    case BALEEN_SUMMARY_WISH_ASK:
      ask_about (self, attachment, text);
      break;
    case BALEEN_SUMMARY_WISH_PAUSE:
      baleen_document_desk_pause (desk (self), message);
      break;
    case BALEEN_SUMMARY_WISH_CANCEL:
      baleen_document_desk_stop (desk (self), message);
      break;
    case BALEEN_SUMMARY_WISH_RESUME:
      baleen_window_wish (self, message, BALEEN_WISH_CONTINUE, 0);
      break;
    case BALEEN_SUMMARY_WISH_READ_AGAIN:
      if (baleen_document_desk_read_again (desk (self), self->conversation, message))
        baleen_window_watch_answer (self);
      break;
    case BALEEN_SUMMARY_WISH_COPY:
      copy (self, record);
      break;
    case BALEEN_SUMMARY_WISH_EXPORT:
      export (self, message, record);
      break;
    case BALEEN_SUMMARY_WISH_LEDGER:
      baleen_window_show_ledger (self, message);
      break;
    case BALEEN_SUMMARY_WISH_KEEP:
    default:
      baleen_window_wish (self, message, BALEEN_WISH_KEEP, 0);
      break;
    }
}

static void
summary_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  g_autoptr (BaleenSummaryRecord) kept = NULL;
  BaleenSummaryJob *job;
  BaleenMessage *message;
  gint64 id;
  int wish;
  guint number;
  const char *text;

  g_variant_get (parameter, "(xiu&s)", &id, &wish, &number, &text);
  message = self->conversation != NULL ? baleen_conversation_get_message (self->conversation, id)
                                       : NULL;
  job = message != NULL ? baleen_summary_job_of (message) : NULL;
  kept = job == NULL && message != NULL ? baleen_summary_record_of (message) : NULL;
  if (job != NULL || kept != NULL)
    fulfil (self, message, job != NULL ? baleen_summary_job_get_record (job) : kept, wish, number,
            text);
}

static void
ledger_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenMessage *message = baleen_window_get_meant_answer (self);

  if (message != NULL)
    baleen_window_show_ledger (self, message);
}

void
baleen_window_class_install_summary_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.summary", "(xius)", summary_cb);
  gtk_widget_class_install_action (widget_class, "win.ledger", NULL, ledger_cb);
}
