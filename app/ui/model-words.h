/* Models, their sizes and downloads in words. Results are the caller's. */
#pragma once

#include "baleen-model-download.h"
#include "baleen-model-item.h"

G_BEGIN_DECLS

/* “7.6 B parameters, 4-bit · 4.7 GB”; of a server the model's name there. */
char *baleen_model_words_size (BaleenModelItem *item);
/* “7.6 B”, “800 M”. */
char *baleen_model_words_count (guint64 n_parameters);
/* “This Computer”, or the server's name. */
char *baleen_model_words_place (BaleenModelItem *item);
/* The icon of the verdict; NULL while there is none. */
const char *baleen_model_words_icon (BaleenModelItem *item);
/* “8K”, “128K”: how far a context reaches. */
char *baleen_model_words_context (guint n_tokens);

/* “1.9 of 4.7 GB · 24 MB/s · 2 min left”, “Checking the file”, or why it failed. */
char *baleen_model_words_download (BaleenModelDownload *download);
/* “40 s left”, “2 min left”, “3 h 10 min left”. */
char *baleen_model_words_left (double seconds);

G_END_DECLS
