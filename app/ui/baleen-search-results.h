/* What a search in all conversations found: conversation, the place with the match in bold, when
 * it was said. */
#pragma once

#include "baleen-history.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SEARCH_RESULTS (baleen_search_results_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSearchResults,
                      baleen_search_results,
                      BALEEN,
                      SEARCH_RESULTS,
                      GtkWidget)

/* Emits ::chosen (BaleenConversation, gint64 message id or 0). */
void baleen_search_results_set_history (BaleenSearchResults *self,
                                        BaleenHistory       *history);
/* Searches when no other text comes for a moment. */
void baleen_search_results_set_text (BaleenSearchResults *self,
                                     const char          *text);
/* Opens the first hit. */
void baleen_search_results_choose_first (BaleenSearchResults *self);
void baleen_search_results_take_focus (BaleenSearchResults *self);

G_END_DECLS
