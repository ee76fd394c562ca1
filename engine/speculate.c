/* Drafting with an MTP block (DeepSeek-V3 report, arXiv 2412.19437, section 2.2). The block
 * makes, from the hidden state of a position and the token after it, logits for the token
 * after that. The best of them is run together with the token that is pending, as two rows;
 * if sampling then chooses it, its row and logits are there already. Sampling sees the same
 * logits as without, in the same order, so the tokens are the same. */
#include "engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

/* Drafting stops for a while when it gains less than this. */
#define BLN_SMALLEST_GAIN 1.03
#define BLN_PLAIN_TOKENS 64u
/* How often the cost of a plain step is measured anew while drafting, and over how many. */
#define BLN_MEASURE_EVERY 256u
#define BLN_MEASURE_TOKENS 3u
/* Weight of the newest sample in the running means, and how far it may stand out: on a busy
 * machine one step in many takes far longer than the rest. */
#define BLN_NEW_SAMPLE 0.1
#define BLN_LARGEST_SAMPLE 1.5
/* Samples of each kind before they are compared. */
#define BLN_FEWEST_SAMPLES 8u
#define BLN_FEWEST_PLAIN 2u

static gint32
token_at (BlnSession *session,
          gsize       position)
{
  return g_array_index (session->tokens, gint32, position);
}

/* Runs n pairs that engine->hidden and next_tokens hold, in passes of at most n_rows.
 * `spans` tell where their rows go. */
static gboolean
run_pairs (BlnEngine     *engine,
           const BlnSpan *spans,
           guint          n_spans,
           guint          n,
           float         *logits, /* (nullable) of the last pair */
           BlnChoice     *choice, /* (nullable) instead of them */
           guint32        head_rows,
           GError       **error)
{
  gsize width = engine->weights->config.n_embd;

  for (guint first = 0; first < n; first += engine->n_rows)
    {
      guint end = MIN (n, first + engine->n_rows);
      BlnBatch batch = {
        .n_rows = end - first, .tokens = engine->next_tokens + first,
        .input = engine->hidden + first * width, .spans = engine->spans,
      };

      for (guint i = 0; i < n_spans; i++)
        {
          guint low = MAX (spans[i].first_row, first);
          guint high = MIN (spans[i].first_row + spans[i].n_rows, end);

          if (low < high)
            engine->spans[batch.n_spans++] =
              (BlnSpan) { spans[i].cache, low - first, high - low,
                          spans[i].first_position + low - spans[i].first_row };
        }
      if (end == n && logits != NULL)
        {
          batch.n_out = 1;
          batch.out_rows[0] = end - first - 1;
          batch.out_logits[0] = logits;
          batch.choices[0] = choice;
          batch.head_rows = head_rows;
        }
      if (!engine->backend->klass->run (engine->backend, engine->mtp_program, &batch, &engine->stop,
                                error))
        return FALSE;
    }
  return TRUE;
}

static void
load_pair (BlnEngine   *engine,
           guint        row,
           const float *hidden,
           gint32       next_token)
{
  gsize width = engine->weights->config.n_embd;

  memcpy (engine->hidden + row * width, hidden, width * sizeof (float));
  engine->next_tokens[row] = next_token;
}

/* The first rows of a session's store are done with. */
static void
drop_hidden (BlnSession *session,
             gsize       n)
{
  gsize width = session->engine->weights->config.n_embd;
  gsize left = session->n_cached - session->n_pairs - n;

  memmove (session->hidden, session->hidden + n * width, left * width * sizeof (float));
  session->n_pairs += n;
}

/* Collects all pairs of a session that its new rows complete. */
static guint
collect_pairs (BlnSession  *session,
               guint        share,
               const float *new_hidden,
               gsize        stride,
               guint        row)
{
  gsize end = session->n_cached + share - 1;
  guint n = 0;

  for (gsize p = session->n_pairs; p < end; p++, n++)
    load_pair (session->engine, row + n, p < session->n_cached
               ? session->hidden + (p - session->n_pairs) *
                 session->engine->weights->config.n_embd
               : new_hidden + (p - session->n_cached) * stride, token_at (session, p + 1));
  return n;
}

/* The states of new rows that stay for later. */
static void
keep_hidden (BlnSession  *session,
             gsize        first,
             gsize        n,
             const float *new_hidden,
             gsize        stride)
{
  gsize width = session->engine->weights->config.n_embd;

  for (gsize i = 0; i < n; i++)
    memcpy (session->hidden + (first + i) * width, new_hidden + i * stride,
            width * sizeof (float));
}

/* The block was stopped: its sessions go back to where their pairs end, since the hidden
 * states from there on are gone. */
static void
forget_pairs (BlnEngine   *engine,
              BlnSession **sessions,
              gsize        n_sessions,
              guint        n_spans)
{
  for (guint s = 0; s < n_spans; s++)
    for (gsize i = 0; i < n_sessions; i++)
      if (sessions[i]->cache == engine->pair_spans[s].cache)
        {
          sessions[i]->n_pairs = sessions[i]->n_cached = engine->pair_spans[s].first_position;
          sessions[i]->has_logits = FALSE;
        }
}

gboolean
bln_speculate_fill (BlnEngine   *engine,
                    BlnSession **sessions,
                    const guint *shares,
                    gsize        n_sessions,
                    GError     **error)
{
  guint n_rows = 0, n_pairs = 0, n_spans = 0, row = 0;
  const float *hidden;
  gsize stride;

  for (gsize i = 0; i < n_sessions; i++)
    n_rows += shares[i];
  hidden = engine->backend->klass->get_hidden (engine->backend, engine->program, n_rows, &stride);
  for (gsize i = 0; i < n_sessions; row += shares[i], i++)
    {
      BlnSession *session = sessions[i];
      const float *mine = hidden + row * stride;
      gsize n_waiting = session->n_cached - session->n_pairs;
      guint n;

      if (shares[i] == 0)
        continue;
      if (n_waiting + shares[i] <= BLN_MAX_HIDDEN)
        {
          keep_hidden (session, n_waiting, shares[i], mine, stride);
          continue;
        }
      n = collect_pairs (session, shares[i], mine, stride, n_pairs);
      engine->pair_spans[n_spans++] =
        (BlnSpan) { session->cache, n_pairs, n, (guint) session->n_pairs };
      n_pairs += n;
      keep_hidden (session, 0, 1, mine + (shares[i] - 1) * stride, stride);
      session->n_pairs = session->n_cached + shares[i] - 1;
    }
  if (run_pairs (engine, engine->pair_spans, n_spans, n_pairs, NULL, NULL, 0, error))
    return TRUE;
  forget_pairs (engine, sessions, n_sessions, n_spans);
  return FALSE;
}

/* (nullable) the best of the first `n_tokens` logits: what a device gives back of them. */
static BlnChoice *
wish_for_best (BlnEngine *engine,
               guint32    n_tokens)
{
  if (engine->backend->klass->get_logits == NULL || n_tokens > BLN_CHOICE_TOKENS)
    return NULL;
  if (engine->draft_choice == NULL)
    engine->draft_choice = g_new0 (BlnChoice, 1);
  engine->draft_choice->wish = (BlnChoiceWish){ .n_tokens = n_tokens };
  return engine->draft_choice;
}

gint32
bln_likeliest (const float *logits,
               guint32      n)
{
  guint32 best = 0;

  for (guint32 i = 1; i < n; i++)
    if (logits[i] > logits[best])
      best = i;
  return (gint32) best;
}

/* The best of the first `head_rows` tokens for the position after `next`, the token after all
 * that is cached. All pairs but the last stay in the cache for good. */
static gboolean
draft (BlnSession *session,
       gint32      next,
       guint32     head_rows,
       gint32     *token,
       GError    **error)
{
  BlnEngine *engine = session->engine;
  guint32 n_vocab = engine->weights->config.n_vocab;
  guint n = (guint) (session->n_cached - session->n_pairs);
  BlnSpan span = { session->cache, 0, n, (guint) session->n_pairs };
  const guint32 n_tokens = head_rows != 0 ? MIN (head_rows, n_vocab) : n_vocab;
  BlnChoice *choice = wish_for_best (engine, n_tokens);

  for (guint i = 0; i < n; i++)
    load_pair (engine, i, session->hidden + (gsize) i * engine->weights->config.n_embd,
               i + 1 < n ? token_at (session, session->n_pairs + i + 1) : next);
  if (!bln_engine_fetch_logits (engine, error) ||
      !run_pairs (engine, &span, 1, n, engine->draft_logits, choice, head_rows, error))
    return FALSE;
  drop_hidden (session, n - 1);
  if (choice == NULL)
    *token = bln_likeliest (engine->draft_logits, n_tokens);
  else /* none, or thousands as likely: any will do */
    *token = choice->n > 0 && choice->n <= BLN_CHOICE_ROOM ? choice->ids[0] : 0;
  return TRUE;
}

gint32
bln_session_draft (BlnSession *session,
                   gint32      next,
                   GError    **error)
{
  gint32 token = -1;

  if (session->engine->mtp_program == NULL)
    return -1;
  if (bln_session_get_pending (session) > 0 || session->n_cached == session->n_pairs ||
      next < 0 || (guint32) next >= session->engine->weights->config.n_vocab)
    {
      g_set_error_literal (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                           _("A draft needs a sequence that has been run, and a token that "
                             "exists."));
      return -1;
    }
  return draft (session, next, 0, &token, error) ? token : -1;
}

/* ---- when it pays -------------------------------------------------------------------- */

static void
mix (double *mean,
     double  sample)
{
  if (*mean == 0)
    *mean = sample;
  *mean += BLN_NEW_SAMPLE * (MIN (sample, BLN_LARGEST_SAMPLE * *mean) - *mean);
}

/* What this thread has worked so far: other programs' turns do not count. */
double
bln_speculate_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

void
bln_speculate_note_plain (BlnEngine *engine,
                          double     seconds)
{
  BlnSpeculation *speculation = &engine->speculation;

  if (speculation->plain_seconds == 0)
    {
      speculation->acceptance = 1; /* until there are enough */
      speculation->n_plain_left = BLN_FEWEST_PLAIN;
    }
  mix (&speculation->plain_seconds, seconds);
  if (speculation->n_plain_left > 0)
    speculation->n_plain_left--;
}

static void
note_draft (BlnEngine *engine,
            double     seconds,
            gboolean   is_accepted)
{
  BlnSpeculation *speculation = &engine->speculation;
  double gain;

  mix (&speculation->draft_seconds, seconds);
  speculation->acceptance += BLN_NEW_SAMPLE / 2 * (is_accepted - speculation->acceptance);
  speculation->n_drafts++;
  if (speculation->n_drafts < BLN_FEWEST_SAMPLES)
    return;
  gain = (1 + speculation->acceptance) * speculation->plain_seconds / speculation->draft_seconds;
  if (gain < BLN_SMALLEST_GAIN)
    speculation->n_plain_left = BLN_PLAIN_TOKENS;
  else if (speculation->n_drafts % BLN_MEASURE_EVERY == 0)
    speculation->n_plain_left = BLN_MEASURE_TOKENS;
}

gboolean
bln_speculate_wants_draft (BlnSession *session)
{
  BlnEngine *engine = session->engine;
  BlnSpeculation *speculation = &engine->speculation;

  if (engine->mtp_program == NULL || session->logits_func != NULL || engine->n_batch < 2 ||
      bln_session_get_pending (session) != 1 || session->n_cached == session->n_pairs ||
      session->n_cached + 2 > engine->layout.n_context)
    return FALSE;
  if (speculation->plain_seconds == 0)
    return FALSE;
  return speculation->n_plain_left == 0;
}

/* ---- draft and verify ---------------------------------------------------------------- */

gboolean
bln_speculate_run (BlnSession *session,
                   gint32     *draft_token,
                   GError    **error)
{
  BlnEngine *engine = session->engine;
  guint32 n_vocab = engine->weights->config.n_vocab;
  gint64 start = g_get_monotonic_time ();
  const guint64 n_unprepared = bln_engine_prepare (engine, 0);
  double seconds, start_work = bln_speculate_clock ();
  gint32 pending = token_at (session, session->n_cached);
  BlnSpan span = { session->cache, 0, 2, (guint) session->n_cached };
  gint32 tokens[2] = { pending, 0 };
  BlnBatch batch = {
    .n_rows = 2, .tokens = tokens, .spans = &span, .n_spans = 1, .n_out = 2,
    .out_rows = { 0, 1 }, .out_logits = { session->logits[0], session->logits[1] },
  };
  const float *hidden;
  gsize stride;

  if (!draft (session, pending, n_vocab > 2 * BLN_DRAFT_ROWS ? BLN_DRAFT_ROWS : 0, &tokens[1],
              error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    batch.choices[i] = bln_session_wish (session, i);
  if (!engine->backend->klass->run (engine->backend, engine->program, &batch, &engine->stop,
                                    error) ||
      !bln_session_keep_choice (session, 0, &batch, 0, error) ||
      !bln_session_keep_choice (session, 1, &batch, 1, error) ||
      (session->device_rows[0] < 0 &&
       !bln_engine_check_logits (engine, session->logits[0], error)))
    return FALSE;
  /* The last pair was made with the token that is there now: it stays too. */
  session->n_pairs = session->n_cached;
  hidden = engine->backend->klass->get_hidden (engine->backend, engine->program, 2, &stride);
  keep_hidden (session, 0, 2, hidden, stride);
  session->n_cached++;
  session->has_logits = session->has_draft = TRUE;
  session->stats.n_drafted++;
  session->stats.n_decoded++;
  engine->speculation.last_seconds = bln_speculate_clock () - start_work;
  seconds = (g_get_monotonic_time () - start) / 1e6;
  session->stats.decode_seconds += seconds;
  if (bln_engine_prepare (engine, 0) != n_unprepared)
    {
      session->stats.n_preparing++;
      session->stats.preparing_seconds += seconds;
    }
  *draft_token = tokens[1];
  return TRUE;
}

void
bln_speculate_settle (BlnSession *session,
                      gint32      draft_token,
                      gint32      sampled)
{
  /* Where the device failed meanwhile the draft's row went with it. */
  gboolean is_accepted = session->has_draft && draft_token == sampled;

  note_draft (session->engine, session->engine->speculation.last_seconds, is_accepted);
  if (is_accepted)
    {
      bln_session_swap_logits (session);
      session->n_cached++;
      session->has_logits = TRUE;
      session->stats.n_accepted++;
      session->stats.n_decoded++;
    }
  session->has_draft = FALSE;
}
