/* Runs a made model through the public header: file, model, engine, and logits of tokens. */
#pragma once

#include "bln-engine.h"
#include "gguf-writer.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder; /* (owned) of its own, removed at the end */
  char *path;   /* (owned) */
  BlnModel *model;
  BlnEngine *engine;
  guint n_vocabulary;
} RunModel;

/* Aborts the test with the message where something fails. */
RunModel *run_model_new (GgufWriter             *writer,
                         const BlnEngineOptions *options); /* (nullable) */
/* The same from a file that is there already; it is not removed. */
RunModel *run_model_new_for_path (const char             *path,
                                  const BlnEngineOptions *options);
void run_model_free (RunModel *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunModel, run_model_free)

BlnSession *run_model_session (RunModel *run);

/* Logits of every token, [n * n_vocabulary], g_free. The tokens come in as many at a time as
 * `chunk` says (0: all at once). */
float *run_model_logits (RunModel     *run,
                         const gint32 *tokens,
                         gsize         n,
                         gsize         chunk);

/* One step after the other until no session has anything pending. */
void run_model_step_all (RunModel    *run,
                         BlnSession **sessions,
                         gsize        n_sessions);

/* Makes `session` write the logits of each position into `logits`, NaN before. */
void run_model_record (RunModel   *run,
                       BlnSession *session,
                       float      *logits, /* [n * n_vocabulary] */
                       gsize       n);

/* The largest difference, and the root mean square of the difference over that of `b`. NaN
 * anywhere gives infinity. */
double largest_difference (const float *a, const float *b, gsize n);
double relative_difference (const float *a, const float *b, gsize n);

G_END_DECLS
