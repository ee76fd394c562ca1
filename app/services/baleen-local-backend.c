/* The engine in this process behind the interface of the engine service. */
#include "baleen-answer-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

typedef struct
{
  BlnModel *model;     /* (owned) */
  BlnEngine *engine;   /* (owned) */
  BlnSession *session; /* (owned) the conversation last answered: its prefix is reused */
} LocalModel;

/* An answer shorter than this is not worth beginning. */
#define LEAST_ANSWER 32

static void
local_close (gpointer data)
{
  LocalModel *self = data;

  g_clear_pointer (&self->session, bln_session_free);
  g_clear_pointer (&self->engine, bln_engine_free);
  g_clear_pointer (&self->model, bln_model_unref);
  g_free (self);
}

static BaleenRemedy
remedy_for (const GError *error)
{
  if (error->domain != BLN_ERROR)
    return BALEEN_REMEDY_TRY_AGAIN;

  switch ((BlnError) error->code)
    {
    case BLN_ERROR_CHANGED:
      return BALEEN_REMEDY_RELOAD;
    case BLN_ERROR_TOO_LONG:
      return BALEEN_REMEDY_NEW_CHAT;
    case BLN_ERROR_IO:
    case BLN_ERROR_NOT_A_MODEL:
    case BLN_ERROR_DAMAGED:
    case BLN_ERROR_UNSUPPORTED:
    case BLN_ERROR_MEMORY:
    case BLN_ERROR_TEMPLATE:
      return BALEEN_REMEDY_CHOOSE_MODEL;
    default:
      return BALEEN_REMEDY_TRY_AGAIN;
    }
}

/* Above the services nobody knows the engine's codes: they become what can be done. */
static void
translate_error (GError **error,
                 GError  *from)
{
  if (from->domain == BLN_ERROR && from->code == BLN_ERROR_CHANGED)
    g_set_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_RELOAD,
                 _("The model file changed while it was in use. The answer so far is kept."));
  else
    g_set_error_literal (error, BALEEN_BACKEND_ERROR, remedy_for (from), from->message);
  g_error_free (from);
}

static gpointer
local_open (const char       *path,
            BaleenModelFacts *facts,
            GError          **error)
{
  LocalModel *self = g_new0 (LocalModel, 1);
  GError *problem = NULL;
  const BlnModelInfo *info;

  self->model = bln_model_open (path, &problem);
  if (self->model != NULL && bln_model_check (self->model, &problem))
    self->engine = bln_engine_new (self->model, NULL, &problem);
  if (self->engine != NULL)
    self->session = bln_session_new (self->engine, &problem);
  if (self->session == NULL)
    {
      translate_error (error, problem);
      local_close (self);
      return NULL;
    }

  info = bln_model_get_info (self->model);
  facts->name = g_strdup (info->name);
  facts->n_context = bln_engine_get_plan (self->engine)->n_context;
  facts->can_think = info->can_think;
  return self;
}

static BlnPrompt *
render (LocalModel          *self,
        const BaleenRequest *request,
        GError             **error)
{
  static const char *const roles[] = { "system", "user", "assistant" };
  g_autofree BlnMessage *messages = g_new0 (BlnMessage, request->turns->len);
  const gboolean can_think = bln_model_get_info (self->model)->can_think;

  for (guint i = 0; i < request->turns->len; i++)
    {
      const BaleenTurn *turn = request->turns->pdata[i];

      messages[i].role = roles[turn->role];
      messages[i].content = turn->text;
      messages[i].reasoning = turn->thought;
    }
  return bln_model_render_chat (self->model, messages, request->turns->len,
                                !can_think        ? BLN_THINK_MODEL
                                : request->think ? BLN_THINK_ON
                                                 : BLN_THINK_OFF,
                                error);
}

static gboolean
append_tokens (LocalModel      *self,
               GArray          *tokens,
               const char      *text,
               BlnTokenizeFlags flags,
               GError         **error)
{
  gsize n;
  g_autofree gint32 *added = bln_model_tokenize (self->model, text, -1, flags, &n, error);

  if (added == NULL)
    return FALSE;
  g_array_append_vals (tokens, added, n);
  return TRUE;
}

/* What an answer to be continued has said already stands behind the prompt as if the model had
 * just written it: the same prefix, so nothing is read twice. */
static gboolean
append_begun (LocalModel          *self,
              const BaleenRequest *request,
              GArray              *tokens,
              BaleenThoughtStart  *start,
              GError             **error)
{
  const char *thought = request->begun_thought;
  const char *text = request->begun_text;
  const gboolean has_thought = thought != NULL && *thought != '\0';
  const gboolean has_text = text != NULL && *text != '\0';

  if (has_thought && *start == BALEEN_THOUGHT_START_MAYBE
      && !append_tokens (self, tokens, "<think>", BLN_TOKENIZE_SPECIAL, error))
    return FALSE;
  if (has_thought && !append_tokens (self, tokens, thought, BLN_TOKENIZE_DEFAULT, error))
    return FALSE;
  if (has_thought)
    *start = BALEEN_THOUGHT_START_INSIDE;
  if (!has_text)
    return TRUE;

  if (*start == BALEEN_THOUGHT_START_INSIDE
      && (!append_tokens (self, tokens, "\n</think>", BLN_TOKENIZE_SPECIAL, error)
          || !append_tokens (self, tokens, "\n\n", BLN_TOKENIZE_DEFAULT, error)))
    return FALSE;
  *start = BALEEN_THOUGHT_START_OUTSIDE;
  return append_tokens (self, tokens, text, BLN_TOKENIZE_DEFAULT, error);
}

static GArray *
prepare_tokens (LocalModel          *self,
                const BaleenRequest *request,
                BaleenThoughtStart  *start,
                GError             **error)
{
  g_autoptr (BlnPrompt) prompt = render (self, request, error);
  g_autoptr (GArray) tokens = NULL;

  if (prompt == NULL)
    return NULL;

  *start = prompt->thought == BLN_THOUGHT_OPEN    ? BALEEN_THOUGHT_START_INSIDE
           : prompt->thought == BLN_THOUGHT_MAYBE ? BALEEN_THOUGHT_START_MAYBE
                                                  : BALEEN_THOUGHT_START_OUTSIDE;
  tokens = g_array_sized_new (FALSE, FALSE, sizeof (gint32), prompt->n_tokens);
  g_array_append_vals (tokens, prompt->tokens, prompt->n_tokens);
  if (!append_begun (self, request, tokens, start, error))
    return NULL;
  return g_steal_pointer (&tokens);
}

static gboolean
check_room (LocalModel *self,
            gsize       n_tokens,
            GError    **error)
{
  const gsize n_context = bln_engine_get_plan (self->engine)->n_context;
  const gsize n_room = n_context > LEAST_ANSWER ? n_context - LEAST_ANSWER : 0;

  if (n_tokens <= n_room)
    return TRUE;

  g_set_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG,
               _("This is %'zu tokens too long for the context of %'zu."), n_tokens - n_room,
               n_context);
  return FALSE;
}

/* Prefill in passes, so that its progress can be told. */
static gboolean
read_prompt (LocalModel        *self,
             GArray            *tokens,
             BaleenThoughtStart start,
             BaleenAnswerJob   *job,
             GError           **error)
{
  gsize n_reused, n_pending;

  if (!bln_session_sync (self->session, (const gint32 *) tokens->data, tokens->len, &n_reused,
                         error))
    return FALSE;

  baleen_answer_job_begin (job, tokens->len, n_reused, start);
  while ((n_pending = bln_session_get_pending (self->session)) > 0)
    {
      baleen_answer_job_read (job, tokens->len - n_reused - n_pending);
      if (!bln_engine_step (self->engine, &self->session, 1, error))
        return FALSE;
    }
  baleen_answer_job_read (job, tokens->len - n_reused);
  return TRUE;
}

/* Where think tags are control tokens they have no text of their own, but the splitter must
 * see them. */
static void
push_token (LocalModel     *self,
            BlnDetokenizer *detokenizer,
            gint32          token,
            GString        *text)
{
  const gsize before = text->len;
  const char *bytes;
  gsize length;

  bln_detokenizer_push (detokenizer, token, text);
  if (text->len > before)
    return;

  bytes = bln_model_token_bytes (self->model, token, TRUE, &length, NULL);
  if (bytes != NULL
      && ((length == strlen ("<think>") && memcmp (bytes, "<think>", length) == 0)
          || (length == strlen ("</think>") && memcmp (bytes, "</think>", length) == 0)))
    g_string_append_len (text, bytes, length);
}

static BaleenState
write_answer (LocalModel      *self,
              gint64           max_tokens,
              BaleenAnswerJob *job,
              GError         **error)
{
  BlnSampling sampling = bln_model_get_info (self->model)->sampling;
  g_autoptr (BlnSampler) sampler = NULL;
  g_autoptr (BlnDetokenizer) detokenizer = bln_detokenizer_new (self->model, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);
  BaleenState state = BALEEN_STATE_CUT;

  /* Another answer to the same question shall be another answer. */
  sampling.seed = ((guint64) g_random_int () << 32) | g_random_int ();
  sampler = bln_sampler_new (self->model, &sampling);

  for (gint64 i = 0; i < max_tokens && state == BALEEN_STATE_CUT; i++)
    {
      gint32 token;

      if (!bln_session_next (self->session, sampler, &token, error))
        return BALEEN_STATE_FAILED;
      if (bln_model_token_ends (self->model, token))
        state = BALEEN_STATE_DONE;
      else
        push_token (self, detokenizer, token, text);
      if (baleen_answer_job_is_stopped (job) && state == BALEEN_STATE_CUT)
        state = BALEEN_STATE_STOPPED;
      if (state != BALEEN_STATE_CUT)
        bln_detokenizer_finish (detokenizer, text);
      baleen_answer_job_write (job, text->str, 1);
      g_string_truncate (text, 0);
    }
  return state;
}

static BaleenState
local_answer (gpointer             data,
              const BaleenRequest *request,
              BaleenAnswerJob     *job,
              GError             **error)
{
  LocalModel *self = data;
  GError *problem = NULL;
  BaleenThoughtStart start;
  g_autoptr (GArray) tokens = prepare_tokens (self, request, &start, &problem);
  BaleenState state = BALEEN_STATE_FAILED;

  if (tokens != NULL && check_room (self, tokens->len, &problem)
      && read_prompt (self, tokens, start, job, &problem))
    {
      const gint64 n_left = bln_engine_get_plan (self->engine)->n_context - tokens->len;

      state = write_answer (self, MIN (request->max_tokens, n_left), job, &problem);
    }
  if (state != BALEEN_STATE_FAILED)
    return state;

  if (g_error_matches (problem, BLN_ERROR, BLN_ERROR_STOPPED))
    {
      g_error_free (problem);
      return BALEEN_STATE_STOPPED;
    }
  translate_error (error, problem);
  return BALEEN_STATE_FAILED;
}

static void
local_stop (gpointer data)
{
  bln_engine_stop (((LocalModel *) data)->engine);
}

static void
local_resume (gpointer data)
{
  bln_engine_resume (((LocalModel *) data)->engine);
}

const BaleenBackend *
baleen_local_backend_get (void)
{
  static const BaleenBackend backend = {
    .open = local_open,
    .close = local_close,
    .answer = local_answer,
    .stop = local_stop,
    .resume = local_resume,
  };

  return &backend;
}
