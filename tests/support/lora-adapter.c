#include "lora-adapter.h"

#include "model-variants.h"
#include "quant.h"

#include <math.h>
#include <string.h>

static double
mean_square (const GgufTensor *tensor)
{
  const gsize n = tensor->ne[0] * tensor->ne[1] * tensor->ne[2];
  g_autofree float *values = g_new (float, n);
  double sum = 0;

  bln_dequantize (tensor->type, tensor->data, values, n);
  for (gsize i = 0; i < n; i++)
    sum += (double) values[i] * values[i];
  return sum / n;
}

static void
add_random (GgufWriter *writer,
            const char *name,
            const char *suffix,
            guint64     n_in,
            guint64     n_out,
            guint64     n_slabs,
            double      deviation,
            GRand      *random)
{
  g_autofree char *full = g_strconcat (name, suffix, NULL);
  const gsize n = n_in * n_out * n_slabs;
  g_autofree float *values = g_new (float, n);
  const guint64 ne[] = { n_in, n_out, n_slabs };

  for (gsize i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (random, -1.7 * deviation, 1.7 * deviation);
  gguf_writer_add_tensor (writer, full, BLN_TYPE_F32, n_slabs > 1 ? 3 : 2, ne, values,
                          n * sizeof (float));
}

static void
add_pair (GgufWriter       *writer,
          const GgufTensor *base,
          guint             rank,
          float             alpha,
          GRand            *random)
{
  /* alpha / rank · B · A has about a fifth of the base's deviation. */
  const double wanted = 0.2 * sqrt (mean_square (base));
  const double deviation = sqrt (wanted / (alpha / rank * sqrt (rank)));
  const gboolean is_table = g_str_equal (base->name, "token_embd.weight");

  add_random (writer, base->name, ".lora_a", is_table ? rank : base->ne[0],
              is_table ? base->ne[1] : rank, base->ne[2], deviation, random);
  add_random (writer, base->name, ".lora_b", rank, is_table ? base->ne[0] : base->ne[1],
              base->ne[2], deviation, random);
}

GgufWriter *
lora_adapter_new (GgufWriter *base,
                  const char *part,
                  guint       rank,
                  float       alpha,
                  guint32     seed)
{
  GgufWriter *writer = gguf_writer_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  gguf_writer_set_string (writer, "general.type", "adapter");
  gguf_writer_set_string (writer, "general.name", "Test adapter");
  gguf_writer_set_string (writer, "adapter.type", "lora");
  gguf_writer_set_f32 (writer, "adapter.lora.alpha", alpha);
  for (guint i = 0; i < gguf_writer_get_n_tensors (base); i++)
    {
      const GgufTensor *tensor = gguf_writer_get_tensor (base, i);

      if (tensor->n_dims >= 2 && tensor->ne[1] > 1
          && (part == NULL || strstr (tensor->name, part) != NULL))
        add_pair (writer, tensor, rank, alpha, random);
    }
  return writer;
}

static void
merge_tensor (GgufTensor       *to,
              const GgufTensor *a,
              const GgufTensor *b,
              float             alpha)
{
  const float *of_a = (const float *) a->data, *of_b = (const float *) b->data;
  const guint64 rank = b->ne[0], n_in = to->ne[0], n_out = to->ne[1];
  const gboolean is_table = g_str_equal (to->name, "token_embd.weight");
  float *values = (float *) to->data;

  for (guint64 row = 0; row < n_out * to->ne[2]; row++)
    for (guint64 i = 0; i < n_in; i++)
      {
        double sum = 0;

        for (guint64 r = 0; r < rank; r++)
          sum += is_table ? (double) of_b[i * rank + r] * of_a[row * rank + r]
                          : (double) of_b[row * rank + r]
                              * of_a[(row / n_out * rank + r) * n_in + i];
        values[row * n_in + i] += (float) (alpha / rank * sum);
      }
}

void
lora_adapter_merge (GgufWriter *base,
                    GgufWriter *adapter,
                    float       alpha)
{
  model_dequantize (base);
  for (guint i = 0; i < gguf_writer_get_n_tensors (base); i++)
    {
      GgufTensor *tensor = gguf_writer_get_tensor (base, i);
      g_autofree char *name_a = g_strconcat (tensor->name, ".lora_a", NULL);
      g_autofree char *name_b = g_strconcat (tensor->name, ".lora_b", NULL);
      const GgufTensor *a = gguf_writer_find_tensor (adapter, name_a);

      if (a != NULL)
        merge_tensor (tensor, a, gguf_writer_find_tensor (adapter, name_b), alpha);
    }
}
