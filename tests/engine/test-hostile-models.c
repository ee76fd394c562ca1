/* Spoilt models, taken as far as they go: a refusal is a sentence, and nothing ends the
 * program, hangs it or touches memory that is not its own. */
#include "fixture-models.h"
#include "hostile-model.h"

#include <glib/gstdio.h>

#include <stdlib.h>
#include <unistd.h>

/* A round that takes longer hangs. */
#define MAX_SECONDS 60

static guint
n_rounds (void)
{
  const char *asked = g_getenv ("BALEEN_TEST_ROUNDS");

  return asked != NULL ? atoi (asked) : 60;
}

static void
run_round (const FixtureModel *model,
           guint               seed,
           const char         *path,
           guint              *counts)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GgufWriter) writer = fixture_model_build (model);

  if (g_getenv ("BALEEN_TEST_VERBOSE") != NULL)
    g_printerr ("%s: seed %u\n", model->architecture, seed);
  hostile_spoil (random, writer, model->architecture);
  g_unlink (path);
  gguf_writer_write (writer, path);
  alarm (MAX_SECONDS);
  counts[hostile_model_run (path)]++;
  alarm (0);
}

static void
test_spoilt (gconstpointer name)
{
  g_autofree char *folder = g_dir_make_tmp ("baleen-hostile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "spoilt.gguf", NULL);
  FixtureModel model = fixture_model_named (name);
  guint first = g_test_rand_int () & 0xffffff;
  guint counts[HOSTILE_RAN + 1] = { 0 };

  g_test_message ("seeds %u to %u", first, first + n_rounds () - 1);
  for (guint i = 0; i < n_rounds (); i++)
    run_round (&model, first + i, path, counts);
  g_test_message ("refused at open %u, check %u, load %u, step %u; ran %u", counts[0], counts[1],
                  counts[2], counts[3], counts[4]);
  /* Were every file refused at once, nothing beyond would be tested. */
  g_assert_cmpuint (counts[HOSTILE_RAN] + counts[HOSTILE_REFUSED_AT_STEP], >, 0);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/spoilt-model/", fixture_model_names[i], NULL);
      g_test_add_data_func (path, fixture_model_names[i], test_spoilt);
    }
  return g_test_run ();
}
