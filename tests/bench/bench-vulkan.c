/* Measures on a device the constants that the Vulkan engine's design rests on. Prints one JSON
 * object a line. bench-vulkan [DEVICE [reads | products | meetings]]; without them, the first
 * and all. */
#include "bench-vulkan.h"

#include "push.h"
#include "shaders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPEATS 7

void
bench_die (GError *error)
{
  fprintf (stderr, "bench-vulkan: %s\n", error->message);
  exit (1);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_time (Bench          *bench,
            BenchRecordFunc record,
            gpointer        data)
{
  BlnVkCommands commands;
  GError *error = NULL;
  double times[REPEATS], marks[2];
  guint64 value;

  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, 2, &error))
    bench_die (error);
  bln_vk_commands_mark (&commands);
  record (bench, &commands, data);
  bln_vk_commands_mark (&commands);
  if (!bln_vk_commands_end (&commands, &error))
    bench_die (error);
  for (int r = -2; r < REPEATS; r++)
    {
      if (!bln_vk_commands_submit (&commands, &value, &error)
          || !bln_vk_queue_wait (&bench->queue, value, &error)
          || !bln_vk_commands_read_marks (&commands, marks, &error))
        bench_die (error);
      if (r >= 0)
        times[r] = marks[1];
    }
  bln_vk_commands_clear (&commands);
  qsort (times, REPEATS, sizeof *times, compare_doubles);
  return times[REPEATS / 2];
}

typedef struct
{
  VkPipeline pipeline;
  guint64 bytes;       /* each */
  guint groups;
  guint n;             /* dispatches */
  guint prologue;      /* bytes */
  gboolean dependent;
} ReadChain;

static void
record_reads (Bench         *bench,
              BlnVkCommands *commands,
              gpointer       data)
{
  const ReadChain *chain = data;
  /* Walks through memory larger than any cache, so that each dispatch reads cold bytes. */
  const guint64 span = MAX (chain->bytes, 16);
  const BlnVkBinding bindings[] = {
    { &bench->weights, 0, bench->weights.n_bytes },
    { &bench->out, 0, bench->out.n_bytes },
  };
  guint64 offset = 0;

  for (guint i = 0; i < chain->n; i++)
    {
      BlnReadPush push = {
        .first_vector = (guint32) (offset / 16),
        .n_vectors = (guint32) (chain->bytes / 16),
        .prologue_vectors = chain->prologue / 16,
      };

      bln_vk_commands_dispatch (commands, chain->pipeline, bindings, 2, &push, sizeof push,
                                chain->groups, 1, 1);
      if (chain->dependent)
        bln_vk_commands_barrier (commands);
      offset += span;
      if (offset + span > bench->weights.n_bytes)
        offset = 0;
    }
}

static VkPipeline
make_read (Bench  *bench,
           guint32 width,
           guint32 unroll)
{
  guint32 constants[] = { width, unroll };
  VkPipeline pipeline;
  GError *error = NULL;

  if (!bln_vk_pipelines_make (&bench->pipelines, bln_vk_shader_read, constants, 2, 0, &pipeline,
                              &error))
    bench_die (error);
  return pipeline;
}

static void
bench_chain (Bench      *bench,
             const char *what,
             ReadChain   chain,
             guint       width,
             guint       unroll)
{
  double us = bench_time (bench, record_reads, &chain) / chain.n;

  printf ("{\"what\":\"%s\",\"bytes\":%" G_GUINT64_FORMAT ",\"groups\":%u,\"lanes\":%u,"
          "\"unroll\":%u,\"prologue\":%u,\"us\":%.3f,\"gb_per_s\":%.1f}\n",
          what, chain.bytes, chain.groups, width, unroll, chain.prologue, us,
          chain.bytes / us / 1e3);
  fflush (stdout);
}

static void
bench_reads (Bench *bench)
{
  const guint64 sizes[] = { 0, 590000, 720000, 3000000, 7000000, 20000000, 172000000 };
  const guint widths[] = { 128, 256, 512 };
  const gboolean is_soft = bench->device->info.is_software;
  const guint n = is_soft ? 4 : 100;

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint unroll = 2; unroll <= 8; unroll *= 2)
      {
        VkPipeline pipeline = make_read (bench, widths[w], unroll);

        for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
          for (guint per_sm = 1; per_sm <= 4; per_sm *= 2)
            {
              ReadChain chain = { pipeline, sizes[i] / 16 * 16, 132 * per_sm, n, 0, TRUE };

              if (is_soft && (per_sm > 1 || unroll != 4 || sizes[i] > 20000000))
                continue;
              if (sizes[i] == 0 && (unroll != 4))
                continue;
              bench_chain (bench, "read-dependent", chain, widths[w], unroll);
              if (unroll == 4 && !is_soft)
                {
                  chain.dependent = FALSE;
                  bench_chain (bench, "read-independent", chain, widths[w], unroll);
                  chain.dependent = TRUE;
                  chain.prologue = 8192;
                  bench_chain (bench, "read-prologue-8k", chain, widths[w], unroll);
                  chain.prologue = 28672;
                  bench_chain (bench, "read-prologue-28k", chain, widths[w], unroll);
                }
            }
        vkDestroyPipeline (bench->device->device, pipeline, NULL);
      }
}

void
bench_warm_up (Bench *bench)
{
  VkPipeline pipeline = make_read (bench, 256, 4);
  ReadChain chain = { pipeline, bench->weights.n_bytes / 8 / 16 * 16, 528, 8, 0, TRUE };
  const gint64 end = g_get_monotonic_time () + (bench->device->info.is_software ? 0 : 1000000);

  while (g_get_monotonic_time () < end)
    bench_time (bench, record_reads, &chain);
  vkDestroyPipeline (bench->device->device, pipeline, NULL);
}

/* ---- barriers ---- */

typedef struct
{
  VkPipeline pipeline;
  VkAccessFlags before, after; /* both 0: execution only */
  VkPipelineStageFlags stages;
} BarrierChain;

#define N_BARRIERS 200

static void
record_barriers (Bench         *bench,
                 BlnVkCommands *commands,
                 gpointer       data)
{
  const BarrierChain *chain = data;
  const VkMemoryBarrier barrier = {
    .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER,
    .srcAccessMask = chain->before,
    .dstAccessMask = chain->after,
  };
  const BlnVkBinding bindings[] = { { &bench->weights, 0, 4096 }, { &bench->out, 0, 4096 } };
  const BlnReadPush push = { 0 };

  for (guint i = 0; i < N_BARRIERS; i++)
    {
      bln_vk_commands_dispatch (commands, chain->pipeline, bindings, 2, &push, sizeof push, 132, 1,
                                1);
      vkCmdPipelineBarrier (commands->buffer, chain->stages, chain->stages, 0,
                            chain->before != 0 ? 1 : 0, &barrier, 0, NULL, 0, NULL);
    }
}

static void
bench_barriers (Bench *bench)
{
  const VkPipelineStageFlags compute = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;
  const VkAccessFlags write = VK_ACCESS_SHADER_WRITE_BIT, read = VK_ACCESS_SHADER_READ_BIT;
  const VkAccessFlags transfer = VK_ACCESS_TRANSFER_WRITE_BIT | VK_ACCESS_TRANSFER_READ_BIT;
  VkPipeline pipeline = make_read (bench, 256, 4);
  const struct { const char *name; BarrierChain chain; } kinds[] = {
    { "execution", { pipeline, 0, 0, compute } },
    { "write-read", { pipeline, write, read, compute } },
    { "write-readwrite", { pipeline, write, read | write, compute } },
    { "with-transfer", { pipeline, write | transfer, read | write | transfer,
                         compute | VK_PIPELINE_STAGE_TRANSFER_BIT } },
    { "all", { pipeline, VK_ACCESS_MEMORY_WRITE_BIT, VK_ACCESS_MEMORY_READ_BIT,
               VK_PIPELINE_STAGE_ALL_COMMANDS_BIT } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      BarrierChain chain = kinds[i].chain;

      printf ("{\"what\":\"barrier\",\"kind\":\"%s\",\"us\":%.3f}\n", kinds[i].name,
              bench_time (bench, record_barriers, &chain) / N_BARRIERS);
    }
  vkDestroyPipeline (bench->device->device, pipeline, NULL);
}

static void
bench_submit (Bench *bench)
{
  BlnVkCommands commands;
  GError *error = NULL;
  double times[51];
  guint64 value;

  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, 0, &error)
      || !bln_vk_commands_end (&commands, &error))
    bench_die (error);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint k = 0; k < 20; k++)
        if (!bln_vk_commands_submit (&commands, &value, &error)
            || !bln_vk_queue_wait (&bench->queue, value, &error))
          bench_die (error);
      times[i] = (g_get_monotonic_time () - start) / 20.0;
    }
  qsort (times, G_N_ELEMENTS (times), sizeof *times, compare_doubles);
  printf ("{\"what\":\"submit-and-wait\",\"us\":%.2f}\n", times[25]);
  bln_vk_commands_clear (&commands);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };
  GError *error = NULL;
  guint index = argc > 1 ? (guint) atoi (argv[1]) : 0;
  const char *part = argc > 2 ? argv[2] : "";
  guint64 total, available;

  bench.device = bln_vk_device_new (index, &error);
  if (bench.device == NULL)
    bench_die (error);
  bln_vk_device_get_budget (bench.device, &total, &available);
  printf ("{\"device\":\"%s\",\"driver\":\"%s\",\"subgroup\":%u,\"shared\":%u,\"push\":%u,"
          "\"memory\":%" G_GUINT64_FORMAT ",\"available\":%" G_GUINT64_FORMAT
          ",\"integer_dot\":%d,\"cooperative_matrix\":%d,\"memory_model\":%d}\n",
          bench.device->info.name, bench.device->info.driver, bench.device->info.subgroup_size,
          bench.device->info.shared_memory, bench.device->info.max_push, total, available,
          bench.device->info.has_integer_dot, bench.device->info.has_cooperative_matrix,
          bench.device->info.has_memory_model);
  if (!bln_vk_queue_init (&bench.queue, bench.device, &error)
      || !bln_vk_pipelines_init (&bench.pipelines, bench.device, &error)
      || !bln_vk_buffer_init (&bench.weights, bench.device, BLN_VK_DEVICE,
                              bench.device->info.is_software ? 128 << 20 : 2000u << 20, &error)
      || !bln_vk_buffer_init (&bench.arena, bench.device, BLN_VK_DEVICE, 4 << 20, &error)
      || !bln_vk_buffer_init (&bench.out, bench.device, BLN_VK_READBACK, 4096, &error))
    bench_die (error);
  if (*part == '\0' || strcmp (part, "meetings") == 0)
    {
      bench_warm_up (&bench);
      bench_meetings (&bench);
    }
  if (*part == '\0' || strcmp (part, "reads") == 0)
    {
      bench_submit (&bench);
      bench_warm_up (&bench);
      bench_barriers (&bench);
      bench_reads (&bench);
    }
  if (*part == '\0' || strcmp (part, "products") == 0)
    bench_products (&bench);
  bln_vk_buffer_clear (&bench.out);
  bln_vk_buffer_clear (&bench.arena);
  bln_vk_buffer_clear (&bench.weights);
  bln_vk_pipelines_clear (&bench.pipelines);
  bln_vk_queue_clear (&bench.queue);
  bln_vk_device_free (bench.device);
  return 0;
}
