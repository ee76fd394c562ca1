/* How long a token takes, reckoned from what it reads and multiplies. Any thread. */
#pragma once

#include "device-speed.h"
#include "token-cost.h"

G_BEGIN_DECLS

/* Where the weights of a model lie. */
typedef struct
{
  const BlnDevice *device;    /* that runs it */
  const BlnDevice *processor; /* (nullable) its partner, if blocks are away */
  guint n_blocks, n_blocks_away;
} BaleenSpeedPlace;

/* Tokens a second, corrected by what was learned; 0 where it is not known. `*foreseen` is without
 * what this model itself showed. `model` is a name that is the same for the same file. */
double baleen_speed_predict (const BaleenTokenCost  *cost,
                             const BaleenSpeedPlace *place,
                             const char             *model,
                             double                  n_cached,
                             double                 *foreseen,
                             gboolean               *is_learned);

/* Learns how fast an engine just decoded. Only for the device and threads that a model gets when
 * nobody says otherwise, and only where its bandwidth is known: whoever waits for the end of an
 * answer does not wait for a measurement. */
void baleen_speed_note_run (BlnEngine *engine,
                            double     n_cached,
                            double     seconds_per_token);

/* Measures what the engine runs on where that was never done, half a second a device. */
void baleen_speed_measure (BlnEngine *engine);

/* The name under which a file's answers are remembered. */
char *baleen_speed_name_model (BlnModel *model);

G_END_DECLS
