#include "speed-prediction.h"

#include <string.h>

/* What a block costs whose work goes from the card to the processor and back, measured with an
 * H200 and 15 threads (engine/README.md). */
#define SECONDS_A_BLOCK_AWAY 0.0005
/* Of a token's time, that its weights take at least. */
#define LEAST_SHARE 0.1

static double
share_away (const BaleenSpeedPlace *place)
{
  return place->n_blocks > 0 ? (double) place->n_blocks_away / place->n_blocks : 0;
}

/* Seconds of a token at the speed that was measured of the devices; all 0 where it is not known. */
typedef struct
{
  double weights;   /* to read them, and to hand over what is away */
  double attention; /* whichever takes longer, reading what is cached or multiplying it */
} Seconds;

static Seconds
reckon (const BaleenTokenCost  *cost,
        const BaleenSpeedPlace *place,
        double                  n_cached)
{
  const BlnDeviceSpeed own = baleen_device_speed_get (place->device);
  const double all = baleen_token_cost_bytes (cost, 1, 0);
  const double n_positions = baleen_token_cost_positions (cost, n_cached);
  BlnDeviceSpeed partner = { 0 };
  Seconds seconds = { 0 };
  double away;

  if (place->n_blocks_away > 0 && place->processor != NULL)
    partner = baleen_device_speed_get (place->processor);
  if (own.bytes_per_second <= 0 || (place->n_blocks_away > 0 && partner.bytes_per_second <= 0))
    return seconds;
  away = cost->expert_bytes * cost->expert_share * share_away (place);
  seconds.weights = (all - away) / own.bytes_per_second;
  if (place->n_blocks_away > 0)
    seconds.weights += away / partner.bytes_per_second
                       + place->n_blocks_away * SECONDS_A_BLOCK_AWAY;
  seconds.attention = n_positions * cost->kv_bytes / own.bytes_per_second;
  if (own.products_per_second > 0)
    seconds.attention = MAX (seconds.attention,
                             n_positions * cost->kv_products / own.products_per_second);

  return seconds;
}

/* What a graphics card takes beyond what it reads is mostly waiting between stages, as many for a
 * short conversation as for a long one; a software device decodes weights far more slowly than it
 * reads, while its attention was measured by the very shader. A processor is slower in all it does:
 * its work is shared with other programs. */
static gboolean
slows_attention (const BaleenSpeedPlace *place)
{
  return place->device->n_threads > 0;
}

static double
take_factor (const BaleenSpeedPlace *place,
             const Seconds          *seconds,
             double                  factor)
{
  const double attention = slows_attention (place) ? seconds->attention * factor
                                                   : seconds->attention;

  return seconds->weights > 0 ? 1 / (seconds->weights * factor + attention) : 0;
}

double
baleen_speed_predict (const BaleenTokenCost  *cost,
                      const BaleenSpeedPlace *place,
                      const char             *model,
                      double                  n_cached,
                      double                 *foreseen,
                      gboolean               *is_learned)
{
  const Seconds seconds = reckon (cost, place, n_cached);
  double others;
  const double factor = baleen_device_speed_get_factor (place->device, model,
                                                        baleen_token_cost_bytes (cost, 1, 0),
                                                        n_cached, &others, is_learned);

  *foreseen = take_factor (place, &seconds, others);
  return take_factor (place, &seconds, factor);
}

/* An answer was decoded so fast, on average `n_cached` positions deep. */
static void
note_speed (const BaleenTokenCost  *cost,
            const BaleenSpeedPlace *place,
            const char             *model,
            double                  n_cached,
            double                  seconds_per_token)
{
  const Seconds seconds = reckon (cost, place, n_cached);
  double factor;

  if (seconds.weights <= 0 || seconds_per_token <= 0)
    return;
  factor = slows_attention (place)
               ? seconds_per_token / (seconds.weights + seconds.attention)
               : MAX (seconds_per_token - seconds.attention, seconds_per_token * LEAST_SHARE)
                     / seconds.weights;
  baleen_device_speed_note (place->device, model, baleen_token_cost_bytes (cost, 1, 0), n_cached,
                            factor);
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
  baleen_device_speed_get (place.device);
  if (processor != NULL)
    baleen_device_speed_get (processor);
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
