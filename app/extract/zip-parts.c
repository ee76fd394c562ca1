#include "zip-parts.h"

#include "reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define MOST_ENTRIES 10000
#define MOST_BYTES (100u << 20)
/* Of a part against the whole file; small parts may be as repetitive as they like. */
#define MOST_RATIO 100
#define FREE_BYTES (4u << 20)

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static gboolean
set_error (GError        **error,
           BaleenReadError code,
           const char     *message)
{
  g_set_error_literal (error, BALEEN_READ_ERROR, code, message ? message : "zip");
  return FALSE;
}

static GBytes *
read_part (Archive *archive,
           gsize    file_size,
           gsize   *n_total,
           GError **error)
{
  g_autoptr (GByteArray) part = g_byte_array_new ();
  guint8 block[65536];
  la_ssize_t n;

  while ((n = archive_read_data (archive, block, sizeof block)) > 0)
    {
      g_byte_array_append (part, block, n);
      *n_total += n;
      if (*n_total > MOST_BYTES
          || (*n_total > FREE_BYTES && *n_total / MOST_RATIO > file_size))
        {
          set_error (error, BALEEN_READ_ERROR_TOO_LARGE, "zip swells");
          return NULL;
        }
    }
  if (n < 0)
    {
      set_error (error, BALEEN_READ_ERROR_DAMAGED, archive_error_string (archive));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&part));
}

static gboolean
take_entry (GHashTable           *parts,
            Archive              *archive,
            struct archive_entry *entry,
            ZipWanted             wanted,
            gsize                 file_size,
            gsize                *n_total,
            GError              **error)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  GBytes *part;

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL || !g_utf8_validate (name, -1, NULL)
      || archive_entry_filetype (entry) != AE_IFREG || !wanted (name))
    return TRUE;
  if (archive_entry_is_encrypted (entry))
    return set_error (error, BALEEN_READ_ERROR_ENCRYPTED, name);
  /* Two programs would read two different documents in such a file. */
  if (g_hash_table_contains (parts, name))
    return set_error (error, BALEEN_READ_ERROR_DAMAGED, "a part is there twice");
  part = read_part (archive, file_size, n_total, error);
  if (part == NULL)
    return FALSE;
  g_hash_table_insert (parts, g_strdup (name), part);

  return TRUE;
}

GHashTable *
zip_parts_read (GBytes    *bytes,
                ZipWanted  wanted,
                GError   **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  g_autoptr (GHashTable) parts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  struct archive_entry *entry;
  gsize size, n_total = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint n_entries = 0;
  int status;

  archive_read_support_format_zip_seekable (archive);
  if (archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    {
      set_error (error, BALEEN_READ_ERROR_DAMAGED, archive_error_string (archive));
      return NULL;
    }
  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      if (++n_entries > MOST_ENTRIES)
        {
          set_error (error, BALEEN_READ_ERROR_TOO_LARGE, "entries");
          return NULL;
        }
      if (!take_entry (parts, archive, entry, wanted, size, &n_total, error))
        return NULL;
    }
  if (status != ARCHIVE_EOF)
    {
      set_error (error, BALEEN_READ_ERROR_DAMAGED, archive_error_string (archive));
      return NULL;
    }

  return g_steal_pointer (&parts);
}

GBytes *
zip_parts_get (GHashTable *parts,
               const char *name,
               GError    **error)
{
  GBytes *part = g_hash_table_lookup (parts, name);

  if (part == NULL)
    set_error (error, BALEEN_READ_ERROR_DAMAGED, name);
  return part;
}

char *
zip_resolve (const char *base,
             const char *href)
{
  g_autofree char *bare = g_strndup (href, strcspn (href, "#?"));
  g_autofree char *name = g_uri_unescape_string (bare, NULL);
  const char *slash = strrchr (base, '/');
  g_autofree char *joined = NULL;
  g_auto (GStrv) steps = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;
  if (name[0] == '/' || slash == NULL)
    joined = g_strdup (name);
  else
    joined = g_strdup_printf ("%.*s/%s", (int) (slash - base), base, name);
  steps = g_strsplit (joined, "/", -1);
  for (gsize i = 0; steps[i] != NULL; i++)
    {
      if (g_str_equal (steps[i], ".."))
        {
          if (kept->len == 0)
            return NULL;
          g_ptr_array_set_size (kept, kept->len - 1);
        }
      else if (*steps[i] != '\0' && !g_str_equal (steps[i], "."))
        g_ptr_array_add (kept, steps[i]);
    }
  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("/", (char **) kept->pdata);
}
