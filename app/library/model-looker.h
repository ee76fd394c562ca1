/* Looking into model files and at devices takes time and wants no company: bandwidth that two
 * measure at once is that of neither. So one thread does it, one thing after the other. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As g_task_run_in_thread(), on that thread. */
void baleen_model_looker_run (GTask          *task,
                              GTaskThreadFunc func);

G_END_DECLS
