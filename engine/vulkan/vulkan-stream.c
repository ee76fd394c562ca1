#include "vulkan-stream.h"

#include "feed-forward.h"

#include "bln-engine.h"

/* Fewer rows are computed sooner by the host than their weights are copied: measured, see
 * engine/README.md. BLN_VK_STREAM_ROWS is for tests. */
#define STREAM_ROWS 128u
/* Of the device's memory, for the place of one block. */
#define MOST_OF_CARD 8u

/* The weights of a feed-forward in the order in which they lie. */
#define MAX_WEIGHTS 3u

typedef struct
{
  const BlnWeight *weights[MAX_WEIGHTS];
  guint n_weights;
  guint64 n_bytes;
} Parts;

typedef struct
{
  Parts parts;
  BlnVkBuffer host;
} Block;

struct _BlnVkStream
{
  BlnVkBackend *backend;
  BlnVkBuffer place;
  GHashTable *blocks;   /* (owned) first weight → Block (owned) */
  gboolean is_filled, is_off;
};

static void
add_weight (Parts                 *parts,
            const BlnVkDeviceInfo *info,
            const BlnWeight       *weight)
{
  if (weight == NULL)
    return;
  parts->weights[parts->n_weights++] = weight;
  parts->n_bytes += bln_vk_weight_size (weight, info);
}

static Parts
parts_of (const BlnVkBackend *backend,
          const BlnProgram   *program,
          guint               index)
{
  const BlnVkDeviceInfo *info = &backend->device->info;
  const BlnOp *up = &g_array_index (program->ops, BlnOp, index);
  const BlnOp *down = up + 1;
  Parts parts = { 0 };

  if (up->kind == BLN_OP_EXPERTS_UP)
    {
      add_weight (&parts, info, up->gate_up_exps != NULL ? up->gate_up_exps : up->gate_exps);
      add_weight (&parts, info, up->gate_up_exps != NULL ? NULL : up->up_exps);
      add_weight (&parts, info, down->down_exps);
      return parts;
    }
  add_weight (&parts, info, up->parts[0].weight);
  add_weight (&parts, info, up->parts[0].up);
  add_weight (&parts, info, down->parts[0].weight);
  return parts;
}

static guint
least_rows (void)
{
  const char *text = g_getenv ("BLN_VK_STREAM_ROWS");

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : STREAM_ROWS;
}

guint64
bln_vk_stream_size (const BlnVkBackend      *backend,
                    const BlnProgram *const *programs,
                    guint                    n_programs,
                    guint64                 *host_bytes)
{
  const BlnVkDeviceInfo *info = &backend->device->info;
  guint64 most = 0;

  *host_bytes = 0;
  /* What is a processor itself has nothing to gain, nor has one that shares its memory. */
  if (info->type != VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU
      && g_getenv ("BLN_VK_STREAM_ROWS") == NULL)
    return 0;
  for (guint p = 0; p < n_programs; p++)
    for (guint i = 0; i < programs[p]->ops->len; i++)
      if (bln_feed_forward_begins (programs[p], i, backend->is_away))
        {
          const guint64 n_bytes = parts_of (backend, programs[p], i).n_bytes;

          most = MAX (most, n_bytes);
          *host_bytes += n_bytes;
        }
  if (most > MIN (info->max_allocation, backend->available / MOST_OF_CARD))
    *host_bytes = most = 0;
  return most;
}

static void
block_free (gpointer data)
{
  Block *block = data;

  bln_vk_buffer_clear (&block->host);
  g_free (block);
}

static void
add_block (BlnVkStream      *stream,
           const BlnProgram *program,
           guint             index)
{
  const Parts parts = parts_of (stream->backend, program, index);
  Block *block;
  guint64 offset = 0;

  if (g_hash_table_contains (stream->blocks, parts.weights[0]))
    return;
  block = g_new0 (Block, 1);
  block->parts = parts;
  for (guint i = 0; i < parts.n_weights; i++)
    bln_vk_model_place (stream->backend->model, parts.weights[i], &stream->place, &offset);
  g_hash_table_insert (stream->blocks, (gpointer) parts.weights[0], block);
}

BlnVkStream *
bln_vk_stream_new (BlnVkBackend            *backend,
                   const BlnProgram *const *programs,
                   guint                    n_programs,
                   guint64                  n_bytes,
                   GError                 **error)
{
  BlnVkStream *stream = g_new0 (BlnVkStream, 1);

  stream->backend = backend;
  stream->blocks = g_hash_table_new_full (NULL, NULL, NULL, block_free);
  if (!bln_vk_buffer_init (&stream->place, backend->device, BLN_VK_DEVICE, n_bytes, error))
    {
      bln_vk_stream_free (stream);
      return NULL;
    }
  for (guint p = 0; p < n_programs; p++)
    for (guint i = 0; i < programs[p]->ops->len; i++)
      if (bln_feed_forward_begins (programs[p], i, backend->is_away))
        add_block (stream, programs[p], i);
  return stream;
}

void
bln_vk_stream_free (BlnVkStream *stream)
{
  g_hash_table_unref (stream->blocks);
  bln_vk_buffer_clear (&stream->place);
  g_free (stream);
}

guint
bln_vk_stream_first_rows (const BlnVkStream *stream)
{
  return stream != NULL && !stream->is_filled && !stream->is_off ? least_rows () : 0;
}

static gboolean
fill (BlnVkStream *stream,
      GError     **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, stream->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Block *block = value;

      if (!bln_vk_buffer_init (&block->host, stream->backend->device, BLN_VK_UPLOAD,
                               block->parts.n_bytes, error))
        return FALSE;
      for (guint i = 0; i < block->parts.n_weights; i++)
        if (!bln_vk_stage_weight (stream->backend->model, block->parts.weights[i],
                                  block->host.mapped, error))
          return FALSE;
    }
  return TRUE;
}

static void
drop_copies (BlnVkStream *stream)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, stream->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    bln_vk_buffer_clear (&((Block *) value)->host);
}

gboolean
bln_vk_stream_takes (BlnVkStream *stream,
                     guint        n_rows,
                     gboolean    *takes,
                     GError     **error)
{
  g_autoptr (GError) own = NULL;

  *takes = stream != NULL && !stream->is_off && n_rows >= least_rows ();
  if (!*takes || stream->is_filled)
    return TRUE;
  stream->is_filled = fill (stream, &own);
  if (stream->is_filled)
    return TRUE;
  drop_copies (stream);
  if (g_error_matches (own, BLN_ERROR, BLN_ERROR_MEMORY))
    {
      stream->is_off = TRUE;
      *takes = FALSE;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

gboolean
bln_vk_stream_bring (BlnVkStream      *stream,
                     const BlnProgram *program,
                     guint             index,
                     GError          **error)
{
  BlnVkBackend *backend = stream->backend;
  const Parts parts = parts_of (backend, program, index);
  const Block *block = g_hash_table_lookup (stream->blocks, parts.weights[0]);
  BlnVkCommands commands = { 0 };
  gboolean done;

  if (!bln_vk_commands_begin (&commands, &backend->queue, &backend->pipelines, 0, error))
    return FALSE;
  bln_vk_commands_barrier (&commands);
  bln_vk_commands_copy (&commands, &block->host, 0, &stream->place, 0, parts.n_bytes);
  bln_vk_commands_barrier (&commands);
  done = bln_vk_commands_end (&commands, error) && bln_vk_commands_submit (&commands, NULL, error)
         && bln_vk_queue_wait (&backend->queue, commands.last_value, error);
  bln_vk_commands_clear (&commands);
  return done;
}
