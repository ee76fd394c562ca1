/* A KV cache of Q8_0 on a Vulkan device beside the same on the CPU: what is written into it, what
 * attention makes of the very same bytes, and what is left of both in the logits. */
#include <string.h>

#include "device.h"
#include "engine-private.h"
#include "fixture-shapes.h"
#include "run-model.h"
#include "vulkan-run.h"

#define N FIXTURE_N_PROMPT
/* Of logits of F32 weights, the two sides summing in different orders. */
#define TOLERANCE 2e-4

static gboolean
has_device (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) devices = bln_vk_devices (&error);

  if (devices != NULL && devices->len > 0)
    return TRUE;
  g_test_skip (error != NULL ? error->message : "this machine has no Vulkan device");
  return FALSE;
}

static void
read_tokens (RunModel   *run,
             BlnSession *session,
             gsize       n)
{
  g_autoptr (GError) error = NULL;

  bln_session_sync (session, fixture_prompt, n, NULL, &error);
  g_assert_no_error (error);
  run_model_step_all (run, &session, 1);
}

/* ---- bytes ---------------------------------------------------------------------------- */

typedef struct
{
  guint n_bytes, n_other; /* of all that were written, and of those not the same */
  int most;               /* by how much one is another */
  guint n_scales, n_other_scales;
} Bytes;

static void
compare_rows (Bytes         *bytes,
              const guint8  *a,
              const guint8  *b,
              guint32        width)
{
  for (guint32 i = 0; i < width; i++)
    {
      const int by = ABS ((int) (gint8) a[i] - (int) (gint8) b[i]);

      bytes->n_bytes++;
      bytes->n_other += by > 0;
      bytes->most = MAX (bytes->most, by);
    }
}

/* Halves of the same groups; heads are taken for one, which finds as many of them. */
static void
compare_scales (Bytes        *bytes,
                const guint8 *a,
                const guint8 *b,
                guint32       width)
{
  const gsize first = bln_kv_scales_at (width);

  for (guint32 i = 0; i < width / BLN_KV_GROUP; i++)
    {
      bytes->n_scales++;
      bytes->n_other_scales += memcmp (a + first + 2 * i, b + first + 2 * i, 2) != 0;
    }
}

/* The first n_positions of a block; both are in `data`. */
static Bytes
compare_layer (const BlnKvCache *a,
               const BlnKvCache *b,
               guint             layer,
               gsize             n_positions)
{
  const BlnKvLayer *shape = &a->layout->layers[layer];
  Bytes bytes = { 0 };

  for (gsize p = 0; p < n_positions; p++)
    {
      compare_rows (&bytes, bln_kv_cache_k (a, layer, p), bln_kv_cache_k (b, layer, p),
                    shape->k_width);
      compare_rows (&bytes, bln_kv_cache_v (a, layer, p), bln_kv_cache_v (b, layer, p),
                    shape->v_width);
      compare_scales (&bytes, bln_kv_cache_k (a, layer, p), bln_kv_cache_k (b, layer, p),
                      shape->k_width);
    }
  return bytes;
}

/* ---- promises ------------------------------------------------------------------------- */

static const BlnEngineOptions in_floats = { .device = "cpu", .kv_type = BLN_KV_F32 };
static const BlnEngineOptions in_bytes = { .device = "cpu", .kv_type = BLN_KV_Q8_0 };
static const BlnEngineOptions on_device = { .device = "vulkan", .kv_type = BLN_KV_Q8_0 };

/* How far logits go, on the CPU, when one byte of the cache is rounded the other way: the most of a
 * sample of them. */
static double
one_byte_moves (RunModel    *cpu,
                const float *expected)
{
  const gsize n = (gsize) N * cpu->n_vocabulary;
  g_autofree float *logits = g_new (float, n);
  g_autoptr (BlnSession) session = run_model_session (cpu);
  const BlnKvLayout *layout = session->cache->layout;
  double most = 0;

  run_model_record (cpu, session, logits, n / cpu->n_vocabulary);
  for (guint layer = 0; layer < layout->n_layers; layer++)
    for (gsize p = 0; p < N - 1; p += 2)
      for (guint32 i = (guint32) p % 4; i < layout->layers[layer].k_width; i += 4)
        {
          gint8 *byte;

          bln_session_sync (session, fixture_prompt, 0, NULL, NULL);
          read_tokens (cpu, session, p + 1);
          byte = (gint8 *) bln_kv_cache_k (session->cache, layer, p) + i;
          *byte = (gint8) (*byte + (*byte > 0 ? -1 : 1));
          read_tokens (cpu, session, N);
          most = MAX (most, relative_difference (logits, expected, n));
        }
  return most;
}

/* Says where caches differ, and returns in how many bytes. */
static guint
other_bytes (BlnSession *device,
             BlnSession *cpu,
             gsize       n_positions)
{
  guint n_other = 0;

  for (guint i = 0; i < cpu->cache->layout->n_layers; i++)
    {
      const Bytes bytes = compare_layer (device->cache, cpu->cache, i, n_positions);

      if (bytes.n_other + bytes.n_other_scales > 0)
        g_test_message ("block %u: %u of %u bytes are others, by %d at most, and %u of %u scales",
                        i, bytes.n_other, bytes.n_bytes, bytes.most, bytes.n_other_scales,
                        bytes.n_scales);
      n_other += bytes.n_other;
    }
  return n_other;
}

static void
fetch_rows (BlnSession *session,
            gsize       n_positions)
{
  g_autoptr (GError) error = NULL;

  bln_kv_cache_fetch (session->cache, n_positions, &error);
  g_assert_no_error (error);
}

/* Where a number stands between two bytes, the two sides may round it to either: floats that
 * differ by one part in a million do so for one byte in thousands, and where a card's matrix
 * units take the inputs of long passes as halves, for one in a hundred and fifty (an H200). One
 * byte moves the logits of a model of experts by 0.002 on average and 0.04 at most (the DeepSeek
 * V3; of a dense one by a tenth of that), and in the next block there are more of them. So: of
 * what the first block writes, which depends on nothing cached, two in a hundred are others, by
 * one; and logits go no further than two bytes at their worst can move them. */
static void
test_writes (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) exact = run_model_new (writer, &in_floats);
  g_autoptr (RunModel) cpu = run_model_new (writer, &in_bytes);
  g_autoptr (RunModel) device = NULL;
  g_autoptr (BlnSession) there = NULL;
  g_autoptr (BlnSession) here = run_model_session (cpu);
  const gsize n = (gsize) N * exact->n_vocabulary;
  g_autofree float *truth = run_model_logits (exact, fixture_prompt, N, 0);
  g_autofree float *expected = run_model_logits (cpu, fixture_prompt, N, 0);
  const double rounding = relative_difference (expected, truth, n);
  const double one = one_byte_moves (cpu, expected);
  Bytes first;

  g_test_message ("all bytes together move logits by %.2g, one by %.2g at most", rounding, one);
  g_assert_cmpfloat (rounding, <=, 0.1);
  g_assert_cmpfloat (rounding, >, 1e-5);
  if (!has_device ())
    return;
  device = run_model_new (writer, &on_device);
  there = run_model_session (device);
  read_tokens (device, there, N);
  read_tokens (cpu, here, N);
  fetch_rows (there, N);
  other_bytes (there, here, N);
  first = compare_layer (there->cache, here->cache, 0, N);
  g_assert_cmpuint (first.n_bytes, >, 0);
  g_assert_cmpuint (first.n_other, <=, first.n_bytes / 50);
  g_assert_cmpuint (first.n_other_scales, <=, first.n_scales / 10);
  g_assert_cmpint (first.most, <=, 1);
  for (gsize chunk = 0; chunk <= 7; chunk += 7)
    {
      g_autofree float *logits = run_model_logits (device, fixture_prompt, N, chunk);
      const double difference = relative_difference (logits, expected, n);

      g_test_message ("the device differs by %.2g", difference);
      g_assert_cmpfloat (difference, <=, MAX (TOLERANCE, 2 * one));
    }
}

/* The next token behind n_given of the CPU's rows, on both. Returns how far its logits are
 * apart. */
static double
read_behind (RunModel *cpu,
             RunModel *device,
             gsize     n_given,
             gboolean *is_exact) /* of the row that each wrote */
{
  g_autoptr (BlnSession) there = run_model_session (device);
  g_autoptr (BlnSession) here = run_model_session (cpu);
  g_autoptr (GError) error = NULL;

  read_tokens (cpu, here, n_given);
  read_tokens (device, there, n_given);
  memcpy (there->cache->data, here->cache->data, here->cache->layout->n_bytes);
  bln_kv_cache_push (there->cache, n_given, &error);
  g_assert_no_error (error);
  read_tokens (cpu, here, n_given + 1);
  read_tokens (device, there, n_given + 1);
  fetch_rows (there, n_given + 1);
  *is_exact = other_bytes (there, here, n_given + 1) == 0;
  return relative_difference (bln_session_get_logits (there), bln_session_get_logits (here),
                              cpu->n_vocabulary);
}

/* Given the CPU's bytes, the device makes of them what the CPU does: exactly, but where it rounds a
 * byte of its own row the other way, which then counts for one. A software device, whose floats are
 * the CPU's but for the order of sums, does so for three rows of five at most. */
static void
test_reads (gconstpointer name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) cpu = NULL;
  g_autoptr (RunModel) device = NULL;
  g_autofree float *expected = NULL;
  guint n_exact = 0;
  double one;

  if (!has_device ())
    return;
  cpu = run_model_new (writer, &in_bytes);
  device = run_model_new (writer, &on_device);
  expected = run_model_logits (cpu, fixture_prompt, N, 0);
  one = one_byte_moves (cpu, expected);
  for (gsize n_given = 2; n_given < N; n_given += 2)
    {
      gboolean is_exact;
      const double difference = read_behind (cpu, device, n_given, &is_exact);

      g_test_message ("behind %" G_GSIZE_FORMAT " given: %.2g", n_given, difference);
      n_exact += is_exact;
      g_assert_cmpfloat (difference, <=, is_exact ? TOLERANCE : MAX (TOLERANCE, 2 * one));
    }
  if (((const BlnVkBackend *) device->engine->backend)->device->info.is_software)
    g_assert_cmpuint (n_exact, >=, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *writes = g_strconcat ("/vulkan/bytes/writes-what-the-cpu-writes/",
                                             fixture_model_names[i], NULL);
      g_autofree char *reads = g_strconcat ("/vulkan/bytes/reads-what-is-there/",
                                            fixture_model_names[i], NULL);

      g_test_add_data_func (writes, fixture_model_names[i], test_writes);
      g_test_add_data_func (reads, fixture_model_names[i], test_reads);
    }
  return g_test_run ();
}
