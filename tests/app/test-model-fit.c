/* What is said of a model before it is loaded: made-up devices are not needed, since a model can
 * be made too large for any. */
#include "device-speed.h"
#include "model-fit-engine.h"
#include "model-library.h"

#include <math.h>

/* In the shape of DeepSeek-V2-Lite. */
static const BaleenModelShape lite = {
  .n_parameters = 15706484224, .n_active_parameters = 2400000000, .n_experts = 64,
  .n_experts_used = 6, .n_layers = 27, .n_kv_width = 576, .n_embedding = 2048,
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
  g_test_add_func ("/fit/spoilt-memory-is-no-harm", test_spoilt_memory_is_no_harm);

  return g_test_run ();
}
