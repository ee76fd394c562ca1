#include "gguf-probe.h"

#include "own-time.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Sanitizers keep freed memory for a while, and are slow. */
#if defined(__SANITIZE_ADDRESS__)
#define ALLOWED_BYTES (256ll << 20)
#define ALLOWED_SECONDS 5.0
#else
#define ALLOWED_BYTES (4ll << 20)
#define ALLOWED_SECONDS 1.0
#endif

GgufProbe *
gguf_probe_new (const char *base_name)
{
  GgufProbe *probe = g_new0 (GgufProbe, 1);

  probe->folder = g_dir_make_tmp ("baleen-gguf-XXXXXX", NULL);
  g_assert_nonnull (probe->folder);
  probe->path = g_build_filename (probe->folder, base_name, NULL);
  return probe;
}

void
gguf_probe_free (GgufProbe *probe)
{
  g_autoptr (GDir) folder = g_dir_open (probe->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (probe->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (probe->folder);
  g_free (probe->folder);
  g_free (probe->path);
  g_free (probe);
}

void
gguf_probe_write (GgufProbe    *probe,
                  gconstpointer bytes,
                  gsize         n_bytes)
{
  FILE *file;

  /* A new file each time: file systems take pains, and time, over those that are emptied and
   * written again. */
  g_unlink (probe->path);
  file = fopen (probe->path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n_bytes, file), ==, n_bytes);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Private writable memory of this process, as RLIMIT_DATA counts it. */
static guint64
data_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long size, resident, shared, code, library, data;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%lu %lu %lu %lu %lu %lu", &size, &resident, &shared, &code,
                           &library, &data), ==, 6);
  return (guint64) data * sysconf (_SC_PAGESIZE);
}

/* Whoever asks for more than allowed gets nothing from the system, and GLib ends the test. */
void
gguf_probe_limited (GgufProbeFunc func,
                    gpointer      user_data)
{
  struct rlimit before, during;
  double start;

  g_assert_cmpint (getrlimit (RLIMIT_DATA, &before), ==, 0);
  during = before;
  during.rlim_cur = MIN (before.rlim_max, data_bytes () + ALLOWED_BYTES);
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &during), ==, 0);
  start = own_time ();
  func (user_data);
  g_assert_cmpfloat (own_time () - start, <, ALLOWED_SECONDS);
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &before), ==, 0);
}

/* ---- reading through --------------------------------------------------------------- */

/* Where sums of what was read go, so that it is read. */
static volatile guint read_sum;

static void
read_key_cb (const char *key,
             const char *type,
             const char *value,
             gpointer    user_data)
{
  BlnGguf *gguf = user_data;
  guint32 u32 = 0, per_layer[7];
  guint64 u64 = 0;
  gint64 i64 = 0;
  float f32 = 0;
  gboolean boolean = FALSE;
  BlnGgufString string = { NULL, 0 };
  const BlnGgufString *strings;
  const float *floats;
  const gint32 *integers;
  gsize n;
  guint sum = 0;

  g_assert_true (g_utf8_validate (value, -1, NULL));
  bln_gguf_get_u32 (gguf, key, &u32, NULL);
  bln_gguf_get_u64 (gguf, key, &u64, NULL);
  bln_gguf_get_i64 (gguf, key, &i64, NULL);
  bln_gguf_get_f32 (gguf, key, &f32, NULL);
  bln_gguf_get_bool (gguf, key, &boolean, NULL);
  bln_gguf_get_u32_per_layer (gguf, key, per_layer, G_N_ELEMENTS (per_layer), NULL);
  if (bln_gguf_get_string (gguf, key, &string, NULL) && string.length > 0)
    sum += string.bytes[0] + string.bytes[string.length - 1];
  if (bln_gguf_get_f32_array (gguf, key, &floats, &n, NULL) && n > 0)
    sum += floats[0] != floats[n - 1];
  if (bln_gguf_get_i32_array (gguf, key, &integers, &n, NULL) && n > 0)
    sum += integers[0] ^ integers[n - 1];
  if (bln_gguf_get_strings (gguf, key, &strings, &n, NULL))
    for (gsize i = 0; i < n; i++)
      if (strings[i].length > 0)
        sum += strings[i].bytes[0] + strings[i].bytes[strings[i].length - 1];
  read_sum = sum;
}

static void
read_through (BlnGguf *gguf)
{
  guint sum = 0;

  bln_gguf_foreach_metadata (gguf, read_key_cb, gguf);
  for (guint i = 0; i < bln_gguf_get_n_tensors (gguf); i++)
    {
      const BlnTensor *tensor = bln_gguf_get_tensor (gguf, i);

      g_assert_true (bln_gguf_find_tensor (gguf, tensor->name) == tensor);
      g_assert_nonnull (bln_type_info (tensor->type));
      sum += tensor->data[0] + tensor->data[tensor->n_bytes - 1];
    }
  g_assert_cmpuint (strlen (bln_gguf_get_fingerprint (gguf)), ==, 64);
  read_sum = sum;
}

typedef struct
{
  GgufProbe *probe;
  GError *error;
} Opening;

static void
open_cb (gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (BlnGguf) gguf = bln_gguf_open (opening->probe->path, &opening->error);

  g_assert_true ((gguf == NULL) == (opening->error != NULL));
  if (gguf != NULL)
    read_through (gguf);
}

GError *
gguf_probe_open (GgufProbe *probe)
{
  Opening opening = { probe, NULL };

  gguf_probe_limited (open_cb, &opening);
  if (opening.error != NULL)
    gguf_probe_assert_clean (probe, opening.error);
  return opening.error;
}

GError *
gguf_probe_bytes (GgufProbe    *probe,
                  gconstpointer bytes,
                  gsize         n_bytes)
{
  gguf_probe_write (probe, bytes, n_bytes);
  return gguf_probe_open (probe);
}

void
gguf_probe_assert_clean (GgufProbe    *probe,
                         const GError *error)
{
  g_autofree char *name = g_path_get_basename (probe->path);

  g_assert_true (error->domain == BLN_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_nonnull (strstr (error->message, name));
}

/* ---- the specimen ------------------------------------------------------------------ */

static void
add_tensor (GgufWriter *writer,
            const char *name,
            guint32     type,
            guint64     ne0,
            guint64     ne1,
            guint64     ne2)
{
  const BlnTypeInfo *info = bln_type_info (type);
  guint64 ne[3] = { ne0, ne1, ne2 };
  guint64 n_bytes = ne0 / info->block_elements * info->block_bytes * ne1 * ne2;
  g_autofree guint8 *data = g_malloc (n_bytes);

  for (guint64 i = 0; i < n_bytes; i++)
    data[i] = i * 31 + 7;
  gguf_writer_add_tensor (writer, name, type, ne2 > 1 ? 3 : ne1 > 1 ? 2 : 1, ne, data, n_bytes);
}

GgufWriter *
gguf_specimen_new (void)
{
  static const char *const tokens[] = { "<s>", "a", "b", "ab", "\xc4\xa0", "</s>" };
  static const char *const merges[] = { "a b" };
  static const gint32 token_types[] = { 3, 1, 1, 1, 1, 3 };
  static const float scores[] = { 0, -1, -2, -3, -4, 0 };
  static const guint8 pattern[] = { 1, 1, 0 };
  GgufWriter *writer = gguf_writer_new ();

  gguf_writer_set_string (writer, "general.architecture", "llama");
  gguf_writer_set_string (writer, "general.name", "Specimen");
  gguf_writer_set_u8 (writer, "test.u8", 200);
  gguf_writer_set_i8 (writer, "test.i8", -100);
  gguf_writer_set_u16 (writer, "test.u16", 60000);
  gguf_writer_set_i16 (writer, "test.i16", -30000);
  gguf_writer_set_u32 (writer, "test.u32", 4000000000u);
  gguf_writer_set_i32 (writer, "test.i32", -2000000000);
  gguf_writer_set_u64 (writer, "test.u64", G_GUINT64_CONSTANT (0x8000000000000001));
  gguf_writer_set_i64 (writer, "test.i64", G_MININT64);
  gguf_writer_set_f32 (writer, "test.f32", 1.5f);
  gguf_writer_set_f64 (writer, "test.f64", 0.25);
  gguf_writer_set_bool (writer, "test.bool", TRUE);
  gguf_writer_set_array (writer, "test.pattern", GGUF_BOOL, pattern, 3, 1);
  gguf_writer_set_strings (writer, "tokenizer.ggml.tokens", tokens, G_N_ELEMENTS (tokens));
  gguf_writer_set_array (writer, "tokenizer.ggml.token_type", GGUF_I32, token_types,
                         G_N_ELEMENTS (token_types), 4);
  gguf_writer_set_array (writer, "tokenizer.ggml.scores", GGUF_F32, scores,
                         G_N_ELEMENTS (scores), 4);
  gguf_writer_set_strings (writer, "tokenizer.ggml.merges", merges, G_N_ELEMENTS (merges));
  add_tensor (writer, "token_embd.weight", BLN_TYPE_F32, 32, 6, 1);
  add_tensor (writer, "blk.0.attn_q.weight", BLN_TYPE_Q4_0, 32, 5, 1);
  add_tensor (writer, "blk.0.ffn_up_exps.weight", BLN_TYPE_Q6_K, 256, 2, 3);
  add_tensor (writer, "output_norm.weight", BLN_TYPE_F16, 33, 1, 1);
  return writer;
}
