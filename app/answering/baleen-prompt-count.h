/* What a request comes to in tokens, by part. */
#pragma once

#include "baleen-request.h"

G_BEGIN_DECLS

/* Tokens: with less room than this an answer is not begun. */
#define BALEEN_LEAST_ANSWER 32

typedef enum
{
  BALEEN_COUNT_SYSTEM,
  BALEEN_COUNT_TEMPLATE, /* what the model's own template puts around all the others */
  BALEEN_COUNT_HISTORY,
  BALEEN_COUNT_FILES,
  BALEEN_COUNT_SEARCH, /* kept free for what a search will find */
  BALEEN_COUNT_MESSAGE,
  BALEEN_N_COUNTS,
} BaleenCountPart;

typedef struct
{
  gsize parts[BALEEN_N_COUNTS]; /* tokens; they add up to `total` */
  gsize total;                 /* as a request for it reports in its `n_prompt` */
  gboolean is_estimate;        /* by a model whose tokenizer is elsewhere, or of a search to come */
  gsize n_context;
  gsize n_reserve;             /* kept free for the answer; not in `total` */
  char *text;                  /* (owned) the prompt as it is read */
} BaleenPromptCount;

void baleen_prompt_count_free (BaleenPromptCount *count);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenPromptCount, baleen_prompt_count_free)

/* Puts the tokens of a turn, `n_files` of which are from files, where they belong; the total is
 * left as it is. */
void baleen_prompt_count_add_turn (BaleenPromptCount   *count,
                                   const BaleenRequest *request,
                                   guint                turn,
                                   gsize                n_tokens,
                                   gsize                n_files);
/* Keeps the tokens free that a search will take. */
void baleen_prompt_count_add_search (BaleenPromptCount   *count,
                                     const BaleenRequest *request);

/* Whether the prompt leaves no room for an answer worth beginning: it would be refused. */
gboolean baleen_prompt_count_is_over (const BaleenPromptCount *count);

G_END_DECLS
