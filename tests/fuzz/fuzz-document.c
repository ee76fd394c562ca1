/* What is read as a document: a digit for the extension, then the bytes. Formats packed in ZIP
 * and PDF are for tests/app/check-extraction.py, which mutates real ones. */
#include "reader.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char *const extensions[] = { BALEEN_READ_WEBPAGE, "html", "md", "txt" };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDocument) document = NULL;

  if (size == 0)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  document = baleen_read_document (bytes, extensions[data[0] % G_N_ELEMENTS (extensions)], &error);
  g_assert ((document == NULL) == (error != NULL));
  for (guint i = 0; document != NULL && i < document->paragraphs->len; i++)
    {
      const BaleenParagraph *paragraph = document->paragraphs->pdata[i];

      g_assert (*paragraph->text != '\0' && g_utf8_validate (paragraph->text, -1, NULL));
    }
  return 0;
}
