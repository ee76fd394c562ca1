/* Which of a catalogue entry's files is to be downloaded: each with its size and what it would be
 * here. */
#pragma once

#include "baleen-model-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_FILE_ROW (baleen_file_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenFileRow, baleen_file_row, BALEEN, FILE_ROW, AdwComboRow)

GtkWidget *baleen_file_row_new (void);

/* Hides itself for what leaves no choice. To be told again when the item has changed. */
void baleen_file_row_show (BaleenFileRow   *self,
                           BaleenModelItem *item);

G_END_DECLS
