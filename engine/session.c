#include "engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

BlnSession *
bln_session_new (BlnEngine *engine,
                 GError   **error)
{
  g_autoptr (BlnSession) session = g_new0 (BlnSession, 1);
  const BlnConfig *config = &engine->weights->config;

  session->engine = engine;
  session->tokens = g_array_new (FALSE, FALSE, sizeof (gint32));
  session->cache = bln_engine_new_cache (engine, error);
  if (session->cache == NULL)
    return NULL;
  bln_engine_add_session (engine, session);
  session->logits[0] = g_new0 (float, config->n_vocab);
  session->device_rows[0] = session->device_rows[1] = -1;
  if (engine->mtp_program != NULL)
    {
      session->logits[1] = g_new0 (float, config->n_vocab);
      session->hidden = g_new0 (float, (gsize) BLN_MAX_HIDDEN * config->n_embd);
    }
  return g_steal_pointer (&session);
}

void
bln_session_free (BlnSession *session)
{
  g_ptr_array_remove (session->engine->sessions, session);
  g_clear_pointer (&session->cache, bln_kv_cache_free);
  g_clear_pointer (&session->tokens, g_array_unref);
  for (guint i = 0; i < 2; i++)
    {
      g_free (session->logits[i]);
      g_free (session->choices[i]);
    }
  g_free (session->hidden);
  g_free (session);
}

const gint32 *
bln_session_get_tokens (BlnSession *session,
                        gsize      *n_tokens)
{
  *n_tokens = session->tokens->len;
  return (const gint32 *) session->tokens->data;
}

gsize
bln_session_get_pending (BlnSession *session)
{
  return session->tokens->len - session->n_cached;
}

/* ---- which tokens it stands for ------------------------------------------------------ */

static gboolean
check_tokens (BlnSession   *session,
              const gint32 *tokens,
              gsize         n_tokens,
              gsize         n_in_all,
              GError      **error)
{
  guint32 n_vocab = session->engine->weights->config.n_vocab;

  if (n_in_all > session->engine->layout.n_context)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_TOO_LONG,
                   _("This is %zu tokens long and %u fit. Shorten it, or choose "
                     "a larger context."), n_in_all, session->engine->layout.n_context);
      return FALSE;
    }
  for (gsize i = 0; i < n_tokens; i++)
    if (tokens[i] < 0 || (guint32) tokens[i] >= n_vocab)
      {
        g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                     _("There is no token %d: this model has %u."), tokens[i], n_vocab);
        return FALSE;
      }
  return TRUE;
}

void
bln_session_truncate (BlnSession *session,
                      gsize       n_cached,
                      gsize       n_same)
{
  gsize n_pairs = n_same > 0 ? n_same - 1 : 0;

  if (n_pairs < session->n_pairs)
    {
      /* The hidden state that the next pair needs is gone: compute its position again. */
      session->n_pairs = n_pairs;
      n_cached = MIN (n_cached, n_pairs);
    }
  session->n_pairs = MIN (session->n_pairs, n_cached);
  session->n_cached = n_cached;
  session->has_logits = session->has_draft = FALSE;
}

gboolean
bln_session_sync (BlnSession   *session,
                  const gint32 *tokens,
                  gsize         n_tokens,
                  gsize        *n_reused,
                  GError      **error)
{
  const gint32 *old = (const gint32 *) session->tokens->data;
  gsize n_same = 0;

  g_return_val_if_fail (tokens != NULL || n_tokens == 0, FALSE);
  if (!check_tokens (session, tokens, n_tokens, n_tokens, error))
    return FALSE;
  while (n_same < n_tokens && n_same < session->tokens->len && old[n_same] == tokens[n_same])
    n_same++;
  bln_session_truncate (session, MIN (session->n_cached,
                                      MIN (n_same, n_tokens > 0 ? n_tokens - 1 : 0)), n_same);
  g_array_set_size (session->tokens, n_same);
  g_array_append_vals (session->tokens, tokens + n_same, n_tokens - n_same);
  session->stats.n_reused += session->n_cached;
  if (n_reused != NULL)
    *n_reused = session->n_cached;
  return TRUE;
}

gboolean
bln_session_append (BlnSession *session,
                    gint32      token,
                    GError    **error)
{
  if (!check_tokens (session, &token, 1, session->tokens->len + 1, error))
    return FALSE;
  g_array_append_val (session->tokens, token);
  session->has_logits = FALSE;
  return TRUE;
}

gboolean
bln_session_copy (BlnSession *session,
                  BlnSession *from,
                  GError    **error)
{
  const BlnConfig *config = &session->engine->weights->config;

  if (session->engine != from->engine)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                           _("A conversation can only be copied within one engine."));
      return FALSE;
    }
  if (session == from)
    return TRUE;
  if (!bln_engine_fetch_logits (from->engine, error))
    return FALSE;
  if (!bln_kv_cache_copy (session->cache, from->cache, from->n_cached, error))
    {
      bln_session_truncate (session, 0, session->tokens->len);
      return FALSE;
    }
  g_array_set_size (session->tokens, 0);
  g_array_append_vals (session->tokens, from->tokens->data, from->tokens->len);
  session->n_cached = from->n_cached;
  session->has_logits = from->has_logits;
  session->has_draft = FALSE;
  memcpy (session->logits[0], from->logits[0], config->n_vocab * sizeof (float));
  session->n_pairs = from->n_pairs;
  if (from->hidden != NULL)
    memcpy (session->hidden, from->hidden, BLN_MAX_HIDDEN * config->n_embd * sizeof (float));
  return TRUE;
}

/* ---- running ------------------------------------------------------------------------- */

/* How many rows each session gets: what is left is shared evenly among those still waiting,
 * so that a long prompt does not starve the others. */
static gsize
share_rows (BlnEngine   *engine,
            BlnSession **sessions,
            gsize        n_sessions)
{
  gsize left = engine->n_rows, n_waiting = 0;

  for (gsize i = 0; i < n_sessions; i++)
    {
      engine->shares[i] = 0;
      if (bln_session_get_pending (sessions[i]) > 0)
        n_waiting++;
    }
  while (left > 0 && n_waiting > 0)
    {
      gsize share = MAX (1, left / n_waiting);

      n_waiting = 0;
      for (gsize i = 0; i < n_sessions && left > 0; i++)
        {
          gsize pending = bln_session_get_pending (sessions[i]) - engine->shares[i];
          gsize n = MIN (MIN (pending, share), left);

          engine->shares[i] += n;
          left -= n;
          n_waiting += n < pending ? 1 : 0;
        }
    }
  return engine->n_rows - left;
}

static void
add_rows (BlnEngine   *engine,
          BlnBatch    *batch,
          BlnSession **sessions,
          const guint *shares,
          gsize        n_sessions)
{
  for (gsize i = 0; i < n_sessions; i++)
    {
      BlnSession *session = sessions[i];

      if (shares[i] == 0)
        continue;
      engine->spans[batch->n_spans++] =
        (BlnSpan) { session->cache, batch->n_rows, shares[i], (guint) session->n_cached };
      memcpy (engine->tokens + batch->n_rows,
              (const gint32 *) session->tokens->data + session->n_cached,
              shares[i] * sizeof (gint32));
      batch->n_rows += shares[i];
    }
  batch->tokens = engine->tokens;
  batch->spans = engine->spans;
}

/* The head over the rows that were collected, and then over none. */
static gboolean
run_head (BlnEngine *engine,
          BlnBatch  *batch,
          GError   **error)
{
  gboolean ok;

  if (batch->n_out == 0)
    return TRUE;
  batch->head_only = TRUE;
  ok = engine->backend->klass->run (engine->backend, engine->program, batch, &engine->stop, error);
  batch->head_only = FALSE;
  return ok;
}

/* Every row of a session that has a function for them, some at a time. */
static gboolean
report_rows (BlnEngine  *engine,
             BlnBatch   *batch,
             BlnSession *session,
             guint       first_row,
             guint       n_rows,
             GError    **error)
{
  guint32 n_vocab = engine->weights->config.n_vocab;

  for (guint done = 0; done < n_rows; done += batch->n_out)
    {
      batch->n_out = MIN (n_rows - done, BLN_MAX_OUT);
      for (guint i = 0; i < batch->n_out; i++)
        {
          batch->out_rows[i] = first_row + done + i;
          batch->out_logits[i] = engine->all_logits + (gsize) i * n_vocab;
        }
      if (!run_head (engine, batch, error))
        return FALSE;
      for (guint i = 0; i < batch->n_out; i++)
        session->logits_func (session->n_cached + done + i, batch->out_logits[i],
                              session->logits_data);
    }
  batch->n_out = 0;
  return TRUE;
}

/* Logits of the rows after which nothing is pending; up to BLN_MAX_OUT of them come with the
 * pass itself. */
static gboolean
want_logits (BlnEngine   *engine,
             BlnBatch    *batch,
             BlnSession **sessions,
             const guint *shares,
             gsize        first,
             gsize        n_sessions,
             gsize       *next)
{
  guint row = 0;

  batch->n_out = 0;
  for (gsize i = 0; i < n_sessions; row += shares[i], i++)
    {
      if (i < first || shares[i] == 0 || shares[i] < bln_session_get_pending (sessions[i]))
        continue;
      if (batch->n_out == BLN_MAX_OUT)
        {
          *next = i;
          return TRUE;
        }
      engine->out_sessions[batch->n_out] = sessions[i];
      batch->out_rows[batch->n_out] = row + shares[i] - 1;
      batch->out_logits[batch->n_out++] = sessions[i]->logits[0];
    }
  *next = n_sessions;
  return batch->n_out > 0;
}

static gboolean
report_all (BlnEngine   *engine,
            BlnBatch    *batch,
            BlnSession **sessions,
            const guint *shares,
            gsize        n_sessions,
            GError     **error)
{
  guint row = 0;

  for (gsize i = 0; i < n_sessions; row += shares[i], i++)
    if (sessions[i]->logits_func != NULL &&
        !report_rows (engine, batch, sessions[i], row, shares[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_all (BlnEngine   *engine,
           BlnSession **sessions,
           const guint *shares,
           gsize        n_sessions,
           GError     **error)
{
  for (gsize i = 0; i < n_sessions; i++)
    if (shares[i] > 0 && shares[i] == bln_session_get_pending (sessions[i]) &&
        sessions[i]->device_rows[0] < 0 &&
        !bln_engine_check_logits (engine, sessions[i]->logits[0], error))
      return FALSE;
  return TRUE;
}

/* Choices are for passes after which no other goes over the logits that stay on the device. */
static void
want_choices (BlnEngine   *engine,
              BlnBatch    *batch,
              BlnSession **sessions,
              gsize        n_sessions,
              gsize        next)
{
  for (gsize i = 0; i < n_sessions; i++)
    if (sessions[i]->logits_func != NULL)
      return;
  for (guint i = 0; next == n_sessions && i < batch->n_out; i++)
    batch->choices[i] = bln_session_wish (engine->out_sessions[i], 0);
}

static gboolean
keep_choices (BlnEngine      *engine,
              const BlnBatch *batch,
              GError        **error)
{
  for (guint i = 0; i < batch->n_out; i++)
    if (!bln_session_keep_choice (engine->out_sessions[i], 0, batch, i, error))
      return FALSE;
  return TRUE;
}

gboolean
bln_engine_pass (BlnEngine   *engine,
                 BlnSession **sessions,
                 const guint *shares,
                 gsize        n_sessions,
                 GError     **error)
{
  BlnBatch batch = { 0 };
  gsize next;

  add_rows (engine, &batch, sessions, shares, n_sessions);
  want_logits (engine, &batch, sessions, shares, 0, n_sessions, &next);
  if (!bln_engine_fetch_logits (engine, error))
    return FALSE;
  want_choices (engine, &batch, sessions, n_sessions, next);
  if (!engine->backend->klass->run (engine->backend, engine->program, &batch, &engine->stop, error))
    return FALSE;
  if (!keep_choices (engine, &batch, error))
    return FALSE;
  while (next < n_sessions &&
         want_logits (engine, &batch, sessions, shares, next, n_sessions, &next))
    if (!run_head (engine, &batch, error))
      return FALSE;
  if (!check_all (engine, sessions, shares, n_sessions, error) ||
      !report_all (engine, &batch, sessions, shares, n_sessions, error))
    return FALSE;
  if (engine->mtp_program != NULL &&
      !bln_speculate_fill (engine, sessions, shares, n_sessions, error))
    return FALSE;
  for (gsize i = 0; i < n_sessions; i++)
    {
      sessions[i]->n_cached += shares[i];
      if (shares[i] > 0)
        sessions[i]->has_logits = bln_session_get_pending (sessions[i]) == 0;
    }
  return TRUE;
}

static void
count (BlnSession *session,
       guint       n_rows,
       double      seconds,
       gboolean    is_preparing)
{
  if (n_rows == 1)
    {
      session->stats.n_preparing += is_preparing;
      session->stats.preparing_seconds += is_preparing ? seconds : 0;
      session->stats.n_decoded++;
      session->stats.decode_seconds += seconds;
    }
  else if (n_rows > 1)
    {
      session->stats.n_prefilled += n_rows;
      session->stats.prefill_seconds += seconds;
    }
}

static gboolean
try_step (BlnEngine   *engine,
          BlnSession **sessions,
          gsize        n_sessions,
          GError     **error)
{
  if (engine->backend == NULL)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_LOST, _("The device is gone."));
      return FALSE;
    }
  bln_engine_limit_rows (engine);
  return share_rows (engine, sessions, n_sessions) == 0
         || bln_engine_pass (engine, sessions, engine->shares, n_sessions, error);
}

/* Steps until every session has cached more than it had, or all that it stands for. */
static gboolean
step_beyond (BlnEngine   *engine,
             BlnSession **sessions,
             const gsize *n_cached,
             gsize        n_sessions,
             GError     **error)
{
  gboolean is_behind = TRUE;

  while (is_behind)
    {
      if (!try_step (engine, sessions, n_sessions, error))
        return FALSE;
      is_behind = FALSE;
      for (gsize i = 0; i < n_sessions; i++)
        is_behind = is_behind || (bln_session_get_pending (sessions[i]) > 0
                                  && sessions[i]->n_cached <= n_cached[i]);
    }
  return TRUE;
}

/* One step, and where the device fails in it, as much as brings the sessions to where one step
 * would have. */
static gboolean
step_or_recover (BlnEngine   *engine,
                 BlnSession **sessions,
                 gsize        n_sessions,
                 GError     **error)
{
  g_autofree gsize *n_cached = NULL;
  GError *problem = NULL;

  if (try_step (engine, sessions, n_sessions, &problem))
    return TRUE;
  n_cached = g_new (gsize, n_sessions);
  for (gsize i = 0; i < n_sessions; i++)
    n_cached[i] = sessions[i]->n_cached;
  while (bln_engine_recover (engine, &problem))
    if (step_beyond (engine, sessions, n_cached, n_sessions, &problem))
      return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

gboolean
bln_engine_step (BlnEngine   *engine,
                 BlnSession **sessions,
                 gsize        n_sessions,
                 GError     **error)
{
  gint64 start = g_get_monotonic_time ();
  gsize n = MIN (n_sessions, engine->n_rows);
  const guint64 n_unprepared = bln_engine_prepare (engine, 0);
  gboolean is_preparing;
  double seconds;

  for (gsize i = 0; i < n_sessions; i++)
    g_return_val_if_fail (sessions[i]->engine == engine, FALSE);
  /* More sessions than rows: those that wait are moved forward by the next calls. */
  while (n > 0 && n < n_sessions && bln_session_get_pending (sessions[0]) == 0)
    {
      sessions++;
      n_sessions--;
    }
  n = MIN (n_sessions, engine->n_rows);
  if (!step_or_recover (engine, sessions, n, error))
    return FALSE;
  seconds = (g_get_monotonic_time () - start) / 1e6;
  is_preparing = bln_engine_prepare (engine, 0) != n_unprepared;
  for (gsize i = 0; i < n; i++)
    count (sessions[i], engine->shares[i], seconds, is_preparing);
  return TRUE;
}

void
bln_session_set_logits_func (BlnSession   *session,
                             BlnLogitsFunc func,
                             gpointer      user_data)
{
  BlnEngine *engine = session->engine;

  if (func != NULL && engine->all_logits == NULL)
    engine->all_logits = g_new (float, (gsize) BLN_MAX_OUT * engine->weights->config.n_vocab);
  session->logits_func = func;
  session->logits_data = user_data;
}

void
bln_session_get_stats (BlnSession      *session,
                       BlnSessionStats *stats)
{
  *stats = session->stats;
}

/* ---- the next token ------------------------------------------------------------------ */

static gboolean
run_pending (BlnSession *session,
             GError    **error)
{
  while (bln_session_get_pending (session) > 0)
    {
      gboolean is_decode = bln_session_get_pending (session) == 1;
      double start = bln_speculate_clock ();

      if (!bln_engine_step (session->engine, &session, 1, error))
        return FALSE;
      if (is_decode)
        bln_speculate_note_plain (session->engine, bln_speculate_clock () - start);
    }
  return TRUE;
}

gboolean
bln_session_next (BlnSession *session,
                  BlnSampler *sampler,
                  gint32     *token,
                  GError    **error)
{
  gint32 draft = -1, sampled;
  gboolean is_sampled;
  GError *problem = NULL;

  if (session->tokens->len == 0)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                           _("An answer needs a prompt of at least one token."));
      return FALSE;
    }
  if (session->tokens->len >= session->engine->layout.n_context)
    return check_tokens (session, NULL, 0, session->tokens->len + 1, error);
  bln_session_set_sampler (session, sampler);
  if (bln_speculate_wants_draft (session) && !bln_speculate_run (session, &draft, &problem)
      && !bln_engine_recover (session->engine, &problem))
    {
      bln_session_set_sampler (session, NULL);
      g_propagate_error (error, problem);
      return FALSE;
    }
  is_sampled = run_pending (session, error)
               && bln_session_sample (session, sampler, &sampled, error);
  bln_session_set_sampler (session, NULL);
  if (!is_sampled)
    return FALSE;
  g_array_append_val (session->tokens, sampled);
  session->has_logits = FALSE;
  if (draft >= 0)
    bln_speculate_settle (session, draft, sampled);
  *token = sampled;
  return TRUE;
}
