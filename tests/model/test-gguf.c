/* What a sound GGUF file holds comes out as it went in. */
#include "gguf-probe.h"

#include <math.h>
#include <string.h>

static BlnGguf *
open_sound (GgufProbe *probe)
{
  g_autoptr (GError) error = NULL;
  BlnGguf *gguf = bln_gguf_open (probe->path, &error);

  g_assert_no_error (error);
  return gguf;
}

static BlnGguf *
open_specimen (GgufProbe *probe)
{
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();

  gguf_writer_write (writer, probe->path);
  return open_sound (probe);
}

static void
test_integers (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GError) error = NULL;
  guint32 u32 = 0;
  guint64 u64 = 0;
  gint64 i64 = 0;

  g_assert_true (bln_gguf_get_u32 (gguf, "test.u8", &u32, &error));
  g_assert_cmpuint (u32, ==, 200);
  g_assert_true (bln_gguf_get_u32 (gguf, "test.u16", &u32, &error));
  g_assert_cmpuint (u32, ==, 60000);
  g_assert_true (bln_gguf_get_u32 (gguf, "test.u32", &u32, &error));
  g_assert_cmpuint (u32, ==, 4000000000u);
  g_assert_true (bln_gguf_get_u64 (gguf, "test.u64", &u64, &error));
  g_assert_cmpuint (u64, ==, G_GUINT64_CONSTANT (0x8000000000000001));
  g_assert_true (bln_gguf_get_i64 (gguf, "test.i8", &i64, &error));
  g_assert_cmpint (i64, ==, -100);
  g_assert_true (bln_gguf_get_i64 (gguf, "test.i16", &i64, &error));
  g_assert_cmpint (i64, ==, -30000);
  g_assert_true (bln_gguf_get_i64 (gguf, "test.i64", &i64, &error));
  g_assert_cmpint (i64, ==, G_MININT64);
}

static void
test_out_of_range (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  static const char *const not_u32[] = { "test.i8", "test.u64", "test.f32", "general.name",
                                         "tokenizer.ggml.tokens" };
  gint64 i64 = 7;

  for (guint i = 0; i < G_N_ELEMENTS (not_u32); i++)
    {
      g_autoptr (GError) error = NULL;
      guint32 u32 = 7;

      g_assert_false (bln_gguf_get_u32 (gguf, not_u32[i], &u32, &error));
      g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, not_u32[i]));
      g_assert_cmpuint (u32, ==, 7);
    }
  g_assert_false (bln_gguf_get_i64 (gguf, "test.u64", &i64, NULL));
  g_assert_cmpint (i64, ==, 7);
}

static void
test_other_scalars (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GError) error = NULL;
  float f32 = 0;
  gboolean boolean = FALSE;
  BlnGgufString string = { NULL, 0 };

  g_assert_true (bln_gguf_get_f32 (gguf, "test.f32", &f32, &error));
  g_assert_cmpfloat (f32, ==, 1.5f);
  g_assert_true (bln_gguf_get_f32 (gguf, "test.f64", &f32, &error));
  g_assert_cmpfloat (f32, ==, 0.25f);
  g_assert_true (bln_gguf_get_f32 (gguf, "test.i8", &f32, &error));
  g_assert_cmpfloat (f32, ==, -100);
  g_assert_true (bln_gguf_get_bool (gguf, "test.bool", &boolean, &error));
  g_assert_true (boolean);
  g_assert_true (bln_gguf_get_string (gguf, "general.name", &string, &error));
  g_assert_cmpmem (string.bytes, string.length, "Specimen", 8);
  g_assert_false (bln_gguf_get_string (gguf, "test.u8", &string, NULL));
  g_assert_false (bln_gguf_get_bool (gguf, "test.f32", &boolean, NULL));
}

static void
test_no_infinite_numbers (void)
{
  static const double wrong[] = { G_MAXDOUBLE, -G_MAXDOUBLE, (double) INFINITY, (double) NAN };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GgufProbe) probe = gguf_probe_new ("floats.gguf");
      g_autoptr (GgufWriter) writer = gguf_specimen_new ();
      g_autoptr (BlnGguf) gguf = NULL;
      float value = 3;

      gguf_writer_set_f64 (writer, "test.f64", wrong[i]);
      gguf_writer_write (writer, probe->path);
      gguf = open_sound (probe);
      g_assert_false (bln_gguf_get_f32 (gguf, "test.f64", &value, NULL));
      g_assert_cmpfloat (value, ==, 3);
    }
}

static void
test_absent_keys (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GError) error = NULL;
  const BlnGgufString *strings;
  guint32 u32 = 41, per_layer[2] = { 5, 6 };
  gsize n = 3;

  g_assert_false (bln_gguf_has (gguf, "test.absent"));
  g_assert_true (bln_gguf_has (gguf, "test.u8"));
  g_assert_true (bln_gguf_get_u32 (gguf, "test.absent", &u32, &error));
  g_assert_cmpuint (u32, ==, 41);
  g_assert_true (bln_gguf_get_u32_per_layer (gguf, "test.absent", per_layer, 2, &error));
  g_assert_cmpuint (per_layer[1], ==, 6);
  g_assert_true (bln_gguf_get_strings (gguf, "test.absent", &strings, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_arrays (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GError) error = NULL;
  const BlnGgufString *strings;
  const float *floats;
  const gint32 *integers;
  gsize n;

  g_assert_true (bln_gguf_get_strings (gguf, "tokenizer.ggml.tokens", &strings, &n, &error));
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpmem (strings[3].bytes, strings[3].length, "ab", 2);
  g_assert_cmpmem (strings[4].bytes, strings[4].length, "\xc4\xa0", 2);
  g_assert_true (bln_gguf_get_f32_array (gguf, "tokenizer.ggml.scores", &floats, &n, &error));
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpfloat (floats[4], ==, -4);
  g_assert_true (bln_gguf_get_i32_array (gguf, "tokenizer.ggml.token_type", &integers, &n,
                                         &error));
  g_assert_cmpint (integers[5], ==, 3);

  g_assert_false (bln_gguf_get_f32_array (gguf, "tokenizer.ggml.token_type", &floats, &n, NULL));
  g_assert_false (bln_gguf_get_i32_array (gguf, "tokenizer.ggml.scores", &integers, &n, NULL));
  g_assert_false (bln_gguf_get_strings (gguf, "tokenizer.ggml.scores", &strings, &n, NULL));
  g_assert_false (bln_gguf_get_strings (gguf, "general.name", &strings, &n, NULL));
  g_assert_false (bln_gguf_get_i32_array (gguf, "test.pattern", &integers, &n, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
}

static void
test_per_layer (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GError) error = NULL;
  guint32 values[4] = { 9, 9, 9, 9 };

  g_assert_true (bln_gguf_get_u32_per_layer (gguf, "test.pattern", values, 3, &error));
  g_assert_cmpuint (values[0], ==, 1);
  g_assert_cmpuint (values[2], ==, 0);
  g_assert_true (bln_gguf_get_u32_per_layer (gguf, "test.u16", values, 4, &error));
  g_assert_cmpuint (values[3], ==, 60000);
  g_assert_false (bln_gguf_get_u32_per_layer (gguf, "test.pattern", values, 4, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DAMAGED);
}

static void
collect_cb (const char *key,
            const char *type,
            const char *value,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%s %s %s\n", key, type, value);
}

static void
test_metadata_as_text (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (GString) text = g_string_new (NULL);

  bln_gguf_foreach_metadata (gguf, collect_cb, text);
  g_assert_cmpstr (text->str, ==,
                   "general.architecture string llama\n"
                   "general.name string Specimen\n"
                   "test.u8 U8 200\n"
                   "test.i8 I8 -100\n"
                   "test.u16 U16 60000\n"
                   "test.i16 I16 -30000\n"
                   "test.u32 U32 4000000000\n"
                   "test.i32 I32 -2000000000\n"
                   "test.u64 U64 9223372036854775809\n"
                   "test.i64 I64 -9223372036854775808\n"
                   "test.f32 F32 1.5\n"
                   "test.f64 F64 0.25\n"
                   "test.bool bool true\n"
                   "test.pattern bool[3] [true, true, false]\n"
                   "tokenizer.ggml.tokens string[6] [<s>, a, b, ab, Ġ, </s>]\n"
                   "tokenizer.ggml.token_type I32[6] [3, 1, 1, 1, 1, 3]\n"
                   "tokenizer.ggml.scores F32[6] [0, -1, -2, -3, -4, 0]\n"
                   "tokenizer.ggml.merges string[1] [a b]\n");
}

static void
test_tensors (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  const BlnTensor *experts = bln_gguf_find_tensor (gguf, "blk.0.ffn_up_exps.weight");

  g_assert_cmpuint (bln_gguf_get_n_tensors (gguf), ==, 4);
  g_assert_true (bln_gguf_get_tensor (gguf, 2) == experts);
  g_assert_cmpuint (experts->type, ==, BLN_TYPE_Q6_K);
  g_assert_cmpuint (experts->n_dims, ==, 3);
  g_assert_cmpuint (experts->ne[0], ==, 256);
  g_assert_cmpuint (experts->ne[2], ==, 3);
  g_assert_cmpuint (experts->ne[3], ==, 1);
  g_assert_cmpuint (experts->n_bytes, ==, 6 * 210);
  for (guint64 i = 0; i < experts->n_bytes; i++)
    g_assert_cmpuint (experts->data[i], ==, (guint8) (i * 31 + 7));
  g_assert_null (bln_gguf_find_tensor (gguf, "blk.1.attn_q.weight"));
}

static void
test_version_2 (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("v2.gguf");
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  g_autoptr (GBytes) bytes = gguf_writer_to_bytes (writer);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (BlnGguf) gguf = NULL;

  copy[GGUF_OFFSET_VERSION] = 2;
  gguf_probe_write (probe, copy, g_bytes_get_size (bytes));
  gguf = open_sound (probe);
  g_assert_cmpuint (bln_gguf_get_n_tensors (gguf), ==, 4);
}

static void
test_alignments (void)
{
  static const guint32 alignments[] = { 8, 64, 4096, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (alignments); i++)
    {
      g_autoptr (GgufProbe) probe = gguf_probe_new ("aligned.gguf");
      g_autoptr (GgufWriter) writer = gguf_specimen_new ();
      g_autoptr (BlnGguf) gguf = NULL;
      const BlnTensor *last;

      gguf_writer_set_alignment (writer, alignments[i]);
      gguf_writer_write (writer, probe->path);
      gguf = open_sound (probe);
      last = bln_gguf_get_tensor (gguf, 3);
      g_assert_cmpuint ((guintptr) last->data % MIN (alignments[i], 4096), ==, 0);
      g_assert_cmpuint (last->data[1], ==, 38);
    }
}

static void
test_gaps (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("gaps.gguf");
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  g_autoptr (BlnGguf) gguf = NULL;

  /* Without its second tensor's description the file has a hole. */
  gguf_writer_get_tensor (writer, 0)->n_dims = 1;
  gguf_writer_get_tensor (writer, 0)->ne[0] = 16;
  gguf_writer_write (writer, probe->path);
  gguf = open_sound (probe);
  g_assert_cmpuint (bln_gguf_get_tensor (gguf, 1)->data[2], ==, 69);
}

static void
test_metadata_only (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("vocabulary.gguf");
  g_autoptr (GgufWriter) writer = gguf_writer_new ();
  g_autoptr (BlnGguf) gguf = NULL;
  g_autoptr (GError) error = NULL;

  gguf_writer_set_string (writer, "general.architecture", "llama");
  gguf_writer_write (writer, probe->path);
  gguf = open_sound (probe);
  g_assert_cmpuint (bln_gguf_get_n_tensors (gguf), ==, 0);
  g_assert_true (bln_gguf_check_unchanged (gguf, &error));
}

static void
test_fingerprint (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("specimen.gguf");
  g_autoptr (BlnGguf) gguf = open_specimen (probe);
  g_autoptr (BlnGguf) again = open_specimen (probe);
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  g_autoptr (BlnGguf) other = NULL;

  gguf_writer_set_u8 (writer, "test.u8", 201);
  gguf_writer_write (writer, probe->path);
  other = open_sound (probe);
  g_assert_cmpstr (bln_gguf_get_fingerprint (gguf), ==, bln_gguf_get_fingerprint (again));
  g_assert_cmpstr (bln_gguf_get_fingerprint (gguf), !=, bln_gguf_get_fingerprint (other));
}

/* ---- splits ------------------------------------------------------------------------ */

static void
test_split (gconstpointer data)
{
  guint n_first = GPOINTER_TO_UINT (data);
  guint n_per_part[3] = { n_first, 2, 0 };
  g_autoptr (GgufProbe) probe = gguf_probe_new ("big-00001-of-00003.gguf");
  g_autofree char *prefix = g_build_filename (probe->folder, "big", NULL);
  g_autoptr (GgufWriter) writer = gguf_specimen_new ();
  g_autofree char *first = gguf_writer_write_split (writer, prefix, n_per_part, 3);
  g_autoptr (BlnGguf) gguf = open_sound (probe);
  const BlnTensor *last = bln_gguf_get_tensor (gguf, 3);

  g_assert_cmpstr (first, ==, probe->path);
  g_assert_cmpuint (bln_gguf_get_n_tensors (gguf), ==, 4);
  g_assert_cmpstr (last->name, ==, "output_norm.weight");
  g_assert_cmpuint (last->part, ==, 2);
  g_assert_cmpuint (last->data[2], ==, 69);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gguf/integers-of-any-width", test_integers);
  g_test_add_func ("/gguf/numbers-are-never-cut-to-fit", test_out_of_range);
  g_test_add_func ("/gguf/other-scalars", test_other_scalars);
  g_test_add_func ("/gguf/infinite-numbers-are-refused", test_no_infinite_numbers);
  g_test_add_func ("/gguf/absent-keys-leave-defaults", test_absent_keys);
  g_test_add_func ("/gguf/arrays-by-declared-type", test_arrays);
  g_test_add_func ("/gguf/scalar-or-array-per-layer", test_per_layer);
  g_test_add_func ("/gguf/metadata-as-text", test_metadata_as_text);
  g_test_add_func ("/gguf/tensors-come-out-as-they-went-in", test_tensors);
  g_test_add_func ("/gguf/version-2-reads-like-3", test_version_2);
  g_test_add_func ("/gguf/alignments", test_alignments);
  g_test_add_func ("/gguf/gaps-are-tolerated", test_gaps);
  g_test_add_func ("/gguf/metadata-without-tensors", test_metadata_only);
  g_test_add_func ("/gguf/fingerprint-follows-the-header", test_fingerprint);
  g_test_add_data_func ("/gguf/split", GUINT_TO_POINTER (1), test_split);
  g_test_add_data_func ("/gguf/split-with-metadata-alone-first", GUINT_TO_POINTER (0), test_split);
  return g_test_run ();
}
