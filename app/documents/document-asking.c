#include "document-asking.h"

#include "batch-completer.h"
#include "document-question.h"

#include "baleen-source.h"

#include <glib/gi18n-lib.h>

/* An answer has room for this much. */
#define ANSWER_TOKENS 512

/* All that the thread needs; what it found comes back in `text` and `sources`. */
struct _BaleenDocumentAsking
{
  BaleenDocument *document;         /* (owned) */
  char *question;                   /* (owned) */
  BaleenEngineService *service;     /* (owned) (nullable) whose model at `path` answers, or: */
  char *path;                       /* (owned) */
  guint n_context;
  guint64 most_bytes;               /* of the cache, afterwards */
  const BaleenCompleter *completer;
  GError *problem;                  /* (owned) (nullable) why nobody can answer */
  char *name, *file;                /* (owned) */
  char *answer;                     /* (owned) (nullable) */
  char *text;                       /* (owned) (nullable) */
  GPtrArray *sources;               /* (owned) */
  BaleenAskingLedger *ledger;       /* (owned) (nullable) */
};

static void
asking_free (gpointer data)
{
  BaleenDocumentAsking *self = data;

  baleen_document_free (self->document);
  g_clear_object (&self->service);
  g_free (self->path);
  g_clear_error (&self->problem);
  g_free (self->question);
  g_free (self->name);
  g_free (self->file);
  g_free (self->answer);
  g_free (self->text);
  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->ledger, baleen_asking_ledger_free);
  g_free (self);
}

static gboolean
answered_cb (gsize                         index,
             const BaleenCompletionAnswer *answer,
             gpointer                      user_data,
             GError                      **error)
{
  BaleenDocumentAsking *self = user_data;

  self->answer = g_strdup (answer->text);
  self->ledger->n_prompt = answer->n_prompt;
  self->ledger->n_answer = answer->n_answer;
  return TRUE;
}

static void
take_answer (BaleenDocumentAsking         *self,
             const BaleenDocumentQuestion *question,
             const BaleenSentences        *sentences)
{
  BaleenClaim *claim = baleen_document_question_take_answer (question, sentences, self->answer);
  const char *warning = baleen_document_question_get_warning (question);

  self->text = claim->is_verified ? g_strdup (claim->text)
                                  : g_strdup_printf ("%s (%s)", claim->text, _("unverified"));
  if (warning != NULL)
    {
      g_autofree char *answer = g_steal_pointer (&self->text);

      self->text = g_strdup_printf ("%s\n\n*%s*", answer, warning);
    }
  for (guint i = 0; i < claim->sentences->len; i++)
    {
      const guint sentence = g_array_index (claim->sentences, guint, i);
      g_autofree char *quote = baleen_sentences_dup_text (sentences, sentence);

      g_ptr_array_add (self->sources,
                       baleen_source_new (i + 1, self->name, NULL, self->file,
                                          baleen_sentences_get (sentences, sentence)->page, quote));
    }
  baleen_claim_free (claim);
}

/* The state of what other questions on the document begin with, too, is kept: the next one
 * starts at once, after a restart, too. */
static char *
get_state_path (const BaleenDocumentAsking   *self,
                const BaleenDocumentQuestion *question,
                BaleenReadingStore           *store)
{
  g_autofree char *beginning = NULL;
  g_autofree char *key = NULL;

  if (question->n_shared == 0 || store == NULL)
    return NULL;
  beginning = g_strndup (question->prompt, question->n_shared);
  key = g_strdup_printf ("%s window %u", self->completer->model_key, self->completer->n_context);
  return baleen_reading_store_get_state_path (store, key, beginning);
}

static gboolean
complete (BaleenDocumentAsking         *self,
          const BaleenDocumentQuestion *question,
          BaleenReadingStore           *store,
          GCancellable                 *cancellable,
          GError                      **error)
{
  g_autofree char *shared
      = question->n_shared > 0 ? g_strndup (question->prompt, question->n_shared) : NULL;
  g_autofree char *state_path = get_state_path (self, question, store);
  const BaleenCompletionRequest request = {
    .text = question->prompt,
    .shared = shared,
    .state_path = state_path,
    .max_tokens = question->max_tokens,
  };

  if (!self->completer->complete (self->completer->data, &request, 1, answered_cb, self,
                                  cancellable, error))
    return FALSE;
  if (self->answer == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The model gave no answer."));
  return self->answer != NULL;
}

static gboolean
ask (BaleenDocumentAsking *self,
     GCancellable         *cancellable,
     GError              **error)
{
  g_autoptr (BaleenReadingStore) store = baleen_reading_store_open (self->document, NULL);
  g_autoptr (BaleenSentences) sentences = baleen_sentences_new (
      self->document, self->completer, baleen_segmenter_get_most_tokens (self->completer) / 2,
      error);
  g_autoptr (BaleenDocumentQuestion) question
      = sentences != NULL
            ? baleen_document_question_new (sentences, self->question, self->completer, store,
                                            ANSWER_TOKENS, error)
            : NULL;

  if (question == NULL)
    return FALSE;
  self->ledger = baleen_asking_ledger_new (sentences, question->shown, self->name);
  self->ledger->n_budget = self->completer->n_context;
  if (!complete (self, question, store, cancellable, error))
    return FALSE;
  take_answer (self, question, sentences);
  return TRUE;
}

static void
ask_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  BaleenDocumentAsking *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  BaleenCompleter *owned = NULL;
  GError *error = NULL;
  gboolean is_done;

  /* The engine service tells items in the main context of whoever started the batch. */
  g_main_context_push_thread_default (context);
  if (self->completer == NULL)
    self->completer = owned = baleen_batch_completer_new_for_model (
        self->service, self->path, self->n_context, 1, &error);
  is_done = self->completer != NULL && ask (self, cancellable, &error);
  g_clear_pointer (&owned, baleen_batch_completer_free);
  g_main_context_pop_thread_default (context);
  baleen_reading_cache_trim (self->most_bytes);
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}


BaleenDocumentAsking *
baleen_document_asking_new (const BaleenDocument *document,
                            const char           *question,
                            const char           *name,
                            const char           *file)
{
  BaleenDocumentAsking *self = g_new0 (BaleenDocumentAsking, 1);
  g_autoptr (GVariant) variant = g_variant_ref_sink (baleen_document_to_variant (document));

  self->document = baleen_document_from_variant (variant);
  self->question = g_strdup (question);
  self->name = g_strdup (name);
  self->file = g_strdup (file);
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->most_bytes = BALEEN_READING_CACHE_MOST;
  return self;
}

void
baleen_document_asking_set_service (BaleenDocumentAsking *self,
                                    BaleenEngineService  *service)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (service);

  self->service = g_object_ref (service);
  self->path = g_strdup (baleen_engine_service_get_path (service));
  self->n_context = facts != NULL ? facts->n_context : 0;
  if (self->path == NULL || facts == NULL)
    self->problem = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                         _("No model is loaded. Choose one first."));
}

void
baleen_document_asking_set_cache_limit (BaleenDocumentAsking *self,
                                        guint64               most_bytes)
{
  self->most_bytes = most_bytes;
}

void
baleen_document_asking_set_completer (BaleenDocumentAsking  *self,
                                      const BaleenCompleter *completer)
{
  self->completer = completer;
}

void
baleen_document_ask_async (BaleenDocumentAsking *self,
                           gpointer              source,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_task_data (task, self, asking_free);
  if (self->problem == NULL)
    g_task_run_in_thread (task, ask_in_thread);
  else
    g_task_return_error (task, g_steal_pointer (&self->problem));
}

char *
baleen_document_ask_finish (GAsyncResult        *result,
                            GPtrArray          **sources,
                            BaleenAskingLedger **ledger,
                            GError             **error)
{
  BaleenDocumentAsking *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *sources = g_ptr_array_ref (self->sources);
  *ledger = g_steal_pointer (&self->ledger);
  return g_strdup (self->text);
}
