/* Merging symbols into tokens: always the best pair of neighbours in the whole piece, the
 * leftmost of equals, until none is left.
 *
 * For byte-level vocabularies a pair's rank is its place in the file's list of merges; for
 * SentencePiece-style ones the pair with the highest score of its concatenation is best. */
#pragma once

#include "min-heap.h"
#include "tokenizer-vocabulary.h"

G_BEGIN_DECLS

/* A slot is left << 43 | right << 22 | rank + 1, or 0 where it is empty; ids have at most 21
 * bits and ranks 22, so that a lookup reads a single number. */
typedef struct
{
  guint64 *slots; /* (owned) (nullable): no list in the file */
  guint64 mask;
  guint64 seed;
  gint32 *merged; /* (owned): what the pair of each rank becomes */
  gsize n;
} BlnMergeTable;

/* A pair that names no token, or makes none, is left out: nothing could ever apply it. */
gboolean bln_merge_table_init (BlnMergeTable       *table,
                               const BlnVocabulary *vocabulary,
                               BlnGguf             *gguf,
                               GError             **error);
void bln_merge_table_clear (BlnMergeTable *table);
gsize bln_merge_table_get_n_bytes (const BlnMergeTable *table);

typedef enum
{
  BLN_MERGE_BY_TABLE, /* the list of merges */
  BLN_MERGE_BY_ID,    /* a concatenation that is a token, the lowest id first */
  BLN_MERGE_BY_SCORE, /* the same, the highest score first */
} BlnMergeRule;

typedef struct
{
  gint32 id;            /* -1: no token */
  guint32 start, length; /* in the text */
  guint32 previous, next;
  guint32 rank;         /* of the pair with the next symbol */
  gint32 merged;        /* what that pair becomes */
} BlnSymbol;

/* Scratch of one encoding, used for one piece after the other. */
typedef struct
{
  const BlnVocabulary *vocabulary;
  const BlnMergeTable *table;
  BlnMergeRule rule;
  const char *text;     /* of the piece, where the rule looks at it */
  BlnSymbol *symbols;   /* (owned) */
  gsize n_symbols, n_allocated;
  BlnMinHeap heap;      /* of rank << 32 | symbol */
} BlnMerger;

void bln_merger_init (BlnMerger           *merger,
                      const BlnVocabulary *vocabulary,
                      const BlnMergeTable *table,
                      BlnMergeRule         rule);
void bln_merger_clear (BlnMerger *merger);

/* Begins a piece; then its symbols from left to right; then merges. What is left is the chain
 * from symbols[0] over `next` to BLN_NO_SYMBOL, unless there is none. */
#define BLN_NO_SYMBOL G_MAXUINT32
void bln_merger_begin (BlnMerger  *merger,
                       const char *text);
void bln_merger_add (BlnMerger *merger,
                     gint32     id,
                     guint32    length);
void bln_merger_run (BlnMerger *merger);

G_END_DECLS
