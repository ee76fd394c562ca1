/* qwen3moe, and llama with experts (Mixtral): plain attention, experts without shared ones. */
#include "record.h"

BlnValue
bln_record_expert_ffn (BlnProgram     *program,
                       BlnValue        h,
                       const BlnBlock *block)
{
  const BlnConfig *c = &program->weights->config;
  BlnRouting routing = {
    .n_experts = c->n_experts, .n_used = c->n_experts_used, .n_ff = c->n_ff_expert,
    .n_groups = c->n_groups, .n_groups_used = c->n_groups_used, .gating = c->gating,
    .groups_by_two = c->groups_by_two, .normalise = c->normalise, .scale = c->expert_scale,
  };

  return bln_record_experts (program, h, block, &routing);
}

BlnValue
bln_record_moe_block (BlnProgram *program,
                      BlnValue    x,
                      guint       index)
{
  const BlnBlock *block = &program->weights->blocks[index];
  BlnValue h;

  h = bln_record_norm (program, x, block->attn_norm);
  x = bln_record_add (program, x, bln_record_plain_attention (program, h, index));
  h = bln_record_norm (program, x, block->ffn_norm);
  if (block->router != NULL)
    return bln_record_add (program, x, bln_record_expert_ffn (program, h, block));
  return bln_record_add (program, x, bln_record_dense_ffn (program, h, block, BLN_GLU_SILU));
}
