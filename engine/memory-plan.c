/* What goes where in memory, before anything is loaded. */
#include "engine-private.h"

#include "feed-forward.h"

#include <stdio.h>
#include <string.h>

/* A context that the options leave open is cut to what fits, but not below this. */
#define BLN_SMALLEST_CONTEXT 512u
#define BLN_ORDINARY_CONTEXT 8192u
#define BLN_DEFAULT_BATCH 512u
/* On a graphics card: the decoding of weights is shared by more rows, and so is the decompression
 * of what was read before. */
#define BLN_LONGEST_BATCH 4096u
/* What a row of a pass takes there, for each number of its width: about, and rather too much. */
#define BLN_ROW_BYTES 160u

/* The number after `key` in a file of lines "key: number kB", in bytes; 0 when absent. */
static guint64
read_kilobytes (const char *path,
                const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, key);
  return line != NULL ? g_ascii_strtoull (line + strlen (key), NULL, 10) * 1024 : 0;
}

static guint64
read_number (const char *path,
             guint64     otherwise)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_ascii_isdigit (text[0]))
    return otherwise;
  return g_ascii_strtoull (text, NULL, 10);
}

guint64
bln_memory_available (void)
{
  guint64 available = read_kilobytes ("/proc/meminfo", "MemAvailable:");
  guint64 limit = read_number ("/sys/fs/cgroup/memory.max", G_MAXUINT64);
  guint64 used = read_number ("/sys/fs/cgroup/memory.current", 0);

  /* A container may hold less than the machine. What it has read from files counts as used
   * there and can be dropped, so the limit alone is a fair bound. */
  if (limit != G_MAXUINT64 && limit < available)
    available = limit - MIN (limit / 2, used);
  return available;
}

/* Of all matrices, or of those that a graphics card cannot do without. */
static guint64
matrix_bytes (const BlnWeights *weights,
              gboolean          must_stay)
{
  g_autofree guint8 *is_away = g_new0 (guint8, weights->all->len);
  guint64 n = 0;

  if (must_stay)
    bln_feed_forward_mark (weights, weights->config.n_blocks, is_away);
  for (guint i = 0; i < weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (weights->all, i);

      if (!weight->is_vector && !is_away[i])
        n += weight->tensor->n_bytes;
    }
  return n;
}

/* Tokens that three quarters of what is left beside the weights can hold. */
static guint64
tokens_beside (guint64 available,
               guint64 n_weight_bytes,
               guint64 row_bytes)
{
  return (available - MIN (available, n_weight_bytes)) * 3 / 4 / row_bytes / 256 * 256;
}

/* A layer of a cache is in one allocation and seen through one binding, values from a page on. */
static guint64
most_on_card (const BlnCardLimits *card,
              const BlnKvLayout   *layout)
{
  gsize layer_bytes = 1;

  for (guint i = 0; i < layout->n_layers; i++)
    layer_bytes = MAX (layer_bytes, layout->layers[i].k_bytes + layout->layers[i].v_bytes);
  return (MIN (card->allocation, card->range) - 65536) / layer_bytes / 256 * 256;
}

/* The most that fits beside the weights, in steps of 256, up to what the model was trained for.
 * On a graphics card that many experts leave for system memory as an ordinary context needs. */
static guint32
choose_context (const BlnSettings *settings,
                const BlnWeights  *weights,
                guint64            n_weight_bytes)
{
  const BlnConfig *config = &weights->config;
  BlnKvLayout layout;
  guint64 row_bytes, n, most = G_MAXUINT64;

  bln_kv_layout_init (&layout, config, settings->kv_type, config->n_blocks, 1);
  row_bytes = bln_kv_layout_row_bytes (&layout) * settings->n_sessions;
  if (settings->card.available > 0)
    {
      most = most_on_card (&settings->card, &layout);
      n = MAX (tokens_beside (settings->card.available, n_weight_bytes, row_bytes),
               MIN (BLN_ORDINARY_CONTEXT,
                    tokens_beside (settings->card.available, matrix_bytes (weights, TRUE),
                                   row_bytes)));
    }
  else
    n = tokens_beside (settings->available, settings->repack ? n_weight_bytes : 0, row_bytes);
  bln_kv_layout_clear (&layout);
  return (guint32) MIN (config->n_context, MIN (MAX (n, BLN_SMALLEST_CONTEXT), most));
}

/* As many as find room in a quarter of what weights and caches leave. */
static guint
choose_batch (const BlnSettings *settings,
              const BlnWeights  *weights,
              guint64            n_weight_bytes)
{
  const BlnConfig *config = &weights->config;
  BlnKvLayout layout;
  guint64 used, left;
  guint n = BLN_DEFAULT_BATCH;

  if (settings->card.available == 0 || settings->card.is_software)
    return n;
  bln_kv_layout_init (&layout, config, settings->kv_type, config->n_blocks, 1);
  used = n_weight_bytes
         + bln_kv_layout_row_bytes (&layout) * settings->n_context * settings->n_sessions;
  bln_kv_layout_clear (&layout);
  left = settings->card.available - MIN (settings->card.available, used);
  while (n < BLN_LONGEST_BATCH
         && 2ull * n * config->n_embd * BLN_ROW_BYTES <= left / 4)
    n *= 2;
  return n;
}

guint
bln_default_threads (void)
{
  guint n_cores = g_get_num_processors ();

  return n_cores >= 4 ? n_cores - 1 : n_cores;
}

void
bln_settings_choose (BlnSettings            *settings,
                     const BlnWeights       *weights,
                     const BlnEngineOptions *options,
                     const BlnCardLimits    *card)
{
  const BlnEngineOptions none = { 0 };
  guint64 n_weight_bytes = matrix_bytes (weights, FALSE);

  if (options == NULL)
    options = &none;
  settings->n_threads = options->n_threads != 0 ? options->n_threads
                                                  : bln_default_threads ();
  settings->n_threads = CLAMP (settings->n_threads, 1, 256);
  settings->n_sessions = MAX (options->n_sessions, 1);
  settings->kv_type = options->kv_type != BLN_KV_AUTO ? options->kv_type
                      : bln_weights_are_f32 (weights) ? BLN_KV_F32 : BLN_KV_F16;
  settings->uses_mtp = weights->config.n_mtp > 0 && !options->disable_mtp;
  settings->available = bln_memory_available ();
  settings->card = *card;
  settings->repack = n_weight_bytes <= settings->available / 2;
  settings->n_context = options->n_context != 0
                        ? options->n_context
                        : choose_context (settings, weights, n_weight_bytes);
  settings->n_batch = options->n_batch != 0 ? CLAMP (options->n_batch, 1, 8192)
                                            : choose_batch (settings, weights, n_weight_bytes);
  /* A pass never has more rows than the sessions can hold together. */
  settings->n_batch = (guint) MIN (settings->n_batch,
                                   (guint64) settings->n_context * settings->n_sessions);
}

void
bln_memory_plan_fill (BlnMemoryPlan     *plan,
                      BlnEngine         *engine,
                      const BlnSettings *settings)
{
  const BlnConfig *config = &engine->weights->config;
  guint64 pair_bytes = sizeof (float) * config->n_embd + sizeof (gint32);
  guint n_logits = settings->uses_mtp ? 3 : 1;
  BlnBackendSizes sizes = { 0 };

  *plan = (BlnMemoryPlan){ 0 };
  engine->backend->klass->get_sizes (engine->backend, &sizes);
  plan->device = engine->backend->klass->get_name (engine->backend);
  plan->n_threads = settings->n_threads;
  plan->n_context = settings->n_context;
  plan->weights_mapped = sizes.mapped;
  plan->weights_repacked = sizes.repacked + engine->weights->own_bytes;
  plan->n_batch = settings->n_batch;
  plan->card_weights = sizes.card_weights;
  plan->card_activations = sizes.card_activations;
  plan->card_available = sizes.card_available;
  plan->n_blocks = config->n_blocks;
  plan->n_blocks_away = sizes.n_blocks_away;
  *(sizes.card_weights > 0 ? &plan->card_kv_cache : &plan->kv_cache)
    = (guint64) engine->layout.n_bytes * settings->n_sessions;
  plan->card_total = plan->card_weights + plan->card_kv_cache + plan->card_activations;
  plan->activations = sizes.activations +
                      (guint64) n_logits * config->n_vocab * sizeof (float) *
                      settings->n_sessions +
                      (settings->uses_mtp
                       ? bln_engine_room_for_pairs (settings->n_batch, settings->n_sessions) *
                         pair_bytes : 0);
  plan->vocabulary = bln_model_get_n_bytes (engine->model);
  plan->total = plan->weights_mapped + plan->weights_repacked + plan->kv_cache +
                plan->activations + plan->vocabulary;
  plan->available = settings->available;
  /* Mapped weights can be dropped and read again, so they need not fit. */
  plan->fits = plan->total - plan->weights_mapped <= plan->available
               && plan->card_total <= plan->card_available;
}
