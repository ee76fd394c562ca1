/* How the memory of a device would be shared out: weights, KV cache, working space and what stays
 * free, as one bar and in words under it. */
#pragma once

#include "model-fit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_PLAN_BAR (baleen_plan_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenPlanBar, baleen_plan_bar, BALEEN, PLAN_BAR, GtkWidget)

GtkWidget *baleen_plan_bar_new (void);

/* NULL empties it. */
void baleen_plan_bar_show (BaleenPlanBar   *self,
                           const BaleenFit *fit);

G_END_DECLS
