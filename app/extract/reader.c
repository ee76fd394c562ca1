#include "reader.h"

#include "document-kind.h"
#include "plain-letters.h"

G_DEFINE_QUARK (baleen-read-error-quark, baleen_read_error)

static const BaleenReader readers[BALEEN_N_DOCUMENT_KINDS] = {
  [BALEEN_DOCUMENT_TEXT] = baleen_read_text,
  [BALEEN_DOCUMENT_MARKDOWN] = baleen_read_markdown,
  [BALEEN_DOCUMENT_HTML] = baleen_read_html,
  [BALEEN_DOCUMENT_PDF] = baleen_read_pdf,
  [BALEEN_DOCUMENT_DOCX] = baleen_read_docx,
  [BALEEN_DOCUMENT_ODT] = baleen_read_odt,
  [BALEEN_DOCUMENT_EPUB] = baleen_read_epub,
};

BaleenDocument *
baleen_read_document (GBytes     *bytes,
                      const char *extension,
                      GError    **error)
{
  g_autoptr (BaleenDocument) document = NULL;
  BaleenDocumentKind kind;
  BaleenReader read;

  if (!baleen_document_kind_find (bytes, extension, &kind, error))
    return NULL;
  read = readers[kind];
  if (kind == BALEEN_DOCUMENT_HTML && g_str_equal (extension, BALEEN_READ_WEBPAGE))
    read = baleen_read_webpage;
  document = baleen_document_new (kind);
  if (!read (document, bytes, error))
    return NULL;
  if (document->paragraphs->len == 0)
    {
      g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_EMPTY, "no text");
      return NULL;
    }
  plain_letters_settle (document);

  return g_steal_pointer (&document);
}
