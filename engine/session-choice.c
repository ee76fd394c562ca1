/* Logits that stay on the device: where a sampler is known before a step, a choice of them comes
 * back (choice.h), and all only when that does not decide or somebody looks at them. */
#include "engine-private.h"

#include "sampler.h"

/* So often in a row a choice may leave the token open before none is asked for, and for so many
 * tokens: among evenly likely ones there are too many. */
#define MOST_MISSED 3
#define REST 64

void
bln_session_set_sampler (BlnSession *session,
                         BlnSampler *sampler)
{
  session->sampler = sampler;
}

BlnChoice *
bln_session_wish (BlnSession *session,
                  guint       which)
{
  const BlnEngine *engine = session->engine;

  if (engine->backend->klass->get_logits == NULL || session->sampler == NULL
      || engine->weights->config.n_vocab > BLN_CHOICE_TOKENS)
    return NULL;
  if (session->n_resting > 0)
    {
      session->n_resting -= which == 0;
      return NULL;
    }
  if (session->choices[which] == NULL)
    session->choices[which] = g_new0 (BlnChoice, 1);
  return bln_sampler_wish (session->sampler, &session->choices[which]->wish)
         ? session->choices[which] : NULL;
}

/* Logits among which none counts are looked at as a whole. */
gboolean
bln_session_keep_choice (BlnSession     *session,
                         guint           which,
                         const BlnBatch *batch,
                         guint           row,
                         GError        **error)
{
  BlnBackend *backend = session->engine->backend;

  session->device_rows[which] = -1;
  if (batch->choices[row] == NULL)
    return TRUE;
  if (batch->choices[row]->n == 0)
    return backend->klass->get_logits (backend, row, session->logits[which], error);
  session->device_rows[which] = (int) row;
  return TRUE;
}

void
bln_session_swap_logits (BlnSession *session)
{
  float *logits = session->logits[0];
  BlnChoice *choice = session->choices[0];

  session->logits[0] = session->logits[1];
  session->logits[1] = logits;
  session->choices[0] = session->choices[1];
  session->choices[1] = choice;
  session->device_rows[0] = session->device_rows[1];
  session->device_rows[1] = -1;
}

/* As if the last position had never been computed: the next step has its logits again. */
static void
compute_again (BlnSession *session)
{
  bln_session_truncate (session, MIN (session->n_cached, session->tokens->len - 1),
                        session->tokens->len);
}

static gboolean
fetch_logits (BlnSession *session,
              GError    **error)
{
  BlnBackend *backend = session->engine->backend;
  const int row = session->device_rows[0];

  session->device_rows[0] = -1;
  if (row < 0 || !session->has_logits
      || backend->klass->get_logits (backend, (guint) row, session->logits[0], error))
    return TRUE;
  compute_again (session);
  return FALSE;
}

gboolean
bln_engine_fetch_logits (BlnEngine *engine,
                         GError   **error)
{
  for (guint i = 0; i < engine->sessions->len; i++)
    if (!fetch_logits (g_ptr_array_index (engine->sessions, i), error))
      return FALSE;
  return TRUE;
}

const float *
bln_session_get_logits (BlnSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!session->has_logits)
    return NULL;
  if (!fetch_logits (session, &error))
    {
      g_debug ("Reading logits: %s", error->message);
      return NULL;
    }
  return session->logits[0];
}

/* A choice made for another sampler does as well if that looked for the same. */
static gboolean
is_for (const BlnChoice  *choice,
        const BlnSampler *sampler)
{
  BlnChoiceWish wish;

  return bln_sampler_wish (sampler, &wish) && wish.temperature == choice->wish.temperature
         && wish.reach == choice->wish.reach && wish.n_tokens == choice->wish.n_tokens;
}

static gboolean
choose (BlnSession *session,
        BlnSampler *sampler,
        gint32     *token)
{
  gboolean done;

  if (session->device_rows[0] < 0 || !is_for (session->choices[0], sampler))
    return FALSE;
  done = bln_sampler_choose (sampler, session->choices[0], (const gint32 *) session->tokens->data,
                             session->tokens->len, token);
  session->n_missed = done ? 0 : session->n_missed + 1;
  if (session->n_missed == MOST_MISSED)
    {
      session->n_missed = 0;
      session->n_resting = REST;
    }
  return done;
}

gboolean
bln_session_sample (BlnSession *session,
                    BlnSampler *sampler,
                    gint32     *token,
                    GError    **error)
{
  const float *logits;

  g_return_val_if_fail (session->tokens->len > 0, FALSE);
  if (session->has_logits && choose (session, sampler, token))
    return TRUE;
  /* Where the device failed meanwhile a step computes them again. */
  while ((logits = bln_session_get_logits (session)) == NULL)
    if (!bln_engine_step (session->engine, &session, 1, error))
      return FALSE;
  *token = bln_sampler_sample (sampler, logits, (const gint32 *) session->tokens->data,
                               session->tokens->len);
  return *token >= 0 || bln_engine_fail_numeric (session->engine, error);
}
