#include "pdf-page.h"

#include "plain-letters.h"
#include "text-flow.h"

#include <string.h>

/* Of the letters' height: what stands further apart is in two columns or cells, though the
 * library takes it for one line. */
#define WIDEST_SPACE 1.3
/* The size that letters in fields of forms are taken for. */
#define FIELD_LETTERS 11.0
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
  g_autofree char *plain = NULL;
  g_autofree char *clean = NULL;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  plain = text_clean (text, length);
  clean = g_strstrip (plain_letters_turn_back (plain));
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

/* ---- a page --------------------------------------------------------------------------- */

static void
read_page (PdfPage     *page,
           PopplerPage *source)
{
  g_autofree char *text = poppler_page_get_text (source);
  g_autofree PopplerRectangle *places = NULL;
  guint n_places = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL)
      || ((*text == '\0' || pdf_leftward_is (text)) && pdf_leftward_read (page, source, text))
      || !poppler_page_get_text_layout (source, &places, &n_places))
    return;
  turn_upright (page, text, places, n_places);
  if (pdf_vertical_is (text, places, n_places))
    pdf_vertical_read (page, text, places, n_places);
  else
    read_lines (page, text, places, n_places);
}

/* What stands in a field of a form; it is no part of the page's text. Free it. */
static char *
get_field_text (PopplerFormField *field)
{
  if (poppler_form_field_get_field_type (field) == POPPLER_FORM_FIELD_TEXT
      && !poppler_form_field_text_is_password (field))
    return poppler_form_field_text_get_text (field);
  if (poppler_form_field_get_field_type (field) == POPPLER_FORM_FIELD_CHOICE)
    for (int i = 0; i < poppler_form_field_choice_get_n_items (field); i++)
      if (poppler_form_field_choice_is_item_selected (field, i))
        return poppler_form_field_choice_get_item (field, i);

  return NULL;
}

static void
read_form (PdfPage     *page,
           PopplerPage *source)
{
  GList *fields = poppler_page_get_form_field_mapping (source);

  for (GList *item = fields; item != NULL; item = item->next)
    {
      const PopplerFormFieldMapping *mapping = item->data;
      const PopplerRectangle *area = &mapping->area;
      g_autofree char *text = get_field_text (mapping->field);
      PdfLine line = { .left = area->x1, .right = area->x2,
                       .size = MIN (area->y2 - area->y1, FIELD_LETTERS) };

      if (text == NULL || !g_utf8_validate (text, -1, NULL))
        continue;
      line.top = page->height - (area->y1 + area->y2 + line.size) / 2;
      line.bottom = line.top + line.size;
      pdf_page_add_line (page, &line, g_strdelimit (text, "\r\n", ' '), strlen (text));
    }
  poppler_page_free_form_field_mapping (fields);
}

PdfPage *
pdf_page_new (PopplerPage *source)
{
  PdfPage *page = g_new0 (PdfPage, 1);

  poppler_page_get_size (source, &page->width, &page->height);
  page->lines = g_ptr_array_new_with_free_func (line_free);
  read_page (page, source);
  read_form (page, source);
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
