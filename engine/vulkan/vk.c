#include "vk.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

#include "bln-engine.h"

#define BLN_VK_DEFINE(name) PFN_##name name;
BLN_VK_FUNCTIONS (BLN_VK_DEFINE)
#undef BLN_VK_DEFINE

static PFN_vkGetInstanceProcAddr
load_library (void)
{
  /* Never closed: drivers do not like to be unloaded, and the process ends soon enough. */
  void *library = dlopen ("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);

  return library != NULL ? (PFN_vkGetInstanceProcAddr) dlsym (library, "vkGetInstanceProcAddr")
                         : NULL;
}

PFN_vkVoidFunction
bln_vk_find (VkInstance  instance,
             const char *name)
{
  PFN_vkGetInstanceProcAddr get = load_library ();

  return get != NULL ? get (instance, name) : NULL;
}

static gboolean
load_functions (PFN_vkGetInstanceProcAddr get,
                VkInstance                instance)
{
  gboolean found = TRUE;

#define BLN_VK_LOAD(name) \
  name = (PFN_##name) get (instance, #name); \
  found = found && name != NULL;
  BLN_VK_FUNCTIONS (BLN_VK_LOAD)
#undef BLN_VK_LOAD

  return found;
}

static VkInstance
make_instance (const char **problem)
{
  VkApplicationInfo application = {
    .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
    .pApplicationName = "Baleen",
    .apiVersion = VK_API_VERSION_1_2,
  };
  VkInstanceCreateInfo info = {
    .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
    .pApplicationInfo = &application,
  };
  PFN_vkGetInstanceProcAddr get = load_library ();
  PFN_vkCreateInstance create;
  VkInstance instance;
  VkResult result;

  if (get == NULL)
    {
      *problem = N_ ("Vulkan is not installed");
      return VK_NULL_HANDLE;
    }
  create = (PFN_vkCreateInstance) get (NULL, "vkCreateInstance");
  result = create != NULL ? create (&info, NULL, &instance) : VK_ERROR_INITIALIZATION_FAILED;
  if (result != VK_SUCCESS)
    {
      *problem = bln_vk_result_text (result);
      return VK_NULL_HANDLE;
    }
  if (!load_functions (get, instance))
    {
      *problem = N_ ("its Vulkan loader is older than 1.2");
      return VK_NULL_HANDLE;
    }
  return instance;
}

VkInstance
bln_vk_get_instance (GError **error)
{
  static gsize once = 0;
  static VkInstance instance = VK_NULL_HANDLE;
  static const char *problem = NULL;

  if (g_once_init_enter (&once))
    {
      instance = make_instance (&problem);
      g_once_init_leave (&once, 1);
    }
  if (instance == VK_NULL_HANDLE)
    g_set_error (error, BLN_ERROR, BLN_ERROR_DEVICE,
                 _("No graphics card can be used: %s."), _(problem));
  return instance;
}

const char *
bln_vk_result_text (VkResult result)
{
  switch (result)
    {
    case VK_SUCCESS:
      return N_ ("nothing went wrong");
    case VK_TIMEOUT:
      return N_ ("the device did not answer in time");
    case VK_ERROR_OUT_OF_HOST_MEMORY:
      return N_ ("system memory is full");
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
      return N_ ("graphics memory is full");
    case VK_ERROR_DEVICE_LOST:
      return N_ ("the graphics card was reset");
    case VK_ERROR_INCOMPATIBLE_DRIVER:
      return N_ ("no driver for Vulkan is installed");
    case VK_ERROR_EXTENSION_NOT_PRESENT:
    case VK_ERROR_FEATURE_NOT_PRESENT:
      return N_ ("the driver lacks a feature that it announced");
    case VK_ERROR_TOO_MANY_OBJECTS:
      return N_ ("the driver allows no more objects");
    case VK_ERROR_OUT_OF_POOL_MEMORY:
    case VK_ERROR_FRAGMENTED_POOL:
    case VK_ERROR_FRAGMENTATION:
      return N_ ("graphics memory is fragmented");
    default:
      return N_ ("the driver failed");
    }
}

static BlnError
error_code (VkResult result)
{
  switch (result)
    {
    case VK_ERROR_OUT_OF_HOST_MEMORY:
    case VK_ERROR_OUT_OF_DEVICE_MEMORY:
    case VK_ERROR_OUT_OF_POOL_MEMORY:
    case VK_ERROR_FRAGMENTED_POOL:
      return BLN_ERROR_MEMORY;
    case VK_ERROR_DEVICE_LOST:
    case VK_TIMEOUT:
      return BLN_ERROR_LOST;
    default:
      return BLN_ERROR_DEVICE;
    }
}

gboolean
bln_vk_check (VkResult    result,
              const char *doing,
              GError    **error)
{
  if (result == VK_SUCCESS)
    return TRUE;
  g_set_error (error, BLN_ERROR, error_code (result),
               _("The graphics card failed at %s: %s."), doing, _(bln_vk_result_text (result)));
  return FALSE;
}
