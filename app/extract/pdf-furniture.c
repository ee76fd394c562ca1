#include "pdf-page.h"

#include <math.h>
#include <string.h>

/* Headers and footers stand in these shares of a page's height. */
#define BAND 0.15
/* Where their numbers count with the pages, or are the page's own. */
#define WIDE_BAND 0.2
#define MOST_ROWS 3
/* One cell may agree with a neighbouring page by chance. */
#define LEAST_COUNTING_CELLS 2
/* Letters so much larger than the text's, printed over so many lines, are a watermark. */
#define WATERMARK_SIZE 2.5
#define WATERMARK_LINES 2
#define WATERMARK_LETTERS 3
/* Of the height of its letters: the space between a header and the text. */
#define LEAST_GAP 0.5
/* Behind a space of so much no more of a header follows. */
#define LAST_GAP 1.5
#define LARGEST_SHIFT 6.0
#define LARGEST_SIZE 1.15

/* What stands on one height of a page, near its edge; or one cell of that. */
typedef struct _Row Row;
struct _Row
{
  guint page;       /* from 0 */
  GPtrArray *lines; /* (owned) of PdfLine, not owned */
  double top, bottom;
  char *key;        /* (owned) its text with numbers as “#” */
  GArray *numbers;  /* (owned) of gint64 */
  gboolean is_repeated;
  gboolean is_sure;  /* its numbers say so: no space is needed between it and the text */
  GPtrArray *cells;  /* (owned) of Row, where it has several */
  Row *whole;        /* (nullable) (not owned) of a cell */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_ptr_array_unref (row->lines);
  g_array_unref (row->numbers);
  g_ptr_array_unref (row->cells);
  g_free (row->key);
  g_free (row);
}

static Row *
row_new (guint          page,
         const PdfLine *line)
{
  Row *row = g_new0 (Row, 1);

  row->page = page;
  row->lines = g_ptr_array_new ();
  row->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  row->cells = g_ptr_array_new_with_free_func (row_free);
  row->top = line->top;
  row->bottom = line->bottom;
  return row;
}

static gint64
parse_roman (const char *text)
{
  static const char letters[] = "ivxlcdm";
  static const int values[] = { 1, 5, 10, 50, 100, 500, 1000 };
  gint64 sum = 0;
  int last = 0;

  for (gsize i = strlen (text); i-- > 0;)
    {
      const char *found = strchr (letters, text[i]);
      int value = found != NULL && *found != '\0' ? values[found - letters] : 0;

      if (value == 0)
        return -1;
      sum += value < last ? -value : value;
      last = MAX (last, value);
    }

  return sum > 0 && sum < 400 ? sum : -1;
}

static void
describe (Row *row)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *lower = NULL;
  gint64 roman;

  for (guint i = 0; i < row->lines->len; i++)
    g_string_append (all, ((PdfLine *) row->lines->pdata[i])->text);
  lower = g_utf8_strdown (all->str, -1);
  roman = parse_roman (lower);
  if (roman > 0)
    {
      g_array_append_val (row->numbers, roman);
      row->key = g_strdup ("roman");
      return;
    }
  for (const char *p = lower; *p != '\0';)
    {
      if (g_ascii_isdigit (*p))
        {
          char *end;
          gint64 number = g_ascii_strtoll (p, &end, 10);

          g_array_append_val (row->numbers, number);
          g_string_append_c (key, '#');
          p = end;
          continue;
        }
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        g_string_append_unichar (key, g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
  row->key = g_string_free (g_steal_pointer (&key), FALSE);
}

static int
compare_tops (gconstpointer a,
              gconstpointer b)
{
  const PdfLine *line_a = *(const PdfLine *const *) a, *line_b = *(const PdfLine *const *) b;

  return line_a->top < line_b->top ? -1 : line_a->top > line_b->top;
}

/* All rows of a page from top to bottom. */
static GPtrArray *
find_rows (PdfPage *page,
           guint    number)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_copy (page->lines, NULL, NULL);
  Row *row = NULL;

  /* The copy owns nothing. */
  g_ptr_array_set_free_func (lines, NULL);
  g_ptr_array_sort (lines, compare_tops);
  for (guint i = 0; i < lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (lines, i);
      double middle = (line->top + line->bottom) / 2;

      if (row == NULL || middle > row->bottom)
        {
          row = row_new (number, line);
          g_ptr_array_add (rows, row);
        }
      row->bottom = MAX (row->bottom, line->bottom);
      g_ptr_array_add (row->lines, line);
    }

  return rows;
}

/* “12”, and then the title of the chapter: what changes beside a number that counts is part of
 * the header. Only of the outermost row, since text has numbers too. */
static void
add_cells (Row *row)
{
  for (guint i = 0; row->lines->len > 1 && i < row->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (row->lines, i);
      Row *cell = row_new (row->page, line);

      g_ptr_array_add (cell->lines, line);
      cell->whole = row;
      describe (cell);
      g_ptr_array_add (row->cells, cell);
    }
}

/* The outermost rows of every page on one side, from the edge inwards, and one more for the
 * gap before it. */
static GPtrArray *
find_edges (GPtrArray *pages,
            gboolean   at_top)
{
  GPtrArray *edges = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < pages->len; i++)
    {
      PdfPage *page = g_ptr_array_index (pages, i);
      g_autoptr (GPtrArray) rows = find_rows (page, i);
      GPtrArray *edge = g_ptr_array_new_with_free_func (row_free);

      while (rows->len > 0 && edge->len <= MOST_ROWS)
        {
          Row *row = g_ptr_array_steal_index (rows, at_top ? 0 : rows->len - 1);

          describe (row);
          if (edge->len == 0)
            add_cells (row);
          g_ptr_array_add (edge, row);
        }
      g_ptr_array_add (edges, edge);
    }

  return edges;
}

/* Headers are printed small: what is larger than the text is the heading of a section, though
 * sections may count with the pages. */
static gboolean
is_in_band (const Row     *row,
            const PdfPage *page,
            double         body_size,
            double         band,
            gboolean       at_top)
{
  const PdfLine *line = g_ptr_array_index (row->lines, 0);

  if (line->size > LARGEST_SIZE * body_size)
    return FALSE;
  return at_top ? row->bottom < page->height * band : row->top > page->height * (1 - band);
}

/* How much it says that two rows are the same print, 0 if they are not: the text without
 * numbers, at the same height, and the numbers, if any, equal or one of them counting with the
 * pages. That on neighbouring pages is never chance. */
static guint
compare_prints (const Row *a,
                const Row *b)
{
  gint64 distance = (gint64) b->page - (gint64) a->page;
  gboolean is_equal = TRUE, does_count = FALSE;

  if (!g_str_equal (a->key, b->key) || fabs (a->top - b->top) > LARGEST_SHIFT
      || a->numbers->len != b->numbers->len)
    return 0;
  for (guint i = 0; i < a->numbers->len; i++)
    {
      gint64 step = g_array_index (b->numbers, gint64, i) - g_array_index (a->numbers, gint64, i);

      is_equal &= step == 0;
      does_count |= step == distance;
    }

  return does_count && ABS (distance) <= 2 ? 2 : is_equal || does_count;
}

/* A number alone that is the page's own needs no second page to be known. */
static gboolean
is_own_number (const Row *row)
{
  static const char *const shapes[] = { "#", "-#-", "–#–", "—#—", "page#", "page#of#", "#of#", "#/#",
                                        "第#页", "第#頁", "第#页共#页", "第#页/共#页", NULL };

  return g_strv_contains (shapes, row->key)
         && g_array_index (row->numbers, gint64, 0) == (gint64) row->page + 1;
}

static void
add_to_same (GHashTable *by_key,
             Row        *row)
{
  GPtrArray *same = g_hash_table_lookup (by_key, row->key);

  if (same == NULL)
    g_hash_table_insert (by_key, row->key, same = g_ptr_array_new ());
  g_ptr_array_add (same, row);
}

/* The rows near the edge by what they say, so that a thousand pages take no longer than they
 * should. */
static GHashTable *
sort_by_key (GPtrArray *edges,
             GPtrArray *pages,
             double     body_size,
             gboolean   at_top)
{
  GHashTable *by_key = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < edges->len; i++)
    {
      GPtrArray *edge = g_ptr_array_index (edges, i);

      for (guint j = 0; j < MIN (edge->len, MOST_ROWS); j++)
        {
          Row *row = g_ptr_array_index (edge, j);

          if (!is_in_band (row, g_ptr_array_index (pages, i), body_size, WIDE_BAND, at_top))
            continue;
          row->is_repeated = row->is_sure = is_own_number (row);
          add_to_same (by_key, row);
          for (guint k = 0; k < row->cells->len; k++)
            add_to_same (by_key, row->cells->pdata[k]);
        }
    }
  return by_key;
}

/* Rows on the nearest pages tell: a header may change with every chapter. */
static void
find_repeated (GPtrArray *edges,
               GPtrArray *pages,
               double     body_size,
               gboolean   at_top)
{
  g_autoptr (GHashTable) by_key = sort_by_key (edges, pages, body_size, at_top);
  const guint least = pages->len <= 3 ? 2 : 3;
  GHashTableIter iter;
  GPtrArray *same;

  g_hash_table_iter_init (&iter, by_key);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &same))
    for (guint i = 0; i < same->len; i++)
      {
        Row *row = g_ptr_array_index (same, i);
        guint n_same = 1, n_counting = 0;

        for (guint j = i > 12 ? i - 12 : 0; j < MIN (i + 12, same->len); j++)
          {
            const guint likeness = j != i ? compare_prints (row, same->pdata[j]) : 0;

            n_same += likeness;
            n_counting += likeness == 2;
          }
        if (row->whole != NULL)
          {
            row->whole->is_sure |= n_counting >= LEAST_COUNTING_CELLS;
            row->whole->is_repeated |= row->whole->is_sure;
            continue;
          }
        row->is_sure |= n_same >= least && n_counting > 0;
        row->is_repeated |= row->is_sure
                            || (n_same >= least
                                && is_in_band (row, g_ptr_array_index (pages, row->page),
                                               body_size, BAND, at_top));
      }
}

/* Repeated rows are furniture up to a gap: text that happens to repeat goes on without one. */
static void
mark_edge (GPtrArray *edge,
           gboolean   at_top)
{
  guint n_marked = 0;

  for (guint i = 0; i < MIN (edge->len, MOST_ROWS); i++)
    {
      const Row *row = g_ptr_array_index (edge, i);
      const Row *next = i + 1 < edge->len ? g_ptr_array_index (edge, i + 1) : NULL;
      double gap = next == NULL ? G_MAXDOUBLE
                   : at_top     ? next->top - row->bottom
                                : row->top - next->bottom;
      const PdfLine *line = g_ptr_array_index (row->lines, 0);

      if (!row->is_repeated)
        break;
      if (gap >= LEAST_GAP * line->size || row->is_sure)
        n_marked = i + 1;
      if (gap >= LAST_GAP * line->size)
        break;
    }
  for (guint i = 0; i < n_marked; i++)
    {
      const Row *row = g_ptr_array_index (edge, i);

      for (guint j = 0; j < row->lines->len; j++)
        ((PdfLine *) row->lines->pdata[j])->is_furniture = TRUE;
    }
}

static gboolean
overlap (const PdfLine *a,
         const PdfLine *b)
{
  return MIN (a->right, b->right) > MAX (a->left, b->left)
         && MIN (a->bottom, b->bottom) > MAX (a->top, b->top);
}

static gboolean
is_over_text (const PdfPage *page,
              const PdfLine *line,
              double         body_size)
{
  guint n = 0;

  for (guint i = 0; i < page->lines->len; i++)
    {
      const PdfLine *other = g_ptr_array_index (page->lines, i);

      n += other->size < WATERMARK_SIZE * body_size && overlap (line, other);
    }
  return n >= WATERMARK_LINES;
}

/* What is printed large across the text, “DRAFT”, letter by letter where it is slanted; some of
 * those letters may stand below the text. */
static void
mark_watermarks (const PdfPage *page,
                 double         body_size)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < page->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (page->lines, i);

      line->is_furniture = line->size >= WATERMARK_SIZE * body_size
                           && is_over_text (page, line, body_size);
      has_any |= line->is_furniture;
    }
  for (guint i = 0; has_any && i < page->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (page->lines, i);

      line->is_furniture |= line->size >= WATERMARK_SIZE * body_size
                            && g_utf8_strlen (line->text, -1) <= WATERMARK_LETTERS;
    }
}

void
pdf_furniture_mark (GPtrArray *pages,
                    double     body_size)
{
  for (guint i = 0; i < pages->len; i++)
    mark_watermarks (g_ptr_array_index (pages, i), body_size);
  for (int at_top = 0; at_top <= 1; at_top++)
    {
      g_autoptr (GPtrArray) edges = find_edges (pages, at_top);

      find_repeated (edges, pages, body_size, at_top);
      for (guint i = 0; i < edges->len; i++)
        mark_edge (g_ptr_array_index (edges, i), at_top);
    }
}
