#include "run-model.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct
{
  float *logits;
  gsize n;
  guint n_vocabulary;
} Recorder;

static void
open_engine (RunModel               *run,
             const BlnEngineOptions *options)
{
  g_autoptr (GError) error = NULL;

  run->model = bln_model_open (run->path, &error);
  g_assert_no_error (error);
  run->n_vocabulary = bln_model_get_info (run->model)->n_vocabulary;
  run->engine = bln_engine_new (run->model, options, &error);
  g_assert_no_error (error);
}

RunModel *
run_model_new (GgufWriter             *writer,
               const BlnEngineOptions *options)
{
  g_autoptr (GError) error = NULL;
  RunModel *run = g_new0 (RunModel, 1);

  run->folder = g_dir_make_tmp ("baleen-test-XXXXXX", &error);
  g_assert_no_error (error);
  run->path = g_build_filename (run->folder, "model.gguf", NULL);
  gguf_writer_write (writer, run->path);
  open_engine (run, options);
  return run;
}

RunModel *
run_model_new_for_path (const char             *path,
                        const BlnEngineOptions *options)
{
  RunModel *run = g_new0 (RunModel, 1);

  run->path = g_strdup (path);
  open_engine (run, options);
  return run;
}

void
run_model_free (RunModel *run)
{
  g_clear_pointer (&run->engine, bln_engine_free);
  g_clear_pointer (&run->model, bln_model_unref);
  if (run->folder != NULL)
    {
      g_remove (run->path);
      g_rmdir (run->folder);
    }
  g_free (run->folder);
  g_free (run->path);
  g_free (run);
}

BlnSession *
run_model_session (RunModel *run)
{
  g_autoptr (GError) error = NULL;
  BlnSession *session = bln_session_new (run->engine, &error);

  g_assert_no_error (error);
  return session;
}

static void
record_cb (gsize        position,
           const float *logits,
           gpointer     user_data)
{
  Recorder *recorder = user_data;

  g_assert_cmpuint (position, <, recorder->n);
  for (guint i = 0; i < recorder->n_vocabulary; i++)
    recorder->logits[position * recorder->n_vocabulary + i] = logits[i];
}

void
run_model_record (RunModel   *run,
                  BlnSession *session,
                  float      *logits,
                  gsize       n)
{
  Recorder *recorder = g_new (Recorder, 1);

  *recorder = (Recorder) { logits, n, run->n_vocabulary };
  for (gsize i = 0; i < n * run->n_vocabulary; i++)
    logits[i] = NAN;
  g_test_queue_free (recorder);
  bln_session_set_logits_func (session, record_cb, recorder);
}

void
run_model_step_all (RunModel    *run,
                    BlnSession **sessions,
                    gsize        n_sessions)
{
  g_autoptr (GError) error = NULL;
  gsize n_pending;

  do
    {
      gsize before = 0;

      for (gsize i = 0; i < n_sessions; i++)
        before += bln_session_get_pending (sessions[i]);
      if (before == 0)
        return;
      bln_engine_step (run->engine, sessions, n_sessions, &error);
      g_assert_no_error (error);
      n_pending = 0;
      for (gsize i = 0; i < n_sessions; i++)
        n_pending += bln_session_get_pending (sessions[i]);
      g_assert_cmpuint (n_pending, <, before);
    }
  while (n_pending > 0);
}

float *
run_model_logits (RunModel     *run,
                  const gint32 *tokens,
                  gsize         n,
                  gsize         chunk)
{
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (GError) error = NULL;
  float *logits = g_new (float, n * run->n_vocabulary);

  run_model_record (run, session, logits, n);
  for (gsize end = 0; end < n;)
    {
      end = chunk == 0 ? n : MIN (end + chunk, n);
      bln_session_sync (session, tokens, end, NULL, &error);
      g_assert_no_error (error);
      run_model_step_all (run, &session, 1);
    }
  g_assert_cmpfloat (largest_difference (bln_session_get_logits (session),
                                         logits + (n - 1) * run->n_vocabulary,
                                         run->n_vocabulary), ==, 0);
  return logits;
}

double
largest_difference (const float *a,
                    const float *b,
                    gsize        n)
{
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      double difference = fabs ((double) a[i] - b[i]);

      if (!(difference <= largest))
        largest = isnan (difference) ? INFINITY : difference;
    }
  return largest;
}

double
relative_difference (const float *a,
                     const float *b,
                     gsize        n)
{
  double sum = 0, square = 0;

  for (gsize i = 0; i < n; i++)
    {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      square += (double) b[i] * b[i];
    }
  return isnan (sum) || square == 0 ? INFINITY : sqrt (sum / square);
}
