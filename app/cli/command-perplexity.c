#include "command.h"

#include "input.h"
#include "interrupt.h"
#include "json-writing.h"
#include "opening.h"
#include "output.h"

#include <glib/gi18n.h>
#include <math.h>

/* Sums what each token costs given those before it. */
typedef struct
{
  const gint32 *tokens;
  gsize n_tokens;
  guint32 n_vocabulary;
  double sum; /* of -ln p */
} Score;

static void
score_row_cb (gsize        position,
              const float *logits,
              gpointer     user_data)
{
  Score *score = user_data;
  double total = 0;
  float most = logits[0];

  if (position + 1 >= score->n_tokens)
    return;

  for (guint32 i = 1; i < score->n_vocabulary; i++)
    most = MAX (most, logits[i]);
  for (guint32 i = 0; i < score->n_vocabulary; i++)
    total += exp (logits[i] - most);
  score->sum += log (total) + most - logits[score->tokens[position + 1]];
}

static gboolean
score_text (BlnEngine *engine,
            Score     *score,
            GError   **error)
{
  g_autoptr (BlnSession) session = bln_session_new (engine, error);

  if (session == NULL
      || !bln_session_sync (session, score->tokens, score->n_tokens, NULL, error))
    return FALSE;

  bln_session_set_logits_func (session, score_row_cb, score);
  while (bln_session_get_pending (session) > 0)
    {
      if (!bln_engine_step (engine, &session, 1, error))
        return FALSE;
      baleen_progress (_("%zu of %zu tokens"),
                       score->n_tokens - bln_session_get_pending (session), score->n_tokens);
    }

  return TRUE;
}

static void
print_score (const Score *score)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "tokens", score->n_tokens);
  baleen_json_add_number (builder, "perplexity", exp (score->sum / (score->n_tokens - 1)));
  json_builder_end_object (builder);
  baleen_output_json (json_builder_get_root (builder));
}

/* The whole text is one sequence, so its length is what the engine has to hold. */
static gboolean
check_length (const BaleenOptions *options,
              BlnModel            *model,
              gsize                n_tokens,
              GError             **error)
{
  guint n_context = options->n_context > 0 ? options->n_context
                                           : bln_model_get_info (model)->n_context;

  if (n_tokens < 2)
    g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                 _("Perplexity needs at least two tokens and the text has %zu. Give a longer "
                   "text."),
                 n_tokens);
  else if (n_tokens > n_context)
    g_set_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG,
                 _("The text has %zu tokens and the context holds %u. Give a shorter text or "
                   "a larger --context."),
                 n_tokens, n_context);
  else
    return TRUE;

  return FALSE;
}

static gboolean
measure (const BaleenOptions *options,
         GError             **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (options, error);
  g_autofree char *text = NULL;
  g_autofree gint32 *tokens = NULL;
  BlnEngine *engine;
  Score score = { 0 };
  gsize length;
  gboolean is_done;

  if (model == NULL || (text = baleen_input_read_all (&length, error)) == NULL)
    return FALSE;
  tokens = bln_model_tokenize (model, text, length, BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS,
                               &score.n_tokens, error);
  if (tokens == NULL || !check_length (options, model, score.n_tokens, error))
    return FALSE;
  engine = baleen_open_engine (options, model, score.n_tokens, 1, error);
  if (engine == NULL)
    return FALSE;

  score.tokens = tokens;
  score.n_vocabulary = bln_model_get_info (model)->n_vocabulary;
  is_done = score_text (engine, &score, error);
  baleen_close_engine (engine);
  if (is_done)
    print_score (&score);

  return is_done;
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name,
                             _("“perplexity” reads standard input and takes no text."));

  baleen_interrupt_begin ();
  if (measure (options, &error))
    return BALEEN_EXIT_DONE;

  return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);
}

const BaleenCommand baleen_command_perplexity = {
  .name = "perplexity",
  .arguments = "< TEXT",
  .summary = N_("how well the model foresees a text"),
  .uses = BALEEN_USES_RUNS,
  .run = run,
};
