/* Inside the CPU backend: what the op implementations share. Each of them is called by every
 * thread at once, takes its work from counters and returns without a barrier; the walker
 * (backend.c) places one after each op.
 *
 * Scratch comes from three places, sized before the first pass: the arena holds values,
 * `shared` what one op's threads prepare for each other, `thread->scratch` what is private.
 * Nothing is allocated while a pass runs. */
#pragma once

#include "backend.h"
#include "matmul.h"
#include "threads.h"

G_BEGIN_DECLS

/* Up to so many rows, each thread prepares all activations for itself: that is cheaper than
 * a barrier. Beyond, threads share the work. */
#define BLN_PRIVATE_ROWS 4

/* Counters that one op may use, for its phases. */
#define BLN_COUNTERS_PER_OP 4

/* Bytes that an op needs, given by the _needs functions. */
typedef struct
{
  gsize thread;
  gsize shared;
} BlnCpuNeeds;

/* Who is chosen, for each row: numbers ascending, and their weights. */
typedef struct
{
  guint16 *experts; /* [rows][n_used] */
  float *weights;   /* [rows][n_used] */
} BlnChoice;

typedef struct
{
  guint8 *scratch;
  gsize size, used;
  BlnChoice choice;  /* private copy of few rows, from experts-up to experts-down */
} BlnCpuThread;

/* What latent attention keeps beside the matrices of the file. */
typedef struct
{
  BlnCpuWeight *k_b;  /* [heads] n_nope → n_latent; NULL in the old layout */
  BlnCpuWeight *v_b;  /* [heads] n_latent → n_value */
  BlnCpuWeight *k_up; /* old layout: [heads] n_latent → n_nope */
} BlnCpuMla;

struct _BlnCpuBackend
{
  const BlnWeights *weights;
  const BlnKernels *kernels;
  BlnCpuOptions options;
  BlnThreads *threads;
  guint n_threads;
  BlnCpuStore *store;
  BlnCpuWeight **matrices;  /* (owned array) by BlnWeight.index; NULL for vectors */
  float **vectors;          /* (owned) by BlnWeight.index; NULL for matrices */
  BlnCpuMla *mla;           /* (owned) [n_blocks] */
  float *frequencies;       /* (owned) of config.rope, then of config.rope_local */
  float *angles;            /* (owned) [n_batch] rows of n_rot, both ropes: of this batch */
  guint8 *arena, *shared;   /* (owned) */
  gsize arena_bytes, shared_bytes;
  BlnCpuThread *thread;     /* (owned) [n_threads] */
  atomic_uint *counters;    /* (owned) [most ops] * BLN_COUNTERS_PER_OP */
  guint n_counters;
  gsize vector_bytes;
  guint64 mapped_bytes;
};

/* One pass, as all threads see it. */
typedef struct
{
  BlnCpuBackend *backend;
  const BlnKernels *kernels;
  const BlnProgram *program;
  const BlnBatch *batch;
  atomic_bool *stop;
  gboolean is_halted; /* written by thread 0 before a barrier, read by all after it */
} BlnCpuRun;

static inline float *
bln_cpu_value (const BlnCpuRun *run, BlnValue value, guint row)
{
  return (float *) run->backend->arena +
         bln_program_offset (run->program, value, run->batch->n_rows) +
         row * bln_program_stride (run->program, value);
}

static inline BlnCpuWeight *
bln_cpu_matrix (const BlnCpuRun *run, const BlnWeight *weight)
{
  return run->backend->matrices[weight->index];
}

/* NULL for NULL. */
static inline const float *
bln_cpu_vector (const BlnCpuRun *run, const BlnWeight *weight)
{
  return weight != NULL ? run->backend->vectors[weight->index] : NULL;
}

/* The counter of a phase of this op. */
static inline atomic_uint *
bln_cpu_counter (const BlnCpuRun *run, const BlnOp *op, guint phase)
{
  guint index = (guint) (op - &g_array_index (run->program->ops, BlnOp, 0));

  return &run->backend->counters[index * BLN_COUNTERS_PER_OP + phase];
}

/* The next of n units, or n when there are none left. */
static inline guint
bln_cpu_next (atomic_uint *counter, guint n)
{
  guint unit = atomic_fetch_add_explicit (counter, 1, memory_order_relaxed);

  return MIN (unit, n);
}

/* 64-byte aligned private memory until the end of the op. */
static inline void *
bln_cpu_take (BlnCpuThread *thread, gsize n_bytes)
{
  guint8 *start = thread->scratch + thread->used;

  thread->used += (n_bytes + 63) & ~(gsize) 63;
  g_assert (thread->used <= thread->size);
  return start;
}

/* The same, for counting in the _needs functions. */
static inline gsize
bln_cpu_round (gsize n_bytes)
{
  return (n_bytes + 63) & ~(gsize) 63;
}

/* cos and sin of a row's position for one of the config's ropes. */
const float *bln_cpu_angles (const BlnCpuRun *run,
                             const BlnRope   *rope,
                             guint            row);

/* Which span a row belongs to, and its position there. */
const BlnSpan *bln_cpu_span_of (const BlnCpuRun *run,
                                guint            row,
                                guint           *position);

/* ---- tiles of activations (tiles.c) -------------------------------------------------- */

/* n_rows rows as tiles of 8 columns and a narrower last one, for one format. */
typedef struct
{
  BlnActivation activation;
  guint n_rows;
  gsize n_in;
  gsize tile_bytes; /* of a full tile */
  guint8 *data;
} BlnTiles;

gsize bln_tiles_bytes (BlnActivation activation,
                       gsize         n_in,
                       guint         n_rows);

static inline guint
bln_tiles_n (const BlnTiles *tiles)
{
  return (tiles->n_rows + BLN_MAX_TILE - 1) / BLN_MAX_TILE;
}

static inline guint
bln_tiles_columns (const BlnTiles *tiles, guint tile)
{
  return MIN (tiles->n_rows - tile * BLN_MAX_TILE, BLN_MAX_TILE);
}

static inline void *
bln_tiles_get (const BlnTiles *tiles, guint tile)
{
  return tiles->data + tile * tiles->tile_bytes;
}

/* Fills one tile from rows of floats. `single` has room for bln_tiles_single_bytes(). */
gsize bln_tiles_single_bytes (BlnActivation activation,
                              gsize         n_in);
void bln_tiles_fill (const BlnCpuRun    *run,
                     BlnTiles           *tiles,
                     guint               tile,
                     const float *const *rows, /* [columns of the tile] */
                     guint8             *single);

/* ---- ops ----------------------------------------------------------------------------- */

void bln_cpu_run_rows (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_rows_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                         BlnCpuNeeds *needs);
void bln_cpu_run_matmul (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_matmul_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                           BlnCpuNeeds *needs);
void bln_cpu_run_attention (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_attention_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                              BlnCpuNeeds *needs);
void bln_cpu_run_mla (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_mla_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                        BlnCpuNeeds *needs);
void bln_cpu_run_experts_up (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_experts_up_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                               BlnCpuNeeds *needs);
void bln_cpu_run_experts_down (BlnCpuRun *run, const BlnOp *op, BlnCpuThread *thread);
void bln_cpu_experts_down_needs (BlnCpuBackend *backend, const BlnOp *op, guint n_rows,
                                 BlnCpuNeeds *needs);

G_END_DECLS
