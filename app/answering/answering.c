#include "answering.h"

#include "prompt-rendering.h"
#include "speed-prediction.h"
#include "text-language.h"

/* Tokens of an answer that tell how fast it was. */
#define LEAST_TOLD 32

/* These are the model's to read, so they are in the language of the question and not of the
 * interface: English, then Chinese. */
static const char *const notes_words[] = {
  "%s\n\n---\nDo not answer yet. First think it through: write down what is given and what is "
  "asked, then work it out step by step, and check the result. Write only these notes.",
  "%s\n\n---\n先不要回答。请先思考：写下已知条件和所求，然后一步一步推算，最后检查结果。只写思考笔记。",
};
static const char *const answer_words[] = {
  "%s\n\n---\nThese are your notes:\n%s\n\n---\nNow answer what was asked, using the notes. Do "
  "not mention them.",
  "%s\n\n---\n这是你的思考笔记：\n%s\n\n---\n现在请根据笔记回答上面的问题，不要提及笔记。",
};

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/* ---- the two passes ------------------------------------------------------------------- */

static gboolean
takes_two_passes (BlnModel            *model,
                  const BaleenRequest *request)
{
  return request->think == BALEEN_THINK_ON && !bln_model_get_info (model)->can_think
         && request->turns->len > 0;
}

/* The request with other words around its last question. */
static BaleenRequest *
reword (const BaleenRequest *request,
        const char *const   *words,
        const char          *notes)
{
  BaleenRequest *copy = baleen_request_copy (request);
  BaleenTurn *last = copy->turns->pdata[copy->turns->len - 1];
  g_autofree char *question = last->text;
  const char *format = words[baleen_text_is_chinese (question)];
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);

  copy->think = BALEEN_THINK_OFF;
  last->text = g_strconcat (parts[0], question, parts[1], notes, parts[2], NULL);
  return copy;
}

static BaleenRequest *
make_notes_request (const BaleenRequest *request)
{
  BaleenRequest *notes = reword (request, notes_words, NULL);

  g_free (notes->begun_text);
  notes->begun_text = g_steal_pointer (&notes->begun_thought);
  return notes;
}

static BaleenRequest *
make_answer_request (const BaleenRequest *request,
                     const char          *notes)
{
  BaleenRequest *answer = reword (request, answer_words, notes);

  g_clear_pointer (&answer->begun_thought, g_free);
  return answer;
}

BaleenRequest *
baleen_answering_get_first (BlnModel            *model,
                            const BaleenRequest *request)
{
  if (!takes_two_passes (model, request))
    return baleen_request_copy (request);
  return is_said (request->begun_text) ? make_answer_request (request, request->begun_thought)
                                       : make_notes_request (request);
}

/* ---- one pass ------------------------------------------------------------------------- */

static gsize
get_thought_budget (BlnEngine           *engine,
                    const BaleenRequest *request)
{
  const gint64 half = bln_engine_get_plan (engine)->n_context / 2;

  return request->thought_budget > 0 ? MIN (request->thought_budget, half) : 0;
}

static gboolean
run_pass (BaleenGeneration              *generation,
          BlnEngine                     *engine,
          BlnSession                    *session,
          const BlnSampling             *sampling,
          const BaleenRequest           *request,
          BaleenBeginFunc                begin_func,
          const BaleenGenerationOptions *options,
          GError                       **error)
{
  g_autoptr (BaleenRendering) prompt
      = baleen_rendering_new (bln_engine_get_model (engine), request, error);
  g_autoptr (BaleenWriting) writing = NULL;

  if (prompt == NULL
      || !baleen_rendering_check_room (prompt, bln_engine_get_plan (engine)->n_context, error))
    return FALSE;
  writing = baleen_writing_new (engine, session, (const gint32 *) prompt->tokens->data,
                                prompt->tokens->len, prompt->start, sampling, options, error);
  if (writing == NULL)
    return FALSE;

  if (begin_func != NULL)
    begin_func (prompt->tokens->len, baleen_writing_get_n_reused (writing), options->user_data);
  return baleen_writing_run (writing, engine, generation, error);
}

/* ---- notes are thought ---------------------------------------------------------------- */

typedef struct
{
  const BaleenGenerationOptions *watch;
  gboolean is_answer_wanted;
} Notes;

static gboolean
notes_piece_cb (BaleenPiece piece,
                const char *text,
                gsize       length,
                gpointer    user_data)
{
  Notes *notes = user_data;
  const BaleenGenerationOptions *watch = notes->watch;

  if (piece != BALEEN_PIECE_MOVE && watch->piece_func != NULL
      && !watch->piece_func (BALEEN_PIECE_THOUGHT, text, length, watch->user_data))
    return FALSE;
  notes->is_answer_wanted
      = watch->answer_now_func != NULL && watch->answer_now_func (watch->user_data);
  return !notes->is_answer_wanted;
}

static void
notes_prefill_cb (gsize    n_done,
                  gsize    n_total,
                  gpointer user_data)
{
  const BaleenGenerationOptions *watch = ((Notes *) user_data)->watch;

  if (watch->prefill_func != NULL)
    watch->prefill_func (n_done, n_total, watch->user_data);
}

static void
notes_token_cb (gboolean is_thinking,
                gpointer user_data)
{
  const BaleenGenerationOptions *watch = ((Notes *) user_data)->watch;

  if (watch->token_func != NULL)
    watch->token_func (TRUE, watch->user_data);
}

/* The begin function wants the watcher's data, so it is told from here. */
typedef struct
{
  Notes notes; /* first: the callbacks above see only this */
  BaleenBeginFunc begin_func;
} NotesPass;

static void
notes_begin_cb (gsize    n_prompt,
                gsize    n_reused,
                gpointer user_data)
{
  NotesPass *pass = user_data;

  if (pass->begin_func != NULL)
    pass->begin_func (n_prompt, n_reused, pass->notes.watch->user_data);
}

/* `generation` gets the notes as its answer; CANCELLED means that nothing more is wanted. */
static gboolean
take_notes (BaleenGeneration              *generation,
            BlnEngine                     *engine,
            BlnSession                    *session,
            const BlnSampling             *sampling,
            const BaleenRequest           *request,
            BaleenBeginFunc                begin_func,
            const BaleenGenerationOptions *watch,
            GError                       **error)
{
  g_autoptr (BaleenRequest) notes_request = make_notes_request (request);
  NotesPass pass = { { watch, FALSE }, begin_func };
  const BaleenGenerationOptions options = {
    .max_tokens = get_thought_budget (engine, request),
    .piece_func = notes_piece_cb,
    .prefill_func = notes_prefill_cb,
    .token_func = notes_token_cb,
    .user_data = &pass,
  };

  if (!run_pass (generation, engine, session, sampling, notes_request, notes_begin_cb, &options,
                 error))
    return FALSE;

  generation->is_thought_cut = generation->stop == BALEEN_STOP_LENGTH;
  if (pass.notes.is_answer_wanted)
    generation->stop = BALEEN_STOP_END;
  return TRUE;
}

static gboolean
answer_from_notes (BaleenGeneration              *generation,
                   BlnEngine                     *engine,
                   BlnSession                    *session,
                   const BlnSampling             *sampling,
                   const BaleenRequest           *request,
                   const BaleenGeneration        *notes,
                   BaleenBeginFunc                begin_func,
                   const BaleenGenerationOptions *watch,
                   GError                       **error)
{
  g_autofree char *whole = g_strconcat (is_said (request->begun_thought) ? request->begun_thought
                                                                         : "",
                                        notes->answer, NULL);
  g_autoptr (BaleenRequest) answer_request = make_answer_request (request, whole);
  BaleenGenerationOptions options = *watch;

  options.max_tokens = request->max_tokens;
  options.prefill_func = begin_func != NULL ? watch->prefill_func : NULL;
  if (!run_pass (generation, engine, session, sampling, answer_request, begin_func, &options,
                 error))
    return FALSE;

  g_free (generation->thought);
  generation->thought = g_strdup (notes->answer);
  generation->is_thought_cut = notes->is_thought_cut;
  generation->n_answer += notes->n_answer;
  generation->answer_seconds += notes->answer_seconds;
  return TRUE;
}

static gboolean
run_two_passes (BaleenGeneration              *generation,
                BlnEngine                     *engine,
                BlnSession                    *session,
                const BlnSampling             *sampling,
                const BaleenRequest           *request,
                BaleenBeginFunc                begin_func,
                const BaleenGenerationOptions *watch,
                GError                       **error)
{
  g_auto (BaleenGeneration) notes = { 0 };

  if (is_said (request->begun_text))
    {
      notes.answer = g_strdup ("");
      return answer_from_notes (generation, engine, session, sampling, request, &notes,
                                begin_func, watch, error);
    }

  if (!take_notes (&notes, engine, session, sampling, request, begin_func, watch, error))
    return FALSE;
  if (notes.stop == BALEEN_STOP_CANCELLED)
    {
      g_free (notes.thought);
      notes.thought = g_steal_pointer (&notes.answer);
      notes.answer = g_strdup ("");
      *generation = notes;
      notes = (BaleenGeneration) { 0 };
      return TRUE;
    }
  /* Whoever watches was told of one prompt, the first. */
  if (!answer_from_notes (generation, engine, session, sampling, request, &notes, NULL, watch,
                          error))
    return FALSE;
  generation->n_prompt = notes.n_prompt;
  generation->n_reused = notes.n_reused;
  generation->prompt_seconds = notes.prompt_seconds;
  return TRUE;
}

/* What was seen of the speed is what the next model is judged by. Short answers tell little, and
 * passes that still had to prepare weights nothing. */
static void
note_speed (BlnEngine             *engine,
            BlnSession            *session,
            const BlnSessionStats *before)
{
  BlnSessionStats after;
  guint64 n_decoded, n_told;
  double seconds;
  gsize n_tokens;

  bln_session_get_stats (session, &after);
  bln_session_get_tokens (session, &n_tokens);
  n_decoded = after.n_decoded - before->n_decoded;
  n_told = n_decoded - (after.n_preparing - before->n_preparing);
  seconds = (after.decode_seconds - before->decode_seconds)
            - (after.preparing_seconds - before->preparing_seconds);
  if (n_told >= LEAST_TOLD)
    baleen_speed_note_run (engine, n_tokens - n_decoded / 2.0, seconds / (double) n_told);
}

gboolean
baleen_answering_run (BaleenGeneration              *generation,
                      BlnEngine                     *engine,
                      BlnSession                    *session,
                      const BlnSampling             *sampling,
                      const BaleenRequest           *request,
                      BaleenBeginFunc                begin_func,
                      const BaleenGenerationOptions *watch,
                      GError                       **error)
{
  BaleenGenerationOptions options = *watch;
  BlnSessionStats before;
  gboolean is_done;

  bln_session_get_stats (session, &before);
  options.max_tokens = request->max_tokens;
  options.thought_budget = get_thought_budget (engine, request);
  if (takes_two_passes (bln_engine_get_model (engine), request))
    is_done = run_two_passes (generation, engine, session, sampling, request, begin_func, watch,
                              error);
  else
    is_done = run_pass (generation, engine, session, sampling, request, begin_func, &options,
                        error);
  if (is_done)
    note_speed (engine, session, &before);

  return is_done;
}
