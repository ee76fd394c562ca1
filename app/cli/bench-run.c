#include "bench-run.h"

#include "token-cost.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHAT_TO_WRITE "Write a short story about a whale that sings."

static BlnSampler *
create_greedy_sampler (BlnModel *model)
{
  BlnSampling sampling = { .top_p = 1, .repetition_penalty = 1 };

  return bln_sampler_new (model, &sampling);
}

gboolean
baleen_bench_init (BaleenBench *bench,
                   BlnEngine   *engine,
                   guint        n_sessions,
                   GError     **error)
{
  *bench = (BaleenBench) { .engine = engine };
  bench->n_vocabulary = bln_model_get_info (bln_engine_get_model (engine))->n_vocabulary;
  bench->sampler = create_greedy_sampler (bln_engine_get_model (engine));
  bench->sessions = g_new0 (BlnSession *, n_sessions);
  for (guint i = 0; i < n_sessions; i++)
    {
      bench->sessions[i] = bln_session_new (engine, error);
      if (bench->sessions[i] == NULL)
        {
          baleen_bench_clear (bench);
          return FALSE;
        }
      bln_session_set_sampler (bench->sessions[i], bench->sampler);
      bench->n_sessions++;
    }

  return TRUE;
}

void
baleen_bench_clear (BaleenBench *bench)
{
  for (guint i = 0; i < bench->n_sessions; i++)
    bln_session_free (bench->sessions[i]);
  g_clear_pointer (&bench->sessions, g_free);
  g_clear_pointer (&bench->sampler, bln_sampler_free);
  bench->n_sessions = 0;
}

/* Any tokens do: how long a pass takes depends on their experts at most. */
static gint32
token_at (const BaleenBench *bench,
          guint              sequence,
          gsize              position,
          guint              salt)
{
  guint64 hash = (position + 1) * 0x9e3779b97f4a7c15u + sequence * 0xbf58476d1ce4e5b9u
                 + salt * 0x94d049bb133111ebu;

  hash ^= hash >> 31;
  return (gint32) (hash % bench->n_vocabulary);
}

/* Whoever decodes draws tokens: what that needs of the logits is part of it. */
static gboolean
draw_tokens (BaleenBench *bench,
             GError     **error)
{
  gint32 token;

  for (guint i = 0; i < bench->n_sessions; i++)
    if (!bln_session_sample (bench->sessions[i], bench->sampler, &token, error))
      return FALSE;

  return TRUE;
}

static gboolean
run_pending (BaleenBench *bench,
             GError     **error)
{
  while (bln_session_get_pending (bench->sessions[bench->n_sessions - 1]) > 0
         || bln_session_get_pending (bench->sessions[0]) > 0)
    if (!bln_engine_step (bench->engine, bench->sessions, bench->n_sessions, error))
      return FALSE;

  return TRUE;
}

/* Makes every session stand for `depth` tokens that are always the same and `n_tokens` that
 * are this round's own. */
static gboolean
set_tokens (BaleenBench *bench,
            gsize        depth,
            gsize        n_tokens,
            GError     **error)
{
  g_autofree gint32 *tokens = g_new (gint32, depth + n_tokens);

  for (guint s = 0; s < bench->n_sessions; s++)
    {
      for (gsize i = 0; i < depth + n_tokens; i++)
        tokens[i] = token_at (bench, s, i, i < depth ? 0 : bench->round);
      if (!bln_session_sync (bench->sessions[s], tokens, depth + n_tokens, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* `depth` tokens in the cache of every session; the round's own come after them. */
static gboolean
go_to_depth (BaleenBench *bench,
             gsize        depth,
             GError     **error)
{
  bench->round++;

  return depth == 0 || (set_tokens (bench, depth, 0, error) && run_pending (bench, error));
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

gboolean
baleen_bench_prefill (BaleenBench *bench,
                      gsize        depth,
                      gsize        n_tokens,
                      double      *seconds,
                      GError     **error)
{
  gint64 start;

  if (!go_to_depth (bench, depth, error) || !set_tokens (bench, depth, n_tokens, error))
    return FALSE;

  start = g_get_monotonic_time ();
  if (!run_pending (bench, error))
    return FALSE;

  *seconds = seconds_since (start);
  return TRUE;
}

gboolean
baleen_bench_decode (BaleenBench *bench,
                     gsize        depth,
                     gsize        n_tokens,
                     double      *seconds,
                     GError     **error)
{
  gint64 start;

  if (!go_to_depth (bench, depth, error)
      || !set_tokens (bench, depth, 1, error)
      || !run_pending (bench, error)
      || !draw_tokens (bench, error))
    return FALSE;

  start = g_get_monotonic_time ();
  for (gsize i = 1; i <= n_tokens; i++)
    {
      for (guint s = 0; s < bench->n_sessions; s++)
        if (!bln_session_append (bench->sessions[s],
                                 token_at (bench, s, depth + i, bench->round), error))
          return FALSE;
      if (!run_pending (bench, error) || !draw_tokens (bench, error))
        return FALSE;
    }

  *seconds = seconds_since (start);
  return TRUE;
}

/* Something to write: the question where the model has a tokenizer, else any tokens. */
static GArray *
create_prompt (BlnModel *model)
{
  const BlnMessage message = { "user", WHAT_TO_WRITE, NULL };
  g_autoptr (BlnPrompt) prompt
      = bln_model_render_chat (model, &message, 1, BLN_THINK_MODEL, NULL);
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (gint32));
  const gint32 any = 0;

  if (prompt != NULL && prompt->n_tokens > 0)
    g_array_append_vals (tokens, prompt->tokens, prompt->n_tokens);
  else
    g_array_append_val (tokens, any);

  return tokens;
}

static gboolean
prefill_prompt (BlnEngine    *engine,
                BlnSession   *session,
                const GArray *prompt,
                GError      **error)
{
  if (!bln_session_sync (session, (const gint32 *) prompt->data, prompt->len, NULL, error))
    return FALSE;
  while (bln_session_get_pending (session) > 0)
    if (!bln_engine_step (engine, &session, 1, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_with_drafts (BlnSession        *session,
                   BlnSampler        *sampler,
                   BaleenDraftTiming *timing,
                   GError           **error)
{
  gint64 start = g_get_monotonic_time ();
  BlnSessionStats stats;
  gint32 token;

  for (gsize i = 0; i < timing->n_tokens; i++)
    if (!bln_session_next (session, sampler, &token, error))
      return FALSE;

  timing->seconds = seconds_since (start);
  bln_session_get_stats (session, &stats);
  timing->acceptance = stats.n_drafted > 0 ? (double) stats.n_accepted / stats.n_drafted : 0;
  return TRUE;
}

static gboolean
write_plainly (BlnEngine         *engine,
               BlnSession        *session,
               BlnSampler        *sampler,
               BaleenDraftTiming *timing,
               GError           **error)
{
  gint64 start = g_get_monotonic_time ();

  bln_session_set_sampler (session, sampler);
  for (gsize i = 0; i < timing->n_tokens; i++)
    {
      gint32 token;

      if (!bln_session_sample (session, sampler, &token, error)
          || !bln_session_append (session, token, error)
          || !bln_engine_step (engine, &session, 1, error))
        return FALSE;
    }

  timing->plain_seconds = seconds_since (start);
  return TRUE;
}

gboolean
baleen_bench_drafts (BlnEngine         *engine,
                     gsize              n_tokens,
                     BaleenDraftTiming *timing,
                     GError           **error)
{
  BlnModel *model = bln_engine_get_model (engine);
  g_autoptr (BlnSampler) sampler = create_greedy_sampler (model);
  g_autoptr (GArray) prompt = create_prompt (model);
  g_autoptr (BlnSession) session = bln_session_new (engine, error);

  if (session == NULL)
    return FALSE;

  if (prompt->len + n_tokens > bln_engine_get_plan (engine)->n_context)
    g_array_set_size (prompt, 1);
  timing->n_tokens = n_tokens;
  return prefill_prompt (engine, session, prompt, error)
         && write_with_drafts (session, sampler, timing, error)
         && prefill_prompt (engine, session, prompt, error)
         && write_plainly (engine, session, sampler, timing, error);
}

double
baleen_bench_bytes_per_token (BlnEngine *engine,
                              guint      n_sessions,
                              gsize      n_rows,
                              double     n_cached)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (engine);
  BaleenTokenCost cost;

  baleen_token_cost_init (&cost, bln_engine_get_model (engine));
  cost.kv_bytes = (double) (plan->kv_cache + plan->card_kv_cache) / MAX (n_sessions, 1)
                  / MAX (plan->n_context, 1);

  return baleen_token_cost_bytes (&cost, n_rows, n_cached);
}

/* A line of a mapping's list, "Key:   number kB", in bytes; 0 for another key. */
static guint64
read_line (const char *line,
           const char *key)
{
  return g_str_has_prefix (line, key) ? g_ascii_strtoull (line + strlen (key), NULL, 10) * 1024
                                      : 0;
}

/* Line by line through a buffer of a few kilobytes: the list is half a megabyte long, and what
 * reading it whole leaves behind would be counted the next time. */
guint64
baleen_bench_resident_bytes (void)
{
  FILE *list = fopen ("/proc/self/smaps", "re");
  char line[PATH_MAX + 128];
  gboolean is_model = FALSE;
  guint64 n_bytes = 0;

  if (list == NULL)
    return 0;

  while (fgets (line, sizeof line, list) != NULL)
    {
      /* A mapping begins with its addresses in small hexadecimal digits. */
      if (g_ascii_isxdigit (line[0]) && !g_ascii_isupper (line[0]))
        is_model = g_str_has_suffix (line, ".gguf\n");
      n_bytes += read_line (line, is_model ? "Rss:" : "Anonymous:");
    }
  fclose (list);

  return n_bytes;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
baleen_bench_median (GArray *seconds)
{
  g_array_sort (seconds, compare_doubles);

  return seconds->len % 2 == 1
             ? g_array_index (seconds, double, seconds->len / 2)
             : (g_array_index (seconds, double, seconds->len / 2 - 1)
                + g_array_index (seconds, double, seconds->len / 2)) / 2;
}
