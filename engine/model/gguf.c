#include "gguf-private.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <string.h>

/* ---- parts of a split -------------------------------------------------------------- */

/* "PREFIX" of PREFIX-00001-of-00003.gguf, or NULL where the name has another form. */
static char *
split_prefix (const char *path,
              guint       no,
              guint       count)
{
  g_autofree char *suffix = g_strdup_printf ("-%05u-of-%05u.gguf", no + 1, count);

  if (!g_str_has_suffix (path, suffix))
    return NULL;
  return g_strndup (path, strlen (path) - strlen (suffix));
}

static const BlnGgufEntry *
find_entry (BlnGgufPart *part,
            const char  *key)
{
  for (guint i = 0; i < part->entries->len; i++)
    {
      const BlnGgufEntry *entry = &g_array_index (part->entries, BlnGgufEntry, i);
      if (strcmp (entry->key, key) == 0)
        return entry;
    }
  return NULL;
}

/* The keys of a split, from any part. Absent ones keep what `value` had. */
static gboolean
read_split_key (BlnGgufPart *part,
                const char  *key,
                guint64     *value,
                GError     **error)
{
  const BlnGgufEntry *entry = find_entry (part, key);

  if (entry == NULL || bln_gguf_entry_to_u64 (entry, value))
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: “%s” is not a count. Download it again."),
               part->base_name, key);
  return FALSE;
}

static BlnGgufPart *
open_next_part (BlnGgufPart *first,
                const char  *prefix,
                guint        no,
                guint        count,
                GError     **error)
{
  g_autofree char *path = g_strdup_printf ("%s-%05u-of-%05u.gguf", prefix, no + 1, count);
  g_autoptr (BlnGgufPart) part = NULL;
  guint64 own_no = 0, own_count = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_set_error (error, BLN_ERROR, BLN_ERROR_IO,
                   _("“%s” is part 1 of %u, and “%s” is missing. Put all parts into one folder."),
                   first->base_name, count, name);
      return NULL;
    }
  part = bln_gguf_part_open (path, error);
  if (part == NULL || !read_split_key (part, "split.no", &own_no, error) ||
      !read_split_key (part, "split.count", &own_count, error))
    return NULL;
  if (own_no != no || own_count != count)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” should be part %u of %u and says it is part %" PRIu64 " of %" PRIu64
                     ". Download the parts again."),
                   part->base_name, no + 1, count, own_no + 1, own_count);
      return NULL;
    }
  return g_steal_pointer (&part);
}

static gboolean
open_parts (BlnGguf *gguf,
            GError **error)
{
  BlnGgufPart *first = g_ptr_array_index (gguf->parts, 0);
  guint64 no = 0, count = 1;
  g_autofree char *prefix = NULL;

  if (!read_split_key (first, "split.no", &no, error) ||
      !read_split_key (first, "split.count", &count, error))
    return FALSE;
  if (count > 65535 || no >= MAX (count, 1))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: it says it is part %" PRIu64 " of %" PRIu64 ". Download it "
                     "again."),
                   first->base_name, no + 1, count);
      return FALSE;
    }
  if (no != 0)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” is part %u of %u of a model. Open the first part, whose name ends in "
                     "“-00001-of-%05u.gguf”."),
                   first->base_name, (guint) no + 1, (guint) count, (guint) count);
      return FALSE;
    }
  if (count <= 1)
    return TRUE;
  prefix = split_prefix (first->path, 0, count);
  if (prefix == NULL)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_IO,
                   _("“%s” is the first of %u parts, and the others cannot be found because its "
                     "name does not end in “-00001-of-%05u.gguf”. Give the parts their names "
                     "back."),
                   first->base_name, (guint) count, (guint) count);
      return FALSE;
    }
  for (guint i = 1; i < count; i++)
    {
      BlnGgufPart *part = open_next_part (first, prefix, i, count, error);
      if (part == NULL)
        return FALSE;
      g_ptr_array_add (gguf->parts, part);
    }
  return TRUE;
}

/* ---- tables over all parts --------------------------------------------------------- */

static void
index_entries (BlnGguf *gguf)
{
  BlnGgufPart *first = g_ptr_array_index (gguf->parts, 0);

  for (guint i = 0; i < first->entries->len; i++)
    {
      BlnGgufEntry *entry = &g_array_index (first->entries, BlnGgufEntry, i);
      g_hash_table_insert (gguf->entry_by_key, (gpointer) entry->key, entry);
    }
}

static void
gather_tensors (BlnGguf *gguf)
{
  for (guint p = 0; p < gguf->parts->len; p++)
    {
      BlnGgufPart *part = g_ptr_array_index (gguf->parts, p);

      for (guint i = 0; i < part->tensors->len; i++)
        {
          BlnTensor *tensor = &g_array_index (part->tensors, BlnTensor, i);
          tensor->part = p;
        }
      g_array_append_vals (gguf->tensors, part->tensors->data, part->tensors->len);
      g_clear_pointer (&part->tensors, g_array_unref);
    }
}

static gboolean
index_tensors (BlnGguf *gguf,
               GError **error)
{
  gather_tensors (gguf);
  for (guint i = 0; i < gguf->tensors->len; i++)
    {
      BlnTensor *tensor = &g_array_index (gguf->tensors, BlnTensor, i);

      if (g_hash_table_insert (gguf->tensor_by_name, (gpointer) tensor->name, tensor))
        continue;
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: the tensor “%s” is there twice. Download it again."),
                   bln_gguf_get_base_name (gguf), tensor->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_tensor_count (BlnGguf *gguf,
                    GError **error)
{
  guint64 expected = gguf->tensors->len;

  if (!read_split_key (g_ptr_array_index (gguf->parts, 0), "split.tensors.count", &expected,
                       error))
    return FALSE;
  if (expected == gguf->tensors->len)
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: its parts hold %u tensors instead of %" PRIu64 ". Download it "
                 "again."),
               bln_gguf_get_base_name (gguf), gguf->tensors->len, expected);
  return FALSE;
}

/* ---- the container ----------------------------------------------------------------- */

BlnGguf *
bln_gguf_open (const char *path,
               GError    **error)
{
  g_autoptr (BlnGguf) gguf = NULL;
  BlnGgufPart *first = bln_gguf_part_open (path, error);

  if (first == NULL)
    return NULL;
  gguf = g_new0 (BlnGguf, 1);
  g_mutex_init (&gguf->lock);
  gguf->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) bln_gguf_part_free);
  gguf->entry_by_key = g_hash_table_new (bln_seeded_str_hash, g_str_equal);
  gguf->tensor_by_name = g_hash_table_new (bln_seeded_str_hash, g_str_equal);
  gguf->tensors = g_array_new (FALSE, TRUE, sizeof (BlnTensor));
  g_ptr_array_add (gguf->parts, first);
  if (!open_parts (gguf, error) || !index_tensors (gguf, error) ||
      !check_tensor_count (gguf, error))
    return NULL;
  index_entries (gguf);
  return g_steal_pointer (&gguf);
}

void
bln_gguf_free (BlnGguf *gguf)
{
  if (gguf == NULL)
    return;
  g_hash_table_unref (gguf->entry_by_key);
  g_hash_table_unref (gguf->tensor_by_name);
  g_array_unref (gguf->tensors);
  g_ptr_array_unref (gguf->parts);
  g_mutex_clear (&gguf->lock);
  g_free (gguf->fingerprint);
  g_free (gguf);
}

const char *
bln_gguf_get_path (BlnGguf *gguf)
{
  BlnGgufPart *first = g_ptr_array_index (gguf->parts, 0);

  return first->path;
}

const char *
bln_gguf_get_base_name (BlnGguf *gguf)
{
  BlnGgufPart *first = g_ptr_array_index (gguf->parts, 0);

  return first->base_name;
}

guint
bln_gguf_get_n_tensors (BlnGguf *gguf)
{
  return gguf->tensors->len;
}

const BlnTensor *
bln_gguf_get_tensor (BlnGguf *gguf,
                     guint    index)
{
  g_return_val_if_fail (index < gguf->tensors->len, NULL);

  return &g_array_index (gguf->tensors, BlnTensor, index);
}

const BlnTensor *
bln_gguf_find_tensor (BlnGguf    *gguf,
                      const char *name)
{
  return g_hash_table_lookup (gguf->tensor_by_name, name);
}

/* ---- the mapped data --------------------------------------------------------------- */

static gsize
offset_in_file (BlnGgufPart     *part,
                const BlnTensor *tensor)
{
  return part->data_start + tensor->offset;
}

gboolean
bln_gguf_populate (BlnGguf         *gguf,
                   const BlnTensor *tensor,
                   gsize            offset,
                   gsize            length,
                   GError         **error)
{
  BlnGgufPart *part;

  g_return_val_if_fail (offset <= tensor->n_bytes && length <= tensor->n_bytes - offset, FALSE);

  if (tensor->part == BLN_OWN_MEMORY)
    return TRUE;
  part = g_ptr_array_index (gguf->parts, tensor->part);
  return bln_mapping_populate (part->mapping, offset_in_file (part, tensor) + offset, length,
                               error);
}

void
bln_gguf_release (BlnGguf         *gguf,
                  const BlnTensor *tensor)
{
  BlnGgufPart *part;

  if (tensor->part == BLN_OWN_MEMORY)
    return;
  part = g_ptr_array_index (gguf->parts, tensor->part);
  bln_mapping_release (part->mapping, offset_in_file (part, tensor), tensor->n_bytes);
}

gboolean
bln_gguf_check_unchanged (BlnGguf *gguf,
                          GError **error)
{
  for (guint i = 0; i < gguf->parts->len; i++)
    {
      BlnGgufPart *part = g_ptr_array_index (gguf->parts, i);
      if (part->mapping != NULL && !bln_mapping_check_unchanged (part->mapping, error))
        return FALSE;
    }
  return TRUE;
}

/* What arrays take once they are copied out of the header, whether they were yet or not. */
static gsize
decoded_bytes (const BlnGgufEntry *entry)
{
  if (entry->kind != BLN_GGUF_ARRAY)
    return 0;
  return entry->count * (entry->element_kind == BLN_GGUF_STRING ? sizeof (BlnGgufString) : 4);
}

gsize
bln_gguf_get_n_bytes (BlnGguf *gguf)
{
  gsize n_bytes = gguf->tensors->len * sizeof (BlnTensor);

  for (guint i = 0; i < gguf->parts->len; i++)
    {
      BlnGgufPart *part = g_ptr_array_index (gguf->parts, i);

      n_bytes += part->header_reserved;
      for (guint k = 0; i == 0 && k < part->entries->len; k++)
        n_bytes += decoded_bytes (&g_array_index (part->entries, BlnGgufEntry, k));
    }
  return n_bytes;
}

const char *
bln_gguf_get_fingerprint (BlnGguf *gguf)
{
  g_mutex_lock (&gguf->lock);
  if (gguf->fingerprint == NULL)
    {
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

      for (guint i = 0; i < gguf->parts->len; i++)
        {
          BlnGgufPart *part = g_ptr_array_index (gguf->parts, i);
          g_checksum_update (checksum, part->header, part->header_length);
        }
      gguf->fingerprint = g_strdup (g_checksum_get_string (checksum));
    }
  g_mutex_unlock (&gguf->lock);
  return gguf->fingerprint;
}
