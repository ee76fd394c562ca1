#include "record.h"

static BlnValue
record_block (BlnProgram *program,
              BlnValue    x,
              guint       index)
{
  program->layer = (int) index;
  if (program->weights->config.is_mla)
    x = bln_record_mla_moe_block (program, x, index);
  else if (program->weights->config.n_experts > 0)
    x = bln_record_moe_block (program, x, index);
  else
    x = bln_record_dense_block (program, x, index);
  program->layer = -1;
  return x;
}

BlnProgram *
bln_arch_record (const BlnWeights *weights,
                 gboolean          keeps_hidden)
{
  const BlnConfig *c = &weights->config;
  BlnProgram *program = bln_program_new (weights);
  BlnValue x;

  x = bln_record_embed (program, weights->token_embd, c->embedding_scale);
  for (guint i = 0; i < c->n_layers; i++)
    x = record_block (program, x, i);
  if (keeps_hidden)
    program->hidden = x = bln_record_norm (program, x, weights->output_norm);
  bln_record_head (program, x, keeps_hidden ? NULL : weights->output_norm, weights->output,
                   weights->output_bias, c->logit_scale, c->logit_softcap);
  bln_program_finish (program);
  return program;
}

BlnProgram *
bln_arch_record_mtp (const BlnWeights *weights)
{
  const BlnConfig *c = &weights->config;
  const BlnBlock *block = &weights->blocks[c->n_layers];
  BlnProgram *program = bln_program_new (weights);
  BlnValue embedding, hidden, x;

  embedding = bln_record_embed (program,
                                block->mtp_embd != NULL ? block->mtp_embd
                                : weights->token_embd, c->embedding_scale);
  hidden = bln_record_input (program, c->n_embd);
  x = bln_record_concat (program, embedding, block->enorm, hidden, block->hnorm);
  x = bln_record_matmul (program, x, block->eh_proj, NULL);
  x = record_block (program, x, c->n_layers);
  bln_record_head (program, x,
                   block->mtp_head_norm != NULL ? block->mtp_head_norm : weights->output_norm,
                   block->mtp_head != NULL ? block->mtp_head : weights->output,
                   block->mtp_head != NULL ? NULL : weights->output_bias,
                   c->logit_scale, c->logit_softcap);
  bln_program_finish (program);
  return program;
}
