/* A document as it was read: its paragraphs in reading order, each with its page.
 *
 * Offsets count Unicode characters of the paragraphs joined by two newlines, so they stay the
 * same wherever the text goes. Plain data: one thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_DOCUMENT_TEXT,
  BALEEN_DOCUMENT_MARKDOWN,
  BALEEN_DOCUMENT_HTML,
  BALEEN_DOCUMENT_PDF,
  BALEEN_DOCUMENT_DOCX,
  BALEEN_DOCUMENT_ODT,
  BALEEN_DOCUMENT_EPUB,
  BALEEN_N_DOCUMENT_KINDS,
} BaleenDocumentKind;

typedef enum
{
  BALEEN_PARAGRAPH_BODY,
  BALEEN_PARAGRAPH_HEADING,
  BALEEN_PARAGRAPH_ITEM,
  BALEEN_PARAGRAPH_ROW,  /* of a table, cells parted by tabs */
  BALEEN_PARAGRAPH_NOTE, /* a footnote or endnote */
  BALEEN_N_PARAGRAPH_STYLES,
} BaleenParagraphStyle;

typedef struct
{
  guint page;  /* physical, from 1 */
  BaleenParagraphStyle style;
  char *text;  /* (owned) never empty */
  gsize start; /* character offset into the document */
  gsize length; /* in characters */
} BaleenParagraph;

/* What a reader of the document should know about the reading. */
typedef enum
{
  BALEEN_NOTE_PAGES_WITHOUT_TEXT, /* `count` pages hold pictures or nothing */
  BALEEN_NOTE_DELETIONS,          /* tracked deletions left out */
  BALEEN_NOTE_COMMENTS,           /* comments left out */
  BALEEN_NOTE_HIDDEN,             /* stretches of hidden text left out */
  BALEEN_NOTE_MISSING_PARTS,      /* parts that the file names and does not hold */
  BALEEN_NOTE_BAD_LETTERS,        /* bytes that are no letters in the text's encoding */
  BALEEN_NOTE_CUT,                /* the rest is longer than can be read */
  BALEEN_N_NOTES,
} BaleenDocumentNote;

typedef struct
{
  BaleenDocumentKind kind;
  char *title;           /* (owned) the metadata's; "" without */
  guint n_pages;         /* at least 1 */
  GPtrArray *paragraphs; /* (owned) of BaleenParagraph */
  guint notes[BALEEN_N_NOTES]; /* counts; 0: nothing to say */
  gsize n_characters;
} BaleenDocument;

BaleenDocument *baleen_document_new (BaleenDocumentKind kind);
void baleen_document_free (BaleenDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenDocument, baleen_document_free)

/* "pdf", "docx", … */
const char *baleen_document_kind_to_string (BaleenDocumentKind kind);

void baleen_document_set_title (BaleenDocument *document,
                                const char     *title);
/* Valid UTF-8 of `length` bytes, copied; what is empty is not added. */
void baleen_document_add (BaleenDocument      *document,
                          guint                page,
                          BaleenParagraphStyle style,
                          const char          *text,
                          gsize                length);

/* The paragraph at a character offset; the blank line after one belongs to it. */
const BaleenParagraph *baleen_document_find (const BaleenDocument *document,
                                             gsize                 offset);
/* The whole text, paragraphs joined by two newlines. */
char *baleen_document_get_text (const BaleenDocument *document);
/* One translated sentence for each note, NULL-terminated. */
char **baleen_document_describe_notes (const BaleenDocument *document);

/* For sending between processes. The second takes anything and returns NULL for what is not a
 * document in normal form. */
GVariant *baleen_document_to_variant (const BaleenDocument *document);
BaleenDocument *baleen_document_from_variant (GVariant *variant);
#define BALEEN_DOCUMENT_VARIANT "(usua(uus)au)"

G_END_DECLS
