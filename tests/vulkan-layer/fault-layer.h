/* A Vulkan layer between Baleen and the driver, in which things go wrong on command: calls
 * fail, devices are lost, memory is small, drivers are old. It also counts what is made and
 * not destroyed. A test is started with
 *
 *   VK_LAYER_PATH=build/tests/vulkan-layer VK_INSTANCE_LAYERS=VK_LAYER_BALEEN_fault
 *
 * and speaks to the layer through these functions, which fault_layer_open() finds in it. */
#pragma once

#include <glib.h>
#include <vulkan/vulkan.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_SUBMIT,   /* vkQueueSubmit */
  FAULT_ALLOCATE, /* vkAllocateMemory */
  FAULT_WAIT,     /* vkWaitSemaphores */
  FAULT_MAKE,     /* vkCreate… of anything that belongs to a device */
  FAULT_N_PLACES,
} FaultPlace;

typedef struct
{
  /* Call number `at` (1 is the next) of that kind and the `n_times - 1` after it return
   * `result` and do nothing. After VK_ERROR_DEVICE_LOST everything submitted to that device
   * and every wait for it fail in the same way, until it is destroyed. */
  void (*arm) (FaultPlace place,
               VkResult   result,
               guint      at,
               guint      n_times);
  /* From now on no shader compiles. */
  void (*arm_pipelines) (gboolean fails);
  /* Nothing fails any more, and nothing is pretended. */
  void (*disarm) (void);
  /* Whether the armed call has come. */
  gboolean (*has_struck) (void);
  /* Objects of devices, and devices, that exist now. */
  guint (*count_objects) (void);

  /* Device memory that the driver claims to have; 0: what it has. */
  void (*pretend_memory) (guint64 n_bytes);
  /* VK_API_VERSION_1_1, and whether a processor says that it is a card. */
  void (*pretend_version) (guint32 version);
  void (*pretend_card) (gboolean is_card);
  /* Bytes that one binding may span; 0: as many as the driver says. */
  void (*pretend_range) (guint32 n_bytes);
} FaultLayer;

/* The layer of this process, NULL where it was started without. Static. */
const FaultLayer *fault_layer_open (void);

G_END_DECLS
