#include "engine-queue.h"

BaleenEngineTask *
baleen_engine_task_new (BaleenEngineTaskKind kind,
                        BaleenPriority       priority)
{
  BaleenEngineTask *task = g_new0 (BaleenEngineTask, 1);

  task->kind = kind;
  task->priority = priority;
  return task;
}

void
baleen_engine_task_free (BaleenEngineTask *task)
{
  g_assert (task->run == NULL);
  if (task->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task->task), task->cancelled_id);
  g_free (task->path);
  g_free (task->device);
  g_clear_pointer (&task->job, baleen_answer_job_unref);
  g_clear_object (&task->batch);
  g_clear_object (&task->task);
  g_free (task);
}

gboolean
baleen_engine_task_is_cancelled (BaleenEngineTask *task)
{
  return task->task != NULL
         && g_cancellable_is_cancelled (g_task_get_cancellable (task->task));
}

void
baleen_engine_queue_put (GQueue           *queue,
                         BaleenEngineTask *task,
                         gboolean          is_resumed)
{
  GList *next = queue->head;

  while (next != NULL)
    {
      const BaleenPriority other = ((BaleenEngineTask *) next->data)->priority;

      if (other > task->priority || (is_resumed && other == task->priority))
        break;
      next = next->next;
    }
  g_queue_insert_before (queue, next, task);
}

gboolean
baleen_engine_queue_has_before (GQueue        *queue,
                                BaleenPriority priority)
{
  const BaleenEngineTask *first = g_queue_peek_head (queue);

  return first != NULL && first->priority < priority;
}

gboolean
baleen_engine_queue_has_run (GQueue *queue)
{
  for (GList *l = queue->head; l != NULL; l = l->next)
    if (((BaleenEngineTask *) l->data)->run != NULL)
      return TRUE;
  return FALSE;
}
