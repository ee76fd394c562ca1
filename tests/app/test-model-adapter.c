/* Adapters as a person meets them: named on the command line, and remembered for the window. */
#include "baleen-backend.h"
#include "fixture-models.h"
#include "lora-adapter.h"
#include "model-adapter.h"
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

static void
test_is_remembered (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *none = baleen_model_adapter_get (base), *kept = NULL, *words = NULL;

  g_assert_null (none);
  g_assert_true (baleen_model_adapter_set (base, adapter, &error));
  kept = baleen_model_adapter_get (base);
  g_assert_cmpstr (kept, ==, adapter);
  words = baleen_model_adapter_describe (adapter, &error);
  g_assert_cmpstr (words, ==, "Test adapter · rank 4");
  /* What is refused changes nothing. */
  g_assert_false (baleen_model_adapter_set (base, other, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (baleen_model_adapter_set (other, adapter, &error));
  g_assert_nonnull (error);
  g_free (kept);
  kept = baleen_model_adapter_get (base);
  g_assert_cmpstr (kept, ==, adapter);
  g_assert_true (baleen_model_adapter_set (base, NULL, NULL));
  g_assert_null (baleen_model_adapter_get (base));
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

/* What the window loads has the adapter beside it, and says so. */
static void
test_is_loaded_with_its_model (void)
{
  const BaleenDeviceListener listener = { quiet_loaded, quiet_news, never, NULL };
  const BaleenBackend *backend = baleen_local_backend_get ();
  g_autoptr (GError) error = NULL;
  BaleenModelFacts facts = { 0 };
  gpointer model;

  g_assert_true (baleen_model_adapter_set (base, adapter, &error));
  model = backend->open (base, "cpu", &listener, &facts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts.adapter, ==, "Test adapter");
  backend->close (model);
  g_free (facts.name);
  g_free (facts.place);
  g_free (facts.adapter);
  g_rename (adapter, other);
  g_assert_null (backend->open (base, "cpu", &listener, &facts, &error));
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
  g_test_add_func ("/adapter/is-loaded-with-its-model", test_is_loaded_with_its_model);
  status = g_test_run ();

  remove_files ();
  return status;
}
