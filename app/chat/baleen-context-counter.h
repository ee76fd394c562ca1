/* Counts what would be sent now, off the main thread and always the newest: while one request
 * is counted, of those that come only the last is kept. Main thread. */
#pragma once

#include "baleen-engine-service.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_CONTEXT_COUNTER (baleen_context_counter_get_type ())
G_DECLARE_FINAL_TYPE (BaleenContextCounter,
                      baleen_context_counter,
                      BALEEN,
                      CONTEXT_COUNTER,
                      GObject)

/* Emits ::counted whenever there is a new count, or none because there is no model. */
BaleenContextCounter *baleen_context_counter_new (BaleenEngineService *engine);

/* Takes the request. */
void baleen_context_counter_count (BaleenContextCounter *self,
                                   BaleenRequest        *request);
/* The last count (nullable), and whether it is of the last request. */
const BaleenPromptCount *baleen_context_counter_get (BaleenContextCounter *self);
gboolean baleen_context_counter_get_is_stale (BaleenContextCounter *self);

G_END_DECLS
