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
bln_engine_wish (BlnEngine      *engine,
                 BlnSession    **sessions,
                 gsize           n_sessions,
                 const BlnBatch *batch)
{
  BlnSession *session = sessions[0];

  if (engine->backend->klass->get_logits == NULL || engine->mtp_program != NULL
      || n_sessions != 1 || batch->n_out != 1 || session->sampler == NULL
      || session->logits_func != NULL
      || engine->weights->config.n_vocab > BLN_CHOICE_TOKENS)
    return NULL;
  if (session->n_resting > 0)
    {
      session->n_resting--;
      return NULL;
    }
  if (engine->choice == NULL)
    engine->choice = g_new0 (BlnChoice, 1);
  return bln_sampler_wish (session->sampler, engine->choice) ? engine->choice : NULL;
}

gboolean
bln_engine_fetch_logits (BlnEngine *engine,
                         GError   **error)
{
  BlnSession *session = g_steal_pointer (&engine->chosen);

  return session == NULL || !session->has_logits
         || engine->backend->klass->get_logits (engine->backend, session->logits[0], error);
}

/* As if the last position had never been computed: the next step has its logits again. */
static void
compute_again (BlnSession *session)
{
  session->n_cached = MIN (session->n_cached, session->tokens->len - 1);
  session->has_logits = FALSE;
}

const float *
bln_session_get_logits (BlnSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!session->has_logits)
    return NULL;
  if (session->engine->chosen == session && !bln_engine_fetch_logits (session->engine, &error))
    {
      g_debug ("Reading logits: %s", error->message);
      compute_again (session);
      return NULL;
    }
  return session->logits[0];
}

static gboolean
choose (BlnSession *session,
        BlnSampler *sampler,
        gint32     *token)
{
  const BlnEngine *engine = session->engine;
  gboolean done;

  if (engine->chosen != session || session->sampler != sampler)
    return FALSE;
  done = bln_sampler_choose (sampler, engine->choice, (const gint32 *) session->tokens->data,
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
