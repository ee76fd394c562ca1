/* Matrices of the model as the CPU multiplies them, and the activations they are multiplied
 * with. A caller walks over groups of 16 output rows:
 *
 *   rows = bln_cpu_weight_get_group (w, slab, group, scratch);      once per group
 *   bln_cpu_weight_dot (w, rows, group, tile, width, out);          for each tile
 *
 * and does with out[column][16] what it likes (bias, residual, silu * up, expert weight). */
#pragma once

#include "gguf.h"
#include "kernels.h"

G_BEGIN_DECLS

/* ---- weights ----------------------------------------------------------------------- */

typedef struct _BlnCpuStore BlnCpuStore;
typedef struct _BlnCpuWeight BlnCpuWeight;

/* The part of a tensor that is one matrix, or a stack of `n_slabs` (experts, heads) of them:
 * slab s has n_out rows of n_in elements, from row s * slab_rows + first_row of the tensor
 * taken as one list of rows. */
typedef struct
{
  guint64 n_in;
  guint64 n_out;
  guint64 n_slabs;
  guint64 first_row;
  guint64 slab_rows;
} BlnCpuView;

struct _BlnCpuWeight
{
  BlnType type;
  BlnActivation activation;
  guint64 n_in, n_out, n_slabs;
  guint64 n_groups;      /* of 16 rows, in one slab; the last may be short */
  gboolean is_repacked;  /* x16 in memory of our own; else used from the mapping */
  gsize row_bytes;       /* in the file */
  gsize group_bytes;     /* of an x16 group; 0 for F32, F16, BF16 */

  /* private */
  const BlnTensor *tensor;
  guint64 first_row, slab_rows;
  gsize arena_offset;
  guint8 *arena;         /* first group, once the store is sealed */
  guint8 *states;        /* (atomic) one per chunk of groups */
  guint64 groups_per_chunk, chunks_per_slab;
  guint64 chunks_left;   /* (atomic) */
  const BlnKernels *kernels;
  BlnCpuStore *store;    /* (unowned) */
};

/* Keeps the matrices of one model. `gguf` must outlive it. */
BlnCpuStore *bln_cpu_store_new (BlnGguf          *gguf,
                                const BlnKernels *kernels);
void bln_cpu_store_free (BlnCpuStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnCpuStore, bln_cpu_store_free)

/* Registers a matrix before the store is sealed; owned by the store. A quantized one is
 * copied into x16 form at its first use if `repack`, and the mapped pages are let go; else
 * groups are transposed into the caller's scratch at every use. Float types always stay in
 * the mapping. The tensor's type is supported and its shape checked by the caller. */
BlnCpuWeight *bln_cpu_store_add (BlnCpuStore      *store,
                                 const BlnTensor  *tensor,
                                 const BlnCpuView *view,
                                 gboolean          repack);
/* Reserves address space for what is repacked; no weight is read. MEMORY. */
gboolean bln_cpu_store_seal (BlnCpuStore *store,
                             GError     **error);
/* The file could not be read while a group was prepared (CHANGED): the pass is worthless.
 * Looked at once per pass; FALSE sets the error. */
gboolean bln_cpu_store_check (BlnCpuStore *store,
                              GError     **error);
gsize bln_cpu_store_get_repacked_bytes (BlnCpuStore *store);
/* Copies for `seconds` what no pass has needed yet. Returns how many pieces are left; 0 too where
 * the file failed, which the check tells. Between passes. */
guint64 bln_cpu_store_prepare (BlnCpuStore *store,
                               double       seconds);

/* The whole tensor as one matrix, `n_slabs` its third dimension. */
BlnCpuView bln_cpu_view_whole (const BlnTensor *tensor);

/* Any thread. `scratch` has bln_cpu_weight_scratch_bytes() (0 for repacked and float ones);
 * what is returned is good until the scratch is used again. */
gsize bln_cpu_weight_scratch_bytes (const BlnCpuWeight *weight);
const guint8 *bln_cpu_weight_get_group (BlnCpuWeight *weight,
                                        guint64       slab,
                                        guint64       group,
                                        guint8       *scratch);

/* out[column][16] = rows . columns; width is 1, 2, 4 or 8. Rows past n_out give 0. */
static inline void
bln_cpu_weight_dot (const BlnCpuWeight *weight,
                    const guint8       *rows,
                    guint64             group,
                    const void         *tile,
                    guint               width,
                    float              *out)
{
  guint n_rows = (guint) MIN ((guint64) BLN_GROUP_ROWS, weight->n_out - group * BLN_GROUP_ROWS);

  weight->kernels->dot[weight->type][bln_width_index (width)] (
    rows, weight->row_bytes, n_rows, weight->n_in, tile, out);
}

/* Row `row` of a slab as F32 [n_in]: an embedding. Any thread. */
void bln_cpu_weight_get_row (BlnCpuWeight *weight,
                             guint64       slab,
                             guint64       row,
                             float        *out);

/* ---- activations ------------------------------------------------------------------- */

/* One row of n_in floats into a tile of one column. */
void bln_activation_quantize (const BlnKernels *kernels,
                              BlnActivation     activation,
                              const float      *x,
                              gsize             n_in,
                              void             *tile);
/* Interleaves `n` tiles of one column into a tile of `width` >= n; columns past n are zeros. */
void bln_activation_gather (BlnActivation      activation,
                            gsize              n_in,
                            const void *const *columns,
                            guint              n,
                            guint              width,
                            void              *tile);
/* The width for the next tile when n columns are left: 8, then 8, 4, 2 or 1 for the tail. */
static inline guint
bln_tile_width (gsize n)
{
  return n > 4 ? 8 : n > 2 ? 4 : (guint) n;
}

G_END_DECLS
