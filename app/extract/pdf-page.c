#include "pdf-page.h"

#include "text-flow.h"

#include <string.h>

/* Of the letters' height: what stands further apart is in two columns or cells, though the
 * library takes it for one line. */
#define WIDEST_SPACE 1.3
/* What is written to the left is asked for in strips of so many points: less than a line. */
#define STRIP 6.0
/* Of the letters' height: so far apart are two words. */
#define LEAST_SPACE 0.15
/* And between letters where it gives no space: the cells of a narrow table. */
#define WIDEST_GAP 0.5

static void
line_free (gpointer data)
{
  PdfLine *line = data;

  g_free (line->text);
  g_free (line);
}

/* Where letters stand; spaces and line ends have places that mean nothing. */
static void
take_place (PdfLine                *line,
            const PopplerRectangle *place)
{
  double top = MIN (place->y1, place->y2), bottom = MAX (place->y1, place->y2);

  if (line->size == 0)
    {
      line->left = place->x1;
      line->right = place->x2;
      line->top = top;
      line->bottom = bottom;
    }
  line->left = MIN (line->left, place->x1);
  line->right = MAX (line->right, place->x2);
  line->top = MIN (line->top, top);
  line->bottom = MAX (line->bottom, bottom);
  line->size = MAX (line->size, bottom - top);
}

/* A soft hyphen within a line shows nothing, at its end it was printed. */
static char *
clean_line (const char *text,
            gsize       length)
{
  static const char soft_hyphen[] = "\xc2\xad";
  const gsize n = strlen (soft_hyphen);
  g_autofree char *clean = NULL;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  clean = g_strstrip (text_clean (text, length));
  if (length > n && strncmp (text + length - n, soft_hyphen, n) == 0)
    return g_strconcat (clean, "-", NULL);
  return g_steal_pointer (&clean);
}

void
pdf_page_add_line (PdfPage       *page,
                   const PdfLine *line,
                   const char    *text,
                   gsize          length)
{
  g_autofree char *clean = clean_line (text, length);
  PdfLine *kept;

  if (*clean == '\0' || line->size <= 0)
    return;
  kept = g_new (PdfLine, 1);
  *kept = *line;
  kept->text = g_steal_pointer (&clean);
  g_ptr_array_add (page->lines, kept);
}

static void
end_line (PdfPage    *page,
          PdfLine    *line,
          const char *text,
          gsize       length)
{
  pdf_page_add_line (page, line, text, length);
  *line = (PdfLine) { 0 };
}

static void
read_lines (PdfPage                *page,
            const char             *text,
            const PopplerRectangle *places,
            guint                   n_places)
{
  PdfLine line = { 0 };
  const char *start = text;
  gboolean has_space = FALSE;
  guint i = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), i++)
    {
      const gunichar letter = g_utf8_get_char (p);
      const double widest = has_space ? WIDEST_SPACE : WIDEST_GAP;

      has_space = g_unichar_isspace (letter);
      if (letter == '\n')
        {
          end_line (page, &line, start, p - start);
          start = p + 1;
        }
      else if (i < n_places && !g_unichar_isspace (letter))
        {
          if (line.size > 0
              && (places[i].x1 - line.right > widest * line.size
                  || MIN (places[i].y1, places[i].y2) > line.bottom
                  || MAX (places[i].y1, places[i].y2) < line.top))
            {
              end_line (page, &line, start, p - start);
              start = p;
            }
          take_place (&line, &places[i]);
        }
    }
  end_line (page, &line, start, strlen (start));
}

/* How the pen moves, over all lines of a page. */
typedef struct
{
  double right, down; /* from letter to letter */
  int n_lines_down;   /* lines that begin below the one before, less those above */
} Writing;

static Writing
measure_writing (const char             *text,
                 const PopplerRectangle *places,
                 guint                   n_places)
{
  const PopplerRectangle *letter = NULL, *line = NULL;
  Writing writing = { 0 };
  guint i = 0;

  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    {
      if (*p == '\n')
        letter = NULL;
      else if (!g_unichar_isspace (g_utf8_get_char (p)))
        {
          if (letter != NULL)
            {
              writing.right += places[i].x1 - letter->x1;
              writing.down += places[i].y1 - letter->y1;
            }
          else
            {
              if (line != NULL)
                writing.n_lines_down += places[i].y1 > line->y1 ? 1 : -1;
              line = &places[i];
            }
          letter = &places[i];
        }
    }
  return writing;
}

/* Turns a page that is written sideways, as wide tables are, or upside down, until its lines run
 * to the right. Arabic runs to the left, but downwards from line to line. */
static void
turn_upright (PdfPage          *page,
              const char       *text,
              PopplerRectangle *places,
              guint             n_places)
{
  const Writing writing = measure_writing (text, places, n_places);
  const gboolean is_sideways = ABS (writing.down) > 2 * ABS (writing.right);
  const double width = page->width, height = page->height;

  if (!is_sideways && (writing.right >= 0 || writing.n_lines_down >= 0))
    return;
  for (guint i = 0; i < n_places; i++)
    {
      const PopplerRectangle old = places[i];

      if (!is_sideways)
        places[i] = (PopplerRectangle) { .x1 = width - old.x2, .x2 = width - old.x1,
                                         .y1 = height - old.y2, .y2 = height - old.y1 };
      else if (writing.down > 0)
        places[i] = (PopplerRectangle) { .x1 = old.y1, .x2 = old.y2,
                                         .y1 = width - old.x2, .y2 = width - old.x1 };
      else
        places[i] = (PopplerRectangle) { .x1 = height - old.y2, .x2 = height - old.y1,
                                         .y1 = old.x1, .y2 = old.x2 };
    }
  if (is_sideways)
    {
      page->width = height;
      page->height = width;
    }
}

/* ---- what is written to the left ------------------------------------------------------------ */

/* The library puts marks around such words, and counts no places for them. */
static char *
drop_marks (char *text)
{
  g_autofree char *owned = text;
  g_autoptr (GString) plain = g_string_new (NULL);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) < 0x202a || g_utf8_get_char (p) > 0x202e)
      g_string_append_len (plain, p, g_utf8_next_char (p) - p);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static gboolean
runs_left (gunichar letter)
{
  return (letter >= 0x590 && letter <= 0x8ff) || (letter >= 0xfb1d && letter <= 0xfdff)
         || (letter >= 0xfe70 && letter <= 0xfefc);
}

static gboolean
has_left_runs (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (runs_left (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* The library forgets the space after the first word of a line. */
static void
read_left_lines (PdfPage                *page,
                 const char             *text,
                 const PopplerRectangle *places,
                 guint                   n_places)
{
  g_autoptr (GString) spaced = g_string_new (NULL);
  g_autoptr (GArray) mended = g_array_new (FALSE, FALSE, sizeof (PopplerRectangle));
  gunichar last = ' ';
  guint i = 0;

  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    {
      const gunichar letter = g_utf8_get_char (p);
      const double size = ABS (places[i].y2 - places[i].y1);

      if (runs_left (letter) && runs_left (last)
          && places[i - 1].x1 - places[i].x2 > LEAST_SPACE * size)
        {
          g_string_append_c (spaced, ' ');
          g_array_append_val (mended, places[i]);
        }
      g_string_append_unichar (spaced, letter);
      g_array_append_val (mended, places[i]);
      last = letter;
    }
  read_lines (page, spaced->str, (const PopplerRectangle *) mended->data, mended->len);
}

/* Asked for a whole page, the library gives from what it holds for the first block to what it
 * holds for the last, and that is not all of a page written to the left. Strip by strip it gives
 * all but one block, and some lines more than once. */
static void
read_strips (PdfPage     *page,
             PopplerPage *source)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (double top = 0; top < page->height; top += STRIP)
    {
      PopplerRectangle strip = { .x1 = 0, .y1 = top, .x2 = page->width, .y2 = top + STRIP };
      g_autofree char *text = drop_marks (poppler_page_get_text_for_area (source, &strip));
      g_autofree PopplerRectangle *places = NULL;
      const guint n_before = page->lines->len;
      guint n_places = 0;

      if (text == NULL || *text == '\0'
          || !poppler_page_get_text_layout_for_area (source, &strip, &places, &n_places))
        continue;
      read_left_lines (page, text, places, n_places);
      for (guint i = page->lines->len; i > n_before; i--)
        {
          const PdfLine *line = g_ptr_array_index (page->lines, i - 1);

          if (!g_hash_table_add (seen, g_strdup_printf ("%.0f %.0f %s", line->left, line->top,
                                                        line->text)))
            g_ptr_array_remove_index (page->lines, i - 1);
        }
    }
}

/* ---- a page --------------------------------------------------------------------------------- */

PdfPage *
pdf_page_new (PopplerPage *source)
{
  PdfPage *page = g_new0 (PdfPage, 1);
  g_autofree char *text = drop_marks (poppler_page_get_text (source));
  g_autofree PopplerRectangle *places = NULL;
  guint n_places = 0;

  poppler_page_get_size (source, &page->width, &page->height);
  page->lines = g_ptr_array_new_with_free_func (line_free);
  if (text != NULL && (*text == '\0' || has_left_runs (text)))
    {
      read_strips (page, source);
      page->runs_left = page->lines->len > 0;
    }
  else if (text != NULL && poppler_page_get_text_layout (source, &places, &n_places))
    {
      turn_upright (page, text, places, n_places);
      if (pdf_vertical_is (text, places, n_places))
        pdf_vertical_read (page, text, places, n_places);
      else
        read_lines (page, text, places, n_places);
    }
  if (page->lines->len == 0)
    {
      GList *images = poppler_page_get_image_mapping (source);

      page->has_images = images != NULL;
      poppler_page_free_image_mapping (images);
    }

  return page;
}

void
pdf_page_free (PdfPage *page)
{
  g_ptr_array_unref (page->lines);
  g_free (page);
}
