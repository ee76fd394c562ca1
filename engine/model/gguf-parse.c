/* The header of one GGUF file: a bounded cursor over a growing copy of its first bytes, and
 * the three tables read with it. Every count is compared with the bytes that are left before
 * anything is allocated for it. */
#include "gguf-private.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define MAX_KEY_LENGTH 65535
#define MAX_STRING_LENGTH (G_GUINT64_CONSTANT (64) << 20)
#define MAX_ARRAY_COUNT (1u << 24)
/* Strings take sixteen bytes each once they are indexed, and eight in the file. */
#define MAX_STRING_COUNT (1u << 22)
#define MAX_KV_COUNT (1u << 16)
#define MAX_TENSOR_COUNT (1u << 18)
#define MAX_TENSOR_NAME 63
#define MAX_ALIGNMENT 65536
#define MIN_ALIGNMENT 8
#define READ_CHUNK 262144

/* The least a pair takes: key length, one character, type, one byte. A tensor: name length,
 * one character, n_dims, one dimension, type, offset. */
#define MIN_KV_BYTES 14
#define MIN_TENSOR_BYTES 33

typedef struct
{
  BlnGgufPart *part;
  guint64 size; /* of the file, at most the header's address space */
  gsize position;
  gsize filled; /* bytes of the header copied so far */
  const char *reading; /* what a cut file is cut in */
} Cursor;

static void
set_damaged (Cursor     *cursor,
             GError    **error,
             const char *format,
             ...) G_GNUC_PRINTF (3, 4);

/* `format` says what is wrong, without file name and without a full stop. */
static void
set_damaged (Cursor     *cursor,
             GError    **error,
             const char *format,
             ...)
{
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  what = bln_shown_text (text, -1);
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: %s. Download it again."), cursor->part->base_name, what);
}

static gboolean
fill (Cursor  *cursor,
      gsize    end,
      GError **error)
{
  gsize wanted = MIN (cursor->size, (end + READ_CHUNK - 1) / READ_CHUNK * READ_CHUNK);

  while (cursor->filled < wanted)
    {
      gssize n = pread (cursor->part->fd, cursor->part->header + cursor->filled,
                        wanted - cursor->filled, cursor->filled);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, BLN_ERROR, BLN_ERROR_IO,
                       _("“%s” cannot be read: %s. Check the disk it lies on."),
                       cursor->part->base_name, g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error (error, BLN_ERROR, BLN_ERROR_CHANGED,
                       _("“%s” was cut while it was being opened. Open it again once it is "
                         "complete."),
                       cursor->part->base_name);
          return FALSE;
        }
      cursor->filled += n;
    }
  return TRUE;
}

static guint64
remaining (Cursor *cursor)
{
  return cursor->size - cursor->position;
}

static gboolean
need (Cursor  *cursor,
      guint64  n,
      GError **error)
{
  if (G_UNLIKELY (n > remaining (cursor)))
    {
      set_damaged (cursor, error, _("it ends within %s"), cursor->reading);
      return FALSE;
    }
  if (G_UNLIKELY (cursor->position + n > cursor->filled))
    return fill (cursor, cursor->position + n, error);
  return TRUE;
}

/* Takes `n` bytes. They stay where they are for as long as the part lives. */
static const guint8 *
take (Cursor  *cursor,
      guint64  n,
      GError **error)
{
  const guint8 *bytes;

  if (!need (cursor, n, error))
    return NULL;
  bytes = cursor->part->header + cursor->position;
  cursor->position += n;
  return bytes;
}

static gboolean
read_u32 (Cursor  *cursor,
          guint32 *value,
          GError **error)
{
  const guint8 *bytes = take (cursor, sizeof *value, error);

  if (bytes == NULL)
    return FALSE;
  memcpy (value, bytes, sizeof *value);
  *value = GUINT32_FROM_LE (*value);
  return TRUE;
}

static gboolean
read_u64 (Cursor  *cursor,
          guint64 *value,
          GError **error)
{
  const guint8 *bytes = take (cursor, sizeof *value, error);

  if (bytes == NULL)
    return FALSE;
  memcpy (value, bytes, sizeof *value);
  *value = GUINT64_FROM_LE (*value);
  return TRUE;
}

static gboolean
read_string (Cursor        *cursor,
             guint64        limit,
             const guint8 **bytes,
             guint64       *length,
             GError       **error)
{
  if (!read_u64 (cursor, length, error))
    return FALSE;
  if (*length > limit && *length <= remaining (cursor))
    {
      set_damaged (cursor, error, _("%s is too long"), cursor->reading);
      return FALSE;
    }
  *bytes = take (cursor, *length, error);
  return *bytes != NULL;
}

/* ---- metadata ---------------------------------------------------------------------- */

static const struct
{
  const char *name;
  gsize size;
} kinds[] = {
  [BLN_GGUF_U8] = { "U8", 1 },         [BLN_GGUF_I8] = { "I8", 1 },
  [BLN_GGUF_U16] = { "U16", 2 },       [BLN_GGUF_I16] = { "I16", 2 },
  [BLN_GGUF_U32] = { "U32", 4 },       [BLN_GGUF_I32] = { "I32", 4 },
  [BLN_GGUF_F32] = { "F32", 4 },       [BLN_GGUF_BOOL] = { "bool", 1 },
  [BLN_GGUF_STRING] = { "string", 0 }, [BLN_GGUF_ARRAY] = { "array", 0 },
  [BLN_GGUF_U64] = { "U64", 8 },       [BLN_GGUF_I64] = { "I64", 8 },
  [BLN_GGUF_F64] = { "F64", 8 },
};

const char *
bln_gguf_kind_name (BlnGgufKind kind)
{
  return kinds[kind].name;
}

gsize
bln_gguf_kind_size (BlnGgufKind kind)
{
  return kinds[kind].size;
}

static gboolean
read_kind (Cursor      *cursor,
           const char  *key,
           BlnGgufKind *kind,
           GError     **error)
{
  guint32 id;

  if (!read_u32 (cursor, &id, error))
    return FALSE;
  if (id >= G_N_ELEMENTS (kinds))
    {
      set_damaged (cursor, error, _("“%s” has a value of type %u, which does not exist"), key, id);
      return FALSE;
    }
  *kind = id;
  return TRUE;
}

static gboolean
skip_strings (Cursor  *cursor,
              guint64  count,
              GError **error)
{
  const guint8 *bytes;
  guint64 length;

  for (guint64 i = 0; i < count; i++)
    if (!read_string (cursor, MAX_STRING_LENGTH, &bytes, &length, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_array (Cursor       *cursor,
            BlnGgufEntry *entry,
            GError      **error)
{
  guint64 limit, n_bytes, start;
  gsize element_size;

  if (!read_kind (cursor, entry->key, &entry->element_kind, error) ||
      !read_u64 (cursor, &entry->count, error))
    return FALSE;
  if (entry->element_kind == BLN_GGUF_ARRAY)
    {
      set_damaged (cursor, error, _("“%s” is an array of arrays"), entry->key);
      return FALSE;
    }
  element_size = bln_gguf_kind_size (entry->element_kind);
  limit = element_size == 0 ? MAX_STRING_COUNT : MAX_ARRAY_COUNT;
  if (__builtin_mul_overflow (entry->count, element_size == 0 ? 8 : element_size, &n_bytes) ||
      n_bytes > remaining (cursor) || entry->count > limit)
    {
      set_damaged (cursor, error, _("“%s” claims %" PRIu64 " elements, more than can be there"),
                   entry->key, entry->count);
      return FALSE;
    }
  start = cursor->position;
  entry->bytes = cursor->part->header + start;
  if (element_size == 0)
    {
      if (!skip_strings (cursor, entry->count, error))
        return FALSE;
    }
  else if (take (cursor, n_bytes, error) == NULL)
    return FALSE;
  entry->n_bytes = cursor->position - start;
  return TRUE;
}

static gboolean
read_value (Cursor       *cursor,
            BlnGgufEntry *entry,
            GError      **error)
{
  if (!read_kind (cursor, entry->key, &entry->kind, error))
    return FALSE;
  entry->count = 1;
  if (entry->kind == BLN_GGUF_ARRAY)
    return read_array (cursor, entry, error);
  if (entry->kind == BLN_GGUF_STRING)
    return read_string (cursor, MAX_STRING_LENGTH, &entry->bytes, &entry->n_bytes, error);
  entry->n_bytes = bln_gguf_kind_size (entry->kind);
  entry->bytes = take (cursor, entry->n_bytes, error);
  return entry->bytes != NULL;
}

static gboolean
is_printable (const char *bytes,
              gsize       length)
{
  const char *end = bytes + length;

  if (!g_utf8_validate_len (bytes, length, NULL))
    return FALSE;
  for (; bytes < end; bytes = g_utf8_next_char (bytes))
    if (!g_unichar_isprint (g_utf8_get_char (bytes)))
      return FALSE;
  return TRUE;
}

/* A name that serves as a C string and is shown to people from here on. */
static const char *
read_name (Cursor  *cursor,
           guint64  limit,
           GError **error)
{
  const guint8 *bytes;
  guint64 length;

  if (!read_string (cursor, limit, &bytes, &length, error))
    return NULL;
  if (length == 0 || !is_printable ((const char *) bytes, length))
    {
      set_damaged (cursor, error, length == 0 ? _("%s is empty") : _("%s is no valid text"),
                   cursor->reading);
      return NULL;
    }
  return g_string_chunk_insert_len (cursor->part->strings, (const char *) bytes, length);
}

static gboolean
read_entries (Cursor  *cursor,
              guint64  n_entries,
              GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (bln_seeded_str_hash, g_str_equal);

  for (guint64 i = 0; i < n_entries; i++)
    {
      BlnGgufEntry entry = { 0 };

      cursor->reading = _("the name of a metadata key");
      entry.key = read_name (cursor, MAX_KEY_LENGTH, error);
      if (entry.key == NULL)
        return FALSE;
      if (!g_hash_table_add (seen, (gpointer) entry.key))
        {
          set_damaged (cursor, error, _("the key “%s” is there twice"), entry.key);
          return FALSE;
        }
      cursor->reading = _("its metadata");
      if (!read_value (cursor, &entry, error))
        return FALSE;
      g_array_append_val (cursor->part->entries, entry);
    }
  return TRUE;
}

/* The one key that the container itself depends on. */
static gboolean
read_alignment (Cursor  *cursor,
                GError **error)
{
  BlnGgufPart *part = cursor->part;

  part->alignment = 32;
  for (guint i = 0; i < part->entries->len; i++)
    {
      const BlnGgufEntry *entry = &g_array_index (part->entries, BlnGgufEntry, i);
      guint32 alignment;

      if (strcmp (entry->key, "general.alignment") != 0)
        continue;
      if (entry->kind != BLN_GGUF_U32)
        {
          set_damaged (cursor, error, _("“general.alignment” is of type %s instead of U32"),
                       bln_gguf_kind_name (entry->kind));
          return FALSE;
        }
      memcpy (&alignment, entry->bytes, sizeof alignment);
      alignment = GUINT32_FROM_LE (alignment);
      if (alignment < MIN_ALIGNMENT || alignment > MAX_ALIGNMENT ||
          (alignment & (alignment - 1)) != 0)
        {
          set_damaged (cursor, error,
                       _("“general.alignment” is %u instead of a power of two from %d to %d"),
                       alignment, MIN_ALIGNMENT, MAX_ALIGNMENT);
          return FALSE;
        }
      part->alignment = alignment;
    }
  return TRUE;
}

/* ---- tensors ----------------------------------------------------------------------- */

static gboolean
read_dims (Cursor    *cursor,
           BlnTensor *tensor,
           GError   **error)
{
  guint32 n_dims;

  if (!read_u32 (cursor, &n_dims, error))
    return FALSE;
  if (n_dims < 1 || n_dims > 4)
    {
      set_damaged (cursor, error, _("tensor “%s” has %u dimensions instead of 1 to 4"),
                   tensor->name, n_dims);
      return FALSE;
    }
  tensor->n_dims = n_dims;
  for (guint i = 0; i < 4; i++)
    tensor->ne[i] = 1;
  for (guint i = 0; i < n_dims; i++)
    {
      if (!read_u64 (cursor, &tensor->ne[i], error))
        return FALSE;
      if (tensor->ne[i] == 0)
        {
          set_damaged (cursor, error, _("tensor “%s” has an empty dimension"), tensor->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_type (Cursor    *cursor,
           BlnTensor *tensor,
           GError   **error)
{
  if (!read_u32 (cursor, &tensor->type, error))
    return FALSE;
  if (bln_type_info (tensor->type) != NULL)
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("“%s” cannot be used: its tensor “%s” has the unknown type %u. Choose a file "
                 "with tensors of the types %s."),
               cursor->part->base_name, tensor->name, tensor->type, bln_type_supported_names ());
  return FALSE;
}

static gboolean
compute_size (Cursor    *cursor,
              BlnTensor *tensor,
              GError   **error)
{
  const BlnTypeInfo *type = bln_type_info (tensor->type);
  guint64 n_bytes;

  if (tensor->ne[0] % type->block_elements != 0)
    {
      set_damaged (cursor, error,
                   _("rows of tensor “%s” have %" PRIu64 " elements, which is not a multiple of "
                     "the %u in a block of %s"),
                   tensor->name, tensor->ne[0], type->block_elements, type->name);
      return FALSE;
    }
  n_bytes = tensor->ne[0] / type->block_elements;
  if (__builtin_mul_overflow (n_bytes, type->block_bytes, &n_bytes) ||
      __builtin_mul_overflow (n_bytes, tensor->ne[1], &n_bytes) ||
      __builtin_mul_overflow (n_bytes, tensor->ne[2], &n_bytes) ||
      __builtin_mul_overflow (n_bytes, tensor->ne[3], &n_bytes) || n_bytes > G_MAXINT64)
    {
      set_damaged (cursor, error, _("tensor “%s” is impossibly large"), tensor->name);
      return FALSE;
    }
  tensor->n_bytes = n_bytes;
  return TRUE;
}

static gboolean
read_tensors (Cursor  *cursor,
              guint64  n_tensors,
              GError **error)
{
  for (guint64 i = 0; i < n_tensors; i++)
    {
      BlnTensor tensor = { 0 };

      cursor->reading = _("the name of a tensor");
      tensor.name = read_name (cursor, MAX_TENSOR_NAME, error);
      cursor->reading = _("the description of its tensors");
      if (tensor.name == NULL || !read_dims (cursor, &tensor, error) ||
          !read_type (cursor, &tensor, error) || !compute_size (cursor, &tensor, error) ||
          !read_u64 (cursor, &tensor.offset, error))
        return FALSE;
      g_array_append_val (cursor->part->tensors, tensor);
    }
  return TRUE;
}

/* ---- the whole header -------------------------------------------------------------- */

static gboolean
read_magic (Cursor  *cursor,
            GError **error)
{
  gsize n = MIN (cursor->size, 512);

  if (!fill (cursor, n, error))
    return FALSE;
  if (n < 4 || memcmp (cursor->part->header, "GGUF", 4) != 0)
    {
      g_propagate_error (error, bln_not_a_model_error (cursor->part->base_name,
                                                       cursor->part->header, n));
      return FALSE;
    }
  cursor->position = 4;
  return TRUE;
}

static gboolean
read_version (Cursor  *cursor,
              GError **error)
{
  guint32 version;

  if (!read_u32 (cursor, &version, error))
    return FALSE;
  if (version == 2 || version == 3)
    return TRUE;
  if (version == 0)
    set_damaged (cursor, error, _("its format version is 0"));
  else if ((version & 0xffff) == 0)
    g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                 _("“%s” was written for big-endian machines. Choose the little-endian file of "
                   "this model."),
                 cursor->part->base_name);
  else
    g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                 _("“%s” has version %u of the GGUF format; versions 2 and 3 can be read. "
                   "Choose a newer conversion of this model."),
                 cursor->part->base_name, version);
  return FALSE;
}

static gboolean
read_counts (Cursor  *cursor,
             guint64 *n_tensors,
             guint64 *n_entries,
             GError **error)
{
  if (!read_u64 (cursor, n_tensors, error) || !read_u64 (cursor, n_entries, error))
    return FALSE;
  if (*n_tensors > MAX_TENSOR_COUNT || *n_tensors > remaining (cursor) / MIN_TENSOR_BYTES)
    {
      set_damaged (cursor, error, _("it claims %" PRIu64 " tensors, more than can be there"),
                   *n_tensors);
      return FALSE;
    }
  if (*n_entries > MAX_KV_COUNT || *n_entries > remaining (cursor) / MIN_KV_BYTES)
    {
      set_damaged (cursor, error,
                   _("it claims %" PRIu64 " metadata keys, more than can be there"), *n_entries);
      return FALSE;
    }
  return TRUE;
}

gboolean
bln_gguf_part_parse (BlnGgufPart *part,
                     GError     **error)
{
  Cursor cursor = { .part = part, .size = MIN (part->stamp.size, part->header_reserved) };
  guint64 n_tensors, n_entries;

  cursor.reading = _("its first lines");
  if (!read_magic (&cursor, error) || !read_version (&cursor, error) ||
      !read_counts (&cursor, &n_tensors, &n_entries, error) ||
      !read_entries (&cursor, n_entries, error) || !read_alignment (&cursor, error) ||
      !read_tensors (&cursor, n_tensors, error))
    return FALSE;
  part->header_length = cursor.position;
  part->data_start = (cursor.position + part->alignment - 1) & ~(guint64) (part->alignment - 1);
  return TRUE;
}
