/* Tables whose cells take several lines. Read line by line they would be torn to pieces, and read
 * as columns each row would be. */
#include "pdf-page.h"

/* Rows of one cell stand closer than two rows do; of the smallest distance. */
#define NEXT_ROW 1.12
/* Of the letters' height: lines further apart are in no table. */
#define LARGEST_PITCH 3.0
#define LARGEST_LINE_PITCH 1.75
/* And lines nearer than that do not stand in rows. */
#define LEAST_LINE_PITCH 0.75
/* A table has so many rows whose cells take several lines, most of them with cells that end
 * before the others. */
#define LEAST_ROWS 2
/* And of ten rows so many begin with all cells; in columns of prose one goes on beside a gap in
 * the other. */
#define LEAST_FULL 9

static const PdfLine *
get_cell (GPtrArray *row,
          guint      i)
{
  return g_ptr_array_index (row, i);
}

static guint
count_cells (GPtrArray *rows,
             guint      i)
{
  return ((GPtrArray *) g_ptr_array_index (rows, i))->len;
}

static double
get_pitch (GPtrArray *rows,
           guint      i)
{
  return get_cell (g_ptr_array_index (rows, i), 0)->top
         - get_cell (g_ptr_array_index (rows, i - 1), 0)->top;
}

/* The column of `head` that the cell stands in; its length where it reaches into another. */
static guint
find_column (GPtrArray     *head,
             const PdfLine *cell)
{
  for (guint i = head->len; i-- > 0;)
    if (cell->left > get_cell (head, i)->left - cell->size / 2)
      return i + 1 < head->len && cell->right > get_cell (head, i + 1)->left ? head->len : i;

  return head->len;
}

/* Whether the row goes on with cells of `head`; `n_lines` counts the lines of each so far, of
 * which there have been `n` rows. What has ended does not begin again. */
static gboolean
continues (GPtrArray *head,
           GPtrArray *row,
           guint     *n_lines,
           guint      n)
{
  for (guint i = 0; i < row->len; i++)
    {
      const guint column = find_column (head, get_cell (row, i));

      if (column == head->len || n_lines[column] != n)
        return FALSE;
    }
  for (guint i = 0; i < row->len; i++)
    n_lines[find_column (head, get_cell (row, i))]++;

  return TRUE;
}

/* Where the rows of the table's row that begins at `first` end. */
static guint
find_end (GPtrArray *rows,
          guint      first,
          guint      last,
          double     pitch)
{
  GPtrArray *head = g_ptr_array_index (rows, first);
  g_autofree guint *n_lines = g_new (guint, head->len);
  guint end = first + 1;

  for (guint i = 0; i < head->len; i++)
    n_lines[i] = 1;
  while (end < last && get_pitch (rows, end) <= pitch * NEXT_ROW
         && continues (head, g_ptr_array_index (rows, end), n_lines, end - first))
    end++;

  return end;
}

/* As far as rows of several cells follow each other, and single cells between them. */
static guint
find_last (GPtrArray *rows,
           guint      first)
{
  GPtrArray *head = g_ptr_array_index (rows, first);
  guint last = first + 1;

  for (; last < rows->len; last++)
    {
      GPtrArray *row = g_ptr_array_index (rows, last);

      if (row->len >= 2)
        head = row->len >= head->len ? row : head;
      if (get_pitch (rows, last) > LARGEST_PITCH * get_cell (row, 0)->size
          || (row->len < 2 && find_column (head, get_cell (row, 0)) == head->len))
        break;
    }

  return last;
}

static double
find_pitch (GPtrArray *rows,
            guint      first,
            guint      last)
{
  double pitch = G_MAXDOUBLE;

  for (guint i = first + 1; i < last; i++)
    pitch = MIN (pitch, get_pitch (rows, i));
  return pitch;
}

gboolean
pdf_table_find (GPtrArray *rows,
                guint     *first,
                guint     *last)
{
  for (guint i = 0; i < rows->len; i = *last)
    {
      guint n_tall = 0, n_uneven = 0, n_rows = 0, n_full = 0, n_columns = 0;
      double pitch, size;

      *first = i;
      *last = i + 1;
      if (count_cells (rows, i) < 2)
        continue;
      *last = find_last (rows, i);
      pitch = find_pitch (rows, i, *last);
      size = get_cell (g_ptr_array_index (rows, i), 0)->size;
      if (pitch < LEAST_LINE_PITCH * size || pitch > LARGEST_LINE_PITCH * size)
        continue;
      for (guint j = i; j < *last; j++)
        n_columns = MAX (n_columns, count_cells (rows, j));
      for (guint start = i, end; start < *last; start = end)
        {
          end = find_end (rows, start, *last, pitch);
          n_rows++;
          n_full += count_cells (rows, start) == n_columns;
          n_tall += end > start + 1;
          n_uneven += end > start + 1 && count_cells (rows, end - 1) < count_cells (rows, start);
        }
      if (n_tall >= LEAST_ROWS && n_uneven * 2 > n_tall && n_full * 10 >= n_rows * LEAST_FULL)
        return TRUE;
    }

  return FALSE;
}

/* Cell after cell, each with all its lines. */
static void
add_row (GPtrArray *rows,
         guint      first,
         guint      end,
         GPtrArray *ordered)
{
  GPtrArray *head = g_ptr_array_index (rows, first);

  for (guint column = 0; column < head->len; column++)
    for (guint i = first; i < end; i++)
      {
        GPtrArray *row = g_ptr_array_index (rows, i);

        for (guint j = 0; j < row->len; j++)
          {
            PdfLine *line = g_ptr_array_index (row, j);

            if ((i > first ? find_column (head, line) : j) != column)
              continue;
            line->cell = i > first    ? PDF_CELL_MORE
                         : column > 0 ? PDF_CELL_NEXT
                                      : PDF_CELL_FIRST;
            g_ptr_array_add (ordered, line);
          }
      }
}

void
pdf_table_order (GPtrArray *rows,
                 guint      first,
                 guint      last,
                 GPtrArray *ordered)
{
  const double pitch = find_pitch (rows, first, last);

  for (guint start = first, end; start < last; start = end)
    {
      end = find_end (rows, start, last, pitch);
      add_row (rows, start, end, ordered);
    }
}
