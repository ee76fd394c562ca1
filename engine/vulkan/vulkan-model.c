#include "vulkan-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

/* Buffers of weights are about so large: few enough to count, small enough to be found. */
#define BUFFER_BYTES (512ull << 20)
#define STAGING_BYTES (32ull << 20)

/* Which bytes of a block stand aside. */
typedef struct
{
  guint side_first, side_bytes;
} Split;

static Split
split_of (guint32 type)
{
  switch (type)
    {
    case BLN_TYPE_Q4_1:
      return (Split){ 0, 4 };
    case BLN_TYPE_Q5_0:
      return (Split){ 0, 6 };
    case BLN_TYPE_Q5_1:
      return (Split){ 0, 8 };
    case BLN_TYPE_Q4_0:
    case BLN_TYPE_Q8_0:
    case BLN_TYPE_IQ4_NL:
      return (Split){ 0, 2 };
    case BLN_TYPE_MXFP4:
      return (Split){ 0, 1 };
    case BLN_TYPE_Q3_K:
      return (Split){ 108, 2 };
    case BLN_TYPE_Q6_K:
      return (Split){ 208, 2 };
    default:
      return (Split){ 0, 0 };
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
  Split split = split_of (type);

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
        {
          g_autoptr (GArray) pieces = plan_pieces (weight, info);

          for (guint k = 0; k < pieces->len; k++)
            total += round_up (g_array_index (pieces, PiecePlan, k).n_bytes,
                               info->offset_alignment);
        }
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
          out->pieces[k] = (BlnVkPiece){
            .binding = { GUINT_TO_POINTER (model->buffers->len), offset, plan->n_bytes },
            .side = (guint32) (plan->main_bytes / 4),
            .first_row = plan->first_row, .n_rows = plan->n_rows,
            .first_slab = plan->first_slab, .n_slabs = plan->n_slabs,
          };
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

/* ---- upload ---- */

typedef struct
{
  BlnVkModel *model;
  BlnVkQueue *queue;
  const BlnVkPipelines *pipelines;
  BlnVkBuffer staging;
  BlnVkProgress progress;
  gpointer user_data;
  guint64 done, total;
} Upload;

static gboolean
send_staged (Upload             *upload,
             const BlnVkBuffer  *to,
             guint64             offset,
             guint64             n_bytes,
             GError            **error)
{
  BlnVkCommands commands;
  guint64 value;
  gboolean sent;

  if (!bln_vk_commands_begin (&commands, upload->queue, upload->pipelines, 0, 0, error))
    return FALSE;
  bln_vk_commands_copy (&commands, &upload->staging, 0, to, offset, n_bytes);
  sent = bln_vk_commands_end (&commands, error)
         && bln_vk_commands_submit (&commands, &value, error)
         && bln_vk_queue_wait (upload->queue, value, error);
  bln_vk_commands_clear (&commands);
  return sent;
}

/* One of the two planes of blocks [first, first + n) into the staging buffer. */
static void
stage_plane (guint8       *out,
             const guint8 *blocks,
             guint         block_bytes,
             Split         split,
             gboolean      is_side,
             guint64       n)
{
  const guint tail = block_bytes - split.side_first - split.side_bytes;

  if (split.side_bytes == 0)
    {
      memcpy (out, blocks, n * block_bytes);
      return;
    }
  for (guint64 i = 0; i < n; i++, blocks += block_bytes)
    if (is_side)
      {
        memcpy (out, blocks + split.side_first, split.side_bytes);
        out += split.side_bytes;
      }
    else
      {
        memcpy (out, blocks, split.side_first);
        memcpy (out + split.side_first, blocks + split.side_first + split.side_bytes, tail);
        out += split.side_first + tail;
      }
}

static gboolean
upload_plane (Upload           *upload,
              const BlnWeight  *weight,
              const BlnVkPiece *piece,
              guint64           first_block,
              guint64           n_blocks,
              gboolean          is_side,
              GError          **error)
{
  const guint block_bytes = bln_type_info (weight->tensor->type)->block_bytes;
  const Split split = split_of (weight->tensor->type);
  const guint plane_bytes = is_side ? split.side_bytes : block_bytes - split.side_bytes;
  guint64 at = piece->binding.offset + (is_side ? (guint64) piece->side * 4 : 0);
  const guint64 per_step = STAGING_BYTES / plane_bytes;

  for (guint64 i = 0; i < n_blocks; i += per_step)
    {
      const guint64 n = MIN (per_step, n_blocks - i);
      const guint64 from = (first_block + i) * block_bytes;

      if (!bln_gguf_populate (upload->model->weights->gguf, weight->tensor, from,
                              n * block_bytes, error))
        return FALSE;
      stage_plane (upload->staging.mapped, weight->tensor->data + from, block_bytes, split,
                   is_side, n);
      if (!send_staged (upload, piece->binding.buffer, at, n * plane_bytes, error))
        return FALSE;
      at += n * plane_bytes;
      upload->done += n * plane_bytes;
      if (upload->progress != NULL
          && !upload->progress (upload->done, upload->total, upload->user_data))
        {
          g_set_error (error, BLN_ERROR, BLN_ERROR_STOPPED, _("Loading was stopped."));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
upload_weight (Upload          *upload,
               const BlnWeight *weight,
               GError         **error)
{
  const BlnVkWeight *out = &upload->model->all[weight->index];
  const guint64 row_blocks = weight->n_in
                             / bln_type_info (weight->tensor->type)->block_elements;

  for (guint k = 0; k < out->n_pieces; k++)
    {
      const BlnVkPiece *piece = &out->pieces[k];
      const guint64 first = ((guint64) piece->first_slab * weight->n_out + piece->first_row)
                            * row_blocks;
      const guint64 n = (guint64) piece->n_slabs * piece->n_rows * row_blocks;

      if (!upload_plane (upload, weight, piece, first, n, FALSE, error)
          || (split_of (weight->tensor->type).side_bytes > 0
              && !upload_plane (upload, weight, piece, first, n, TRUE, error)))
        return FALSE;
    }
  bln_gguf_release (upload->model->weights->gguf, weight->tensor);
  return TRUE;
}

/* Norms and biases: few, small, wanted as F32. */
static gboolean
upload_parameters (Upload  *upload,
                   GError **error)
{
  BlnVkModel *model = upload->model;
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (float));

  for (guint i = 0; i < model->weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (model->weights->all, i);
      guint first = values->len;

      if (!weight->is_vector)
        continue;
      if (!bln_gguf_populate (model->weights->gguf, weight->tensor, 0, weight->tensor->n_bytes,
                              error))
        return FALSE;
      model->all[i].parameters = first;
      g_array_set_size (values, first + weight->n_in);
      bln_dequantize (weight->tensor->type, weight->tensor->data,
                      &g_array_index (values, float, first), weight->n_in);
    }
  g_array_set_size (values, values->len + 1);
  if (values->len * sizeof (float) > STAGING_BYTES)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” has more norms and biases than a graphics card is given at once. "
                     "Run it on the processor."), bln_gguf_get_path (model->weights->gguf));
      return FALSE;
    }
  memcpy (upload->staging.mapped, values->data, values->len * sizeof (float));
  return bln_vk_buffer_init (&model->parameters, model->device, BLN_VK_DEVICE,
                             values->len * sizeof (float), error)
         && send_staged (upload, &model->parameters, 0, values->len * sizeof (float), error);
}

BlnVkModel *
bln_vk_model_new (const BlnWeights     *weights,
                  const guint8         *is_away,
                  BlnVkDevice          *device,
                  BlnVkQueue           *queue,
                  const BlnVkPipelines *pipelines,
                  BlnVkProgress         progress,
                  gpointer              user_data,
                  GError              **error)
{
  g_autoptr (BlnVkModel) model = g_new0 (BlnVkModel, 1);
  Upload upload = { model, queue, pipelines, .progress = progress, .user_data = user_data };
  gboolean loaded;

  model->device = device;
  model->weights = weights;
  model->is_away = is_away;
  model->all = g_new0 (BlnVkWeight, weights->all->len);
  model->buffers = g_array_new (FALSE, TRUE, sizeof (BlnVkBuffer));
  if (!place_pieces (model, error))
    return NULL;
  resolve_buffers (model);
  upload.total = model->n_bytes;
  if (!bln_vk_buffer_init (&upload.staging, device, BLN_VK_UPLOAD, STAGING_BYTES, error))
    return NULL;
  loaded = upload_parameters (&upload, error);
  for (guint i = 0; loaded && i < weights->all->len; i++)
    if (!((BlnWeight *) g_ptr_array_index (weights->all, i))->is_vector)
      loaded = upload_weight (&upload, g_ptr_array_index (weights->all, i), error);
  bln_vk_buffer_clear (&upload.staging);
  return loaded ? g_steal_pointer (&model) : NULL;
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
