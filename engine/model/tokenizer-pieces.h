/* The bytes that tokens stand for in text: byte-level spelling undone, "▁" a space, byte tokens
 * their byte. Only ordinary tokens are spelled; control and user-defined ones are literal. */
#pragma once

#include "tokenizer-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  char *bytes;       /* (owned): of all tokens, one after the other */
  guint32 *offsets;  /* [n + 1] (owned) */
} BlnPieces;

BlnPieces *bln_pieces_new (const BlnVocabulary *vocabulary,
                           gboolean             is_sentencepiece);
void bln_pieces_free (BlnPieces *pieces);

G_END_DECLS
