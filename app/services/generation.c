#include "generation.h"

#include "thought-splitter.h"

#include <string.h>

#define OPENER "<think>"
#define CLOSER "</think>"

/* What one run needs besides its arguments. */
typedef struct
{
  BlnModel *model;
  BaleenGenerationOptions options;
  BlnDetokenizer *detokenizer;     /* (owned) */
  BaleenThoughtSplitter *splitter; /* (owned) */
  GString *text;                   /* (owned) scratch */
  gsize n_thought_told;            /* bytes the callback has had */
  gsize n_answer_told;
  gboolean is_refused; /* the callback said stop */
} Run;

const char *
baleen_stop_to_string (BaleenStop stop)
{
  switch (stop)
    {
    case BALEEN_STOP_LENGTH:
      return "length";
    case BALEEN_STOP_CANCELLED:
      return "cancelled";
    case BALEEN_STOP_END:
    default:
      return "end";
    }
}

void
baleen_generation_clear (BaleenGeneration *generation)
{
  g_clear_pointer (&generation->answer, g_free);
  g_clear_pointer (&generation->thought, g_free);
}

static BaleenThoughtStart
thought_start (BlnThought thought)
{
  switch (thought)
    {
    case BLN_THOUGHT_OPEN:
      return BALEEN_THOUGHT_START_INSIDE;
    case BLN_THOUGHT_MAYBE:
      return BALEEN_THOUGHT_START_MAYBE;
    case BLN_THOUGHT_NONE:
    default:
      return BALEEN_THOUGHT_START_OUTSIDE;
    }
}

static void
run_init (Run                           *run,
          BlnModel                      *model,
          BlnThought                     thought,
          const BaleenGenerationOptions *options)
{
  memset (run, 0, sizeof *run);
  run->model = model;
  if (options != NULL)
    run->options = *options;
  run->detokenizer = bln_detokenizer_new (model, FALSE);
  run->splitter = baleen_thought_splitter_new (thought_start (thought));
  run->text = g_string_new (NULL);
}

static void
run_clear (Run *run)
{
  bln_detokenizer_free (run->detokenizer);
  baleen_thought_splitter_free (run->splitter);
  g_string_free (run->text, TRUE);
}

static void
tell (Run           *run,
      BaleenPiece    piece,
      const GString *text,
      gsize         *n_told)
{
  if (text->len == *n_told && piece != BALEEN_PIECE_MOVE)
    return;

  if (run->options.piece_func != NULL
      && !run->options.piece_func (piece, text->str + *n_told, text->len - *n_told,
                                   run->options.user_data))
    run->is_refused = TRUE;
  *n_told = text->len;
}

static void
tell_what_is_new (Run     *run,
                  gboolean has_moved)
{
  const GString *thought = baleen_thought_splitter_get_thought (run->splitter);
  const GString *answer = baleen_thought_splitter_get_answer (run->splitter);

  if (has_moved)
    {
      /* What the callback had as answer it need not have again as thought. */
      static const GString nothing = { (char *) "", 0, 0 };
      gsize n_told = 0;

      tell (run, BALEEN_PIECE_MOVE, &nothing, &n_told);
      run->n_thought_told = run->n_answer_told;
      run->n_answer_told = 0;
    }
  tell (run, BALEEN_PIECE_THOUGHT, thought, &run->n_thought_told);
  tell (run, BALEEN_PIECE_ANSWER, answer, &run->n_answer_told);
}

/* Where think tags are control tokens they have no text of their own, yet they must be seen. */
static const char *
get_hidden_tag (Run   *run,
                gint32 token)
{
  gsize n_shown = 0;
  gsize n_full = 0;
  const char *full;

  if (bln_model_token_bytes (run->model, token, FALSE, &n_shown, NULL) != NULL && n_shown > 0)
    return NULL;

  full = bln_model_token_bytes (run->model, token, TRUE, &n_full, NULL);
  if (full == NULL)
    return NULL;
  if (n_full == strlen (OPENER) && memcmp (full, OPENER, n_full) == 0)
    return OPENER;
  if (n_full == strlen (CLOSER) && memcmp (full, CLOSER, n_full) == 0)
    return CLOSER;

  return NULL;
}

static void
take_token (Run   *run,
            gint32 token)
{
  const char *tag = get_hidden_tag (run, token);

  g_string_truncate (run->text, 0);
  if (tag != NULL)
    g_string_append (run->text, tag);
  else
    bln_detokenizer_push (run->detokenizer, token, run->text);
  if (run->text->len > 0)
    tell_what_is_new (run, baleen_thought_splitter_push (run->splitter, run->text->str,
                                                         run->text->len));
}

static void
take_end (Run *run)
{
  gboolean has_moved;

  g_string_truncate (run->text, 0);
  bln_detokenizer_finish (run->detokenizer, run->text);
  has_moved = baleen_thought_splitter_push (run->splitter, run->text->str, run->text->len);
  baleen_thought_splitter_finish (run->splitter);
  tell_what_is_new (run, has_moved);
}

/* The passes over the prompt, so that their progress can be told. */
static gboolean
prefill (Run        *run,
         BlnEngine  *engine,
         BlnSession *session,
         GError    **error)
{
  gsize n_total = bln_session_get_pending (session);
  gsize n_pending;

  while ((n_pending = bln_session_get_pending (session)) > 0)
    {
      if (!bln_engine_step (engine, &session, 1, error))
        return FALSE;
      if (run->options.prefill_func != NULL)
        run->options.prefill_func (n_total - bln_session_get_pending (session), n_total,
                                   run->options.user_data);
    }

  return TRUE;
}

static gsize
get_limit (Run       *run,
           BlnEngine *engine,
           gsize      n_prompt)
{
  gsize n_context = bln_engine_get_plan (engine)->n_context;
  gsize n_room = n_context > n_prompt ? n_context - n_prompt : 0;

  return run->options.max_tokens > 0 ? MIN (run->options.max_tokens, n_room) : n_room;
}

static gboolean
decode (Run              *run,
        BaleenGeneration *generation,
        BlnSession       *session,
        BlnSampler       *sampler,
        gsize             limit,
        GError          **error)
{
  while (generation->n_answer < limit)
    {
      gint32 token;

      if (!bln_session_next (session, sampler, &token, error))
        return FALSE;
      if (bln_model_token_ends (run->model, token))
        {
          generation->stop = BALEEN_STOP_END;
          return TRUE;
        }
      generation->n_answer++;
      take_token (run, token);
      if (run->is_refused)
        {
          generation->stop = BALEEN_STOP_CANCELLED;
          return TRUE;
        }
    }

  generation->stop = BALEEN_STOP_LENGTH;
  return TRUE;
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static gboolean
prefill_and_decode (Run              *run,
                    BaleenGeneration *generation,
                    BlnEngine        *engine,
                    BlnSession       *session,
                    BlnSampler       *sampler,
                    const BlnPrompt  *prompt,
                    GError          **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean is_done = FALSE;

  if (!bln_session_sync (session, prompt->tokens, prompt->n_tokens, &generation->n_reused,
                         error))
    return FALSE;

  is_done = prefill (run, engine, session, error);
  generation->prompt_seconds = seconds_since (start);
  if (!is_done)
    return FALSE;

  start = g_get_monotonic_time ();
  is_done = decode (run, generation, session, sampler,
                    get_limit (run, engine, prompt->n_tokens), error);
  generation->answer_seconds = seconds_since (start);

  return is_done;
}

gboolean
baleen_generation_run (BaleenGeneration              *generation,
                       BlnEngine                     *engine,
                       BlnSession                    *session,
                       BlnSampler                    *sampler,
                       const BlnPrompt               *prompt,
                       const BaleenGenerationOptions *options,
                       GError                       **error)
{
  BaleenGeneration result = { .n_prompt = prompt->n_tokens };
  g_autoptr (GError) local_error = NULL;
  gboolean is_done;
  Run run;

  run_init (&run, bln_engine_get_model (engine), prompt->thought, options);
  is_done = prefill_and_decode (&run, &result, engine, session, sampler, prompt, &local_error);
  if (!is_done && g_error_matches (local_error, BLN_ERROR, BLN_ERROR_STOPPED))
    {
      result.stop = BALEEN_STOP_CANCELLED;
      is_done = TRUE;
    }
  if (is_done)
    {
      take_end (&run);
      result.thought = g_strdup (baleen_thought_splitter_get_thought (run.splitter)->str);
      result.answer = g_strdup (baleen_thought_splitter_get_answer (run.splitter)->str);
      *generation = result;
    }
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  run_clear (&run);

  return is_done;
}
