#include "model-address.h"
#include "test-server.h"

#include <gio/gio.h>
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
  static const char *const odd[] = { "nonsense", "../x", "hf:../x", "a/..", "./a" };

  g_assert_no_error (error);
  g_assert_cmpstr (((BaleenModelFile *) page->pdata[0])->url, ==,
                   "https://huggingface.co/a/b/resolve/main/dir/m-Q8_0.gguf");
  g_assert_cmpstr (((BaleenModelFile *) page->pdata[0])->name, ==, "m-Q8_0.gguf");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_assert_null (baleen_model_address_resolve (odd[i], NULL, NULL, &error));
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "huggingface.co"));
      g_clear_error (&error);
    }
}

static void
expect_files (const char *address,
              const char *mirror,
              const char *expected) /* urls with spaces between */
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = baleen_model_address_resolve (address, mirror, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((BaleenModelFile *) files->pdata[i])->url);
  g_assert_cmpstr (text->str, ==, expected);
}

/* As they are copied from the two sites. */
static void
test_forms (void)
{
  static const struct { const char *address, *url; } cases[] = {
    { "https://huggingface.co/a/b/resolve/main/m.gguf",
      "https://huggingface.co/a/b/resolve/main/m.gguf" },
    { "https://huggingface.co/a/b/resolve/main/m.gguf?download=true",
      "https://huggingface.co/a/b/resolve/main/m.gguf?download=true" },
    { "huggingface.co/a/b/blob/main/m.gguf", "https://huggingface.co/a/b/resolve/main/m.gguf" },
    { "https://hf.co/a/b/blob/main/m.gguf", "https://huggingface.co/a/b/resolve/main/m.gguf" },
    { "https://modelscope.cn/models/a/b/file/view/master/m.gguf",
      "https://modelscope.cn/models/a/b/resolve/master/m.gguf" },
    { "https://huggingface.co/a/b/blob/main/Q2/m-00002-of-00003.gguf",
      "https://huggingface.co/a/b/resolve/main/Q2/m-00001-of-00003.gguf "
      "https://huggingface.co/a/b/resolve/main/Q2/m-00002-of-00003.gguf "
      "https://huggingface.co/a/b/resolve/main/Q2/m-00003-of-00003.gguf" },
    { "https://host/m-00001-of-99999.gguf", "https://host/m-00001-of-99999.gguf" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_files (cases[i].address, NULL, cases[i].url);
  expect_files ("hf.co/a/b/blob/main/m.gguf", "https://mirror.example",
                "https://mirror.example/a/b/resolve/main/m.gguf");
  expect_files ("hf-mirror.com/a/b/blob/main/m.gguf", "https://mirror.example",
                "https://hf-mirror.com/a/b/resolve/main/m.gguf");
}

/* ---- a site ------------------------------------------------------------------------------ */

static void
site_cb (const TestRequest *request,
         gpointer           user_data)
{
  static const char list[]
      = "[{\"type\":\"file\",\"path\":\"README.md\",\"size\":10},"
        "{\"type\":\"file\",\"path\":\"m-Q4_K_M.gguf\",\"size\":41,\"lfs\":{\"oid\":"
        "\"aca596860e8cb40af6539e3f2ea40df305f42515deac56d49c08d39a02e6533f\",\"size\":41}},"
        "{\"type\":\"file\",\"path\":\"mmproj-F16.gguf\",\"size\":7},"
        "{\"type\":\"directory\",\"path\":\"Q8_0\"},"
        "{\"type\":\"file\",\"path\":\"Q8_0/m-Q8_0-00002-of-00002.gguf\",\"size\":82},"
        "{\"type\":\"file\",\"path\":\"Q8_0/m-Q8_0-00001-of-00002.gguf\",\"size\":81}]";
  const gboolean is_there = g_str_has_prefix (request->text,
                                              "GET /api/models/a/b/tree/main?recursive=true ");
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
      "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
      is_there ? "200 OK" : "401 Unauthorized",
      is_there ? strlen (list) : 2, is_there ? list : "{}");

  test_server_put (request->out, answer);
}

/* What ModelScope says of a repository, and what is no list of it. */
static void
test_modelscope (void)
{
  static const char *const nothing[] = {
    "{}", "[]", "7", "{\"Data\":7}", "{\"Data\":{\"Files\":7}}", "{\"Data\":{\"Files\":[7,{}]}}",
    "{\"Data\":{\"Files\":[{\"Path\":7,\"Size\":\"a\"}]}}",
  };
  const char *list
      = "{\"Code\":200,\"Success\":true,\"Data\":{\"Files\":["
        "{\"Name\":\"README.md\",\"Path\":\"README.md\",\"Size\":10,\"Type\":\"blob\"},"
        "{\"Name\":\"a b\",\"Path\":\"a b\",\"Size\":0,\"Type\":\"tree\"},"
        "{\"Name\":\"m-Q4_K_M.gguf\",\"Path\":\"a b/m-Q4_K_M.gguf\",\"Size\":41,\"Sha256\":"
        "\"aca596860e8cb40af6539e3f2ea40df305f42515deac56d49c08d39a02e6533f\"}]}}";
  g_autoptr (JsonNode) root = json_from_string (list, NULL);
  g_autoptr (GPtrArray) files = baleen_model_address_read_modelscope ("o/r", root);
  const BaleenModelFile *file = files->pdata[0];

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (file->url, ==,
                   "https://modelscope.cn/models/o/r/resolve/master/a%20b/m-Q4_K_M.gguf");
  g_assert_cmpuint (file->n_bytes, ==, 41);
  g_assert_true (g_str_has_prefix (file->sha256, "aca59686"));
  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (JsonNode) other = json_from_string (nothing[i], NULL);
      g_autoptr (GPtrArray) none = baleen_model_address_read_modelscope ("o/r", other);

      g_assert_cmpuint (none->len, ==, 0);
    }
}

/* A repository at a mirror, in every form that means it. */
static void
test_repository (void)
{
  static const char *const forms[] = { "a/b", "hf:a/b", "hf.co/a/b", "https://huggingface.co/a/b",
                                       "huggingface.co/a/b/tree/main", "a/b:q4_k_m" };
  const guint port = test_server_start (site_cb, NULL, NULL);
  g_autofree char *mirror = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *with_slash = g_strconcat (mirror, "/", NULL);
  g_autofree char *file = NULL, *parts = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  file = g_strdup_printf ("%s/a/b/resolve/main/m-Q4_K_M.gguf", mirror);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    expect_files (forms[i], i % 2 == 0 ? mirror : with_slash, file);
  parts = g_strdup_printf ("%s/a/b/resolve/main/Q8_0/m-Q8_0-00001-of-00002.gguf "
                           "%s/a/b/resolve/main/Q8_0/m-Q8_0-00002-of-00002.gguf", mirror, mirror);
  expect_files ("hf.co/a/b:Q8_0", mirror, parts);
  files = baleen_model_address_resolve ("a/b", mirror, NULL, &error);
  g_assert_cmpuint (((BaleenModelFile *) files->pdata[0])->n_bytes, ==, 41);
  g_assert_true (g_str_has_prefix (((BaleenModelFile *) files->pdata[0])->sha256, "aca59686"));
  g_clear_pointer (&files, g_ptr_array_unref);
  files = baleen_model_address_resolve ("a/gone", mirror, NULL, &error);
  g_assert_null (files);
  g_assert_nonnull (strstr (error->message, "no such repository"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-address/what-is-meant-is-chosen", test_chosen);
  g_test_add_func ("/model-address/what-is-unclear-is-asked", test_unclear);
  g_test_add_func ("/model-address/pages-about-files-are-files", test_files);

  g_test_add_func ("/model-address/forms-as-copied-from-the-sites", test_forms);
  g_test_add_func ("/model-address/repository-at-a-mirror", test_repository);
  g_test_add_func ("/model-address/list-of-modelscope", test_modelscope);

  return g_test_run ();
}
