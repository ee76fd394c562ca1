/* A model's file is cut, overwritten, replaced or removed while it is loaded and while it
 * answers: a sentence or a whole answer, never a signal. */
#include "bln-engine.h"
#include "fixture-models.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define N_ROUNDS 50
#define N_TOKENS 40

typedef enum { CUT, OVERWRITE, REPLACE, UNLINK } Harm;

typedef struct
{
  Harm harm;
  const char *path;
  gsize n_bytes;
  guint delay; /* microseconds */
} Culprit;

static void
write_bytes (const char *path,
             GBytes     *bytes)
{
  FILE *file;

  g_unlink (path);
  file = fopen (path, "wb");
  g_assert_cmpuint (fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), file), ==,
                    g_bytes_get_size (bytes));
  fclose (file);
}

static void
overwrite (const char *path)
{
  static const char other[] = "This is another file now.";
  int fd = open (path, O_WRONLY | O_TRUNC);

  g_assert_cmpint (write (fd, other, sizeof other), ==, sizeof other);
  close (fd);
}

static gpointer
harm_cb (gpointer user_data)
{
  Culprit *culprit = user_data;
  g_autofree char *other = g_strconcat (culprit->path, ".part", NULL);

  g_usleep (culprit->delay);
  switch (culprit->harm)
    {
    case CUT:
      g_assert_cmpint (truncate (culprit->path, culprit->n_bytes / 3), ==, 0);
      break;
    case OVERWRITE:
      overwrite (culprit->path);
      break;
    case REPLACE:
      g_assert_true (g_file_set_contents (other, "another file", -1, NULL));
      g_assert_cmpint (g_rename (other, culprit->path), ==, 0);
      break;
    case UNLINK:
      g_assert_cmpint (g_unlink (culprit->path), ==, 0);
      break;
    }
  return NULL;
}

/* Opens, loads and answers; returns the error of where it ended. */
static GError *
answer (const char *path)
{
  BlnEngineOptions options = { .device = "cpu", .n_threads = 2, .n_context = 64 };
  BlnSampling greedy = { .repetition_penalty = 1 };
  GError *error = NULL;
  g_autoptr (BlnModel) model = bln_model_open (path, &error);
  g_autoptr (BlnEngine) engine = model ? bln_engine_new (model, &options, &error) : NULL;
  g_autoptr (BlnSession) session = engine ? bln_session_new (engine, &error) : NULL;
  g_autoptr (BlnSampler) sampler = model ? bln_sampler_new (model, &greedy) : NULL;
  gint32 token;

  if (session == NULL ||
      !bln_session_sync (session, fixture_prompt, FIXTURE_N_PROMPT, NULL, &error))
    return error;
  for (guint i = 0; i < N_TOKENS && error == NULL; i++)
    if (bln_session_next (session, sampler, &token, &error))
      g_assert_true (token >= 0 && token < FIXTURE_N_VOCABULARY);
  return error;
}

static gboolean
is_expected (const GError *error,
             Harm          harm)
{
  if (error == NULL)
    return TRUE;
  g_assert_true (error->domain == BLN_ERROR);
  g_assert_true (g_str_has_suffix (error->message, "."));
  if (error->code == BLN_ERROR_CHANGED)
    return harm == CUT || harm == OVERWRITE;
  /* Before it was open there was nothing yet that could have changed. */
  return error->code == BLN_ERROR_IO || error->code == BLN_ERROR_DAMAGED ||
         error->code == BLN_ERROR_NOT_A_MODEL;
}

static void
test_harm (gconstpointer data)
{
  Harm harm = GPOINTER_TO_UINT (data);
  FixtureModel fixture = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&fixture);
  g_autoptr (GBytes) bytes = gguf_writer_to_bytes (writer);
  g_autofree char *folder = g_dir_make_tmp ("baleen-changing-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "model.gguf", NULL);
  guint n_whole = 0, n_changed = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      /* From before it is open to after the last token. */
      Culprit culprit = { harm, path, g_bytes_get_size (bytes), i * i * 12 };
      g_autoptr (GError) error = NULL;
      GThread *thread;

      write_bytes (path, bytes);
      thread = g_thread_new ("culprit", harm_cb, &culprit);
      if (i % 5 == 0)
        g_usleep (150);
      error = answer (path);
      g_thread_join (thread);
      if (!is_expected (error, harm))
        g_error ("round %u: %s", i, error->message);
      n_whole += error == NULL;
      n_changed += error != NULL && error->code == BLN_ERROR_CHANGED;
    }
  g_test_message ("%u whole, %u changed, %u before it was open", n_whole, n_changed,
                  N_ROUNDS - n_whole - n_changed);
  g_unlink (path);
  g_rmdir (folder);
}

/* Cut between two tokens: the next one is not given. */
static void
test_cut_is_noticed (void)
{
  FixtureModel fixture = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&fixture);
  g_autofree char *folder = g_dir_make_tmp ("baleen-changing-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "model.gguf", NULL);
  BlnEngineOptions options = { .device = "cpu", .n_context = 64 };
  BlnSampling greedy = { .repetition_penalty = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = NULL;
  g_autoptr (BlnEngine) engine = NULL;
  g_autoptr (BlnSession) session = NULL;
  g_autoptr (BlnSampler) sampler = NULL;
  gint32 token = -1;

  gguf_writer_write (writer, path);
  model = bln_model_open (path, &error);
  engine = bln_engine_new (model, &options, &error);
  session = bln_session_new (engine, &error);
  sampler = bln_sampler_new (model, &greedy);
  g_assert_true (bln_session_sync (session, fixture_prompt, FIXTURE_N_PROMPT, NULL, &error));
  g_assert_true (bln_session_next (session, sampler, &token, &error));
  g_assert_no_error (error);
  g_assert_cmpint (truncate (path, 8192), ==, 0);
  g_assert_false (bln_session_next (session, sampler, &token, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "model.gguf"));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "cut", "overwritten", "replaced", "unlinked" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/changing/", names[i], NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_harm);
    }
  g_test_add_func ("/changing/cut-between-tokens-is-noticed", test_cut_is_noticed);
  return g_test_run ();
}
