#include "prompt-rendering.h"

#include <glib/gi18n-lib.h>

#include "baleen-prompt-count.h"
#include "generation.h"

static BlnThink
think_of (BlnModel            *model,
          const BaleenRequest *request)
{
  if (!bln_model_get_info (model)->can_think)
    return BLN_THINK_MODEL;

  switch (request->think)
    {
    case BALEEN_THINK_ON:
      return BLN_THINK_ON;
    case BALEEN_THINK_OFF:
      return BLN_THINK_OFF;
    case BALEEN_THINK_MODEL:
    default:
      return BLN_THINK_MODEL;
    }
}

static BlnPrompt *
render (BlnModel            *model,
        const BaleenRequest *request,
        GError             **error)
{
  static const char *const roles[] = { "system", "user", "assistant" };
  const BlnThink think = think_of (model, request);
  const gsize n = request->turns->len;
  GError *problem = NULL;
  BlnPrompt *prompt;
  g_autofree BlnMessage *messages = g_new0 (BlnMessage, request->turns->len);

  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      messages[i].role = roles[turn->role];
      messages[i].content = turn->text;
      messages[i].reasoning = turn->thought;
    }
  prompt = bln_model_render_chat (model, messages, n, think, &problem);
  if (prompt != NULL)
    return prompt;
  /* One that cannot be used at all was said to be replaced; one that only refuses this
   * conversation says so now. */
  if (!g_error_matches (problem, BLN_ERROR, BLN_ERROR_TEMPLATE)
      || bln_model_check_chat_template (model, NULL))
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_error_free (problem);
  return bln_model_render_plain_chat (model, messages, n, think, error);
}

char *
baleen_rendering_explain_plain (BlnModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;

  if (bln_model_check_chat_template (model, &error))
    return NULL;
  base = g_path_get_basename (bln_model_get_path (model));
  return g_strdup_printf (_("The chat template in “%s” cannot be used. A plain one is used; "
                            "answers may be poorer. (%s)"),
                          base, error->message);
}

static gboolean
append_tokens (BlnModel        *model,
               GArray          *tokens,
               const char      *text,
               BlnTokenizeFlags flags,
               GError         **error)
{
  gsize n;
  g_autofree gint32 *added = bln_model_tokenize (model, text, -1, flags, &n, error);

  if (added == NULL)
    return FALSE;
  g_array_append_vals (tokens, added, n);
  return TRUE;
}

static gboolean
append_begun_thought (BlnModel        *model,
                      const char      *thought,
                      BaleenRendering *rendering,
                      GError         **error)
{
  if (rendering->start == BALEEN_THOUGHT_START_MAYBE
      && !append_tokens (model, rendering->tokens, "<think>", BLN_TOKENIZE_SPECIAL, error))
    return FALSE;
  rendering->start = BALEEN_THOUGHT_START_MIDDLE;
  return append_tokens (model, rendering->tokens, thought, BLN_TOKENIZE_DEFAULT, error);
}

static gboolean
append_begun_text (BlnModel        *model,
                   const char      *text,
                   BaleenRendering *rendering,
                   GError         **error)
{
  const gboolean is_thinking = rendering->start == BALEEN_THOUGHT_START_MIDDLE
                               || rendering->start == BALEEN_THOUGHT_START_INSIDE;

  if (is_thinking
      && (!append_tokens (model, rendering->tokens, "\n</think>", BLN_TOKENIZE_SPECIAL, error)
          || !append_tokens (model, rendering->tokens, "\n\n", BLN_TOKENIZE_DEFAULT, error)))
    return FALSE;
  rendering->start = BALEEN_THOUGHT_START_OUTSIDE;
  return append_tokens (model, rendering->tokens, text, BLN_TOKENIZE_DEFAULT, error);
}

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

BaleenRendering *
baleen_rendering_new (BlnModel            *model,
                      const BaleenRequest *request,
                      GError             **error)
{
  g_autoptr (BlnPrompt) prompt = render (model, request, error);
  g_autoptr (BaleenRendering) rendering = NULL;

  if (prompt == NULL)
    return NULL;

  rendering = g_new0 (BaleenRendering, 1);
  rendering->text = g_steal_pointer (&prompt->text);
  rendering->start = baleen_thought_start_of (prompt->thought);
  rendering->tokens = g_array_sized_new (FALSE, FALSE, sizeof (gint32), prompt->n_tokens);
  g_array_append_vals (rendering->tokens, prompt->tokens, prompt->n_tokens);
  if (is_said (request->begun_thought)
      && !append_begun_thought (model, request->begun_thought, rendering, error))
    return NULL;
  if (is_said (request->begun_text)
      && !append_begun_text (model, request->begun_text, rendering, error))
    return NULL;
  return g_steal_pointer (&rendering);
}

void
baleen_rendering_free (BaleenRendering *rendering)
{
  g_free (rendering->text);
  g_array_unref (rendering->tokens);
  g_free (rendering);
}

gboolean
baleen_rendering_check_room (BaleenRendering *rendering,
                             gsize            n_context,
                             GError         **error)
{
  const gsize n_room = n_context > BALEEN_LEAST_ANSWER ? n_context - BALEEN_LEAST_ANSWER : 0;

  if (rendering->tokens->len <= n_room)
    return TRUE;

  g_set_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG,
               _("This is %'zu tokens too long for the context of %'zu. Shorten it, or choose a "
                 "larger context."),
               rendering->tokens->len - n_room, n_context);
  return FALSE;
}

BlnSampling
baleen_request_get_sampling (const BaleenRequest *request,
                             BlnModel            *model)
{
  BlnSampling sampling = bln_model_get_info (model)->sampling;

  if (request->temperature >= 0)
    sampling.temperature = request->temperature;
  if (request->top_p >= 0)
    sampling.top_p = request->top_p;
  if (request->presence_penalty != 0)
    sampling.presence_penalty = request->presence_penalty;
  if (request->frequency_penalty != 0)
    sampling.frequency_penalty = request->frequency_penalty;
  /* Another answer to the same question shall be another answer. */
  sampling.seed = request->has_seed ? request->seed
                                    : ((guint64) g_random_int () << 32) | g_random_int ();
  return sampling;
}
