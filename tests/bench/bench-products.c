/* What a product of one row costs, by type and shape, in the forms that the shader can take: the
 * constants in engine/vulkan/vulkan-dot.c come from here. Each chain of dependent dispatches
 * walks through memory larger than any cache. */
#include "bench-vulkan.h"

#include "push.h"
#include "shaders.h"

#include <stdio.h>
#include <string.h>

#define N_CHAIN 40
#define TABLE 600000u /* first word of the table of chosen experts */

typedef enum { PLAIN, UP, DOWN } Mode;

typedef struct
{
  const char *name;
  guint32 type, n_in, n_out;
  Mode mode;
  guint32 n_used;     /* slots */
  gboolean has_up, has_norm;
} Shape;

typedef struct
{
  const Shape *shape;
  guint32 width, lanes, rows, ahead;
  VkPipeline pipeline;
} Product;

static guint64
matrix_bytes (const Shape *shape)
{
  const BlnTypeInfo *info = bln_type_info (shape->type);

  return (guint64) shape->n_in / info->block_elements * info->block_bytes * shape->n_out
         * MAX (shape->n_used, 1);
}

static guint64
round_up (guint64 n)
{
  return (n + 255) / 256 * 256;
}

static void
record_one (Bench         *bench,
            BlnVkCommands *commands,
            const Product *product,
            guint64       *offset)
{
  const Shape *shape = product->shape;
  const guint64 bytes = round_up (matrix_bytes (shape) + 256);
  const guint32 per_group = product->width / product->lanes * product->rows;
  BlnVkBinding bindings[5];
  BlnMatvecPush push = {
    .n_in = shape->n_in, .n_out = shape->n_out, .n_columns = 1,
    .slab_rows = shape->n_out, .n_slabs = 64,
    .in_stride = shape->n_in, .in_slab = shape->n_in,
    .out_offset = 65536, .out_stride = 120000, .out_slab = shape->n_out,
    .residual_offset = BLN_NONE, .norm = shape->has_norm ? 0 : BLN_NONE, .bias = BLN_NONE,
    .up_bias = BLN_NONE, .chosen = TABLE, .n_used = shape->n_used, .eps = 1e-6f, .scale = 1,
  };

  push.side = push.up_side = (guint32) (matrix_bytes (shape) * 7 / 8 / 16 * 4);
  if (*offset + 2 * bytes > bench->weights.n_bytes)
    *offset = 0;
  bindings[0] = bindings[1] = (BlnVkBinding){ &bench->weights, *offset, bytes };
  if (shape->has_up)
    bindings[1].offset += bytes;
  for (guint b = 2; b < 5; b++)
    bindings[b] = (BlnVkBinding){ &bench->arena, 0, bench->arena.n_bytes };
  bln_vk_commands_dispatch (commands, product->pipeline, bindings, 5, &push, sizeof push,
                            (shape->n_out + per_group - 1) / per_group, 1,
                            shape->mode == UP ? shape->n_used : 1);
  bln_vk_commands_barrier (commands);
  *offset += bytes * (shape->has_up ? 2 : 1);
}

static void
record_product (Bench         *bench,
                BlnVkCommands *commands,
                gpointer       data)
{
  guint64 offset = 0;

  for (guint i = 0; i < N_CHAIN; i++)
    record_one (bench, commands, data, &offset);
}

static void
compile (gpointer data,
         gpointer user_data)
{
  Product *product = data;
  Bench *bench = user_data;
  const Shape *shape = product->shape;
  const guint32 blocks = shape->n_in / 32 * (shape->mode == DOWN ? shape->n_used : 1);
  const guint32 constants[] = { product->width, product->lanes, 1, shape->has_up, shape->mode,
                                blocks * 3, product->rows, product->ahead, shape->n_in / 32 };
  GError *error = NULL;

  if (!bln_vk_pipelines_make (&bench->pipelines, bln_vk_shader_matvec_dot[shape->type], constants,
                              G_N_ELEMENTS (constants), bench->device->info.subgroup_size,
                              &product->pipeline, &error))
    bench_die (error);
}

static void
measure (Bench         *bench,
         const Product *product)
{
  const Shape *shape = product->shape;
  const double bytes = (double) matrix_bytes (shape) * (shape->has_up ? 2 : 1);
  const double us = bench_time (bench, record_product, (gpointer) product) / N_CHAIN;

  printf ("{\"product\":\"%s\",\"mb\":%.2f,\"width\":%u,\"lanes\":%u,\"rows\":%u,\"ahead\":%u,"
          "\"us\":%.2f,\"gb_per_s\":%.0f}\n", shape->name, bytes / 1e6, product->width,
          product->lanes, product->rows, product->ahead, us, bytes / us / 1e3);
  fflush (stdout);
}

/* ---- in a layer ---- */

/* A shader that has just run is in the caches of instructions: what counts is how long each
 * takes where the others come between. */
#define N_LAYERS 12

typedef struct
{
  Product *products; /* one after the other */
  guint n_products;
} Layer;

static void
record_layers (Bench         *bench,
               BlnVkCommands *commands,
               gpointer       data)
{
  const Layer *layer = data;
  guint64 offset = 0;

  for (guint i = 0; i < N_LAYERS; i++)
    for (guint k = 0; k < layer->n_products; k++)
      {
        record_one (bench, commands, &layer->products[k], &offset);
        bln_vk_commands_mark (commands);
      }
}

/* The time of each product of a layer, in microseconds. */
static void
measure_layer (Bench *bench,
               Layer *layer)
{
  BlnVkCommands commands;
  GError *error = NULL;
  double marks[N_LAYERS * 16 + 1], best[16] = { 0 };
  guint64 value;

  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, N_LAYERS * 16 + 1, &error))
    bench_die (error);
  bln_vk_commands_mark (&commands);
  record_layers (bench, &commands, layer);
  if (!bln_vk_commands_end (&commands, &error))
    bench_die (error);
  for (guint r = 0; r < 20; r++)
    {
      if (!bln_vk_commands_submit (&commands, &value, &error)
          || !bln_vk_queue_wait (&bench->queue, value, &error)
          || !bln_vk_commands_read_marks (&commands, marks, &error))
        bench_die (error);
      for (guint k = 0; k < layer->n_products; k++)
        {
          double sum = 0;

          for (guint i = 0; i < N_LAYERS; i++)
            {
              const guint m = i * layer->n_products + k;

              sum += marks[m + 1] - marks[m];
            }
          if (r == 2 || (r > 2 && sum < best[k]))
            best[k] = sum;
        }
    }
  for (guint k = 0; k < layer->n_products; k++)
    {
      const Product *p = &layer->products[k];

      printf ("{\"in_layer\":\"%s\",\"width\":%u,\"lanes\":%u,\"rows\":%u,\"ahead\":%u,"
              "\"us\":%.2f}\n", p->shape->name, p->width, p->lanes, p->rows, p->ahead,
              best[k] / N_LAYERS);
    }
  fflush (stdout);
  bln_vk_commands_clear (&commands);
}

/* Random bits everywhere, none of them a number too large; the first experts are chosen. */
static void
write_contents (Bench *bench)
{
  BlnVkBuffer staging;
  BlnVkCommands commands;
  GError *error = NULL;
  guint64 value;
  guint32 *words;

  if (!bln_vk_buffer_init (&staging, bench->device, BLN_VK_UPLOAD, bench->arena.n_bytes, &error))
    bench_die (error);
  words = staging.mapped;
  for (guint i = 0; i < staging.n_bytes / 4; i++)
    words[i] = g_random_int () & 0x3bff3bffu;
  for (guint k = 0; k < 8; k++)
    words[TABLE + k] = k;
  if (!bln_vk_commands_begin (&commands, &bench->queue, &bench->pipelines, 0, &error))
    bench_die (error);
  bln_vk_commands_copy (&commands, &staging, 0, &bench->arena, 0, bench->arena.n_bytes);
  for (guint64 at = 0; at + staging.n_bytes <= bench->weights.n_bytes; at += staging.n_bytes)
    bln_vk_commands_copy (&commands, &staging, 0, &bench->weights, at, staging.n_bytes);
  if (!bln_vk_commands_end (&commands, &error)
      || !bln_vk_commands_submit (&commands, &value, &error)
      || !bln_vk_queue_wait (&bench->queue, value, &error))
    bench_die (error);
  bln_vk_commands_clear (&commands);
  bln_vk_buffer_clear (&staging);
}

/* Each form of each product once, in layers that have one form of each. The head, which comes
 * once, is left out. */
static void
bench_layers (Bench  *bench,
              GArray *products)
{
  guint n_forms = 0;

  for (guint form = 0; form == 0 || form < n_forms; form++)
    {
      Product chosen[16];
      Layer layer = { chosen, 0 };
      const Shape *shape = NULL;
      guint first = 0;

      for (guint i = 0; i <= products->len; i++)
        {
          const Product *p = i < products->len ? &g_array_index (products, Product, i) : NULL;

          if (p != NULL && p->shape == shape)
            continue;
          if (i > first && shape->n_out < 100000)
            {
              n_forms = MAX (n_forms, i - first);
              chosen[layer.n_products++] = g_array_index (products, Product,
                                                          first + form % (i - first));
            }
          shape = p != NULL ? p->shape : NULL;
          first = i;
        }
      measure_layer (bench, &layer);
    }
}

void
bench_products (Bench *bench)
{
  /* Those of a V2-Lite-shaped Q4_K_M file. */
  const Shape shapes[] = {
    { "kv-a", BLN_TYPE_Q4_K, 2048, 576, PLAIN, 0, FALSE, TRUE },
    { "q", BLN_TYPE_Q4_K, 2048, 3072, PLAIN, 0, FALSE, TRUE },
    { "attn-out", BLN_TYPE_Q4_K, 2048, 2048, PLAIN, 0, FALSE, FALSE },
    { "shared-up", BLN_TYPE_Q4_K, 2048, 2816, PLAIN, 0, TRUE, TRUE },
    { "experts-up", BLN_TYPE_Q4_K, 2048, 1408, UP, 6, TRUE, TRUE },
    { "shared-down-q6", BLN_TYPE_Q6_K, 2816, 2048, PLAIN, 0, FALSE, FALSE },
    { "experts-down-q5", BLN_TYPE_Q5_0, 1408, 2048, DOWN, 6, FALSE, FALSE },
    { "experts-down-q8", BLN_TYPE_Q8_0, 1408, 2048, DOWN, 6, FALSE, FALSE },
    { "head", BLN_TYPE_Q6_K, 2048, 102400, PLAIN, 0, FALSE, TRUE },
  };
  const guint32 widths[] = { 256, 512 };
  g_autoptr (GArray) products = g_array_new (FALSE, TRUE, sizeof (Product));
  GThreadPool *pool = g_thread_pool_new (compile, bench, (int) g_get_num_processors (), TRUE, NULL);

  write_contents (bench);
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      for (guint32 lanes = 8; lanes <= MIN (32, bench->device->info.subgroup_size); lanes *= 2)
        for (guint32 rows = 1; rows <= 4; rows *= 2)
          for (guint32 ahead = 1; rows * ahead <= 4; ahead *= 2)
            {
              const Product product = { &shapes[s], widths[w], lanes, rows, ahead, NULL };
              const gboolean is_usual = w == 0 && rows * ahead == 2;

              if (matrix_bytes (&shapes[s]) <= bench->weights.n_bytes
                  && lanes * ahead <= shapes[s].n_in / 32 * MAX (shapes[s].n_used, 1)
                  && (!bench->device->info.is_software || is_usual))
                g_array_append_val (products, product);
            }
  /* All are compiled before any is timed: a card that waits in between slows its clock. */
  for (guint i = 0; i < products->len; i++)
    g_thread_pool_push (pool, &g_array_index (products, Product, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  bench_warm_up (bench);
  for (guint i = 0; i < products->len; i++)
    measure (bench, &g_array_index (products, Product, i));
  if (!bench->device->info.is_software)
    bench_layers (bench, products);
  for (guint i = 0; i < products->len; i++)
    vkDestroyPipeline (bench->device->device, g_array_index (products, Product, i).pipeline,
                       NULL);
}
