#include "document-kind.h"

#include "encoding.h"
#include "reader.h"
#include "zip-parts.h"

#include <string.h>

static gboolean
refuse (GError        **error,
        BaleenReadError code,
        const char     *message)
{
  g_set_error_literal (error, BALEEN_READ_ERROR, code, message);
  return FALSE;
}

static gboolean
is_kind_part (const char *name)
{
  return g_str_equal (name, "mimetype") || g_str_equal (name, "META-INF/container.xml")
         || g_str_equal (name, "_rels/.rels") || g_str_equal (name, "word/document.xml");
}

static gboolean
begins_with (GBytes     *part,
             const char *prefix)
{
  gsize size;
  const char *text = part != NULL ? g_bytes_get_data (part, &size) : NULL;

  return text != NULL && size >= strlen (prefix) && memcmp (text, prefix, strlen (prefix)) == 0;
}

static gboolean
find_zip_kind (GBytes             *bytes,
               const char         *extension,
               BaleenDocumentKind *kind,
               GError            **error)
{
  g_autoptr (GHashTable) parts = zip_parts_read (bytes, is_kind_part, error);
  GBytes *mimetype;

  if (parts == NULL)
    return FALSE;
  mimetype = g_hash_table_lookup (parts, "mimetype");
  if (begins_with (mimetype, "application/epub+zip"))
    *kind = BALEEN_DOCUMENT_EPUB;
  else if (begins_with (mimetype, "application/vnd.oasis.opendocument.text"))
    *kind = BALEEN_DOCUMENT_ODT;
  else if (mimetype != NULL)
    return refuse (error, BALEEN_READ_ERROR_NOT_DOCUMENT, "another OpenDocument");
  else if (g_hash_table_contains (parts, "word/document.xml")
           || (g_hash_table_contains (parts, "_rels/.rels")
               && g_str_equal (extension, "docx")))
    *kind = BALEEN_DOCUMENT_DOCX;
  else if (g_hash_table_contains (parts, "META-INF/container.xml"))
    *kind = BALEEN_DOCUMENT_EPUB;
  else if (g_str_equal (extension, "odt"))
    *kind = BALEEN_DOCUMENT_ODT;
  else if (g_str_equal (extension, "docx") || g_str_equal (extension, "epub"))
    return refuse (error, BALEEN_READ_ERROR_DAMAGED, "its main part is missing");
  else
    return refuse (error, BALEEN_READ_ERROR_NOT_DOCUMENT, "some other zip file");

  return TRUE;
}

static gboolean
has_text16 (const char *data,
            gsize       size,
            const char *text)
{
  g_autoptr (GString) wide = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      g_string_append_c (wide, *text);
      g_string_append_c (wide, '\0');
    }

  return memmem (data, size, wide->str, wide->len) != NULL;
}

/* Old office files are this container; so are new ones with a password. */
static gboolean
refuse_compound_file (const char *data,
                      gsize       size,
                      GError    **error)
{
  if (has_text16 (data, size, "EncryptedPackage"))
    return refuse (error, BALEEN_READ_ERROR_ENCRYPTED, "office file with a password");
  return refuse (error, BALEEN_READ_ERROR_OLD_OFFICE, "compound file");
}

static gboolean
is_other_format (const char *data,
                 gsize       size)
{
  static const struct { const char *bytes; gsize n; } starts[] = {
    { "\x7f" "ELF", 4 }, { "\x89PNG", 4 }, { "GIF8", 4 }, { "\xff\xd8\xff", 3 },
    { "\x1f\x8b", 2 }, { "BZh", 3 }, { "\xfd" "7zXZ", 5 }, { "7z\xbc\xaf", 4 }, { "Rar!", 4 },
    { "GGUF", 4 }, { "RIFF", 4 }, { "OggS", 4 }, { "ID3", 3 }, { "SQLite format 3", 15 },
    { "II*\0", 4 }, { "MM\0*", 4 }, { "\x28\xb5\x2f\xfd", 4 }, { "%!PS", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (size >= starts[i].n && memcmp (data, starts[i].bytes, starts[i].n) == 0)
      return TRUE;

  return FALSE;
}

/* Text has hardly any control characters, a short one up to four; what is not text has them all
 * over. */
static gboolean
is_binary (const char *data,
           gsize       size)
{
  gsize n = MIN (size, 65536), n_controls = 0;

  if (g_str_has_prefix (encoding_guess (data, size), "UTF-16")
      || g_str_has_prefix (encoding_guess (data, size), "UTF-32"))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      guint8 c = data[i];

      n_controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
    }

  return n_controls * 50 > n + 200 || n_controls * 4 > n;
}

static gboolean
looks_like_html (const char *data,
                 gsize       size)
{
  static const char *const starts[] = { "<!doctype html", "<html", "<head", "<body" };
  g_autofree char *start = g_ascii_strdown (data, MIN (size, 1024));

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      const char *found = strstr (start, starts[i]);

      /* Only a declaration, a comment or space may stand before it. */
      if (found != NULL && (found == start || *start == '<' || g_ascii_isspace (*start)
                            || g_str_has_prefix (start, "\xef\xbb\xbf")))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_one_of (const char        *extension,
           const char *const *list)
{
  return g_strv_contains (list, extension);
}

static gboolean
find_text_kind (const char         *data,
                gsize               size,
                const char         *extension,
                BaleenDocumentKind *kind,
                GError            **error)
{
  static const char *const packed[] = { "pdf", "docx", "odt", "epub", NULL };
  static const char *const html[] = { "html", "htm", "xhtml", "xht", BALEEN_READ_WEBPAGE, NULL };
  static const char *const markdown[] = { "md", "markdown", "mdown", "mkd", NULL };

  if (is_one_of (extension, packed))
    return refuse (error, BALEEN_READ_ERROR_DAMAGED, "not what its name says");
  if (is_binary (data, size))
    return refuse (error, BALEEN_READ_ERROR_NOT_DOCUMENT, "binary");

  if (is_one_of (extension, html) || looks_like_html (data, size))
    *kind = BALEEN_DOCUMENT_HTML;
  else if (is_one_of (extension, markdown))
    *kind = BALEEN_DOCUMENT_MARKDOWN;
  else
    *kind = BALEEN_DOCUMENT_TEXT;

  return TRUE;
}

gboolean
baleen_document_kind_find (GBytes             *bytes,
                           const char         *extension,
                           BaleenDocumentKind *kind,
                           GError            **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size == 0)
    return refuse (error, BALEEN_READ_ERROR_EMPTY, "empty file");
  if (memmem (data, MIN (size, 1024), "%PDF-", 5) != NULL)
    {
      *kind = BALEEN_DOCUMENT_PDF;
      return TRUE;
    }
  if (size >= 4 && (memcmp (data, "PK\3\4", 4) == 0 || memcmp (data, "PK\5\6", 4) == 0))
    return find_zip_kind (bytes, extension, kind, error);
  if (size >= 8 && memcmp (data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
    return refuse_compound_file (data, size, error);
  if (size >= 5 && memcmp (data, "{\\rtf", 5) == 0)
    return refuse (error, BALEEN_READ_ERROR_OLD_OFFICE, "rich text");
  if (is_other_format (data, size))
    return refuse (error, BALEEN_READ_ERROR_NOT_DOCUMENT, "another format");

  return find_text_kind (data, size, extension, kind, error);
}
