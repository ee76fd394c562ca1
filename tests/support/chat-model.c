#include "chat-model.h"

#include <string.h>

#define CERTAINTY 10

static const char chat_template[]
    = "{% for message in messages %}<|im_start|>{{ message.role }}\n"
      "{{ message.content }}<|im_end|>\n{% endfor %}"
      "{% if add_generation_prompt %}<|im_start|>assistant\n"
      "{% if enable_thinking %}<think>{% endif %}{% endif %}";

static const char plain_template[]
    = "{% for message in messages %}<|im_start|>{{ message.role }}\n"
      "{{ message.content }}<|im_end|>\n{% endfor %}"
      "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

enum
{
  START = 256, /* after the bytes */
  END,
  THINK,
  THOUGHT,
  FIRST_WORD,
};

typedef struct
{
  GPtrArray *tokens; /* in the byte-level alphabet */
  GArray *types;     /* gint32 */
  GArray *next;      /* gint32: which token follows */
} Script;

/* A byte-level vocabulary writes the bytes that are no printable characters as letters from
 * U+0100 on. */
static void
append_byte (GString *text,
             guint    byte)
{
  guint n_moved = 0;

  for (guint b = 0; b < byte; b++)
    n_moved += !((b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || b >= 0xae);
  if ((byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae)
    g_string_append_unichar (text, byte);
  else
    g_string_append_unichar (text, 256 + n_moved);
}

static gint32
add_token (Script     *script,
           const char *bytes,
           gsize       n,
           gint32      type)
{
  GString *text = g_string_new (NULL);
  const gint32 end = END;

  for (gsize i = 0; i < n && type == 1; i++)
    append_byte (text, (guchar) bytes[i]);
  if (type != 1)
    g_string_append (text, bytes);
  g_ptr_array_add (script->tokens, g_string_free (text, FALSE));
  g_array_append_val (script->types, type);
  g_array_append_val (script->next, end);
  return script->tokens->len - 1;
}

/* The words one after the other, from the token `before` on; returns the last. */
static gint32
add_words (Script            *script,
           gint32             before,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gint32 token = add_token (script, words[i], strlen (words[i]), 1);

      g_array_index (script->next, gint32, before) = token;
      before = token;
    }
  return before;
}

static void
make_script (Script            *script,
             const char *const *thoughts,
             const char *const *answer,
             gboolean           is_endless)
{
  gint32 last, first;

  for (guint byte = 0; byte < 256; byte++)
    {
      char c = byte;

      add_token (script, &c, 1, 1);
    }
  add_token (script, "<|im_start|>", 0, 3);
  add_token (script, "<|im_end|>", 0, 3);
  add_token (script, thoughts != NULL ? "<think>" : "<|spare|>", 0, 4);
  add_token (script, thoughts != NULL ? "</think>" : "<|spare too|>", 0, 4);
  if (thoughts != NULL)
    g_array_index (script->next, gint32, add_words (script, THINK, thoughts)) = THOUGHT;
  first = script->tokens->len;
  last = add_words (script, '\n', answer);
  g_array_index (script->next, gint32, THOUGHT) = first;
  if (is_endless)
    g_array_index (script->next, gint32, last) = first;
}

static void
set_metadata (GgufWriter   *writer,
              const Script *script,
              gboolean      can_think)
{
  static const char *const merges[] = { "h e" };
  guint V = script->tokens->len;

  gguf_writer_set_string (writer, "general.architecture", "llama");
  gguf_writer_set_string (writer, "general.name", "Parrot");
  gguf_writer_set_u32 (writer, "llama.block_count", 1);
  gguf_writer_set_u32 (writer, "llama.context_length", 4096);
  gguf_writer_set_u32 (writer, "llama.embedding_length", V);
  gguf_writer_set_u32 (writer, "llama.feed_forward_length", 8);
  gguf_writer_set_u32 (writer, "llama.attention.head_count", 1);
  gguf_writer_set_u32 (writer, "llama.attention.key_length", 8);
  gguf_writer_set_u32 (writer, "llama.attention.value_length", 8);
  gguf_writer_set_u32 (writer, "llama.rope.dimension_count", 8);
  gguf_writer_set_f32 (writer, "llama.attention.layer_norm_rms_epsilon", 1e-6f);
  gguf_writer_set_string (writer, "tokenizer.ggml.model", "gpt2");
  gguf_writer_set_string (writer, "tokenizer.ggml.pre", "smollm");
  gguf_writer_set_strings (writer, "tokenizer.ggml.tokens",
                           (const char *const *) script->tokens->pdata, V);
  gguf_writer_set_array (writer, "tokenizer.ggml.token_type", GGUF_I32, script->types->data, V,
                         sizeof (gint32));
  gguf_writer_set_strings (writer, "tokenizer.ggml.merges", merges, 1);
  gguf_writer_set_u32 (writer, "tokenizer.ggml.bos_token_id", START);
  gguf_writer_set_u32 (writer, "tokenizer.ggml.eos_token_id", END);
  gguf_writer_set_bool (writer, "tokenizer.ggml.add_bos_token", FALSE);
  gguf_writer_set_string (writer, "tokenizer.chat_template",
                          can_think ? chat_template : plain_template);
}

static float *
add_matrix (GgufWriter *writer,
            const char *name,
            guint64     ne0,
            guint64     ne1, /* 0: a vector of ones */
            float       value)
{
  const guint64 ne[2] = { ne0, ne1 };
  gsize n = ne0 * MAX (ne1, 1);
  g_autofree float *values = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    values[i] = value;
  return (float *) gguf_writer_add_tensor (writer, name, 0, ne1 == 0 ? 1 : 2, ne, values,
                                           n * sizeof (float))->data;
}

GgufWriter *
chat_model_build (const char *const *thoughts,
                  const char *const *answer,
                  gboolean           is_endless)
{
  GgufWriter *writer = gguf_writer_new ();
  Script script = { g_ptr_array_new_with_free_func (g_free),
                    g_array_new (FALSE, FALSE, sizeof (gint32)),
                    g_array_new (FALSE, FALSE, sizeof (gint32)) };
  float *embedding, *output;
  guint V;

  make_script (&script, thoughts, answer, is_endless);
  V = script.tokens->len;
  set_metadata (writer, &script, thoughts != NULL);
  embedding = add_matrix (writer, "token_embd.weight", V, V, 0);
  output = add_matrix (writer, "output.weight", V, V, 0);
  for (guint i = 0; i < V; i++)
    {
      embedding[(gsize) i * V + i] = 1;
      output[(gsize) g_array_index (script.next, gint32, i) * V + i] = CERTAINTY;
    }
  add_matrix (writer, "output_norm.weight", V, 0, 1);
  add_matrix (writer, "blk.0.attn_norm.weight", V, 0, 1);
  add_matrix (writer, "blk.0.attn_q.weight", V, 8, 0.1f);
  add_matrix (writer, "blk.0.attn_k.weight", V, 8, 0.1f);
  add_matrix (writer, "blk.0.attn_v.weight", V, 8, 0.1f);
  add_matrix (writer, "blk.0.attn_output.weight", 8, V, 0);
  add_matrix (writer, "blk.0.ffn_norm.weight", V, 0, 1);
  add_matrix (writer, "blk.0.ffn_gate.weight", V, 8, 0.1f);
  add_matrix (writer, "blk.0.ffn_up.weight", V, 8, 0.1f);
  add_matrix (writer, "blk.0.ffn_down.weight", 8, V, 0);
  g_ptr_array_unref (script.tokens);
  g_array_unref (script.types);
  g_array_unref (script.next);
  return writer;
}
