#include "baleen-document-desk.h"

#include "batch-completer.h"
#include "document-question.h"

#include <glib/gi18n-lib.h>

struct _BaleenDocumentDesk
{
  GObject parent_instance;

  BaleenHistory *history;           /* (owned) */
  BaleenEngineService *engine;      /* (owned) */
  const BaleenCompleter *completer; /* (nullable) */
  char *model_name;                 /* (owned) (nullable) */
  GPtrArray *works;                 /* (owned) of Work */
};

G_DEFINE_FINAL_TYPE (BaleenDocumentDesk, baleen_document_desk, G_TYPE_OBJECT)

/* A message that is being made: of a summary's, the job; of a question's, the thread. */
typedef struct
{
  BaleenDocumentDesk *desk;
  BaleenConversation *conversation; /* (owned) */
  BaleenMessage *message;           /* (owned) */
  BaleenAttachment *attachment;     /* (owned) */
  BaleenSummaryRecord *record;      /* (owned) (nullable) */
  BaleenSummaryJob *job;            /* (owned) (nullable) */
  GCancellable *cancellable;        /* (owned) */
} Work;

/* A question's answer has room for this much. */
#define ANSWER_TOKENS 512

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->job != NULL)
    g_signal_handlers_disconnect_by_data (work->job, work);
  g_cancellable_cancel (work->cancellable);
  g_object_unref (work->cancellable);
  g_clear_object (&work->job);
  g_clear_pointer (&work->record, baleen_summary_record_free);
  g_object_unref (work->attachment);
  g_object_unref (work->message);
  g_object_unref (work->conversation);
  g_free (work);
}

static void
baleen_document_desk_dispose (GObject *object)
{
  BaleenDocumentDesk *self = BALEEN_DOCUMENT_DESK (object);

  g_ptr_array_set_size (self->works, 0);
  g_clear_object (&self->history);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->model_name, g_free);
  G_OBJECT_CLASS (baleen_document_desk_parent_class)->dispose (object);
}

static void
baleen_document_desk_finalize (GObject *object)
{
  g_ptr_array_unref (BALEEN_DOCUMENT_DESK (object)->works);
  G_OBJECT_CLASS (baleen_document_desk_parent_class)->finalize (object);
}

static void
baleen_document_desk_class_init (BaleenDocumentDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_document_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_document_desk_finalize;
}

static void
baleen_document_desk_init (BaleenDocumentDesk *self)
{
  self->works = g_ptr_array_new_with_free_func (work_free);
}

BaleenDocumentDesk *
baleen_document_desk_new (BaleenHistory       *history,
                          BaleenEngineService *engine)
{
  BaleenDocumentDesk *self = g_object_new (BALEEN_TYPE_DOCUMENT_DESK, NULL);

  self->history = g_object_ref (history);
  self->engine = g_object_ref (engine);
  return self;
}

void
baleen_document_desk_set_completer (BaleenDocumentDesk    *self,
                                    const BaleenCompleter *completer)
{
  self->completer = completer;
}

void
baleen_document_desk_set_model_name (BaleenDocumentDesk *self,
                                     const char         *name)
{
  g_free (self->model_name);
  self->model_name = g_strdup (name);
}

static Work *
find_work (BaleenDocumentDesk *self,
           BaleenMessage      *message)
{
  for (guint i = 0; i < self->works->len; i++)
    if (((Work *) self->works->pdata[i])->message == message)
      return self->works->pdata[i];
  return NULL;
}

static void
save (Work    *work,
      gboolean is_lasting)
{
  if (work->record != NULL)
    {
      g_autofree char *json = baleen_summary_record_to_json (work->record);

      baleen_message_set_part (work->message, BALEEN_PART_ATTACHMENTS, json);
    }
  baleen_history_save (work->desk->history, work->conversation, work->message, is_lasting);
}

/* The message is in its last state; the work is gone afterwards. */
static void
end (Work *work)
{
  save (work, TRUE);
  baleen_conversation_set_is_running (work->conversation, FALSE);
  g_ptr_array_remove (work->desk->works, work);
}

static Work *
work_new (BaleenDocumentDesk *self,
          BaleenConversation *conversation,
          BaleenMessage      *message,
          BaleenAttachment   *attachment)
{
  Work *work = g_new0 (Work, 1);

  work->desk = self;
  work->conversation = g_object_ref (conversation);
  work->message = g_object_ref (message);
  work->attachment = g_object_ref (attachment);
  work->cancellable = g_cancellable_new ();
  if (self->model_name != NULL)
    baleen_message_set_model (message, self->model_name);
  baleen_conversation_set_is_running (conversation, TRUE);
  g_ptr_array_add (self->works, work);
  return work;
}

static BaleenDocument *
copy_document (const BaleenDocument *document)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (baleen_document_to_variant (document));

  return baleen_document_from_variant (variant);
}

static const char *
file_of (BaleenAttachment *attachment)
{
  const char *path = baleen_attachment_get_path (attachment);

  return path != NULL ? path : baleen_attachment_get_name (attachment);
}

/* The question with its file, and below it the answer. */
static BaleenMessage *
add_messages_below (BaleenDocumentDesk *self,
                    BaleenConversation *conversation,
                    BaleenMessage      *parent,
                    const char         *words,
                    BaleenAttachment   *attachment)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new ();
  g_autofree char *json = NULL;
  BaleenMessage *question = baleen_history_add_message (self->history, conversation, parent,
                                                        BALEEN_ROLE_USER, words,
                                                        BALEEN_STATE_DONE);

  baleen_attachment_set_is_whole (attachment, FALSE);
  g_ptr_array_add (attachments, attachment);
  json = baleen_attachments_to_json (attachments, FALSE);
  baleen_message_set_part (question, BALEEN_PART_ATTACHMENTS, json);
  baleen_history_save (self->history, conversation, question, TRUE);
  return baleen_history_add_message (self->history, conversation, question,
                                     BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_READING);
}

static BaleenMessage *
add_messages (BaleenDocumentDesk *self,
              BaleenConversation *conversation,
              const char         *words,
              BaleenAttachment   *attachment)
{
  return add_messages_below (self, conversation, baleen_conversation_get_head (conversation),
                             words, attachment);
}

/* ---- summaries ---------------------------------------------------------------------------- */

static void
progress_cb (BaleenSummaryJob *job,
             Work             *work)
{
  const BaleenSummaryProgress *progress = baleen_summary_job_get_progress (job);

  if (work->record->n_pages_read == progress->n_pages_read
      && work->record->n_pages == progress->n_pages)
    return;
  work->record->n_pages_read = progress->n_pages_read;
  work->record->n_pages = progress->n_pages;
  save (work, FALSE);
}

static void
finish_summary (Work *work)
{
  const BaleenSummary *summary = baleen_summary_job_get_summary (work->job);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);

  baleen_summary_record_take (work->record, summary, file_of (work->attachment), sources);
  save (work, FALSE);
  baleen_message_set_text (work->message, summary->cited_text, NULL);
  baleen_message_set_sources (work->message, sources);
  baleen_message_set_state (work->message, BALEEN_STATE_DONE);
  end (work);
}

static void
job_state_cb (BaleenSummaryJob *job,
              GParamSpec       *pspec,
              Work             *work)
{
  switch (baleen_summary_job_get_state (job))
    {
    case BALEEN_SUMMARY_DONE:
      finish_summary (work);
      break;
    case BALEEN_SUMMARY_FAILED:
      baleen_message_fail (work->message, baleen_summary_job_get_error (job)->message,
                           BALEEN_REMEDY_TRY_AGAIN);
      end (work);
      break;
    case BALEEN_SUMMARY_IDLE:
    case BALEEN_SUMMARY_RUNNING:
    case BALEEN_SUMMARY_PAUSED:
    default:
      break;
    }
}

/* Takes the record. */
static void
start_summary (BaleenDocumentDesk  *self,
               BaleenConversation  *conversation,
               BaleenMessage       *message,
               BaleenAttachment    *attachment,
               BaleenSummaryRecord *record)
{
  Work *work = work_new (self, conversation, message, attachment);
  const BaleenSummaryOptions options
      = { .length = record->length, .form = record->form, .language = record->language };
  BaleenDocument *document = copy_document (baleen_attachment_get_document (attachment));

  work->record = record;
  work->job = self->completer != NULL
                  ? baleen_summary_job_new_with_completer (document, &options, self->completer)
                  : baleen_summary_job_new (document, &options, self->engine);
  g_signal_connect (work->job, "progress", G_CALLBACK (progress_cb), work);
  save (work, FALSE);
  baleen_message_set_state (message, BALEEN_STATE_READING);
  g_signal_connect (work->job, "notify::state", G_CALLBACK (job_state_cb), work);
  baleen_summary_job_resume (work->job);
}

BaleenMessage *
baleen_document_desk_summarize (BaleenDocumentDesk         *self,
                                BaleenConversation         *conversation,
                                const char                 *words,
                                BaleenAttachment           *attachment,
                                const BaleenSummaryOptions *options)
{
  BaleenMessage *message = add_messages (self, conversation, words, attachment);

  start_summary (self, conversation, message, attachment,
                 baleen_summary_record_new (baleen_attachment_get_name (attachment), options));
  return message;
}

BaleenSummaryJob *
baleen_document_desk_get_job (BaleenDocumentDesk *self,
                              BaleenMessage      *message)
{
  Work *work = find_work (self, message);

  return work != NULL ? work->job : NULL;
}

void
baleen_document_desk_pause (BaleenDocumentDesk *self,
                            BaleenMessage      *message)
{
  Work *work = find_work (self, message);

  if (work == NULL || work->job == NULL)
    return;
  baleen_summary_job_pause (work->job);
  baleen_message_set_state (message, BALEEN_STATE_INTERRUPTED);
  end (work);
}

/* ---- questions ---------------------------------------------------------------------------- */

/* All that the thread needs; what it found comes back in `claim` and `sources`. */
typedef struct
{
  BaleenDocument *document;         /* (owned) */
  char *question;                   /* (owned) */
  BaleenCompleter *owned;           /* (owned) (nullable) */
  const BaleenCompleter *completer;
  char *name, *file;                /* (owned) */
  char *answer;                     /* (owned) (nullable) */
  char *text;                       /* (owned) (nullable) */
  GPtrArray *sources;               /* (owned) */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  baleen_document_free (asking->document);
  g_clear_pointer (&asking->owned, baleen_batch_completer_free);
  g_free (asking->question);
  g_free (asking->name);
  g_free (asking->file);
  g_free (asking->answer);
  g_free (asking->text);
  g_ptr_array_unref (asking->sources);
  g_free (asking);
}

static gboolean
answered_cb (gsize                         index,
             const BaleenCompletionAnswer *answer,
             gpointer                      user_data,
             GError                      **error)
{
  ((Asking *) user_data)->answer = g_strdup (answer->text);
  return TRUE;
}

static void
take_answer (Asking                       *asking,
             const BaleenDocumentQuestion *question,
             const BaleenSentences        *sentences)
{
  BaleenClaim *claim = baleen_document_question_take_answer (question, sentences, asking->answer);

  asking->text = claim->is_verified ? g_strdup (claim->text)
                                    : g_strdup_printf ("%s (%s)", claim->text, _("unverified"));
  for (guint i = 0; i < claim->sentences->len; i++)
    {
      const guint sentence = g_array_index (claim->sentences, guint, i);
      g_autofree char *quote = baleen_sentences_dup_text (sentences, sentence);

      g_ptr_array_add (asking->sources,
                       baleen_source_new (i + 1, asking->name, NULL, asking->file,
                                          baleen_sentences_get (sentences, sentence)->page, quote));
    }
  baleen_claim_free (claim);
}

static gboolean
ask (Asking       *asking,
     GCancellable *cancellable,
     GError      **error)
{
  g_autoptr (BaleenReadingStore) store = baleen_reading_store_open (asking->document, NULL);
  g_autoptr (BaleenSentences) sentences = baleen_sentences_new (
      asking->document, asking->completer,
      baleen_segmenter_get_most_tokens (asking->completer) / 2, error);
  g_autoptr (BaleenDocumentQuestion) question = NULL;
  g_autofree char *shared = NULL;
  BaleenCompletionRequest request = { 0 };

  if (sentences == NULL)
    return FALSE;
  question = baleen_document_question_new (sentences, asking->question, asking->completer, store,
                                           ANSWER_TOKENS, error);
  if (question == NULL)
    return FALSE;
  shared = question->n_shared > 0 ? g_strndup (question->prompt, question->n_shared) : NULL;
  request.text = question->prompt;
  request.shared = shared;
  request.max_tokens = question->max_tokens;
  if (!asking->completer->complete (asking->completer->data, &request, 1, answered_cb, asking,
                                    cancellable, error))
    return FALSE;
  if (asking->answer == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The model gave no answer."));
      return FALSE;
    }
  take_answer (asking, question, sentences);
  return TRUE;
}

static void
ask_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GError *error = NULL;
  gboolean is_done;

  /* The engine service tells items in the main context of whoever started the batch. */
  g_main_context_push_thread_default (context);
  is_done = ask (data, cancellable, &error);
  g_main_context_pop_thread_default (context);
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BaleenMessage) message = user_data;
  BaleenDocumentDesk *self = BALEEN_DOCUMENT_DESK (source);
  Asking *asking = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  const gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);
  Work *work = find_work (self, message);

  /* Stopped, and perhaps asked again since. */
  if (work == NULL || work->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  if (is_done)
    {
      baleen_message_set_text (message, asking->text, NULL);
      baleen_message_set_sources (message, asking->sources);
      baleen_message_set_state (message, BALEEN_STATE_DONE);
    }
  else
    baleen_message_fail (message, error->message, BALEEN_REMEDY_TRY_AGAIN);
  end (work);
}

static void
start_question (Work       *work,
                const char *question)
{
  BaleenDocumentDesk *self = work->desk;
  g_autoptr (GTask) task = g_task_new (self, work->cancellable, asked_cb,
                                       g_object_ref (work->message));
  Asking *asking = g_new0 (Asking, 1);
  g_autoptr (GError) error = NULL;

  asking->document = copy_document (baleen_attachment_get_document (work->attachment));
  asking->question = g_strdup (question);
  asking->name = g_strdup (baleen_attachment_get_name (work->attachment));
  asking->file = g_strdup (file_of (work->attachment));
  asking->sources = g_ptr_array_new_with_free_func (g_object_unref);
  asking->completer = self->completer;
  if (asking->completer == NULL)
    asking->completer = asking->owned
        = baleen_batch_completer_new_for_service (self->engine, 1, &error);
  g_task_set_task_data (task, asking, asking_free);
  if (asking->completer != NULL)
    g_task_run_in_thread (task, ask_in_thread);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Into a message that is there. */
static void
answer_question (BaleenDocumentDesk *self,
                 BaleenConversation *conversation,
                 BaleenMessage      *message,
                 BaleenAttachment   *attachment)
{
  BaleenMessage *question = baleen_conversation_get_parent (conversation, message);
  Work *work = work_new (self, conversation, message, attachment);

  baleen_message_set_state (message, BALEEN_STATE_READING);
  save (work, FALSE);
  start_question (work, baleen_message_get_text (question));
}

BaleenMessage *
baleen_document_desk_ask (BaleenDocumentDesk *self,
                          BaleenConversation *conversation,
                          const char         *question,
                          BaleenAttachment   *attachment)
{
  BaleenMessage *message = add_messages (self, conversation, question, attachment);

  answer_question (self, conversation, message, attachment);
  return message;
}

/* The file of a question that is read in parts; NULL where none is. */
static BaleenAttachment *
find_in_parts (BaleenMessage *question)
{
  GPtrArray *attachments = baleen_attachments_of (question);

  for (guint i = 0; i < attachments->len; i++)
    if (!baleen_attachment_get_is_whole (attachments->pdata[i])
        && baleen_attachment_get_document (attachments->pdata[i]) != NULL)
      return attachments->pdata[i];
  return NULL;
}

BaleenMessage *
baleen_document_desk_edit (BaleenDocumentDesk *self,
                           BaleenConversation *conversation,
                           BaleenMessage      *question,
                           const char         *text)
{
  BaleenAttachment *attachment = find_in_parts (question);
  BaleenMessage *message;

  if (attachment == NULL)
    return NULL;
  message = add_messages_below (self, conversation,
                                baleen_conversation_get_parent (conversation, question), text,
                                attachment);
  answer_question (self, conversation, message, attachment);
  return message;
}

/* ---- again -------------------------------------------------------------------------------- */

/* Of a summary that begins anew with the same wishes. */
static BaleenSummaryRecord *
record_anew (const BaleenSummaryRecord *record)
{
  const BaleenSummaryOptions options
      = { .length = record->length, .form = record->form, .language = record->language };

  return baleen_summary_record_new (record->name, &options);
}

BaleenMessage *
baleen_document_desk_regenerate (BaleenDocumentDesk *self,
                                 BaleenConversation *conversation,
                                 BaleenMessage      *message)
{
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  BaleenMessage *question = baleen_conversation_get_parent (conversation, message);
  BaleenAttachment *attachment = NULL;

  if (record != NULL)
    attachment = baleen_document_desk_find (conversation, message, record->name);
  else if (question != NULL)
    attachment = find_in_parts (question);
  if (record == NULL && attachment == NULL)
    return NULL;
  if (find_work (self, message) != NULL)
    return message;
  if (attachment == NULL)
    {
      baleen_message_fail (message, _("The document is no longer in this conversation."),
                           BALEEN_REMEDY_TRY_AGAIN);
      return message;
    }
  /* What is whole stays as one of the answers; what is not goes on in its place. */
  if (baleen_message_get_state (message) == BALEEN_STATE_DONE)
    message = baleen_history_add_message (self->history, conversation, question,
                                          BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_READING);
  if (record != NULL)
    start_summary (self, conversation, message, attachment, record_anew (record));
  else
    answer_question (self, conversation, message, attachment);
  return message;
}

/* ---- ending ------------------------------------------------------------------------------- */

gboolean
baleen_document_desk_stop (BaleenDocumentDesk *self,
                           BaleenMessage      *message)
{
  Work *work = find_work (self, message);

  if (work == NULL)
    return FALSE;
  if (work->job != NULL)
    baleen_summary_job_pause (work->job);
  baleen_message_set_state (message, BALEEN_STATE_STOPPED);
  end (work);
  return TRUE;
}

void
baleen_document_desk_close (BaleenDocumentDesk *self)
{
  while (self->works->len > 0)
    {
      Work *work = self->works->pdata[0];

      if (work->job != NULL)
        baleen_summary_job_pause (work->job);
      baleen_message_set_state (work->message, BALEEN_STATE_INTERRUPTED);
      end (work);
    }
}

BaleenAttachment *
baleen_document_desk_find (BaleenConversation *conversation,
                           BaleenMessage      *message,
                           const char         *name)
{
  for (BaleenMessage *m = message; m != NULL;
       m = baleen_conversation_get_parent (conversation, m))
    {
      GPtrArray *attachments = baleen_attachments_of (m);

      for (guint i = 0; i < attachments->len; i++)
        {
          BaleenAttachment *attachment = attachments->pdata[i];

          if (baleen_attachment_get_document (attachment) != NULL
              && (name == NULL
                  || g_strcmp0 (baleen_attachment_get_name (attachment), name) == 0
                  || g_strcmp0 (baleen_attachment_get_path (attachment), name) == 0))
            return attachment;
        }
    }
  return NULL;
}
