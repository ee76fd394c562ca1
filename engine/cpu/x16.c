#include "x16.h"

#include <string.h>

static const BlnX16Layout layouts[BLN_TYPE_COUNT] = {
  [BLN_TYPE_Q4_0] = { 0, 1, 2, 2, 4, 0 },
  [BLN_TYPE_Q4_1] = { 0, 2, 2, 4, 4, 0 },
  [BLN_TYPE_Q5_0] = { 0, 1, 2, 2, 5, 0 },
  [BLN_TYPE_Q5_1] = { 0, 2, 2, 4, 5, 0 },
  [BLN_TYPE_Q8_0] = { 0, 1, 2, 2, 8, 0x80 },
  [BLN_TYPE_IQ4_NL] = { 0, 1, 2, 2, 4, 0 },
  [BLN_TYPE_MXFP4] = { 0, 1, 1, 1, 4, 0 },
  [BLN_TYPE_Q2_K] = { 80, 2, 2, 0, 20, 0 },
  [BLN_TYPE_Q3_K] = { 108, 1, 2, 0, 27, 0 },
  [BLN_TYPE_Q4_K] = { 0, 2, 2, 4, 35, 0 },
  [BLN_TYPE_Q5_K] = { 0, 2, 2, 4, 43, 0 },
  [BLN_TYPE_Q6_K] = { 208, 1, 2, 0, 52, 0 },
  [BLN_TYPE_IQ4_XS] = { 0, 2, 2, 4, 33, 0 },
};

const BlnX16Layout *
bln_x16_layout (BlnType type)
{
  if ((guint) type >= BLN_TYPE_COUNT || layouts[type].n_words == 0)
    return NULL;
  return &layouts[type];
}

gsize
bln_x16_group_bytes (BlnType type,
                     gsize   n_in)
{
  const BlnTypeInfo *info = bln_type_info (type);

  return n_in / info->block_elements * info->block_bytes * BLN_GROUP_ROWS;
}

void
bln_x16_extract (BlnType       type,
                 const guint8 *group,
                 gsize         block,
                 guint         row,
                 guint8       *file_block)
{
  const BlnX16Layout *layout = &layouts[type];
  gsize head_bytes = (gsize) layout->n_heads * layout->head_bytes * BLN_GROUP_ROWS;
  gsize block_bytes = head_bytes + (gsize) layout->n_words * 4 * BLN_GROUP_ROWS;
  const guint8 *heads = group + block * block_bytes;
  const guint8 *words = heads + head_bytes;
  guint8 *out = file_block + layout->words_at;

  for (guint i = 0; i < layout->n_heads; i++)
    memcpy (file_block + layout->head_at + i * layout->head_bytes,
            heads + (i * BLN_GROUP_ROWS + row) * layout->head_bytes, layout->head_bytes);
  for (guint i = 0; i < layout->n_words; i++)
    memcpy (out + 4 * i, words + (i * BLN_GROUP_ROWS + row) * 4, 4);
  for (guint i = 0; i < layout->n_words * 4u && layout->invert != 0; i++)
    out[i] ^= layout->invert;
}
