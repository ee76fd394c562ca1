/* Pages of Chinese or Japanese whose lines run down and follow each other to the left. The
 * library takes what stands side by side for a line, so lines are made of the letters' places. */
#include "pdf-page.h"

#include "text-flow.h"

#include <string.h>

/* So many letters are asked for their neighbours, spread over the page. */
#define MOST_ASKED 96
#define LEAST_VOTES 8
/* Of the letters' size: how far the middles of one line's letters may stand apart, and letters
 * that touch. */
#define SAME_LINE 0.45
#define TOUCHING 0.25
/* From here on there is a blank between two letters, or another line. */
#define BLANK 0.5
#define NEXT_LINE 2.2
/* Figures side by side in the place of one letter are no wider. */
#define WIDEST_CELL 1.4

typedef struct
{
  char *text;                      /* (owned) */
  double left, top, right, bottom; /* as the page shows it */
} Cell;

static void
cell_clear (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static double
get_middle_x (const PopplerRectangle *place)
{
  return (place->x1 + place->x2) / 2;
}

static double
get_middle_y (const PopplerRectangle *place)
{
  return (place->y1 + place->y2) / 2;
}

/* ---- whether a page is one ------------------------------------------------------------ */

/* Distances to the nearest letters on the right and below. */
static void
find_neighbours (const PopplerRectangle *letter,
                 const GArray           *letters,
                 double                 *right,
                 double                 *down)
{
  const double width = letter->x2 - letter->x1;

  *right = *down = G_MAXDOUBLE;
  for (guint i = 0; i < letters->len; i++)
    {
      const PopplerRectangle *other = &g_array_index (letters, PopplerRectangle, i);
      const double dx = get_middle_x (other) - get_middle_x (letter);
      const double dy = get_middle_y (other) - get_middle_y (letter);

      if (dx > width / 2 && ABS (dy) < width / 4)
        *right = MIN (*right, dx);
      if (dy > width / 2 && ABS (dx) < width / 4)
        *down = MIN (*down, dy);
    }
}

gboolean
pdf_vertical_is (const char             *text,
                 const PopplerRectangle *places,
                 guint                   n_places)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (PopplerRectangle));
  guint n_vertical = 0, n_level = 0, i = 0;

  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    if (text_is_wide (g_utf8_get_char (p)) && places[i].x2 > places[i].x1)
      g_array_append_val (letters, places[i]);
  for (guint step = letters->len / MOST_ASKED + 1, j = 0; j < letters->len; j += step)
    {
      const PopplerRectangle *letter = &g_array_index (letters, PopplerRectangle, j);
      double right, down;

      find_neighbours (letter, letters, &right, &down);
      n_vertical += down < 0.85 * right && down < 2 * (letter->x2 - letter->x1);
      n_level += right < 0.85 * down && right < 2 * (letter->x2 - letter->x1);
    }

  return n_vertical >= LEAST_VOTES && n_vertical > 3 * n_level;
}

/* ---- cells ---------------------------------------------------------------------------- */

static Cell
make_cell (gunichar                letter,
           const PopplerRectangle *place)
{
  char text[8] = "";

  g_unichar_to_utf8 (letter, text);
  return (Cell) { .text = g_strdup (text), .left = place->x1, .right = place->x2,
                  .top = MIN (place->y1, place->y2), .bottom = MAX (place->y1, place->y2) };
}

static void
join_cells (Cell       *cell,
            const Cell *next,
            gboolean    has_blank)
{
  char *joined = g_strconcat (cell->text, has_blank ? " " : "", next->text, NULL);

  g_free (cell->text);
  cell->text = joined;
  cell->left = MIN (cell->left, next->left);
  cell->right = MAX (cell->right, next->right);
  cell->top = MIN (cell->top, next->top);
  cell->bottom = MAX (cell->bottom, next->bottom);
}

/* Letters that touch from left to right are a level line, or figures in one letter's place. */
static GArray *
collect_cells (const char             *text,
               const PopplerRectangle *places,
               guint                   n_places)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  gboolean has_blank = FALSE;
  guint i = 0;

  g_array_set_clear_func (cells, cell_clear);
  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    {
      const gunichar letter = g_utf8_get_char (p);
      Cell *last = cells->len > 0 ? &g_array_index (cells, Cell, cells->len - 1) : NULL;
      Cell cell;

      if (g_unichar_isspace (letter))
        {
          has_blank = TRUE;
          continue;
        }
      cell = make_cell (letter, &places[i]);
      if (last != NULL && ABS (cell.top - last->top) < TOUCHING * (cell.bottom - cell.top)
          && cell.left > last->left
          && cell.left - last->right < TOUCHING * (cell.bottom - cell.top))
        {
          join_cells (last, &cell, has_blank);
          g_free (cell.text);
        }
      else
        g_array_append_val (cells, cell);
      has_blank = FALSE;
    }

  return cells;
}

static int
compare_widths (gconstpointer a,
                gconstpointer b)
{
  const double width_a = *(const double *) a, width_b = *(const double *) b;

  return width_a < width_b ? -1 : width_a > width_b;
}

/* The width that half of the cells do not exceed: that of a letter. */
static double
find_letter_size (const GArray *cells)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const double width = cell->right - cell->left;

      g_array_append_val (widths, width);
    }
  g_array_sort (widths, compare_widths);
  return widths->len > 0 ? MAX (g_array_index (widths, double, widths->len / 2), 1) : 1;
}

/* ---- lines ---------------------------------------------------------------------------- */

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Cell *cell_a = a, *cell_b = b;

  return cell_a->top < cell_b->top ? -1 : cell_a->top > cell_b->top;
}

static int
compare_from_right (gconstpointer a,
                    gconstpointer b)
{
  const Cell *cell_a = a, *cell_b = b;
  const double middle_a = cell_a->left + cell_a->right, middle_b = cell_b->left + cell_b->right;

  return middle_a > middle_b ? -1 : middle_a < middle_b;
}

/* What has been read is as if the page had been turned: down is right, left is down. */
static void
add_line (PdfPage       *page,
          const GString *text,
          const Cell    *extent,
          double         size)
{
  PdfLine line = { .left = extent->top, .right = extent->bottom, .size = size,
                   .top = page->height - extent->right, .bottom = page->height - extent->left };

  pdf_page_add_line (page, &line, text->str, text->len);
}

/* The letters of one line, from the top; a wide gap parts it. */
static void
add_column (PdfPage *page,
            GArray  *column,
            double   size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Cell extent = { 0 };
  double middle = 0;

  g_array_sort (column, compare_cells);
  for (guint i = 0; i < column->len; i++)
    {
      const Cell *cell = &g_array_index (column, Cell, i);
      const double next = (cell->top + cell->bottom) / 2;
      const gboolean is_narrow = (guchar) *cell->text < 0x80;

      if (text->len > 0 && next - middle > NEXT_LINE * size)
        {
          add_line (page, text, &extent, size);
          g_string_truncate (text, 0);
        }
      if (text->len == 0)
        extent = *cell;
      else if (is_narrow ? cell->top - extent.bottom > TOUCHING * size
                         : next - middle > (1 + BLANK) * size)
        g_string_append_c (text, ' ');
      g_string_append (text, cell->text);
      extent.left = MIN (extent.left, cell->left);
      extent.right = MAX (extent.right, cell->right);
      extent.bottom = MAX (extent.bottom, cell->bottom);
      middle = next;
    }
  if (text->len > 0)
    add_line (page, text, &extent, size);
}

static void
add_columns (PdfPage *page,
             GArray  *cells,
             double   size)
{
  g_autoptr (GArray) column = g_array_new (FALSE, FALSE, sizeof (Cell));
  double middle = 0;

  g_array_sort (cells, compare_from_right);
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const double next = (cell->left + cell->right) / 2;

      if (column->len > 0 && middle - next > SAME_LINE * size)
        {
          add_column (page, column, size);
          g_array_set_size (column, 0);
        }
      if (column->len == 0)
        middle = next;
      g_array_append_val (column, *cell);
    }
  add_column (page, column, size);
}

/* Boxes of letters are higher than what the letters of a column are measured by, their width. */
static double
measure_letters (const Cell *cell)
{
  double n = 0;

  for (const char *p = cell->text; *p != '\0'; p = g_utf8_next_char (p))
    n += text_is_wide (g_utf8_get_char (p)) ? 1 : 0.5;
  return (cell->right - cell->left) / MAX (n, 1);
}

/* A running header stays at the page's beginning, a page number at its end. */
static void
add_level_lines (PdfPage      *page,
                 const GArray *cells,
                 double        middle)
{
  double above = 0, below = page->height;

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const double size = measure_letters (cell);
      const gboolean is_above = cell->top < middle;
      PdfLine line = { .left = cell->left, .right = cell->right, .size = size };

      line.top = is_above ? above : below - size;
      line.bottom = line.top + size;
      pdf_page_add_line (page, &line, cell->text, strlen (cell->text));
      above += is_above ? size * 1.2 : 0;
      below -= is_above ? 0 : size * 1.2;
    }
}

/* As a page number is. */
static gboolean
is_alone (const Cell   *cell,
          const GArray *cells,
          double        size)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *other = &g_array_index (cells, Cell, i);

      if (other != cell && other->left < cell->right + size && other->right > cell->left - size
          && other->top < cell->bottom + size && other->bottom > cell->top - size)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_level (const Cell   *cell,
          const GArray *cells,
          double        size)
{
  if (cell->right - cell->left > WIDEST_CELL * size)
    return g_utf8_strlen (cell->text, -1) > 1;
  return g_ascii_isdigit (*cell->text) && is_alone (cell, cells, size);
}

void
pdf_vertical_read (PdfPage                *page,
                   const char             *text,
                   const PopplerRectangle *places,
                   guint                   n_places)
{
  g_autoptr (GArray) cells = collect_cells (text, places, n_places);
  g_autoptr (GArray) level = g_array_new (FALSE, FALSE, sizeof (Cell));
  const double size = find_letter_size (cells), width = page->width;
  const double middle = page->height / 2;

  page->width = page->height;
  page->height = width;
  g_array_set_clear_func (level, cell_clear);
  for (guint i = cells->len; i-- > 0;)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      if (is_level (cell, cells, size))
        {
          g_array_prepend_val (level, *cell);
          cell->text = NULL;
          g_array_remove_index (cells, i);
        }
    }
  add_level_lines (page, level, middle);
  add_columns (page, cells, size);
}
