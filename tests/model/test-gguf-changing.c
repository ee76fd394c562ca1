/* Files that somebody else changes while we use them. */
#include "gguf-probe.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <unistd.h>

#define N_FLOATS (1 << 18)

/* One tensor of a megabyte, so that whole pages can be lost. */
static BlnGguf *
open_large (GgufProbe *probe)
{
  g_autoptr (GgufWriter) writer = gguf_writer_new ();
  g_autofree float *data = g_new (float, N_FLOATS);
  g_autoptr (GError) error = NULL;
  guint64 ne[1] = { N_FLOATS };
  BlnGguf *gguf;

  for (guint i = 0; i < N_FLOATS; i++)
    data[i] = i + 1;
  gguf_writer_set_string (writer, "general.architecture", "llama");
  gguf_writer_set_string (writer, "general.name", "kept");
  gguf_writer_add_tensor (writer, "t.weight", BLN_TYPE_F32, 1, ne, data, N_FLOATS * 4);
  gguf_writer_write (writer, probe->path);
  gguf = bln_gguf_open (probe->path, &error);
  g_assert_no_error (error);
  return gguf;
}

static double
sum_of (const BlnTensor *tensor)
{
  const float *values = (const float *) tensor->data;
  double sum = 0;

  for (guint i = 0; i < N_FLOATS; i++)
    sum += values[i];
  return sum;
}

#define WHOLE_SUM (N_FLOATS * (N_FLOATS + 1.0) / 2)

static void
assert_changed (BlnGguf   *gguf,
                GgufProbe *probe)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (bln_gguf_check_unchanged (gguf, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_CHANGED);
  gguf_probe_assert_clean (probe, error);
}

static void
test_cut_while_mapped (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (BlnGguf) gguf = open_large (probe);
      const BlnTensor *tensor = bln_gguf_get_tensor (gguf, 0);
      g_autoptr (GError) error = NULL;
      BlnGgufString name;

      g_assert_true (bln_gguf_populate (gguf, tensor, 0, tensor->n_bytes, &error));
      g_assert_no_error (error);
      g_assert_cmpint (truncate (probe->path, g_test_rand_int_range (0, N_FLOATS * 4 - 8192)), ==,
                       0);
      /* Reading goes on, with zeros in place of what is gone. */
      g_assert_cmpfloat (sum_of (tensor), <, WHOLE_SUM);
      assert_changed (gguf, probe);
      /* What was read before stays. */
      g_assert_true (bln_gguf_get_string (gguf, "general.name", &name, &error));
      g_assert_cmpmem (name.bytes, name.length, "kept", 4);
    }
}

static void
test_cut_before_populate (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (BlnGguf) gguf = open_large (probe);
  const BlnTensor *tensor = bln_gguf_get_tensor (gguf, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (probe->path, 8192), ==, 0);
  g_assert_false (bln_gguf_populate (gguf, tensor, 0, tensor->n_bytes, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_CHANGED);
  gguf_probe_assert_clean (probe, error);
}

static void
test_written_to (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (BlnGguf) gguf = open_large (probe);
  FILE *file;

  /* Timestamps may be as coarse as a clock tick. */
  g_usleep (20000);
  file = fopen (probe->path, "r+b");
  fputs ("GGUF", file);
  fclose (file);
  assert_changed (gguf, probe);
}

static void
test_unlinked (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (BlnGguf) gguf = open_large (probe);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (probe->path), ==, 0);
  g_assert_cmpfloat (sum_of (bln_gguf_get_tensor (gguf, 0)), ==, WHOLE_SUM);
  g_assert_true (bln_gguf_check_unchanged (gguf, &error));
  g_assert_no_error (error);
}

static void
test_replaced (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (BlnGguf) gguf = open_large (probe);
  g_autofree char *other = g_strconcat (probe->path, ".part", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (other, "another file", -1, &error));
  g_assert_cmpint (g_rename (other, probe->path), ==, 0);
  g_assert_cmpfloat (sum_of (bln_gguf_get_tensor (gguf, 0)), ==, WHOLE_SUM);
  g_assert_true (bln_gguf_check_unchanged (gguf, &error));
}

static void
test_release (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (BlnGguf) gguf = open_large (probe);
  const BlnTensor *tensor = bln_gguf_get_tensor (gguf, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (bln_gguf_populate (gguf, tensor, 100, 50000, &error));
  bln_gguf_release (gguf, tensor);
  g_assert_cmpfloat (sum_of (tensor), ==, WHOLE_SUM);
}

/* Two threads meet the lost pages at once, and another mapping stays whole. */
static gpointer
read_cb (gpointer tensor)
{
  sum_of (tensor);
  return NULL;
}

static void
test_cut_under_threads (void)
{
  g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
  g_autoptr (GgufProbe) other_probe = gguf_probe_new ("other.gguf");
  g_autoptr (BlnGguf) other = open_large (other_probe);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (BlnGguf) gguf = open_large (probe);
      gpointer tensor = (gpointer) bln_gguf_get_tensor (gguf, 0);
      GThread *threads[3];

      for (guint t = 0; t < 3; t++)
        threads[t] = g_thread_new ("reader", read_cb, tensor);
      g_assert_cmpint (truncate (probe->path, 5000), ==, 0);
      for (guint t = 0; t < 3; t++)
        g_thread_join (threads[t]);
      sum_of (tensor);
      assert_changed (gguf, probe);
    }
  g_assert_cmpfloat (sum_of (bln_gguf_get_tensor (other, 0)), ==, WHOLE_SUM);
  g_assert_true (bln_gguf_check_unchanged (other, NULL));
}

/* A fault elsewhere is none of our business: it ends the process as ever. */
static void
test_other_faults (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GgufProbe) probe = gguf_probe_new ("large.gguf");
      g_autoptr (BlnGguf) gguf = open_large (probe);

      raise (SIGBUS);
      g_print ("survived");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stdout_unmatched ("*survived*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gguf/changing/cut-while-mapped", test_cut_while_mapped);
  g_test_add_func ("/gguf/changing/cut-before-use", test_cut_before_populate);
  g_test_add_func ("/gguf/changing/written-to", test_written_to);
  g_test_add_func ("/gguf/changing/unlinked-stays-whole", test_unlinked);
  g_test_add_func ("/gguf/changing/replaced-stays-whole", test_replaced);
  g_test_add_func ("/gguf/changing/released-comes-back", test_release);
  g_test_add_func ("/gguf/changing/cut-under-threads", test_cut_under_threads);
  g_test_add_func ("/gguf/changing/other-faults-still-end-the-process", test_other_faults);
  return g_test_run ();
}
