/* Search results as a model is shown them, and its answer as people are. What was found is
 * framed as data and comes last, so that what stands before it is the same each time. Pure
 * functions. */
#pragma once

#include "baleen-source.h"

G_BEGIN_DECLS

typedef enum
{
  /* [webpage 1 begin] … [webpage 1 end], cited as [citation:1]: as DeepSeek's models learnt. */
  BALEEN_FRAMING_PAGES,
  /* Labelled sentences, as small models do better with. */
  BALEEN_FRAMING_SENTENCES,
} BaleenFraming;

typedef struct
{
  char *prompt;      /* (owned) what the user says */
  BaleenFraming kind;
  GArray *labels;    /* (owned) of int: the source behind each sentence's label, from 1 */
} BaleenFramed;

/* Passages are data: whatever looks like a frame or a label in them is taken apart. */
BaleenFramed *baleen_framing_make (BaleenFraming  kind,
                                   const char    *question,
                                   const char    *date,
                                   GPtrArray     *sources); /* of BaleenSource */
void baleen_framed_free (BaleenFramed *framed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenFramed, baleen_framed_free)

/* The answer with its citations as [n], of supplied sources only. */
char *baleen_framed_take_answer (const BaleenFramed *framed,
                                 GPtrArray          *sources,
                                 const char         *answer);

G_END_DECLS
