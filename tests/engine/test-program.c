/* What is settled before anything runs: configs, angles, routes, recorded and planned
 * programs. */
#include "fixture-models.h"
#include "model.h"
#include "record.h"
#include "rope.h"
#include "route.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A made model as a file, opened. */
typedef struct
{
  char *folder, *path;
  BlnModel *model;
} Opened;

static Opened
open_writer (GgufWriter *writer,
             GError    **error)
{
  Opened opened = { g_dir_make_tmp ("baleen-test-XXXXXX", NULL) };

  opened.path = g_build_filename (opened.folder, "model.gguf", NULL);
  gguf_writer_write (writer, opened.path);
  opened.model = bln_model_open (opened.path, error);
  return opened;
}

static void
opened_clear (Opened *opened)
{
  g_clear_pointer (&opened->model, bln_model_unref);
  g_remove (opened->path);
  g_rmdir (opened->folder);
  g_free (opened->path);
  g_free (opened->folder);
}

static BlnWeights *
weights_of (Opened *opened)
{
  g_autoptr (GError) error = NULL;
  BlnWeights *weights = bln_weights_new (bln_model_get_gguf (opened->model), &error);

  g_assert_no_error (error);
  return weights;
}

static Opened
open_named (const char *name)
{
  FixtureModel shape = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);
  g_autoptr (GError) error = NULL;
  Opened opened = open_writer (writer, &error);

  g_assert_no_error (error);
  return opened;
}

/* ---- angles -------------------------------------------------------------------------- */

static const BlnRope yarn = {
  .n_rot = 64, .base = 10000, .factor = 40, .is_yarn = TRUE, .original_context = 4096,
  .ext_factor = 1, .beta_fast = 32, .beta_slow = 1, .magnitude = 1,
};

/* DeepSeek-V2 and V3, from the reference code. */
static void
test_yarn (void)
{
  static const struct { guint i; double frequency, cos, sin; } expected[] = {
    { 0, 1, 0.562379, 0.826880 },
    { 2, 0.562341325, -0.999993, 0.003760 },
    { 10, 0.0562341325, 0.950940, -0.309375 },
    { 11, 0.0390069266, 0.259961, 0.965619 },
    { 16, 0.0055, 0.708670, -0.705540 },
    { 22, 0.000177827941, 0.984230, 0.176892 },
    { 23, 3.33380358e-05, 0.999444, 0.033332 },
    { 31, 3.33380358e-06, 0.999994, 0.003334 },
  };
  float frequencies[32], angles[64];

  bln_rope_frequencies (&yarn, NULL, frequencies);
  bln_rope_angles (&yarn, frequencies, 1000, angles);
  for (guint k = 0; k < G_N_ELEMENTS (expected); k++)
    {
      guint i = expected[k].i;

      g_assert_cmpfloat_with_epsilon (frequencies[i] / expected[k].frequency, 1, 1e-6);
      g_assert_cmpfloat_with_epsilon (angles[i], expected[k].cos, 1e-4);
      g_assert_cmpfloat_with_epsilon (angles[32 + i], expected[k].sin, 1e-4);
    }
}

/* Kimi-K2 stores beta_fast 1: both corrections fall together. */
static void
test_yarn_equal_betas (void)
{
  BlnRope rope = yarn;
  float frequencies[32];

  rope.base = 50000;
  rope.factor = 32;
  rope.beta_fast = 1;
  bln_rope_frequencies (&rope, NULL, frequencies);
  g_assert_cmpfloat_with_epsilon (frequencies[10] / 0.0340072782, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (frequencies[20] / 3.61404677e-05, 1, 1e-6);
}

static void
test_linear_and_factors (void)
{
  BlnRope rope = { .n_rot = 4, .base = 10000, .factor = 8, .magnitude = 1 };
  const float factors[2] = { 1, 4 };
  float frequencies[2];

  bln_rope_frequencies (&rope, factors, frequencies);
  g_assert_cmpfloat_with_epsilon (frequencies[0], 1 / 8.0, 1e-7);
  g_assert_cmpfloat_with_epsilon (frequencies[1], 0.01 / 4 / 8, 1e-9);
}

/* The softmax scale takes YaRN's magnitude squared in latent attention: V2-Lite's factor and
 * multiplier over keys of 24 values. */
static void
test_yarn_scale (void)
{
  Opened opened = open_named ("tiny-dsv2lite");
  g_autoptr (BlnWeights) weights = weights_of (&opened);

  g_assert_cmpfloat_with_epsilon (weights->config.attention_scale,
                                  1.2608038 * 1.2608038 / sqrt (24), 1e-6);
  g_assert_cmpfloat (weights->config.rope.magnitude, ==, 1);
  opened_clear (&opened);
}

/* ---- routes -------------------------------------------------------------------------- */

static const float route_logits[16] = {
  2, -1, 0.5, 0, 1.2, 1.1, 1, 0.9, -2, 3, -2.5, -3, 0.2, 0.1, 1.6, 0.3,
};
static const float route_bias[16] = {
  0, 0.05, 0, 0.1, 0.02, 0, 0.03, 0, 0, -0.2, 0, 0, 0.15, 0, 0, 0.05,
};

static void
assert_route (const BlnRouting *routing,
              const float      *bias,
              const guint      *experts,
              const double     *weights)
{
  float logits[16], scratch[16], choice[8];

  memcpy (logits, route_logits, sizeof logits);
  bln_route (routing, logits, bias, scratch, choice);
  for (guint k = 0; k < routing->n_used; k++)
    {
      g_assert_cmpfloat (choice[k], ==, experts[k]);
      if (weights != NULL)
        g_assert_cmpfloat_with_epsilon (choice[routing->n_used + k], weights[k], 1e-5);
    }
}

static BlnRouting
v3_routing (void)
{
  return (BlnRouting) {
    .n_experts = 16, .n_used = 4, .n_groups = 4, .n_groups_used = 2,
    .gating = BLN_GATING_SIGMOID, .groups_by_two = TRUE, .normalise = TRUE, .scale = 2.5f,
  };
}

/* The bias moves the choice and no weight; groups are judged by their two best. */
static void
test_route_groups (void)
{
  BlnRouting routing = v3_routing ();

  assert_route (&routing, route_bias, (guint[]) { 4, 5, 6, 14 },
                (double[]) { 0.623426, 0.608609, 0.593033, 0.674932 });
}

/* By its best expert alone, group 0 comes in place of group 1. */
static void
test_route_max_groups (void)
{
  BlnRouting routing = v3_routing ();

  routing.groups_by_two = FALSE;
  assert_route (&routing, route_bias, (guint[]) { 0, 12, 14, 2 + 13 }, NULL);
}

static void
test_route_ties (void)
{
  BlnRouting routing = { .n_experts = 4, .n_used = 2, .n_groups = 1, .scale = 1,
                         .gating = BLN_GATING_SOFTMAX, .normalise = TRUE };
  float logits[4] = { 1, 2, 2, 2 }, scratch[4], choice[4];

  bln_route (&routing, logits, NULL, scratch, choice);
  g_assert_cmpfloat (choice[0], ==, 1);
  g_assert_cmpfloat (choice[1], ==, 2);
  g_assert_cmpfloat_with_epsilon (choice[2], 0.5, 1e-6);
}

/* Numbers that are none still choose experts that exist, each once. */
static void
test_route_nan (void)
{
  BlnRouting routing = v3_routing ();
  float logits[16], scratch[16], choice[8];

  for (guint i = 0; i < 16; i++)
    logits[i] = NAN;
  bln_route (&routing, logits, route_bias, scratch, choice);
  for (guint k = 0; k < 4; k++)
    {
      g_assert_cmpfloat (choice[k], >=, 0);
      g_assert_cmpfloat (choice[k], <, 16);
      g_assert_true (k == 0 || choice[k] > choice[k - 1]);
    }
}

/* ---- programs ------------------------------------------------------------------------ */

static void
assert_n_ops (const char *name,
              int         block,
              guint       n)
{
  Opened opened = open_named (name);
  g_autoptr (BlnWeights) weights = weights_of (&opened);
  g_autoptr (BlnProgram) program = bln_arch_record (weights, FALSE);
  guint found = 0;

  for (guint i = 0; i < program->ops->len; i++)
    found += g_array_index (program->ops, BlnOp, i).layer == block ? 1 : 0;
  g_assert_cmpuint (found, ==, n);
  opened_clear (&opened);
}

/* Each op is a barrier, so their number is a promise. */
static void
test_few_ops (void)
{
  assert_n_ops ("tiny-dsv2lite", 0, 5); /* q+kv, attention, output, gate+up, down */
  assert_n_ops ("tiny-dsv2lite", 1, 5); /* the same with experts */
  assert_n_ops ("tiny-dsv3", 1, 6);     /* queries in two steps */
  assert_n_ops ("tiny-llama", 0, 5);
  assert_n_ops ("tiny-qwen3moe", 0, 5);
  assert_n_ops ("tiny-gemma3", 0, 7);   /* norms after each half */
}


/* Fusing must lose no matrix, and use none twice. */
static void
test_every_weight (gconstpointer name)
{
  Opened opened = open_named (name);
  g_autoptr (BlnWeights) weights = weights_of (&opened);
  g_autoptr (BlnProgram) program = bln_arch_record (weights, FALSE);
  g_autofree char *text = bln_program_print (program, 1);

  for (guint i = 0; i < weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (weights->all, i);
      g_autofree char *word = g_strdup_printf (" %s ", weight->tensor->name);
      const char *found = strstr (text, word);
      gboolean is_tied = weight == weights->token_embd && weights->output == weight;

      if (weight == weights->rope_freqs)
        continue;
      if (found == NULL)
        g_error ("%s is in no op:\n%s", weight->tensor->name, text);
      if (!is_tied && !weight->is_vector && strstr (found + 1, word) != NULL)
        g_error ("%s is used twice:\n%s", weight->tensor->name, text);
    }
  opened_clear (&opened);
}

/* No two values that live at once share a place. */
static void
test_places (gconstpointer name)
{
  Opened opened = open_named (name);
  g_autoptr (BlnWeights) weights = weights_of (&opened);
  g_autoptr (BlnProgram) program = bln_arch_record (weights, TRUE);
  guint64 sum = 0;

  for (guint i = 0; i < program->values->len; i++)
    {
      const BlnValueInfo *a = &g_array_index (program->values, BlnValueInfo, i);

      if (a->first == G_MAXUINT)
        continue;
      sum += a->width;
      g_assert_cmpuint (a->offset + a->width, <=, program->row_floats);
      for (guint j = 0; j < i; j++)
        {
          const BlnValueInfo *b = &g_array_index (program->values, BlnValueInfo, j);

          if (b->first == G_MAXUINT || a->last < b->first || b->last < a->first)
            continue;
          g_assert_true (a->offset + a->width <= b->offset || b->offset + b->width <= a->offset);
        }
    }
  g_assert_cmpuint (program->row_floats, <, sum / 2);
  opened_clear (&opened);
}

/* ---- checks -------------------------------------------------------------------------- */

/* Some contradictions are found when a file is opened, all others by the check; nothing gets
 * as far as an engine. */
static void
assert_refused (GgufWriter *writer,
                int         code,
                const char *part_of_message)
{
  g_autoptr (GError) error = NULL;
  Opened opened = open_writer (writer, &error);

  if (opened.model != NULL)
    g_assert_false (bln_model_check (opened.model, &error));
  g_assert_error (error, BLN_ERROR, code);
  if (strstr (error->message, part_of_message) == NULL)
    g_error ("“%s” lacks “%s”", error->message, part_of_message);
  g_clear_error (&error);
  if (opened.model != NULL)
    {
      g_assert_null (bln_engine_new (opened.model, NULL, &error));
      g_assert_error (error, BLN_ERROR, code);
    }
  opened_clear (&opened);
}

static void
test_missing_tensor (void)
{
  FixtureModel shape = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);

  gguf_writer_remove_tensor (writer, "blk.1.ffn_down_exps.weight");
  assert_refused (writer, BLN_ERROR_DAMAGED, "blk.1.ffn_down_exps.weight");
}

static void
test_misshapen_tensor (void)
{
  FixtureModel shape = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);
  GgufTensor *tensor = gguf_writer_find_tensor (writer, "blk.2.attn_k.weight");

  tensor->ne[0] /= 2;
  tensor->ne[1] *= 2;
  assert_refused (writer, BLN_ERROR_DAMAGED, "blk.2.attn_k.weight");
}

static void
test_unknown_architecture (void)
{
  FixtureModel shape = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);

  gguf_writer_set_string (writer, "general.architecture", "mamba");
  assert_refused (writer, BLN_ERROR_UNSUPPORTED, "deepseek2");
}

/* Each key with a value that contradicts the rest or itself. */
static void
test_wrong_keys (void)
{
  static const struct { const char *key; guint32 value; } wrong[] = {
    { "deepseek2.block_count", 0 }, { "deepseek2.block_count", 1000000 },
    { "deepseek2.attention.head_count", 0 }, { "deepseek2.expert_used_count", 9 },
    { "deepseek2.expert_group_count", 3 }, { "deepseek2.expert_group_used_count", 5 },
    { "deepseek2.embedding_length", 0 }, { "deepseek2.context_length", 0 },
    { "deepseek2.rope.dimension_count", 7 }, { "deepseek2.attention.kv_lora_rank", 0 },
    { "deepseek2.nextn_predict_layers", 3 }, { "deepseek2.attention.head_count_kv", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      FixtureModel shape = fixture_model_named ("tiny-dsv3");
      g_autoptr (GgufWriter) writer = fixture_model_build (&shape);

      g_test_message ("%s = %u", wrong[i].key, wrong[i].value);
      gguf_writer_set_u32 (writer, wrong[i].key, wrong[i].value);
      assert_refused (writer, BLN_ERROR_DAMAGED, "");
    }
}

static void
test_half_of_mla (void)
{
  FixtureModel shape = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&shape);

  gguf_writer_remove (writer, "deepseek2.attention.value_length_mla");
  assert_refused (writer, BLN_ERROR_DAMAGED, "key_length_mla");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rope/yarn", test_yarn);
  g_test_add_func ("/rope/yarn-with-equal-betas", test_yarn_equal_betas);
  g_test_add_func ("/rope/linear-and-factors", test_linear_and_factors);
  g_test_add_func ("/rope/yarn-scale-of-latent-attention", test_yarn_scale);
  g_test_add_func ("/route/groups-by-their-two-best", test_route_groups);
  g_test_add_func ("/route/groups-by-their-best", test_route_max_groups);
  g_test_add_func ("/route/ties-go-to-the-lower-number", test_route_ties);
  g_test_add_func ("/route/not-a-number", test_route_nan);
  g_test_add_func ("/program/few-ops-a-block", test_few_ops);
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *weights = g_strconcat ("/program/every-weight-once/",
                                              fixture_model_names[i], NULL);
      g_autofree char *places = g_strconcat ("/program/living-values-lie-apart/",
                                             fixture_model_names[i], NULL);

      g_test_add_data_func (weights, fixture_model_names[i], test_every_weight);
      g_test_add_data_func (places, fixture_model_names[i], test_places);
    }
  g_test_add_func ("/check/missing-tensor-is-named", test_missing_tensor);
  g_test_add_func ("/check/misshapen-tensor-is-named", test_misshapen_tensor);
  g_test_add_func ("/check/unknown-architecture-is-named", test_unknown_architecture);
  g_test_add_func ("/check/wrong-keys", test_wrong_keys);
  g_test_add_func ("/check/half-of-latent-lengths", test_half_of_mla);
  return g_test_run ();
}
