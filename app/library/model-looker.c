#include "model-looker.h"

typedef struct
{
  GTask *task; /* (owned) */
  GTaskThreadFunc func;
} Look;

static void
look_cb (gpointer data,
         gpointer user_data)
{
  Look *look = data;

  /* What nobody waits for any more is not worth the time. */
  if (!g_task_return_error_if_cancelled (look->task))
    look->func (look->task, g_task_get_source_object (look->task),
                g_task_get_task_data (look->task), g_task_get_cancellable (look->task));
  g_object_unref (look->task);
  g_free (look);
}

void
baleen_model_looker_run (GTask          *task,
                         GTaskThreadFunc func)
{
  static GThreadPool *pool;
  static gsize is_made;
  Look *look = g_new0 (Look, 1);

  if (g_once_init_enter (&is_made))
    {
      pool = g_thread_pool_new (look_cb, NULL, 1, FALSE, NULL);
      g_once_init_leave (&is_made, TRUE);
    }
  look->task = g_object_ref (task);
  look->func = func;
  g_thread_pool_push (pool, look, NULL);
}
