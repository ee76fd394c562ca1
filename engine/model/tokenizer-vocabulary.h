/* The tokens of a model: their texts as the file spells them, their kinds, and finding one by
 * its text. The texts stay in the mapped file. */
#pragma once

#include "gguf.h"

G_BEGIN_DECLS

/* The numbers are those of tokenizer.ggml.token_type. */
typedef enum
{
  BLN_TOKEN_NORMAL = 1,
  BLN_TOKEN_UNKNOWN = 2,
  BLN_TOKEN_CONTROL = 3,
  BLN_TOKEN_USER_DEFINED = 4,
  BLN_TOKEN_UNUSED = 5,
  BLN_TOKEN_BYTE = 6,
} BlnTokenKind;

typedef struct
{
  const BlnGgufString *texts; /* [n] */
  guint8 *kinds;              /* [n] (owned): BlnTokenKind */
  const float *scores;        /* [n] (nullable) */
  guint32 n;
  gsize n_text_bytes;
  gsize max_length;           /* of a text, in bytes */
  gint32 byte_tokens[256];    /* tokens "<0xNN>"; -1 */

  guint64 *slots;             /* (owned): hash << 32 | id + 1; 0: empty */
  guint64 mask;
  guint64 seed;
} BlnVocabulary;

/* DAMAGED or UNSUPPORTED; `vocabulary` needs clearing only after TRUE. */
gboolean bln_vocabulary_init (BlnVocabulary *vocabulary,
                              BlnGguf       *gguf,
                              GError       **error);
void bln_vocabulary_clear (BlnVocabulary *vocabulary);
gsize bln_vocabulary_get_n_bytes (const BlnVocabulary *vocabulary);

/* The id of a token with this text, the lowest of several; -1. */
gint32 bln_vocabulary_find (const BlnVocabulary *vocabulary,
                            const char          *text,
                            gsize                length);

/* The same, for those tokens that ordinary text may become: never a control token, nor the
 * markup of a chat, whatever the text spells. */
gint32 bln_vocabulary_find_plain (const BlnVocabulary *vocabulary,
                                  const char          *text,
                                  gsize                length);
gboolean bln_vocabulary_is_plain (const BlnVocabulary *vocabulary,
                                  gint32               token);

/* <think>, </think>, <start_of_turn>, <|…|> and <｜…｜>. */
gboolean bln_text_is_markup (const char *text,
                             gsize       length);

G_END_DECLS
