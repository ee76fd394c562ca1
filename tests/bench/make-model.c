/* make-model FILE [--layers N] [--experts N]
 *
 * Writes a GGUF file of DeepSeek-V2-Lite's shape with random weights, in the element types that a
 * Q4_K_M file of it has, for speed measurements: nothing in it means anything, but every block is
 * valid and other engines load it too. The vocabulary is a byte-level one of lower-case letter
 * strings, as large as the real one. */
#include <string.h>

#include "gguf-writer.h"
#include "quant.h"
#include "random-blocks.h"

#define N_VOCABULARY 102400
#define N_EMBEDDING 2048
#define N_HEADS 16
#define N_FF 10944
#define KV_RANK 512
#define NOPE 128
#define ROPE 64
#define VALUE 128
#define EXPERT_FF 1408
#define N_USED 6
#define N_SHARED 2
#define DEVIATION 0.02

static int n_layers = 27;
static int n_experts = 64;

/* ---- vocabulary -------------------------------------------------------------------- */

/* The character that stands for a byte in a byte-level vocabulary. */
static gunichar
byte_character (guint byte)
{
  guint n_moved = 0;

  for (guint b = 0; b <= byte; b++)
    {
      gboolean stays = (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || b >= 0xae;

      if (b == byte)
        return stays ? b : 256 + n_moved;
      n_moved += !stays;
    }
  g_assert_not_reached ();
}

/* Adds all strings of one letter more than those in [first, end), with the merges that make
 * them, until the vocabulary is full. */
static void
add_longer (GPtrArray *tokens,
            GPtrArray *merges,
            guint      first,
            guint      end)
{
  for (guint i = first; i < end; i++)
    for (char letter = 'a'; letter <= 'z' && tokens->len < N_VOCABULARY - 2; letter++)
      {
        const char *stem = g_ptr_array_index (tokens, i);

        g_ptr_array_add (merges, g_strdup_printf ("%s %c", stem, letter));
        g_ptr_array_add (tokens, g_strdup_printf ("%s%c", stem, letter));
      }
}

static void
make_tokens (GPtrArray *tokens,
             GPtrArray *merges)
{
  guint first, space = 0;

  for (guint byte = 0; byte < 256; byte++)
    {
      char text[8] = { 0 };

      g_unichar_to_utf8 (byte_character (byte), text);
      g_ptr_array_add (tokens, g_strdup (text));
    }
  space = ' ';
  add_longer (tokens, merges, space, space + 1);
  add_longer (tokens, merges, 'a', 'z' + 1);
  for (first = 256; tokens->len < N_VOCABULARY - 2;)
    {
      guint end = tokens->len;

      add_longer (tokens, merges, first, end);
      first = end;
    }
  g_ptr_array_add (tokens, g_strdup ("<|begin|>"));
  g_ptr_array_add (tokens, g_strdup ("<|end|>"));
}

static void
set_vocabulary (GgufWriter *writer)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func (g_free);
  g_autofree gint32 *types = g_new (gint32, N_VOCABULARY);

  make_tokens (tokens, merges);
  for (guint i = 0; i < N_VOCABULARY; i++)
    types[i] = i < N_VOCABULARY - 2 ? 1 : 3;
  gguf_writer_set_string (writer, "tokenizer.ggml.model", "gpt2");
  gguf_writer_set_string (writer, "tokenizer.ggml.pre", "deepseek-llm");
  gguf_writer_set_strings (writer, "tokenizer.ggml.tokens", (const char *const *) tokens->pdata,
                           tokens->len);
  gguf_writer_set_array (writer, "tokenizer.ggml.token_type", GGUF_I32, types, N_VOCABULARY, 4);
  gguf_writer_set_strings (writer, "tokenizer.ggml.merges", (const char *const *) merges->pdata,
                           merges->len);
  gguf_writer_set_u32 (writer, "tokenizer.ggml.bos_token_id", N_VOCABULARY - 2);
  gguf_writer_set_u32 (writer, "tokenizer.ggml.eos_token_id", N_VOCABULARY - 1);
  gguf_writer_set_bool (writer, "tokenizer.ggml.add_bos_token", FALSE);
}

/* ---- metadata ---------------------------------------------------------------------- */

static void
set_metadata (GgufWriter *writer)
{
  static const struct { const char *key; guint32 value; } numbers[] = {
    { "context_length", 163840 }, { "embedding_length", N_EMBEDDING },
    { "feed_forward_length", N_FF }, { "attention.head_count", N_HEADS },
    { "attention.head_count_kv", 1 }, { "attention.key_length", KV_RANK + ROPE },
    { "attention.value_length", KV_RANK }, { "attention.key_length_mla", NOPE + ROPE },
    { "attention.value_length_mla", VALUE }, { "attention.kv_lora_rank", KV_RANK },
    { "attention.q_lora_rank", 0 }, { "rope.dimension_count", ROPE },
    { "leading_dense_block_count", 1 }, { "vocab_size", N_VOCABULARY },
    { "expert_feed_forward_length", EXPERT_FF }, { "expert_used_count", N_USED },
    { "expert_shared_count", N_SHARED }, { "expert_gating_func", 1 },
    { "rope.scaling.original_context_length", 4096 },
  };

  gguf_writer_set_string (writer, "general.architecture", "deepseek2");
  gguf_writer_set_string (writer, "general.name", "Random weights in the shape of V2-Lite");
  gguf_writer_set_u32 (writer, "general.file_type", 15);
  gguf_writer_set_u32 (writer, "general.quantization_version", 2);
  gguf_writer_set_u32 (writer, "deepseek2.block_count", n_layers);
  gguf_writer_set_u32 (writer, "deepseek2.expert_count", n_experts);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *key = g_strconcat ("deepseek2.", numbers[i].key, NULL);

      gguf_writer_set_u32 (writer, key, numbers[i].value);
    }
  gguf_writer_set_f32 (writer, "deepseek2.attention.layer_norm_rms_epsilon", 1e-6f);
  gguf_writer_set_f32 (writer, "deepseek2.rope.freq_base", 10000);
  gguf_writer_set_f32 (writer, "deepseek2.expert_weights_scale", 1);
  gguf_writer_set_string (writer, "deepseek2.rope.scaling.type", "yarn");
  gguf_writer_set_f32 (writer, "deepseek2.rope.scaling.factor", 40);
  gguf_writer_set_f32 (writer, "deepseek2.rope.scaling.yarn_log_multiplier", 0.0707f);
  set_vocabulary (writer);
}

/* ---- tensors ----------------------------------------------------------------------- */

/* Every layer's down matrices get more bits at both ends and in each third layer between. */
static gboolean
has_more_bits (int layer)
{
  int eighth = n_layers / 8;

  return layer < eighth || layer >= 7 * n_layers / 8 || (layer - eighth) % 3 == 2;
}

/* The type a Q4_K_M file has for a matrix; rows that are no multiple of 256 fall back. */
static guint32
choose_type (const char *name,
             int         layer,
             guint64     row)
{
  gboolean more = strcmp (name, "output.weight") == 0
                  || (g_str_has_prefix (name, "ffn_down") && has_more_bits (layer));

  if (g_str_has_prefix (name, "ffn_gate_inp"))
    return BLN_TYPE_F32;
  if (row % 256 != 0)
    return more ? BLN_TYPE_Q8_0 : BLN_TYPE_Q5_0;
  return more ? BLN_TYPE_Q6_K : BLN_TYPE_Q4_K;
}

static void
fill_random (const GgufTensor *tensor,
             guint64           first,
             guint64           n_rows,
             guint8           *out,
             gpointer          user_data)
{
  guint64 row_bytes = tensor->n_bytes / (tensor->ne[1] * tensor->ne[2] * tensor->ne[3]);

  random_blocks_fill (user_data, out, n_rows * row_bytes);
}

static void
fill_ones (const GgufTensor *tensor,
           guint64           first,
           guint64           n_rows,
           guint8           *out,
           gpointer          user_data)
{
  for (guint64 i = 0; i < tensor->ne[0]; i++)
    ((float *) out)[i] = 1;
}

static void
add (GgufWriter *writer,
     int         layer, /* -1: outside */
     const char *name,
     guint64     ne0,
     guint64     ne1, /* 0: a norm */
     guint64     ne2)
{
  const guint64 ne[3] = { ne0, ne1, ne2 };
  guint32 type = ne1 == 0 ? BLN_TYPE_F32 : choose_type (name, layer, ne0);
  const BlnTypeInfo *info = bln_type_info (type);
  guint64 n = ne0 * MAX (ne1, 1) * MAX (ne2, 1);
  g_autofree char *full = layer < 0 ? g_strdup (name)
                                    : g_strdup_printf ("blk.%d.%s", layer, name);
  /* Lives as long as the program: the writer asks for the rows at the end. */
  RandomBlocks *blocks = random_blocks_new (type, DEVIATION, g_str_hash (full));

  gguf_writer_add_filled_tensor (writer, full, type, ne1 == 0 ? 1 : ne2 == 0 ? 2 : 3, ne,
                                 n / info->block_elements * info->block_bytes,
                                 ne1 == 0 ? fill_ones : fill_random, blocks);
}

static void
add_layer (GgufWriter *writer,
           int         layer)
{
  add (writer, layer, "attn_norm.weight", N_EMBEDDING, 0, 0);
  add (writer, layer, "attn_q.weight", N_EMBEDDING, N_HEADS * (NOPE + ROPE), 0);
  add (writer, layer, "attn_kv_a_mqa.weight", N_EMBEDDING, KV_RANK + ROPE, 0);
  add (writer, layer, "attn_kv_a_norm.weight", KV_RANK, 0, 0);
  add (writer, layer, "attn_k_b.weight", NOPE, KV_RANK, N_HEADS);
  add (writer, layer, "attn_v_b.weight", KV_RANK, VALUE, N_HEADS);
  add (writer, layer, "attn_output.weight", N_HEADS * VALUE, N_EMBEDDING, 0);
  add (writer, layer, "ffn_norm.weight", N_EMBEDDING, 0, 0);
  if (layer == 0)
    {
      add (writer, layer, "ffn_gate.weight", N_EMBEDDING, N_FF, 0);
      add (writer, layer, "ffn_up.weight", N_EMBEDDING, N_FF, 0);
      add (writer, layer, "ffn_down.weight", N_FF, N_EMBEDDING, 0);
      return;
    }
  add (writer, layer, "ffn_gate_inp.weight", N_EMBEDDING, n_experts, 0);
  add (writer, layer, "ffn_gate_exps.weight", N_EMBEDDING, EXPERT_FF, n_experts);
  add (writer, layer, "ffn_up_exps.weight", N_EMBEDDING, EXPERT_FF, n_experts);
  add (writer, layer, "ffn_down_exps.weight", EXPERT_FF, N_EMBEDDING, n_experts);
  add (writer, layer, "ffn_gate_shexp.weight", N_EMBEDDING, N_SHARED * EXPERT_FF, 0);
  add (writer, layer, "ffn_up_shexp.weight", N_EMBEDDING, N_SHARED * EXPERT_FF, 0);
  add (writer, layer, "ffn_down_shexp.weight", N_SHARED * EXPERT_FF, N_EMBEDDING, 0);
}

int
main (int    argc,
      char **argv)
{
  const GOptionEntry options[] = {
    { "layers", 0, 0, G_OPTION_ARG_INT, &n_layers, "Layers, the dense one among them", "N" },
    { "experts", 0, 0, G_OPTION_ARG_INT, &n_experts, "Experts of a layer", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (GgufWriter) writer = gguf_writer_new ();
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || n_layers < 1
      || n_experts < N_USED)
    {
      g_printerr ("%s\n", error != NULL ? error->message
                                        : "Usage: make-model FILE [--layers N] [--experts N]");
      return 2;
    }
  set_metadata (writer);
  add (writer, -1, "token_embd.weight", N_EMBEDDING, N_VOCABULARY, 0);
  for (int i = 0; i < n_layers; i++)
    add_layer (writer, i);
  add (writer, -1, "output_norm.weight", N_EMBEDDING, 0, 0);
  add (writer, -1, "output.weight", N_EMBEDDING, N_VOCABULARY, 0);
  gguf_writer_write (writer, argv[1]);
  return 0;
}
