/* Finding the tokens that are matched in text as they are written, before anything else:
 * control, unknown and user-defined ones. */
#pragma once

#include "tokenizer-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  const BlnVocabulary *vocabulary;
  gint32 *tokens;     /* [n] (owned): sorted by text, then id */
  guint32 n;
  guint32 first[257]; /* where texts with this first byte begin */
} BlnSpecials;

typedef struct
{
  guint32 start, length;
  gint32 token;
} BlnSpecialMatch;

void bln_specials_init (BlnSpecials         *specials,
                        const BlnVocabulary *vocabulary);
void bln_specials_clear (BlnSpecials *specials);

/* Matches of `text`, from left to right (of BlnSpecialMatch; owned by the caller): the longest
 * tokens are placed first, each at its leftmost free places. Control and unknown tokens count
 * only if `with_control`, and over no byte that `is_input` (nullable) marks; user-defined ones
 * always, but markup over no such byte. */
GArray *bln_specials_find (const BlnSpecials *specials,
                           const char        *text,
                           gsize              length,
                           const guint8      *is_input,
                           gboolean           with_control);

G_END_DECLS
