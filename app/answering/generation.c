#include "generation.h"

#include <string.h>

#include "repetition.h"

#define OPENER "<think>"
#define CLOSER "</think>"

/* Tokens: the closing tag and a few words. */
#define LEAST_ANSWER 24

struct _BaleenWriting
{
  BlnModel *model;
  BlnSession *session;
  BlnSampler *sampler;             /* (owned) */
  BlnDetokenizer *detokenizer;     /* (owned) */
  BaleenThoughtSplitter *splitter; /* (owned) */
  BaleenRepetition *repetition;    /* (owned) */
  GString *text;                   /* (owned) scratch */
  BaleenGenerationOptions options;

  gsize n_thought_told; /* bytes the callback has had */
  gsize n_answer_told;
  gsize n_thought;      /* tokens */
  gsize n_to_read;      /* tokens of the prompt that were not in the session */
  gsize n_room;         /* tokens the session can hold */
  gboolean is_reading;
  gboolean is_over;
  gboolean is_refused; /* the callback said stop */
  BaleenGeneration result;
};

BaleenThoughtStart
baleen_thought_start_of (BlnThought thought)
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

/* ---- text ----------------------------------------------------------------------------- */

static void
tell (BaleenWriting *self,
      BaleenPiece    piece,
      const GString *text,
      gsize         *n_told)
{
  if (text->len == *n_told && piece != BALEEN_PIECE_MOVE)
    return;

  if (self->options.piece_func != NULL
      && !self->options.piece_func (piece, text->str + *n_told, text->len - *n_told,
                                    self->options.user_data))
    self->is_refused = TRUE;
  *n_told = text->len;
}

static void
tell_what_is_new (BaleenWriting *self,
                  gboolean       has_moved)
{
  const GString *thought = baleen_thought_splitter_get_thought (self->splitter);
  const GString *answer = baleen_thought_splitter_get_answer (self->splitter);

  if (has_moved)
    {
      /* What the callback had as answer it need not have again as thought. */
      static const GString nothing = { (char *) "", 0, 0 };
      gsize n_told = 0;

      tell (self, BALEEN_PIECE_MOVE, &nothing, &n_told);
      self->n_thought_told = self->n_answer_told;
      self->n_answer_told = 0;
    }
  tell (self, BALEEN_PIECE_THOUGHT, thought, &self->n_thought_told);
  tell (self, BALEEN_PIECE_ANSWER, answer, &self->n_answer_told);
}

static void
push_text (BaleenWriting *self,
           const char    *text,
           gsize          length)
{
  if (length > 0)
    tell_what_is_new (self, baleen_thought_splitter_push (self->splitter, text, length));
}

/* Where think tags are control tokens they have no text of their own, yet they must be seen. */
static const char *
get_hidden_tag (BaleenWriting *self,
                gint32         token)
{
  gsize n_shown = 0;
  gsize n_full = 0;
  const char *full;

  if (bln_model_token_bytes (self->model, token, FALSE, &n_shown, NULL) != NULL && n_shown > 0)
    return NULL;

  full = bln_model_token_bytes (self->model, token, TRUE, &n_full, NULL);
  if (full == NULL)
    return NULL;
  if (n_full == strlen (OPENER) && memcmp (full, OPENER, n_full) == 0)
    return OPENER;
  if (n_full == strlen (CLOSER) && memcmp (full, CLOSER, n_full) == 0)
    return CLOSER;

  return NULL;
}

/* ---- tokens --------------------------------------------------------------------------- */

static void
end (BaleenWriting *self,
     BaleenStop     stop)
{
  self->is_over = TRUE;
  self->result.stop = stop;
}

static gboolean
append_text (BaleenWriting   *self,
             const char      *text,
             BlnTokenizeFlags flags,
             GError         **error)
{
  gsize n;
  g_autofree gint32 *tokens = bln_model_tokenize (self->model, text, -1, flags, &n, error);

  for (gsize i = 0; tokens != NULL && i < n; i++)
    if (!bln_session_append (self->session, tokens[i], error))
      return FALSE;
  return tokens != NULL;
}

/* The model goes on as if it had closed its thought itself, in the way that the templates of
 * thinking models show it. */
static gboolean
close_thought (BaleenWriting *self,
               GError       **error)
{
  const GString *thought = baleen_thought_splitter_get_thought (self->splitter);
  const gboolean is_line_begun = thought->len > 0 && thought->str[thought->len - 1] != '\n';

  if (!append_text (self, is_line_begun ? "\n" CLOSER : CLOSER, BLN_TOKENIZE_SPECIAL, error)
      || !append_text (self, "\n\n", BLN_TOKENIZE_DEFAULT, error))
    return FALSE;

  /* Half a character of the thought must not reach into the answer. */
  g_string_truncate (self->text, 0);
  bln_detokenizer_finish (self->detokenizer, self->text);
  g_string_append (self->text, is_line_begun ? "\n" CLOSER "\n\n" : CLOSER "\n\n");
  push_text (self, self->text->str, self->text->len);
  return TRUE;
}

/* Where there is no room left for an answer the thought just runs to its end. */
static gboolean
has_room_to_answer (BaleenWriting *self)
{
  gsize n_session;

  bln_session_get_tokens (self->session, &n_session);
  return n_session + LEAST_ANSWER <= self->n_room;
}

static gboolean
bound_thought (BaleenWriting *self,
               GError       **error)
{
  const gsize budget = self->options.thought_budget;

  if (!baleen_thought_splitter_is_thinking (self->splitter) || !has_room_to_answer (self))
    return TRUE;

  self->n_thought++;
  if (budget > 0 && self->n_thought >= budget)
    self->result.is_thought_cut = TRUE;
  else if (self->options.answer_now_func == NULL
           || !self->options.answer_now_func (self->options.user_data))
    return TRUE;
  return close_thought (self, error);
}

/* Where thoughts have a budget of their own, the limit is the answer's alone. */
static gboolean
is_long_enough (BaleenWriting *self)
{
  const gsize n_thought = self->options.thought_budget > 0 ? self->n_thought : 0;

  return self->options.max_tokens > 0
         && self->result.n_answer - n_thought >= self->options.max_tokens;
}

static gboolean
take_token (BaleenWriting *self,
            gint32         token,
            GError       **error)
{
  const char *tag;
  gsize n_session;
  gboolean repeats;

  if (bln_model_token_ends (self->model, token))
    {
      end (self, BALEEN_STOP_END);
      return TRUE;
    }

  self->result.n_answer++;
  tag = get_hidden_tag (self, token);
  g_string_truncate (self->text, 0);
  if (tag != NULL)
    g_string_append (self->text, tag);
  else
    bln_detokenizer_push (self->detokenizer, token, self->text);
  repeats = baleen_repetition_push (self->repetition, self->text->str, self->text->len);
  push_text (self, self->text->str, self->text->len);
  if (!bound_thought (self, error))
    return FALSE;
  if (self->options.token_func != NULL)
    self->options.token_func (baleen_thought_splitter_is_thinking (self->splitter),
                              self->options.user_data);

  bln_session_get_tokens (self->session, &n_session);
  if (self->is_refused)
    end (self, BALEEN_STOP_CANCELLED);
  else if (repeats)
    end (self, BALEEN_STOP_REPEATS);
  else if (is_long_enough (self) || n_session >= self->n_room)
    end (self, BALEEN_STOP_LENGTH);
  return TRUE;
}

/* ---- passes --------------------------------------------------------------------------- */

static void
take_read (BaleenWriting *self)
{
  const gsize n_pending = bln_session_get_pending (self->session);

  if (!self->is_reading)
    return;

  if (self->options.prefill_func != NULL)
    self->options.prefill_func (self->n_to_read - MIN (n_pending, self->n_to_read),
                                self->n_to_read, self->options.user_data);
  self->is_reading = n_pending > 0;
}

static gboolean
sample (BaleenWriting *self,
        GError       **error)
{
  gint32 token;

  return bln_session_sample (self->session, self->sampler, &token, error)
         && bln_session_append (self->session, token, error) && take_token (self, token, error);
}

/* So that a graphics card gives back what these samplers need of the logits. */
static void
announce_samplers (BaleenWriting **writings,
                   gsize           n_writings,
                   gboolean        are_next)
{
  for (gsize i = 0; i < n_writings; i++)
    bln_session_set_sampler (writings[i]->session, are_next ? writings[i]->sampler : NULL);
}

static gboolean
advance_many (BlnEngine      *engine,
              BaleenWriting **writings,
              gsize           n_writings,
              GError        **error)
{
  g_autofree BlnSession **sessions = g_new (BlnSession *, n_writings);
  gboolean is_done;
  gsize n = 0;

  for (gsize i = 0; i < n_writings; i++)
    if (bln_session_get_pending (writings[i]->session) > 0)
      sessions[n++] = writings[i]->session;
  announce_samplers (writings, n_writings, TRUE);
  is_done = n == 0 || bln_engine_step (engine, sessions, n, error);
  announce_samplers (writings, n_writings, FALSE);
  if (!is_done)
    return FALSE;

  for (gsize i = 0; i < n_writings; i++)
    {
      take_read (writings[i]);
      if (!writings[i]->is_reading && !sample (writings[i], error))
        return FALSE;
    }
  return TRUE;
}

/* An answer alone is written by bln_session_next(), which may draft ahead. */
static gboolean
advance_one (BlnEngine     *engine,
             BaleenWriting *self,
             GError       **error)
{
  gint32 token;

  if (self->is_reading)
    {
      if (bln_session_get_pending (self->session) > 0
          && !bln_engine_step (engine, &self->session, 1, error))
        return FALSE;
      take_read (self);
      return TRUE;
    }

  return bln_session_next (self->session, self->sampler, &token, error)
         && take_token (self, token, error);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

gboolean
baleen_writing_advance (BlnEngine      *engine,
                        BaleenWriting **writings,
                        gsize           n_writings,
                        GError        **error)
{
  g_autofree BaleenWriting **running = g_new (BaleenWriting *, n_writings);
  g_autofree gboolean *was_reading = g_new (gboolean, n_writings);
  const gint64 start = g_get_monotonic_time ();
  gsize n = 0;
  gboolean is_done;

  for (gsize i = 0; i < n_writings; i++)
    if (!writings[i]->is_over)
      {
        was_reading[n] = writings[i]->is_reading;
        running[n++] = writings[i];
      }
  if (n == 0)
    return TRUE;

  is_done = n == 1 ? advance_one (engine, running[0], error)
                   : advance_many (engine, running, n, error);
  for (gsize i = 0; i < n; i++)
    *(was_reading[i] ? &running[i]->result.prompt_seconds : &running[i]->result.answer_seconds)
        += seconds_since (start);
  return is_done;
}

/* ---- life ----------------------------------------------------------------------------- */

BaleenWriting *
baleen_writing_new (BlnEngine                     *engine,
                    BlnSession                    *session,
                    const gint32                  *tokens,
                    gsize                          n_tokens,
                    BaleenThoughtStart             start,
                    const BlnSampling             *sampling,
                    const BaleenGenerationOptions *options,
                    GError                       **error)
{
  BaleenWriting *self;
  gsize n_reused;

  if (!bln_session_sync (session, tokens, n_tokens, &n_reused, error))
    return NULL;

  self = g_new0 (BaleenWriting, 1);
  self->model = bln_engine_get_model (engine);
  self->session = session;
  self->sampler = bln_sampler_new (self->model, sampling);
  self->detokenizer = bln_detokenizer_new (self->model, FALSE);
  self->splitter = baleen_thought_splitter_new (start);
  self->repetition = baleen_repetition_new ();
  self->text = g_string_new (NULL);
  if (options != NULL)
    self->options = *options;
  self->n_to_read = bln_session_get_pending (session);
  self->n_room = bln_engine_get_plan (engine)->n_context;
  self->is_reading = TRUE;
  self->result.n_prompt = n_tokens;
  self->result.n_reused = n_reused;
  if (n_tokens >= self->n_room)
    end (self, BALEEN_STOP_LENGTH);
  return self;
}

void
baleen_writing_free (BaleenWriting *self)
{
  bln_sampler_free (self->sampler);
  bln_detokenizer_free (self->detokenizer);
  baleen_thought_splitter_free (self->splitter);
  baleen_repetition_free (self->repetition);
  g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
baleen_writing_is_over (BaleenWriting *self)
{
  return self->is_over;
}

gboolean
baleen_writing_is_reading (BaleenWriting *self)
{
  return self->is_reading;
}

gsize
baleen_writing_get_n_reused (BaleenWriting *self)
{
  return self->result.n_reused;
}

void
baleen_writing_finish (BaleenWriting    *self,
                       BaleenGeneration *generation)
{
  gboolean has_moved;

  if (!self->is_over)
    end (self, BALEEN_STOP_CANCELLED);
  g_string_truncate (self->text, 0);
  bln_detokenizer_finish (self->detokenizer, self->text);
  has_moved = baleen_thought_splitter_push (self->splitter, self->text->str, self->text->len);
  baleen_thought_splitter_finish (self->splitter);
  tell_what_is_new (self, has_moved);

  *generation = self->result;
  generation->thought = g_strdup (baleen_thought_splitter_get_thought (self->splitter)->str);
  generation->answer = g_strdup (baleen_thought_splitter_get_answer (self->splitter)->str);
}

gboolean
baleen_writing_run (BaleenWriting    *self,
                    BlnEngine        *engine,
                    BaleenGeneration *generation,
                    GError          **error)
{
  while (!self->is_over)
    {
      g_autoptr (GError) problem = NULL;

      if (baleen_writing_advance (engine, &self, 1, &problem))
        continue;
      if (g_error_matches (problem, BLN_ERROR, BLN_ERROR_STOPPED))
        break;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  baleen_writing_finish (self, generation);
  return TRUE;
}
