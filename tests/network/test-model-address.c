#include "model-address.h"

#include <string.h>

static GPtrArray *
files_new (const char *const *names)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      BaleenModelFile *file = g_new0 (BaleenModelFile, 1);

      file->url = g_strconcat ("https://host/", names[i], NULL);
      file->name = g_strdup (names[i]);
      g_ptr_array_add (files, file);
    }

  return files;
}

static const char *const several[] = {
  "m-Q4_K_M.gguf", "m-Q4_K_S.gguf", "m-IQ4_XS.gguf", "m-Q8_0.gguf",
  "Q2_K/m-Q2_K-00002-of-00002.gguf", "Q2_K/m-Q2_K-00001-of-00002.gguf", NULL,
};

static void
expect (const char *const *names,
        const char        *word,
        const char        *expected) /* names with spaces between */
{
  g_autoptr (GPtrArray) files = files_new (names);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) chosen = baleen_model_address_choose (files, word, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < chosen->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((BaleenModelFile *) chosen->pdata[i])->name);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_chosen (void)
{
  static const char *const single[] = { "only.gguf", NULL };

  expect (single, NULL, "only.gguf");
  expect (several, NULL, "m-Q4_K_M.gguf");
  expect (several, "q8_0", "m-Q8_0.gguf");
  expect (several, "Q2_K", "Q2_K/m-Q2_K-00001-of-00002.gguf Q2_K/m-Q2_K-00002-of-00002.gguf");
}

static void
test_unclear (void)
{
  static const char *const none[] = { NULL };
  static const char *const unlike[] = { "a-Q5_0.gguf", "a-Q6_K.gguf", NULL };
  static const struct { const char *const *names; const char *word, *says; } cases[] = {
    { none, NULL, "no GGUF file" },
    { unlike, NULL, "a-Q5_0, a-Q6_K" },
    { several, "Q5_K_M", "m-Q8_0" },
    { several, "K", "several models" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) files = files_new (cases[i].names);
      g_autoptr (GError) error = NULL;

      g_assert_null (baleen_model_address_choose (files, cases[i].word, &error));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = baleen_model_address_resolve (
      "https://huggingface.co/a/b/blob/main/dir/m-Q8_0.gguf", NULL, NULL, &error);
  g_autoptr (GPtrArray) odd = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (((BaleenModelFile *) page->pdata[0])->url, ==,
                   "https://huggingface.co/a/b/resolve/main/dir/m-Q8_0.gguf");
  g_assert_cmpstr (((BaleenModelFile *) page->pdata[0])->name, ==, "m-Q8_0.gguf");
  odd = baleen_model_address_resolve ("nonsense", NULL, NULL, &error);
  g_assert_null (odd);
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-address/what-is-meant-is-chosen", test_chosen);
  g_test_add_func ("/model-address/what-is-unclear-is-asked", test_unclear);
  g_test_add_func ("/model-address/pages-about-files-are-files", test_files);

  return g_test_run ();
}
