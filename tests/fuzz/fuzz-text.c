/* Any text through every way of splitting it: what comes back is what went in. */
#include "tokenizer.h"
#include "vocabulary.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static const char *const splitters[] = {
  "deepseek-llm", "deepseek-coder", "deepseek-v3", "deepseek-r1-qwen", "qwen2", "llama-bpe",
  "gpt-2", "smollm", "glm4", "kimi-k2",
};

/* The last one is SentencePiece's. */
#define N_TOKENIZERS (G_N_ELEMENTS (splitters) + 1)

static Vocabulary *vocabularies[N_TOKENIZERS];
static BlnTokenizer *tokenizers[N_TOKENIZERS];

static void
open_all (void)
{
  for (guint i = 0; i < N_TOKENIZERS; i++)
    {
      GError *error = NULL;

      vocabularies[i] = i < G_N_ELEMENTS (splitters) ? vocabulary_new_byte_level (splitters[i])
                                                     : vocabulary_new_sentencepiece ();
      vocabulary_merge (vocabularies[i], "a", "b");
      vocabulary_add (vocabularies[i], "<|end|>", 3, 0);
      tokenizers[i] = vocabulary_open (vocabularies[i], &error);
      g_assert_no_error (error);
    }
}

/* Byte-level vocabularies give back every byte of valid text. */
static void
go_there_and_back (BlnTokenizer *tokenizer,
                   const char   *text,
                   gsize         length,
                   gboolean      is_exact)
{
  g_autoptr (GString) back = g_string_new (NULL);
  gsize n_tokens = 0;
  g_autofree gint32 *tokens = bln_tokenizer_encode (tokenizer, text, length, NULL,
                                                    BLN_TOKENIZE_SPECIAL, &n_tokens, NULL);

  g_assert (tokens != NULL);
  for (gsize i = 0; i < n_tokens; i++)
    {
      gsize n;
      const char *bytes = bln_tokenizer_token_bytes (tokenizer, tokens[i], TRUE, &n);
      g_string_append_len (back, bytes, n);
    }
  if (is_exact && g_utf8_validate_len (text, length, NULL))
    g_assert (back->len == length && memcmp (back->str, text, length) == 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (tokenizers[0] == NULL)
    open_all ();
  for (guint i = 0; i < N_TOKENIZERS; i++)
    go_there_and_back (tokenizers[i], (const char *) data, size, i < G_N_ELEMENTS (splitters));
  return 0;
}
