#include "lora.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>

/* Thin matrices are made so many rows or columns wide, with zeros: kernels like whole blocks. */
#define RANK_STEP 32u
#define ALIGNMENT 64u
#define MOST_THREADS 64u

typedef struct
{
  const BlnLoraPair *pair;
  BlnWeight *base;
  guint64 rank;       /* true one */
  gboolean is_beside;
  gboolean is_flipped; /* of the table of embeddings: A [rank, n_out], B [rank, n_in] */
  const BlnTensor *original; /* merged: the base's tensor before */
  BlnTensor *first, *second; /* A and B, or the merged matrix and NULL */
} Change;

typedef struct
{
  BlnWeights *weights;
  BlnAdapter *adapter;
  GArray *changes; /* of Change */
} Applier;

/* ---- which matrices ---------------------------------------------------------------------- */

/* Products of their own: what bln_record_matmul() is called with. */
static gboolean
is_product (const BlnWeights *weights,
            const BlnWeight  *weight)
{
  for (guint i = 0; i < weights->config.n_blocks; i++)
    {
      const BlnBlock *block = &weights->blocks[i];
      const BlnWeight *const products[] = {
        block->attn_q, block->attn_k, block->attn_v, block->attn_qkv, block->attn_output,
        block->attn_q_a, block->attn_q_b, block->attn_kv_a,
        block->ffn_gate, block->ffn_up, block->ffn_down, block->eh_proj,
      };

      for (gsize k = 0; k < G_N_ELEMENTS (products); k++)
        if (products[k] == weight)
          return TRUE;
    }
  return FALSE;
}

static BlnWeight *
find_weight (const BlnWeights *weights,
             const char       *name)
{
  for (guint i = 0; i < weights->all->len; i++)
    {
      BlnWeight *weight = g_ptr_array_index (weights->all, i);

      if (strcmp (weight->tensor->name, name) == 0)
        return weight;
    }
  return NULL;
}

static gboolean
refuse (const Applier *applier,
        const char    *name,
        GError       **error)
{
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("The adapter “%s” is for another model: %s is not of its shape here. Choose the "
                 "model it was made for."),
               bln_adapter_get_info (applier->adapter)->name, name);
  return FALSE;
}

static gboolean
take_pair (Applier           *applier,
           const BlnLoraPair *pair,
           GError           **error)
{
  Change change = { .pair = pair, .base = find_weight (applier->weights, pair->name) };
  const guint64 *a = pair->a->ne, *b = pair->b->ne;
  const BlnWeight *base = change.base;

  if (base == NULL || base->is_vector || a[2] != base->n_slabs)
    return refuse (applier, pair->name, error);
  change.rank = b[0];
  change.is_flipped = base == applier->weights->token_embd && a[0] == b[0]
                      && a[1] == base->n_out && b[1] == base->n_in;
  if (!change.is_flipped && (a[0] != base->n_in || a[1] != b[0] || b[1] != base->n_out))
    return refuse (applier, pair->name, error);
  change.is_beside = is_product (applier->weights, base);
  g_array_append_val (applier->changes, change);
  return TRUE;
}

/* ---- room -------------------------------------------------------------------------------- */

static BlnTensor *
add_tensor (BlnWeights *weights,
            const char *name,
            guint32     type,
            guint64     n_in,
            guint64     n_out,
            guint64     n_slabs)
{
  BlnTensor *tensor = g_new0 (BlnTensor, 1);
  const BlnTypeInfo *info = bln_type_info (type);

  tensor->name = name;
  tensor->type = type;
  tensor->n_dims = n_slabs > 1 ? 3 : 2;
  tensor->ne[0] = n_in;
  tensor->ne[1] = n_out;
  tensor->ne[2] = n_slabs;
  tensor->ne[3] = 1;
  tensor->n_bytes = n_in / info->block_elements * info->block_bytes * n_out * n_slabs;
  tensor->part = BLN_OWN_MEMORY;
  tensor->offset = weights->own_bytes; /* until there is memory */
  weights->own_bytes += (tensor->n_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  g_ptr_array_add (weights->own_tensors, tensor);
  return tensor;
}

static BlnWeight *
add_weight (BlnWeights      *weights,
            const BlnTensor *tensor)
{
  BlnWeight *weight = g_new0 (BlnWeight, 1);

  weight->tensor = tensor;
  weight->index = weights->all->len;
  weight->n_in = (guint32) tensor->ne[0];
  weight->n_out = (guint32) tensor->ne[1];
  weight->n_slabs = 1;
  g_ptr_array_add (weights->all, weight);
  return weight;
}

static void
make_room_for (Applier *applier,
               Change  *change)
{
  BlnWeights *weights = applier->weights;
  BlnWeight *base = change->base;
  const guint64 rank = (change->rank + RANK_STEP - 1) / RANK_STEP * RANK_STEP;
  const guint32 type = base->tensor->type == BLN_TYPE_F32 ? BLN_TYPE_F32 : BLN_TYPE_F16;

  if (change->is_beside)
    {
      change->first = add_tensor (weights, change->pair->a->name, BLN_TYPE_F32, base->n_in, rank,
                                  1);
      change->second = add_tensor (weights, change->pair->b->name, BLN_TYPE_F32, rank,
                                   base->n_out, 1);
      base->lora_a = add_weight (weights, change->first);
      base->lora_b = add_weight (weights, change->second);
      return;
    }
  change->original = base->tensor;
  change->first = add_tensor (weights, base->tensor->name, type, base->n_in, base->n_out,
                              base->n_slabs);
  base->tensor = change->first;
}

static gboolean
allocate (BlnWeights *weights,
          GError    **error)
{
  weights->own_data = mmap (NULL, weights->own_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (weights->own_data == MAP_FAILED)
    {
      g_autofree char *size = g_format_size (weights->own_bytes);

      weights->own_data = NULL;
      g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                   _("The system gives no room for the adapter: it needs %s. Close other "
                     "programs or use the model without it."), size);
      return FALSE;
    }
  for (guint i = 0; i < weights->own_tensors->len; i++)
    {
      BlnTensor *tensor = g_ptr_array_index (weights->own_tensors, i);

      tensor->data = weights->own_data + tensor->offset;
    }
  return TRUE;
}

/* ---- numbers ----------------------------------------------------------------------------- */

static float *
decode (BlnGguf         *gguf,
        const BlnTensor *tensor,
        GError         **error)
{
  const gsize n = tensor->ne[0] * tensor->ne[1] * tensor->ne[2];
  float *values;

  if (!bln_gguf_populate (gguf, tensor, 0, tensor->n_bytes, error))
    return NULL;
  values = g_new (float, n);
  bln_dequantize (tensor->type, tensor->data, values, n);
  return values;
}

static void
fill_beside (const Change *change,
             const float  *a,
             const float  *b)
{
  float *to_a = (float *) change->first->data, *to_b = (float *) change->second->data;
  const guint64 padded = change->first->ne[1];

  memcpy (to_a, a, change->rank * change->base->n_in * sizeof (float));
  for (guint64 row = 0; row < change->base->n_out; row++)
    for (guint64 r = 0; r < change->rank; r++)
      to_b[row * padded + r] = change->pair->scale * b[row * change->rank + r];
}

/* Some of the rows of all slabs, by one thread. */
typedef struct
{
  const Change *change;
  const float *a, *b;
  guint64 first, end;
} Stretch;

static void
add_product (const Change *change,
             const float  *a,
             const float  *b,
             guint64       row,
             float        *out)
{
  const guint64 n_in = change->base->n_in, slab = row / change->base->n_out;
  const guint64 rank = change->rank;

  if (change->is_flipped)
    {
      for (guint64 i = 0; i < n_in; i++)
        for (guint64 r = 0; r < rank; r++)
          out[i] += change->pair->scale * b[i * rank + r] * a[row * rank + r];
      return;
    }
  for (guint64 r = 0; r < rank; r++)
    {
      const float factor = change->pair->scale * b[row * rank + r];
      const float *from = a + (slab * rank + r) * n_in;

      for (guint64 i = 0; i < n_in; i++)
        out[i] += factor * from[i];
    }
}

static gpointer
merge_stretch (gpointer data)
{
  const Stretch *stretch = data;
  const Change *change = stretch->change;
  const guint64 n_in = change->base->n_in;
  const BlnTypeInfo *info = bln_type_info (change->original->type);
  const gsize row_bytes = n_in / info->block_elements * info->block_bytes;
  g_autofree float *values = g_new (float, n_in);

  for (guint64 row = stretch->first; row < stretch->end; row++)
    {
      bln_dequantize (change->original->type, change->original->data + row * row_bytes, values,
                      n_in);
      add_product (change, stretch->a, stretch->b, row, values);
      if (change->first->type == BLN_TYPE_F32)
        memcpy ((float *) change->first->data + row * n_in, values, n_in * sizeof (float));
      else
        for (guint64 i = 0; i < n_in; i++)
          ((guint16 *) change->first->data)[row * n_in + i] = bln_float_to_half (values[i]);
    }
  return NULL;
}

static void
merge (const Change *change,
       const float  *a,
       const float  *b)
{
  const guint64 n_rows = (guint64) change->base->n_out * change->base->n_slabs;
  const guint n_threads = (guint) CLAMP (MIN (g_get_num_processors (), n_rows / 64), 1,
                                         MOST_THREADS);
  Stretch stretches[MOST_THREADS];
  GThread *threads[MOST_THREADS];

  for (guint i = 0; i < n_threads; i++)
    {
      stretches[i] = (Stretch){ change, a, b, n_rows * i / n_threads,
                                n_rows * (i + 1) / n_threads };
      if (i > 0)
        threads[i] = g_thread_new ("adapter", merge_stretch, &stretches[i]);
    }
  merge_stretch (&stretches[0]);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
}

static gboolean
fill (Applier      *applier,
      const Change *change,
      GError      **error)
{
  BlnGguf *gguf = applier->weights->gguf, *own = bln_adapter_get_gguf (applier->adapter);
  g_autofree float *a = decode (own, change->pair->a, error);
  g_autofree float *b = a != NULL ? decode (own, change->pair->b, error) : NULL;

  if (b == NULL)
    return FALSE;
  if (change->is_beside)
    fill_beside (change, a, b);
  else
    {
      if (!bln_gguf_populate (gguf, change->original, 0, change->original->n_bytes, error))
        return FALSE;
      merge (change, a, b);
      bln_gguf_release (gguf, change->original);
    }
  bln_gguf_release (own, change->pair->a);
  bln_gguf_release (own, change->pair->b);
  return TRUE;
}

static gboolean
check_base (Applier *applier,
            GError **error)
{
  const BlnAdapterInfo *info = bln_adapter_get_info (applier->adapter);

  if (strcmp (info->architecture, applier->weights->config.arch_name) == 0)
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("The adapter “%s” is for models of %s, and this one is %s. Choose the model it "
                 "was made for."),
               info->name, info->architecture, applier->weights->config.arch_name);
  return FALSE;
}

static gboolean
apply (Applier *applier,
       gboolean fills,
       GError **error)
{
  if (!check_base (applier, error))
    return FALSE;
  for (guint i = 0; i < bln_adapter_get_n_pairs (applier->adapter); i++)
    if (!take_pair (applier, bln_adapter_get_pair (applier->adapter, i), error))
      return FALSE;
  for (guint i = 0; i < applier->changes->len; i++)
    make_room_for (applier, &g_array_index (applier->changes, Change, i));
  if (!fills)
    return TRUE;
  if (!allocate (applier->weights, error))
    return FALSE;
  for (guint i = 0; i < applier->changes->len; i++)
    if (!fill (applier, &g_array_index (applier->changes, Change, i), error))
      return FALSE;
  return bln_gguf_check_unchanged (applier->weights->gguf, error)
         && bln_gguf_check_unchanged (bln_adapter_get_gguf (applier->adapter), error);
}

gboolean
bln_lora_apply (BlnWeights *weights,
                BlnAdapter *adapter,
                gboolean    fills,
                GError    **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (Change));
  Applier applier = { weights, adapter, changes };

  return apply (&applier, fills, error);
}
