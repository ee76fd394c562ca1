/* The architectures: each records its forward pass into a program, reading straight down. */
#pragma once

#include "program.h"

G_BEGIN_DECLS

/* The whole model: tokens to logits. `keeps_hidden`: the state after output_norm is kept for
 * every row, as MTP needs it. */
BlnProgram *bln_arch_record (const BlnWeights *weights,
                             gboolean          keeps_hidden);

/* The MTP block: hidden states and the tokens after them to logits of the tokens after
 * those. Only for models with n_mtp > 0. `n_vocab` rows of the head are used, from the first
 * (deepseek-v3 report, section 2.2; embedding half first, as released weights have it). */
BlnProgram *bln_arch_record_mtp (const BlnWeights *weights);

/* One per family. */
BlnValue bln_record_mla_moe_block (BlnProgram *program, BlnValue x, guint index);
BlnValue bln_record_dense_block (BlnProgram *program, BlnValue x, guint index);
BlnValue bln_record_moe_block (BlnProgram *program, BlnValue x, guint index);

/* Shared between them: the second half of a block. */
BlnValue bln_record_plain_attention (BlnProgram *program, BlnValue h, guint index);
BlnValue bln_record_dense_ffn (BlnProgram *program, BlnValue h, const BlnBlock *block,
                               BlnGlu glu);
BlnValue bln_record_expert_ffn (BlnProgram *program, BlnValue h, const BlnBlock *block);

G_END_DECLS
