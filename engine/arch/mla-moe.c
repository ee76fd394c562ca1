/* deepseek2: DeepSeek-V2, V3, R1, Moonlight, Kimi-K2, GLM-4.7-Flash and Krill. Multi-head
 * latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1) and experts with shared ones
 * (DeepSeekMoE; V3 report, arXiv 2412.19437, section 2.1.2). */
#include "record.h"

static BlnValue
record_attention (BlnProgram *program,
                  BlnValue    h,
                  guint       index)
{
  const BlnConfig *c = &program->weights->config;
  const BlnBlock *block = &program->weights->blocks[index];
  BlnMlaShape shape = {
    .n_head = c->n_head[index], .n_latent = c->n_latent, .n_nope = c->n_nope,
    .n_rope = c->n_rope, .n_value = c->n_mla_value, .scale = c->attention_scale,
    .rope = &c->rope, .latent_norm = block->attn_kv_a_norm,
    .k_b = block->attn_k_b, .v_b = block->attn_v_b, .kv_b = block->attn_kv_b,
    .temperature_scale = c->temperature_scale, .temperature_length = c->temperature_length,
  };
  BlnValue q, kv, a;

  if (block->attn_q_a != NULL)
    {
      q = bln_record_matmul (program, h, block->attn_q_a, NULL);
      q = bln_record_norm (program, q, block->attn_q_a_norm);
      q = bln_record_matmul (program, q, block->attn_q_b, NULL);
    }
  else
    q = bln_record_matmul (program, h, block->attn_q, NULL);
  kv = bln_record_matmul (program, h, block->attn_kv_a, NULL);
  a = bln_record_mla (program, q, kv, index, &shape);
  return bln_record_matmul (program, a, block->attn_output, block->attn_output_bias);
}

BlnValue
bln_record_mla_moe_block (BlnProgram *program,
                          BlnValue    x,
                          guint       index)
{
  const BlnBlock *block = &program->weights->blocks[index];
  BlnValue h;

  h = bln_record_norm (program, x, block->attn_norm);
  x = bln_record_add (program, x, record_attention (program, h, index));
  h = bln_record_norm (program, x, block->ffn_norm);
  if (block->router != NULL)
    return bln_record_add (program, x, bln_record_expert_ffn (program, h, block));
  return bln_record_add (program, x, bln_record_dense_ffn (program, h, block, BLN_GLU_SILU));
}
