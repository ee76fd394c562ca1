/* Which claims are shown as verified: labelled ones, right and wrong, in both languages
 * (data/claims-*.tsv). Prints the figures by what was done with the words. */

#include "claim.h"

#include <glib.h>

/* Every third claim was put aside before the rules were made. */
#define UNLEARNED 3
#define LEAST_RIGHT 90
#define LEAST_WRONG 80

typedef struct
{
  guint n_all, n_judged_rightly;
} Count;

static Count *
get_count (GHashTable *counts,
           const char *key)
{
  Count *count = g_hash_table_lookup (counts, key);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (counts, g_strdup (key), count);
    }
  return count;
}

static void
judge (GHashTable *counts,
       const char *line,
       gboolean    is_unlearned)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 4);
  g_autofree char *kind = NULL, *group = NULL;
  gboolean is_right;

  g_assert_cmpuint (g_strv_length (fields), ==, 4);
  is_right = g_str_equal (fields[0], "right");
  g_assert_true (is_right || g_str_equal (fields[0], "wrong"));
  kind = g_strdup_printf ("%s, %s", fields[0], fields[1]);
  group = g_strdup_printf ("%s%s", fields[0], is_unlearned ? ", unlearned" : "");
  for (guint i = 0; i < 2; i++)
    {
      Count *count = get_count (counts, i == 0 ? kind : group);

      count->n_all++;
      count->n_judged_rightly += baleen_text_bears (fields[2], fields[3]) == is_right;
    }
}

static void
check (GHashTable *counts,
       const char *group,
       guint       least)
{
  const Count *count = get_count (counts, group);

  g_assert_cmpuint (count->n_all, >, 0);
  g_assert_cmpuint (count->n_judged_rightly * 100, >=, least * count->n_all);
}

static void
test_labelled (gconstpointer name)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GList) keys = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      judge (counts, lines[i], ++n % UNLEARNED == 0);

  keys = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) g_strcmp0);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      const Count *count = g_hash_table_lookup (counts, key->data);

      g_test_message ("%s: %u of %u are judged rightly", (const char *) key->data,
                      count->n_judged_rightly, count->n_all);
    }
  check (counts, "right", LEAST_RIGHT);
  check (counts, "right, unlearned", LEAST_RIGHT);
  check (counts, "wrong", LEAST_WRONG);
  check (counts, "wrong, unlearned", LEAST_WRONG);
}

static void
test_numbers (void)
{
  /* Digits stand in the text as they are; what is spelled out may be digits there. */
  g_assert_true (baleen_text_bears ("It kept 41 boats.", "It kept 41 boats"));
  g_assert_true (baleen_text_bears ("It kept 12 boats.", "It kept twelve boats"));
  g_assert_false (baleen_text_bears ("It kept twelve boats.", "It kept 12 boats"));
  g_assert_true (baleen_text_bears ("它在1907年沉了，船上有41个人。", "它在一九〇七年沉了，船上有四十一个人。"));
  g_assert_false (baleen_text_bears ("它在1907年沉了。", "它在一九〇八年沉了。"));
  g_assert_false (baleen_text_bears ("它五月开放。", "它六月开放。"));
  g_assert_false (baleen_text_bears ("税收增加3万元。", "税收增加3亿元。"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/claims/labelled/english", "claims-en.tsv", test_labelled);
  g_test_add_data_func ("/claims/labelled/chinese", "claims-zh.tsv", test_labelled);
  g_test_add_func ("/claims/numbers-in-words", test_numbers);

  return g_test_run ();
}
