#include "gguf-private.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The largest header seen is 30 MB; beyond this a file is out to exhaust memory. */
#define MAX_HEADER_BYTES (G_GUINT64_CONSTANT (1) << 30)

guint
bln_seeded_str_hash (gconstpointer text)
{
  static gsize seed = 0;
  guint64 hash;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, (gsize) g_random_int () << 1 | 1);
  hash = seed;
  for (const guint8 *byte = text; *byte != 0; byte++)
    {
      hash = (hash ^ *byte) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  return hash >> 16;
}

char *
bln_shown_text (const char *bytes,
                gssize      length)
{
  gsize n_bytes = length < 0 ? strlen (bytes) : (gsize) length;
  g_autofree char *valid = g_utf8_make_valid (bytes, MIN (n_bytes, 1024));
  GString *shown = g_string_new (NULL);
  const char *text = valid;

  for (guint n = 0; *text != 0 && n < 200; text = g_utf8_next_char (text), n++)
    {
      gunichar c = g_utf8_get_char (text);
      g_string_append_unichar (shown, g_unichar_isprint (c) ? c : 0xfffd);
    }
  if (*text != 0)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

static gboolean
open_file (BlnGgufPart *part,
           GError     **error)
{
  struct stat status;

  /* Without O_NONBLOCK the open of a named pipe would wait for a writer. */
  part->fd = open (part->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (part->fd < 0 || fstat (part->fd, &status) != 0)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_IO,
                   _("“%s” cannot be opened: %s. Look whether it is there and may be read."),
                   part->base_name, g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_NOT_A_MODEL,
                   S_ISDIR (status.st_mode)
                     ? _("“%s” is not a model: it is a folder. Choose a GGUF file in it.")
                     : _("“%s” is not a model: it is no ordinary file. Choose a GGUF file."),
                   part->base_name);
      return FALSE;
    }
  part->stamp.size = status.st_size;
  part->stamp.modified = status.st_mtim;
  return TRUE;
}

/* Address space for the copy of the header. Only what is read takes memory. */
static gboolean
reserve_header (BlnGgufPart *part,
                GError     **error)
{
  part->header_reserved = CLAMP ((guint64) part->stamp.size, 1, MAX_HEADER_BYTES);
  part->header = mmap (NULL, part->header_reserved, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (part->header == MAP_FAILED)
    {
      part->header = NULL;
      g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                   _("There is no memory left to open “%s”. Close other programs and try again."),
                   part->base_name);
      return FALSE;
    }
  return TRUE;
}

/* What was reserved beyond the header goes back, and the rest can no longer be written. */
static void
trim_header (BlnGgufPart *part)
{
  gsize page_size = sysconf (_SC_PAGESIZE);
  gsize kept = (MAX (part->header_length, 1) + page_size - 1) & ~(page_size - 1);

  if (kept < part->header_reserved)
    {
      munmap (part->header + kept, part->header_reserved - kept);
      part->header_reserved = kept;
    }
  mprotect (part->header, part->header_reserved, PROT_READ);
}

/* ---- layout ------------------------------------------------------------------------ */

static gboolean
check_place (BlnGgufPart *part,
             BlnTensor   *tensor,
             GError     **error)
{
  guint64 end;

  if (tensor->offset % part->alignment != 0)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: tensor “%s” does not begin at a multiple of %u bytes. "
                     "Download it again."),
                   part->base_name, tensor->name, part->alignment);
      return FALSE;
    }
  if (__builtin_add_overflow (part->data_start, tensor->offset, &end) ||
      __builtin_add_overflow (end, tensor->n_bytes, &end) || end > (guint64) part->stamp.size)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: it ends before the end of tensor “%s”, so it was probably "
                     "not downloaded completely. Download it again."),
                   part->base_name, tensor->name);
      return FALSE;
    }
  return TRUE;
}

static int
compare_offsets (const void *a,
                 const void *b)
{
  const BlnTensor *const *left = a, *const *right = b;

  return ((*left)->offset > (*right)->offset) - ((*left)->offset < (*right)->offset);
}

static gboolean
check_overlap (BlnGgufPart *part,
               GError     **error)
{
  guint n = part->tensors->len;
  g_autofree const BlnTensor **sorted = g_new (const BlnTensor *, n);
  gboolean is_sorted = TRUE;

  for (guint i = 0; i < n; i++)
    {
      sorted[i] = &g_array_index (part->tensors, BlnTensor, i);
      is_sorted &= i == 0 || sorted[i]->offset >= sorted[i - 1]->offset;
    }
  if (!is_sorted)
    qsort (sorted, n, sizeof *sorted, compare_offsets);
  for (guint i = 1; i < n; i++)
    if (sorted[i - 1]->offset + sorted[i - 1]->n_bytes > sorted[i]->offset)
      {
        g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                     _("“%s” is damaged: its tensors “%s” and “%s” lie over each other. Download "
                       "it again."),
                     part->base_name, sorted[i - 1]->name, sorted[i]->name);
        return FALSE;
      }
  return TRUE;
}

/* Checks places and sizes of all tensors of the part against the file, alignment and each
 * other. */
static gboolean
check_layout (BlnGgufPart *part,
              GError     **error)
{
  for (guint i = 0; i < part->tensors->len; i++)
    if (!check_place (part, &g_array_index (part->tensors, BlnTensor, i), error))
      return FALSE;
  return check_overlap (part, error);
}

/* ---- open and free ----------------------------------------------------------------- */

static gboolean
map_data (BlnGgufPart *part,
          GError     **error)
{
  const guint8 *data;

  if (part->tensors->len == 0)
    return TRUE;
  part->mapping = bln_mapping_new (part->fd, &part->stamp, part->base_name, error);
  if (part->mapping == NULL)
    return FALSE;
  data = bln_mapping_get_bytes (part->mapping) + part->data_start;
  for (guint i = 0; i < part->tensors->len; i++)
    {
      BlnTensor *tensor = &g_array_index (part->tensors, BlnTensor, i);
      tensor->data = data + tensor->offset;
    }
  return TRUE;
}

static void
clear_entry (gpointer data)
{
  BlnGgufEntry *entry = data;

  g_free (entry->decoded);
}

BlnGgufPart *
bln_gguf_part_open (const char *path,
                    GError    **error)
{
  g_autoptr (BlnGgufPart) part = g_new0 (BlnGgufPart, 1);
  g_autofree char *base_name = NULL;

  part->path = g_strdup (path);
  base_name = g_filename_display_basename (path);
  part->base_name = bln_shown_text (base_name, -1);
  part->fd = -1;
  part->strings = g_string_chunk_new (4096);
  part->entries = g_array_new (FALSE, TRUE, sizeof (BlnGgufEntry));
  g_array_set_clear_func (part->entries, clear_entry);
  part->tensors = g_array_new (FALSE, TRUE, sizeof (BlnTensor));
  if (!open_file (part, error) || !reserve_header (part, error) ||
      !bln_gguf_part_parse (part, error) || !check_layout (part, error))
    return NULL;
  trim_header (part);
  if (!map_data (part, error))
    return NULL;
  return g_steal_pointer (&part);
}

void
bln_gguf_part_free (BlnGgufPart *part)
{
  if (part == NULL)
    return;
  bln_mapping_free (part->mapping);
  if (part->header != NULL)
    munmap (part->header, part->header_reserved);
  if (part->fd >= 0)
    close (part->fd);
  g_clear_pointer (&part->entries, g_array_unref);
  g_clear_pointer (&part->tensors, g_array_unref);
  g_string_chunk_free (part->strings);
  g_free (part->base_name);
  g_free (part->path);
  g_free (part);
}
