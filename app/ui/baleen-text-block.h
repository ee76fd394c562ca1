/* A paragraph or a piece of code: one label, never markup. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEXT_BLOCK (baleen_text_block_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTextBlock, baleen_text_block, BALEEN, TEXT_BLOCK, GtkWidget)

GtkWidget *baleen_text_block_new (gboolean    is_code,
                                  const char *language); /* (nullable) */

gboolean baleen_text_block_get_is_code (BaleenTextBlock *self);
void baleen_text_block_set_text (BaleenTextBlock *self,
                                 const char      *text);
const char *baleen_text_block_get_text (BaleenTextBlock *self);

/* What is selected in it; NULL when nothing is. */
char *baleen_text_block_get_selection (BaleenTextBlock *self);

/* A label for text of people and models: wraps anywhere, can be selected with the pointer,
 * takes no place in the order of Tab, shows Han as in the mainland. */
GtkWidget *baleen_text_label_new (void);
void baleen_text_label_set_text (GtkLabel   *label,
                                 const char *text);
char *baleen_text_label_get_selection (GtkLabel *label);

G_END_DECLS
