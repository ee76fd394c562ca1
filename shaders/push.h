/* Push constants, written once for C and GLSL: at most 128 bytes, what every device takes.
 * Offsets and strides count 32-bit numbers in the arena of activations unless said otherwise;
 * `parameters` are offsets in the buffer of norms and biases, BLN_NONE where there is none. */
#ifdef BLN_GLSL
#define BLN_UINT uint
#define BLN_FLOAT float
#define BLN_PUSH(name) layout (push_constant) uniform name##Push
#define BLN_PUSH_END(name) push;
#else
#pragma once
#include <glib.h>
#define BLN_UINT guint32
#define BLN_FLOAT float
#define BLN_PUSH(name) typedef struct
#define BLN_PUSH_END(name) Bln##name##Push;
#define BLN_NONE 0xffffffffu
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_READ)
/* Reads n_vectors 16-byte vectors from first_vector on. */
BLN_PUSH (Read)
{
  BLN_UINT first_vector;
  BLN_UINT n_vectors;
  BLN_UINT prologue_vectors; /* read by every workgroup before the rest */
}
BLN_PUSH_END (Read)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_MEET)
BLN_PUSH (Meet)
{
  BLN_UINT n_rounds;
  BLN_UINT n_vectors;     /* of all workgroups, a round */
  BLN_UINT input_vectors; /* that each reads of what all may have written */
  BLN_UINT patience;      /* how often it looks whether all are there */
}
BLN_PUSH_END (Meet)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_EMBED)
BLN_PUSH (Embed)
{
  BLN_UINT n_in, side;
  BLN_UINT first_row, n_rows; /* of the table that are in this buffer */
  BLN_UINT out_offset, out_stride;
  BLN_FLOAT scale;
}
BLN_PUSH_END (Embed)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_NORM)
/* Grid: one workgroup a row. */
BLN_PUSH (Norm)
{
  BLN_UINT width;
  BLN_UINT in_offset, in_stride;
  BLN_UINT out_offset, out_stride;
  BLN_UINT residual_offset, residual_stride;
  BLN_UINT parameters;
  BLN_FLOAT eps;
}
BLN_PUSH_END (Norm)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ROUND)
/* Grid: one workgroup a row; what it becomes is 12 words for each 32 numbers. */
BLN_PUSH (Round)
{
  BLN_UINT in_offset, in_stride;
  BLN_UINT out_offset;
  BLN_UINT norm; /* parameters */
  BLN_FLOAT eps;
}
BLN_PUSH_END (Round)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_MATVEC)
/* Grid: x over output rows, y over groups of COLS batch rows, z over slabs or slots. */
BLN_PUSH (Matvec)
{
  BLN_UINT n_in, n_out, n_columns;
  BLN_UINT side, up_side;           /* where the odd bytes begin, in words */
  BLN_UINT first_row, slab_rows;    /* row of slab s: first_row + s * slab_rows + r */
  BLN_UINT first_slab, n_slabs;     /* experts that are in these buffers */
  BLN_UINT up_first_row;
  BLN_UINT in_offset, in_stride, in_slab;
  BLN_UINT out_offset, out_stride, out_slab;
  BLN_UINT residual_offset, residual_stride;
  BLN_UINT norm, bias, up_bias;     /* parameters */
  BLN_UINT chosen;                  /* first word of the routing table */
  BLN_UINT n_used;
  BLN_FLOAT eps, scale, softcap;
  BLN_UINT counters;                /* router: who is last, for each row; zero in between */
  BLN_UINT choice_bias;             /* router: parameters */
  BLN_FLOAT choice_scale;           /* router: of the experts' weights */
  BLN_UINT positions;               /* merged: of row 0, in the step buffer */
}
BLN_PUSH_END (Matvec)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_TILES)
/* Grid: x over tiles of output rows, y over tiles of batch rows or of experts' pairs, z over
 * slabs. Inputs count halves where they are F16, then in eights; outputs likewise. */
BLN_PUSH (Tiles)
{
  BLN_UINT n_in, n_out, n_columns;
  BLN_UINT side, up_side;           /* where the odd bytes begin, in words */
  BLN_UINT first_row, slab_rows;    /* row of slab s: first_row + s * slab_rows + r */
  BLN_UINT first_slab, n_slabs;     /* experts that are in these buffers; or slab of z = 0 */
  BLN_UINT up_first_row;
  BLN_UINT in_offset, in_stride, in_slab;
  BLN_UINT out_offset, out_stride, out_slab;
  BLN_UINT residual_offset, residual_stride;
  BLN_UINT bias, up_bias;           /* parameters */
  BLN_UINT tiles, pairs;            /* of sort.comp: first words of its lists */
  BLN_UINT n_used;
  BLN_FLOAT scale;
}
BLN_PUSH_END (Tiles)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_PREPARE)
/* Grid: one workgroup a row. */
BLN_PUSH (Prepare)
{
  BLN_UINT width;
  BLN_UINT in_offset, in_stride;
  BLN_UINT out_stride;
  BLN_UINT norm; /* parameters */
  BLN_FLOAT eps;
}
BLN_PUSH_END (Prepare)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ROUTER_ROWS)
/* Grid: x over fours of rows, y over what a workgroup has of experts. */
BLN_PUSH (RouterRows)
{
  BLN_UINT n_in, n_experts, n_rows;
  BLN_UINT in_offset, in_stride;
  BLN_UINT out_offset;
  BLN_UINT norm; /* parameters */
  BLN_FLOAT eps;
}
BLN_PUSH_END (RouterRows)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_SORT)
/* Grid: one workgroup an expert. */
BLN_PUSH (Sort)
{
  BLN_UINT table;
  BLN_UINT n_pairs, n_used;
  BLN_UINT tiles, n_tiles; /* three words each */
  BLN_UINT pairs;
}
BLN_PUSH_END (Sort)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_COMBINE)
/* Grid: one workgroup a row. */
BLN_PUSH (Combine)
{
  BLN_UINT width, n_used, table;
  BLN_UINT out_offset, out_stride;
  BLN_UINT residual_offset, residual_stride;
}
BLN_PUSH_END (Combine)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_FLASH)
/* Grid: x heads, y tiles of rows of one sequence, the last first. Keys are two stretches, the
 * second one the same for all heads. */
BLN_PUSH (Flash)
{
  BLN_UINT n_rows, first_row, first_position;
  BLN_UINT heads_per_kv;
  BLN_UINT n_window;                 /* 0: all */
  BLN_FLOAT scale;
  BLN_UINT first_head;               /* of those whose keys are in these buffers */
  BLN_UINT q_offset, q_stride, q_head;
  BLN_UINT k_offset, k_stride, k_head; /* elements */
  BLN_UINT k2_offset, k2_stride;
  BLN_UINT v_offset, v_stride, v_head;
  BLN_UINT out_offset, out_stride, out_head;
  BLN_FLOAT temperature_scale;       /* 0: none */
  BLN_UINT temperature_length;
}
BLN_PUSH_END (Flash)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ROUTE)
/* Grid: one subgroup a row. The table has, for each row, n_used expert numbers, then as many
 * weights as the bits of floats. */
BLN_PUSH (Route)
{
  BLN_UINT n_experts, n_used, n_groups, n_groups_used;
  BLN_UINT gating, by_two, normalise;
  BLN_FLOAT scale;
  BLN_UINT in_offset, in_stride;
  BLN_UINT bias; /* parameters */
  BLN_UINT table;
}
BLN_PUSH_END (Route)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_CHOICE)
/* Grid: x over blocks of logits, y over rows. */
BLN_PUSH (Choice)
{
  BLN_UINT n_vocab;
  BLN_UINT wishes;          /* in the step buffer: temperature, reach, how many tokens count */
  BLN_UINT blocks, counter; /* in the arena; a row's counter follows that of the row before */
  BLN_UINT room;            /* for so many */
  BLN_UINT stride;          /* of what is found, in words */
}
BLN_PUSH_END (Choice)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ROPE)
/* Grid: x heads, y rows. Norms and rotates the last or first n_rot values of each head and
 * puts the head into the arena, or into the cache at the row's position. */
BLN_PUSH (Rope)
{
  BLN_UINT n_width;                  /* values of a head */
  BLN_UINT n_rot, rot_first;         /* which of them are rotated */
  BLN_UINT is_neox;
  BLN_UINT in_offset, in_stride, in_head;
  BLN_UINT out_offset, out_stride, out_head; /* cache: elements, or bytes */
  BLN_UINT out_scales;               /* from the first byte of a row to its first half */
  BLN_UINT norm_first, norm_width;   /* which of them are normed; width 0: none */
  BLN_UINT norm;                     /* parameters */
  BLN_FLOAT eps;
  BLN_UINT positions, angles;        /* of row 0, in the step buffer */
  BLN_UINT first_row;
}
BLN_PUSH_END (Rope)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ATTEND)
/* Grid: x heads, y rows of one sequence. */
BLN_PUSH (Attend)
{
  BLN_UINT heads_per_kv;
  BLN_UINT n_window;                 /* 0: all */
  BLN_FLOAT scale;
  BLN_UINT q_offset, q_stride, q_head;
  BLN_UINT k_offset, k_stride, k_head; /* elements of the cache, or bytes */
  BLN_UINT v_offset, v_stride, v_head;
  BLN_UINT k_scales, v_scales;         /* from the first byte of a row to its first half */
  BLN_UINT out_offset, out_stride, out_head;
  BLN_UINT positions;                /* of row 0, in the step buffer */
  BLN_UINT first_row;
  BLN_FLOAT temperature_scale;       /* 0: none */
  BLN_UINT temperature_length;
}
BLN_PUSH_END (Attend)
#endif

#if !defined (BLN_GLSL) || defined (BLN_PUSH_BYTES)
/* Rows of a cache of Q8_0, and where halves of them go. */
BLN_PUSH (Bytes)
{
  BLN_UINT n_heads, head_width, head_groups;
  BLN_UINT offset, stride;           /* elements of the other side */
  BLN_UINT first_byte, row_bytes, scales_at;
}
BLN_PUSH_END (Bytes)
#endif

/* Positions that a subgroup of attend-latent.comp loads at once, and that matrices have columns:
 * stretches are multiples. */
#define BLN_LATENT_GRAIN 4u
#define BLN_LATENT_MATRIX_GRAIN 16u

#if !defined (BLN_GLSL) || defined (BLN_PUSH_ABSORB)
/* The old layout's absorption. Grid: x blocks of 32 latents, y rows, z heads. */
BLN_PUSH (Absorb)
{
  BLN_UINT n_latent, n_nope, side;
  BLN_UINT head_rows;                /* rows of the weight for one head */
  BLN_UINT in_offset, in_stride, in_head;
  BLN_UINT out_offset, out_stride, out_head;
}
BLN_PUSH_END (Absorb)
#endif
