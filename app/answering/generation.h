/* From a prompt's tokens to text, on the thread that owns the engine: the one loop that every
 * answer goes through, in the window, in the terminal, one alone or many side by side.
 *
 * A BaleenWriting is one answer being written. baleen_writing_advance() takes any number of
 * them one pass further: whoever still reads its prompt reads on, whoever has read it writes a
 * token. Between two passes everything stands still in a sound state, so another job may have
 * the engine meanwhile, and a pass that bln_engine_stop() ended is simply done again. */
#pragma once

#include "bln-engine.h"
#include "completion.h"
#include "thought-splitter.h"

G_BEGIN_DECLS

/* Text comes as soon as it is known to be thought or answer, always in whole UTF-8 characters.
 * Return FALSE to stop. */
typedef gboolean (*BaleenPieceFunc) (BaleenPiece piece,
                                     const char *text,
                                     gsize       length,
                                     gpointer    user_data);
/* After each pass over the prompt; `n_total` counts what was not reused. */
typedef void (*BaleenPrefillFunc) (gsize    n_done,
                                   gsize    n_total,
                                   gpointer user_data);
/* After each token, its pieces told. */
typedef void (*BaleenTokenFunc) (gboolean is_thinking,
                                 gpointer user_data);
/* Asked after each token of a thought: TRUE ends the thought there. */
typedef gboolean (*BaleenAnswerNowFunc) (gpointer user_data);

typedef struct
{
  gsize max_tokens;     /* of the answer, and of thoughts that have no budget; 0: as many as
                           the context holds */
  gsize thought_budget; /* tokens of thought, then the answer must come; 0: no limit */
  BaleenPieceFunc piece_func;          /* (nullable) */
  BaleenPrefillFunc prefill_func;      /* (nullable) */
  BaleenTokenFunc token_func;          /* (nullable) */
  BaleenAnswerNowFunc answer_now_func; /* (nullable) */
  gpointer user_data;
} BaleenGenerationOptions;

typedef struct _BaleenWriting BaleenWriting;

/* Syncs the session to the tokens: what they share is not read again. The session and the
 * engine must outlive it, and nobody else may change the session meanwhile. The errors are
 * those of bln_session_sync(). */
BaleenWriting *baleen_writing_new (BlnEngine                     *engine,
                                   BlnSession                    *session,
                                   const gint32                  *tokens,
                                   gsize                          n_tokens,
                                   BaleenThoughtStart             start,
                                   const BlnSampling             *sampling,
                                   const BaleenGenerationOptions *options, /* (nullable) */
                                   GError                       **error);
void baleen_writing_free (BaleenWriting *writing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenWriting, baleen_writing_free)

/* One pass for those that are not over yet. FALSE with an error leaves them as they were,
 * apart from prompt that was read; after STOPPED it can be called again. */
gboolean baleen_writing_advance (BlnEngine      *engine,
                                 BaleenWriting **writings,
                                 gsize           n_writings,
                                 GError        **error);
gboolean baleen_writing_is_over (BaleenWriting *writing);
/* Some of its prompt is still to be read. */
gboolean baleen_writing_is_reading (BaleenWriting *writing);
gsize baleen_writing_get_n_reused (BaleenWriting *writing);
/* Tells what was held back, and what came of it: of one that is not over, CANCELLED. */
void baleen_writing_finish (BaleenWriting    *writing,
                            BaleenGeneration *generation);

/* From where it stands to its end. Being stopped is no error: what there is, is in
 * `generation`. On an error `generation` is left as it was; errors are those of
 * bln_session_sync() and bln_session_next(). */
gboolean baleen_writing_run (BaleenWriting    *writing,
                             BlnEngine        *engine,
                             BaleenGeneration *generation,
                             GError          **error);

/* How a splitter begins behind such a prompt. */
BaleenThoughtStart baleen_thought_start_of (BlnThought thought);

G_END_DECLS
