/* How well the main text of a page is told from what stands around it: saved shapes of pages, in
 * which comments mark the main text. Prints the F1 over words of each and the average. */
#include "reader.h"

#include <string.h>

#define START "<!--[-->"
#define END "<!--]-->"

typedef struct
{
  double precision, recall, f1;
} Score;

/* Letters of scripts without spaces are words each. */
static void
count_words (GHashTable *words,
             const char *text,
             int         by)
{
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      const gboolean is_han = g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;

      if (word->len > 0 && (is_han || !g_unichar_isalnum (c)))
        {
          const int n = GPOINTER_TO_INT (g_hash_table_lookup (words, word->str));

          g_hash_table_insert (words, g_strdup (word->str), GINT_TO_POINTER (n + by));
          g_string_truncate (word, 0);
        }
      if (c == 0)
        return;
      if (g_unichar_isalnum (c))
        g_string_append_unichar (word, g_unichar_tolower (c));
      if (is_han)
        {
          const int n = GPOINTER_TO_INT (g_hash_table_lookup (words, word->str));

          g_hash_table_insert (words, g_strdup (word->str), GINT_TO_POINTER (n + by));
          g_string_truncate (word, 0);
        }
    }
}

static GHashTable *
get_words (const char *text,
           guint      *n)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer count;

  count_words (words, text, 1);
  *n = 0;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    *n += GPOINTER_TO_INT (count);
  return words;
}

static Score
score (const char *read,
       const char *meant)
{
  guint n_read, n_meant, n_both = 0;
  g_autoptr (GHashTable) are = get_words (read, &n_read);
  g_autoptr (GHashTable) should = get_words (meant, &n_meant);
  GHashTableIter iter;
  gpointer word, count;
  Score score = { 0 };

  g_hash_table_iter_init (&iter, should);
  while (g_hash_table_iter_next (&iter, &word, &count))
    n_both += MIN (GPOINTER_TO_INT (count), GPOINTER_TO_INT (g_hash_table_lookup (are, word)));
  if (n_both == 0)
    return score;
  score.precision = (double) n_both / n_read;
  score.recall = (double) n_both / n_meant;
  score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
  return score;
}

static char *
read_text (const char *html,
           gsize       length,
           gboolean    is_page)
{
  g_autoptr (GBytes) bytes = g_bytes_new (html, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDocument) document
      = baleen_read_document (bytes, is_page ? BALEEN_READ_WEBPAGE : "html", &error);

  g_assert_no_error (error);
  return baleen_document_get_text (document);
}

/* The page without its marks, and what is marked as a page of its own. */
static void
take_apart (const char *saved,
            gsize       length,
            GString    *page,
            GString    *main_text)
{
  const char *end = saved + length;
  const char *head = g_strstr_len (saved, length, "<body");
  gboolean is_main = FALSE;

  /* With the head, which tells the encoding. */
  g_string_append_len (main_text, saved, head != NULL ? head - saved : 0);
  g_string_append (main_text, "<body>");
  for (const char *p = saved; p < end;)
    if (g_str_has_prefix (p, START) || g_str_has_prefix (p, END))
      {
        is_main = g_str_has_prefix (p, START);
        g_string_append (main_text, is_main ? "<div>" : "</div>");
        p += strlen (START);
      }
    else
      {
        g_string_append_c (page, *p);
        if (is_main)
          g_string_append_c (main_text, *p);
        p++;
      }
}

static Score
judge (const char *path,
       const char *name)
{
  g_autofree char *saved = NULL;
  g_autofree char *read = NULL;
  g_autofree char *meant = NULL;
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GString) main_text = g_string_new (NULL);
  Score result;
  gsize length;

  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  take_apart (saved, length, page, main_text);
  read = read_text (page->str, page->len, TRUE);
  meant = read_text (main_text->str, main_text->len, FALSE);
  result = score (read, meant);
  g_test_message ("%-28s F1 %.3f  precision %.3f  recall %.3f", name, result.f1,
                  result.precision, result.recall);
  if (g_getenv ("SHOW_PAGE") != NULL && strstr (name, g_getenv ("SHOW_PAGE")) != NULL)
    g_printerr ("%s\n", read);
  return result;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
judge_all (const char *folder,
           guint       least_pages,
           double      least_f1)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  double sum = 0;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);

      sum += judge (file, names->pdata[i]).f1;
    }
  g_assert_cmpuint (names->len, >=, least_pages);
  g_test_message ("%s: average F1 %.3f over %u pages", folder, sum / names->len, names->len);
  g_assert_cmpfloat (sum / names->len, >=, least_f1);
}

static void
test_shapes (void)
{
  judge_all ("pages", 40, 0.9);
}

/* Written after the reader was, and never used to better it. */
static void
test_unseen (void)
{
  judge_all ("pages-unseen", 15, 0.9);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page-shapes/the-main-text-is-kept-and-the-rest-dropped", test_shapes);
  g_test_add_func ("/page-shapes/those-that-the-reader-was-not-made-for-too", test_unseen);
  return g_test_run ();
}
