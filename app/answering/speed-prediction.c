#include "speed-prediction.h"

/* What a block costs whose work goes from the card to the processor and back, measured with an
 * H200 and 15 threads (engine/README.md). */
#define SECONDS_A_BLOCK_AWAY 0.0005

static double
share_away (const BaleenSpeedPlace *place)
{
  return place->n_blocks > 0 ? (double) place->n_blocks_away / place->n_blocks : 0;
}

double
baleen_speed_reckon (const BaleenTokenCost  *cost,
                     const BaleenSpeedPlace *place,
                     double                  n_cached)
{
  const double own = baleen_device_speed_get_bandwidth (place->device);
  const double all = baleen_token_cost_bytes (cost, 1, n_cached);
  double away, partner;

  if (own <= 0)
    return 0;
  if (place->n_blocks_away == 0)
    return all / own;
  partner = place->processor != NULL ? baleen_device_speed_get_bandwidth (place->processor) : 0;
  if (partner <= 0)
    return 0;
  away = cost->expert_bytes * cost->expert_share * share_away (place);

  return (all - away) / own + away / partner + place->n_blocks_away * SECONDS_A_BLOCK_AWAY;
}

double
baleen_speed_predict (const BaleenTokenCost  *cost,
                      const BaleenSpeedPlace *place,
                      const char             *model,
                      double                  n_cached,
                      gboolean               *is_learned)
{
  const double seconds = baleen_speed_reckon (cost, place, n_cached);
  const double factor = baleen_device_speed_get_factor (place->device, model,
                                                        baleen_token_cost_bytes (cost, 1, 0),
                                                        is_learned);

  return seconds > 0 ? 1 / (seconds * factor) : 0;
}

void
baleen_speed_note (const BaleenTokenCost  *cost,
                   const BaleenSpeedPlace *place,
                   const char             *model,
                   double                  n_cached,
                   double                  seconds_per_token)
{
  const double seconds = baleen_speed_reckon (cost, place, n_cached);

  if (seconds > 0 && seconds_per_token > 0)
    baleen_device_speed_note (place->device, model, baleen_token_cost_bytes (cost, 1, 0),
                              seconds_per_token / seconds);
}

char *
baleen_speed_name_model (BlnModel *model)
{
  const BlnModelInfo *info = bln_model_get_info (model);

  return g_strdup_printf ("%s, %s, %" G_GUINT64_FORMAT, info->name, info->quantization,
                          info->n_bytes);
}
