/* The servers of the library: each with its host and its model, to be used, changed, removed. */
#pragma once

#include "baleen-model-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ENDPOINTS_PAGE (baleen_endpoints_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenEndpointsPage, baleen_endpoints_page, BALEEN, ENDPOINTS_PAGE, GtkWidget)

/* Emits ::use (char *id) and ::said (char *sentence). */
GtkWidget *baleen_endpoints_page_new (BaleenModelShelf *shelf);

/* NULL for a new one. */
void baleen_endpoints_page_edit (BaleenEndpointsPage *self,
                                 const char          *id); /* (nullable) */

G_END_DECLS
