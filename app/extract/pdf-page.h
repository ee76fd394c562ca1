/* A page of a PDF as lines of text with their places, in reading order. */
#pragma once

#include <glib.h>
#include <poppler.h>

G_BEGIN_DECLS

/* Of lines in tables whose cells take several lines. */
typedef enum
{
  PDF_CELL_NONE,
  PDF_CELL_FIRST, /* begins a row */
  PDF_CELL_NEXT,  /* begins the next cell of it */
  PDF_CELL_MORE,  /* goes on in the cell */
} PdfCell;

/* In points from the page's top left corner. */
typedef struct
{
  char *text; /* (owned) cleaned, never empty */
  double left, top, right, bottom;
  double size; /* height of its letters */
  PdfCell cell;
  gboolean is_furniture; /* header, footer or page number: no part of the text */
} PdfLine;

typedef struct
{
  GPtrArray *lines; /* (owned) of PdfLine */
  double width, height;
  gboolean has_images;
} PdfPage;

PdfPage *pdf_page_new (PopplerPage *page);
void pdf_page_free (PdfPage *page);

/* ---- between the files that read a page ---- */

/* Adds a line at the place of `line`, whose own text means nothing. */
void pdf_page_add_line (PdfPage       *page,
                        const PdfLine *line,
                        const char    *text,
                        gsize          length);

/* Whether the lines of a page run down, and such a page's lines. It is turned by that: its lines
 * run to the right, and its width is what was its height. */
gboolean pdf_vertical_is (const char             *text,
                          const PopplerRectangle *places,
                          guint                   n_places);
void pdf_vertical_read (PdfPage                *page,
                        const char             *text,
                        const PopplerRectangle *places,
                        guint                   n_places);

/* Whether there are words that are written to the left, and the lines of a page that has some;
 * `text` is the page's as the library gives it. FALSE if there are none after all. */
gboolean pdf_leftward_is (const char *text);
gboolean pdf_leftward_read (PdfPage     *page,
                            PopplerPage *source,
                            const char  *text);

/* ---- all pages ---- */

/* Marks the lines that are printed on page after page, and the page numbers.
 * `body_size` is the usual height of letters. */
void pdf_furniture_mark (GPtrArray *pages,
                         double     body_size);
/* Gives the large first letters of chapters back to the lines that they begin; after that too, and
 * before columns are looked for. */
void pdf_initials_take_in (GPtrArray *pages,
                           double     body_size);
/* Puts the lines of columns one column after the other; call it after that. */
void pdf_columns_order (GPtrArray *pages);

/* `rows` are arrays of PdfLine on one height each, from the top. Whether there is a table among
 * them whose cells take several lines: the rows from `first` to before `last`. */
gboolean pdf_table_find (GPtrArray *rows,
                         guint     *first,
                         guint     *last);
/* Adds the lines of that table cell by cell. */
void pdf_table_order (GPtrArray *rows,
                      guint      first,
                      guint      last,
                      GPtrArray *ordered);

/* Of the same rows, lines or pieces of lines that were torn at wide spaces: how many lines there
 * are, and how many of them are at least so wide, in points and in letters' heights. Then to
 * make one line of the pieces; those that went into the first have an empty text. */
guint pdf_torn_count (GPtrArray *rows,
                      double     least,
                      double     least_letters,
                      guint     *n_filling);
void pdf_torn_mend (GPtrArray *rows);

G_END_DECLS
