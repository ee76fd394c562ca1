#include "gguf-writer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *key;      /* (nullable): a raw pair */
  guint32 kind;
  GByteArray *bytes;
} Pair;

struct _GgufWriter
{
  GPtrArray *pairs;
  GPtrArray *tensors;
  guint32 alignment;
};

/* What goes into one file: all of a writer, or one part of a split. */
typedef struct
{
  GPtrArray *pairs;
  guint first_tensor, n_tensors;
} Part;

static void
pair_free (Pair *pair)
{
  g_free (pair->key);
  g_byte_array_unref (pair->bytes);
  g_free (pair);
}

static void
tensor_free (GgufTensor *tensor)
{
  g_free (tensor->name);
  g_free (tensor->data);
  g_free (tensor);
}

GgufWriter *
gguf_writer_new (void)
{
  GgufWriter *writer = g_new0 (GgufWriter, 1);

  writer->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) pair_free);
  writer->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) tensor_free);
  writer->alignment = 32;
  return writer;
}

void
gguf_writer_free (GgufWriter *writer)
{
  g_ptr_array_unref (writer->pairs);
  g_ptr_array_unref (writer->tensors);
  g_free (writer);
}

/* ---- metadata ---------------------------------------------------------------------- */

static Pair *
find_pair (GgufWriter *writer,
           const char *key)
{
  for (guint i = 0; i < writer->pairs->len; i++)
    {
      Pair *pair = g_ptr_array_index (writer->pairs, i);

      if (g_strcmp0 (pair->key, key) == 0)
        return pair;
    }
  return NULL;
}

static Pair *
pair_new (const char *key,
          guint32     kind)
{
  Pair *pair = g_new0 (Pair, 1);

  pair->key = g_strdup (key);
  pair->kind = kind;
  pair->bytes = g_byte_array_new ();
  return pair;
}

/* An empty value of this kind under `key`, in the old place where there was one. */
static GByteArray *
renew_pair (GgufWriter *writer,
            const char *key,
            guint32     kind)
{
  Pair *pair = find_pair (writer, key);

  if (pair == NULL)
    {
      pair = pair_new (key, kind);
      g_ptr_array_add (writer->pairs, pair);
    }
  pair->kind = kind;
  g_byte_array_set_size (pair->bytes, 0);
  return pair->bytes;
}

static void
append (GByteArray *bytes,
        const void *data,
        gsize       n)
{
  g_byte_array_append (bytes, data, n);
}

static void
append_string (GByteArray *bytes,
               const char *text)
{
  guint64 length = strlen (text);

  append (bytes, &length, sizeof length);
  append (bytes, text, length);
}

void
gguf_writer_set_raw (GgufWriter *writer,
                     const char *key,
                     guint32     kind,
                     const void *bytes,
                     gsize       n_bytes)
{
  append (renew_pair (writer, key, kind), bytes, n_bytes);
}

void
gguf_writer_add_raw_pair (GgufWriter *writer,
                          const void *bytes,
                          gsize       n_bytes)
{
  Pair *pair = pair_new (NULL, 0);

  append (pair->bytes, bytes, n_bytes);
  g_ptr_array_add (writer->pairs, pair);
}

#define DEFINE_SETTER(suffix, ctype, kind)                                            \
  void                                                                                \
  gguf_writer_set_##suffix (GgufWriter *writer, const char *key, ctype value)         \
  {                                                                                   \
    gguf_writer_set_raw (writer, key, kind, &value, sizeof value);                    \
  }

DEFINE_SETTER (u8, guint8, GGUF_U8)
DEFINE_SETTER (i8, gint8, GGUF_I8)
DEFINE_SETTER (u16, guint16, GGUF_U16)
DEFINE_SETTER (i16, gint16, GGUF_I16)
DEFINE_SETTER (u32, guint32, GGUF_U32)
DEFINE_SETTER (i32, gint32, GGUF_I32)
DEFINE_SETTER (u64, guint64, GGUF_U64)
DEFINE_SETTER (i64, gint64, GGUF_I64)
DEFINE_SETTER (f32, float, GGUF_F32)
DEFINE_SETTER (f64, double, GGUF_F64)

void
gguf_writer_set_bool (GgufWriter *writer,
                      const char *key,
                      gboolean    value)
{
  guint8 byte = value != FALSE;

  gguf_writer_set_raw (writer, key, GGUF_BOOL, &byte, 1);
}

void
gguf_writer_set_string (GgufWriter *writer,
                        const char *key,
                        const char *value)
{
  append_string (renew_pair (writer, key, GGUF_STRING), value);
}

static GByteArray *
renew_array (GgufWriter *writer,
             const char *key,
             guint32     element_kind,
             guint64     n)
{
  GByteArray *bytes = renew_pair (writer, key, GGUF_ARRAY);

  append (bytes, &element_kind, sizeof element_kind);
  append (bytes, &n, sizeof n);
  return bytes;
}

void
gguf_writer_set_strings (GgufWriter        *writer,
                         const char        *key,
                         const char *const *values,
                         gsize              n)
{
  GByteArray *bytes = renew_array (writer, key, GGUF_STRING, n);

  for (gsize i = 0; i < n; i++)
    append_string (bytes, values[i]);
}

void
gguf_writer_set_array (GgufWriter *writer,
                       const char *key,
                       guint32     element_kind,
                       const void *values,
                       gsize       n,
                       gsize       element_bytes)
{
  append (renew_array (writer, key, element_kind, n), values, n * element_bytes);
}

gboolean
gguf_writer_remove (GgufWriter *writer,
                    const char *key)
{
  Pair *pair = find_pair (writer, key);

  return pair != NULL && g_ptr_array_remove (writer->pairs, pair);
}

void
gguf_writer_set_alignment (GgufWriter *writer,
                           guint32     alignment)
{
  writer->alignment = alignment;
  gguf_writer_set_u32 (writer, "general.alignment", alignment);
}

/* ---- tensors ----------------------------------------------------------------------- */

static GgufTensor *
add_tensor (GgufWriter    *writer,
            const char    *name,
            guint32        type,
            guint          n_dims,
            const guint64 *ne,
            guint64        n_bytes)
{
  GgufTensor *tensor = g_new0 (GgufTensor, 1);

  g_assert (n_dims <= 4);
  tensor->name = g_strdup (name);
  tensor->type = type;
  tensor->n_dims = n_dims;
  for (guint i = 0; i < 4; i++)
    tensor->ne[i] = i < n_dims ? ne[i] : 1;
  tensor->n_bytes = n_bytes;
  g_ptr_array_add (writer->tensors, tensor);
  return tensor;
}

GgufTensor *
gguf_writer_add_tensor (GgufWriter    *writer,
                        const char    *name,
                        guint32        type,
                        guint          n_dims,
                        const guint64 *ne,
                        const void    *data,
                        guint64        n_bytes)
{
  GgufTensor *tensor = add_tensor (writer, name, type, n_dims, ne, n_bytes);

  tensor->data = g_memdup2 (data, n_bytes);
  return tensor;
}

GgufTensor *
gguf_writer_add_filled_tensor (GgufWriter    *writer,
                               const char    *name,
                               guint32        type,
                               guint          n_dims,
                               const guint64 *ne,
                               guint64        n_bytes,
                               GgufFillFunc   fill,
                               gpointer       user_data)
{
  GgufTensor *tensor = add_tensor (writer, name, type, n_dims, ne, n_bytes);

  tensor->fill = fill;
  tensor->fill_data = user_data;
  return tensor;
}

guint
gguf_writer_get_n_tensors (GgufWriter *writer)
{
  return writer->tensors->len;
}

GgufTensor *
gguf_writer_get_tensor (GgufWriter *writer,
                        guint       index)
{
  return g_ptr_array_index (writer->tensors, index);
}

static gint
find_index (GgufWriter *writer,
            const char *name)
{
  for (guint i = 0; i < writer->tensors->len; i++)
    if (g_strcmp0 (gguf_writer_get_tensor (writer, i)->name, name) == 0)
      return i;
  return -1;
}

GgufTensor *
gguf_writer_find_tensor (GgufWriter *writer,
                         const char *name)
{
  gint index = find_index (writer, name);

  return index < 0 ? NULL : gguf_writer_get_tensor (writer, index);
}

gboolean
gguf_writer_remove_tensor (GgufWriter *writer,
                           const char *name)
{
  gint index = find_index (writer, name);

  if (index < 0)
    return FALSE;
  g_ptr_array_remove_index (writer->tensors, index);
  return TRUE;
}

void
gguf_writer_move_last_before (GgufWriter *writer,
                              const char *name)
{
  gpointer last = g_ptr_array_steal_index (writer->tensors, writer->tensors->len - 1);
  gint index = find_index (writer, name);

  g_assert (index >= 0);
  g_ptr_array_insert (writer->tensors, index, last);
}

/* ---- the file ---------------------------------------------------------------------- */

static guint64
round_up (guint64 value,
          guint64 alignment)
{
  return alignment == 0 ? value : (value + alignment - 1) / alignment * alignment;
}

static void
append_pair (GByteArray *out,
             const Pair *pair)
{
  if (pair->key != NULL)
    {
      append_string (out, pair->key);
      append (out, &pair->kind, sizeof pair->kind);
    }
  append (out, pair->bytes->data, pair->bytes->len);
}

static void
append_description (GByteArray       *out,
                    const GgufTensor *tensor,
                    guint64           true_offset)
{
  const guint64 one = 1;
  guint64 offset = tensor->has_offset ? tensor->offset : true_offset;

  append_string (out, tensor->name);
  append (out, &tensor->n_dims, sizeof tensor->n_dims);
  for (guint i = 0; i < tensor->n_dims; i++)
    append (out, i < 4 ? &tensor->ne[i] : &one, sizeof one);
  append (out, &tensor->type, sizeof tensor->type);
  append (out, &offset, sizeof offset);
}

/* Everything before the data, padded where data follow. */
static GByteArray *
make_header (GgufWriter *writer,
             const Part *part)
{
  GByteArray *out = g_byte_array_new ();
  guint32 version = 3;
  guint64 n_tensors = part->n_tensors, n_pairs = part->pairs->len, offset = 0;

  append (out, "GGUF", 4);
  append (out, &version, sizeof version);
  append (out, &n_tensors, sizeof n_tensors);
  append (out, &n_pairs, sizeof n_pairs);
  for (guint i = 0; i < part->pairs->len; i++)
    append_pair (out, g_ptr_array_index (part->pairs, i));
  for (guint i = 0; i < part->n_tensors; i++)
    {
      GgufTensor *tensor = gguf_writer_get_tensor (writer, part->first_tensor + i);

      append_description (out, tensor, offset);
      offset += round_up (tensor->n_bytes, writer->alignment);
    }
  if (part->n_tensors > 0)
    {
      guint old = out->len;

      g_byte_array_set_size (out, round_up (old, writer->alignment));
      memset (out->data + old, 0, out->len - old);
    }
  return out;
}

typedef void (*SinkFunc) (const void *data,
                          gsize       n,
                          gpointer    user_data);

static void
emit_filled (const GgufTensor *tensor,
             SinkFunc          sink,
             gpointer          user_data)
{
  guint64 n_rows = tensor->ne[1] * tensor->ne[2] * tensor->ne[3];
  guint64 row_bytes = tensor->n_bytes / n_rows;
  guint64 at_once = MAX (1, (1 << 20) / row_bytes);
  g_autofree guint8 *rows = g_malloc (at_once * row_bytes);

  for (guint64 row = 0; row < n_rows; row += at_once)
    {
      guint64 n = MIN (at_once, n_rows - row);

      tensor->fill (tensor, row, n, rows, tensor->fill_data);
      sink (rows, n * row_bytes, user_data);
    }
}

static void
emit (GgufWriter *writer,
      const Part *part,
      SinkFunc    sink,
      gpointer    user_data)
{
  g_autoptr (GByteArray) header = make_header (writer, part);
  g_autofree guint8 *zeros = g_malloc0 (MAX (writer->alignment, 1));

  sink (header->data, header->len, user_data);
  for (guint i = 0; i < part->n_tensors; i++)
    {
      GgufTensor *tensor = gguf_writer_get_tensor (writer, part->first_tensor + i);

      if (tensor->fill != NULL)
        emit_filled (tensor, sink, user_data);
      else
        sink (tensor->data, tensor->n_bytes, user_data);
      sink (zeros, round_up (tensor->n_bytes, writer->alignment) - tensor->n_bytes, user_data);
    }
}

static void
append_sink (const void *data,
             gsize       n,
             gpointer    user_data)
{
  append (user_data, data, n);
}

static void
file_sink (const void *data,
           gsize       n,
           gpointer    user_data)
{
  if (fwrite (data, 1, n, user_data) != n)
    g_error ("A test file could not be written: %s", g_strerror (errno));
}

static void
write_part (GgufWriter *writer,
            const Part *part,
            const char *path)
{
  FILE *file = fopen (path, "wb");

  if (file == NULL)
    g_error ("“%s” could not be created: %s", path, g_strerror (errno));
  emit (writer, part, file_sink, file);
  if (fclose (file) != 0)
    g_error ("“%s” could not be written: %s", path, g_strerror (errno));
}

GBytes *
gguf_writer_to_bytes (GgufWriter *writer)
{
  Part whole = { writer->pairs, 0, writer->tensors->len };
  GByteArray *out = g_byte_array_new ();

  emit (writer, &whole, append_sink, out);
  return g_byte_array_free_to_bytes (out);
}

void
gguf_writer_write (GgufWriter *writer,
                   const char *path)
{
  Part whole = { writer->pairs, 0, writer->tensors->len };

  write_part (writer, &whole, path);
}

/* The metadata of part `no`: everything in the first, in the others what splits demand. */
static GgufWriter *
make_part_metadata (GgufWriter *writer,
                    guint       no,
                    guint       n_parts)
{
  GgufWriter *part = gguf_writer_new ();

  for (guint i = 0; no == 0 && i < writer->pairs->len; i++)
    {
      Pair *pair = g_ptr_array_index (writer->pairs, i);
      Pair *copy = pair_new (pair->key, pair->kind);

      append (copy->bytes, pair->bytes->data, pair->bytes->len);
      g_ptr_array_add (part->pairs, copy);
    }
  if (writer->alignment != 32)
    gguf_writer_set_alignment (part, writer->alignment);
  gguf_writer_set_u16 (part, "split.no", no);
  gguf_writer_set_u16 (part, "split.count", n_parts);
  gguf_writer_set_i32 (part, "split.tensors.count", writer->tensors->len);
  return part;
}

char *
gguf_writer_write_split (GgufWriter  *writer,
                         const char  *prefix,
                         const guint *n_per_part,
                         guint        n_parts)
{
  guint first = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      g_autoptr (GgufWriter) metadata = make_part_metadata (writer, i, n_parts);
      g_autofree char *path = g_strdup_printf ("%s-%05u-of-%05u.gguf", prefix, i + 1, n_parts);
      guint left = writer->tensors->len - first;
      Part part = { metadata->pairs, first, i + 1 == n_parts ? left : MIN (n_per_part[i], left) };

      write_part (writer, &part, path);
      first += part.n_tensors;
    }
  return g_strdup_printf ("%s-%05u-of-%05u.gguf", prefix, 1u, n_parts);
}
