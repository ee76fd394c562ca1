#include "baleen-summary-job.h"

#include "batch-completer.h"
#include "reading-estimate.h"

#include <glib/gi18n-lib.h>

struct _BaleenSummaryJob
{
  GObject parent_instance;
  BaleenDocument *document;         /* (owned) */
  BaleenSummaryOptions options;
  char *language;                   /* (owned) (nullable) of the options */
  BaleenEngineService *service;     /* (owned) (nullable) */
  const BaleenCompleter *completer; /* (nullable) without a service */
  BaleenSummaryState state;
  GCancellable *cancellable;        /* (owned) (nullable) of the run under way */
  guint n_parallel;
  guint64 most_bytes;               /* of the cache */
  guint run;                        /* news of an earlier one are dropped */
  BaleenSummaryProgress progress;
  BaleenSummaryRecord *record;      /* (owned) */
  BaleenSummary *summary;           /* (owned) (nullable) */
  GError *error;                    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenSummaryJob, baleen_summary_job, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS,
};
enum
{
  SIGNAL_PROGRESS,
  SIGNAL_CLAIMS,
  N_SIGNALS,
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* One run of the summarizer on its thread. It holds all it needs, so that the job may go while
 * the model ends its token. */
typedef struct
{
  gatomicrefcount n_refs;
  GWeakRef job;
  guint number;
  GMainContext *context;        /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  BaleenDocument *document;     /* (owned) a copy */
  BaleenSummaryOptions options;
  char *language;               /* (owned) (nullable) */
  BaleenEngineService *service; /* (owned) (nullable) whose model at `path` reads, or: */
  char *path;                   /* (owned) */
  guint n_context, n_parallel;
  guint64 most_bytes;           /* of the cache, afterwards */
  const BaleenCompleter *completer;
} Run;

static void
run_unref (Run *run)
{
  if (!g_atomic_ref_count_dec (&run->n_refs))
    return;
  g_weak_ref_clear (&run->job);
  g_main_context_unref (run->context);
  g_object_unref (run->cancellable);
  baleen_document_free (run->document);
  g_free (run->language);
  g_clear_object (&run->service);
  g_free (run->path);
  g_free (run);
}

static Run *
run_ref (Run *run)
{
  g_atomic_ref_count_inc (&run->n_refs);
  return run;
}

/* What a run has to tell, on its way to the main thread: progress, claims, or the end. */
typedef struct
{
  Run *run; /* (owned) */
  BaleenSummaryProgress progress;
  GArray *coverage;       /* (owned) (nullable) */
  GPtrArray *claims;      /* (owned) (nullable) of BaleenRecordClaim */
  guint segment;
  BaleenSummary *summary; /* (owned) (nullable) */
  GError *error;          /* (owned) (nullable) */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  run_unref (news->run);
  g_clear_pointer (&news->coverage, g_array_unref);
  g_clear_pointer (&news->claims, g_ptr_array_unref);
  g_clear_pointer (&news->summary, baleen_summary_free);
  g_clear_error (&news->error);
  g_free (news);
}

static void
set_state (BaleenSummaryJob  *self,
           BaleenSummaryState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
take_end (BaleenSummaryJob *self,
          News             *news)
{
  g_clear_object (&self->cancellable);
  if (news->summary != NULL)
    {
      self->summary = g_steal_pointer (&news->summary);
      set_state (self, BALEEN_SUMMARY_DONE);
      return;
    }
  self->error = g_steal_pointer (&news->error);
  set_state (self, BALEEN_SUMMARY_FAILED);
}

static gboolean
news_cb (gpointer data)
{
  News *news = data;
  g_autoptr (BaleenSummaryJob) self = g_weak_ref_get (&news->run->job);

  if (self == NULL || news->run->number != self->run)
    return G_SOURCE_REMOVE;

  if (news->coverage != NULL)
    {
      self->progress = news->progress;
      self->progress.coverage = news->coverage;
      baleen_summary_record_take_progress (self->record, &self->progress);
      self->progress.coverage = self->record->coverage;
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
    }
  else if (news->claims != NULL)
    {
      baleen_summary_record_take_part (self->record, news->segment,
                                       g_steal_pointer (&news->claims));
      g_signal_emit (self, signals[SIGNAL_CLAIMS], 0, news->segment);
    }
  else
    take_end (self, news);

  return G_SOURCE_REMOVE;
}

static void
send (News *news)
{
  g_main_context_invoke_full (news->run->context, G_PRIORITY_DEFAULT, news_cb, news, news_free);
}

static News *
news_new (Run *run)
{
  News *news = g_new0 (News, 1);

  news->run = run_ref (run);
  return news;
}

static void
progress_cb (const BaleenSummaryProgress *progress,
             gpointer                     user_data)
{
  News *news = news_new (user_data);

  news->progress = *progress;
  news->coverage = g_array_copy ((GArray *) progress->coverage);
  send (news);
}

static void
claims_cb (guint                  segment,
           GPtrArray             *claims,
           const BaleenSentences *sentences,
           gpointer               user_data)
{
  News *news = news_new (user_data);

  news->segment = segment;
  news->claims = baleen_record_claims_new (claims, sentences);
  send (news);
}

/* How long that took is how long the next one is said to take. */
static void
learn_speed (const Run     *run,
             BaleenSummary *summary,
             gint64         began)
{
  const double seconds = (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC;
  guint n_fresh = 0;

  for (guint i = 0; i < summary->calls->len; i++)
    n_fresh += !g_array_index (summary->calls, BaleenLedgerCall, i).was_kept;
  if (summary->segments->len > 0 && n_fresh > summary->calls->len / 2)
    baleen_reading_speed_keep (run->completer->model_key,
                               seconds / n_fresh * summary->calls->len / summary->segments->len);
}

static void
summarize (Run  *run,
           News *news)
{
  const BaleenSummaryObserver observer = { progress_cb, claims_cb, run };
  const gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (BaleenReadingStore) store = baleen_reading_store_open (run->document, &problem);

  news->summary = baleen_summarizer_run (run->document, &run->options, run->completer, store,
                                         &observer, run->cancellable, &news->error);
  if (news->summary == NULL)
    return;
  if (news->summary->problem == NULL)
    news->summary->problem = g_steal_pointer (&problem);
  learn_speed (run, news->summary, began);
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  BaleenCompleter *owned = NULL;
  News *news = news_new (run);

  /* The engine service tells items in the main context of whoever started the batch. */
  g_main_context_push_thread_default (context);
  if (run->completer == NULL)
    run->completer = owned = baleen_batch_completer_new_for_model (
        run->service, run->path, run->n_context, run->n_parallel, &news->error);
  if (run->completer != NULL)
    summarize (run, news);
  if (owned != NULL)
    baleen_batch_completer_free (owned);
  g_main_context_pop_thread_default (context);
  baleen_reading_cache_trim (run->most_bytes);
  send (news);
  run_unref (run);

  return NULL;
}

static BaleenDocument *
copy_document (const BaleenDocument *document)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (baleen_document_to_variant (document));

  return baleen_document_from_variant (variant);
}

/* FALSE, with why, where there is no model to read. */
static gboolean
take_model (BaleenSummaryJob *self,
            Run              *run)
{
  const BaleenModelFacts *facts;

  if (self->service == NULL)
    return TRUE;
  facts = baleen_engine_service_get_facts (self->service);
  run->path = g_strdup (baleen_engine_service_get_path (self->service));
  if (run->path == NULL || facts == NULL)
    {
      self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                         _("No model is loaded. Choose one first."));
      return FALSE;
    }
  run->service = g_object_ref (self->service);
  run->n_context = facts->n_context;
  if (run->n_parallel == 0)
    run->n_parallel = facts->n_parallel;
  return TRUE;
}

void
baleen_summary_job_resume (BaleenSummaryJob *self)
{
  Run *run;

  if (self->state == BALEEN_SUMMARY_RUNNING || self->state == BALEEN_SUMMARY_DONE)
    return;

  g_clear_error (&self->error);
  run = g_new0 (Run, 1);
  g_atomic_ref_count_init (&run->n_refs);
  g_weak_ref_init (&run->job, self);
  run->number = ++self->run;
  run->context = g_main_context_ref_thread_default ();
  run->cancellable = g_cancellable_new ();
  run->document = copy_document (self->document);
  run->options = self->options;
  run->options.language = run->language = g_strdup (self->language);
  run->completer = self->completer;
  run->n_parallel = self->n_parallel;
  run->most_bytes = self->most_bytes;
  if (!take_model (self, run))
    {
      run_unref (run);
      set_state (self, BALEEN_SUMMARY_FAILED);
      return;
    }
  g_set_object (&self->cancellable, run->cancellable);
  set_state (self, BALEEN_SUMMARY_RUNNING);
  g_thread_unref (g_thread_new ("summary", run_thread, run));
}

static void
cancel (BaleenSummaryJob *self)
{
  self->run++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
baleen_summary_job_pause (BaleenSummaryJob *self)
{
  if (self->state != BALEEN_SUMMARY_RUNNING)
    return;
  cancel (self);
  set_state (self, BALEEN_SUMMARY_PAUSED);
}

BaleenSummaryState
baleen_summary_job_get_state (BaleenSummaryJob *self)
{
  return self->state;
}

const GError *
baleen_summary_job_get_error (BaleenSummaryJob *self)
{
  return self->error;
}

const BaleenSummaryProgress *
baleen_summary_job_get_progress (BaleenSummaryJob *self)
{
  return &self->progress;
}

void
baleen_summary_job_set_limits (BaleenSummaryJob *self,
                               guint             n_parallel,
                               guint64           most_bytes)
{
  self->n_parallel = n_parallel;
  self->most_bytes = most_bytes;
}

BaleenSummaryRecord *
baleen_summary_job_get_record (BaleenSummaryJob *self)
{
  return self->record;
}

static GQuark
job_quark (void)
{
  return g_quark_from_static_string ("baleen-summary-job");
}

void
baleen_summary_job_set_of (BaleenMessage    *message,
                           BaleenSummaryJob *job)
{
  g_object_set_qdata_full (G_OBJECT (message), job_quark (),
                           job != NULL ? g_object_ref (job) : NULL, g_object_unref);
}

BaleenSummaryJob *
baleen_summary_job_of (BaleenMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), job_quark ());
}

const BaleenSummary *
baleen_summary_job_get_summary (BaleenSummaryJob *self)
{
  return self->summary;
}

static BaleenSummaryJob *
job_new (BaleenDocument             *document,
         const char                 *name,
         const BaleenSummaryOptions *options)
{
  BaleenSummaryJob *self = g_object_new (BALEEN_TYPE_SUMMARY_JOB, NULL);

  self->document = document;
  self->options = *options;
  self->language = g_strdup (options->language);
  self->record = baleen_summary_record_new (name, options);
  self->most_bytes = BALEEN_READING_CACHE_MOST;
  return self;
}

BaleenSummaryJob *
baleen_summary_job_new (BaleenDocument             *document,
                        const char                 *name,
                        const BaleenSummaryOptions *options,
                        BaleenEngineService        *service)
{
  BaleenSummaryJob *self = job_new (document, name, options);

  self->service = g_object_ref (service);
  return self;
}

BaleenSummaryJob *
baleen_summary_job_new_with_completer (BaleenDocument             *document,
                                       const char                 *name,
                                       const BaleenSummaryOptions *options,
                                       const BaleenCompleter      *completer)
{
  BaleenSummaryJob *self = job_new (document, name, options);

  self->completer = completer;
  return self;
}

static void
baleen_summary_job_dispose (GObject *object)
{
  BaleenSummaryJob *self = BALEEN_SUMMARY_JOB (object);

  cancel (self);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (baleen_summary_job_parent_class)->dispose (object);
}

static void
baleen_summary_job_finalize (GObject *object)
{
  BaleenSummaryJob *self = BALEEN_SUMMARY_JOB (object);

  baleen_document_free (self->document);
  g_free (self->language);
  baleen_summary_record_free (self->record);
  g_clear_pointer (&self->summary, baleen_summary_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (baleen_summary_job_parent_class)->finalize (object);
}

static void
baleen_summary_job_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BaleenSummaryJob *self = BALEEN_SUMMARY_JOB (object);

  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
baleen_summary_job_class_init (BaleenSummaryJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baleen_summary_job_dispose;
  object_class->finalize = baleen_summary_job_finalize;
  object_class->get_property = baleen_summary_job_get_property;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", BALEEN_TYPE_SUMMARY_JOB,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLAIMS]
      = g_signal_new ("claims", BALEEN_TYPE_SUMMARY_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
baleen_summary_job_init (BaleenSummaryJob *self)
{
}
