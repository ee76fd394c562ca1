/* Vocabularies made for one test: the few tokens and merges it needs, written into a GGUF file
 * and opened from there. */
#pragma once

#include "gguf-writer.h"
#include "tokenizer.h"

G_BEGIN_DECLS

typedef struct
{
  GgufWriter *writer; /* (owned) */
  GPtrArray *tokens;  /* of char * (owned) */
  GArray *kinds;      /* of gint32 */
  GArray *scores;     /* of float */
  GPtrArray *merges;  /* of char * (owned) */
  char *path;         /* (owned) (nullable) */
  BlnGguf *gguf;      /* (owned) (nullable) */
  gboolean is_described;
} Vocabulary;

/* 256 tokens, of which token b spells the byte b; `pre` is the pre-tokenizer. */
Vocabulary *vocabulary_new_byte_level (const char *pre);
/* "<unk>", "<s>", "</s>", then the 256 byte tokens. */
Vocabulary *vocabulary_new_sentencepiece (void);
void vocabulary_free (Vocabulary *vocabulary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Vocabulary, vocabulary_free)

#define SENTENCEPIECE_FIRST_BYTE 3
#define SENTENCEPIECE_N 259

/* Returns the id. */
gint32 vocabulary_add (Vocabulary *vocabulary,
                       const char *text,
                       gint32      kind,
                       float       score);
/* A merge of two tokens, and a token for what it makes unless there is one: its id. */
gint32 vocabulary_merge (Vocabulary *vocabulary,
                         const char *left,
                         const char *right);

/* Puts the arrays into the writer, where they may still be made wrong. */
void vocabulary_describe (Vocabulary *vocabulary);

/* Writes the file and opens it; the tokenizer must not outlive the vocabulary. */
BlnTokenizer *vocabulary_open (Vocabulary *vocabulary,
                               GError    **error);

/* The ids as "1 2 3"; g_free. */
char *vocabulary_encode (BlnTokenizer    *tokenizer,
                         const char      *text,
                         gssize           length, /* -1: NUL-terminated */
                         const guint8    *is_input,
                         BlnTokenizeFlags flags);

G_END_DECLS
