/* JSON of others: whatever it nests and holds, it is read or refused, and no stack ends. */
#include "json-parsing.h"

#include <string.h>

static char *
nest (const char *open,
      const char *close,
      guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, "\"[{\\\"[\"");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const char *const pairs[][2] = { { "[", "]" }, { "{\"a\":", "}" }, { "[{\"\\\"\":", "}]" } };
  static const guint depths[] = { 1, 60, 1000, 400000 };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (depths); k++)
      {
        g_autofree char *text = nest (pairs[i][0], pairs[i][1], depths[k]);
        g_autofree char *cut = g_strndup (text, strlen (text) / 2);
        g_autoptr (GError) error = NULL;
        g_autoptr (JsonNode) root = baleen_json_parse (text, -1, &error);

        g_assert_cmpint (root != NULL, ==, depths[k] <= 60);
        g_assert_cmpint (error == NULL, ==, depths[k] <= 60);
        g_assert_null (baleen_json_parse (cut, -1, NULL));
      }
}

static void
test_nul (void)
{
  static const char *const cases[][2] = {
    { "[\"a\\u0000b\"]", "a\xef\xbf\xbd" "b" },
    { "[\"\\u0000\\u0000\"]", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "[\"a\\\\u0000b\"]", "a\\u0000b" },
    { "[\"a\\\\\\u0000b\"]", "a\\\xef\xbf\xbd" "b" },
    { "[\"\\u00e4\"]", "ä" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = baleen_json_parse (cases[i][0], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (root), 0), ==,
                       cases[i][1]);
    }
}

static void
test_no_json (void)
{
  static const char *const bad[] = { "[", "{\"a\" 1}", "nonsense", "[\"\\u00\"", "\"", "[\"\\" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (baleen_json_parse (bad[i], -1, NULL));
  g_assert_null (baleen_json_parse ("", -1, &error));
  g_assert_no_error (error);
  g_assert_null (baleen_json_parse_file ("/nonexistent/a.json", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* json-glib ends what it quotes at some byte. */
static void
test_sentences (void)
{
  for (guint n = 60; n < 260; n++)
    {
      g_autofree char *letters = g_strnfill (n % 3, 'a');
      g_autoptr (GString) text = g_string_new ("{\"");
      g_autoptr (GError) error = NULL;

      g_string_append (text, letters);
      for (guint i = 0; i < n; i++)
        g_string_append (text, "甲");
      g_string_append (text, "\"]");
      g_assert_null (baleen_json_parse (text->str, -1, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/what-nests-too-deeply-is-refused", test_depth);
  g_test_add_func ("/json/nul-does-not-end-a-text", test_nul);
  g_test_add_func ("/json/what-is-none-is-refused", test_no_json);
  g_test_add_func ("/json/what-is-wrong-is-told-in-whole-characters", test_sentences);
  return g_test_run ();
}
