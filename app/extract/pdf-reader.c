#include "reader.h"

#include "line-joiner.h"
#include "pdf-page.h"
#include "text-flow.h"

#include <math.h>
#include <string.h>

/* Longer documents than this are cut, and say so. */
#define MOST_PAGES 20000

/* Shares of a line's letter height or of a column's width that tell lines apart. */
#define LARGEST_PITCH 1.75
#define INDENT 0.8
#define SAME_SIZE 0.15
#define HEADING_SIZE 1.2
#define SHORT_LINE 0.72
#define NEARLY_FULL 0.92

typedef struct
{
  BaleenDocument *document; /* (not owned) */
  GString *text;            /* of the paragraph so far */
  const PdfLine *first, *last; /* its lines */
  gboolean is_in_row;       /* the last stands beside another, as cells do */
  guint page;
  double body_size;
  BrokenWords *words;       /* (not owned) */
} Paragrapher;

static gboolean
begins_small (const char *text)
{
  return g_unichar_islower (g_utf8_get_char (text));
}

static void
flush (Paragrapher *paragrapher)
{
  BaleenParagraphStyle style = BALEEN_PARAGRAPH_BODY;

  if (paragrapher->text->len == 0)
    return;
  if (paragrapher->first->size > HEADING_SIZE * paragrapher->body_size)
    style = BALEEN_PARAGRAPH_HEADING;
  else if (line_joiner_is_item (paragrapher->text->str))
    style = BALEEN_PARAGRAPH_ITEM;
  else if (strchr (paragrapher->text->str, '\t') != NULL)
    style = BALEEN_PARAGRAPH_ROW;
  baleen_document_add (paragrapher->document, paragrapher->page, style, paragrapher->text->str,
                       paragrapher->text->len);
  g_string_truncate (paragrapher->text, 0);
  paragrapher->first = NULL;
}

/* The right edge of the column that the line stands in. */
static double
find_right_edge (const PdfPage *page,
                 const PdfLine *line)
{
  double edge = line->right;

  for (guint i = 0; i < page->lines->len; i++)
    {
      const PdfLine *other = g_ptr_array_index (page->lines, i);

      if (!other->is_furniture && fabs (other->left - line->left) < 3 * line->size)
        edge = MAX (edge, other->right);
    }

  return edge;
}

static gboolean
is_same_row (const PdfLine *line,
             const PdfLine *next)
{
  double middle = (next->top + next->bottom) / 2;

  return middle > line->top && middle < line->bottom && next->left >= line->right;
}

/* A line higher up than the one before begins a new column. The paragraph goes on there if the
 * sentence does. */
static gboolean
goes_on_in_column (const PdfLine *line,
                   const PdfLine *next)
{
  return !line_joiner_ends_sentence (line->text)
         && (begins_small (next->text) || text_is_wide (g_utf8_get_char (next->text)))
         && !line_joiner_is_item (next->text);
}

static gboolean
goes_on (Paragrapher   *paragrapher,
         const PdfPage *page,
         const PdfLine *next)
{
  const PdfLine *line = paragrapher->last;
  const double edge = find_right_edge (page, line);
  const double fill = (line->right - line->left) / MAX (edge - line->left, 1);

  if (fabs (line->size - next->size) > SAME_SIZE * MAX (line->size, next->size)
      || line_joiner_begins_item (paragrapher->first->text, line->text, fill > NEARLY_FULL,
                                  next->text))
    return FALSE;
  if (next->top < line->top - line->size)
    return goes_on_in_column (line, next);
  /* Below the first cell of a row begins the next one. */
  if (paragrapher->is_in_row && next->left < line->left - line->size && !begins_small (next->text))
    return FALSE;
  if (next->top - line->top > LARGEST_PITCH * line->size || next->left > line->right
      || next->right < line->left)
    return FALSE;
  if (next->left > line->left + INDENT * line->size
      && !(line == paragrapher->first && line_joiner_is_item (line->text)))
    return FALSE;

  if (fill < SHORT_LINE && !begins_small (next->text))
    return FALSE;
  return !(fill < NEARLY_FULL && line_joiner_ends_sentence (line->text)
           && !begins_small (next->text));
}

static void
add_page (Paragrapher   *paragrapher,
          const PdfPage *page)
{
  for (guint i = 0; i < page->lines->len; i++)
    {
      const PdfLine *line = g_ptr_array_index (page->lines, i);

      if (line->is_furniture)
        continue;
      if (paragrapher->first != NULL && line->cell == PDF_CELL_MORE)
        {
          line_joiner_append (paragrapher->text, line->text, paragrapher->words);
          paragrapher->last = line;
          continue;
        }
      if (paragrapher->first != NULL
          && (line->cell == PDF_CELL_NEXT
              || (line->cell == PDF_CELL_NONE && is_same_row (paragrapher->last, line))))
        {
          g_string_append_c (paragrapher->text, '\t');
          g_string_append (paragrapher->text, line->text);
          paragrapher->last = line;
          paragrapher->is_in_row = TRUE;
          continue;
        }
      if (paragrapher->first != NULL
          && (line->cell != paragrapher->last->cell || line->cell == PDF_CELL_FIRST
              || !goes_on (paragrapher, page, line)))
        flush (paragrapher);
      if (paragrapher->first == NULL)
        paragrapher->first = line;
      line_joiner_append (paragrapher->text, line->text, paragrapher->words);
      paragrapher->last = line;
      paragrapher->is_in_row = FALSE;
    }
}

/* The rest of a word that was hyphenated at the end of a page belongs to its beginning. */
static void
carry_word (Paragrapher *paragrapher,
            PdfPage     *next)
{
  for (guint i = 0; paragrapher->text->len > 1 && i < next->lines->len; i++)
    {
      PdfLine *line = g_ptr_array_index (next->lines, i);
      gsize n = strcspn (line->text, " ");
      g_autofree char *word = g_strndup (line->text, n);

      if (line->is_furniture)
        continue;
      if (paragrapher->text->str[paragrapher->text->len - 1] == '-' && begins_small (word)
          && line->text[n] != '\0')
        {
          line_joiner_append (paragrapher->text, word, paragrapher->words);
          memmove (line->text, line->text + n + 1, strlen (line->text + n + 1) + 1);
        }
      return;
    }
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  double size_a = *(const double *) a, size_b = *(const double *) b;

  return size_a < size_b ? -1 : size_a > size_b;
}

/* The size that half of the text's lines do not exceed. */
static double
find_body_size (GPtrArray *pages)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < pages->len; i++)
    {
      const PdfPage *page = g_ptr_array_index (pages, i);

      for (guint j = 0; j < page->lines->len; j++)
        g_array_append_val (sizes, ((PdfLine *) page->lines->pdata[j])->size);
    }
  g_array_sort (sizes, compare_sizes);

  return sizes->len > 0 ? g_array_index (sizes, double, sizes->len / 2) : 0;
}

static GPtrArray *
read_pages (BaleenDocument  *document,
            PopplerDocument *source)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) pdf_page_free);
  int n_pages = poppler_document_get_n_pages (source);
  gsize n_bytes = 0;

  document->n_pages = CLAMP (n_pages, 1, MOST_PAGES);
  for (guint i = 0; i < document->n_pages && n_bytes < BALEEN_READ_MOST_TEXT; i++)
    {
      PopplerPage *source_page = poppler_document_get_page (source, i);
      PdfPage *page;

      if (source_page == NULL)
        {
          document->notes[BALEEN_NOTE_MISSING_PARTS]++;
          page = g_new0 (PdfPage, 1);
          page->lines = g_ptr_array_new ();
        }
      else
        page = pdf_page_new (source_page);
      document->notes[BALEEN_NOTE_PAGES_WITHOUT_TEXT] += page->lines->len == 0;
      for (guint j = 0; j < page->lines->len; j++)
        n_bytes += strlen (((PdfLine *) page->lines->pdata[j])->text);
      g_ptr_array_add (pages, page);
      g_clear_object (&source_page);
    }
  document->notes[BALEEN_NOTE_CUT] = pages->len < (guint) MAX (n_pages, 0);

  return pages;
}

static BrokenWords *
learn_words (GPtrArray *pages)
{
  BrokenWords *words = broken_words_new ();

  for (guint i = 0; i < pages->len; i++)
    {
      const PdfPage *page = g_ptr_array_index (pages, i);

      for (guint j = 0; j < page->lines->len; j++)
        {
          const PdfLine *line = g_ptr_array_index (page->lines, j);

          if (!line->is_furniture)
            broken_words_learn (words, line->text);
        }
    }
  return words;
}

static void
add_pages (BaleenDocument *document,
           GPtrArray      *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BrokenWords) words = learn_words (pages);
  Paragrapher paragrapher = { .document = document, .text = text, .words = words,
                              .body_size = find_body_size (pages) };

  for (guint i = 0; i < pages->len; i++)
    {
      paragrapher.page = i + 1;
      add_page (&paragrapher, g_ptr_array_index (pages, i));
      if (i + 1 < pages->len)
        carry_word (&paragrapher, g_ptr_array_index (pages, i + 1));
      flush (&paragrapher);
    }
}

static gboolean
refuse_without_text (GPtrArray *pages,
                     GError   **error)
{
  for (guint i = 0; i < pages->len; i++)
    if (((PdfPage *) g_ptr_array_index (pages, i))->has_images)
      {
        g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_SCANNED, "pictures");
        return FALSE;
      }

  /* The reader of readers says that there is no text. */
  return TRUE;
}

gboolean
baleen_read_pdf (BaleenDocument *document,
                 GBytes         *bytes,
                 GError        **error)
{
  g_autoptr (GError) trouble = NULL;
  PopplerDocument *source = poppler_document_new_from_bytes (bytes, NULL, &trouble);
  g_autoptr (GPtrArray) pages = NULL;
  g_autofree char *title = NULL;

  if (source == NULL)
    {
      gboolean is_encrypted
          = g_error_matches (trouble, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);

      g_set_error_literal (error, BALEEN_READ_ERROR,
                           is_encrypted ? BALEEN_READ_ERROR_ENCRYPTED
                                        : BALEEN_READ_ERROR_DAMAGED,
                           trouble->message);
      return FALSE;
    }

  if (poppler_document_get_n_pages (source) < 1)
    {
      g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_DAMAGED, "no pages");
      g_object_unref (source);
      return FALSE;
    }
  title = poppler_document_get_title (source);
  if (title != NULL && g_utf8_validate (title, -1, NULL))
    {
      g_autofree char *clean = g_strstrip (text_clean (title, strlen (title)));

      baleen_document_set_title (document, clean);
    }
  pages = read_pages (document, source);
  g_object_unref (source);
  pdf_furniture_mark (pages, find_body_size (pages));
  pdf_initials_take_in (pages, find_body_size (pages));
  pdf_columns_order (pages);
  add_pages (document, pages);

  return document->paragraphs->len > 0 || refuse_without_text (pages, error);
}
