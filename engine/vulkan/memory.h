/* Buffers of a device, one allocation each. */
#pragma once

#include "device.h"

G_BEGIN_DECLS

typedef enum
{
  BLN_VK_DEVICE,   /* weights, KV cache, activations; mapped too where host and device share */
  BLN_VK_UPLOAD,   /* written by the host, read once or seldom by the device */
  BLN_VK_SHARED,   /* small, written by the host for every pass, read by many shaders: on the
                      device where the host can write there */
  BLN_VK_READBACK, /* written by the device, read by the host: cached where there is such */
} BlnVkPlace;

typedef struct
{
  BlnVkDevice *device;
  VkBuffer buffer;
  VkDeviceMemory memory;
  guint64 n_bytes;
  void *mapped; /* (nullable) coherent */
} BlnVkBuffer;

/* At most 90 % of what the device has to give is ever taken: the desktop draws with the rest.
 * MEMORY when that or the device says no, with both numbers. Contents are undefined. */
gboolean bln_vk_buffer_init (BlnVkBuffer *buffer,
                             BlnVkDevice *device,
                             BlnVkPlace   place,
                             guint64      n_bytes,
                             GError     **error);
/* No command that uses it may be pending. Fine on a zeroed one. */
void bln_vk_buffer_clear (BlnVkBuffer *buffer);

G_END_DECLS
