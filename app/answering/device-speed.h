/* How fast the devices of this computer have shown themselves to be. Kept in
 * ~/.cache/baleen/speeds.json; without the file it is measured and learned again. Any thread. */
#pragma once

#include "bln-engine.h"

G_BEGIN_DECLS

/* What it can do at best: as kept, else measured now (half a second). All 0 where it cannot be
 * measured. */
BlnDeviceSpeed baleen_device_speed_get (const BlnDevice *device);
/* That it is kept already, and asking for it costs nothing. */
gboolean baleen_device_speed_is_measured (const BlnDevice *device);

/* By what a time that was reckoned from that alone is to be multiplied: as answers of this
 * model on this device showed, else as those of other models did, the more alike in bytes a
 * token the more; 1 while nothing is known. `*is_learned` tells the first case. What is known of
 * short and of long conversations counts by how near `n_cached` is to them. `*foreseen` is what it
 * would be without this model's own answers. */
double baleen_device_speed_get_factor (const BlnDevice *device,
                                       const char      *model,
                                       double           bytes_per_token,
                                       double           n_cached,
                                       double          *foreseen,
                                       gboolean        *is_learned);

/* An answer, on average `n_cached` positions deep, took `factor` times as long for each token as
 * was reckoned. */
void baleen_device_speed_note (const BlnDevice *device,
                               const char      *model,
                               double           bytes_per_token,
                               double           n_cached,
                               double           factor);

G_END_DECLS
