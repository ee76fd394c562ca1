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

typedef struct
{
  guint8 *scratch;
  gsize size, used;
  float *choice;     /* [BLN_PRIVATE_ROWS][2 * n_used]: see bln_cpu_choice() */
} BlnCpuThread;

/* The key half of an old-layout attn_kv_b as plain rows, which the absorbed form needs: it
 * multiplies with the transpose. F32 files are used where they lie. */
typedef struct
{
  BlnRowsType type;
  const guint8 *rows;  /* n_nope rows of n_latent for each head */
  gsize head_stride;   /* elements */
  guint16 *copy;       /* (owned) (nullable) filled at first use */
  gboolean is_ready;
} BlnCpuKeyRows;

typedef struct
{
  BlnBackend base;
  const BlnWeights *weights;
  const BlnKernels *kernels;
  BlnCpuOptions options;
  BlnThreads *threads;
  guint n_threads;
  guint32 n_context;
  BlnCpuStore *store;
  BlnCpuWeight **matrices;  /* (owned array) by BlnWeight.index; NULL for vectors */
  BlnCpuWeight **halves;    /* (owned array) attn_kv_b: matrices has its key rows, halves its
                               value rows; ffn_gate_up_exps: gate, up. NULL for others */
  float **vectors;          /* (owned) by BlnWeight.index; NULL for matrices */
  BlnCpuKeyRows *key_rows;  /* (owned) [n_blocks]; NULL but in the old layout */
  float *frequencies;       /* (owned) [2][n_rot / 2] of config.rope and rope_local */
  float *angles;            /* (owned) [n_batch][2][n_rot] of the rows of this pass */
  guint8 *arena, *shared;   /* (owned) */
  gsize arena_bytes, shared_bytes;
  BlnCpuThread *thread;     /* (owned) [n_threads] */
  atomic_uint *counters;    /* (owned) [most ops] * BLN_COUNTERS_PER_OP */
  guint n_counters;
  gsize vector_bytes;
  guint64 mapped_bytes;
} BlnCpuBackend;

/* One pass, as all threads see it. */
typedef struct
{
  BlnCpuBackend *backend;
  const BlnKernels *kernels;
  const BlnProgram *program;
  const BlnBatch *batch;
  atomic_bool *stop;
  guint n_threads;    /* that take part */
  atomic_int last_op; /* after which all threads return; written by the first thread before
                         the barrier after that op, so that all read the same */
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

/* The rows of an op's input, normed where it asks for that, in every format that its
 * matrices want. */
#define BLN_N_FORMATS 3

typedef struct
{
  guint formats;          /* bit n: BlnActivation n is wanted */
  guint n_rows;
  const guint *row_map;   /* (nullable) [n_rows] which row of the value each is */
  gboolean is_private;
  BlnTiles tiles[BLN_N_FORMATS];
  guint column_formats;   /* formats that are kept as single columns too, to gather from */
  guint8 *columns[BLN_N_FORMATS];
} BlnInput;

/* Sets up an input of n_rows rows and takes its memory; fills nothing. */
void bln_input_init (BlnInput     *input,
                     BlnCpuRun    *run,
                     const BlnOp  *op,
                     guint         formats,
                     guint         column_formats, /* of those */
                     guint         n_rows,
                     const guint  *row_map,
                     BlnCpuThread *thread);
/* Fills one tile of 8 rows. Scratch that it takes is given back. */
void bln_input_fill (BlnInput     *input,
                     BlnCpuRun    *run,
                     const BlnOp  *op,
                     guint         tile,
                     BlnCpuThread *thread);
/* Fills all of them: by every thread for itself, or shared out and with a barrier. */
void bln_input_fill_all (BlnInput     *input,
                         BlnCpuRun    *run,
                         const BlnOp  *op,
                         atomic_uint  *counter,
                         BlnCpuThread *thread);
/* A row as a tile of one column. */
const void *bln_input_column (const BlnInput *input,
                              BlnActivation   activation,
                              guint           row);
void bln_input_needs (const BlnOp *op,
                      guint        formats,
                      guint        column_formats,
                      guint        n_rows,
                      BlnCpuNeeds *needs);

static inline guint
bln_format_of (const BlnCpuWeight *weight)
{
  return weight != NULL ? 1u << weight->activation : 0;
}

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
