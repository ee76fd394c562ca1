#include "summarizer-private.h"

#include <string.h>

#define MOST_TEMPERATURE 0.3f
/* Room for an answer that has labels, however short what it is about. */
#define LEAST_ANSWER 64

void
baleen_call_free (BaleenCall *call)
{
  g_free (call->text);
  g_free (call->answer);
  g_free (call);
}

GPtrArray *
baleen_calls_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_call_free);
}

/* Seeds of their own for every call, all of them from one. */
static guint64
derive_seed (guint64     seed,
             const char *stage,
             guint       index)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ seed;

  for (const char *at = stage; *at != '\0'; at++)
    hash = (hash ^ (guint8) *at) * G_GUINT64_CONSTANT (0x100000001b3);
  return (hash ^ index) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

BaleenCall *
baleen_summarizer_new_call (BaleenSummarizer *self,
                            char             *text,
                            const char       *stage,
                            guint             index,
                            guint             first_segment,
                            guint             end_segment,
                            GError          **error)
{
  g_autofree char *owned = text;
  const BaleenCoverage *first
      = &g_array_index (self->summary->coverage, BaleenCoverage, first_segment);
  const BaleenCoverage *last
      = &g_array_index (self->summary->coverage, BaleenCoverage, end_segment - 1);
  BaleenCall *call;
  gsize n_prompt;

  if (!self->completer->count_prompt (self->completer->data, text, &n_prompt, error))
    return NULL;
  if (n_prompt + self->reserve > self->completer->n_context)
    return NULL;

  call = g_new0 (BaleenCall, 1);
  call->text = g_steal_pointer (&owned);
  call->max_tokens = MIN (self->reserve, LEAST_ANSWER + n_prompt);
  call->seed = derive_seed (self->options->seed, stage, index);
  call->from = first->from;
  call->to = last->to;
  call->first_page = first->first_page;
  call->last_page = last->last_page;
  return call;
}

/* The model, the request and its seed: whatever else changes, such an answer is the same. */
static char *
get_key (const BaleenSummarizer *self,
         const BaleenCall       *call)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *settings = g_strdup_printf (
      "%s\n%u\n%u\n%" G_GUINT64_FORMAT "\n%d\n", self->completer->model_key,
      self->completer->n_context, call->max_tokens, call->seed,
      (int) (MIN (self->options->temperature, MOST_TEMPERATURE) * 1000));

  g_checksum_update (checksum, (const guchar *) settings, -1);
  g_checksum_update (checksum, (const guchar *) call->text, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
baleen_summarizer_has_answer (BaleenSummarizer *self,
                              const BaleenCall *call)
{
  g_autofree char *key = get_key (self, call), *text = NULL;
  BaleenCompletionAnswer answer;

  return self->store != NULL && baleen_reading_store_find (self->store, key, &answer, &text);
}

/* One stage under way. */
typedef struct
{
  BaleenSummarizer *self;
  BaleenSummaryPhase phase;
  GPtrArray *calls;
  GArray *ledger;  /* (owned) of BaleenLedgerCall, one for each call */
  GArray *missing; /* (owned) of guint: the calls that the model has to answer */
  guint n_done;
  BaleenCallDoneFunc func;
  gpointer user_data;
} Stage;

static guint
count_pages_done (const BaleenSummarizer *self)
{
  const GArray *coverage = self->summary->coverage;

  for (guint i = 0; i < coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (coverage, BaleenCoverage, i);

      if (part->status == BALEEN_COVERAGE_WAITING)
        return part->first_page - 1;
    }

  return self->summary->sentences->n_pages;
}

static void
tell_progress (const Stage *stage)
{
  BaleenSummarizer *self = stage->self;
  BaleenSummaryProgress progress = {
    .phase = stage->phase,
    .n_done = stage->n_done,
    .n_total = stage->calls->len,
    .n_pages_read = count_pages_done (self),
    .n_pages = self->summary->sentences->n_pages,
    .seconds_left = -1,
    .n_parallel = MIN (self->completer->n_parallel, MAX (1, stage->calls->len)),
    .coverage = self->summary->coverage,
  };

  if (self->observer == NULL || self->observer->progress == NULL)
    return;
  if (self->n_fresh > 0)
    progress.seconds_left = (g_get_monotonic_time () - self->began) / (double) G_USEC_PER_SEC
                            / self->n_fresh * (stage->calls->len - stage->n_done);
  self->observer->progress (&progress, self->observer->user_data);
}

static void
take_answer (Stage                        *stage,
             guint                         index,
             const BaleenCompletionAnswer *answer,
             gboolean                      was_kept)
{
  BaleenCall *call = g_ptr_array_index (stage->calls, index);
  BaleenLedgerCall *entry = &g_array_index (stage->ledger, BaleenLedgerCall, index);

  call->is_failed = answer->text == NULL;
  call->answer = g_strdup (call->is_failed ? "" : answer->text);
  call->is_cut = answer->is_cut;
  entry->n_prompt = answer->n_prompt;
  entry->n_answer = answer->n_answer;
  entry->was_kept = was_kept;
  entry->is_failed = call->is_failed;
  stage->n_done++;
  if (stage->func != NULL)
    stage->func (index, stage->user_data);
}

/* A full disk costs the way back after an interruption, not the summary. */
static void
keep_answer (BaleenSummarizer             *self,
             const BaleenCall             *call,
             const BaleenCompletionAnswer *answer)
{
  g_autofree char *key = get_key (self, call);

  if (self->store != NULL && self->summary->problem == NULL)
    baleen_reading_store_keep (self->store, key, answer, &self->summary->problem);
}

static gboolean
completed_cb (gsize                         number,
              const BaleenCompletionAnswer *answer,
              gpointer                      user_data,
              GError                      **error)
{
  Stage *stage = user_data;
  guint index = g_array_index (stage->missing, guint, number);

  if (answer->text != NULL)
    keep_answer (stage->self, g_ptr_array_index (stage->calls, index), answer);
  stage->self->n_fresh++;
  take_answer (stage, index, answer, FALSE);
  tell_progress (stage);

  return TRUE;
}

static void
take_kept (Stage *stage)
{
  for (guint i = 0; i < stage->calls->len; i++)
    {
      const BaleenCall *call = g_ptr_array_index (stage->calls, i);
      g_autofree char *key = get_key (stage->self, call), *text = NULL;
      BaleenCompletionAnswer answer;

      if (stage->self->store != NULL
          && baleen_reading_store_find (stage->self->store, key, &answer, &text))
        take_answer (stage, i, &answer, TRUE);
      else
        g_array_append_val (stage->missing, i);
    }
}

static gboolean
ask_model (Stage   *stage,
           GError **error)
{
  BaleenSummarizer *self = stage->self;
  g_autofree BaleenCompletionRequest *requests
      = g_new0 (BaleenCompletionRequest, stage->missing->len);

  for (guint i = 0; i < stage->missing->len; i++)
    {
      const BaleenCall *call
          = g_ptr_array_index (stage->calls, g_array_index (stage->missing, guint, i));

      requests[i].text = call->text;
      requests[i].shared = call->shared;
      requests[i].max_tokens = call->max_tokens;
      requests[i].temperature = MIN (self->options->temperature, MOST_TEMPERATURE);
      requests[i].seed = call->seed;
    }

  return self->completer->complete (self->completer->data, requests, stage->missing->len,
                                    completed_cb, stage, self->cancellable, error);
}

static void
begin_ledger (Stage      *stage,
              const char *name)
{
  g_array_set_size (stage->ledger, stage->calls->len);
  for (guint i = 0; i < stage->calls->len; i++)
    {
      const BaleenCall *call = g_ptr_array_index (stage->calls, i);
      BaleenLedgerCall entry = { .stage = name, .from = call->from, .to = call->to,
                                 .first_page = call->first_page, .last_page = call->last_page,
                                 .n_budget = stage->self->completer->n_context };

      g_array_index (stage->ledger, BaleenLedgerCall, i) = entry;
    }
}

gboolean
baleen_summarizer_complete (BaleenSummarizer  *self,
                            const char        *name,
                            BaleenSummaryPhase phase,
                            GPtrArray         *calls,
                            BaleenCallDoneFunc func,
                            gpointer           user_data,
                            GError           **error)
{
  g_autoptr (GArray) ledger = g_array_new (FALSE, FALSE, sizeof (BaleenLedgerCall));
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (guint));
  Stage stage = { self, phase, calls, ledger, missing, 0, func, user_data };

  begin_ledger (&stage, name);
  self->began = g_get_monotonic_time ();
  self->n_fresh = 0;
  /* What was kept is told of in one go, and whoever listens shall know the parts by then. */
  tell_progress (&stage);
  take_kept (&stage);
  tell_progress (&stage);
  if (missing->len > 0 && !ask_model (&stage, error))
    return FALSE;

  g_array_append_vals (self->summary->calls, ledger->data, ledger->len);
  return TRUE;
}
