#include "reader.h"

#include "encoding.h"
#include "html-flow.h"

gboolean
baleen_read_html (BaleenDocument *document,
                  GBytes         *bytes,
                  GError        **error)
{
  gsize size, length;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *charset = html_find_charset (data, size);
  g_autofree char *text
      = encoding_decode (data, size, charset, &length, &document->notes[BALEEN_NOTE_BAD_LETTERS]);
  g_autoptr (TextFlow) flow = text_flow_new (document);
  g_autofree char *title = NULL;

  html_flow_read (flow, text, length, &title);
  if (title != NULL)
    baleen_document_set_title (document, title);

  return TRUE;
}
