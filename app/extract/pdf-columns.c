#include "pdf-page.h"

#include <math.h>

/* A column has at least so many lines, most of them filling at least this share of it: the
 * cells of a table do not. */
#define LEAST_LINES 3
#define LEAST_FILL 0.5
/* Of the letters' height. */
#define LEAST_WIDTH 8
/* At most this share of lines may stand across the gutter: titles, and tables within. */
#define MOST_ACROSS 0.34
#define LEAST_GUTTER 7.0
/* A narrower one is enough where it stays free beside so many lines: spaces between words never
 * stand below each other so often. */
#define NARROW_GUTTER 4.0
#define LINES_BESIDE_NARROW 40
#define MOST_DEPTH 4
#define MOST_GUTTERS 16
/* One line in so many may reach into a gutter. */
#define LINES_PER_STRAY 30

/* Where the right column begins, give or take. */
#define NEAR_COLUMN 6.0

typedef struct
{
  double left, right;
} Span;

/* What parts two columns, and where the right one begins. */
typedef struct
{
  double place, left;
} Gutter;

/* Lines as they are read. A page whose columns cannot be told by its own lines, the last one of
 * an article say, with three lines and a table, has those of the pages before it. */
typedef struct
{
  GPtrArray *lines; /* (owned) */
  GArray *gutters;  /* of Gutter: those found so far */
} Ordered;

static Span
find_span (GPtrArray *lines)
{
  Span span = { G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < lines->len; i++)
    {
      const PdfLine *line = g_ptr_array_index (lines, i);

      span.left = MIN (span.left, line->left);
      span.right = MAX (span.right, line->right);
    }

  return span;
}

typedef struct
{
  guint start, length;
} Run;

/* The longest stretch that no more than `most` lines cross. */
static Run
find_run (const guint *n_across,
          guint        first,
          guint        last,
          guint        most)
{
  Run longest = { 0 };
  guint length = 0;

  for (guint x = first; x < last; x++)
    {
      length = n_across[x] <= most ? length + 1 : 0;
      if (length > longest.length)
        longest = (Run) { x + 1 - length, length };
    }
  return longest;
}

static guint
find_fewest (const guint *n_across,
             guint        first,
             guint        last)
{
  guint fewest = G_MAXUINT;

  for (guint x = first; x < last; x++)
    fewest = MIN (fewest, n_across[x]);
  return fewest;
}

/* The longest stretch that the fewest lines cross, give or take a page number that stands in its
 * middle; and within it where they are fewest. */
static gboolean
find_gutter (GPtrArray *lines,
             Span       span,
             double    *place)
{
  guint width = CLAMP (span.right - span.left, 0, 4096);
  g_autofree guint *n_across = g_new0 (guint, width + 2);
  guint first = width * 15 / 100, last = width * 85 / 100;
  guint fewest;
  Run run, middle;

  for (guint i = 0; i < lines->len; i++)
    {
      const PdfLine *line = g_ptr_array_index (lines, i);

      for (guint x = MAX (line->left - span.left, 0);
           x <= line->right - span.left && x <= width; x++)
        n_across[x]++;
    }
  fewest = find_fewest (n_across, first, last);
  run = find_run (n_across, first, last, fewest + lines->len / LINES_PER_STRAY);
  middle = find_run (n_across, run.start, run.start + run.length,
                     find_fewest (n_across, run.start, run.start + run.length));
  *place = span.left + middle.start + middle.length / 2.0;

  return run.length >= (fewest == 0 && lines->len >= LINES_BESIDE_NARROW ? NARROW_GUTTER
                                                                         : LEAST_GUTTER)
         && fewest <= MOST_ACROSS * lines->len;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const PdfLine *line_a = *(const PdfLine *const *) a, *line_b = *(const PdfLine *const *) b;
  double middle_a = (line_a->top + line_a->bottom) / 2;
  double middle_b = (line_b->top + line_b->bottom) / 2;

  return middle_a < middle_b ? -1 : middle_a > middle_b;
}

static int
compare_lefts (gconstpointer a,
               gconstpointer b)
{
  const PdfLine *line_a = *(const PdfLine *const *) a, *line_b = *(const PdfLine *const *) b;

  return line_a->left < line_b->left ? -1 : line_a->left > line_b->left;
}

/* From top to bottom what stands on one height, the cells of a table, from the left. */
static GPtrArray *
find_rows (GPtrArray *lines)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (lines, NULL, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = NULL;
  double bottom = 0;

  g_ptr_array_sort (sorted, compare_places);
  for (guint i = 0; i < sorted->len; i++)
    {
      PdfLine *line = g_ptr_array_index (sorted, i);

      if (row == NULL || (line->top + line->bottom) / 2 > bottom)
        {
          row = g_ptr_array_new ();
          g_ptr_array_add (rows, row);
          bottom = line->bottom;
        }
      bottom = MIN (bottom, line->bottom);
      g_ptr_array_add (row, line);
    }
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_sort (g_ptr_array_index (rows, i), compare_lefts);

  return rows;
}

static gboolean has_columns (GPtrArray *lines,
                             double    *gutter,
                             guint      depth);

/* A column, or several of them. */
static gboolean
is_column (GPtrArray *lines,
           guint      depth)
{
  double gutter = 0;
  Span span = find_span (lines);
  g_autoptr (GPtrArray) rows = find_rows (lines);
  guint n_lines, n_filling;

  n_lines = pdf_torn_count (rows, LEAST_FILL * (span.right - span.left), LEAST_WIDTH, &n_filling);
  return (n_lines >= LEAST_LINES && n_filling * 2 >= n_lines)
         || (depth < MOST_DEPTH && has_columns (lines, &gutter, depth + 1));
}

static void put_in_order (GPtrArray *lines,
                          Ordered   *ordered,
                          guint      depth);

static void
empty_into (GPtrArray *lines,
            Ordered   *ordered,
            guint      depth)
{
  put_in_order (lines, ordered, depth + 1);
  g_ptr_array_set_size (lines, 0);
}

/* Left column, right column, and what stands across both between them. */
static void
order_columns (GPtrArray *lines,
               double     gutter,
               Ordered   *ordered,
               guint      depth)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (lines, NULL, NULL);
  g_autoptr (GPtrArray) left = g_ptr_array_new (), right = g_ptr_array_new ();

  g_ptr_array_sort (sorted, compare_places);
  for (guint i = 0; i < sorted->len; i++)
    {
      PdfLine *line = g_ptr_array_index (sorted, i);

      if (line->right <= gutter)
        g_ptr_array_add (left, line);
      else if (line->left >= gutter)
        g_ptr_array_add (right, line);
      else
        {
          empty_into (left, ordered, depth);
          empty_into (right, ordered, depth);
          g_ptr_array_add (ordered->lines, line);
        }
    }
  empty_into (left, ordered, depth);
  empty_into (right, ordered, depth);
}

/* What is wholly on one side of it. */
static void
part (GPtrArray *lines,
      double     gutter,
      GPtrArray *left,
      GPtrArray *right)
{
  for (guint i = 0; i < lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (lines, i);

      if (line->right <= gutter)
        g_ptr_array_add (left, line);
      else if (line->left >= gutter)
        g_ptr_array_add (right, line);
    }
}

static gboolean
has_columns (GPtrArray *lines,
             double    *gutter,
             guint      depth)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new (), right = g_ptr_array_new ();

  if (lines->len < 2 * LEAST_LINES || !find_gutter (lines, find_span (lines), gutter))
    return FALSE;
  part (lines, *gutter, left, right);

  return is_column (left, depth) && is_column (right, depth);
}

static void
remember (Ordered   *ordered,
          GPtrArray *lines,
          double     place)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new (), right = g_ptr_array_new ();
  Gutter gutter = { place };

  part (lines, place, left, right);
  gutter.left = find_span (right).left;
  for (guint i = 0; i < ordered->gutters->len; i++)
    if (fabs (g_array_index (ordered->gutters, Gutter, i).left - gutter.left) < NEAR_COLUMN)
      return;
  if (ordered->gutters->len < MOST_GUTTERS)
    g_array_append_val (ordered->gutters, gutter);
}

/* One side is a column by itself, and half of the rows on the right begin where that column
 * began before, which those of a table across the page would not. */
static gboolean
has_columns_at (GPtrArray    *lines,
                const Gutter *gutter,
                guint         depth)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new (), right = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  guint n_beginning = 0;

  part (lines, gutter->place, left, right);
  if (left->len == 0 || right->len == 0
      || lines->len - left->len - right->len > MOST_ACROSS * lines->len)
    return FALSE;
  rows = find_rows (right);
  for (guint i = 0; i < rows->len; i++)
    {
      const PdfLine *first = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, i), 0);

      n_beginning += fabs (first->left - gutter->left) < NEAR_COLUMN;
    }

  return n_beginning * 2 >= rows->len && (is_column (left, depth) || is_column (right, depth));
}

static gboolean
has_columns_as_before (GPtrArray     *lines,
                       const Ordered *ordered,
                       double        *gutter,
                       guint          depth)
{
  for (guint i = 0; i < ordered->gutters->len; i++)
    {
      const Gutter *known = &g_array_index (ordered->gutters, Gutter, i);

      *gutter = known->place;
      if (has_columns_at (lines, known, depth))
        return TRUE;
    }

  return FALSE;
}

static void
add_rows (GPtrArray *rows,
          guint      first,
          guint      last,
          GPtrArray *lines)
{
  for (guint i = first; i < last; i++)
    g_ptr_array_extend (lines, g_ptr_array_index (rows, i), NULL, NULL);
}

/* A table whose cells take several lines, and what is above and below it. */
static gboolean
order_around_table (GPtrArray *lines,
                    Ordered   *ordered,
                    guint      depth)
{
  g_autoptr (GPtrArray) rows = find_rows (lines);
  g_autoptr (GPtrArray) above = g_ptr_array_new (), below = g_ptr_array_new ();
  guint first, last;

  if (!pdf_table_find (rows, &first, &last))
    return FALSE;
  add_rows (rows, 0, first, above);
  put_in_order (above, ordered, depth);
  pdf_table_order (rows, first, last, ordered->lines);
  add_rows (rows, last, rows->len, below);
  put_in_order (below, ordered, depth + 1);

  return TRUE;
}

static void
put_in_order (GPtrArray *lines,
              Ordered   *ordered,
              guint      depth)
{
  g_autoptr (GPtrArray) rows = NULL;
  double gutter = 0;

  /* Columns first: their paragraphs may well begin on one height, as the rows of a table do. */
  if (depth < MOST_DEPTH
      && (has_columns (lines, &gutter, depth)
          || has_columns_as_before (lines, ordered, &gutter, depth)))
    {
      remember (ordered, lines, gutter);
      order_columns (lines, gutter, ordered, depth);
      return;
    }
  if (depth < MOST_DEPTH && order_around_table (lines, ordered, depth))
    return;
  rows = find_rows (lines);
  if (depth > 0)
    pdf_torn_mend (rows);
  add_rows (rows, 0, rows->len, ordered->lines);
}

static void
order_page (PdfPage *page,
            GArray  *gutters)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  Ordered ordered = { g_ptr_array_new (), gutters };

  for (guint i = 0; i < page->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (page->lines, i);

      if (!line->is_furniture)
        g_ptr_array_add (lines, line);
    }
  put_in_order (lines, &ordered, 0);
  g_assert (ordered.lines->len == lines->len);
  for (guint i = 0, j = 0; i < page->lines->len; i++)
    {
      PdfLine **slot = (PdfLine **) &page->lines->pdata[i];

      /* Furniture stays in its slot; it is passed over anyway. */
      if (!(*slot)->is_furniture)
        *slot = g_ptr_array_index (ordered.lines, j++);
    }
  g_ptr_array_unref (ordered.lines);
  for (guint i = page->lines->len; i-- > 0;)
    if (*((PdfLine *) g_ptr_array_index (page->lines, i))->text == '\0')
      g_ptr_array_remove_index (page->lines, i);
}

void
pdf_columns_order (GPtrArray *pages)
{
  g_autoptr (GArray) gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));

  for (guint i = 0; i < pages->len; i++)
    order_page (g_ptr_array_index (pages, i), gutters);
}
