#include "reader.h"

#include "encoding.h"
#include "html-flow.h"
#include "markup-walk.h"
#include "package-names.h"
#include "zip-parts.h"

#include <string.h>

/* The OPF part: which parts there are, and in which order they are read. */
typedef struct
{
  const char *name;   /* of the part */
  GHashTable *items;  /* (owned) id → name of the part */
  GPtrArray *spine;   /* (owned) of ids */
} Book;

static gboolean
is_wanted (const char *name)
{
  static const char *const suffixes[]
      = { ".xml", ".opf", ".xhtml", ".html", ".htm", ".xht", ".HTML", ".XHTML", ".HTM" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;

  return FALSE;
}

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  Book *book = data;
  const char *id = markup_attribute (attributes, "id");
  const char *href = markup_attribute (attributes, "href");
  const char *idref = markup_attribute (attributes, "idref");

  if (g_str_equal (name, "item") && id != NULL && href != NULL)
    {
      char *part = zip_resolve (book->name, href);

      if (part != NULL)
        g_hash_table_insert (book->items, g_strdup (id), part);
    }
  else if (g_str_equal (name, "itemref") && idref != NULL)
    g_ptr_array_add (book->spine, g_strdup (idref));
}

static void
end_cb (gpointer    data,
        const char *name)
{
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
}

static void
read_chapter (BaleenDocument *document,
              TextFlow       *flow,
              GBytes         *chapter)
{
  gsize size, length;
  const char *data = g_bytes_get_data (chapter, &size);
  g_autofree char *charset = html_find_charset (data, size);
  guint n_bad;
  g_autofree char *text = encoding_decode (data, size, charset, &length, &n_bad);

  document->notes[BALEEN_NOTE_BAD_LETTERS] += n_bad;
  html_flow_read (flow, text, length, NULL);
}

static void
read_spine (BaleenDocument *document,
            GHashTable     *parts,
            Book           *book)
{
  g_autoptr (TextFlow) flow = text_flow_new (document);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < book->spine->len; i++)
    {
      const char *name = g_hash_table_lookup (book->items, g_ptr_array_index (book->spine, i));
      GBytes *chapter = name != NULL ? g_hash_table_lookup (parts, name) : NULL;

      if (chapter == NULL)
        document->notes[BALEEN_NOTE_MISSING_PARTS]++;
      /* A spine may name a part again and again, which is how a small file becomes a large
       * text. */
      else if (g_hash_table_add (seen, (gpointer) name))
        read_chapter (document, flow, chapter);
    }
}

static gboolean
is_font_scrambling (const char *algorithm)
{
  return strstr (algorithm, "idpf.org") != NULL || strstr (algorithm, "ns.adobe.com/pdf") != NULL;
}

/* Fonts are scrambled in honest books; anything else that is encrypted is the text. */
static gboolean
is_encrypted (GHashTable *parts)
{
  GBytes *encryption = g_hash_table_lookup (parts, "META-INF/encryption.xml");
  g_autofree char *algorithm
      = encryption != NULL ? package_find_attribute (encryption, "EncryptionMethod",
                                                     "Algorithm", "", "Algorithm")
                           : NULL;

  return algorithm != NULL && !is_font_scrambling (algorithm);
}

static gboolean
read_book (BaleenDocument *document,
           GHashTable     *parts,
           const char     *name,
           GError        **error)
{
  static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };
  GBytes *package = zip_parts_get (parts, name, error);
  Book book = { .name = name };
  gboolean is_good;

  if (package == NULL)
    return FALSE;

  book.items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  book.spine = g_ptr_array_new_with_free_func (g_free);
  is_good = markup_walk_xml (package, &visitor, &book, error);
  if (is_good)
    {
      package_take_title (document, parts, name);
      read_spine (document, parts, &book);
    }
  g_hash_table_unref (book.items);
  g_ptr_array_unref (book.spine);

  return is_good;
}

gboolean
baleen_read_epub (BaleenDocument *document,
                  GBytes         *bytes,
                  GError        **error)
{
  g_autoptr (GHashTable) parts = zip_parts_read (bytes, is_wanted, error);
  GBytes *container;
  g_autofree char *path = NULL, *name = NULL;

  if (parts == NULL)
    return FALSE;
  if (is_encrypted (parts))
    {
      g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_ENCRYPTED, "DRM");
      return FALSE;
    }
  container = zip_parts_get (parts, "META-INF/container.xml", error);
  if (container == NULL)
    return FALSE;
  path = package_find_attribute (container, "rootfile", "full-path", "", "full-path");
  name = path != NULL ? zip_resolve ("", path) : NULL;
  if (name == NULL)
    {
      g_set_error_literal (error, BALEEN_READ_ERROR, BALEEN_READ_ERROR_DAMAGED, "no package");
      return FALSE;
    }

  return read_book (document, parts, name, error);
}
