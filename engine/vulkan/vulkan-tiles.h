/* Products for many rows at once: the rows are brought into the form that tiles want, then each
 * workgroup makes a tile of outputs by rows (shaders/tiles.comp). Experts' rows are sorted by
 * expert first (vulkan-grouped.c), so that an expert's weights are decoded once for all who
 * chose it. */
#pragma once

#include "vulkan-run.h"

G_BEGIN_DECLS

#define BLN_VK_ROW_LANES 256u

typedef struct
{
  guint32 rows, columns;           /* outputs, rows of the batch */
  guint32 part_rows, part_columns; /* of them, a subgroup's, or a lane's */
  guint32 step;                    /* inputs at a time */
} BlnVkTile;

/* From where a product takes its rows. */
typedef struct
{
  BlnVkBinding binding;
  guint32 stride;
} BlnVkTileRows;

typedef struct
{
  BlnVkMode mode;
  BlnGlu glu;
  BlnVkTile tile;
  gboolean by_matrix;              /* units, and then in_halves */
  gboolean in_halves, out_halves;
  gboolean is_transposed;          /* the weight's rows are inputs */
  BlnVkTileRows in;
  const BlnVkBuffer *result;
  guint n_y, n_z;
} BlnVkTileProduct;

/* Matrix units multiply halves; weights in F32 are not for them. */
static inline gboolean
bln_vk_is_for_matrix_units (const BlnVkBackend *backend,
                            const BlnWeight    *weight)
{
  return backend->has_matrix_units && weight->tensor->type != BLN_TYPE_F32;
}

static inline guint32
bln_vk_round_up (guint32 n,
                 guint32 to)
{
  return (n + to - 1) / to * to;
}

/* With 32, 64 or 128 columns. */
BlnVkTile bln_vk_tile (gboolean by_matrix,
                       guint32  columns);

/* The op's input, normed where it is to be, in the form that tiles take; a barrier must follow. */
BlnVkTileRows bln_vk_record_prepare (BlnVkRun    *run,
                                     const BlnOp *op,
                                     gboolean     in_halves);

/* All rows of the batch by one matrix, into the arena. */
BlnVkTileProduct bln_vk_dense_tiles (const BlnVkRun  *run,
                                     const BlnWeight *weight,
                                     BlnVkTileRows    in,
                                     guint            n_columns);

/* With nothing riding along. */
BlnTilesPush bln_vk_tiles_push (void);

/* Rows push.first_row … of each slab of `weight`, as far as each piece of it has them; what
 * follows from the weight is filled in. */
void bln_vk_record_tiles (BlnVkRun               *run,
                          const BlnVkTileProduct *product,
                          const BlnWeight        *weight,
                          const BlnWeight        *up, /* (nullable) */
                          BlnTilesPush            push);

G_END_DECLS
