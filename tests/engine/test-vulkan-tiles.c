/* Many rows at once on a Vulkan device give what the CPU gives: every type, numbers of rows that
 * fill tiles and do not, experts with many rows and with none, sequences cut at any place. With
 * matrix units factors are rounded to halves, which the tolerance allows for. */
#include "device.h"
#include "model-variants.h"
#include "quant.h"
#include "run-model.h"

#define MOST_ROWS 300
/* Of logits: sums of F32 numbers in another order, and of numbers rounded to eleven bits. */
#define TOLERANCE 2e-4
#define MATRIX_TOLERANCE 5e-3

static gint32 prompt[MOST_ROWS];
static gboolean has_device, has_matrix_units;
static gboolean is_whole; /* a software device compiles each shader for seconds: not all daily */

static void
look_for_device (void)
{
  g_autoptr (GArray) devices = bln_vk_devices (NULL);

  has_device = devices != NULL && devices->len > 0;
  is_whole = g_getenv ("BALEEN_TEST_ALL") != NULL
             || (has_device && !g_array_index (devices, BlnVkDeviceInfo, 0).is_software);
  has_matrix_units = has_device
                     && g_array_index (devices, BlnVkDeviceInfo, 0).has_cooperative_matrix
                     && g_strcmp0 (g_getenv ("BLN_VK_VARIANT"), "plain") != 0;
}

/* Rows of whole super-blocks, heads that matrix units take, more experts than a token uses. */
static FixtureModel
wide_model (const char *name)
{
  FixtureModel model = fixture_model_named (name);

  model.is_calm = TRUE;
  model.n_layers = 2;
  model.n_embedding = model.n_ff = 256;
  if (g_str_has_prefix (name, "tiny-ds"))
    {
      model.q_rank = model.kv_rank = 256;
      model.nope_dim = 32;
      model.value_dim = 64;
      model.rope_dim = 16;
    }
  if (model.n_experts > 0)
    {
      model.expert_ff = 256;
      model.n_experts = 10;
      model.n_experts_used = 3;
      model.n_groups = model.n_groups_used = 0;
    }
  return model;
}

static float *
device_logits (GgufWriter *writer,
               BlnKvType   kv_type,
               gsize       n_rows,
               gsize       chunk)
{
  const BlnEngineOptions options = { .device = "vulkan", .kv_type = kv_type,
                                     .n_context = MOST_ROWS };
  g_autoptr (RunModel) model = run_model_new (writer, &options);

  return run_model_logits (model, prompt, n_rows, chunk);
}

static void
assert_rows_agree (GgufWriter *writer,
                   GgufWriter *decoded, /* what the CPU is given */
                   BlnKvType   kv_type,
                   gsize       n_rows,
                   gsize       chunk,
                   double      tolerance)
{
  const BlnEngineOptions options = { .device = "cpu", .kv_type = kv_type,
                                     .n_context = MOST_ROWS };
  g_autofree float *logits = device_logits (writer, kv_type, n_rows, chunk);
  g_autoptr (RunModel) cpu = NULL;
  g_autofree float *expected = NULL;
  double difference;

  if (decoded == writer)
    model_dequantize (writer);
  cpu = run_model_new (decoded, &options);
  expected = run_model_logits (cpu, prompt, n_rows, 0);
  difference = relative_difference (logits, expected, n_rows * cpu->n_vocabulary);
  g_test_message ("%zu rows, relative difference %.2g", n_rows, difference);
  g_assert_cmpfloat (difference, <=, tolerance);
}

static void
test_type (gconstpointer data)
{
  const guint32 type = GPOINTER_TO_UINT (data);
  FixtureModel model = wide_model ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = NULL;

  if (!has_device)
    {
      g_test_skip ("this machine has no Vulkan device");
      return;
    }
  writer = fixture_model_build (&model);
  if (type != BLN_TYPE_F32)
    model_quantize (writer, type, BLN_TYPE_Q8_0, 11);
  assert_rows_agree (writer, writer, BLN_KV_F32, 67, 0,
                     has_matrix_units && type != BLN_TYPE_F32 ? MATRIX_TOLERANCE : TOLERANCE);
}

typedef struct
{
  const char *path, *model;
  gsize n_rows, chunk;
  gboolean is_daily;
  BlnKvType kv_type; /* AUTO: halves */
} Cut;

static const Cut cuts[] = {
  { "latent/9", "tiny-dsv2lite", 9, 0 },
  { "latent/33", "tiny-dsv2lite", 33, 0 },
  { "latent/65", "tiny-dsv2lite", 65, 0 },
  { "latent/300", "tiny-dsv2lite", 300, 0 },
  { "latent/130-by-47", "tiny-dsv2lite", 130, 47, TRUE },
  { "latent/300-by-31", "tiny-dsv2lite", 300, 31 },
  { "split-weights/65", "tiny-dsv3", 65, 0, TRUE },
  { "split-weights/129", "tiny-dsv3", 129, 0 },
  { "window/65", "tiny-gemma3", 65, 0, TRUE },
  { "window/300", "tiny-gemma3", 300, 0 },
  { "window/300-by-47", "tiny-gemma3", 300, 47 },
  { "latent-of-bytes/70-by-40", "tiny-dsv2lite", 70, 40, TRUE, BLN_KV_Q8_0 },
  { "window-of-bytes/70", "tiny-gemma3", 70, 0, TRUE, BLN_KV_Q8_0 },
  { "grouped/67", "tiny-qwen3moe", 67, 0, TRUE },
  { "grouped/300-by-65", "tiny-qwen3moe", 300, 65 },
};

/* Halves in weights and cache, which is what matrix units are for. */
static void
test_cut (gconstpointer data)
{
  const Cut *cut = data;
  FixtureModel model = wide_model (cut->model);
  g_autoptr (GgufWriter) writer = NULL;

  if (!has_device)
    {
      g_test_skip ("this machine has no Vulkan device");
      return;
    }
  writer = fixture_model_build (&model);
  model_quantize (writer, BLN_TYPE_F16, BLN_TYPE_F16, 11);
  assert_rows_agree (writer, writer,
                     cut->kv_type != BLN_KV_AUTO ? cut->kv_type : BLN_KV_F16, cut->n_rows,
                     cut->chunk, MATRIX_TOLERANCE);
}

int
main (int    argc,
      char **argv)
{
  static const guint32 types[] = {
    BLN_TYPE_F32, BLN_TYPE_F16, BLN_TYPE_BF16, BLN_TYPE_Q4_0, BLN_TYPE_Q4_1, BLN_TYPE_Q5_0,
    BLN_TYPE_Q5_1, BLN_TYPE_Q8_0, BLN_TYPE_Q2_K, BLN_TYPE_Q3_K, BLN_TYPE_Q4_K, BLN_TYPE_Q5_K,
    BLN_TYPE_Q6_K, BLN_TYPE_IQ4_NL, BLN_TYPE_IQ4_XS, BLN_TYPE_MXFP4,
  };

  g_test_init (&argc, &argv, NULL);
  look_for_device ();
  for (guint i = 0; i < MOST_ROWS; i++)
    prompt[i] = (gint32) (i * 7919 % FIXTURE_N_VOCABULARY);
  for (guint i = 0; i < G_N_ELEMENTS (types); i += is_whole ? 1 : 5)
    {
      g_autofree char *path = g_strconcat ("/vulkan/tiles/type/", bln_type_info (types[i])->name,
                                           NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (types[i]), test_type);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan/tiles/rows/", cuts[i].path, NULL);

      if (is_whole || cuts[i].is_daily)
        g_test_add_data_func (path, &cuts[i], test_cut);
    }
  return g_test_run ();
}
