/* Mutates the header of a model file at random and takes each result through everything a
 * person can do with a model:
 *
 *   mutate-model FILE ROUNDS [SEED]
 *
 * For builds with -Db_sanitize=address,undefined. The file is copied once and patched in
 * place, so that large ones can be used too. With BALEEN_TEST_VERBOSE set each round is named
 * before it begins; give its number as a fourth argument to run it alone. */
#include "bln-engine.h"
#include "hostile-model.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Enough for all that precedes the tensor data in most files. */
#define MAX_HEADER (4 << 20)
#define MAX_SECONDS 120

static char *
copy_file (const char *path)
{
  char *copy = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  int fd = g_file_open_tmp ("baleen-mutate-XXXXXX.gguf", &copy, NULL);

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize n = 0; n < length;)
    {
      gssize written = write (fd, contents + n, length - n);

      g_assert_cmpint (written, >, 0);
      n += written;
    }
  close (fd);
  return copy;
}

/* Metadata may be megabytes of vocabulary; keys before and tensors after it matter more. */
static void
mutate_ends (GRand  *random,
             guint8 *header,
             gsize   length)
{
  gsize end = MIN (length, 4096);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      hostile_mutate (random, header, length);
      break;
    case 1:
      hostile_mutate (random, header + length - MIN (length, 65536), MIN (length, 65536));
      break;
    default:
      hostile_mutate (random, header, end);
      break;
    }
}

/* Bytes before the tensors' data. */
static gsize
header_length (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = bln_model_open (path, &error);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return MIN (length - bln_model_get_info (model)->n_bytes, MAX_HEADER);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "open", "check", "load", "step", "ran" };
  guint counts[5] = { 0 };
  g_autofree guint8 *header = NULL, *mutated = NULL;
  g_autofree char *copy = NULL;
  guint n_rounds, seed, only;
  gsize n_header;
  int fd;

  if (argc < 3)
    {
      g_printerr ("mutate-model FILE ROUNDS [SEED [ROUND]]\n");
      return 2;
    }
  n_rounds = atoi (argv[2]);
  seed = argc > 3 ? atoi (argv[3]) : g_random_int ();
  only = argc > 4 ? atoi (argv[4]) : G_MAXUINT;
  n_header = header_length (argv[1]);
  copy = copy_file (argv[1]);
  fd = open (copy, O_RDWR);
  header = g_malloc (n_header);
  mutated = g_malloc (n_header);
  g_assert_cmpint (pread (fd, header, n_header, 0), ==, n_header);
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed + round);

      if (only != G_MAXUINT && round != only)
        continue;
      memcpy (mutated, header, n_header);
      mutate_ends (random, mutated, n_header);
      g_assert_cmpint (pwrite (fd, mutated, n_header, 0), ==, n_header);
      if (g_getenv ("BALEEN_TEST_VERBOSE") != NULL)
        fprintf (stderr, "seed %u round %u\n", seed, round);
      alarm (MAX_SECONDS);
      counts[hostile_model_run (copy)]++;
      alarm (0);
    }
  close (fd);
  g_unlink (copy);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    printf ("%s %s %u\n", i < 4 ? "refused at" : "", names[i], counts[i]);
  return 0;
}
