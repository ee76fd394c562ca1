#include "speed-prediction.h"

#include <string.h>

/* What a block costs whose work goes from the card to the processor and back, measured with an
 * H200 and 15 threads (engine/README.md). */
#define SECONDS_A_BLOCK_AWAY 0.0005

static double
share_away (const BaleenSpeedPlace *place)
{
  return place->n_blocks > 0 ? (double) place->n_blocks_away / place->n_blocks : 0;
}

/* Seconds by bandwidth alone, `n_cached` positions deep; 0 where no bandwidth is known. */
static double
reckon (const BaleenTokenCost  *cost,
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
                      double                 *foreseen,
                      gboolean               *is_learned)
{
  const double seconds = reckon (cost, place, n_cached);
  double others;
  const double factor = baleen_device_speed_get_factor (place->device, model,
                                                        baleen_token_cost_bytes (cost, 1, 0),
                                                        n_cached, &others, is_learned);

  *foreseen = seconds > 0 ? 1 / (seconds * others) : 0;
  return seconds > 0 ? 1 / (seconds * factor) : 0;
}

/* An answer was decoded so fast, on average `n_cached` positions deep. */
static void
note_speed (const BaleenTokenCost  *cost,
            const BaleenSpeedPlace *place,
            const char             *model,
            double                  n_cached,
            double                  seconds_per_token)
{
  const double seconds = reckon (cost, place, n_cached);

  if (seconds > 0 && seconds_per_token > 0)
    baleen_device_speed_note (place->device, model, baleen_token_cost_bytes (cost, 1, 0),
                              n_cached, seconds_per_token / seconds);
}

/* The device of a plan, which is called as people know it; asked for once, since asking for a
 * card takes a tenth of a second. */
static const BlnDevice *
find_device (const BlnMemoryPlan *plan)
{
  static GMutex lock;
  static GPtrArray *devices;
  const BlnDevice *found = NULL;

  g_mutex_lock (&lock);
  if (plan->card_total > 0 && (devices == NULL || devices->len < 2))
    {
      g_clear_pointer (&devices, g_ptr_array_unref);
      devices = bln_devices ();
    }
  else if (devices == NULL)
    {
      devices = g_ptr_array_new ();
      g_ptr_array_add (devices, bln_device_find ("cpu", NULL));
    }
  for (guint i = 0; i < devices->len && found == NULL; i++)
    {
      const BlnDevice *device = devices->pdata[i];
      const gboolean is_card = device->n_threads == 0;

      if (is_card == (plan->card_total > 0)
          && (is_card ? strstr (plan->device, device->name) != NULL
                      : g_str_equal (plan->device, device->name)))
        found = device;
    }
  g_mutex_unlock (&lock);

  return found;
}

/* FALSE where the engine runs on a device that was chosen otherwise than by itself. */
static gboolean
find_place (BaleenSpeedPlace *place,
            BlnDevice       **processor,
            BlnEngine        *engine)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (engine);

  *processor = plan->n_blocks_away > 0 ? bln_device_find ("cpu", NULL) : NULL;
  *place = (BaleenSpeedPlace){ find_device (plan), *processor, plan->n_blocks,
                               plan->n_blocks_away };

  return place->device != NULL;
}

void
baleen_speed_measure (BlnEngine *engine)
{
  g_autoptr (BlnDevice) processor = NULL;
  BaleenSpeedPlace place;

  if (!find_place (&place, &processor, engine))
    return;
  baleen_device_speed_get_bandwidth (place.device);
  if (processor != NULL)
    baleen_device_speed_get_bandwidth (processor);
}

void
baleen_speed_note_run (BlnEngine *engine,
                       double     n_cached,
                       double     seconds_per_token)
{
  BlnModel *model = bln_engine_get_model (engine);
  g_autofree char *name = baleen_speed_name_model (model);
  g_autoptr (BlnDevice) processor = NULL;
  BaleenSpeedPlace place;
  BaleenTokenCost cost;

  if (!find_place (&place, &processor, engine) || !baleen_device_speed_is_measured (place.device)
      || (processor != NULL && !baleen_device_speed_is_measured (processor)))
    return;
  baleen_token_cost_init (&cost, model);
  cost.kv_bytes = bln_engine_get_kv_row_bytes (engine);
  note_speed (&cost, &place, name, n_cached, seconds_per_token);
}

char *
baleen_speed_name_model (BlnModel *model)
{
  const BlnModelInfo *info = bln_model_get_info (model);

  return g_strdup_printf ("%s, %s, %" G_GUINT64_FORMAT, info->name, info->quantization,
                          info->n_bytes);
}
