/* What a search did, line by line, behind a heading that folds it: each query and each page with
 * what became of it. While the search goes on, a button uses what is there. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_STEP_LIST (baleen_step_list_get_type ())
G_DECLARE_FINAL_TYPE (BaleenStepList, baleen_step_list, BALEEN, STEP_LIST, GtkWidget)

/* Follows the message; hidden while it has no steps. Emits ::use-found. */
GtkWidget *baleen_step_list_new (BaleenMessage *message);

G_END_DECLS
