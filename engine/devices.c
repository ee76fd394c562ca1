#include "engine-private.h"

#include "cpu-features.h"
#include "cpu-measure.h"
#include "kernels.h"
#ifdef BLN_HAS_VULKAN
#include "device.h"
#include "vulkan-measure.h"
#endif

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

void
bln_device_free (BlnDevice *device)
{
  g_free (device->id);
  g_free (device->name);
  g_free (device->driver);
  g_free (device->variant);
  g_free (device->unfit);
  g_free (device);
}

static BlnDevice *
new_processor (void)
{
  BlnDevice *device = g_new0 (BlnDevice, 1);

  device->id = g_strdup ("cpu");
  device->n_threads = bln_default_threads ();
  device->variant = g_strdup (bln_kernels_get (NULL)->name);
  device->name = g_strdup (bln_cpu_name (device->n_threads, device->variant));
  device->memory = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE);
  device->available = bln_memory_available ();
  return device;
}

#ifdef BLN_HAS_VULKAN
/* As the backend chooses (vulkan-backend.c), in the words of BLN_VK_VARIANT and of the limits. */
static char *
variant_of (const BlnVkDeviceInfo *info)
{
  g_autoptr (GString) text = g_string_new (info->is_software ? "narrow" : "plain");

  if (!info->is_software && info->has_integer_dot)
    g_string_append (text, _(", integer dot products"));
  if (!info->is_software && info->has_cooperative_matrix)
    g_string_append (text, _(", matrix units"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static BlnDevice *
new_card (const BlnVkDeviceInfo *info,
          guint                  index)
{
  BlnDevice *device = g_new0 (BlnDevice, 1);
  g_autoptr (BlnVkDevice) opened = bln_vk_device_new (index, NULL);

  device->id = g_strdup_printf ("vulkan:%u", index);
  device->name = g_strdup (info->name);
  device->driver = g_strdup (info->driver);
  device->variant = variant_of (info);
  device->unfit = g_strdup (info->unfit != NULL ? _(info->unfit) : NULL);
  device->is_software = info->is_software;
  device->subgroup_size = info->subgroup_size;
  device->shared_memory = info->shared_memory;
  device->max_allocation = info->max_allocation;
  device->max_binding = info->max_storage_range;
  device->has_integer_dot = info->has_integer_dot;
  device->has_cooperative_matrix = info->has_cooperative_matrix;
  if (opened != NULL)
    bln_vk_device_get_budget (opened, &device->memory, &device->available);
  return device;
}
#endif

GPtrArray *
bln_devices (void)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) bln_device_free);

  g_ptr_array_add (devices, new_processor ());
#ifdef BLN_HAS_VULKAN
  {
    g_autoptr (GArray) infos = bln_vk_devices (NULL);

    for (guint i = 0; infos != NULL && i < infos->len; i++)
      g_ptr_array_add (devices, new_card (&g_array_index (infos, BlnVkDeviceInfo, i), i));
  }
#endif
  return devices;
}

BlnDevice *
bln_device_find (const char *device,
                 GError    **error)
{
  const BlnEngineOptions options = { .device = device };
  BlnPlacement placement;
  BlnDevice *found = NULL;

  if (!bln_placement_init (&placement, &options, error))
    return NULL;
  if (!placement.on_card)
    found = new_processor ();
#ifdef BLN_HAS_VULKAN
  else
    {
      g_autoptr (GArray) infos = bln_vk_devices (NULL);

      if (infos != NULL && placement.n_card < infos->len)
        found = new_card (&g_array_index (infos, BlnVkDeviceInfo, placement.n_card),
                          placement.n_card);
    }
#endif
  bln_placement_clear (&placement);
  if (found == NULL)
    g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE,
                 _("There is no device “%s”. Choose auto, cpu, vulkan or vulkan:N."), device);
  return found;
}

gboolean
bln_device_measure (const BlnDevice *device,
                    BlnDeviceSpeed  *speed,
                    GError         **error)
{
  BlnDeviceSpeed measured = { 0 };

  g_return_val_if_fail (device != NULL && speed != NULL, FALSE);

#ifdef BLN_HAS_VULKAN
  if (g_str_has_prefix (device->id, "vulkan:"))
    {
      const char *index = device->id + strlen ("vulkan:");

      if (!bln_vk_measure ((guint) g_ascii_strtoull (index, NULL, 10),
                           &measured.bytes_per_second, &measured.products_per_second, error))
        return FALSE;
      *speed = measured;
      return TRUE;
    }
#endif
  if (!bln_cpu_measure (device->n_threads, &measured.bytes_per_second,
                        &measured.products_per_second, error))
    return FALSE;
  *speed = measured;
  return TRUE;
}
