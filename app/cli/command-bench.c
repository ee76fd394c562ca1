#include "command.h"

#include "bench-run.h"
#include "interrupt.h"
#include "json-writing.h"
#include "opening.h"
#include "output.h"
#include "speed-prediction.h"

#include <glib/gi18n.h>
#include <malloc.h>

#define DRAFT_PROMPT 256 /* room for what the drafts go on from */
#define MAX_TOKENS (1 << 20)
#define MAX_BLOCKS 1024

static char *depth_text, *prompt_text, *generate_text, *sequences_text, *repeat_text, *experts_text;

static const GOptionEntry entries[] = {
  { "depth", 0, 0, G_OPTION_ARG_STRING, &depth_text,
    N_("Tokens already there when the clock starts; 0 without it"), N_("N,…") },
  { "prompt", 0, 0, G_OPTION_ARG_STRING, &prompt_text,
    N_("Tokens to prefill; 512 without it"), N_("N,…") },
  { "generate", 0, 0, G_OPTION_ARG_STRING, &generate_text,
    N_("Tokens to decode; 64 without it"), N_("N") },
  { "sequences", 0, 0, G_OPTION_ARG_STRING, &sequences_text,
    N_("Sequences side by side; 1 without it"), N_("N") },
  { "repeat", 0, 0, G_OPTION_ARG_STRING, &repeat_text,
    N_("Runs of each, of which the median counts; 3 without it"), N_("N") },
  { "experts-on-cpu", 0, 0, G_OPTION_ARG_STRING, &experts_text,
    N_("Blocks whose experts stay in system memory beside a graphics card, even if there is room"),
    N_("N") },
  { NULL }
};

typedef struct
{
  GArray *depths;  /* (owned) guint64 */
  GArray *prompts; /* (owned) guint64 */
  guint64 n_generate;
  guint64 n_sequences;
  guint64 n_repeats;
  guint64 n_blocks_away;
} Plan;

typedef struct
{
  const BaleenOptions *options;
  const Plan *plan;
  char *path;           /* (owned) */
  BlnModel *model;      /* (owned) */
  BlnEngine *engine;    /* (owned) */
  BaleenBench bench;
  guint64 resident_before, card_before;
  JsonBuilder *builder; /* (owned) the results, an array */
} Work;

static guint64
get_most (GArray *numbers)
{
  guint64 most = 0;

  for (guint i = 0; i < numbers->len; i++)
    most = MAX (most, g_array_index (numbers, guint64, i));

  return most;
}

static guint
get_needed_context (const Plan *plan)
{
  return get_most (plan->depths) + MAX (get_most (plan->prompts), plan->n_generate) + 1;
}

static void
begin_result (JsonBuilder *builder,
              const char  *what)
{
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "what", what);
}

static BlnEngine *
open_engine (Work     *work,
             guint     n_context,
             gboolean  disable_mtp,
             GError  **error)
{
  BlnEngineOptions options;
  BlnEngine *engine;

  if (!baleen_get_engine_options (work->options, &options, error))
    return NULL;
  if (options.n_context == 0)
    options.n_context = n_context;
  options.n_sessions = work->plan->n_sequences;
  options.n_blocks_away = (guint) work->plan->n_blocks_away;
  options.disable_mtp = disable_mtp;
  engine = bln_engine_new (work->model, &options, error);
  if (engine != NULL)
    baleen_interrupt_set_engine (engine);

  return engine;
}

static void
unload (Work *work)
{
  baleen_bench_clear (&work->bench);
  g_clear_pointer (&work->engine, baleen_close_engine);
  g_clear_pointer (&work->model, bln_model_unref);
}

/* From nothing to an engine that takes tokens, and on to the logits of a first one: weights may
 * be prepared at their first use, so that either alone would tell half of it. */
static gboolean
load (Work    *work,
      double  *seconds,
      double  *first_token_seconds,
      GError **error)
{
  gint64 start = g_get_monotonic_time ();
  double prefill_seconds;

  unload (work);
  work->model = bln_model_open (work->path, error);
  if (work->model == NULL)
    return FALSE;
  work->engine = open_engine (work, get_needed_context (work->plan), TRUE, error);
  if (work->engine == NULL
      || !baleen_bench_init (&work->bench, work->engine, work->plan->n_sequences, error))
    return FALSE;

  *seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  if (!baleen_bench_prefill (&work->bench, 0, 1, &prefill_seconds, error))
    return FALSE;

  *first_token_seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  return TRUE;
}

/* All weights, not only those that the first passes need: which experts the others bring up would
 * else be in their times. */
static double
prepare (Work *work)
{
  const gint64 start = g_get_monotonic_time ();

  while (!baleen_interrupt_is_raised () && bln_engine_prepare (work->engine, 0.1) > 0)
    ;
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

/* What a card has left, as it says itself; 0 for the processor. */
static guint64
get_card_memory (const Work *work)
{
  g_autoptr (BlnDevice) device = bln_device_find (work->options->device, NULL);

  return device != NULL && device->n_threads == 0 ? device->available : 0;
}

static gboolean
measure_load (Work    *work,
              GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) first_token_times = g_array_new (FALSE, FALSE, sizeof (double));

  work->resident_before = baleen_bench_resident_bytes ();
  work->card_before = get_card_memory (work);
  for (guint64 i = 0; i < work->plan->n_repeats; i++)
    {
      double seconds, first_token_seconds;

      if (!load (work, &seconds, &first_token_seconds, error))
        return FALSE;
      g_array_append_val (times, seconds);
      g_array_append_val (first_token_times, first_token_seconds);
    }

  begin_result (work->builder, "load");
  baleen_json_add_number (work->builder, "seconds", baleen_bench_median (times));
  baleen_json_add_number (work->builder, "first_token_seconds",
                          baleen_bench_median (first_token_times));
  baleen_json_add_number (work->builder, "prepare_seconds", prepare (work));
  json_builder_end_object (work->builder);
  return TRUE;
}

typedef gboolean (*TimedFunc) (BaleenBench *bench,
                               gsize        depth,
                               gsize        n_tokens,
                               double      *seconds,
                               GError     **error);

/* The first run warms caches and is not counted. */
static gboolean
measure (Work       *work,
         const char *what,
         TimedFunc   func,
         gsize       depth,
         gsize       n_tokens,
         gsize       n_rows, /* in one pass */
         GError    **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint64 n_sequences = work->plan->n_sequences;
  double seconds;

  for (guint64 i = 0; i <= work->plan->n_repeats; i++)
    {
      baleen_progress ("%s %zu, %zu", what, depth, n_tokens);
      if (!func (&work->bench, depth, n_tokens, &seconds, error))
        return FALSE;
      if (i > 0)
        g_array_append_val (times, seconds);
    }

  seconds = baleen_bench_median (times);
  if (func == baleen_bench_decode && n_sequences == 1)
    {
      baleen_speed_measure (work->engine);
      baleen_speed_note_run (work->engine, depth + n_tokens / 2.0, seconds / n_tokens);
    }
  begin_result (work->builder, what);
  baleen_json_add_whole (work->builder, "depth", depth);
  baleen_json_add_whole (work->builder, "tokens", n_tokens);
  baleen_json_add_whole (work->builder, "sequences", n_sequences);
  baleen_json_add_number (work->builder, "tokens_per_second", n_tokens * n_sequences / seconds);
  baleen_json_add_number (work->builder, "bytes_per_token",
                          baleen_bench_bytes_per_token (work->engine, n_sequences, n_rows,
                                                        func == baleen_bench_decode
                                                            ? depth + n_tokens / 2.0
                                                            : 0));
  json_builder_end_object (work->builder);
  return TRUE;
}

static gboolean
measure_speed (Work    *work,
               GError **error)
{
  const Plan *plan = work->plan;

  for (guint d = 0; d < plan->depths->len; d++)
    {
      gsize depth = g_array_index (plan->depths, guint64, d);

      for (guint p = 0; p < plan->prompts->len; p++)
        {
          gsize n_tokens = g_array_index (plan->prompts, guint64, p);

          if (!measure (work, "prefill", baleen_bench_prefill, depth, n_tokens,
                        MIN (n_tokens * plan->n_sequences,
                             bln_engine_get_plan (work->engine)->n_batch), error))
            return FALSE;
        }
      if (!measure (work, "decode", baleen_bench_decode, depth, plan->n_generate,
                    plan->n_sequences, error))
        return FALSE;
    }

  return TRUE;
}

/* What this process came to hold since before the model was opened: its own memory and pages of
 * the model file, not those of program code. */
static void
add_memory (Work *work)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (work->engine);
  guint64 resident, card_now;

  malloc_trim (0);
  resident = baleen_bench_resident_bytes ();
  card_now = get_card_memory (work);
  begin_result (work->builder, "memory");
  baleen_json_add_whole (work->builder, "predicted", plan->total);
  if (plan->card_total > 0)
    baleen_json_add_whole (work->builder, "card", plan->card_total);
  if (card_now < work->card_before)
    baleen_json_add_whole (work->builder, "card_used", work->card_before - card_now);
  baleen_json_add_whole (work->builder, "used",
                         resident > work->resident_before ? resident - work->resident_before : 0);
  json_builder_end_object (work->builder);
}

/* How long a card was kept at once, in all that was measured so far. */
static void
add_submissions (Work *work)
{
  BlnDeviceWork device;

  if (!bln_engine_get_device_work (work->engine, &device))
    return;
  begin_result (work->builder, "submissions");
  baleen_json_add_whole (work->builder, "count", device.n_submissions);
  baleen_json_add_number (work->builder, "p99_seconds", device.p99_seconds);
  baleen_json_add_number (work->builder, "longest_seconds", device.longest_seconds);
  json_builder_end_object (work->builder);
}

static gboolean
measure_drafts (Work    *work,
                GError **error)
{
  BaleenDraftTiming timing;
  gboolean is_done;

  baleen_bench_clear (&work->bench);
  g_clear_pointer (&work->engine, baleen_close_engine);
  work->engine = open_engine (work, DRAFT_PROMPT + work->plan->n_generate, FALSE, error);
  if (work->engine == NULL)
    return FALSE;
  if (!bln_engine_has_mtp (work->engine))
    return TRUE;

  baleen_progress ("mtp");
  is_done = baleen_bench_drafts (work->engine, work->plan->n_generate, &timing, error);
  if (is_done)
    {
      begin_result (work->builder, "mtp");
      baleen_json_add_whole (work->builder, "tokens", timing.n_tokens);
      baleen_json_add_number (work->builder, "tokens_per_second", timing.n_tokens / timing.seconds);
      baleen_json_add_number (work->builder, "acceptance", timing.acceptance);
      baleen_json_add_number (work->builder, "speedup", timing.plain_seconds / timing.seconds);
      json_builder_end_object (work->builder);
    }

  return is_done;
}

static gboolean
run_bench (const BaleenOptions *options,
           const Plan          *plan,
           GError             **error)
{
  Work work = { .options = options, .plan = plan };
  gboolean is_done;

  work.path = baleen_resolve_model (options->model, error);
  if (work.path == NULL)
    return FALSE;

  work.builder = json_builder_new ();
  json_builder_begin_array (work.builder);
  is_done = measure_load (&work, error) && measure_speed (&work, error);
  if (is_done)
    {
      add_memory (&work);
      add_submissions (&work);
      is_done = measure_drafts (&work, error);
    }
  json_builder_end_array (work.builder);
  baleen_progress_clear ();
  if (is_done)
    baleen_output_json (json_builder_get_root (work.builder));
  unload (&work);
  g_object_unref (work.builder);
  g_free (work.path);

  return is_done;
}

static gboolean
parse_plan (Plan    *plan,
            GError **error)
{
  plan->depths = baleen_parse_counts ("--depth", depth_text != NULL ? depth_text : "0", 0,
                                      MAX_TOKENS, error);
  if (plan->depths == NULL)
    return FALSE;
  plan->prompts = baleen_parse_counts ("--prompt", prompt_text != NULL ? prompt_text : "512", 1,
                                       MAX_TOKENS, error);

  return plan->prompts != NULL
         && baleen_parse_count ("--generate", generate_text != NULL ? generate_text : "64", 1,
                                MAX_TOKENS, &plan->n_generate, error)
         && baleen_parse_count ("--sequences", sequences_text != NULL ? sequences_text : "1", 1,
                                256, &plan->n_sequences, error)
         && baleen_parse_count ("--experts-on-cpu", experts_text != NULL ? experts_text : "0", 0,
                                MAX_BLOCKS, &plan->n_blocks_away, error)
         && baleen_parse_count ("--repeat", repeat_text != NULL ? repeat_text : "3", 1, 1000,
                                &plan->n_repeats, error);
}

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  g_autoptr (GError) error = NULL;
  Plan plan = { 0 };
  gboolean is_done;

  if (arguments[0] != NULL)
    return baleen_wrong_use (command->name, _("“bench” takes options and no text."));
  if (!parse_plan (&plan, &error))
    return baleen_wrong_use (command->name, "%s", error->message);

  baleen_interrupt_begin ();
  is_done = run_bench (options, &plan, &error);
  g_array_unref (plan.depths);
  g_array_unref (plan.prompts);
  if (is_done)
    return BALEEN_EXIT_DONE;

  return baleen_interrupt_is_raised () ? BALEEN_EXIT_STOPPED : baleen_complain_of (error);
}

const BaleenCommand baleen_command_bench = {
  .name = "bench",
  .arguments = "",
  .summary = N_("how fast a model loads, reads and writes, as JSON"),
  .uses = BALEEN_USES_RUNS,
  .details = N_("“load” is until the engine takes work, and until a first token's logits; "
                "the rest of the weights is prepared before anything else is timed; “prefill” and "
                "“decode” are without drafts, “mtp” compares drafting with going token by token; "
                "“memory” is what the plan foresaw and what the process came to hold, files "
                "included."),
  .entries = entries,
  .run = run,
};
