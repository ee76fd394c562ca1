/* Lines of narrow columns that were torn at their spaces: where both edges are set straight, the
 * spaces of a line with few words are as wide as those between the cells of a table. */
#include "pdf-page.h"

#include <math.h>
#include <string.h>

/* Edges nearer than this stand below each other on purpose. */
#define ALIGNED 1.5
/* Of the letters' height: what is wider is hardly ever a space, however few the words are. */
#define WIDEST_TORN 4.5
/* In a table at least this share of the pieces stands below a piece of the row above or over one
 * of the row below, or far from the one before, or is a number. */
#define LEAST_CELLS 0.6

static const PdfLine *
get_piece (GPtrArray *rows,
           guint      row,
           guint      piece)
{
  return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, row), piece);
}

static guint
count_pieces (GPtrArray *rows,
              guint      row)
{
  return ((GPtrArray *) g_ptr_array_index (rows, row))->len;
}

/* That both rows end at one edge says nothing: prose does, too. */
static gboolean
are_aligned (const PdfLine *a,
             gboolean       a_is_last,
             const PdfLine *b,
             gboolean       b_is_last)
{
  return fabs (a->left - b->left) < ALIGNED
         || (fabs (a->right - b->right) < ALIGNED && !a_is_last && !b_is_last)
         || fabs (a->left + a->right - b->left - b->right) < 2 * ALIGNED;
}

static gboolean
is_aligned_in (GPtrArray     *rows,
               guint          row,
               const PdfLine *piece,
               gboolean       is_last)
{
  const guint n = count_pieces (rows, row);

  for (guint i = 1; i < n; i++)
    if (are_aligned (piece, is_last, get_piece (rows, row, i), i + 1 == n))
      return TRUE;
  return FALSE;
}

static gboolean
is_number (const PdfLine *piece)
{
  return g_ascii_isdigit (piece->text[strspn (piece->text, "+-($")]);
}

/* Whether the rows from `first` to before `last`, of several pieces each, are lines of prose. */
static gboolean
is_prose (GPtrArray *rows,
          guint      first,
          guint      last)
{
  guint n = 0, n_cells = 0;

  for (guint row = first; row < last; row++)
    {
      const guint n_pieces = count_pieces (rows, row);

      for (guint i = 1; i < n_pieces; i++)
        {
          const PdfLine *piece = get_piece (rows, row, i);
          const gboolean is_last = i + 1 == n_pieces;

          n++;
          n_cells += is_number (piece)
                     || piece->left - get_piece (rows, row, i - 1)->right
                            > WIDEST_TORN * piece->size
                     || (row > first && is_aligned_in (rows, row - 1, piece, is_last))
                     || (row + 1 < last && is_aligned_in (rows, row + 1, piece, is_last));
        }
    }

  return n > 0 && n_cells < LEAST_CELLS * n;
}

/* Where the rows of several pieces end that begin at `first`. */
static guint
find_end (GPtrArray *rows,
          guint      first)
{
  guint last = first;

  while (last < rows->len && count_pieces (rows, last) > 1)
    last++;
  return last;
}

/* One line of the pieces of a row; those that went into it are left without text. */
static void
join (GPtrArray *row)
{
  PdfLine *first = g_ptr_array_index (row, 0);
  g_autoptr (GString) text = g_string_new (first->text);

  for (guint i = 1; i < row->len; i++)
    {
      PdfLine *piece = g_ptr_array_index (row, i);

      g_string_append_printf (text, " %s", piece->text);
      *piece->text = '\0';
      first->right = MAX (first->right, piece->right);
      first->top = MIN (first->top, piece->top);
      first->bottom = MAX (first->bottom, piece->bottom);
    }
  g_free (first->text);
  first->text = g_strdup (text->str);
}

guint
pdf_torn_count (GPtrArray *rows,
                double     least,
                double     least_letters,
                guint     *n_filling)
{
  guint n = 0;

  *n_filling = 0;
  for (guint row = 0; row < rows->len;)
    {
      const guint end = MAX (find_end (rows, row), row + 1);
      const gboolean is_whole = is_prose (rows, row, end);

      for (; row < end; row++)
        {
          const guint n_pieces = count_pieces (rows, row);
          const guint step = is_whole ? n_pieces : 1;

          for (guint i = 0; i < n_pieces; i += step)
            {
              const PdfLine *piece = get_piece (rows, row, i);

              n++;
              *n_filling += get_piece (rows, row, i + step - 1)->right - piece->left
                            >= MAX (least, least_letters * piece->size);
            }
        }
    }

  return n;
}

void
pdf_torn_mend (GPtrArray *rows)
{
  for (guint row = 0; row < rows->len;)
    {
      const guint end = MAX (find_end (rows, row), row + 1);
      const gboolean is_whole = is_prose (rows, row, end);

      for (; row < end; row++)
        if (is_whole)
          join (g_ptr_array_index (rows, row));
    }
}
