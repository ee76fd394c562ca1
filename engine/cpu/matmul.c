#include "matmul.h"

#include "bln-engine.h"
#include "x16.h"

#include <glib/gi18n-lib.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Enough that the calls to the system and the flags cost nothing beside the copying, little
 * enough that two threads that need the same matrix at once share the work. */
#define CHUNK_BYTES (128 * 1024)
#define HUGE_PAGE (2 * 1024 * 1024)
/* After so many of them a tensor's pages are let go as a whole. */
#define CHUNKS_A_SWEEP 16
/* Groups start on cache lines of their own. */
#define GROUP_ALIGNMENT 64

enum { CHUNK_IN_FILE, CHUNK_IN_WORK, CHUNK_READY };

struct _BlnCpuStore
{
  BlnGguf *gguf; /* (unowned) (nullable) */
  const BlnKernels *kernels;
  GPtrArray *weights; /* (owned) */
  gsize arena_bytes;
  guint8 *mapping; /* (owned) */
  gsize mapping_bytes;
  GMutex lock;
  GError *error; /* (owned) (nullable) the first one, under the lock */
  gint has_failed; /* (atomic) */
  gint64 chunks_left; /* (atomic) of all weights, not yet copied */
  guint next_weight; /* that bln_cpu_store_prepare() goes on with, */
  guint64 next_chunk; /* and its chunk */
};

static void
free_weight (gpointer data)
{
  BlnCpuWeight *weight = data;

  g_free (weight->states);
  g_free (weight);
}

BlnCpuStore *
bln_cpu_store_new (BlnGguf          *gguf,
                   const BlnKernels *kernels)
{
  BlnCpuStore *store = g_new0 (BlnCpuStore, 1);

  store->gguf = gguf;
  store->kernels = kernels;
  store->weights = g_ptr_array_new_with_free_func (free_weight);
  g_mutex_init (&store->lock);
  return store;
}

void
bln_cpu_store_free (BlnCpuStore *store)
{
  if (store == NULL)
    return;
  g_ptr_array_unref (store->weights);
  if (store->mapping != NULL)
    munmap (store->mapping, store->mapping_bytes);
  g_clear_error (&store->error);
  g_mutex_clear (&store->lock);
  g_free (store);
}

BlnCpuView
bln_cpu_view_whole (const BlnTensor *tensor)
{
  return (BlnCpuView) {
    .n_in = tensor->ne[0],
    .n_out = tensor->ne[1],
    .n_slabs = tensor->ne[2],
    .first_row = 0,
    .slab_rows = tensor->ne[1],
  };
}

static gsize
align_up (gsize value,
          gsize alignment)
{
  return (value + alignment - 1) / alignment * alignment;
}

/* Gives the matrix its place in the arena and its flags. */
static void
plan_repacking (BlnCpuStore  *store,
                BlnCpuWeight *weight)
{
  guint64 n_chunks;

  weight->groups_per_chunk = CLAMP (CHUNK_BYTES / weight->group_bytes, 1, weight->n_groups);
  weight->chunks_per_slab =
    (weight->n_groups + weight->groups_per_chunk - 1) / weight->groups_per_chunk;
  n_chunks = weight->chunks_per_slab * weight->n_slabs;
  weight->chunks_left = n_chunks;
  store->chunks_left += (gint64) n_chunks;
  weight->states = g_new0 (guint8, n_chunks);
  weight->arena_offset = align_up (store->arena_bytes, GROUP_ALIGNMENT);
  store->arena_bytes =
    weight->arena_offset + weight->group_bytes * weight->n_groups * weight->n_slabs;
}

BlnCpuWeight *
bln_cpu_store_add (BlnCpuStore      *store,
                   const BlnTensor  *tensor,
                   const BlnCpuView *view,
                   gboolean          repack)
{
  BlnCpuWeight *weight = g_new0 (BlnCpuWeight, 1);
  const BlnTypeInfo *info = bln_type_info (tensor->type);

  g_assert (store->mapping == NULL);
  g_assert (view->n_in % info->block_elements == 0 && view->n_out > 0);
  weight->type = (BlnType) tensor->type;
  weight->activation = bln_activation_for_type (weight->type);
  weight->n_in = view->n_in;
  weight->n_out = view->n_out;
  weight->n_slabs = view->n_slabs;
  weight->n_groups = (view->n_out + BLN_GROUP_ROWS - 1) / BLN_GROUP_ROWS;
  weight->row_bytes = view->n_in / info->block_elements * info->block_bytes;
  weight->tensor = tensor;
  weight->first_row = view->first_row;
  weight->slab_rows = view->slab_rows;
  weight->kernels = store->kernels;
  weight->store = store;
  if (bln_x16_layout (weight->type) != NULL)
    {
      weight->group_bytes = bln_x16_group_bytes (weight->type, weight->n_in);
      weight->is_repacked = repack;
    }
  if (weight->is_repacked)
    plan_repacking (store, weight);
  g_ptr_array_add (store->weights, weight);
  return weight;
}

/* Address space only: pages come as the repacking threads write them, two megabytes at a
 * time where the system has such pages (4 KiB faults would cost more than the copying). */
gboolean
bln_cpu_store_seal (BlnCpuStore *store,
                    GError     **error)
{
  guint8 *arena;

  if (store->arena_bytes == 0)
    return TRUE;
  store->mapping_bytes = align_up (store->arena_bytes, HUGE_PAGE) + HUGE_PAGE;
  store->mapping = mmap (NULL, store->mapping_bytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (store->mapping == MAP_FAILED)
    {
      g_autofree char *size = g_format_size (store->arena_bytes);

      store->mapping = NULL;
      g_set_error (error, BLN_ERROR, BLN_ERROR_MEMORY,
                   _ ("The system gives no room for the weights: they need %s. Close other "
                      "programs or choose a smaller model."),
                   size);
      return FALSE;
    }
  arena = (guint8 *) align_up ((gsize) store->mapping, HUGE_PAGE);
  /* The rest in small pages: a large one for it would hold more than was foreseen. */
  madvise (arena, store->arena_bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
  for (guint i = 0; i < store->weights->len; i++)
    {
      BlnCpuWeight *weight = store->weights->pdata[i];

      if (weight->is_repacked)
        weight->arena = arena + weight->arena_offset;
    }
  return TRUE;
}

gboolean
bln_cpu_store_check (BlnCpuStore *store,
                     GError     **error)
{
  if (g_atomic_int_get (&store->has_failed) == 0)
    return TRUE;
  g_mutex_lock (&store->lock);
  if (error != NULL)
    *error = g_error_copy (store->error);
  g_mutex_unlock (&store->lock);
  return FALSE;
}

gsize
bln_cpu_store_get_repacked_bytes (BlnCpuStore *store)
{
  return store->arena_bytes;
}

static void
store_fail (BlnCpuStore *store,
            GError      *error)
{
  g_mutex_lock (&store->lock);
  if (store->error == NULL)
    store->error = g_steal_pointer (&error);
  g_mutex_unlock (&store->lock);
  g_clear_error (&error);
  g_atomic_int_set (&store->has_failed, 1);
}

static gsize
row_offset (const BlnCpuWeight *weight,
            guint64             slab,
            guint64             row)
{
  return (slab * weight->slab_rows + weight->first_row + row) * weight->row_bytes;
}

static void
repack_group (const BlnCpuWeight *weight,
              guint64             slab,
              guint64             group,
              guint8             *out)
{
  guint64 row = group * BLN_GROUP_ROWS;
  const BlnTypeInfo *info = bln_type_info (weight->type);

  weight->kernels->repack (weight->type, weight->tensor->data + row_offset (weight, slab, row),
                           weight->row_bytes,
                           (guint) MIN ((guint64) BLN_GROUP_ROWS, weight->n_out - row),
                           weight->n_in / info->block_elements, out);
}

/* The file's pages are not needed any more: neither those of this chunk nor, now and then and after
 * the last one, any of the tensor, since reading some pages maps others around them. Dropping a
 * page that another thread needs only costs a soft fault. */
static void
release_pages (BlnCpuWeight *weight,
               gsize         offset,
               gsize         length)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize start = (gsize) (weight->tensor->data + offset) / page * page;
  gsize end = (gsize) (weight->tensor->data + offset + length) / page * page;

  if (__atomic_sub_fetch (&weight->chunks_left, 1, __ATOMIC_ACQ_REL) % CHUNKS_A_SWEEP == 0)
    bln_gguf_release (weight->store->gguf, weight->tensor);
  else if (end > start && length >= CHUNK_BYTES / 2)
    madvise ((void *) start, end - start, MADV_DONTNEED);
}

static void
repack_chunk (BlnCpuWeight *weight,
              guint64       slab,
              guint64       chunk)
{
  BlnCpuStore *store = weight->store;
  guint64 first = chunk * weight->groups_per_chunk;
  guint64 end = MIN (first + weight->groups_per_chunk, weight->n_groups);
  gsize start_offset = row_offset (weight, slab, first * BLN_GROUP_ROWS);
  gsize end_offset = row_offset (weight, slab, MIN (end * BLN_GROUP_ROWS, weight->n_out));
  GError *error = NULL;

  if (store->gguf != NULL
      && !bln_gguf_populate (store->gguf, weight->tensor, start_offset,
                             end_offset - start_offset, &error))
    {
      store_fail (store, error);
      return;
    }
  for (guint64 group = first; group < end; group++)
    repack_group (weight, slab, group,
                  weight->arena + (slab * weight->n_groups + group) * weight->group_bytes);
  if (store->gguf != NULL)
    release_pages (weight, start_offset, end_offset - start_offset);
}

/* Whoever comes first copies; who comes meanwhile waits, which is rare: threads work on
 * different rows. */
static void
prepare_chunk (BlnCpuWeight *weight,
               guint64       slab,
               guint64       chunk)
{
  guint8 *state = &weight->states[slab * weight->chunks_per_slab + chunk];
  guint8 expected = CHUNK_IN_FILE;

  if (__atomic_compare_exchange_n (state, &expected, CHUNK_IN_WORK, FALSE, __ATOMIC_ACQUIRE,
                                   __ATOMIC_ACQUIRE))
    {
      repack_chunk (weight, slab, chunk);
      __atomic_store_n (state, CHUNK_READY, __ATOMIC_RELEASE);
      __atomic_sub_fetch (&weight->store->chunks_left, 1, __ATOMIC_RELAXED);
    }
  else
    while (__atomic_load_n (state, __ATOMIC_ACQUIRE) != CHUNK_READY)
      sched_yield ();
}

/* Reading a tensor's last pages mapped some of the next one. */
static void
release_all (BlnCpuStore *store)
{
  for (guint i = 0; store->gguf != NULL && i < store->weights->len; i++)
    {
      const BlnCpuWeight *weight = store->weights->pdata[i];

      if (weight->is_repacked)
        bln_gguf_release (store->gguf, weight->tensor);
    }
}

/* The next chunk in the order of the weights; FALSE after the last one. */
static gboolean
prepare_next (BlnCpuStore *store)
{
  BlnCpuWeight *weight;

  while (store->next_weight < store->weights->len)
    {
      weight = store->weights->pdata[store->next_weight];
      if (weight->is_repacked && store->next_chunk < weight->chunks_per_slab * weight->n_slabs)
        {
          const guint64 slab = store->next_chunk / weight->chunks_per_slab;
          const guint64 chunk = store->next_chunk % weight->chunks_per_slab;

          store->next_chunk++;
          prepare_chunk (weight, slab, chunk);
          return TRUE;
        }
      store->next_chunk = 0;
      if (++store->next_weight == store->weights->len)
        release_all (store);
    }
  return FALSE;
}

guint64
bln_cpu_store_prepare (BlnCpuStore *store,
                       double       seconds)
{
  const gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (seconds > 0 && g_get_monotonic_time () < end && bln_cpu_store_check (store, NULL)
         && prepare_next (store))
    ;
  return bln_cpu_store_check (store, NULL)
             ? (guint64) __atomic_load_n (&store->chunks_left, __ATOMIC_RELAXED) : 0;
}

gsize
bln_cpu_weight_scratch_bytes (const BlnCpuWeight *weight)
{
  return weight->is_repacked ? 0 : weight->group_bytes;
}

const guint8 *
bln_cpu_weight_get_group (BlnCpuWeight *weight,
                          guint64       slab,
                          guint64       group,
                          guint8       *scratch)
{
  if (weight->is_repacked)
    {
      guint64 chunk = group / weight->groups_per_chunk;

      if (G_UNLIKELY (__atomic_load_n (&weight->states[slab * weight->chunks_per_slab + chunk],
                                       __ATOMIC_ACQUIRE)
                      != CHUNK_READY))
        prepare_chunk (weight, slab, chunk);
      return weight->arena + (slab * weight->n_groups + group) * weight->group_bytes;
    }
  if (weight->group_bytes == 0)
    return weight->tensor->data + row_offset (weight, slab, group * BLN_GROUP_ROWS);
  repack_group (weight, slab, group, scratch);
  return scratch;
}

void
bln_cpu_weight_get_row (BlnCpuWeight *weight,
                        guint64       slab,
                        guint64       row,
                        float        *out)
{
  const BlnTypeInfo *info = bln_type_info (weight->type);
  const guint8 *group;
  guint8 block[256];

  if (!weight->is_repacked)
    {
      bln_dequantize (weight->type, weight->tensor->data + row_offset (weight, slab, row), out,
                      weight->n_in);
      return;
    }
  group = bln_cpu_weight_get_group (weight, slab, row / BLN_GROUP_ROWS, NULL);
  for (gsize b = 0; b < weight->n_in / info->block_elements; b++)
    {
      bln_x16_extract (weight->type, group, b, row % BLN_GROUP_ROWS, block);
      bln_dequantize (weight->type, block, out + b * info->block_elements,
                      info->block_elements);
    }
}
