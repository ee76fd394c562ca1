/* Text to tokens and back: byte-level BPE and SentencePiece-style vocabularies. */
#pragma once

#include "bln-engine.h"
#include "gguf.h"

G_BEGIN_DECLS

typedef struct _BlnTokenizer BlnTokenizer;

/* (nullable) result without error: the file has no vocabulary ("no_vocab"). Keeps pointers
 * into `gguf`, which must outlive it. Immutable; any thread. */
BlnTokenizer *bln_tokenizer_new (BlnGguf *gguf, GError **error);
void bln_tokenizer_free (BlnTokenizer *tokenizer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnTokenizer, bln_tokenizer_free)

guint32 bln_tokenizer_get_size (BlnTokenizer *tokenizer);
gsize bln_tokenizer_get_n_bytes (BlnTokenizer *tokenizer); /* memory held, for the plan */

/* As bln_model_tokenize. `is_input` (nullable, [length]) is non-zero for each byte that a
 * person wrote: no control token, nor a think tag or <|…|> markup of any kind, is matched
 * across such a byte, even with BLN_TOKENIZE_SPECIAL; everything else is as for one string. */
gint32 *bln_tokenizer_encode (BlnTokenizer *tokenizer, const char *text, gsize length,
                              const guint8 *is_input, BlnTokenizeFlags flags,
                              gsize *n_tokens, GError **error);

const char *bln_tokenizer_token_bytes (BlnTokenizer *tokenizer, gint32 token,
                                       gboolean with_special, gsize *length);
gint32 bln_tokenizer_find (BlnTokenizer *tokenizer, const char *text); /* exact token text; -1 */
gboolean bln_tokenizer_ends (BlnTokenizer *tokenizer, gint32 token);
/* Padding, unused and suppressed ids: never to be sampled. (nullable when none) */
const gint32 *bln_tokenizer_get_banned (BlnTokenizer *tokenizer, gsize *n);
const char *bln_tokenizer_get_bos_text (BlnTokenizer *tokenizer); /* (nullable) NUL-terminated */
const char *bln_tokenizer_get_eos_text (BlnTokenizer *tokenizer); /* (nullable) */
/* A text's first word is encoded with a space before it, to be dropped when it is read back. */
gboolean bln_tokenizer_begins_with_space (BlnTokenizer *tokenizer);

/* The parts of a BlnDetokenizer, for those who have no BlnModel. NULL knows no token. */
BlnDetokenizer *bln_tokenizer_new_detokenizer (BlnTokenizer *tokenizer, gboolean with_special);

G_END_DECLS
