/* Every wrong file gives one clean sentence, at once and for nothing. */
#include "gguf-probe.h"

#include <string.h>

#define FILE_NAME "hostile.gguf"

typedef struct
{
  const char *name;
  const char *bytes;
  gsize n_bytes;
  BlnError code;
  const char *says;
} Beginning;

#define BYTES(text) text, sizeof text - 1

static const Beginning beginnings[] = {
  { "empty", BYTES (""), BLN_ERROR_NOT_A_MODEL, "empty" },
  { "three-bytes", BYTES ("GGU"), BLN_ERROR_NOT_A_MODEL, "not a model" },
  { "three-binary-bytes", BYTES ("\x01\x02\x03"), BLN_ERROR_NOT_A_MODEL, "3 bytes" },
  { "magic-alone", BYTES ("GGUF"), BLN_ERROR_DAMAGED, "ends within" },
  { "html", BYTES ("\n <!DOCTYPE html><html><head></head></html>"), BLN_ERROR_NOT_A_MODEL,
    "web page" },
  { "elf", BYTES ("\x7f" "ELF\x02\x01\x01\x00\x00\x00\x00\x00"), BLN_ERROR_NOT_A_MODEL, "ELF" },
  { "zip", BYTES ("PK\x03\x04\x14\x00\x00\x00"), BLN_ERROR_NOT_A_MODEL, "ZIP" },
  { "png", BYTES ("\x89PNG\r\n\x1a\n"), BLN_ERROR_NOT_A_MODEL, "PNG" },
  { "text", BYTES ("These are the weights, honestly. \xc3\xa4"), BLN_ERROR_NOT_A_MODEL, "text" },
  { "lfs-pointer", BYTES ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    BLN_ERROR_NOT_A_MODEL, "LFS" },
  { "safetensors", BYTES ("\x40\x00\x00\x00\x00\x00\x00\x00{\"a\":{}}"), BLN_ERROR_NOT_A_MODEL,
    "safetensors" },
  { "old-ggml", BYTES ("tjgg\x03\x00\x00\x00"), BLN_ERROR_NOT_A_MODEL, "GGML" },
  { "other", BYTES ("\x00\x01\x02\x03\x04"), BLN_ERROR_NOT_A_MODEL, "00 01 02 03" },
  { "byte-swapped-magic", BYTES ("FUGG\x00\x00\x00\x03"), BLN_ERROR_NOT_A_MODEL, "46 55 47 47" },
};

static void
test_beginning (gconstpointer data)
{
  const Beginning *beginning = data;
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GError) error = gguf_probe_bytes (probe, beginning->bytes, beginning->n_bytes);

  g_assert_error (error, BLN_ERROR, (gint) beginning->code);
  g_assert_nonnull (strstr (error->message, beginning->says));
}

static void
test_no_file (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GError) missing = gguf_probe_open (probe);
  g_autoptr (GgufProbe) folder = gguf_probe_new ("..");
  g_autoptr (GError) error = gguf_probe_open (folder);

  g_assert_error (missing, BLN_ERROR, BLN_ERROR_IO);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_NOT_A_MODEL);
  g_assert_nonnull (strstr (error->message, "folder"));
}

/* ---- fields of the header ---------------------------------------------------------- */

typedef struct
{
  const char *name;
  gsize offset;
  gsize n_bytes;
  guint64 value;
  BlnError code;
} FieldCase;

static const FieldCase field_cases[] = {
  { "version-0", GGUF_OFFSET_VERSION, 4, 0, BLN_ERROR_DAMAGED },
  { "version-1", GGUF_OFFSET_VERSION, 4, 1, BLN_ERROR_UNSUPPORTED },
  { "version-4", GGUF_OFFSET_VERSION, 4, 4, BLN_ERROR_UNSUPPORTED },
  { "big-endian", GGUF_OFFSET_VERSION, 4, 0x03000000, BLN_ERROR_UNSUPPORTED },
  { "2^63-tensors", GGUF_OFFSET_N_TENSORS, 8, 1ull << 63, BLN_ERROR_DAMAGED },
  { "2^32-tensors", GGUF_OFFSET_N_TENSORS, 8, 1ull << 32, BLN_ERROR_DAMAGED },
  { "minus-one-tensors", GGUF_OFFSET_N_TENSORS, 8, G_MAXUINT64, BLN_ERROR_DAMAGED },
  { "2^63-keys", GGUF_OFFSET_N_PAIRS, 8, 1ull << 63, BLN_ERROR_DAMAGED },
  { "2^32-keys", GGUF_OFFSET_N_PAIRS, 8, 1ull << 32, BLN_ERROR_DAMAGED },
  { "minus-one-keys", GGUF_OFFSET_N_PAIRS, 8, G_MAXUINT64, BLN_ERROR_DAMAGED },
  { "key-length-2^63", 24, 8, 1ull << 63, BLN_ERROR_DAMAGED },
  { "key-length-minus-one", 24, 8, G_MAXUINT64, BLN_ERROR_DAMAGED },
  { "empty-key", 24, 8, 0, BLN_ERROR_DAMAGED },
};

static guint8 *
specimen_bytes (gsize *n_bytes)
{
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  GBytes *bytes = gguf_writer_to_bytes (writer);

  return g_bytes_unref_to_data (bytes, n_bytes);
}

static void
put (guint8 *bytes,
     gsize   offset,
     guint64 value,
     gsize   n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    bytes[offset + i] = value >> (8 * i);
}

static void
test_field (gconstpointer data)
{
  const FieldCase *field = data;
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  g_autofree guint8 *bytes = specimen_bytes (&n_bytes);

  put (bytes, field->offset, field->value, field->n_bytes);
  error = gguf_probe_bytes (probe, bytes, n_bytes);
  g_assert_error (error, BLN_ERROR, (gint) field->code);
}

static void
test_key_one_too_long (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GError) error = NULL;
  gsize n_bytes;
  g_autofree guint8 *bytes = specimen_bytes (&n_bytes);

  put (bytes, 24, n_bytes - 32 + 1, 8);
  error = gguf_probe_bytes (probe, bytes, n_bytes);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
}

/* ---- wrong metadata and tensors ---------------------------------------------------- */

typedef struct
{
  const char *name;
  void (*spoil) (GgufWriter *writer);
  BlnError code;
  const char *says;
} SpoilCase;

static void
set_raw_array (GgufWriter *writer,
               guint32     element_kind,
               guint64     count)
{
  guint8 bytes[12 + 16] = { 0 };

  put (bytes, 0, element_kind, 4);
  put (bytes, 4, count, 8);
  gguf_writer_set_raw (writer, "test.array", GGUF_ARRAY, bytes, sizeof bytes);
}

static void
spoil_duplicate_key (GgufWriter *writer)
{
  guint8 pair[8 + 7 + 4 + 1] = { 7 };

  memcpy (pair + 8, "test.u8", 7);
  gguf_writer_add_raw_pair (writer, pair, sizeof pair);
}

static void
spoil_key_with_nul (GgufWriter *writer)
{
  guint8 pair[8 + 7 + 4 + 1] = { 7 };

  memcpy (pair + 8, "tes\0.u8", 7);
  gguf_writer_add_raw_pair (writer, pair, sizeof pair);
}

static void
spoil_long_key (GgufWriter *writer)
{
  g_autofree char *key = g_strnfill (65536, 'k');

  gguf_writer_set_u8 (writer, key, 1);
}

static void spoil_kind_13 (GgufWriter *w) { gguf_writer_set_raw (w, "test.kind", 13, "12345678", 8); }
static void spoil_kind_255 (GgufWriter *w) { gguf_writer_set_raw (w, "test.kind", 255, "12345678", 8); }
static void spoil_kind_minus (GgufWriter *w) { gguf_writer_set_raw (w, "test.kind", G_MAXUINT32, "12345678", 8); }
static void spoil_nested_array (GgufWriter *w) { set_raw_array (w, GGUF_ARRAY, 1); }
static void spoil_element_kind (GgufWriter *w) { set_raw_array (w, 13, 1); }
static void spoil_strings_2_61 (GgufWriter *w) { set_raw_array (w, GGUF_STRING, 1ull << 61); }
static void spoil_strings_2_24 (GgufWriter *w) { set_raw_array (w, GGUF_STRING, 1 << 24); }
static void spoil_array_overflow (GgufWriter *w) { set_raw_array (w, GGUF_U64, (1ull << 61) + 1); }
static void spoil_array_minus (GgufWriter *w) { set_raw_array (w, GGUF_U8, G_MAXUINT64); }
static void spoil_array_2_31 (GgufWriter *w) { set_raw_array (w, GGUF_U8, 1ull << 31); }
static void spoil_alignment_0 (GgufWriter *w) { gguf_writer_set_u32 (w, "general.alignment", 0); }
static void spoil_alignment_1 (GgufWriter *w) { gguf_writer_set_u32 (w, "general.alignment", 1); }
static void spoil_alignment_3 (GgufWriter *w) { gguf_writer_set_u32 (w, "general.alignment", 3); }
static void spoil_alignment_2_31 (GgufWriter *w) { gguf_writer_set_u32 (w, "general.alignment", 1u << 31); }
static void spoil_alignment_i32 (GgufWriter *w) { gguf_writer_set_i32 (w, "general.alignment", 32); }
static void spoil_alignment_text (GgufWriter *w) { gguf_writer_set_string (w, "general.alignment", "32"); }

static void
rename_tensor (GgufWriter *writer,
               const char *name)
{
  GgufTensor *tensor = gguf_writer_get_tensor (writer, 1);

  g_free (tensor->name);
  tensor->name = g_strdup (name);
}

static void
spoil_name_64 (GgufWriter *writer)
{
  g_autofree char *name = g_strnfill (64, 'n');

  rename_tensor (writer, name);
}

static void spoil_name_empty (GgufWriter *w) { rename_tensor (w, ""); }
static void spoil_name_bytes (GgufWriter *w) { rename_tensor (w, "blk.\xff.weight"); }
static void spoil_name_twice (GgufWriter *w) { rename_tensor (w, "token_embd.weight"); }
static void spoil_dims_0 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->n_dims = 0; }
static void spoil_dims_5 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->n_dims = 5; }
static void spoil_ne_0 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->ne[1] = 0; }
static void spoil_ne_2_42 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->ne[1] = (1ull << 42) + 1; }
static void spoil_ne_minus (GgufWriter *w) { gguf_writer_get_tensor (w, 0)->ne[0] = G_MAXUINT64; }
static void spoil_ne_block (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->ne[0] = 33; }
static void spoil_type_4 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->type = 4; }
static void spoil_type_36 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->type = 36; }
static void spoil_type_43 (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->type = 43; }
static void spoil_type_minus (GgufWriter *w) { gguf_writer_get_tensor (w, 1)->type = G_MAXUINT32; }

static void
spoil_ne_product (GgufWriter *writer)
{
  GgufTensor *tensor = gguf_writer_get_tensor (writer, 2);

  tensor->ne[0] = 1ull << 32;
  tensor->ne[1] = 1ull << 32;
}

/* Sizes that wrap to something small. */
static void
spoil_ne_wrap (GgufWriter *writer)
{
  GgufTensor *tensor = gguf_writer_get_tensor (writer, 2);

  tensor->type = BLN_TYPE_F32;
  tensor->ne[0] = 1ull << 30;
  tensor->ne[1] = 1ull << 31;
  tensor->ne[2] = 2;
}

static void
set_offset (GgufWriter *writer,
            guint       i,
            guint64     offset)
{
  GgufTensor *tensor = gguf_writer_get_tensor (writer, i);

  tensor->has_offset = TRUE;
  tensor->offset = offset;
}

static void spoil_offset_odd (GgufWriter *w) { set_offset (w, 3, 33); }
static void spoil_offset_end (GgufWriter *w) { set_offset (w, 3, 1 << 20); }
static void spoil_offset_wrap (GgufWriter *w) { set_offset (w, 3, G_MAXUINT64 - 31); }
static void spoil_offset_2_63 (GgufWriter *w) { set_offset (w, 3, 1ull << 63); }
static void spoil_overlap_same (GgufWriter *w) { set_offset (w, 1, 0); }
static void spoil_overlap_part (GgufWriter *w) { set_offset (w, 1, 736); }
static void spoil_overlap_order (GgufWriter *w) { set_offset (w, 3, 32); }

static const SpoilCase spoil_cases[] = {
  { "duplicate-key", spoil_duplicate_key, BLN_ERROR_DAMAGED, "test.u8" },
  { "key-with-nul", spoil_key_with_nul, BLN_ERROR_DAMAGED, "no valid text" },
  { "key-of-64-kib", spoil_long_key, BLN_ERROR_DAMAGED, "too long" },
  { "value-type-13", spoil_kind_13, BLN_ERROR_DAMAGED, "13" },
  { "value-type-255", spoil_kind_255, BLN_ERROR_DAMAGED, "255" },
  { "value-type-minus-one", spoil_kind_minus, BLN_ERROR_DAMAGED, "4294967295" },
  { "array-of-arrays", spoil_nested_array, BLN_ERROR_DAMAGED, "array of arrays" },
  { "array-of-type-13", spoil_element_kind, BLN_ERROR_DAMAGED, "13" },
  { "2^61-strings", spoil_strings_2_61, BLN_ERROR_DAMAGED, "2305843009213693952" },
  { "2^24-strings", spoil_strings_2_24, BLN_ERROR_DAMAGED, "16777216" },
  { "array-size-wraps", spoil_array_overflow, BLN_ERROR_DAMAGED, "test.array" },
  { "array-of-minus-one", spoil_array_minus, BLN_ERROR_DAMAGED, "test.array" },
  { "array-of-2^31", spoil_array_2_31, BLN_ERROR_DAMAGED, "test.array" },
  { "alignment-0", spoil_alignment_0, BLN_ERROR_DAMAGED, "general.alignment" },
  { "alignment-1", spoil_alignment_1, BLN_ERROR_DAMAGED, "general.alignment" },
  { "alignment-3", spoil_alignment_3, BLN_ERROR_DAMAGED, "general.alignment" },
  { "alignment-2^31", spoil_alignment_2_31, BLN_ERROR_DAMAGED, "general.alignment" },
  { "alignment-signed", spoil_alignment_i32, BLN_ERROR_DAMAGED, "I32" },
  { "alignment-text", spoil_alignment_text, BLN_ERROR_DAMAGED, "string" },
  { "tensor-name-of-64", spoil_name_64, BLN_ERROR_DAMAGED, "too long" },
  { "tensor-without-name", spoil_name_empty, BLN_ERROR_DAMAGED, "empty" },
  { "tensor-name-not-text", spoil_name_bytes, BLN_ERROR_DAMAGED, "no valid text" },
  { "tensor-twice", spoil_name_twice, BLN_ERROR_DAMAGED, "token_embd.weight" },
  { "no-dimensions", spoil_dims_0, BLN_ERROR_DAMAGED, "0 dimensions" },
  { "five-dimensions", spoil_dims_5, BLN_ERROR_DAMAGED, "5 dimensions" },
  { "empty-dimension", spoil_ne_0, BLN_ERROR_DAMAGED, "empty dimension" },
  { "dimension-2^42+1", spoil_ne_2_42, BLN_ERROR_DAMAGED, "attn_q" },
  { "dimension-minus-one", spoil_ne_minus, BLN_ERROR_DAMAGED, "token_embd.weight" },
  { "row-not-of-blocks", spoil_ne_block, BLN_ERROR_DAMAGED, "Q4_0" },
  { "size-overflows", spoil_ne_product, BLN_ERROR_DAMAGED, "impossibly large" },
  { "size-wraps-to-0", spoil_ne_wrap, BLN_ERROR_DAMAGED, "impossibly large" },
  { "type-4", spoil_type_4, BLN_ERROR_UNSUPPORTED, "type 4" },
  { "type-36", spoil_type_36, BLN_ERROR_UNSUPPORTED, "MXFP4" },
  { "type-43", spoil_type_43, BLN_ERROR_UNSUPPORTED, "type 43" },
  { "type-minus-one", spoil_type_minus, BLN_ERROR_UNSUPPORTED, "type 4294967295" },
  { "offset-not-aligned", spoil_offset_odd, BLN_ERROR_DAMAGED, "multiple of 32" },
  { "offset-beyond-end", spoil_offset_end, BLN_ERROR_DAMAGED, "output_norm.weight" },
  { "offset-wraps", spoil_offset_wrap, BLN_ERROR_DAMAGED, "output_norm.weight" },
  { "offset-2^63", spoil_offset_2_63, BLN_ERROR_DAMAGED, "output_norm.weight" },
  { "tensors-at-one-place", spoil_overlap_same, BLN_ERROR_DAMAGED, "over each other" },
  { "tensors-overlap", spoil_overlap_part, BLN_ERROR_DAMAGED, "over each other" },
  { "tensors-overlap-out-of-order", spoil_overlap_order, BLN_ERROR_DAMAGED, "over each other" },
};

static void
test_spoiled (gconstpointer data)
{
  const SpoilCase *spoiled = data;
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  spoiled->spoil (writer);
  bytes = gguf_writer_to_bytes (writer);
  error = gguf_probe_bytes (probe, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_error (error, BLN_ERROR, (gint) spoiled->code);
  g_assert_nonnull (strstr (error->message, spoiled->says));
}

/* ---- splits ------------------------------------------------------------------------ */

static GgufWriter *
part_writer (guint       no,
             guint       count,
             const char *tensor)
{
  guint64 ne[1] = { 8 };
  float data[8] = { 0 };
  GgufWriter *writer = gguf_writer_new ();

  gguf_writer_set_string (writer, "general.architecture", "llama");
  gguf_writer_set_u16 (writer, "split.no", no);
  gguf_writer_set_u16 (writer, "split.count", count);
  gguf_writer_set_i32 (writer, "split.tensors.count", 2);
  gguf_writer_add_tensor (writer, tensor, BLN_TYPE_F32, 1, ne, data, sizeof data);
  return writer;
}

static void
write_part (GgufProbe  *probe,
            guint       no,
            GgufWriter *writer)
{
  g_autofree char *name = g_strdup_printf ("m-%05u-of-00002.gguf", no + 1);
  g_autofree char *path = g_build_filename (probe->folder, name, NULL);

  gguf_writer_write (writer, path);
}

/* The error of opening part 1 beside this part 2. */
static GError *
open_split (GgufWriter *second)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("m-00001-of-00002.gguf");
  g_autoptr (GgufWriter) first = part_writer (0, 2, "a.weight");
  g_autoptr (BlnGguf) gguf = NULL;
  GError *error = NULL;

  write_part (probe, 0, first);
  if (second != NULL)
    write_part (probe, 1, second);
  gguf = bln_gguf_open (probe->path, &error);
  g_assert_true ((gguf == NULL) == (error != NULL));
  return error;
}

static void
test_split_sound (void)
{
  g_autoptr (GgufWriter) second = part_writer (1, 2, "b.weight");
  g_autoptr (GError) error = open_split (second);

  g_assert_no_error (error);
}

static void
test_split_missing (void)
{
  g_autoptr (GError) error = open_split (NULL);

  g_assert_error (error, BLN_ERROR, BLN_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "m-00002-of-00002.gguf"));
}

static void
test_split_wrong_part (void)
{
  g_autoptr (GgufWriter) second = part_writer (0, 2, "b.weight");
  g_autoptr (GgufWriter) other = part_writer (1, 3, "b.weight");
  g_autoptr (GError) error = open_split (second);
  g_autoptr (GError) other_error = open_split (other);

  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "m-00002-of-00002.gguf"));
  g_assert_error (other_error, BLN_ERROR, BLN_ERROR_DAMAGED);
}

static void
test_split_same_tensor (void)
{
  g_autoptr (GgufWriter) second = part_writer (1, 2, "a.weight");
  g_autoptr (GError) error = open_split (second);

  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "a.weight"));
}

static void
test_split_tensor_count (void)
{
  g_autoptr (GgufWriter) second = part_writer (1, 2, "b.weight");
  g_autoptr (GError) error = NULL;
  guint64 ne[1] = { 8 };
  float data[8] = { 0 };

  gguf_writer_add_tensor (second, "c.weight", BLN_TYPE_F32, 1, ne, data, sizeof data);
  error = open_split (second);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "3 tensors instead of 2"));
}

static void
test_split_second_opened (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("m-00002-of-00002.gguf");
  g_autoptr (GgufWriter) second = part_writer (1, 2, "b.weight");
  g_autoptr (GError) error = NULL;

  write_part (probe, 1, second);
  error = gguf_probe_open (probe);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "-00001-of-00002.gguf"));
}

static void
test_split_renamed (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("renamed.gguf");
  g_autoptr (GgufWriter) first = part_writer (0, 2, "a.weight");
  g_autoptr (GError) error = NULL;

  gguf_writer_write (first, probe->path);
  error = gguf_probe_open (probe);
  g_assert_error (error, BLN_ERROR, BLN_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "-00001-of-00002.gguf"));
}

static void
test_split_numbers (void)
{
  static const guint64 counts[] = { 65536, 1ull << 32, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GgufProbe) probe = gguf_probe_new ("m-00001-of-00002.gguf");
      g_autoptr (GgufWriter) first = part_writer (0, 2, "a.weight");
      g_autoptr (GError) error = NULL;

      gguf_writer_set_u64 (first, "split.count", counts[i]);
      gguf_writer_write (first, probe->path);
      error = gguf_probe_open (probe);
      g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
    }
}

/* ---- many files -------------------------------------------------------------------- */

/* Where tensors lie in the specimen. Behind them is padding, which may be missing. */
static void
find_data (const guint8 *bytes,
           gsize         n_bytes,
           gsize        *start,
           gsize        *end)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (BlnGguf) gguf = NULL;
  const BlnTensor *first, *last;

  gguf_probe_write (probe, bytes, n_bytes);
  gguf = bln_gguf_open (probe->path, NULL);
  first = bln_gguf_get_tensor (gguf, 0);
  last = bln_gguf_get_tensor (gguf, bln_gguf_get_n_tensors (gguf) - 1);
  *start = 0;
  while (memcmp (bytes + *start, first->data, first->n_bytes) != 0)
    ++*start;
  *end = *start + (last->data - first->data) + last->n_bytes;
}

static void
test_cut_anywhere (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  gsize n_bytes, start, end;
  g_autofree guint8 *bytes = specimen_bytes (&n_bytes);

  find_data (bytes, n_bytes, &start, &end);
  for (gsize n = 0; n < end; n++)
    {
      g_autoptr (GError) error = gguf_probe_bytes (probe, bytes, n);

      g_assert_nonnull (error);
      g_assert_true (error->code == BLN_ERROR_DAMAGED ||
                     (n < 4 && error->code == BLN_ERROR_NOT_A_MODEL));
    }
}

static void
test_integers_anywhere (void)
{
  static const guint64 values[] = {
    0, 1, (1ull << 31) - 1, (1ull << 31) + 1, 1ull << 32, (1ull << 63) - 3, G_MAXUINT64,
  };
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  gsize n_bytes, start, end;
  g_autofree guint8 *bytes = specimen_bytes (&n_bytes);

  /* Every place of the header, be it an integer's or not; of both widths. */
  find_data (bytes, n_bytes, &start, &end);
  for (gsize offset = 4; offset < start; offset++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      for (gsize width = 4; width <= 8; width += 4)
        {
          guint8 kept[8];

          memcpy (kept, bytes + offset, width);
          put (bytes, offset, values[v], width);
          g_clear_error (&(GError *) { gguf_probe_bytes (probe, bytes, n_bytes) });
          memcpy (bytes + offset, kept, width);
        }
}

static void
mutate (guint8 *bytes,
        gsize   n_bytes)
{
  guint n_changes = g_test_rand_int_range (1, 9);

  for (guint i = 0; i < n_changes; i++)
    {
      gsize at = g_test_rand_int_range (0, n_bytes);

      switch (g_test_rand_int_range (0, 3))
        {
        case 0:
          bytes[at] = g_test_rand_int ();
          break;
        case 1:
          bytes[at] ^= 1 << g_test_rand_int_range (0, 8);
          break;
        default:
          bytes[at] += g_test_rand_bit () ? 1 : -1;
          break;
        }
    }
}

static void
test_mutations (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  gsize n_bytes;
  g_autofree guint8 *bytes = specimen_bytes (&n_bytes);
  gsize start, end;
  guint n_opened = 0;

  find_data (bytes, n_bytes, &start, &end);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, n_bytes);
      g_autoptr (GError) error = NULL;

      mutate (copy, start);
      error = gguf_probe_bytes (probe, copy, n_bytes);
      n_opened += error == NULL;
    }
  g_test_message ("%u of 1000 opened", n_opened);
}

/* A file may bring many keys, and they must not cost more than their bytes. */
static void
test_many_keys (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new (FILE_NAME);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 head[24] = "GGUF\3";

  put (head, GGUF_OFFSET_N_PAIRS, 65536, 8);
  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 0; i < 65536; i++)
    {
      guint8 pair[8 + 5 + 4 + 1] = { 5 };
      g_autofree char *key = g_strdup_printf ("%05x", i);

      memcpy (pair + 8, key, 5);
      g_byte_array_append (bytes, pair, sizeof pair);
    }
  gguf_probe_write (probe, bytes->data, bytes->len);
  g_autoptr (BlnGguf) gguf = bln_gguf_open (probe->path, &error);
  g_assert_no_error (error);
  g_assert_true (bln_gguf_has (gguf, "0ffff"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autofree char *path = g_strconcat ("/gguf/not-a-model/", beginnings[i].name, NULL);
      g_test_add_data_func (path, &beginnings[i], test_beginning);
    }
  g_test_add_func ("/gguf/no-file", test_no_file);
  for (guint i = 0; i < G_N_ELEMENTS (field_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gguf/refused/", field_cases[i].name, NULL);
      g_test_add_data_func (path, &field_cases[i], test_field);
    }
  g_test_add_func ("/gguf/refused/key-longer-than-the-file", test_key_one_too_long);
  for (guint i = 0; i < G_N_ELEMENTS (spoil_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gguf/refused/", spoil_cases[i].name, NULL);
      g_test_add_data_func (path, &spoil_cases[i], test_spoiled);
    }
  g_test_add_func ("/gguf/split/sound", test_split_sound);
  g_test_add_func ("/gguf/split/missing-part-is-named", test_split_missing);
  g_test_add_func ("/gguf/split/wrong-part-is-refused", test_split_wrong_part);
  g_test_add_func ("/gguf/split/tensor-in-two-parts-is-refused", test_split_same_tensor);
  g_test_add_func ("/gguf/split/tensors-are-counted", test_split_tensor_count);
  g_test_add_func ("/gguf/split/second-part-points-to-the-first", test_split_second_opened);
  g_test_add_func ("/gguf/split/renamed-part-says-so", test_split_renamed);
  g_test_add_func ("/gguf/split/impossible-numbers-are-refused", test_split_numbers);
  g_test_add_func ("/gguf/cut-file-is-refused", test_cut_anywhere);
  g_test_add_func ("/gguf/any-integer-anywhere", test_integers_anywhere);
  g_test_add_func ("/gguf/mutated-files", test_mutations);
  g_test_add_func ("/gguf/many-keys-are-quick", test_many_keys);
  return g_test_run ();
}
