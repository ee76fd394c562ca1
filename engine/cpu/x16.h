/* The x16 layout (see kernels.h) and the tiles, as offsets that every variant shares. */
#pragma once

#include "kernels.h"

G_BEGIN_DECLS

/* Where the fields of a file block lie: `n_heads` scales and the like of head_bytes each from
 * `head_at` (halves; MXFP4 has one byte), `n_words` 32-bit words from `words_at`. */
typedef struct
{
  guint8 head_at;
  guint8 n_heads;
  guint8 head_bytes;
  guint8 words_at;
  guint8 n_words;
  guint8 invert; /* every byte of the words is stored xor this: signed bytes made unsigned */
} BlnX16Layout;

/* NULL for types that have no x16 form (F32, F16, BF16). */
const BlnX16Layout *bln_x16_layout (BlnType type);

/* Bytes of one group: the same as those of 16 rows in the file. */
gsize bln_x16_group_bytes (BlnType type,
                           gsize   n_in);

/* Copies block `block` of row `row` of a group back into the file's form. */
void bln_x16_extract (BlnType       type,
                      const guint8 *group,
                      gsize         block,
                      guint         row,
                      guint8       *file_block);

/* Offsets inside one block of a tile of `w` columns. */
#define BLN_A32_BYTES(w) ((gsize) (w) * 40)
#define BLN_A32_D(w) ((gsize) (w) * 32)
#define BLN_A32_SUM(w) ((gsize) (w) * 36)
#define BLN_A256_BYTES(w) ((gsize) (w) * 308)
#define BLN_A256_D(w) ((gsize) (w) * 256)
#define BLN_A256_SUMS16(w) ((gsize) (w) * 260)
#define BLN_A256_SUMS32(w) ((gsize) (w) * 292)

/* Sums of four neighbouring sub-blocks are stored 0 2 1 3: a 32-bit lane with four scale
 * bytes splits into the words (0, 2) and (1, 3) with one mask and one shift. */
static inline guint
bln_a256_order (guint sub_block)
{
  static const guint8 order[4] = { 0, 2, 1, 3 };

  return (sub_block & ~3u) | order[sub_block & 3];
}

G_END_DECLS
