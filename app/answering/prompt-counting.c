#include "prompt-counting.h"

#include "answering.h"
#include "prompt-rendering.h"

static gsize
count_text (BlnModel   *model,
            const char *text)
{
  gsize n = 0;

  if (text != NULL && *text != '\0')
    g_free (bln_model_tokenize (model, text, -1, BLN_TOKENIZE_DEFAULT, &n, NULL));
  return n;
}

static gsize
count_files (BlnModel         *model,
             const BaleenTurn *turn)
{
  g_autofree char *files
      = g_strndup (turn->text + turn->files_start, turn->files_end - turn->files_start);

  return count_text (model, files);
}

/* What a turn is by itself and what it is between others can differ by a token or two where
 * they meet, so the total is what counts and the template takes up the difference. */
static void
settle (BaleenPromptCount *count)
{
  gsize sum = 0;

  for (guint i = 0; i < BALEEN_N_COUNTS; i++)
    sum += count->parts[i];
  if (sum <= count->total)
    {
      count->parts[BALEEN_COUNT_TEMPLATE] += count->total - sum;
      return;
    }
  for (guint i = BALEEN_N_COUNTS; i-- > 0 && sum > count->total;)
    {
      const gsize less = MIN (count->parts[i], sum - count->total);

      count->parts[i] -= less;
      sum -= less;
    }
}

BaleenPromptCount *
baleen_prompt_counting_run (BlnModel            *model,
                            const BaleenRequest *request,
                            GError             **error)
{
  g_autoptr (BaleenRequest) first = baleen_answering_get_first (model, request);
  g_autoptr (BaleenRendering) prompt = baleen_rendering_new (model, first, error);
  BaleenPromptCount *count;

  if (prompt == NULL)
    return NULL;

  count = g_new0 (BaleenPromptCount, 1);
  count->total = prompt->tokens->len;
  count->text = g_steal_pointer (&prompt->text);
  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      baleen_prompt_count_add_turn (count, request, i, count_text (model, turn->text),
                                    count_files (model, turn));
    }
  count->parts[BALEEN_COUNT_HISTORY] += count_text (model, request->begun_thought)
                                       + count_text (model, request->begun_text);
  settle (count);
  baleen_prompt_count_add_search (count, request);
  return count;
}
