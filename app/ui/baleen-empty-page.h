/* What stands where nothing was said yet: what the model says of itself, and examples. */
#pragma once

#include "catalogue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_EMPTY_PAGE (baleen_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenEmptyPage, baleen_empty_page, BALEEN, EMPTY_PAGE, GtkWidget)

/* Emits ::example (char *text, gboolean think) when one is chosen. `entry` is NULL for a model
 * that the catalogue does not know, `host` is NULL for one on this computer. */
void baleen_empty_page_set_model (BaleenEmptyPage            *self,
                                  const BaleenCatalogueEntry *entry,
                                  const char                 *host);
/* Examples make room for a longer text. */
void baleen_empty_page_show_examples (BaleenEmptyPage *self,
                                      gboolean         is_shown);
void baleen_empty_page_set_is_compact (BaleenEmptyPage *self,
                                       gboolean         is_compact);

G_END_DECLS
