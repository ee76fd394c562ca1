/* llama, qwen2, qwen3 and gemma3: grouped-query attention (arXiv 2305.13245) and a gated
 * feed-forward part. They differ in biases, in norms of queries and keys, in gemma3's norms
 * after each half and its windows, all of which the blocks and the config say. */
#include "record.h"

BlnValue
bln_record_plain_attention (BlnProgram *program,
                            BlnValue    h,
                            guint       index)
{
  const BlnConfig *c = &program->weights->config;
  const BlnBlock *block = &program->weights->blocks[index];
  BlnAttentionShape shape = {
    .n_head = c->n_head[index], .n_head_kv = c->n_head_kv[index],
    .n_key = c->n_key, .n_value = c->n_value,
    .n_window = c->is_local[index] ? c->n_window : 0, .scale = c->attention_scale,
    .rope = c->is_local[index] ? &c->rope_local : &c->rope,
    .q_norm = block->attn_q_norm, .k_norm = block->attn_k_norm,
  };
  guint32 n_q = shape.n_head * shape.n_key;
  guint32 n_k = shape.n_head_kv * shape.n_key;
  guint32 n_v = shape.n_head_kv * shape.n_value;
  BlnValue q, k, v, a;

  if (block->attn_qkv != NULL)
    {
      BlnValue qkv = bln_record_matmul (program, h, block->attn_qkv, block->attn_qkv_bias);

      q = bln_value_part (qkv, 0, n_q);
      k = bln_value_part (qkv, n_q, n_k);
      v = bln_value_part (qkv, n_q + n_k, n_v);
    }
  else
    {
      q = bln_record_matmul (program, h, block->attn_q, block->attn_q_bias);
      k = bln_record_matmul (program, h, block->attn_k, block->attn_k_bias);
      v = bln_record_matmul (program, h, block->attn_v, block->attn_v_bias);
    }
  a = bln_record_attention (program, q, k, v, index, &shape);
  return bln_record_matmul (program, a, block->attn_output, block->attn_output_bias);
}

BlnValue
bln_record_dense_ffn (BlnProgram     *program,
                      BlnValue        h,
                      const BlnBlock *block,
                      BlnGlu          glu)
{
  BlnValue gate = bln_record_matmul (program, h, block->ffn_gate, block->ffn_gate_bias);
  BlnValue up = bln_record_matmul (program, h, block->ffn_up, block->ffn_up_bias);

  return bln_record_matmul (program, bln_record_glu (program, glu, gate, up),
                            block->ffn_down, block->ffn_down_bias);
}

BlnValue
bln_record_dense_block (BlnProgram *program,
                        BlnValue    x,
                        guint       index)
{
  const BlnBlock *block = &program->weights->blocks[index];
  gboolean is_gemma = program->weights->config.arch == BLN_ARCH_GEMMA3;
  BlnValue h, y;

  h = bln_record_norm (program, x, block->attn_norm);
  y = bln_record_plain_attention (program, h, index);
  if (block->post_attention_norm != NULL)
    y = bln_record_norm (program, y, block->post_attention_norm);
  x = bln_record_add (program, x, y);

  h = bln_record_norm (program, x, block->ffn_norm);
  y = bln_record_dense_ffn (program, h, block, is_gemma ? BLN_GLU_GELU : BLN_GLU_SILU);
  if (block->post_ffw_norm != NULL)
    y = bln_record_norm (program, y, block->post_ffw_norm);
  return bln_record_add (program, x, y);
}
