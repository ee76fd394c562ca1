/* How a model is run, as it is remembered: its adapter, which is named on the command line too, its
 * context and its KV memory. */
#include "baleen-backend.h"
#include "fixture-models.h"
#include "lora-adapter.h"
#include "model-fit.h"
#include "model-setup.h"
#include "run-program.h"

#include <glib/gstdio.h>
#include <string.h>

#define RUN(input, ...) program_run (input, (const char *const[]) { __VA_ARGS__, NULL })

static char *folder, *base, *other, *adapter;

static char *
write_file (GgufWriter *writer,
            const char *base_name)
{
  char *path = g_build_filename (folder, base_name, NULL);

  gguf_writer_write (writer, path);
  return path;
}

static void
write_files (void)
{
  FixtureModel llama = fixture_model_named ("tiny-llama"), qwen = fixture_model_named ("tiny-qwen2");
  g_autoptr (GgufWriter) of_llama = fixture_model_build (&llama);
  g_autoptr (GgufWriter) of_qwen = fixture_model_build (&qwen);
  g_autoptr (GgufWriter) of_adapter = lora_adapter_new (of_llama, "attn", 4, 8, 1);

  gguf_writer_set_string (of_adapter, "general.architecture", "llama");
  folder = g_dir_make_tmp ("adapter-XXXXXX", NULL);
  base = write_file (of_llama, "base.gguf");
  other = write_file (of_qwen, "other.gguf");
  adapter = write_file (of_adapter, "adapter.gguf");
}

static void
remove_files (void)
{
  g_unlink (base);
  g_unlink (other);
  g_unlink (adapter);
  g_rmdir (folder);
}

static void
test_changes_what_is_computed (void)
{
  g_auto (Outcome) without = RUN (NULL, "logits", "--tokens", "1,2", "--model", base);
  g_auto (Outcome) with = RUN (NULL, "logits", "--tokens", "1,2", "--model", base, "--adapter",
                               adapter);

  g_assert_cmpint (without.status, ==, 0);
  g_assert_cmpint (with.status, ==, 0);
  g_assert_cmpstr (with.out, !=, without.out);
}

static void
test_is_named (void)
{
  g_auto (Outcome) beside = RUN (NULL, "inspect", base, "--adapter", adapter);
  g_auto (Outcome) alone = RUN (NULL, "inspect", adapter);
  g_auto (Outcome) json = RUN (NULL, "inspect", base, "--adapter", adapter, "--json");

  g_assert_cmpint (beside.status, ==, 0);
  g_assert_nonnull (strstr (beside.out, "Test adapter"));
  g_assert_cmpint (alone.status, ==, 0);
  g_assert_nonnull (strstr (alone.out, "is an adapter"));
  g_assert_nonnull (strstr (alone.out, "rank 4"));
  g_assert_nonnull (strstr (json.out, "\"adapter\""));
}

static void
test_wrong_base_is_refused (void)
{
  g_auto (Outcome) wrong = RUN (NULL, "logits", "--tokens", "1", "--model", other, "--adapter",
                                adapter);
  g_auto (Outcome) no_adapter = RUN (NULL, "logits", "--tokens", "1", "--model", base,
                                     "--adapter", other);

  assert_refused (&wrong, 1, "llama");
  assert_refused (&no_adapter, 1, "no adapter");
}

static gboolean
set_adapter (const char *model,
             const char *path,
             GError    **error)
{
  const BaleenModelSetup setup = { .adapter = (char *) path };

  return baleen_model_setup_save (&setup, model, error);
}

static char *
get_adapter (const char *model)
{
  BaleenModelSetup setup;

  baleen_model_setup_load (&setup, model);
  return setup.adapter;
}

static void
test_is_remembered (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *none = get_adapter (base), *kept = NULL, *words = NULL;

  g_assert_null (none);
  g_assert_true (set_adapter (base, adapter, &error));
  kept = get_adapter (base);
  g_assert_cmpstr (kept, ==, adapter);
  words = baleen_model_setup_describe_adapter (adapter, &error);
  g_assert_cmpstr (words, ==, "Test adapter · rank 4");
  g_assert_true (baleen_model_setup_is_adapter (adapter));
  g_assert_false (baleen_model_setup_is_adapter (base));
  /* What is refused changes nothing. */
  g_assert_false (set_adapter (base, other, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (set_adapter (other, adapter, &error));
  g_assert_nonnull (error);
  g_free (kept);
  kept = get_adapter (base);
  g_assert_cmpstr (kept, ==, adapter);
  g_assert_true (set_adapter (base, NULL, NULL));
  g_assert_null (get_adapter (base));
}

static void
quiet_loaded (double   fraction,
              gpointer user_data)
{
}

static void
quiet_news (BaleenDeviceNews news,
            const char      *sentence,
            gpointer         user_data)
{
}

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

/* What the window loads; its facts are the caller's. */
static gpointer
open_model (BaleenModelFacts *facts,
            GError          **error)
{
  static const BaleenDeviceListener listener = { quiet_loaded, quiet_news, never, NULL };

  return baleen_local_backend_get ()->open (base, "cpu", &listener, facts, error);
}

static void
test_context_is_what_was_chosen (void)
{
  const BaleenModelSetup chosen = { .n_context = 96, .kv_memory = BALEEN_KV_SMALL };
  const BaleenModelSetup none = { 0 };
  g_auto (BaleenModelSetup) kept = { 0 };
  g_autoptr (GError) error = NULL;
  BaleenModelFacts facts = { 0 };
  gpointer model;

  g_assert_true (baleen_model_setup_save (&chosen, base, &error));
  baleen_model_setup_load (&kept, base);
  g_assert_cmpuint (kept.n_context, ==, 96);
  g_assert_cmpint (kept.kv_memory, ==, BALEEN_KV_SMALL);
  model = open_model (&facts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts.n_context, ==, 96);
  baleen_local_backend_get ()->close (model);
  baleen_model_facts_clear (&facts);
  g_assert_true (baleen_model_setup_save (&none, base, &error));
}

/* More than there is room for is refused with what would fit, and that does fit. */
static void
test_refusal_names_a_context (void)
{
  const BaleenModelSetup chosen = { .n_context = G_MAXINT };
  BaleenModelSetup fitting = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenFit) fit = NULL;
  g_autofree char *end = NULL;
  BaleenModelFacts facts = { 0 };
  gpointer model;

  g_assert_true (baleen_model_setup_save (&chosen, base, NULL));
  g_assert_null (open_model (&facts, &error));
  g_assert_error (error, BALEEN_BACKEND_ERROR, BALEEN_REMEDY_SMALLER_CONTEXT);
  fit = baleen_fit_new_for_file (base, "cpu", NULL, NULL);
  g_assert_cmpuint (fit->n_fitting_context, >, 0);
  end = g_strdup_printf ("A context of %u tokens would fit.", fit->n_fitting_context);
  g_assert_true (g_str_has_suffix (error->message, end));
  fitting.n_context = fit->n_fitting_context;
  g_assert_true (baleen_model_setup_save (&fitting, base, NULL));
  g_clear_error (&error);
  model = open_model (&facts, &error);
  g_assert_no_error (error);
  baleen_local_backend_get ()->close (model);
  baleen_model_facts_clear (&facts);
  fitting.n_context = 0;
  g_assert_true (baleen_model_setup_save (&fitting, base, NULL));
}

/* Half of the memory where that was chosen, for one model or in the preferences. */
static void
test_kv_memory_is_what_was_chosen (void)
{
  const BaleenModelSetup usual = { .n_context = 512 };
  const BaleenModelSetup small = { .n_context = 512, .kv_memory = BALEEN_KV_SMALL };
  const BaleenModelSetup full = { .n_context = 512, .kv_memory = BALEEN_KV_FULL };
  g_autoptr (BaleenFit) by_usual = baleen_fit_new_for_file (base, "cpu", &usual, NULL);
  g_autoptr (BaleenFit) by_small = baleen_fit_new_for_file (base, "cpu", &small, NULL);
  g_autoptr (BaleenFit) by_preference = NULL, by_full = NULL;

  g_assert_cmpuint (by_small->kv_cache, <, by_usual->kv_cache * 6 / 10);
  baleen_model_setup_set_usual_kv_memory ("small");
  by_preference = baleen_fit_new_for_file (base, "cpu", &usual, NULL);
  by_full = baleen_fit_new_for_file (base, "cpu", &full, NULL);
  baleen_model_setup_set_usual_kv_memory ("full");
  g_assert_cmpuint (by_preference->kv_cache, ==, by_small->kv_cache);
  g_assert_cmpuint (by_full->kv_cache, ==, by_usual->kv_cache);
}

/* The file may hold anything. */
static void
test_spoilt_memory_is_none (void)
{
  static const char *const texts[] = { "", "[]", "{", "{\"%s\": 3}", "{\"%s\": []}",
                                       "{\"%s\": {\"context\": -5, \"kv-memory\": 1}}",
                                       "{\"%s\": {\"context\": \"x\", \"adapter\": {}}}" };
  g_autofree char *path
      = g_build_filename (g_get_user_data_dir (), "baleen", "models.json", NULL);
  const BaleenModelSetup none = { 0 };

  g_assert_true (baleen_model_setup_save (&none, base, NULL)); /* makes the folder */
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) halves = g_strsplit (texts[i], "%s", 2);
      g_autofree char *text = g_strjoinv (base, halves);
      g_auto (BaleenModelSetup) setup = { 0 };

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      baleen_model_setup_load (&setup, base);
      g_assert_cmpuint (setup.n_context, ==, 0);
      g_assert_cmpint (setup.kv_memory, ==, BALEEN_KV_USUAL);
      g_assert_null (setup.adapter);
      g_assert_true (baleen_model_setup_save (&setup, base, NULL));
    }
}

/* What the window loads has the adapter beside it, and says so. */
static void
test_is_loaded_with_its_model (void)
{
  g_autoptr (GError) error = NULL;
  BaleenModelFacts facts = { 0 };
  gpointer model;

  g_assert_true (set_adapter (base, adapter, &error));
  model = open_model (&facts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts.adapter, ==, "Test adapter");
  baleen_local_backend_get ()->close (model);
  baleen_model_facts_clear (&facts);
  g_rename (adapter, other);
  g_assert_null (open_model (&facts, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  write_files ();

  g_test_add_func ("/adapter/changes-what-is-computed", test_changes_what_is_computed);
  g_test_add_func ("/adapter/is-named", test_is_named);
  g_test_add_func ("/adapter/wrong-base-is-refused", test_wrong_base_is_refused);
  g_test_add_func ("/adapter/is-remembered", test_is_remembered);
  g_test_add_func ("/setup/context-is-what-was-chosen", test_context_is_what_was_chosen);
  g_test_add_func ("/setup/refusal-names-a-context", test_refusal_names_a_context);
  g_test_add_func ("/setup/kv-memory-is-what-was-chosen", test_kv_memory_is_what_was_chosen);
  g_test_add_func ("/setup/spoilt-memory-is-none", test_spoilt_memory_is_none);
  g_test_add_func ("/adapter/is-loaded-with-its-model", test_is_loaded_with_its_model);
  status = g_test_run ();

  remove_files ();
  return status;
}
