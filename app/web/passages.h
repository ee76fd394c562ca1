/* Which stretches of several pages answer a question, by BM25 over words and Chinese pairs.
 * Pure functions. */
#pragma once

#include "baleen-document.h"

G_BEGIN_DECLS

typedef struct
{
  guint page;    /* index of the document */
  gsize start;   /* characters of its text, half open */
  gsize end;
  double score;  /* of its best part; 0: no word of the question is in it */
} BaleenPassage;

/* One stretch of each document that has any text, in the order of the documents: the part that
 * fits the words best and what stands around it, in all at most `n_characters`, shared out so
 * that what fits better gets more. Parts end where paragraphs or sentences end. */
GArray *baleen_passages_choose (GPtrArray  *documents, /* of BaleenDocument */
                                const char *words,
                                gsize       n_characters);

G_END_DECLS
