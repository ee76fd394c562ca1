#include "vulkan-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

/* Buffers of weights are about so large: few enough to count, small enough to be found. */
#define BUFFER_BYTES (512ull << 20)

BlnVkSplit
bln_vk_split_of (guint32 type)
{
  switch (type)
    {
    case BLN_TYPE_Q4_1:
      return (BlnVkSplit){ 0, 4 };
    case BLN_TYPE_Q5_0:
      return (BlnVkSplit){ 0, 6 };
    case BLN_TYPE_Q5_1:
      return (BlnVkSplit){ 0, 8 };
    case BLN_TYPE_Q4_0:
    case BLN_TYPE_Q8_0:
    case BLN_TYPE_IQ4_NL:
      return (BlnVkSplit){ 0, 2 };
    case BLN_TYPE_MXFP4:
      return (BlnVkSplit){ 0, 1 };
    case BLN_TYPE_Q3_K:
      return (BlnVkSplit){ 108, 2 };
    case BLN_TYPE_Q6_K:
      return (BlnVkSplit){ 208, 2 };
    default:
      return (BlnVkSplit){ 0, 0 };
    }
}

static guint64
round_up (guint64 n,
          guint64 to)
{
  return (n + to - 1) / to * to;
}

/* Bytes of `n_blocks` blocks: the main plane, then the side plane. */
static guint64
planes_size (guint32  type,
             guint64  n_blocks,
             guint64 *main_bytes)
{
  const BlnTypeInfo *info = bln_type_info (type);
  const BlnVkSplit split = bln_vk_split_of (type);

  *main_bytes = round_up (n_blocks * (info->block_bytes - split.side_bytes), 16);
  return round_up (*main_bytes + n_blocks * split.side_bytes, 16);
}

typedef struct
{
  guint32 first_row, n_rows, first_slab, n_slabs;
  guint64 n_blocks, n_bytes, main_bytes;
} PiecePlan;

static GArray *
plan_pieces (const BlnWeight       *weight,
             const BlnVkDeviceInfo *info)
{
  const guint32 type = weight->tensor->type;
  const guint64 row_blocks = weight->n_in / bln_type_info (type)->block_elements;
  const guint64 limit = MIN (info->max_storage_range, info->max_allocation);
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (PiecePlan));
  guint64 unit_blocks = weight->n_slabs > 1 ? row_blocks * weight->n_out : row_blocks;
  guint64 n_units = weight->n_slabs > 1 ? weight->n_slabs : weight->n_out;
  guint64 main_bytes, per_piece;

  per_piece = limit / MAX (planes_size (type, unit_blocks, &main_bytes), 1);
  for (guint64 first = 0; first < n_units && per_piece > 0; first += per_piece)
    {
      guint64 n = MIN (per_piece, n_units - first);
      PiecePlan plan = { .n_blocks = n * unit_blocks };

      plan.n_bytes = planes_size (type, plan.n_blocks, &plan.main_bytes);
      plan.first_row = weight->n_slabs > 1 ? 0 : (guint32) first;
      plan.n_rows = weight->n_slabs > 1 ? weight->n_out : (guint32) n;
      plan.first_slab = weight->n_slabs > 1 ? (guint32) first : 0;
      plan.n_slabs = weight->n_slabs > 1 ? (guint32) n : 1;
      g_array_append_val (pieces, plan);
    }
  return pieces;
}

guint64
bln_vk_weight_size (const BlnWeight       *weight,
                    const BlnVkDeviceInfo *info)
{
  g_autoptr (GArray) pieces = plan_pieces (weight, info);
  guint64 total = 0;

  for (guint k = 0; k < pieces->len; k++)
    total += round_up (g_array_index (pieces, PiecePlan, k).n_bytes, info->offset_alignment);
  return total;
}

guint64
bln_vk_model_size (const BlnWeights      *weights,
                   const BlnVkDeviceInfo *info,
                   const guint8          *is_away)
{
  guint64 total = 0;

  for (guint i = 0; i < weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (weights->all, i);

      if (weight->is_vector)
        total += (guint64) weight->n_in * 4;
      else if (!is_away[i])
        total += bln_vk_weight_size (weight, info);
    }
  return total;
}

/* ---- places ---- */

static gboolean
close_buffer (BlnVkModel *model,
              guint64     n_bytes,
              GError    **error)
{
  BlnVkBuffer buffer;

  if (!bln_vk_buffer_init (&buffer, model->device, BLN_VK_DEVICE, n_bytes, error))
    return FALSE;
  g_array_append_val (model->buffers, buffer);
  return TRUE;
}

static BlnVkPiece
piece_at (const PiecePlan   *plan,
          const BlnVkBuffer *buffer,
          guint64            offset)
{
  return (BlnVkPiece){
    .binding = { buffer, offset, plan->n_bytes },
    .side = (guint32) (plan->main_bytes / 4),
    .first_row = plan->first_row, .n_rows = plan->n_rows,
    .first_slab = plan->first_slab, .n_slabs = plan->n_slabs,
  };
}

void
bln_vk_model_place (BlnVkModel        *model,
                    const BlnWeight   *weight,
                    const BlnVkBuffer *buffer,
                    guint64           *offset)
{
  BlnVkWeight *out = &model->all[weight->index];
  g_autoptr (GArray) pieces = plan_pieces (weight, &model->device->info);

  g_free (out->pieces);
  out->n_pieces = pieces->len;
  out->pieces = g_new0 (BlnVkPiece, pieces->len);
  for (guint k = 0; k < pieces->len; k++)
    {
      const PiecePlan *plan = &g_array_index (pieces, PiecePlan, k);

      out->pieces[k] = piece_at (plan, buffer, *offset);
      *offset += round_up (plan->n_bytes, model->device->info.offset_alignment);
    }
}

/* Gives every piece a place; `offset` is where the buffer being filled stands. Buffers are
 * known by number until all are made, since the array moves as it grows. */
static gboolean
place_pieces (BlnVkModel *model,
              GError    **error)
{
  const BlnVkDeviceInfo *info = &model->device->info;
  const guint64 limit = MIN (BUFFER_BYTES, info->max_allocation);
  guint64 offset = 0;

  for (guint i = 0; i < model->weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (model->weights->all, i);
      BlnVkWeight *out = &model->all[i];
      g_autoptr (GArray) pieces = NULL;

      *out = (BlnVkWeight){ .type = weight->tensor->type, .n_in = weight->n_in,
                            .n_out = weight->n_out, .n_slabs = weight->n_slabs };
      if (weight->is_vector || model->is_away[i])
        continue;
      pieces = plan_pieces (weight, info);
      out->n_pieces = pieces->len;
      out->pieces = g_new0 (BlnVkPiece, pieces->len);
      for (guint k = 0; k < pieces->len; k++)
        {
          const PiecePlan *plan = &g_array_index (pieces, PiecePlan, k);

          if (offset > 0 && offset + plan->n_bytes > limit)
            {
              if (!close_buffer (model, offset, error))
                return FALSE;
              offset = 0;
            }
          out->pieces[k] = piece_at (plan, GUINT_TO_POINTER (model->buffers->len), offset);
          offset += round_up (plan->n_bytes, info->offset_alignment);
          model->n_bytes += plan->n_bytes;
        }
    }
  return close_buffer (model, offset, error);
}

static void
resolve_buffers (BlnVkModel *model)
{
  for (guint i = 0; i < model->weights->all->len; i++)
    for (guint k = 0; k < model->all[i].n_pieces; k++)
      {
        BlnVkBinding *binding = &model->all[i].pieces[k].binding;

        binding->buffer = &g_array_index (model->buffers, BlnVkBuffer,
                                          GPOINTER_TO_UINT (binding->buffer));
      }
}

BlnVkModel *
bln_vk_model_new (const BlnWeights *weights,
                  const guint8     *is_away,
                  BlnVkDevice      *device,
                  GError          **error)
{
  g_autoptr (BlnVkModel) model = g_new0 (BlnVkModel, 1);

  model->device = device;
  model->weights = weights;
  model->is_away = is_away;
  model->all = g_new0 (BlnVkWeight, weights->all->len);
  model->buffers = g_array_new (FALSE, TRUE, sizeof (BlnVkBuffer));
  if (!place_pieces (model, error))
    return NULL;
  resolve_buffers (model);
  return g_steal_pointer (&model);
}

void
bln_vk_model_free (BlnVkModel *model)
{
  if (model == NULL)
    return;
  for (guint i = 0; i < model->buffers->len; i++)
    bln_vk_buffer_clear (&g_array_index (model->buffers, BlnVkBuffer, i));
  bln_vk_buffer_clear (&model->parameters);
  for (guint i = 0; i < model->weights->all->len; i++)
    g_free (model->all[i].pieces);
  g_array_unref (model->buffers);
  g_free (model->all);
  g_free (model);
}
