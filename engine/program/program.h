/* A forward pass as a flat list of ops over values. An architecture records it once by the
 * functions below, reading straight down; bln_program_finish() fuses neighbours and plans
 * where each value lies; a backend then runs the list for any batch. */
#pragma once

#include "op.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 width;
  guint first, last; /* ops that write it first and read it last */
  guint64 offset;    /* floats from the start of the arena, for one row */
} BlnValueInfo;

typedef struct
{
  const BlnWeights *weights; /* not owned */
  GArray *ops;               /* (owned) BlnOp */
  GArray *values;            /* (owned) BlnValueInfo */
  guint64 row_floats;        /* arena floats for each row of a batch */
  BlnValue hidden;           /* after output_norm, for MTP; BLN_NO_VALUE: not kept */
  int layer;                 /* while recording: the block that ops belong to */
} BlnProgram;

BlnProgram *bln_program_new (const BlnWeights *weights);
void bln_program_free (BlnProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BlnProgram, bln_program_free)

/* Recording. Each appends one op and returns its result. */
BlnValue bln_record_embed (BlnProgram *program, const BlnWeight *table, float scale);
BlnValue bln_record_input (BlnProgram *program, guint32 width);
BlnValue bln_record_norm (BlnProgram *program, BlnValue in, const BlnWeight *norm);
BlnValue bln_record_concat (BlnProgram *program, BlnValue in, const BlnWeight *norm,
                            BlnValue in2, const BlnWeight *norm2);
BlnValue bln_record_matmul (BlnProgram *program, BlnValue in, const BlnWeight *weight,
                            const BlnWeight *bias);
BlnValue bln_record_glu (BlnProgram *program, BlnGlu glu, BlnValue gate, BlnValue up);
BlnValue bln_record_add (BlnProgram *program, BlnValue a, BlnValue b);
BlnValue bln_record_attention (BlnProgram *program, BlnValue q, BlnValue k, BlnValue v,
                               guint cache_layer, const BlnAttentionShape *shape);
BlnValue bln_record_mla (BlnProgram *program, BlnValue q, BlnValue kv,
                         guint cache_layer, const BlnMlaShape *shape);
/* Two ops: router with gate and up, then down; shared experts where the block has them. */
BlnValue bln_record_experts (BlnProgram *program, BlnValue in, const BlnBlock *block,
                             const BlnRouting *routing);
void bln_record_head (BlnProgram *program, BlnValue in, const BlnWeight *norm,
                      const BlnWeight *head, const BlnWeight *bias,
                      float scale, float softcap);

/* A part of a value: `width` numbers from `offset`. */
BlnValue bln_value_part (BlnValue value, guint32 offset, guint32 width);

void bln_program_finish (BlnProgram *program);

/* Where `value` of a batch of n_rows rows begins; its rows are bln_program_stride() apart. */
static inline gsize
bln_program_offset (const BlnProgram *program, BlnValue value, guint n_rows)
{
  const BlnValueInfo *info = &g_array_index (program->values, BlnValueInfo, value.id);

  return info->offset * n_rows + value.offset;
}

static inline gsize
bln_program_stride (const BlnProgram *program, BlnValue value)
{
  return g_array_index (program->values, BlnValueInfo, value.id).width;
}

/* One op a line, with shapes, weights and offsets. */
char *bln_program_print (const BlnProgram *program, guint n_rows);

/* In fuse.c and plan.c. */
void bln_program_fuse (BlnProgram *program);
void bln_program_plan (BlnProgram *program);

/* Calls `func` with every value that an op reads, or writes. */
typedef void (*BlnValueFunc) (BlnValue *value, gpointer user_data);
void bln_op_foreach_read (BlnOp *op, BlnValueFunc func, gpointer user_data);
void bln_op_foreach_write (BlnOp *op, BlnValueFunc func, gpointer user_data);

G_END_DECLS
