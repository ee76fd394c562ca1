#include "pdf-page.h"

#include <math.h>
#include <string.h>

/* Of the text's letters: an initial stands over two lines at least. */
#define INITIAL_SIZE 1.7
/* A quotation mark may stand before it, a bracket behind it. */
#define INITIAL_LETTERS 2
/* Of the text's letters: as near as its lines stand beside it, and as far as they may reach into
 * its place. */
#define NEAR 1.5
#define OVERLAP 0.4

static gboolean
is_large (const PdfLine *line,
          double         body_size)
{
  gboolean has_letter = FALSE;

  for (const char *at = line->text; *at != '\0'; at = g_utf8_next_char (at))
    has_letter |= g_unichar_isalpha (g_utf8_get_char (at));

  return has_letter && line->size >= INITIAL_SIZE * body_size
         && g_utf8_strlen (line->text, -1) <= INITIAL_LETTERS;
}

static int
compare_tops (gconstpointer a,
              gconstpointer b)
{
  const PdfLine *line_a = *(const PdfLine *const *) a, *line_b = *(const PdfLine *const *) b;

  return line_a->top < line_b->top ? -1 : line_a->top > line_b->top;
}

/* The lines whose beginning it takes the place of, from the top; NULL if some begin before it, or
 * there are none. */
static GPtrArray *
find_beside (const PdfPage *page,
             const PdfLine *initial,
             double         body_size)
{
  g_autoptr (GPtrArray) beside = g_ptr_array_new ();
  const double height = initial->bottom - initial->top;

  for (guint i = 0; i < page->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (page->lines, i);
      const double middle = (line->top + line->bottom) / 2;

      if (line == initial || middle < initial->top - body_size / 2 || middle > initial->bottom
          || line->right < initial->left || line->left > initial->right + NEAR * body_size)
        continue;
      if (line->left >= initial->right - OVERLAP * body_size
          && fabs (line->size - body_size) <= body_size / 3)
        g_ptr_array_add (beside, line);
      /* Above and below it a font leaves room, into which other lines reach. */
      else if (middle > initial->top + height / 4 && middle < initial->bottom - height / 4)
        return NULL;
    }

  g_ptr_array_sort (beside, compare_tops);
  return beside->len >= 2 ? g_steal_pointer (&beside) : NULL;
}

/* Whether the word stands somewhere else on the page. */
static gboolean
has_word (const PdfPage *page,
          const PdfLine *except,
          const char    *word)
{
  for (guint i = 0; i < page->lines->len; i++)
    {
      const PdfLine *line = g_ptr_array_index (page->lines, i);
      g_auto (GStrv) words = line != except ? g_str_tokenize_and_fold (line->text, NULL, NULL)
                                            : NULL;

      if (words != NULL && g_strv_contains ((const char *const *) words, word))
        return TRUE;
    }

  return FALSE;
}

/* “A” and “I” may be words by themselves: they are where the page has the rest as a word, and not
 * the whole. What ends with a bracket is one. */
static gboolean
is_word (const PdfPage *page,
         const PdfLine *initial,
         const PdfLine *first)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (first->text, NULL, NULL);
  g_autofree char *whole = NULL;

  if (!g_unichar_isalpha (g_utf8_get_char (g_utf8_find_prev_char (
          initial->text, initial->text + strlen (initial->text)))))
    return TRUE;
  if (!g_str_equal (initial->text, "A") && !g_str_equal (initial->text, "I"))
    return FALSE;
  if (words[0] == NULL)
    return TRUE;
  whole = g_strconcat (initial->text, words[0], NULL);
  whole[0] = g_ascii_tolower (whole[0]);

  return !has_word (page, first, whole) && has_word (page, first, words[0]);
}

static void
take_in (PdfPage *page,
         PdfLine *initial,
         double   body_size)
{
  g_autoptr (GPtrArray) beside = find_beside (page, initial, body_size);
  PdfLine *first, *second;
  char *text;

  if (beside == NULL)
    return;
  first = g_ptr_array_index (beside, 0);
  second = g_ptr_array_index (beside, 1);
  text = g_strconcat (initial->text, is_word (page, initial, first) ? " " : "", first->text, NULL);
  g_free (first->text);
  first->text = text;
  first->left = second->left;
  initial->is_furniture = TRUE;
}

void
pdf_initials_take_in (GPtrArray *pages,
                      double     body_size)
{
  for (guint i = 0; i < pages->len; i++)
    {
      PdfPage *page = g_ptr_array_index (pages, i);

      for (guint j = 0; j < page->lines->len; j++)
        if (is_large (g_ptr_array_index (page->lines, j), body_size))
          take_in (page, g_ptr_array_index (page->lines, j), body_size);
    }
}
