/* One engine for several callers at once: all of their answers are taken one pass further at a
 * time, in one batch. Who comes while others are being answered joins at the next pass; who finds
 * all places taken waits. The engine is the serving's own, with a thread, or the one that the
 * window has loaded, below its conversation. */
#pragma once

#include "baleen-engine-service.h"
#include "baleen-request.h"
#include "bln-engine.h"
#include "completion.h"

G_BEGIN_DECLS

typedef struct _BaleenServing BaleenServing;

/* More than eight win little: one pass reads the weights once for all of them. */
#define BALEEN_SERVING_MOST 8

/* Takes the engine, also where it fails. `n_sessions` places, at most what the engine's plan had
 * room for. */
BaleenServing *baleen_serving_new (BlnEngine *engine,
                                   guint      n_sessions,
                                   GError   **error);
/* On whatever model the service has loaded by then; nothing is loaded twice. Main thread, as
 * asking and freeing it. */
BaleenServing *baleen_serving_new_shared (BaleenEngineService *service);
/* Ends what is under way, without a word to who waits, and frees the engine. */
void baleen_serving_free (BaleenServing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenServing, baleen_serving_free)

typedef struct
{
  BaleenRequest *request; /* (nullable) a conversation; or */
  char *prompt;           /* (nullable) text to be continued as it is */
  guint max_tokens;       /* for a prompt: 0: as many as the context holds */
  double temperature;     /* for a prompt: negative, as top_p: as the model recommends */
  double top_p;
  double presence_penalty; /* for a prompt: 0, as frequency_penalty: as the model recommends */
  double frequency_penalty;
  gboolean has_seed;
  guint64 seed;

  /* Both on the thread that computes. FALSE ends the answer. */
  gboolean (*piece) (BaleenPiece piece,
                     const char *text,
                     gsize       length,
                     gpointer    user_data);
  /* The last call: one of the two is NULL. */
  void (*ended) (const BaleenGeneration *generation,
                 const GError           *error,
                 gpointer                user_data);
  /* (nullable) In its place where the serving is freed meanwhile. */
  GDestroyNotify dropped;
  gpointer user_data;
} BaleenServingCall;

/* Takes the request and the prompt. Any thread, for an engine of its own. */
void baleen_serving_ask (BaleenServing           *self,
                         const BaleenServingCall *call);

/* 0 while nothing is loaded. */
guint baleen_serving_get_n_context (BaleenServing *self);

G_END_DECLS
