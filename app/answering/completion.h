/* What comes of a request: pieces while it is written, and the whole in the end. Plain values
 * that know no engine; any thread may hold them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_STOP_END,       /* the model ended its answer */
  BALEEN_STOP_LENGTH,    /* the limit of tokens or of the context */
  BALEEN_STOP_CANCELLED, /* somebody wanted no more */
  BALEEN_STOP_REPEATS,   /* it said the same over and over */
} BaleenStop;

/* "end", "length", "cancelled"; what repeats itself was cut, so it is "length" too. */
const char *baleen_stop_to_string (BaleenStop stop);

typedef enum
{
  BALEEN_PIECE_THOUGHT,
  BALEEN_PIECE_ANSWER,
  BALEEN_PIECE_MOVE, /* no text: the answer so far turned out to be thought */
} BaleenPiece;

typedef struct
{
  char *answer;
  char *thought; /* "" if none */
  BaleenStop stop;
  gboolean is_thought_cut; /* thinking was ended by its budget, not by the model */
  gsize n_prompt;          /* tokens */
  gsize n_reused;          /* of these, already in the session */
  gsize n_answer;          /* tokens of thought and answer */
  double prompt_seconds;
  double answer_seconds;
} BaleenGeneration;

void baleen_generation_clear (BaleenGeneration *generation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenGeneration, baleen_generation_clear)

G_END_DECLS
