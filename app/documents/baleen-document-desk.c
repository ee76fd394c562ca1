#include "baleen-document-desk.h"

#include "document-asking.h"
#include "message-host.h"

#include <glib/gi18n-lib.h>

struct _BaleenDocumentDesk
{
  GObject parent_instance;

  BaleenHistory *history;           /* (owned) */
  BaleenEngineService *engine;      /* (owned) */
  const BaleenCompleter *completer; /* (nullable) */
  char *model_name;                 /* (owned) (nullable) */
  guint n_parallel;                 /* 0: as many as memory allows */
  guint64 cache_bytes;              /* at most */
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
  BaleenSummaryJob *job;            /* (owned) (nullable) */
  gint64 saved;                     /* monotonic */
  GCancellable *cancellable;        /* (owned) */
} Work;

/* What was read lies in the cache; the history gets it as often as is cheap. */
#define SAVE_MICROSECONDS (3 * G_USEC_PER_SEC)

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->job != NULL)
    {
      g_signal_handlers_disconnect_by_data (work->job, work);
      baleen_summary_job_set_of (work->message, NULL);
    }
  g_cancellable_cancel (work->cancellable);
  g_object_unref (work->cancellable);
  g_clear_object (&work->job);
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
  self->cache_bytes = BALEEN_READING_CACHE_MOST;
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

void
baleen_document_desk_set_limits (BaleenDocumentDesk *self,
                                 guint               n_parallel,
                                 guint64             cache_bytes)
{
  self->n_parallel = n_parallel;
  self->cache_bytes = cache_bytes;
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
  if (work->job != NULL)
    {
      g_autofree char *json
          = baleen_summary_record_to_json (baleen_summary_job_get_record (work->job));

      baleen_message_set_part (work->message, BALEEN_PART_ATTACHMENTS, json);
    }
  work->saved = g_get_monotonic_time ();
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

/* Who reads it: the model, and the computer if it is another one. */
static void
name_reader (BaleenDocumentDesk *self,
             BaleenConversation *conversation,
             BaleenMessage      *message)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (self->engine);
  const char *host = facts != NULL ? facts->host : NULL;

  if (self->model_name != NULL)
    baleen_message_set_model (message, self->model_name);
  baleen_message_set_host (message, host);
  if (host != NULL)
    baleen_conversation_set_has_left (conversation, TRUE);
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
  name_reader (self, conversation, message);
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

/* ---- summaries ------------------------------------------------------------------------ */

static void
progress_cb (BaleenSummaryJob *job,
             Work             *work)
{
  if (g_get_monotonic_time () - work->saved > SAVE_MICROSECONDS)
    save (work, FALSE);
}

static void
finish_summary (Work *work)
{
  const BaleenSummary *summary = baleen_summary_job_get_summary (work->job);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);

  baleen_summary_record_take (baleen_summary_job_get_record (work->job), summary,
                              file_of (work->attachment), sources);
  save (work, FALSE);
  baleen_message_set_text (work->message, summary->cited_text, NULL);
  baleen_message_set_sources (work->message, sources);
  baleen_summary_job_set_of (work->message, NULL);
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
      save (work, FALSE);
      baleen_summary_job_set_of (work->message, NULL);
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

static void
start_summary (BaleenDocumentDesk         *self,
               BaleenConversation         *conversation,
               BaleenMessage              *message,
               BaleenAttachment           *attachment,
               const BaleenSummaryOptions *options)
{
  Work *work = work_new (self, conversation, message, attachment);
  BaleenDocument *document = copy_document (baleen_attachment_get_document (attachment));
  const char *name = baleen_attachment_get_name (attachment);

  work->job = self->completer != NULL
                  ? baleen_summary_job_new_with_completer (document, name, options,
                                                           self->completer)
                  : baleen_summary_job_new (document, name, options, self->engine);
  baleen_summary_job_set_limits (work->job, self->n_parallel, self->cache_bytes);
  g_signal_connect (work->job, "progress", G_CALLBACK (progress_cb), work);
  baleen_summary_job_set_of (message, work->job);
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

  start_summary (self, conversation, message, attachment, options);
  return message;
}

/* What there is of it is kept; its job lets go of the engine. */
static void
break_off (Work       *work,
           BaleenState state)
{
  if (work->job != NULL)
    {
      baleen_summary_job_pause (work->job);
      save (work, FALSE);
      baleen_summary_job_set_of (work->message, NULL);
    }
  baleen_message_set_state (work->message, state);
  end (work);
}

void
baleen_document_desk_pause (BaleenDocumentDesk *self,
                            BaleenMessage      *message)
{
  Work *work = find_work (self, message);

  if (work != NULL && work->job != NULL)
    break_off (work, BALEEN_STATE_INTERRUPTED);
}

/* ---- questions ------------------------------------------------------------------------ */

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BaleenMessage) message = user_data;
  BaleenDocumentDesk *self = BALEEN_DOCUMENT_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (BaleenAskingLedger) ledger = NULL;
  g_autofree char *text = baleen_document_ask_finish (result, &sources, &ledger, &error);
  Work *work = find_work (self, message);

  /* Stopped, and perhaps asked again since. */
  if (work == NULL || work->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  if (text != NULL)
    {
      baleen_message_set_text (message, text, NULL);
      baleen_message_set_sources (message, sources);
      baleen_asking_ledger_keep (ledger, message);
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
  BaleenDocumentAsking *asking = baleen_document_asking_new (
      baleen_attachment_get_document (work->attachment), question,
      baleen_attachment_get_name (work->attachment), file_of (work->attachment));

  if (self->completer != NULL)
    baleen_document_asking_set_completer (asking, self->completer);
  else
    baleen_document_asking_set_service (asking, self->engine);
  baleen_document_asking_set_cache_limit (asking, self->cache_bytes);
  baleen_document_ask_async (asking, self, work->cancellable, asked_cb,
                             g_object_ref (work->message));
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

/* ---- again ---------------------------------------------------------------------------- */

static void
start_again (BaleenDocumentDesk        *self,
             BaleenConversation        *conversation,
             BaleenMessage             *message,
             BaleenAttachment          *attachment,
             const BaleenSummaryRecord *record)
{
  const BaleenSummaryOptions options
      = { .length = record->length, .form = record->form, .language = record->language };

  start_summary (self, conversation, message, attachment, &options);
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
    start_again (self, conversation, message, attachment, record);
  else
    answer_question (self, conversation, message, attachment);
  return message;
}

gboolean
baleen_document_desk_read_again (BaleenDocumentDesk *self,
                                 BaleenConversation *conversation,
                                 BaleenMessage      *message)
{
  g_autoptr (BaleenSummaryRecord) record = baleen_summary_record_of (message);
  BaleenAttachment *attachment
      = record != NULL ? baleen_document_desk_find (conversation, message, record->name) : NULL;

  if (attachment == NULL || find_work (self, message) != NULL)
    return FALSE;
  start_again (self, conversation, message, attachment, record);
  return TRUE;
}

/* ---- ending --------------------------------------------------------------------------- */

gboolean
baleen_document_desk_stop (BaleenDocumentDesk *self,
                           BaleenMessage      *message)
{
  Work *work = find_work (self, message);

  if (work == NULL)
    return FALSE;
  break_off (work, BALEEN_STATE_STOPPED);
  return TRUE;
}

void
baleen_document_desk_close (BaleenDocumentDesk *self)
{
  while (self->works->len > 0)
    break_off (self->works->pdata[0], BALEEN_STATE_INTERRUPTED);
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
