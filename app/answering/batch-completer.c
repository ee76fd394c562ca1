#include "batch-completer.h"

#include "baleen-batch-run.h"
#include "model-library.h"
#include "prompt-rendering.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  BaleenCompleter completer;
  char *key;                    /* (owned) */
  BlnModel *model;              /* (owned) (nullable) an endpoint has no file */
  BlnEngine *engine;            /* (nullable) one's own, or: */
  BaleenSessionPool *pool;      /* (owned) (nullable) */
  BaleenEngineService *service; /* (owned) (nullable) */
  const BaleenBackend *backend; /* (nullable) one's own, with: */
  gpointer opened;              /* (owned) (nullable) */
} BatchCompleter;

char *
baleen_model_key (BlnModel *model)
{
  const BlnModelInfo *info = bln_model_get_info (model);
  GStatBuf status = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;

  g_stat (bln_model_get_path (model), &status);
  text = g_strdup_printf ("%s %s %s %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          info->name, info->architecture, info->quantization, info->n_bytes,
                          (gint64) status.st_size, (gint64) status.st_mtime);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  hash[16] = '\0';

  return g_steal_pointer (&hash);
}

/* What the catalogue knows of how the model reads best. */
static void
take_advice (BaleenCompleter *completer,
             BlnModel        *model)
{
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (NULL);
  g_autofree char *name = g_path_get_basename (bln_model_get_path (model));
  const BaleenCatalogueEntry *entry
      = catalogue != NULL ? baleen_catalogue_find_file (catalogue, name) : NULL;

  if (entry == NULL)
    return;
  completer->n_part = entry->part_tokens;
  completer->n_passages = entry->passage_tokens;
  completer->is_english_only
      = g_strv_length (entry->languages) == 1 && g_str_equal (entry->languages[0], "en");
}

static BaleenRequest *make_request (const BaleenCompletionRequest *wanted);

/* What is only estimated gets a tenth on top, and some for what stands around every prompt. */
static gboolean
estimate (BatchCompleter *self,
          const char     *text,
          gsize          *n_tokens,
          GError        **error)
{
  const BaleenCompletionRequest wanted = { .text = text };
  g_autoptr (BaleenRequest) request = make_request (&wanted);
  g_autoptr (BaleenPromptCount) count
      = self->backend != NULL ? self->backend->count (self->opened, request, error)
                              : baleen_engine_service_count (self->service, request, error);

  if (count != NULL)
    *n_tokens = count->total + count->total / 10 + 8;
  return count != NULL;
}

static gboolean
count_text_cb (gpointer    data,
               const char *text,
               gsize      *n_tokens,
               GError    **error)
{
  BatchCompleter *self = data;
  g_autofree gint32 *tokens = NULL;

  if (self->model == NULL)
    return estimate (self, text, n_tokens, error);
  tokens = bln_model_tokenize (self->model, text, -1, BLN_TOKENIZE_DEFAULT, n_tokens, error);
  return tokens != NULL;
}

static BaleenRequest *
make_request (const BaleenCompletionRequest *wanted)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_OFF);

  baleen_request_add (request, BALEEN_ROLE_USER, wanted->text, NULL);
  request->max_tokens = wanted->max_tokens;
  request->temperature = wanted->temperature;
  request->seed = wanted->seed;
  request->has_seed = TRUE;
  request->n_shared = wanted->shared != NULL ? strlen (wanted->shared) : 0;
  request->state_path = g_strdup (wanted->state_path);
  return request;
}

static gboolean
count_prompt_cb (gpointer    data,
                 const char *text,
                 gsize      *n_tokens,
                 GError    **error)
{
  BatchCompleter *self = data;
  const BaleenCompletionRequest wanted = { .text = text };
  g_autoptr (BaleenRequest) request = NULL;
  g_autoptr (BaleenRendering) rendering = NULL;

  if (self->model == NULL)
    return estimate (self, text, n_tokens, error);
  request = make_request (&wanted);
  rendering = baleen_rendering_new (self->model, request, error);
  if (rendering != NULL)
    *n_tokens = rendering->tokens->len;
  return rendering != NULL;
}

/* A batch on its way back to whoever wants the answers. */
typedef struct
{
  BaleenCompletedFunc func;
  gpointer user_data;
  GCancellable *stop;  /* raised when the receiver wants no more */
  BlnEngine *engine;   /* (nullable) stopped with it */
  gboolean is_server;  /* what the backend has against one item, it has against all */
  gboolean is_refused;
  GError *refusal;     /* (owned) the receiver's */
  GError *problem;     /* (owned) (nullable) of the first item that failed */
  guint n_answered;
} Delivery;

/* No more answers are wanted. */
static void
end (Delivery *delivery)
{
  delivery->is_refused = TRUE;
  if (delivery->engine != NULL)
    bln_engine_stop (delivery->engine);
  g_cancellable_cancel (delivery->stop);
}

static void
item_cb (guint                   item,
         const BaleenGeneration *generation,
         const GError           *error,
         gpointer                user_data)
{
  Delivery *delivery = user_data;
  BaleenCompletionAnswer answer = { 0 };

  if (delivery->is_refused)
    return;
  if (delivery->is_server && error != NULL && error->domain == BALEEN_BACKEND_ERROR)
    {
      delivery->refusal = g_error_copy (error);
      end (delivery);
      return;
    }
  if (generation != NULL)
    {
      answer.text = generation->answer;
      answer.n_prompt = generation->n_prompt;
      answer.n_answer = generation->n_answer;
      answer.is_cut = generation->stop != BALEEN_STOP_END;
      delivery->n_answered++;
    }
  else if (delivery->problem == NULL)
    delivery->problem = g_error_copy (error);

  if (!delivery->func (item, &answer, delivery->user_data, &delivery->refusal))
    end (delivery);
}

static void
tell_cb (BaleenBatch            *batch,
         guint                   item,
         const BaleenGeneration *generation,
         const GError           *error,
         gpointer                user_data)
{
  baleen_batch_tell (batch, item, generation, error);
}

static void
stop_cb (GCancellable   *cancellable,
         BatchCompleter *self)
{
  self->backend->stop (self->opened);
}

/* To its end, or until `stop` is raised. */
static gboolean
run_on_backend (BatchCompleter *self,
                BaleenBatch    *batch,
                GCancellable   *stop,
                GError        **error)
{
  gpointer run = self->backend->begin_batch (self->opened, batch, tell_cb, NULL, error);
  gulong handler;

  if (run == NULL)
    return FALSE;
  self->backend->resume (self->opened);
  handler = g_cancellable_connect (stop, G_CALLBACK (stop_cb), self, NULL);
  while (!g_cancellable_is_cancelled (stop) && self->backend->step_batch (run))
    ;
  g_cancellable_disconnect (stop, handler);
  self->backend->end_batch (run);

  return !g_cancellable_set_error_if_cancelled (stop, error);
}

static void
raise_cb (GCancellable *cancellable,
          GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static gboolean
run_batch (BatchCompleter *self,
           BaleenBatch    *batch,
           Delivery       *delivery,
           GCancellable   *cancellable,
           GError        **error)
{
  gulong handler;
  gboolean is_done;

  if (self->engine != NULL)
    return baleen_batch_run_now (batch, self->pool, error);

  handler = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (raise_cb),
                                         g_object_ref (delivery->stop), g_object_unref)
                : 0;
  is_done = self->backend != NULL
                ? run_on_backend (self, batch, delivery->stop, error)
                : baleen_engine_service_run_batch (self->service, batch, delivery->stop, error);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  return is_done;
}

static gboolean
complete_cb (gpointer                       data,
             const BaleenCompletionRequest *requests,
             gsize                          n_requests,
             BaleenCompletedFunc            func,
             gpointer                       user_data,
             GCancellable                  *cancellable,
             GError                       **error)
{
  BatchCompleter *self = data;
  g_autoptr (BaleenBatch) batch = baleen_batch_new (BALEEN_PRIORITY_SUMMARY);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) problem = NULL;
  Delivery delivery = { func, user_data, stop, self->engine, self->model == NULL };
  gboolean is_done;

  for (gsize i = 0; i < n_requests; i++)
    baleen_batch_add (batch, make_request (&requests[i]));
  baleen_batch_set_n_parallel (batch, self->completer.n_parallel);
  baleen_batch_set_item_func (batch, item_cb, &delivery, NULL);
  is_done = run_batch (self, batch, &delivery, cancellable, &problem);

  if (delivery.is_refused)
    g_propagate_error (error, g_steal_pointer (&delivery.refusal));
  else if (g_error_matches (problem, BLN_ERROR, BLN_ERROR_STOPPED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped."));
  else if (!is_done)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (delivery.n_answered == 0 && delivery.problem != NULL)
    {
      is_done = FALSE;
      g_propagate_error (error, g_steal_pointer (&delivery.problem));
    }
  g_clear_error (&delivery.problem);

  return is_done && !delivery.is_refused;
}

/* Takes the model and the key. */
static BatchCompleter *
completer_new (BlnModel *model, /* (nullable) */
               char     *key,
               guint     n_parallel)
{
  BatchCompleter *self = g_new0 (BatchCompleter, 1);
  const BaleenCompleter completer = {
    .data = self,
    .n_parallel = n_parallel,
    .count_text = count_text_cb,
    .count_prompt = count_prompt_cb,
    .complete = complete_cb,
  };

  self->model = model;
  self->key = key;
  self->completer = completer;
  self->completer.model_key = self->key;
  if (model != NULL)
    take_advice (&self->completer, model);
  return self;
}

BaleenCompleter *
baleen_batch_completer_new_for_engine (BlnEngine *engine,
                                       guint      n_parallel)
{
  BlnModel *model = bln_engine_get_model (engine);
  BatchCompleter *self
      = completer_new (bln_model_ref (model), baleen_model_key (model), n_parallel);

  self->engine = engine;
  self->pool = baleen_session_pool_new (engine);
  self->completer.n_context = bln_engine_get_plan (engine)->n_context;
  if (n_parallel == 0)
    self->completer.n_parallel = baleen_session_pool_count_affordable (self->pool);
  return &self->completer;
}

/* Of a server nothing is known but what it is called. */
static char *
make_endpoint_key (const char *path)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  hash[16] = '\0';
  return g_steal_pointer (&hash);
}

BaleenCompleter *
baleen_batch_completer_new_for_model (BaleenEngineService *service,
                                      const char          *path,
                                      guint                n_context,
                                      guint                n_parallel,
                                      GError             **error)
{
  const gboolean is_endpoint = g_str_has_prefix (path, "endpoint:");
  BlnModel *model = is_endpoint ? NULL : bln_model_open (path, error);
  BatchCompleter *self;

  if (model == NULL && !is_endpoint)
    return NULL;
  self = completer_new (model, model != NULL ? baleen_model_key (model) : make_endpoint_key (path),
                        n_parallel);
  self->service = g_object_ref (service);
  self->completer.n_context = n_context;
  return &self->completer;
}

BaleenCompleter *
baleen_batch_completer_new_for_backend (const BaleenBackend *backend,
                                        const char          *path,
                                        char               **name,
                                        GError             **error)
{
  static const BaleenDeviceListener nobody = { 0 };
  BaleenModelFacts facts = { 0 };
  gpointer opened = backend->open (path, NULL, &nobody, &facts, error);
  BatchCompleter *self;

  if (opened == NULL)
    return NULL;
  self = completer_new (NULL, make_endpoint_key (path), 1);
  self->backend = backend;
  self->opened = opened;
  self->completer.n_context = facts.n_context;
  *name = g_strdup (facts.name);
  baleen_model_facts_clear (&facts);

  return &self->completer;
}

void
baleen_batch_completer_free (BaleenCompleter *completer)
{
  BatchCompleter *self = completer->data;

  g_clear_pointer (&self->pool, baleen_session_pool_free);
  g_clear_object (&self->service);
  if (self->opened != NULL)
    self->backend->close (self->opened);
  g_clear_pointer (&self->model, bln_model_unref);
  g_free (self->key);
  g_free (self);
}
