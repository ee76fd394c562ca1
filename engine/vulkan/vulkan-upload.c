/* Weights on their way to the device: through a ring of staging buffers, so that the file is read
 * while the device copies. */
#include "vulkan-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bln-engine.h"

#define N_STAGES 3
#define STAGE_BYTES (16ull << 20)
/* Copies that one stage collects. */
#define MAX_COPIES 256u
/* Threads that fill a stage; one alone fills so little. */
#define MAX_STRETCHES 8u
#define ALONE_BYTES (1u << 20)

typedef struct
{
  const BlnVkBuffer *to;
  guint64 from_offset, to_offset, n_bytes;
} Copy;

typedef struct
{
  BlnVkBuffer buffer;
  BlnVkCommands commands; /* of its last submission */
  guint64 used;
} Stage;

struct _BlnVkUpload
{
  BlnVkModel *model;
  BlnVkQueue *queue;
  const BlnVkPipelines *pipelines;
  Stage stages[N_STAGES];
  guint current;
  Copy copies[MAX_COPIES]; /* of the current stage, not yet submitted */
  guint n_copies;
  guint64 done;
  BlnVkProgress progress; /* (nullable) */
  gpointer user_data;
};

BlnVkUpload *
bln_vk_upload_new (BlnVkModel           *model,
                   BlnVkQueue           *queue,
                   const BlnVkPipelines *pipelines,
                   GError              **error)
{
  g_autoptr (BlnVkUpload) upload = g_new0 (BlnVkUpload, 1);

  upload->model = model;
  upload->queue = queue;
  upload->pipelines = pipelines;
  for (guint i = 0; i < N_STAGES; i++)
    if (!bln_vk_buffer_init (&upload->stages[i].buffer, model->device, BLN_VK_UPLOAD, STAGE_BYTES,
                             error))
      return NULL;
  return g_steal_pointer (&upload);
}

void
bln_vk_upload_free (BlnVkUpload *upload)
{
  if (upload == NULL)
    return;
  for (guint i = 0; i < N_STAGES; i++)
    {
      bln_vk_commands_clear (&upload->stages[i].commands);
      bln_vk_buffer_clear (&upload->stages[i].buffer);
    }
  g_free (upload);
}

/* ---- stages ---- */

/* Submits what the current stage holds and turns to the next, waiting for what it held before. */
static gboolean
turn (BlnVkUpload *upload,
      GError     **error)
{
  Stage *stage = &upload->stages[upload->current];

  if (upload->n_copies > 0)
    {
      if (!bln_vk_commands_begin (&stage->commands, upload->queue, upload->pipelines, 0, error))
        return FALSE;
      for (guint i = 0; i < upload->n_copies; i++)
        {
          const Copy *copy = &upload->copies[i];

          bln_vk_commands_copy (&stage->commands, &stage->buffer, copy->from_offset, copy->to,
                                copy->to_offset, copy->n_bytes);
        }
      if (!bln_vk_commands_end (&stage->commands, error)
          || !bln_vk_commands_submit (&stage->commands, NULL, error))
        return FALSE;
    }
  upload->n_copies = 0;
  upload->current = (upload->current + 1) % N_STAGES;
  stage = &upload->stages[upload->current];
  stage->used = 0;
  if (stage->commands.last_value > 0
      && !bln_vk_queue_wait (upload->queue, stage->commands.last_value, error))
    return FALSE;
  bln_vk_commands_clear (&stage->commands);
  return TRUE;
}

/* Where the next bytes for `to` are to be written: room for `*n_units` units, or for fewer; NULL
 * with an error. */
static guint8 *
reserve (BlnVkUpload       *upload,
         const BlnVkBuffer *to,
         guint64            to_offset,
         guint              unit_bytes,
         guint64           *n_units,
         GError           **error)
{
  Stage *stage = &upload->stages[upload->current];
  guint64 n_bytes;

  if ((stage->used + unit_bytes > STAGE_BYTES || upload->n_copies == MAX_COPIES)
      && !turn (upload, error))
    return NULL;
  stage = &upload->stages[upload->current];
  *n_units = MIN (*n_units, (STAGE_BYTES - stage->used) / unit_bytes);
  n_bytes = *n_units * unit_bytes;
  upload->copies[upload->n_copies++] = (Copy){ to, stage->used, to_offset, n_bytes };
  /* Copies begin at whole words. */
  stage->used = (stage->used + n_bytes + 15) / 16 * 16;
  return (guint8 *) stage->buffer.mapped + upload->copies[upload->n_copies - 1].from_offset;
}

static gboolean
finish (BlnVkUpload *upload,
        GError     **error)
{
  return turn (upload, error)
         && (upload->queue->submitted == 0
             || bln_vk_queue_wait (upload->queue, upload->queue->submitted, error));
}

/* ---- matrices ---- */

/* One of the two planes of blocks [first, first + n). */
static void
stage_plane (guint8       *out,
             const guint8 *blocks,
             guint         block_bytes,
             BlnVkSplit    split,
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

/* A stretch of blocks on its way into a stage: several threads take one each, for to read pages and
 * to sort bytes costs more than the device needs to copy them. */
typedef struct
{
  BlnGguf *gguf;
  const BlnWeight *weight;
  guint64 first, n; /* blocks */
  gboolean is_side;
  guint8 *out;
  GError *error;    /* (owned) (nullable) */
} Stretch;

static gpointer
stage_stretch (gpointer data)
{
  Stretch *stretch = data;
  const BlnTensor *tensor = stretch->weight->tensor;
  const guint block_bytes = bln_type_info (tensor->type)->block_bytes;
  const guint64 from = stretch->first * block_bytes;

  if (bln_gguf_populate (stretch->gguf, tensor, from, stretch->n * block_bytes, &stretch->error))
    stage_plane (stretch->out, tensor->data + from, block_bytes, bln_vk_split_of (tensor->type),
                 stretch->is_side, stretch->n);
  return NULL;
}

static gboolean
stage_blocks (const Stretch *all,
              guint          plane_bytes,
              GError       **error)
{
  const guint n_threads = all->n * plane_bytes < ALONE_BYTES
                          ? 1
                          : CLAMP (g_get_num_processors () / 2, 1, MAX_STRETCHES);
  Stretch stretches[MAX_STRETCHES];
  GThread *threads[MAX_STRETCHES];
  gboolean is_staged = TRUE;

  for (guint i = 0; i < n_threads; i++)
    {
      const guint64 first = all->n * i / n_threads;

      stretches[i] = *all;
      stretches[i].first = all->first + first;
      stretches[i].n = all->n * (i + 1) / n_threads - first;
      stretches[i].out = all->out + first * plane_bytes;
      if (i > 0)
        threads[i] = g_thread_new ("upload", stage_stretch, &stretches[i]);
    }
  stage_stretch (&stretches[0]);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < n_threads; i++)
    if (stretches[i].error != NULL && is_staged)
      {
        g_propagate_error (error, stretches[i].error);
        is_staged = FALSE;
      }
    else
      g_clear_error (&stretches[i].error);
  return is_staged;
}

static gboolean
stage_piece (const BlnVkModel *model,
             const BlnWeight  *weight,
             const BlnVkPiece *piece,
             gboolean          is_side,
             guint8           *out,
             GError          **error)
{
  const BlnTypeInfo *info = bln_type_info (weight->tensor->type);
  const BlnVkSplit split = bln_vk_split_of (weight->tensor->type);
  const guint64 row_blocks = weight->n_in / info->block_elements;
  const Stretch stretch = {
    model->weights->gguf, weight,
    .first = ((guint64) piece->first_slab * weight->n_out + piece->first_row) * row_blocks,
    .n = (guint64) piece->n_slabs * piece->n_rows * row_blocks,
    .is_side = is_side,
    .out = out + piece->binding.offset + (is_side ? (guint64) piece->side * 4 : 0),
  };

  return stage_blocks (&stretch, is_side ? split.side_bytes : info->block_bytes - split.side_bytes,
                       error);
}

gboolean
bln_vk_stage_weight (const BlnVkModel *model,
                     const BlnWeight  *weight,
                     guint8           *out,
                     GError          **error)
{
  const BlnVkWeight *own = &model->all[weight->index];
  const gboolean has_side = bln_vk_split_of (weight->tensor->type).side_bytes > 0;

  for (guint k = 0; k < own->n_pieces; k++)
    if (!stage_piece (model, weight, &own->pieces[k], FALSE, out, error)
        || (has_side && !stage_piece (model, weight, &own->pieces[k], TRUE, out, error)))
      return FALSE;
  return TRUE;
}

static gboolean
tell (const BlnVkUpload *upload,
      GError           **error)
{
  if (upload->progress == NULL
      || upload->progress (upload->done, upload->model->n_bytes, upload->user_data))
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_STOPPED, _("Loading was stopped."));
  return FALSE;
}

static gboolean
upload_plane (BlnVkUpload      *upload,
              const BlnWeight  *weight,
              const BlnVkPiece *piece,
              guint64           first_block,
              guint64           n_blocks,
              gboolean          is_side,
              GError          **error)
{
  const guint block_bytes = bln_type_info (weight->tensor->type)->block_bytes;
  const BlnVkSplit split = bln_vk_split_of (weight->tensor->type);
  const guint plane_bytes = is_side ? split.side_bytes : block_bytes - split.side_bytes;
  const guint64 start = piece->binding.offset + (is_side ? (guint64) piece->side * 4 : 0);

  for (guint64 i = 0, n; i < n_blocks; i += n)
    {
      Stretch stretch = { upload->model->weights->gguf, weight, first_block + i,
                          .is_side = is_side };

      n = n_blocks - i;
      stretch.out = reserve (upload, piece->binding.buffer, start + i * plane_bytes, plane_bytes, &n,
                             error);
      stretch.n = n;
      if (stretch.out == NULL || !stage_blocks (&stretch, plane_bytes, error))
        return FALSE;
      upload->done += n * plane_bytes;
      if (!tell (upload, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
upload_weight (BlnVkUpload     *upload,
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
          || (bln_vk_split_of (weight->tensor->type).side_bytes > 0
              && !upload_plane (upload, weight, piece, first, n, TRUE, error)))
        return FALSE;
    }
  bln_gguf_release (upload->model->weights->gguf, weight->tensor);
  return TRUE;
}

gboolean
bln_vk_upload_matrices (BlnVkUpload  *upload,
                        BlnVkProgress progress,
                        gpointer      user_data,
                        GError      **error)
{
  const BlnVkModel *model = upload->model;

  upload->progress = progress;
  upload->user_data = user_data;
  for (guint i = 0; i < model->weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (model->weights->all, i);

      if (weight->is_vector || model->is_away[i])
        continue;
      if (!upload_weight (upload, weight, error))
        return FALSE;
    }
  if (!finish (upload, error))
    return FALSE;
  upload->done = model->n_bytes; /* with what alignment added */
  return tell (upload, error);
}

/* ---- parameters ---- */

/* All of them as F32, one behind the other, and where each begins. */
static GArray *
collect_parameters (BlnVkModel *model,
                    GError    **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (float));

  for (guint i = 0; i < model->weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (model->weights->all, i);
      /* Shaders may load vectors of four. */
      const guint first = (values->len + 3) / 4 * 4;

      if (!weight->is_vector)
        continue;
      if (!bln_gguf_populate (model->weights->gguf, weight->tensor, 0, weight->tensor->n_bytes,
                              error))
        return NULL;
      model->all[i].parameters = first;
      g_array_set_size (values, first + weight->n_in);
      bln_dequantize (weight->tensor->type, weight->tensor->data,
                      &g_array_index (values, float, first), weight->n_in);
    }
  g_array_set_size (values, values->len + 4);
  return g_steal_pointer (&values);
}

gboolean
bln_vk_upload_parameters (BlnVkUpload *upload,
                          GError     **error)
{
  BlnVkModel *model = upload->model;
  g_autoptr (GArray) values = collect_parameters (model, error);

  if (values == NULL
      || !bln_vk_buffer_init (&model->parameters, model->device, BLN_VK_DEVICE,
                              values->len * sizeof (float), error))
    return FALSE;
  for (guint64 i = 0, n; i < values->len; i += n)
    {
      guint8 *out;

      n = values->len - i;
      out = reserve (upload, &model->parameters, i * sizeof (float), sizeof (float), &n, error);
      if (out == NULL)
        return FALSE;
      memcpy (out, &g_array_index (values, float, i), n * sizeof (float));
    }
  return finish (upload, error);
}
