/* What the files of the engine share. */
#pragma once

#include "device-backend.h"
#include "model.h"
#include "record.h"

G_BEGIN_DECLS

/* A draft costs a product with the head, so only the first tokens of a large vocabulary are
 * candidates: low ids are the frequent ones where they come from merging pairs. */
#define BLN_DRAFT_ROWS 8192u

/* Hidden states that MTP may leave for later: short passes collect so many before the MTP
 * block runs over them at once. */
#define BLN_MAX_HIDDEN 16

/* When drafting pays, measured while it runs (speculate.c). */
typedef struct
{
  double plain_seconds;   /* of a step without; 0: not measured */
  double draft_seconds;   /* of a draft and the pass that verifies it */
  double last_seconds;    /* the newest of those, not yet judged */
  double acceptance;
  guint n_drafts;
  guint n_plain_left;     /* plain steps to go */
} BlnSpeculation;

/* Bytes of a graphics card's memory. */
typedef struct
{
  guint64 available;  /* that an engine may take */
  guint64 allocation; /* at once */
  guint64 range;      /* that a shader sees at once: a layer of a cache */
  gboolean is_software; /* a processor that plays a card: long passes gain it nothing */
} BlnCardLimits;

/* What the options come to on this machine. */
typedef struct
{
  guint n_threads, n_batch, n_sessions;
  guint32 n_context;
  BlnKvType kv_type;
  gboolean uses_mtp;
  gboolean repack;
  guint64 available;
  BlnCardLimits card; /* all 0: it runs on the processor */
} BlnSettings;

/* Where the engine is, and what has gone wrong there. */
typedef struct
{
  BlnEngineOptions options; /* strings are owned */
  gboolean on_card;
  guint n_card;             /* which Vulkan device */
  guint n_losses;           /* of the device */
  guint n_shortages;        /* of its memory: each makes the next plan smaller */
  BlnIncident incident;
  char *news;               /* (owned) (nullable) about it, until it is told */
} BlnPlacement;

struct _BlnEngine
{
  BlnModel *model;          /* (owned) */
  BlnAdapter *adapter;      /* (owned) (nullable) */
  char *fingerprint;        /* (owned) (nullable) of both, once it was asked for */
  BlnWeights *weights;      /* (owned) */
  BlnProgram *program;      /* (owned) */
  BlnProgram *mtp_program;  /* (owned) (nullable) */
  BlnKvLayout layout;
  BlnBackend *backend;      /* (owned) (nullable) while there is no device: see placement.c */
  BlnMemoryPlan plan;
  BlnSettings settings;
  BlnPlacement placement;
  GPtrArray *sessions;      /* (owned) of BlnSession (not owned) that exist */
  guint n_batch;
  guint n_rows;             /* that a pass may have now, at most n_batch */
  atomic_bool stop;
  BlnSpeculation speculation;

  /* Room for one pass; nothing is allocated while it runs. */
  gint32 *tokens;           /* (owned) [n_batch] */
  BlnSpan *spans;           /* (owned) [n_batch] */
  guint *shares;            /* (owned) [n_batch] rows of each session */
  BlnSpan *pair_spans;      /* (owned) (nullable) [n_batch] */
  float *hidden;            /* (owned) (nullable) [room for pairs][n_embd] */
  gint32 *next_tokens;      /* (owned) (nullable) [room for pairs] */
  guint n_room;             /* sessions that there is room for pairs of */
  float *draft_logits;      /* (owned) (nullable) [n_vocab] */
  BlnChoice *draft_choice;  /* (owned) (nullable) of those, where a device makes it */
  BlnSession *out_sessions[BLN_MAX_OUT]; /* whose rows want logits in this pass */
  float *all_logits;        /* (owned) (nullable) [BLN_MAX_OUT][n_vocab] for logits funcs */
};

struct _BlnSession
{
  BlnEngine *engine;
  BlnKvCache *cache;        /* (owned) */
  GArray *tokens;           /* (owned) gint32 */
  gsize n_cached;           /* positions of `tokens` whose rows are in the cache */
  float *logits[2];         /* (owned) [n_vocab]: of the last token; of a verified draft */
  BlnChoice *choices[2];    /* (owned) (nullable) of either, where logits are on a device only */
  int device_rows[2];       /* which of its rows those are; -1: they are in `logits` */
  gboolean has_logits;      /* the first are those of the last token, nothing is pending */
  gboolean has_draft;       /* a draft's row is in the cache, and the second are there */

  /* MTP. Pair p is (hidden state of position p, token p + 1); its row in the MTP block's
   * cache is p. Pairs below n_pairs are there; of the others up to n_cached the hidden
   * states are here, in order. */
  gsize n_pairs;
  float *hidden;            /* (owned) (nullable) [BLN_MAX_HIDDEN][n_embd] */

  BlnSampler *sampler;      /* (nullable) that the next token will be drawn by */
  guint n_missed, n_resting; /* choices of logits that did not decide; steps without one */

  BlnLogitsFunc logits_func;
  gpointer logits_data;
  BlnSessionStats stats;
};

/* One pass over rows that are there already: `shares[i]` pending tokens of session i, whose
 * logits are wanted where that leaves nothing pending. session.c */
gboolean bln_engine_pass (BlnEngine   *engine,
                          BlnSession **sessions,
                          const guint *shares,
                          gsize        n_sessions,
                          GError     **error);

/* ---- placement.c --------------------------------------------------------------------- */

/* Copies the options and chooses the device. */
gboolean bln_placement_init (BlnPlacement           *placement,
                             const BlnEngineOptions *options, /* (nullable) */
                             GError                **error);
void bln_placement_clear (BlnPlacement *placement);

/* All 0 on the processor, and where the card cannot be asked. */
void bln_placement_get_limits (const BlnPlacement *placement,
                               BlnCardLimits      *limits);

/* Gives the engine a backend: on the card, on it with less, or, where the card may be left, on
 * the processor. `is_plan`: only to ask for sizes. */
gboolean bln_engine_place (BlnEngine *engine,
                           gboolean   is_plan,
                           GError   **error);

/* After a step that failed with `*error`: where the device was the reason, makes everything
 * anew, forgets what all sessions had cached, clears `*error` and returns TRUE; the step may
 * then be tried again. FALSE with an error otherwise. */
gboolean bln_engine_recover (BlnEngine *engine,
                             GError   **error);

/* Asks the backend how long passes may be. */
void bln_engine_limit_rows (BlnEngine *engine);

/* A cache where the backend wants its rows. */
BlnKvCache *bln_engine_new_cache (BlnEngine *engine,
                                  GError   **error);

/* (nullable) what of the logits `which` that come next is enough for the session's sampler.
 * session-choice.c */
BlnChoice *bln_session_wish (BlnSession *session,
                             guint       which);
/* After the pass: where logits `which` of a session are, that were row `row` of those wanted. */
gboolean bln_session_keep_choice (BlnSession     *session,
                                  guint           which,
                                  const BlnBatch *batch,
                                  guint           row,
                                  GError        **error);
/* The verified draft is the last token now. */
void bln_session_swap_logits (BlnSession *session);
/* Gives all sessions the logits they have on the device only, before the next pass goes over
 * them. */
gboolean bln_engine_fetch_logits (BlnEngine *engine,
                                  GError   **error);

/* Fails with NUMERIC when no logit is finite. */
gboolean bln_engine_check_logits (BlnEngine   *engine,
                                  const float *logits,
                                  GError     **error);
/* Sets that error; always FALSE. */
gboolean bln_engine_fail_numeric (BlnEngine *engine,
                                  GError   **error);

/* Pairs of (hidden state, next token) that one pass of so many sessions can complete. */
static inline gsize
bln_engine_room_for_pairs (gsize n_batch, gsize n_sessions)
{
  return n_batch + BLN_MAX_HIDDEN * n_sessions;
}

/* Makes that room for one session more. */
void bln_engine_add_session (BlnEngine  *engine,
                             BlnSession *session);

/* Forgets all positions from n_cached on, and the one before it if MTP could not go on from
 * there. `n_same` tokens are what they were. */
void bln_session_truncate (BlnSession *session,
                           gsize       n_cached,
                           gsize       n_same);

/* ---- speculate.c --------------------------------------------------------------------- */

/* After a main pass over `shares` rows of each session: runs the pairs that became complete
 * and keeps the states of those that did not. */
gboolean bln_speculate_fill (BlnEngine   *engine,
                             BlnSession **sessions,
                             const guint *shares,
                             gsize        n_sessions,
                             GError     **error);

/* Whether the next token should be drafted: one token is pending, there is room, it pays. */
gboolean bln_speculate_wants_draft (BlnSession *session);

/* Drafts the token after the pending one and runs both. logits[0] are then those of the
 * pending token, logits[1] those after the draft; the draft's row is not counted yet. */
gboolean bln_speculate_run (BlnSession *session,
                            gint32     *draft,
                            GError    **error);
/* What was sampled after the pending token: keeps the draft's row if it was that. */
void bln_speculate_settle (BlnSession *session,
                           gint32      draft,
                           gint32      sampled);
void bln_speculate_note_plain (BlnEngine *engine,
                               double     seconds);
/* Seconds by which steps are compared. */
double bln_speculate_clock (void);
/* The first of the best of n logits. */
gint32 bln_likeliest (const float *logits,
                      guint32      n);

/* ---- memory-plan.c ------------------------------------------------------------------- */

void bln_settings_choose (BlnSettings            *settings,
                          const BlnWeights       *weights,
                          const BlnEngineOptions *options,
                          const BlnCardLimits    *card);

/* All cores, one left to others from four on. */
guint bln_default_threads (void);

/* Bytes that can be had without pushing others out. */
guint64 bln_memory_available (void);

void bln_memory_plan_fill (BlnMemoryPlan     *plan,
                           BlnEngine         *engine,
                           const BlnSettings *settings);

/* purpose.c: whether it is a language model. UNSUPPORTED, with what it is instead. */
gboolean bln_check_purpose (BlnGguf *gguf,
                            GError **error);

G_END_DECLS
