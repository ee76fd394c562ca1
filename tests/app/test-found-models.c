/* Models of other programs, in folders made like theirs. */
#include "found-models.h"
#include "model-library.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DIGITS "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Below the home folder, which is this test's own. */
static char *
put (const char *path,
     const char *text)
{
  char *full = g_build_filename (g_get_home_dir (), path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
  return full;
}

static void
put_manifest (const char *path,
              const char *digest)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"schemaVersion\": 2, \"layers\": ["
      "  { \"mediaType\": \"application/vnd.ollama.image.template\", \"digest\": \"sha256:%s\" },"
      "  { \"mediaType\": \"application/vnd.ollama.image.model\", \"digest\": \"%s\","
      "    \"size\": 5 } ] }", DIGITS, digest);

  g_free (put (path, text));
}

static const BaleenFoundModel *
find (GPtrArray  *models,
      const char *program,
      const char *name)
{
  for (guint i = 0; i < models->len; i++)
    {
      const BaleenFoundModel *model = models->pdata[i];

      if (g_str_equal (model->program, program) && g_str_equal (model->name, name))
        return model;
    }
  return NULL;
}

static void
test_of_each_program (void)
{
  g_autofree char *lm = put (".lmstudio/models/qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf", "GGUF1");
  g_autofree char *projector = put (".lmstudio/models/qwen/Qwen3-4B-GGUF/mmproj-F16.gguf", "G");
  g_autofree char *first = put (".cache/lm-studio/models/a/b/big-00001-of-00002.gguf", "GGUF");
  g_autofree char *second = put (".cache/lm-studio/models/a/b/big-00002-of-00002.gguf", "GGUF");
  g_autofree char *blob = put (".ollama/models/blobs/sha256-" DIGITS, "GGUF2");
  g_autofree char *hub = put (".cache/huggingface/hub/models--o--n/blobs/abc", "GGUF3");
  g_autofree char *snapshot = g_build_filename (
      g_get_home_dir (), ".cache/huggingface/hub/models--o--n/snapshots/1f/r1.gguf", NULL);
  g_autofree char *snapshots = g_path_get_dirname (snapshot);
  g_autofree char *gpt = g_build_filename (g_get_user_data_dir (), "nomic.ai", "GPT4All", NULL);
  g_autofree char *gpt_file = g_build_filename (gpt, "mistral.Q4_0.gguf", NULL);
  g_autoptr (GPtrArray) models = NULL;

  put_manifest (".ollama/models/manifests/registry.ollama.ai/library/qwen3/4b", "sha256:" DIGITS);
  g_assert_cmpint (g_mkdir_with_parents (snapshots, 0700), ==, 0);
  g_assert_cmpint (symlink ("../../blobs/abc", snapshot), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (gpt, 0700), ==, 0);
  g_assert_true (g_file_set_contents (gpt_file, "GGUF4", -1, NULL));

  models = baleen_found_models_scan (NULL);
  g_assert_cmpuint (models->len, ==, 5);
  g_assert_cmpstr (find (models, "LM Studio", "Qwen3-4B-Q4_K_M")->path, ==, lm);
  g_assert_cmpuint (find (models, "LM Studio", "big")->n_bytes, ==, 8);
  g_assert_cmpstr (find (models, "Ollama", "qwen3-4b")->path, ==, blob);
  g_assert_cmpstr (find (models, "Hugging Face", "r1")->path, ==, snapshot);
  g_assert_cmpstr (find (models, "GPT4All", "mistral.Q4_0")->path, ==, gpt_file);
}

static void
test_nothing_there (void)
{
  g_autoptr (GPtrArray) models = baleen_found_models_scan (NULL);

  g_assert_cmpuint (models->len, ==, 0);
}

/* Used where it lies: no byte is copied, and removing it takes nothing from who keeps it. */
static void
test_linked_in_place (void)
{
  g_autofree char *first = put (".lmstudio/models/a/b/big-00001-of-00002.gguf", "GGUF");
  g_autofree char *second = put (".lmstudio/models/a/b/big-00002-of-00002.gguf", "GGUF");
  g_autoptr (GPtrArray) models = baleen_found_models_scan (NULL), again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *twice = NULL, *path = NULL, *real = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  g_assert_false (((BaleenFoundModel *) models->pdata[0])->is_linked);
  name = baleen_found_model_link (models->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "big");
  path = baleen_model_library_resolve (name, &error);
  g_assert_no_error (error);
  parts = baleen_model_library_list_parts (path);
  g_assert_cmpuint (parts->len, ==, 2);
  real = realpath (parts->pdata[1], NULL);
  g_assert_cmpstr (real, ==, second);
  again = baleen_found_models_scan (NULL);
  g_assert_true (((BaleenFoundModel *) again->pdata[0])->is_linked);
  twice = baleen_found_model_link (models->pdata[0], &error);
  g_assert_cmpstr (twice, ==, "big");

  g_assert_true (baleen_model_library_remove (name, &error));
  g_assert_false (g_file_test (parts->pdata[0], G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (parts->pdata[1], G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_REGULAR));
}

static void
test_same_name_twice (void)
{
  g_autofree char *one = put ("one/model.gguf", "GGUF");
  g_autofree char *two = put ("two/model.gguf", "GGUF");
  g_autofree char *first = baleen_model_library_link (one, NULL, NULL);
  g_autofree char *second = baleen_model_library_link (two, NULL, NULL);

  g_assert_cmpstr (first, ==, "model");
  g_assert_cmpstr (second, ==, "model-2");
}

/* Manifests that others wrote may say anything. */
static void
test_false_manifests (void)
{
  static const char *const digests[] = {
    "sha256:../../../../secret", "sha256:" DIGITS "0", "sha1:" DIGITS, "", "sha256:",
    "sha256:" DIGITS, /* whose blob is not there */
  };
  static const char *const texts[] = {
    "", "[]", "{ \"layers\": 3 }", "{ \"layers\": [3, {}] }", "{",
  };
  g_autofree char *secret = put ("secret", "GGUF");
  g_autofree char *circle = g_build_filename (g_get_home_dir (), ".ollama/models/manifests/o/x",
                                              NULL);
  g_autoptr (GPtrArray) models = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_autofree char *path = g_strdup_printf (".ollama/models/manifests/r/l/m/%u", i);

      put_manifest (path, digests[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf (".ollama/models/manifests/o/l/m/%u", i);

      g_free (put (path, texts[i]));
    }
  g_assert_cmpint (symlink ("..", circle), ==, 0);
  models = baleen_found_models_scan (NULL);
  g_assert_cmpuint (models->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/found/of-each-program", test_of_each_program);
  g_test_add_func ("/found/nothing-there", test_nothing_there);
  g_test_add_func ("/found/linked-in-place", test_linked_in_place);
  g_test_add_func ("/found/same-name-twice", test_same_name_twice);
  g_test_add_func ("/found/false-manifests", test_false_manifests);

  return g_test_run ();
}
