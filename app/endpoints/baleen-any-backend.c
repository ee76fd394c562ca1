/* Whatever a model's name stands for: a file runs in this process, an endpoint elsewhere. */
#include "baleen-answer-job.h"

#include "endpoint.h"

typedef struct
{
  const BaleenBackend *backend;
  gpointer model;
} AnyModel;

typedef struct
{
  const BaleenBackend *backend;
  gpointer run;
} AnyBatch;

static gpointer
any_open (const char                 *path,
          const char                 *device,
          const BaleenDeviceListener *listener,
          BaleenModelFacts           *facts,
          GError                    **error)
{
  const BaleenBackend *backend = baleen_endpoint_is_name (path) ? baleen_endpoint_backend_get ()
                                                                : baleen_local_backend_get ();
  gpointer model = backend->open (path, device, listener, facts, error);
  AnyModel *any;

  if (model == NULL)
    return NULL;
  any = g_new0 (AnyModel, 1);
  any->backend = backend;
  any->model = model;

  return any;
}

static void
any_close (gpointer data)
{
  AnyModel *any = data;

  any->backend->close (any->model);
  g_free (any);
}

/* What runs elsewhere takes no room here. */
static gboolean
any_has_room (const char *path,
              const char *device)
{
  return baleen_endpoint_is_name (path)
         || baleen_local_backend_get ()->has_room (path, device);
}

static void
any_sleep (gpointer data)
{
  AnyModel *any = data;

  any->backend->sleep (any->model);
}

static gboolean
any_prepare (gpointer data)
{
  AnyModel *any = data;

  return any->backend->prepare != NULL && any->backend->prepare (any->model);
}

static BaleenState
any_answer (gpointer             data,
            const BaleenRequest *request,
            BaleenAnswerJob     *job,
            GError             **error)
{
  AnyModel *any = data;

  return any->backend->answer (any->model, request, job, error);
}

static gpointer
any_begin_batch (gpointer              data,
                 BaleenBatch          *batch,
                 BaleenBackendItemFunc func,
                 gpointer              user_data,
                 GError              **error)
{
  AnyModel *any = data;
  gpointer run = any->backend->begin_batch (any->model, batch, func, user_data, error);
  AnyBatch *any_batch;

  if (run == NULL)
    return NULL;
  any_batch = g_new0 (AnyBatch, 1);
  any_batch->backend = any->backend;
  any_batch->run = run;

  return any_batch;
}

static gboolean
any_step_batch (gpointer data)
{
  AnyBatch *batch = data;

  return batch->backend->step_batch (batch->run);
}

static void
any_end_batch (gpointer data)
{
  AnyBatch *batch = data;

  batch->backend->end_batch (batch->run);
  g_free (batch);
}

static void
any_stop (gpointer data)
{
  AnyModel *any = data;

  any->backend->stop (any->model);
}

static void
any_resume (gpointer data)
{
  AnyModel *any = data;

  any->backend->resume (any->model);
}

static BaleenPromptCount *
any_count (gpointer             data,
           const BaleenRequest *request,
           GError             **error)
{
  AnyModel *any = data;

  return any->backend->count (any->model, request, error);
}

const BaleenBackend *
baleen_any_backend_get (void)
{
  static const BaleenBackend backend = {
    .open = any_open,
    .close = any_close,
    .has_room = any_has_room,
    .sleep = any_sleep,
    .prepare = any_prepare,
    .answer = any_answer,
    .begin_batch = any_begin_batch,
    .step_batch = any_step_batch,
    .end_batch = any_end_batch,
    .stop = any_stop,
    .resume = any_resume,
    .count = any_count,
  };

  return &backend;
}
