/* What is said of a model before it is loaded: made-up devices are not needed, since a model can
 * be made too large for any. */
#include "device-speed.h"
#include "model-fit-engine.h"
#include "model-library.h"
#include "speed-prediction.h"

#include <math.h>

/* In the shape of DeepSeek-V2-Lite. */
static const BaleenModelShape lite = {
  .n_parameters = 15706484224, .n_active_parameters = 2400000000, .n_experts = 64,
  .n_experts_used = 6, .n_layers = 27, .n_kv_width = 576, .n_attention_width = 16 * 1088,
  .n_embedding = 2048,
  .n_vocabulary = 102400, .n_context = 163840,
};

static BaleenFit *
fit_shape (guint64 n_bytes,
           guint   n_context)
{
  g_autoptr (GError) error = NULL;
  const BaleenModelSetup setup = { .n_context = n_context };
  BaleenFit *fit = baleen_fit_new_for_shape (&lite, n_bytes, "cpu", &setup, &error);

  g_assert_no_error (error);
  return fit;
}

static void
test_file_has_the_engines_plan (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baleen_model_library_resolve (NULL, &error);
  g_autoptr (BlnModel) model = bln_model_open (path, &error);
  const BlnEngineOptions options = { .device = "cpu", .n_context = 2048 };
  const BaleenModelSetup setup = { .n_context = 2048 };
  g_autoptr (BaleenFit) fit = baleen_fit_new_for_file (path, "cpu", &setup, &error);
  g_autoptr (BlnEngine) engine = bln_engine_new (model, &options, &error);
  const BlnMemoryPlan *plan;

  g_assert_no_error (error);
  plan = bln_engine_get_plan (engine);
  g_assert_cmpint (fit->verdict, ==, BALEEN_FIT_PROCESSOR);
  g_assert_true (fit->is_exact);
  g_assert_cmpuint (fit->n_context, ==, 2048);
  g_assert_cmpuint (fit->needed, ==, plan->total);
  g_assert_cmpuint (fit->weights + fit->kv_cache + fit->working_space, ==, plan->total);
  g_assert_cmpfloat (fit->tokens_per_second, >, fit->tokens_per_second_full);
  g_assert_cmpfloat (fit->tokens_per_second_full, >, 0);
}

static void
test_unreadable_file_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (baleen_fit_new_for_file ("/no/such/file.gguf", "cpu", NULL, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (baleen_fit_new_for_shape (&lite, 0, "abacus", NULL, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DEVICE);
}

/* Twice the machine's memory never fits; the sentence names what would. */
static void
test_sentence_names_what_would_fit (void)
{
  g_autoptr (BlnDevice) device = bln_device_find ("cpu", NULL);
  g_autoptr (BaleenFit) fit = fit_shape (device->memory * 2, 4096);
  g_autofree char *sentence = baleen_fit_describe (fit, "Q4_K_M", 8900000000);

  g_assert_cmpint (fit->verdict, ==, BALEEN_FIT_NOWHERE);
  g_assert_true (g_str_has_prefix (sentence, "Needs "));
  g_assert_true (g_str_has_suffix (sentence, "is free. Q4_K_M (8.9\302\240GB) would fit."));
  g_assert_false (baleen_fit_would_fit (fit, device->memory));
  g_assert_true (baleen_fit_would_fit (fit, 1000));
  g_assert_cmpfloat (fit->tokens_per_second, ==, 0);
}

static void
test_too_long_context_names_a_shorter_one (void)
{
  g_autoptr (BlnDevice) device = bln_device_find ("cpu", NULL);
  const guint n_context = (guint) (device->memory / (576 * 27 * 2) * 2);
  g_autoptr (BaleenFit) fit = fit_shape (1000000, n_context);
  g_autofree char *sentence = baleen_fit_describe (fit, NULL, 0);
  g_autofree char *end = g_strdup_printf ("A context of %u would fit.", fit->n_fitting_context);
  g_autoptr (BaleenFit) shorter = NULL;

  g_assert_cmpint (fit->verdict, ==, BALEEN_FIT_NOWHERE);
  g_assert_cmpuint (fit->n_fitting_context, >, 0);
  g_assert_true (g_str_has_suffix (sentence, end));
  /* Memory moves while the test runs. */
  shorter = fit_shape (1000000, fit->n_fitting_context * 9 / 10);
  g_assert_cmpint (shorter->verdict, ==, BALEEN_FIT_PROCESSOR);
}

static void
test_answers_correct_the_speed (void)
{
  g_autoptr (BlnDevice) device = bln_device_find ("cpu", NULL);
  double foreseen;
  gboolean is_learned;

  g_assert_cmpfloat (baleen_device_speed_get_factor (device, "a", 1e6, 0, &foreseen, &is_learned), ==, 1);
  g_assert_false (is_learned);
  for (guint i = 0; i < 30; i++)
    baleen_device_speed_note (device, "a", 1e6, 0, 2);
  baleen_device_speed_note (device, "b", 1e9, 0, 8);
  g_assert_cmpfloat (fabs (baleen_device_speed_get_factor (device, "a", 1e6, 0, &foreseen, &is_learned) - 2),
                     <, 1e-6);
  g_assert_true (is_learned);
  /* Of a model that was never heard those count most that are like it. */
  g_assert_cmpfloat (baleen_device_speed_get_factor (device, "c", 2e6, 0, &foreseen, &is_learned), <, 2.2);
  g_assert_false (is_learned);
  g_assert_cmpfloat (baleen_device_speed_get_factor (device, "c", 5e8, 0, &foreseen, &is_learned), >, 6);
}

/* Attention takes its share where conversations are long. */
static void
test_depth_counts (void)
{
  g_autoptr (BlnDevice) device = bln_device_find ("cpu", NULL);
  double foreseen;
  gboolean is_learned;

  baleen_device_speed_note (device, "a", 1e6, 100, 2);
  baleen_device_speed_note (device, "a", 1e6, 4100, 6);
  g_assert_cmpfloat (fabs (baleen_device_speed_get_factor (device, "a", 1e6, 2100, &foreseen, &is_learned)
                           - 4), <, 1e-6);
  g_assert_cmpfloat (fabs (baleen_device_speed_get_factor (device, "a", 1e6, 9999, &foreseen, &is_learned)
                           - 6), <, 1e-6);
}

/* Devices that read and multiply so many a second, as if they had been measured. */
static void
keep_made_up_devices (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "baleen", NULL);
  g_autofree char *path = g_build_filename (folder, "speeds.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path,
                                      "{ \"devices\": {"
                                      "  \"abacus · \": { \"bytes\": 1e9, \"products\": 1e9 },"
                                      "  \"card · \": { \"bytes\": 1e9, \"products\": 0 } } }",
                                      -1, NULL));
}

/* Weights take a tenth of a second, and so does what 1000 positions are multiplied with. */
static const BaleenTokenCost slow_attention = {
  .dense_bytes = 1e8, .kv_bytes = 1e4, .kv_products = 1e5, .n_layers = 2,
};

static double
predict_on (BlnDevice             *device,
            const BaleenTokenCost *cost,
            double                 n_cached)
{
  const BaleenSpeedPlace place = { device, NULL, 2, 0 };
  double foreseen;
  gboolean is_learned;

  return baleen_speed_predict (cost, &place, "m", n_cached, &foreseen, &is_learned);
}

#define assert_about(value, expected) g_assert_cmpfloat_with_epsilon (value, expected, 1e-6)

static void
test_attention_is_what_it_multiplies (void)
{
  BlnDevice abacus = { .name = (char *) "abacus", .n_threads = 1 };
  BlnDevice card = { .name = (char *) "card" };
  BaleenTokenCost cost = slow_attention;

  keep_made_up_devices ();
  assert_about (predict_on (&abacus, &cost, 0), 10);
  assert_about (predict_on (&abacus, &cost, 1000), 5);
  /* A card waits for bytes alone. */
  assert_about (predict_on (&card, &cost, 1000), 1 / (0.1 + 0.01));
  cost.kv_bytes = 2e5;
  assert_about (predict_on (&abacus, &cost, 1000), 1 / (0.1 + 0.2));
  /* Half of the layers see no further than 100 positions. */
  cost = slow_attention;
  cost.local_share = 0.5;
  cost.n_window = 100;
  assert_about (predict_on (&abacus, &cost, 1000), 1 / (0.1 + 0.055));
}

/* Slower by half than was measured: a processor in all it does, a card in what it does for each
 * layer, however long the conversation. */
static void
test_slow_cards_are_slow_at_any_depth (void)
{
  BlnDevice abacus = { .name = (char *) "abacus", .n_threads = 1 };
  BlnDevice card = { .name = (char *) "card" };

  keep_made_up_devices ();
  baleen_device_speed_note (&abacus, "m", 1e8, 1, 2);
  baleen_device_speed_note (&card, "m", 1e8, 1, 2);
  assert_about (predict_on (&abacus, &slow_attention, 1000), 1 / (0.2 + 0.2));
  assert_about (predict_on (&card, &slow_attention, 1000), 1 / (0.2 + 0.01));
}

static void
test_files_tell_their_attention (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baleen_model_library_resolve (NULL, &error);
  g_autoptr (BlnModel) model = bln_model_open (path, &error);
  BlnAttentionCost cost;

  g_assert_no_error (error);
  g_assert_true (bln_model_get_attention_cost (model, &cost, &error));
  /* Krill: 30 layers of 9 heads over latents of 192 with 32 that are rotated. */
  g_assert_cmpuint (cost.n_products, ==, 30 * 9 * (2 * 192 + 32));
  g_assert_cmpfloat (cost.local_share, ==, 0);
}

static void
test_spoilt_memory_is_no_harm (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "baleen", "speeds.json",
                                            NULL);
  static const char *const spoilt[] = {
    "", "[]", "{ \"devices\": 3, \"answers\": [] }", "{ \"answers\": { \"x\": 3 } }", "{",
  };
  g_autoptr (BlnDevice) device = bln_device_find ("cpu", NULL);
  double foreseen;
  gboolean is_learned;

  baleen_device_speed_note (device, "a", 1e6, 0, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_assert_true (g_file_set_contents (path, spoilt[i], -1, NULL));
      g_assert_cmpfloat (baleen_device_speed_get_factor (device, "a", 1e6, 0, &foreseen, &is_learned), ==, 1);
      baleen_device_speed_note (device, "a", 1e6, 0, 3);
      g_assert_cmpfloat (fabs (baleen_device_speed_get_factor (device, "a", 1e6, 0, &foreseen, &is_learned)
                               - 3), <, 1e-6);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/fit/file-has-the-engines-plan", test_file_has_the_engines_plan);
  g_test_add_func ("/fit/unreadable-file-is-an-error", test_unreadable_file_is_an_error);
  g_test_add_func ("/fit/sentence-names-what-would-fit", test_sentence_names_what_would_fit);
  g_test_add_func ("/fit/too-long-context-names-a-shorter-one",
                   test_too_long_context_names_a_shorter_one);
  g_test_add_func ("/fit/answers-correct-the-speed", test_answers_correct_the_speed);
  g_test_add_func ("/fit/depth-counts", test_depth_counts);
  g_test_add_func ("/fit/attention-is-what-it-multiplies", test_attention_is_what_it_multiplies);
  g_test_add_func ("/fit/slow-cards-are-slow-at-any-depth", test_slow_cards_are_slow_at_any_depth);
  g_test_add_func ("/fit/files-tell-their-attention", test_files_tell_their_attention);
  g_test_add_func ("/fit/spoilt-memory-is-no-harm", test_spoilt_memory_is_no_harm);

  return g_test_run ();
}
