#include "data-folder.h"
#include "model-library.h"

#include <glib/gstdio.h>

static const char catalogue_json[]
    = "{ \"default\": \"small\", \"models\": ["
      "  { \"id\": \"small\", \"file\": \"small.gguf\", \"name\": \"Small\","
      "    \"can\": { \"en\": \"It counts.\", \"zh_CN\": \"会数数。\" },"
      "    \"languages\": [\"en\"],"
      "    \"examples\": [{ \"id\": \"a\", \"title\": { \"en\": \"Count\" },"
      "                    \"text\": { \"en\": \"How many?\" }, \"think\": true }] },"
      "  { \"id\": \"large\", \"file\": \"large-file.gguf\" } ] }";

static void
put_file (const char *folder,
          const char *base_name,
          const char *text)
{
  g_autofree char *path = g_build_filename (folder, base_name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A data folder and a folder of the user, both with models, as after an installation. */
static void
put_library (void)
{
  g_autofree char *data = g_build_filename (g_get_user_cache_dir (), "data", NULL);
  g_autofree char *shipped = g_build_filename (data, "models", NULL);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "baleen", "models", NULL);

  put_file (data, "catalogue.json", catalogue_json);
  put_file (shipped, "small.gguf", "");
  put_file (own, "large-file.gguf", "");
  put_file (own, "split-00001-of-00002.gguf", "");
  put_file (own, "split-00002-of-00002.gguf", "");
  put_file (own, "notes.txt", "");
  g_setenv ("BALEEN_DATA_FOLDER", data, TRUE);
}

static void
assert_resolves (const char *name,
                 const char *base_name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baleen_model_library_resolve (name, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = g_path_get_basename (path);
  g_assert_cmpstr (found, ==, base_name);
}

static void
test_names (void)
{
  put_library ();
  assert_resolves (NULL, "small.gguf");
  assert_resolves ("small", "small.gguf");
  assert_resolves ("Small", "small.gguf");
  assert_resolves ("small.gguf", "small.gguf");
  assert_resolves ("large", "large-file.gguf");
  assert_resolves ("large-file", "large-file.gguf");
  assert_resolves ("split", "split-00001-of-00002.gguf");
  assert_resolves ("/no/such/file.gguf", "file.gguf");
}

static void
test_unknown_name_lists_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  put_library ();
  path = baleen_model_library_resolve ("whale", &error);
  g_assert_null (path);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (g_strstr_len (error->message, -1, "“whale”"));
  g_assert_nonnull (g_strstr_len (error->message, -1, "large-file, small, split"));
}

static void
test_shipped_catalogue (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenCatalogue) catalogue = NULL;
  g_autofree char *path = NULL;

  g_unsetenv ("BALEEN_DATA_FOLDER");
  catalogue = baleen_catalogue_load (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (baleen_catalogue_get_default (catalogue)->can, !=, "");
  path = baleen_model_library_resolve (NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_texts_follow_the_language (void)
{
  const char *const chinese[] = { "zh_CN.UTF-8", "zh_CN", "zh", "C", NULL };
  const char *const french[] = { "fr", "C", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenCatalogue) in_chinese
      = baleen_catalogue_new (catalogue_json, sizeof catalogue_json - 1, chinese, &error);
  g_autoptr (BaleenCatalogue) in_french
      = baleen_catalogue_new (catalogue_json, sizeof catalogue_json - 1, french, &error);
  const BaleenCatalogueEntry *entry;
  const BaleenCatalogueExample *example;

  g_assert_no_error (error);
  entry = baleen_catalogue_get_default (in_chinese);
  g_assert_cmpstr (entry->can, ==, "会数数。");
  g_assert_cmpstr (entry->cannot, ==, "");
  example = g_ptr_array_index (entry->examples, 0);
  g_assert_cmpstr (example->title, ==, "Count");
  g_assert_true (example->think);
  g_assert_cmpstr (baleen_catalogue_get_default (in_french)->can, ==, "It counts.");
  g_assert_cmpstr (baleen_catalogue_find_file (in_french, "large-file.gguf")->name, ==, "large");
}

static void
test_bad_catalogues_are_refused (void)
{
  static const char *const bad[] = {
    "", "[", "[]", "{}", "{ \"default\": \"a\", \"models\": 3 }",
    "{ \"default\": \"a\", \"models\": [3] }",
    "{ \"default\": \"a\", \"models\": [{ \"id\": \"a\" }] }",
    "{ \"default\": \"b\", \"models\": [{ \"id\": \"a\", \"file\": \"f\" }] }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (baleen_catalogue_new (bad[i], -1, NULL, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model-library/names", test_names);
  g_test_add_func ("/model-library/unknown-name-lists-models", test_unknown_name_lists_models);
  g_test_add_func ("/model-library/shipped-catalogue", test_shipped_catalogue);
  g_test_add_func ("/catalogue/texts-follow-the-language", test_texts_follow_the_language);
  g_test_add_func ("/catalogue/bad-ones-are-refused", test_bad_catalogues_are_refused);

  return g_test_run ();
}
