/* One answer: from a prompt to text, on the thread that owns the engine. Blocks until the
 * answer ends, its length is used up, or it is stopped; text comes through a callback as soon
 * as it is known to be thought or answer, always in whole UTF-8 characters. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_STOP_END,       /* the model ended its answer */
  BALEEN_STOP_LENGTH,    /* the limit of tokens or of the context */
  BALEEN_STOP_CANCELLED, /* bln_engine_stop(), or the callback said so */
} BaleenStop;

/* "end", "length", "cancelled". */
const char *baleen_stop_to_string (BaleenStop stop);

typedef enum
{
  BALEEN_PIECE_THOUGHT,
  BALEEN_PIECE_ANSWER,
  BALEEN_PIECE_MOVE, /* no text: the answer so far turned out to be thought */
} BaleenPiece;

/* Return FALSE to stop. */
typedef gboolean (*BaleenPieceFunc) (BaleenPiece piece,
                                     const char *text,
                                     gsize       length,
                                     gpointer    user_data);
/* After each pass over the prompt; `n_total` counts what was not reused. */
typedef void (*BaleenPrefillFunc) (gsize    n_done,
                                   gsize    n_total,
                                   gpointer user_data);

typedef struct
{
  gsize max_tokens;               /* thoughts and answer; 0: as many as the context holds */
  BaleenPieceFunc piece_func;     /* (nullable) */
  BaleenPrefillFunc prefill_func; /* (nullable) */
  gpointer user_data;
} BaleenGenerationOptions;

typedef struct
{
  char *answer;
  char *thought; /* "" if none */
  BaleenStop stop;
  gsize n_prompt; /* tokens */
  gsize n_reused; /* of these, already in the session */
  gsize n_answer; /* tokens of thought and answer */
  double prompt_seconds;
  double answer_seconds;
} BaleenGeneration;

void baleen_generation_clear (BaleenGeneration *generation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenGeneration, baleen_generation_clear)

/* Syncs the session to the prompt (what they share is not computed again) and generates.
 * Being stopped is no error: what there is, is in `generation`. On an error `generation` is
 * left as it was; errors are those of bln_session_sync() and bln_session_next(). */
gboolean baleen_generation_run (BaleenGeneration              *generation,
                                BlnEngine                     *engine,
                                BlnSession                    *session,
                                BlnSampler                    *sampler,
                                const BlnPrompt               *prompt,
                                const BaleenGenerationOptions *options, /* (nullable) */
                                GError                       **error);

G_END_DECLS
