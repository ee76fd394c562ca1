/* What the rooms above take from a model besides bln-engine.h. */
#pragma once

#include "gguf.h"
#include "tokenizer.h"

G_BEGIN_DECLS

/* Both owned by the model and immutable. */
BlnGguf *bln_model_get_gguf (BlnModel *model);
BlnTokenizer *bln_model_get_tokenizer (BlnModel *model); /* (nullable) */

/* UNSUPPORTED where the file has a vocabulary of a kind that we lack. Opening such a file
 * works, so that people can look into it; bln_model_check() refuses to run it. */
gboolean bln_model_check_vocabulary (BlnModel *model,
                                     GError  **error);

/* Bytes that the open file takes in memory: header, indices, vocabulary. */
gsize bln_model_get_n_bytes (BlnModel *model);

G_END_DECLS
