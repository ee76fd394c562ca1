#include "reader.h"

#include "encoding.h"
#include "html-flow.h"

typedef void (*HtmlRead) (TextFlow   *flow,
                          const char *text,
                          gsize       length,
                          char      **title);

static void
read_html (BaleenDocument *document,
           GBytes         *bytes,
           HtmlRead        read)
{
  gsize size, length;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *charset = html_find_charset (data, size);
  g_autofree char *text
      = encoding_decode (data, size, charset, &length, &document->notes[BALEEN_NOTE_BAD_LETTERS]);
  g_autoptr (TextFlow) flow = text_flow_new (document);
  g_autofree char *title = NULL;

  read (flow, text, length, &title);
  if (title != NULL)
    baleen_document_set_title (document, title);
}

gboolean
baleen_read_html (BaleenDocument *document,
                  GBytes         *bytes,
                  GError        **error)
{
  read_html (document, bytes, html_flow_read);

  return TRUE;
}

gboolean
baleen_read_webpage (BaleenDocument *document,
                     GBytes         *bytes,
                     GError        **error)
{
  read_html (document, bytes, html_flow_read_content);
  /* A page of menus alone is read as it is. */
  if (document->paragraphs->len == 0)
    read_html (document, bytes, html_flow_read);

  return TRUE;
}
