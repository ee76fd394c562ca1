/* What the engine thread has to do, in the order in which it does it: by priority, then by
 * age. Not locked: the engine service has a lock for it. */
#pragma once

#include "baleen-answer-job.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_ENGINE_TASK_LOAD,
  BALEEN_ENGINE_TASK_SLEEP,
  BALEEN_ENGINE_TASK_RELIEVE, /* what is only kept warm is closed */
  BALEEN_ENGINE_TASK_ANSWER,
  BALEEN_ENGINE_TASK_BATCH,
} BaleenEngineTaskKind;

typedef struct
{
  BaleenEngineTaskKind kind;
  BaleenPriority priority;
  char *path;           /* (owned) (nullable) LOAD, as what follows */
  char *device;         /* (owned) (nullable) */
  BaleenAnswerJob *job; /* (owned) (nullable) ANSWER */
  BaleenBatch *batch;   /* (owned) (nullable) BATCH, and what follows */
  GTask *task;          /* (owned) (nullable) who waits for it */
  gulong cancelled_id;  /* on the task's cancellable */
  gpointer run;         /* the backend's; NULL until it began */
} BaleenEngineTask;

BaleenEngineTask *baleen_engine_task_new (BaleenEngineTaskKind kind,
                                          BaleenPriority       priority);
/* It must have no run any more. */
void baleen_engine_task_free (BaleenEngineTask *task);
gboolean baleen_engine_task_is_cancelled (BaleenEngineTask *task);

/* Behind all of its priority; with `is_resumed` before them, where it was. */
void baleen_engine_queue_put (GQueue           *queue,
                              BaleenEngineTask *task,
                              gboolean          is_resumed);
/* Whether something waits that goes before a task of this priority. */
gboolean baleen_engine_queue_has_before (GQueue        *queue,
                                         BaleenPriority priority);
/* A batch that has begun. */
gboolean baleen_engine_queue_has_run (GQueue *queue);

G_END_DECLS
