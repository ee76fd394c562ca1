/* What a model is asked: the turns so far and how to answer them. A plain value that is made
 * on one thread and read on another. */
#pragma once

#include "baleen-message.h"

G_BEGIN_DECLS

/* FALSE and TRUE where there is no third. */
typedef enum
{
  BALEEN_THINK_OFF = FALSE,
  BALEEN_THINK_ON = TRUE, /* one without native thinking makes notes first, then answers */
  BALEEN_THINK_MODEL,     /* as its template has it by itself */
} BaleenThink;

typedef struct
{
  BaleenRole role;
  char *text;    /* (owned) */
  char *thought; /* (owned) (nullable) */
  gsize files_start; /* which bytes of the text come from files; none where both are equal */
  gsize files_end;
} BaleenTurn;

typedef struct
{
  GPtrArray *turns; /* (owned) of BaleenTurn */
  BaleenThink think;
  gint64 max_tokens;     /* of the answer; of its thoughts too, where they have no budget */
  gint64 thought_budget; /* 0: none; never more than half the context */
  double temperature;    /* negative, as top_p: what the model's file recommends */
  double top_p;
  double presence_penalty; /* 0, as frequency_penalty: what the model's file recommends */
  double frequency_penalty;
  gboolean has_seed; /* else another answer each time */
  guint64 seed;
  gint64 n_search;       /* tokens kept free for what a search finds; 0 in what is answered */
  /* Bytes of the last turn's text that other requests of a batch begin with too. They are read
   * once, and then what ran before makes no difference, not even to rounding; 0: whatever a
   * sequence happens to have read is used again. */
  gsize n_shared;
  char *state_path; /* (owned) (nullable) keeps what that comes to, beyond this process */
  char *state_folder; /* (owned) (nullable) keeps what the prompt comes to up to its files' end */
  /* What is there of the answer already, when it is to be continued. */
  char *begun_text;    /* (owned) (nullable) */
  char *begun_thought; /* (owned) (nullable) */
} BaleenRequest;

/* No turns, 4,096 tokens, a thought of at most 8,192, sampled as the model recommends. */
BaleenRequest *baleen_request_new (BaleenThink think);
BaleenRequest *baleen_request_copy (const BaleenRequest *request);
void baleen_request_free (BaleenRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenRequest, baleen_request_free)

/* Templates want user and assistant to take turns: what follows a turn of the same role joins
 * it. */
void baleen_request_add (BaleenRequest *request,
                         BaleenRole     role,
                         const char    *text,
                         const char    *thought); /* (nullable) */

/* Of `text`, which was just added, the first `n_bytes` come from files: they are counted apart. */
void baleen_request_mark_files (BaleenRequest *request,
                                const char    *text,
                                gsize          n_bytes);

G_END_DECLS
