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
