/* How much of the context the next request would take: a bar and a number in the composer,
 * and, when it is opened, each part of it. */
#pragma once

#include "baleen-prompt-count.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_CONTEXT_METER (baleen_context_meter_get_type ())
G_DECLARE_FINAL_TYPE (BaleenContextMeter, baleen_context_meter, BALEEN, CONTEXT_METER, GtkWidget)

/* Shows `count` (nullable: nothing is known, and nothing shown). */
void baleen_context_meter_set_count (BaleenContextMeter      *self,
                                     const BaleenPromptCount *count);
/* Numbers of what was there a moment ago are dim. */
void baleen_context_meter_set_is_stale (BaleenContextMeter *self,
                                        gboolean            is_stale);
void baleen_context_meter_popup (BaleenContextMeter *self);

G_END_DECLS
