#include "weights.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>

/* Collects the tensors of one model; the first error stays and silences what follows. */
typedef struct
{
  BlnWeights *weights;
  GHashTable *by_tensor; /* BlnTensor → BlnWeight: a tensor used twice is one weight */
  int block;             /* -1: outside of blocks */
  GError *error;
} Finder;

static const BlnTensor *
find (Finder     *finder,
      const char *name,
      char       *full_name,
      gsize       size)
{
  if (finder->block < 0)
    g_strlcpy (full_name, name, size);
  else
    g_snprintf (full_name, size, "blk.%d.%s", finder->block, name);
  return bln_gguf_find_tensor (finder->weights->gguf, full_name);
}

static gboolean
check_type (Finder          *finder,
            const BlnTensor *tensor,
            gboolean         is_vector)
{
  const BlnTypeInfo *info = bln_type_info (tensor->type);

  if (info == NULL || !info->is_supported ||
      (is_vector && tensor->type != BLN_TYPE_F32 && tensor->type != BLN_TYPE_F16 &&
       tensor->type != BLN_TYPE_BF16))
    {
      g_set_error (&finder->error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” holds the tensor %s as %s, which is not supported there; %s are."),
                   bln_gguf_get_base_name (finder->weights->gguf), tensor->name,
                   info != NULL ? info->name : _("an unknown type"),
                   is_vector ? "F32, F16, BF16" : bln_type_supported_names ());
      return FALSE;
    }
  return TRUE;
}

static BlnWeight *
take (Finder     *finder,
      const char *name,
      gboolean    is_required,
      gboolean    is_vector,
      guint64     n_in,
      guint64     n_out,
      guint64     n_slabs)
{
  BlnGguf *gguf = finder->weights->gguf;
  char full_name[96];
  const BlnTensor *tensor;
  BlnWeight *weight;

  if (finder->error != NULL)
    return NULL;
  tensor = find (finder, name, full_name, sizeof full_name);
  if (tensor == NULL)
    {
      if (is_required)
        bln_config_damaged (gguf, &finder->error, _("the tensor %s is missing."), full_name);
      return NULL;
    }
  if (tensor->ne[0] != n_in || tensor->ne[1] != n_out || tensor->ne[2] != n_slabs ||
      tensor->ne[3] != 1)
    {
      bln_config_damaged (gguf, &finder->error,
                          _("the tensor %s is %" PRIu64 " × %" PRIu64
                            " × %" PRIu64 " and must be %" PRIu64
                            " × %" PRIu64 " × %" PRIu64 "."),
                          full_name, tensor->ne[0], tensor->ne[1], tensor->ne[2],
                          n_in, n_out, n_slabs);
      return NULL;
    }
  if (!check_type (finder, tensor, is_vector))
    return NULL;

  weight = g_hash_table_lookup (finder->by_tensor, tensor);
  if (weight != NULL)
    return weight;
  weight = g_new0 (BlnWeight, 1);
  weight->tensor = tensor;
  weight->index = finder->weights->all->len;
  weight->n_in = n_in;
  weight->n_out = n_out;
  weight->n_slabs = n_slabs;
  weight->is_vector = is_vector;
  g_ptr_array_add (finder->weights->all, weight);
  g_hash_table_insert (finder->by_tensor, (gpointer) tensor, weight);
  return weight;
}

static BlnWeight *
matrix (Finder     *finder,
        const char *name,
        guint64     n_in,
        guint64     n_out)
{
  return take (finder, name, TRUE, FALSE, n_in, n_out, 1);
}

static BlnWeight *
vector (Finder     *finder,
        const char *name,
        guint64     n)
{
  return take (finder, name, TRUE, TRUE, n, 1, 1);
}

static BlnWeight *
optional_vector (Finder     *finder,
                 const char *name,
                 guint64     n)
{
  return take (finder, name, FALSE, TRUE, n, 1, 1);
}

static gboolean
has (Finder     *finder,
     const char *name)
{
  char full_name[96];

  return find (finder, name, full_name, sizeof full_name) != NULL;
}

static void
find_latent_attention (Finder   *finder,
                       BlnBlock *block)
{
  const BlnConfig *c = &finder->weights->config;
  guint64 n_head = c->n_head[finder->block];
  guint64 n_query = n_head * (c->n_nope + c->n_rope);

  if (c->n_q_lora > 0)
    {
      block->attn_q_a = matrix (finder, "attn_q_a.weight", c->n_embd, c->n_q_lora);
      block->attn_q_a_norm = vector (finder, "attn_q_a_norm.weight", c->n_q_lora);
      block->attn_q_b = matrix (finder, "attn_q_b.weight", c->n_q_lora, n_query);
    }
  else
    block->attn_q = matrix (finder, "attn_q.weight", c->n_embd, n_query);
  block->attn_kv_a = matrix (finder, "attn_kv_a_mqa.weight", c->n_embd,
                             c->n_latent + c->n_rope);
  block->attn_kv_a_norm = vector (finder, "attn_kv_a_norm.weight", c->n_latent);
  if (c->has_kv_b)
    block->attn_kv_b = matrix (finder, "attn_kv_b.weight", c->n_latent,
                               n_head * (c->n_nope + c->n_mla_value));
  else
    {
      block->attn_k_b = take (finder, "attn_k_b.weight", TRUE, FALSE,
                              c->n_nope, c->n_latent, n_head);
      block->attn_v_b = take (finder, "attn_v_b.weight", TRUE, FALSE,
                              c->n_latent, c->n_mla_value, n_head);
    }
  block->attn_output = matrix (finder, "attn_output.weight", n_head * c->n_mla_value,
                               c->n_embd);
  block->attn_output_bias = optional_vector (finder, "attn_output.bias", c->n_embd);
}

static void
find_plain_attention (Finder   *finder,
                      BlnBlock *block)
{
  const BlnConfig *c = &finder->weights->config;
  guint64 n_q = (guint64) c->n_head[finder->block] * c->n_key;
  guint64 n_k = (guint64) c->n_head_kv[finder->block] * c->n_key;
  guint64 n_v = (guint64) c->n_head_kv[finder->block] * c->n_value;

  if (has (finder, "attn_qkv.weight"))
    {
      block->attn_qkv = matrix (finder, "attn_qkv.weight", c->n_embd, n_q + n_k + n_v);
      block->attn_qkv_bias = optional_vector (finder, "attn_qkv.bias", n_q + n_k + n_v);
    }
  else
    {
      block->attn_q = matrix (finder, "attn_q.weight", c->n_embd, n_q);
      block->attn_k = matrix (finder, "attn_k.weight", c->n_embd, n_k);
      block->attn_v = matrix (finder, "attn_v.weight", c->n_embd, n_v);
      block->attn_q_bias = optional_vector (finder, "attn_q.bias", n_q);
      block->attn_k_bias = optional_vector (finder, "attn_k.bias", n_k);
      block->attn_v_bias = optional_vector (finder, "attn_v.bias", n_v);
    }
  if (c->arch == BLN_ARCH_QWEN3 || c->arch == BLN_ARCH_QWEN3MOE || c->arch == BLN_ARCH_GEMMA3)
    {
      block->attn_q_norm = vector (finder, "attn_q_norm.weight", c->n_key);
      block->attn_k_norm = vector (finder, "attn_k_norm.weight", c->n_key);
    }
  block->attn_output = matrix (finder, "attn_output.weight",
                               (guint64) c->n_head[finder->block] * c->n_value, c->n_embd);
  block->attn_output_bias = optional_vector (finder, "attn_output.bias", c->n_embd);
}

static void
find_experts (Finder   *finder,
              BlnBlock *block)
{
  const BlnConfig *c = &finder->weights->config;

  block->router = matrix (finder, "ffn_gate_inp.weight", c->n_embd, c->n_experts);
  block->router_bias = optional_vector (finder, "exp_probs_b.bias", c->n_experts);
  if (has (finder, "ffn_gate_up_exps.weight"))
    block->gate_up_exps = take (finder, "ffn_gate_up_exps.weight", TRUE, FALSE,
                                c->n_embd, 2ull * c->n_ff_expert, c->n_experts);
  else
    {
      block->gate_exps = take (finder, "ffn_gate_exps.weight", TRUE, FALSE,
                               c->n_embd, c->n_ff_expert, c->n_experts);
      block->up_exps = take (finder, "ffn_up_exps.weight", TRUE, FALSE,
                             c->n_embd, c->n_ff_expert, c->n_experts);
    }
  block->down_exps = take (finder, "ffn_down_exps.weight", TRUE, FALSE,
                           c->n_ff_expert, c->n_embd, c->n_experts);
  if (c->n_ff_shared > 0)
    {
      block->gate_shexp = matrix (finder, "ffn_gate_shexp.weight", c->n_embd, c->n_ff_shared);
      block->up_shexp = matrix (finder, "ffn_up_shexp.weight", c->n_embd, c->n_ff_shared);
      block->down_shexp = matrix (finder, "ffn_down_shexp.weight", c->n_ff_shared, c->n_embd);
    }
}

static void
find_dense_ffn (Finder   *finder,
                BlnBlock *block)
{
  const BlnConfig *c = &finder->weights->config;
  guint64 n_ff = c->n_ff[finder->block];

  if (n_ff == 0 && finder->error == NULL)
    bln_config_damaged (finder->weights->gguf, &finder->error,
                        _("%s.feed_forward_length is missing."), c->arch_name);
  block->ffn_gate = matrix (finder, "ffn_gate.weight", c->n_embd, n_ff);
  block->ffn_up = matrix (finder, "ffn_up.weight", c->n_embd, n_ff);
  block->ffn_down = matrix (finder, "ffn_down.weight", n_ff, c->n_embd);
  block->ffn_gate_bias = optional_vector (finder, "ffn_gate.bias", n_ff);
  block->ffn_up_bias = optional_vector (finder, "ffn_up.bias", n_ff);
  block->ffn_down_bias = optional_vector (finder, "ffn_down.bias", c->n_embd);
}

static void
find_mtp (Finder   *finder,
          BlnBlock *block)
{
  const BlnConfig *c = &finder->weights->config;

  block->enorm = vector (finder, "nextn.enorm.weight", c->n_embd);
  block->hnorm = vector (finder, "nextn.hnorm.weight", c->n_embd);
  block->eh_proj = matrix (finder, "nextn.eh_proj.weight", 2ull * c->n_embd, c->n_embd);
  block->mtp_embd = take (finder, "nextn.embed_tokens.weight", FALSE, FALSE,
                          c->n_embd, c->n_vocab, 1);
  block->mtp_head_norm = optional_vector (finder, "nextn.shared_head_norm.weight", c->n_embd);
  block->mtp_head = take (finder, "nextn.shared_head_head.weight", FALSE, FALSE,
                          c->n_embd, c->n_vocab, 1);
}

static void
find_block (Finder *finder,
            guint   index)
{
  BlnWeights *weights = finder->weights;
  const BlnConfig *c = &weights->config;
  BlnBlock *block = &weights->blocks[index];

  finder->block = (int) index;
  block->attn_norm = vector (finder, "attn_norm.weight", c->n_embd);
  if (c->is_mla)
    find_latent_attention (finder, block);
  else
    find_plain_attention (finder, block);
  block->ffn_norm = vector (finder, "ffn_norm.weight", c->n_embd);
  if (c->arch == BLN_ARCH_GEMMA3)
    {
      block->post_attention_norm = vector (finder, "post_attention_norm.weight", c->n_embd);
      block->post_ffw_norm = vector (finder, "post_ffw_norm.weight", c->n_embd);
    }
  if (bln_config_has_experts (c, index))
    find_experts (finder, block);
  else
    find_dense_ffn (finder, block);
  if (index >= c->n_layers)
    find_mtp (finder, block);
}

static void
find_all (Finder *finder)
{
  BlnWeights *weights = finder->weights;
  const BlnConfig *c = &weights->config;

  finder->block = -1;
  weights->token_embd = matrix (finder, "token_embd.weight", c->n_embd, c->n_vocab);
  weights->output_norm = vector (finder, "output_norm.weight", c->n_embd);
  weights->output = take (finder, "output.weight", FALSE, FALSE, c->n_embd, c->n_vocab, 1);
  weights->output_bias = optional_vector (finder, "output.bias", c->n_vocab);
  if (weights->output == NULL)
    weights->output = weights->token_embd;
  if (c->rope.n_rot > 0)
    weights->rope_freqs = optional_vector (finder, "rope_freqs.weight", c->rope.n_rot / 2);
  for (guint i = 0; i < c->n_blocks && finder->error == NULL; i++)
    find_block (finder, i);
}

BlnWeights *
bln_weights_new (BlnGguf *gguf,
                 GError **error)
{
  g_autoptr (BlnWeights) weights = g_new0 (BlnWeights, 1);
  g_autoptr (GHashTable) by_tensor = g_hash_table_new (NULL, NULL);
  Finder finder = { weights, by_tensor, -1, NULL };

  weights->gguf = gguf;
  weights->all = g_ptr_array_new_with_free_func (g_free);
  weights->own_tensors = g_ptr_array_new_with_free_func (g_free);
  if (!bln_config_read (&weights->config, gguf, error))
    return NULL;
  weights->blocks = g_new0 (BlnBlock, weights->config.n_blocks);
  find_all (&finder);
  if (finder.error != NULL)
    {
      g_propagate_error (error, finder.error);
      return NULL;
    }
  return g_steal_pointer (&weights);
}

void
bln_weights_free (BlnWeights *weights)
{
  bln_config_clear (&weights->config);
  g_clear_pointer (&weights->all, g_ptr_array_unref);
  g_clear_pointer (&weights->own_tensors, g_ptr_array_unref);
  if (weights->own_data != NULL)
    munmap (weights->own_data, weights->own_bytes);
  g_free (weights->blocks);
  g_free (weights);
}

gboolean
bln_weights_are_f32 (const BlnWeights *weights)
{
  for (guint i = 0; i < weights->all->len; i++)
    {
      const BlnWeight *weight = g_ptr_array_index (weights->all, i);

      if (!weight->is_vector && weight->tensor->type != BLN_TYPE_F32)
        return FALSE;
    }
  return TRUE;
}
