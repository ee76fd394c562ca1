/* Measures products of many rows on a device: TFLOP/s for each shape of a DeepSeek-V2-Lite layer,
 * type of weights, number of rows and shape of tile. Prints one JSON object a line.
 * bench-tiles [DEVICE]; without one, the first. */
#include "command.h"
#include "push.h"
#include "shaders.h"

#include <stdio.h>
#include <stdlib.h>

#define REPEATS 5
#define WARM_UP 50000 /* microseconds: a card that compiled meanwhile has slowed its clock */
#define N_DISPATCHES 4 /* in one measurement, each with weights of its own */
#define WEIGHT_BYTES (512ull << 20)

typedef struct
{
  BlnVkDevice *device;
  BlnVkQueue queue;
  BlnVkPipelines pipelines;
  BlnVkBuffer weights, inputs, result;
} Bench;

typedef struct
{
  guint32 rows, columns, part_rows, part_columns, step;
} Tile;

typedef struct
{
  const char *name;
  guint32 type, n_in, n_out;
} Shape;

static const Shape shapes[] = {
  { "q", BLN_TYPE_Q4_K, 2048, 3072 },
  { "output", BLN_TYPE_Q4_K, 2048, 2048 },
  { "shared down", BLN_TYPE_Q6_K, 2816, 2048 },
  { "down", BLN_TYPE_Q5_0, 1408, 2048 },
  { "more down", BLN_TYPE_Q8_0, 1408, 2048 },
  { "halves", BLN_TYPE_F16, 2048, 2048 },
};

static const Tile tiles[] = {
  { 128, 128, 64, 64, 64 }, { 128, 128, 64, 64, 32 }, { 128, 64, 64, 32, 64 },
  { 128, 64, 32, 64, 64 },  { 128, 32, 32, 32, 64 },  { 64, 64, 32, 32, 64 },
  { 64, 64, 32, 32, 128 },  { 64, 128, 32, 64, 64 },
};

static void
die (GError *error)
{
  fprintf (stderr, "bench-tiles: %s\n", error->message);
  exit (1);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Numbers that are no zeros, in every block of every type: halves near 0.01. */
static void
fill (Bench             *bench,
      const BlnVkBuffer *to)
{
  BlnVkBuffer staging;
  BlnVkCommands commands;
  GError *error = NULL;
  const guint64 n_bytes = MIN (to->n_bytes, 32ull << 20);
  guint16 *halves;
  guint64 value;

  if (!bln_vk_buffer_init (&staging, bench->device, BLN_VK_UPLOAD, n_bytes, &error))
    die (error);
  halves = staging.mapped;
  for (guint64 i = 0; i < n_bytes / 2; i++)
    halves[i] = (guint16) (0x2000 | (i * 2654435761u >> 13 & 0x83ff));
  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, 0, &error))
    die (error);
  for (guint64 at = 0; at < to->n_bytes; at += n_bytes)
    bln_vk_commands_copy (&commands, &staging, 0, to, at, MIN (n_bytes, to->n_bytes - at));
  if (!bln_vk_commands_end (&commands, &error)
      || !bln_vk_commands_submit (&commands, &value, &error)
      || !bln_vk_queue_wait (&bench->queue, value, &error))
    die (error);
  bln_vk_commands_clear (&commands);
  bln_vk_buffer_clear (&staging);
}

static void
record (Bench         *bench,
        BlnVkCommands *commands,
        VkPipeline     pipeline,
        const Shape   *shape,
        Tile           tile,
        guint32        n_rows)
{
  const BlnTilesPush push = {
    .n_in = shape->n_in, .n_out = shape->n_out, .n_columns = n_rows, .side = 40u << 18,
    .in_stride = shape->n_in, .out_stride = shape->n_out, .residual_offset = BLN_NONE,
    .bias = BLN_NONE, .up_bias = BLN_NONE, .n_slabs = 1, .scale = 1,
  };

  for (guint i = 0; i < N_DISPATCHES; i++)
    {
      const BlnVkBinding weights = { &bench->weights, i * (64ull << 20), 64ull << 20 };
      const BlnVkBinding inputs = { &bench->inputs, 0, bench->inputs.n_bytes };
      const BlnVkBinding result = { &bench->result, 0, bench->result.n_bytes };
      const BlnVkBinding bindings[] = { weights, weights, inputs, inputs, result, inputs };

      bln_vk_commands_dispatch (commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                                sizeof push, (shape->n_out + tile.rows - 1) / tile.rows,
                                (n_rows + tile.columns - 1) / tile.columns, 1);
      bln_vk_commands_barrier (commands);
    }
}

static double
time_product (Bench       *bench,
              VkPipeline   pipeline,
              const Shape *shape,
              Tile         tile,
              guint32      n_rows)
{
  BlnVkCommands commands;
  GError *error = NULL;
  double times[REPEATS], marks[2];
  const gint64 start = g_get_monotonic_time ();
  int n = 0;
  guint64 value;

  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, 2, &error))
    die (error);
  bln_vk_commands_mark (&commands);
  record (bench, &commands, pipeline, shape, tile, n_rows);
  bln_vk_commands_mark (&commands);
  if (!bln_vk_commands_end (&commands, &error))
    die (error);
  while (n < REPEATS)
    {
      const gboolean is_warm = g_get_monotonic_time () - start > WARM_UP;

      if (!bln_vk_commands_submit (&commands, &value, &error)
          || !bln_vk_queue_wait (&bench->queue, value, &error)
          || !bln_vk_commands_read_marks (&commands, marks, &error))
        die (error);
      if (is_warm)
        times[n++] = marks[1] / N_DISPATCHES;
    }
  bln_vk_commands_clear (&commands);
  qsort (times, REPEATS, sizeof *times, compare_doubles);
  return times[REPEATS / 2];
}

static void
bench_tile (Bench       *bench,
            const Shape *shape,
            Tile         tile)
{
  const guint32 parts = tile.rows / tile.part_rows * (tile.columns / tile.part_columns);
  const guint32 subgroup = bench->device->info.subgroup_size;
  const guint32 constants[] = { parts * subgroup, tile.rows, tile.columns, tile.part_rows,
                                tile.part_columns, 0, 0, 1, 0, 0, subgroup, tile.step };
  const guint32 n_rows[] = { 64, 512, 4096 };
  VkPipeline pipeline;
  GError *error = NULL;

  if (!bln_vk_pipelines_make (&bench->pipelines, bln_vk_shader_tiles_matrix[shape->type],
                              constants, G_N_ELEMENTS (constants), subgroup, &pipeline, &error))
    die (error);
  for (guint i = 0; i < G_N_ELEMENTS (n_rows); i++)
    {
      const double us = time_product (bench, pipeline, shape, tile, n_rows[i]);

      printf ("{\"what\":\"%s\",\"type\":\"%s\",\"in\":%u,\"out\":%u,\"rows\":%u,"
              "\"tile\":\"%ux%u\",\"part\":\"%ux%u\",\"step\":%u,\"us\":%.1f,\"tflops\":%.1f}\n",
              shape->name, bln_type_info (shape->type)->name, shape->n_in, shape->n_out, n_rows[i],
              tile.rows, tile.columns, tile.part_rows, tile.part_columns, tile.step, us,
              2.0 * shape->n_in * shape->n_out * n_rows[i] / us / 1e6);
      fflush (stdout);
    }
  vkDestroyPipeline (bench->device->device, pipeline, NULL);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };
  GError *error = NULL;

  bench.device = bln_vk_device_new (argc > 1 ? (guint) atoi (argv[1]) : 0, &error);
  if (bench.device == NULL)
    die (error);
  if (!bench.device->info.has_cooperative_matrix)
    {
      printf ("“%s” has no matrix units.\n", bench.device->info.name);
      return 0;
    }
  if (!bln_vk_queue_init (&bench.queue, bench.device, &error)
      || !bln_vk_pipelines_init (&bench.pipelines, bench.device, &error)
      || !bln_vk_buffer_init (&bench.weights, bench.device, BLN_VK_DEVICE, WEIGHT_BYTES, &error)
      || !bln_vk_buffer_init (&bench.inputs, bench.device, BLN_VK_DEVICE, 64 << 20, &error)
      || !bln_vk_buffer_init (&bench.result, bench.device, BLN_VK_DEVICE, 64 << 20, &error))
    die (error);
  fill (&bench, &bench.weights);
  fill (&bench, &bench.inputs);
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint t = 0; t < G_N_ELEMENTS (tiles); t++)
      bench_tile (&bench, &shapes[s], tiles[t]);
  bln_vk_buffer_clear (&bench.result);
  bln_vk_buffer_clear (&bench.inputs);
  bln_vk_buffer_clear (&bench.weights);
  bln_vk_pipelines_clear (&bench.pipelines);
  bln_vk_queue_clear (&bench.queue);
  bln_vk_device_free (bench.device);
  return 0;
}
