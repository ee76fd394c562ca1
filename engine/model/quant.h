/* Element types of GGUF tensors: their blocks, names and the reference decoder.
 * Formats: ggml's block layouts, engine-wide notes in engine/README.md. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ids are those written in GGUF files. */
typedef enum
{
  BLN_TYPE_F32 = 0,
  BLN_TYPE_F16 = 1,
  BLN_TYPE_Q4_0 = 2,
  BLN_TYPE_Q4_1 = 3,
  BLN_TYPE_Q5_0 = 6,
  BLN_TYPE_Q5_1 = 7,
  BLN_TYPE_Q8_0 = 8,
  BLN_TYPE_Q2_K = 10,
  BLN_TYPE_Q3_K = 11,
  BLN_TYPE_Q4_K = 12,
  BLN_TYPE_Q5_K = 13,
  BLN_TYPE_Q6_K = 14,
  BLN_TYPE_IQ4_NL = 20,
  BLN_TYPE_IQ4_XS = 23,
  BLN_TYPE_BF16 = 30,
  BLN_TYPE_MXFP4 = 39,
  BLN_TYPE_COUNT = 43,
} BlnType;

typedef struct
{
  const char *name;       /* "Q4_K"; NULL for an id that no file may use */
  guint block_elements;   /* 0 for an id that no file may use */
  guint block_bytes;
  gboolean is_supported;  /* we can compute with it */
} BlnTypeInfo;

/* NULL for ids that are unknown or retired. Known ids that we lack have is_supported FALSE. */
const BlnTypeInfo *bln_type_info (guint32 id);

/* "F32, F16, …": the supported ones, for error messages. Static. */
const char *bln_type_supported_names (void);

/* Decodes `n` elements (a multiple of the block) of a supported type. Exact in F32. */
void bln_dequantize (BlnType       type,
                     const void   *blocks,
                     float        *out, /* [n] */
                     gsize         n);

/* IEEE half and bfloat16 conversions; to-half rounds to nearest even. */
float bln_half_to_float (guint16 half);
guint16 bln_float_to_half (float value);
float bln_bfloat16_to_float (guint16 bits);
guint16 bln_float_to_bfloat16 (float value);

G_END_DECLS
