/* Puts an engine on a device, and elsewhere when that device fails. */
#include "engine-private.h"

#include "backend.h"
#ifdef BLN_HAS_VULKAN
#include "vulkan-backend.h"
#endif

#include <glib/gi18n-lib.h>
#include <string.h>

/* A device that was lost so often is not asked again. */
#define MAX_LOSSES 2
/* Plans that are tried, each smaller than the one before, where memory is short. */
#define MAX_SHORTAGES 4

/* What will be told once the engine is in its place. */
static void
set_news (BlnPlacement *placement,
          BlnIncident   incident,
          char         *sentence)
{
  placement->incident = incident;
  g_free (placement->news);
  placement->news = sentence;
}

static void
set_no_card (BlnPlacement *placement,
             const char   *reason) /* a clause or a sentence */
{
  const char *end = reason + strlen (reason);
  g_autofree char *clause = NULL;

  if (g_str_has_suffix (reason, ".") || g_str_has_suffix (reason, "。"))
    end = g_utf8_prev_char (end);
  clause = g_strndup (reason, (gsize) (end - reason));
  placement->on_card = FALSE;
  set_news (placement, BLN_INCIDENT_NO_CARD,
            g_strdup_printf (_("No graphics card can be used: %s. Using the processor."), clause));
}

#ifdef BLN_HAS_VULKAN
/* Asking Vulkan loads its drivers, a software one too, which takes a tenth of a second: where the
 * kernel shows no card at all there is nothing to ask for. Who names drivers or layers wants
 * them asked. */
static gboolean
may_have_card (void)
{
  static const char *const names[] = { "VK_DRIVER_FILES", "VK_ICD_FILENAMES",
                                       "VK_ADD_DRIVER_FILES", "VK_INSTANCE_LAYERS" };
  static const char *const nodes[] = { "/dev/nvidiactl", "/dev/dxg", "/dev/kgsl-3d0",
                                       "/dev/mali0" };
  g_autoptr (GDir) folder = g_dir_open ("/dev/dri", 0, NULL);
  const char *node;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) != NULL)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (nodes); i++)
    if (g_file_test (nodes[i], G_FILE_TEST_EXISTS))
      return TRUE;
  while (folder != NULL && (node = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (node, "renderD"))
      return TRUE;

  return FALSE;
}
#endif

/* The first card that is one, before those that share the processor's memory; a software device
 * never. */
static void
choose_card (BlnPlacement *placement)
{
#ifdef BLN_HAS_VULKAN
  g_autoptr (GArray) devices = may_have_card () ? bln_vk_devices (NULL) : NULL;
  const char *reason = NULL;

  for (guint pass = 0; pass < 2 && devices != NULL && !placement->on_card; pass++)
    for (guint i = 0; i < devices->len && !placement->on_card; i++)
      {
        const BlnVkDeviceInfo *info = &g_array_index (devices, BlnVkDeviceInfo, i);
        const gboolean is_discrete = info->type == VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;

        if (info->is_software || is_discrete == (pass == 1))
          continue;
        placement->on_card = info->unfit == NULL;
        placement->n_card = i;
        reason = info->unfit != NULL && reason == NULL ? info->unfit : reason;
      }
  if (!placement->on_card && reason != NULL)
    set_no_card (placement, _(reason));
#endif
}

gboolean
bln_placement_init (BlnPlacement           *placement,
                    const BlnEngineOptions *options,
                    GError                **error)
{
  const char *device = options != NULL && options->device != NULL ? options->device : "auto";
  guint64 number = 0;

  *placement = (BlnPlacement){ 0 };
  if (g_str_has_prefix (device, "vulkan:")
        ? !g_ascii_string_to_unsigned (device + strlen ("vulkan:"), 10, 0, 63, &number, NULL)
        : !g_strv_contains ((const char *const[]){ "auto", "cpu", "vulkan", NULL }, device))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE,
                   _("There is no device “%s”. Choose auto, cpu, vulkan or vulkan:N."), device);
      return FALSE;
    }
  if (options != NULL)
    placement->options = *options;
  placement->options.device = g_strdup (device);
  placement->options.cpu_variant = g_strdup (placement->options.cpu_variant);
  placement->on_card = g_str_has_prefix (device, "vulkan");
  placement->n_card = (guint) number;
  if (strcmp (device, "auto") == 0)
    choose_card (placement);
  return TRUE;
}

void
bln_placement_clear (BlnPlacement *placement)
{
  g_free ((char *) placement->options.device);
  g_free ((char *) placement->options.cpu_variant);
  g_free (placement->news);
}

void
bln_placement_get_limits (const BlnPlacement *placement,
                          BlnCardLimits      *limits)
{
  *limits = (BlnCardLimits){ 0 };
#ifdef BLN_HAS_VULKAN
  if (placement->on_card)
    {
      g_autoptr (BlnVkDevice) device = bln_vk_device_new (placement->n_card, NULL);

      guint64 total, available;

      if (device == NULL)
        return;
      bln_vk_device_get_budget (device, &total, &available);
      limits->available = available - available / 10;
      limits->allocation = device->info.max_allocation;
      limits->range = device->info.max_storage_range;
      limits->is_software = device->info.is_software;
    }
#endif
}

static BlnCpuOptions
cpu_options (const BlnEngine *engine)
{
  const BlnEngineOptions *options = &engine->placement.options;

  return (BlnCpuOptions){
    .n_threads = engine->settings.n_threads,
    .n_batch = engine->settings.n_batch,
    .variant = options->cpu_variant,
    .repack = engine->settings.repack,
    .mla_absorbed = options->mla_absorbed,
    .mla_decompressed = options->mla_decompressed,
  };
}

static BlnBackend *
new_cpu_backend (BlnEngine *engine,
                 GError   **error)
{
  const BlnProgram *programs[] = { engine->program, engine->mtp_program };
  const BlnCpuOptions cpu = cpu_options (engine);

  return bln_cpu_backend_new (engine->weights, programs, engine->mtp_program != NULL ? 2 : 1,
                              &engine->layout, &cpu, error);
}

#ifdef BLN_HAS_VULKAN
/* Tells how far loading is, and ends it where the engine was asked to stop. */
static gboolean
progress_cb (guint64  done,
             guint64  total,
             gpointer user_data)
{
  BlnEngine *engine = user_data;
  const BlnEngineOptions *options = &engine->placement.options;

  return !atomic_load (&engine->stop)
         && (options->progress == NULL || options->progress (done, total, options->user_data));
}
#endif

static BlnBackend *
new_vulkan_backend (BlnEngine *engine,
                    gboolean   is_plan,
                    GError   **error)
{
#ifdef BLN_HAS_VULKAN
  const BlnProgram *programs[] = { engine->program, engine->mtp_program };
  const BlnVkOptions options = {
    .device = engine->placement.n_card,
    .n_batch = engine->settings.n_batch,
    .is_plan = is_plan,
    .kv_bytes = (guint64) engine->layout.n_bytes * engine->settings.n_sessions,
    .n_shortages = engine->placement.n_shortages,
    .n_away = engine->placement.options.n_blocks_away,
    .partner = cpu_options (engine),
    .host_available = engine->settings.available,
    .progress = progress_cb,
    .progress_data = engine,
  };

  return bln_vk_backend_new (engine->weights, programs, engine->mtp_program != NULL ? 2 : 1,
                             &engine->layout, &options, error);
#else
  g_set_error_literal (error, BLN_ERROR, BLN_ERROR_DEVICE,
                       _("This Baleen was built without Vulkan. Choose the device cpu."));
  return NULL;
#endif
}

/* ---- when it fails -------------------------------------------------------------------- */

static void
tell_news (BlnEngine *engine)
{
  const BlnEngineOptions *options = &engine->placement.options;
  g_autofree char *news = g_steal_pointer (&engine->placement.news);

  if (news != NULL && options->incident != NULL)
    options->incident (engine->placement.incident, news, options->user_data);
}

static void
leave_card (BlnEngine  *engine,
            const char *sentence)
{
  engine->placement.on_card = FALSE;
  set_news (&engine->placement, BLN_INCIDENT_LEFT_CARD, g_strdup (sentence));
}

static void
bear_loss (BlnEngine *engine)
{
  if (++engine->placement.n_losses >= MAX_LOSSES)
    leave_card (engine, _("The graphics card failed twice. Now using the processor."));
  else
    set_news (&engine->placement, BLN_INCIDENT_RECOVERED,
              g_strdup (_("The graphics card was reset. The answer goes on.")));
}

/* A card that was asked for by name is not silently left before it has done anything. */
static gboolean
bear_shortage (BlnEngine *engine,
               gboolean   is_running)
{
  BlnPlacement *placement = &engine->placement;

  if (++placement->n_shortages <= MAX_SHORTAGES)
    {
      set_news (&engine->placement, BLN_INCIDENT_MOVED,
                g_strdup_printf (_("Graphics memory is full. Part of “%s” moved to system "
                                   "memory; answers are slower."),
                                 bln_model_get_info (engine->model)->name));
      return TRUE;
    }
  if (!is_running && strcmp (placement->options.device, "auto") != 0)
    return FALSE;
  leave_card (engine, _("Graphics memory is full. Now using the processor."));
  return TRUE;
}

/* Whether there is another way after this failure, which is then chosen. */
static gboolean
step_back (BlnEngine    *engine,
           const GError *problem,
           gboolean      is_running)
{
  if (!engine->placement.on_card || problem->domain != BLN_ERROR)
    return FALSE;
  if (problem->code == BLN_ERROR_MEMORY)
    return bear_shortage (engine, is_running);
  if (problem->code == BLN_ERROR_LOST || (problem->code == BLN_ERROR_DEVICE && is_running))
    bear_loss (engine);
  else if (!is_running && strcmp (engine->placement.options.device, "auto") == 0
           && (problem->code == BLN_ERROR_DEVICE || problem->code == BLN_ERROR_UNSUPPORTED))
    set_no_card (&engine->placement, problem->message);
  else
    return FALSE;
  return TRUE;
}

/* ---- placing -------------------------------------------------------------------------- */

static gboolean
place (BlnEngine *engine,
       gboolean   is_plan,
       gboolean   is_running,
       GError   **error)
{
  for (;;)
    {
      GError *problem = NULL;

      engine->backend = engine->placement.on_card ? new_vulkan_backend (engine, is_plan, &problem)
                                                  : new_cpu_backend (engine, &problem);
      if (engine->backend != NULL)
        {
          bln_memory_plan_fill (&engine->plan, engine, &engine->settings);
          bln_engine_limit_rows (engine);
          return TRUE;
        }
      if (!step_back (engine, problem, is_running))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_error_free (problem);
    }
}

gboolean
bln_engine_place (BlnEngine *engine,
                  gboolean   is_plan,
                  GError   **error)
{
  if (!place (engine, is_plan, FALSE, error))
    return FALSE;
  if (is_plan || engine->placement.incident == BLN_INCIDENT_RECOVERED)
    g_clear_pointer (&engine->placement.news, g_free);
  tell_news (engine);
  return TRUE;
}

/* Takes everything off the device. What sessions stand for stays; what they had cached goes. */
static void
displace (BlnEngine *engine)
{
  for (guint i = 0; i < engine->sessions->len; i++)
    {
      BlnSession *session = g_ptr_array_index (engine->sessions, i);

      bln_kv_cache_displace (session->cache);
      session->n_cached = session->n_pairs = 0;
      session->has_logits = session->has_draft = FALSE;
    }
  if (engine->backend != NULL)
    engine->backend->klass->free (engine->backend);
  engine->backend = NULL;
}

static gboolean
place_sessions (BlnEngine *engine,
                GError   **error)
{
  const BlnBackendClass *klass = engine->backend->klass;

  for (guint i = 0; klass->place_cache != NULL && i < engine->sessions->len; i++)
    {
      BlnSession *session = g_ptr_array_index (engine->sessions, i);

      if (!klass->place_cache (engine->backend, session->cache, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bln_engine_recover (BlnEngine *engine,
                    GError   **error)
{
  g_autoptr (GError) problem = NULL;

  /* Without a backend an earlier recovery was stopped half way. */
  if (engine->backend != NULL && !step_back (engine, *error, TRUE))
    return FALSE;
  g_clear_error (error);
  do
    {
      g_clear_error (&problem);
      displace (engine);
      if (!place (engine, FALSE, TRUE, error))
        return FALSE;
    }
  while (!place_sessions (engine, &problem) && step_back (engine, problem, TRUE));
  if (problem != NULL)
    {
      displace (engine);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  tell_news (engine);
  return TRUE;
}
