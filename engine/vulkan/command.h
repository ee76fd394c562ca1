/* A recorded list of dispatches, submitted once or many times. Time on the device is a
 * timeline: each submission gets the next value, and waits are always finite. */
#pragma once

#include "memory.h"
#include "pipeline.h"

G_BEGIN_DECLS

/* What has not come to an end so long after the device's patience never will. */
#define BLN_VK_GRACE_NS (10ull * 1000 * 1000 * 1000)

typedef struct
{
  BlnVkDevice *device;
  VkCommandPool pool;
  VkSemaphore timeline;
  guint64 submitted; /* the value of the last submission */
} BlnVkQueue;

gboolean bln_vk_queue_init (BlnVkQueue  *queue,
                            BlnVkDevice *device,
                            GError     **error);
void bln_vk_queue_clear (BlnVkQueue *queue);
/* Waits until nothing runs any more, before things that it may use are destroyed; not for ever:
 * see BlnVkDevice.is_abandoned. */
void bln_vk_queue_settle (BlnVkQueue *queue);

/* A stretch of a buffer that a shader sees as one storage buffer. */
typedef struct
{
  const BlnVkBuffer *buffer;
  guint64 offset; /* a multiple of the device's offset_alignment */
  guint64 n_bytes;
} BlnVkBinding;

typedef struct _BlnVkCommands BlnVkCommands;

struct _BlnVkCommands
{
  BlnVkQueue *queue;
  const BlnVkPipelines *pipelines;
  GArray *pools; /* (owned) (nullable) VkDescriptorPool each; sets come from the last */
  guint n_sets;  /* of it */
  VkCommandBuffer buffer;
  VkQueryPool marks; /* (nullable) */
  guint n_marks, max_marks;
  guint n_dispatches, n_barriers;
  VkResult result;    /* of the first thing that went wrong while recording */
  gboolean is_dry;    /* nothing is recorded */
  guint64 last_value; /* of its last submission; 0: none */
  gint64 microseconds; /* that it took last time, with all that follow it; 0: not known */

  /* With timed stages (vulkan-stages.h): what each mark but the first ended, and what is being
   * recorded. */
  GArray *stages;     /* (owned) (nullable) interned names */
  const char *stage;
  guint n_stage;

  /* Of a pass in several parts (vulkan-hybrid.h). */
  BlnVkCommands *next; /* (owned) (nullable) */
  gboolean waits;      /* for an answer of the host */
  guint asks_at;       /* asks for one: the op that the host computes, from 1; 0: does not */
};

/* `max_marks` timestamps may be set in it, 0 for none. */
gboolean bln_vk_commands_begin (BlnVkCommands        *commands,
                                BlnVkQueue           *queue,
                                const BlnVkPipelines *pipelines,
                                guint                 max_marks,
                                GError              **error);
/* Records nothing at all: for those who only want to know what a pass consists of. */
void bln_vk_commands_begin_dry (BlnVkCommands        *commands,
                                BlnVkQueue           *queue,
                                const BlnVkPipelines *pipelines);
/* `bindings` are the shader's buffers 0 … n-1. */
void bln_vk_commands_dispatch (BlnVkCommands      *commands,
                               VkPipeline          pipeline,
                               const BlnVkBinding *bindings,
                               guint               n_bindings,
                               gconstpointer       push,
                               guint               push_bytes,
                               guint               x,
                               guint               y,
                               guint               z);
void bln_vk_commands_copy (BlnVkCommands     *commands,
                           const BlnVkBuffer *from,
                           guint64            from_offset,
                           const BlnVkBuffer *to,
                           guint64            to_offset,
                           guint64            n_bytes);
/* What follows sees what went before. None is needed between independent dispatches. */
void bln_vk_commands_barrier (BlnVkCommands *commands);
/* What follows does not depend on what was recorded since the last barrier, though both may touch
 * the same buffer at different places. Records nothing, but for synchronization validation, which
 * sees bindings and not bytes (BLN_VK_WHOLE_BINDINGS): there a barrier. */
void bln_vk_commands_beside (BlnVkCommands *commands);
void bln_vk_commands_mark (BlnVkCommands *commands);
gboolean bln_vk_commands_end (BlnVkCommands *commands,
                              GError       **error);
/* With all that follow it. Waits first, if its last submission is not done. */
void bln_vk_commands_clear (BlnVkCommands *commands);

/* May be submitted again once its last submission is done. `*value` is its place in time. */
gboolean bln_vk_commands_submit (BlnVkCommands *commands,
                                 guint64       *value, /* (out) (nullable) */
                                 GError       **error);
/* LOST when it did not come within the device's patience. */
gboolean bln_vk_queue_wait (BlnVkQueue *queue,
                            guint64     value,
                            GError    **error);
/* The same for what takes about so many microseconds, 0 if that is not known. Waking a thread that
 * sleeps in the driver takes as long as several layers, so that the end of a short pass is awaited
 * awake: on hardware, and not much longer than it should take. */
gboolean bln_vk_queue_wait_soon (BlnVkQueue *queue,
                                 guint64     value,
                                 gint64      microseconds,
                                 GError    **error);
/* Microseconds of each mark since the first, [n_marks], after a wait. */
gboolean bln_vk_commands_read_marks (BlnVkCommands *commands,
                                     double        *microseconds,
                                     GError       **error);

G_END_DECLS
