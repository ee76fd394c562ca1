/* How long work takes on this device, learnt while it works, so that no submission is long: the
 * desktop draws between two of them, and drivers reset a device that does not come back. */
#pragma once

#include "program.h"
#include "batch.h"

G_BEGIN_DECLS

/* What a submission should take, and what one op may where it cannot be cut. */
#define BLN_VK_AIM_NS 40e6
#define BLN_VK_MOST_NS 80e6
/* The first of a pass, so that the device does not wait for all of it to be recorded, and how much
 * longer each may be than the one that runs while it is recorded. */
#define BLN_VK_FIRST_NS 1e6
#define BLN_VK_GROWTH 6.0

#define BLN_VK_PACE_BINS 512 /* of a millisecond */

typedef struct
{
  double ns_per_unit[BLN_OP_HEAD + 1]; /* for each kind of op, of what bln_vk_pace_cost() counts */
  double pending[BLN_OP_HEAD + 1];     /* ns expected, of what is not submitted yet */
  double under_way[BLN_OP_HEAD + 1];   /* the same, of what is */
  guint position;                      /* the last of the last long pass */

  /* Of all submissions. */
  guint64 n;
  double longest_ns;
  guint32 bins[BLN_VK_PACE_BINS];
} BlnVkPace;

/* Slow until it is known better. */
void bln_vk_pace_init (BlnVkPace *pace);

/* ns that an op is expected to take. */
double bln_vk_pace_expect (const BlnVkPace *pace,
                           const BlnOp     *op,
                           const BlnBatch  *batch);
/* Whether what is pending should be submitted before this op, which then is pending. */
gboolean bln_vk_pace_is_full (BlnVkPace      *pace,
                              const BlnOp    *op,
                              const BlnBatch *batch);
void bln_vk_pace_add (BlnVkPace      *pace,
                      const BlnOp    *op,
                      const BlnBatch *batch);
/* What is pending has been submitted; what was under way before has been learnt from. */
void bln_vk_pace_submit (BlnVkPace *pace);
/* What was under way took so long. */
void bln_vk_pace_learn (BlnVkPace *pace,
                        double     ns);
/* A submission that nothing is learnt from. */
void bln_vk_pace_note (BlnVkPace *pace,
                       double     ns);

/* Rows of a pass in which no op takes longer than it may: at least 16, at most `n_most`. */
guint bln_vk_pace_rows (const BlnVkPace  *pace,
                        const BlnProgram *program,
                        guint             n_most);

/* The time that so many of a hundred submissions do not exceed, in ns. */
double bln_vk_pace_percentile (const BlnVkPace *pace,
                               double           percent);

G_END_DECLS
