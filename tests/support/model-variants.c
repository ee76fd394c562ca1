#include "model-variants.h"

#include <math.h>
#include <string.h>

#include "quant.h"
#include "random-blocks.h"

static guint64
n_elements (const GgufTensor *tensor)
{
  return tensor->ne[0] * tensor->ne[1] * tensor->ne[2] * tensor->ne[3];
}

static void
set_data (GgufTensor *tensor,
          guint32     type,
          guint8     *data, /* taken */
          guint64     n_bytes)
{
  g_free (tensor->data);
  tensor->type = type;
  tensor->data = data;
  tensor->n_bytes = n_bytes;
}

/* ---- types ------------------------------------------------------------------------- */

static double
deviation_of (const GgufTensor *tensor)
{
  const float *values = (const float *) tensor->data;
  guint64 n = n_elements (tensor);
  double sum = 0;

  g_assert (tensor->type == BLN_TYPE_F32);
  for (guint64 i = 0; i < n; i++)
    sum += (double) values[i] * values[i];
  return sqrt (sum / n);
}

static void
quantize_tensor (GgufTensor *tensor,
                 guint32     type,
                 guint64     seed)
{
  const BlnTypeInfo *info = bln_type_info (type);
  guint64 n_bytes = n_elements (tensor) / info->block_elements * info->block_bytes;
  g_autoptr (RandomBlocks) blocks = random_blocks_new (type, deviation_of (tensor), seed);
  guint8 *data = g_malloc (n_bytes);

  random_blocks_fill (blocks, data, n_bytes);
  set_data (tensor, type, data, n_bytes);
}

void
model_quantize (GgufWriter *writer,
                guint32     type,
                guint32     fallback,
                guint64     seed)
{
  for (guint i = 0; i < gguf_writer_get_n_tensors (writer); i++)
    {
      GgufTensor *tensor = gguf_writer_get_tensor (writer, i);
      gboolean fits = tensor->ne[0] % bln_type_info (type)->block_elements == 0;

      if (tensor->n_dims >= 2 && strstr (tensor->name, "ffn_gate_inp") == NULL)
        quantize_tensor (tensor, fits ? type : fallback, seed + i);
    }
}

void
model_dequantize (GgufWriter *writer)
{
  for (guint i = 0; i < gguf_writer_get_n_tensors (writer); i++)
    {
      GgufTensor *tensor = gguf_writer_get_tensor (writer, i);
      guint64 n = n_elements (tensor);
      float *values = g_new (float, n);

      bln_dequantize (tensor->type, tensor->data, values, n);
      set_data (tensor, BLN_TYPE_F32, (guint8 *) values, n * sizeof (float));
    }
}

static void
retype_tensor (GgufTensor *tensor,
               guint32     type)
{
  guint64 n = n_elements (tensor);
  g_autofree float *values = g_new (float, n);
  guint16 *halves = g_new (guint16, n);

  bln_dequantize (tensor->type, tensor->data, values, n);
  for (guint64 i = 0; i < n; i++)
    halves[i] = type == BLN_TYPE_F16 ? bln_float_to_half (values[i])
                                     : bln_float_to_bfloat16 (values[i]);
  set_data (tensor, type, (guint8 *) halves, n * sizeof (guint16));
}

void
model_retype (GgufWriter *writer,
              const char *suffix,
              guint32     type)
{
  g_assert (type == BLN_TYPE_F16 || type == BLN_TYPE_BF16);
  for (guint i = 0; i < gguf_writer_get_n_tensors (writer); i++)
    if (g_str_has_suffix (gguf_writer_get_tensor (writer, i)->name, suffix))
      retype_tensor (gguf_writer_get_tensor (writer, i), type);
}

/* ---- layouts ----------------------------------------------------------------------- */

static GgufTensor *
find_in_block (GgufWriter *writer,
               guint       block,
               const char *name)
{
  g_autofree char *full = g_strdup_printf ("blk.%u.%s", block, name);

  return gguf_writer_find_tensor (writer, full);
}

/* Adds a tensor of these rows (pieces one after the other) where `before` stands, and removes
 * the pieces. All pieces have the type of the first. */
static void
replace_by_rows (GgufWriter  *writer,
                 guint        block,
                 const char  *name,
                 GgufTensor **pieces,
                 guint        n_pieces)
{
  g_autofree char *full = g_strdup_printf ("blk.%u.%s", block, name);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 ne[4] = { pieces[0]->ne[0], 0, pieces[0]->ne[2], 1 };
  guint64 n_slabs = pieces[0]->ne[2];
  guint n_dims = pieces[0]->n_dims;

  if (n_dims == 1)
    ne[0] = 0;
  for (guint slab = 0; slab < n_slabs; slab++)
    for (guint i = 0; i < n_pieces; i++)
      {
        guint64 slab_bytes = pieces[i]->n_bytes / n_slabs;

        g_assert (pieces[i]->type == pieces[0]->type);
        g_byte_array_append (bytes, pieces[i]->data + slab * slab_bytes, slab_bytes);
      }
  for (guint i = 0; i < n_pieces; i++)
    ne[n_dims == 1 ? 0 : 1] += pieces[i]->ne[n_dims == 1 ? 0 : 1];
  gguf_writer_add_tensor (writer, full, pieces[0]->type, n_dims, ne, bytes->data, bytes->len);
  gguf_writer_move_last_before (writer, pieces[0]->name);
  for (guint i = 0; i < n_pieces; i++)
    gguf_writer_remove_tensor (writer, pieces[i]->name);
}

static float *
join_heads (const FixtureModel *model,
            const float        *k_b,
            const float        *v_b)
{
  guint KL = model->kv_rank, nope = model->nope_dim, v = model->value_dim;
  float *joined = g_new (float, (gsize) KL * model->n_heads * (nope + v));

  for (guint h = 0; h < model->n_heads; h++)
    {
      float *head = joined + (gsize) h * (nope + v) * KL;

      for (guint d = 0; d < nope; d++)
        for (guint j = 0; j < KL; j++)
          head[(gsize) d * KL + j] = k_b[d + nope * (j + (gsize) KL * h)];
      memcpy (head + (gsize) nope * KL, v_b + (gsize) h * v * KL, (gsize) v * KL * sizeof (float));
    }
  return joined;
}

static void
join_block (GgufWriter         *writer,
            const FixtureModel *model,
            guint               block,
            gboolean            keeps_split)
{
  GgufTensor *k_b = find_in_block (writer, block, "attn_k_b.weight");
  GgufTensor *v_b = find_in_block (writer, block, "attn_v_b.weight");
  g_autofree char *name = g_strdup_printf ("blk.%u.attn_kv_b.weight", block);
  guint rows = model->n_heads * (model->nope_dim + model->value_dim);
  const guint64 ne[2] = { model->kv_rank, rows };
  g_autofree float *joined = NULL;

  g_assert (k_b->type == BLN_TYPE_F32 && v_b->type == BLN_TYPE_F32);
  joined = join_heads (model, (const float *) k_b->data, (const float *) v_b->data);
  gguf_writer_add_tensor (writer, name, BLN_TYPE_F32, 2, ne, joined,
                          ne[0] * ne[1] * sizeof (float));
  gguf_writer_move_last_before (writer, k_b->name);
  if (keeps_split)
    return;
  gguf_writer_remove_tensor (writer, k_b->name);
  gguf_writer_remove_tensor (writer, v_b->name);
}

void
model_join_kv_b (GgufWriter         *writer,
                 const FixtureModel *model,
                 gboolean            keeps_split)
{
  for (guint block = 0; block < model->n_layers; block++)
    join_block (writer, model, block, keeps_split);
  if (keeps_split)
    return;
  gguf_writer_set_u32 (writer, "deepseek2.attention.head_count_kv", model->n_heads);
  gguf_writer_set_u32 (writer, "deepseek2.attention.key_length",
                       model->nope_dim + model->rope_dim);
  gguf_writer_set_u32 (writer, "deepseek2.attention.value_length", model->value_dim);
  gguf_writer_remove (writer, "deepseek2.attention.key_length_mla");
  gguf_writer_remove (writer, "deepseek2.attention.value_length_mla");
}

static void
fuse_qkv_of (GgufWriter *writer,
             guint       block,
             const char *kind)
{
  static const char *const names[3] = { "attn_q", "attn_k", "attn_v" };
  g_autofree char *fused = g_strconcat ("attn_qkv.", kind, NULL);
  GgufTensor *pieces[3];

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strconcat (names[i], ".", kind, NULL);

      pieces[i] = find_in_block (writer, block, name);
    }
  if (pieces[0] != NULL)
    replace_by_rows (writer, block, fused, pieces, 3);
}

void
model_fuse_qkv (GgufWriter         *writer,
                const FixtureModel *model)
{
  for (guint block = 0; block < model->n_layers; block++)
    {
      fuse_qkv_of (writer, block, "weight");
      fuse_qkv_of (writer, block, "bias");
    }
}

void
model_fuse_gate_up (GgufWriter         *writer,
                    const FixtureModel *model)
{
  for (guint block = model->n_dense; block < model->n_layers; block++)
    {
      GgufTensor *pieces[2] = { find_in_block (writer, block, "ffn_gate_exps.weight"),
                                find_in_block (writer, block, "ffn_up_exps.weight") };

      replace_by_rows (writer, block, "ffn_gate_up_exps.weight", pieces, 2);
    }
}
