/* Whether a model fits this computer, where it would lie, and how fast it would be: what the
 * library, the chooser and `models list` say of it before anything is loaded.
 *
 * Memory of a file is the engine's own plan, the one that loading follows. The speed is what a
 * token reads, and its attention multiplies, over what the device was measured to do in a second,
 * and is corrected by what answers on this computer took before (device-speed.h). Of a model whose file is not here the
 * shape is enough for an estimate.
 *
 * Everything here opens files and may ask a graphics card, which takes some tenths of a second,
 * and the first time half a second more to measure: any thread, and not the main one. */
#pragma once

#include "model-setup.h"
#include "model-shape.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_FIT_CARD,      /* all of it on the graphics card */
  BALEEN_FIT_SPLIT,     /* experts, or feed-forwards, of some blocks in system memory */
  BALEEN_FIT_PROCESSOR, /* in system memory */
  BALEEN_FIT_NOWHERE,   /* needs more than there is */
} BaleenFitVerdict;

typedef struct
{
  BaleenFitVerdict verdict;
  char *device;              /* (owned) for people: “NVIDIA H200” */
  guint n_context;           /* that this was planned for */
  guint n_most_context;      /* what the model was trained for; 0: not known */
  guint n_fitting_context;   /* NOWHERE: a context with which it would fit; 0: none would */
  gboolean is_exact;         /* planned from the file, not estimated from a shape */

  /* Bytes on the card and in system memory together, for the bar. */
  guint64 weights, kv_cache, working_space;
  guint64 needed;            /* of the three, where the verdict was decided: on the card for CARD
                                and SPLIT, else in system memory */
  guint64 free;              /* there, before it is loaded */
  guint64 card_bytes, system_bytes; /* what lies where */
  guint n_blocks, n_blocks_away;    /* SPLIT: so many of them in system memory */

  double tokens_per_second;      /* at the beginning of a conversation; 0: not known */
  double tokens_per_second_full; /* at the end of the context */
  double tokens_per_second_foreseen; /* as the first, without what this model itself showed */
  gboolean is_learned;           /* corrected by answers of this model on this device */
} BaleenFit;

/* Of a model's file. `device` as the engine takes it, NULL: "auto"; without a setup as the one that
 * is remembered says. The error is the engine's: the file cannot be read, or not run. */
BaleenFit *baleen_fit_new_for_file (const char             *path,
                                    const char             *device,
                                    const BaleenModelSetup *setup, /* (nullable) */
                                    GError                **error);

/* Of a model whose files have so many bytes together; 0 estimates them at half a byte for each
 * parameter. Never fails but for a device that is not there. */
BaleenFit *baleen_fit_new_for_shape (const BaleenModelShape *shape,
                                     guint64                 n_bytes,
                                     const char             *device,
                                     const BaleenModelSetup *setup, /* (nullable) */
                                     GError                **error);
void baleen_fit_free (BaleenFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenFit, baleen_fit_free)

/* Whether a model that takes `n_bytes` of weights in place of this one's would fit: for the other
 * quantizations of a catalogue's entry. */
gboolean baleen_fit_would_fit (const BaleenFit *fit,
                               guint64          n_bytes);

/* The verdict in one sentence: “Fits on the graphics card · about 45 tok/s”; “Needs 14 GB and
 * 9 GB is free. Q4_K_M (8.9 GB) would fit.” The last part is of `other` (nullable), another file
 * of `n_other_bytes` that would fit; without it, of a context that would. */
char *baleen_fit_describe (const BaleenFit *fit,
                           const char      *other,
                           guint64          n_other_bytes);

/* What the sentence rests on, for its tooltip: device, context, parts, where the speed is from.
 * Several lines. */
char *baleen_fit_explain (const BaleenFit *fit);

G_END_DECLS
