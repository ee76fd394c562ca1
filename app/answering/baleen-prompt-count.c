#include "baleen-prompt-count.h"

void
baleen_prompt_count_free (BaleenPromptCount *count)
{
  g_free (count->text);
  g_free (count);
}

gboolean
baleen_prompt_count_is_over (const BaleenPromptCount *count)
{
  return count->total + BALEEN_LEAST_ANSWER > count->n_context;
}

void
baleen_prompt_count_add_turn (BaleenPromptCount   *count,
                              const BaleenRequest *request,
                              guint                turn,
                              gsize                n_tokens,
                              gsize                n_files)
{
  const BaleenTurn *added = request->turns->pdata[turn];
  const gsize n_of_files = MIN (n_files, n_tokens);
  BaleenCountPart part = BALEEN_COUNT_HISTORY;

  if (added->role == BALEEN_ROLE_SYSTEM)
    part = BALEEN_COUNT_SYSTEM;
  else if (turn + 1 == request->turns->len)
    part = BALEEN_COUNT_MESSAGE;
  count->parts[BALEEN_COUNT_FILES] += n_of_files;
  count->parts[part] += n_tokens - n_of_files;
}

void
baleen_prompt_count_add_search (BaleenPromptCount   *count,
                                const BaleenRequest *request)
{
  if (request->n_search <= 0)
    return;
  count->parts[BALEEN_COUNT_SEARCH] += request->n_search;
  count->total += request->n_search;
  count->is_estimate = TRUE;
}
