#include "tokenizer-roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Texts that end an answer in one family of models or another, whatever ids the file names. */
static const char *const end_texts[] = {
  "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<end_of_turn>",
  "<|endoftext|>", "</s>", "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]", "<|end_of_text|>",
  "<end_of_utterance>", "<eos>", "<turn|>", "<｜end▁of▁sentence｜>",
  /* fill-in-the-middle: padding, repository, file */
  "<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]", "<|fim_repo|>", "<|repo_name|>",
  "<fim-repo>", "<REPO>", "<reponame>", "<|file_sep|>",
};

static const char *const end_keys[] = {
  "tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id",
  "tokenizer.ggml.fim_pad_token_id", "tokenizer.ggml.fim_rep_token_id",
  "tokenizer.ggml.fim_sep_token_id",
};

/* Both -1 and its unsigned form are written for "none". */
static gboolean
read_id (BlnGguf             *gguf,
         const BlnVocabulary *vocabulary,
         const char          *key,
         gint32              *token,
         GError             **error)
{
  gint64 value = *token;

  if (!bln_gguf_get_i64 (gguf, key, &value, error))
    return FALSE;
  if (value == -1 || value == G_MAXUINT32 || (value >= 0 && value < vocabulary->n))
    {
      *token = value >= 0 && value < vocabulary->n ? value : -1;
      return TRUE;
    }
  if (!bln_gguf_has (gguf, key)) /* a default that this vocabulary is too small for */
    {
      *token = -1;
      return TRUE;
    }
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: “%s” is %lld, but there are only %u tokens. "
                 "Download the model again."),
               bln_gguf_get_base_name (gguf), key, (long long) value, vocabulary->n);
  return FALSE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint32 left = *(const gint32 *) a, right = *(const gint32 *) b;

  return left < right ? -1 : left > right;
}

static void
sort_unique (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (n == 0 || g_array_index (ids, gint32, n - 1) != g_array_index (ids, gint32, i))
      g_array_index (ids, gint32, n++) = g_array_index (ids, gint32, i);
  g_array_set_size (ids, n);
}

static gboolean
has_id (GArray *sorted,
        gint32  token)
{
  return g_array_binary_search (sorted, &token, compare_ids, NULL);
}

/* ---- what ends an answer ----------------------------------------------------------------- */

static gint32
find_text (const BlnVocabulary *vocabulary,
           const char          *text)
{
  return bln_vocabulary_find (vocabulary, text, strlen (text));
}

static gboolean
read_ends (BlnTokenRoles *roles,
           BlnVocabulary *vocabulary,
           BlnGguf       *gguf,
           GError       **error)
{
  /* Where an answer ends with one of these two, <|end|> only ends a part of it. */
  gboolean has_parts = find_text (vocabulary, "<|return|>") >= 0 &&
                       find_text (vocabulary, "<|call|>") >= 0;

  roles->ends = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < G_N_ELEMENTS (end_keys); i++)
    {
      gint32 token = i == 0 ? roles->eos : -1;

      if (!read_id (gguf, vocabulary, end_keys[i], &token, error))
        return FALSE;
      if (token >= 0)
        g_array_append_val (roles->ends, token);
    }
  for (guint i = 0; i < G_N_ELEMENTS (end_texts); i++)
    {
      gint32 token = find_text (vocabulary, end_texts[i]);

      if (token < 0 || (has_parts && strcmp (end_texts[i], "<|end|>") == 0))
        continue;
      vocabulary->kinds[token] = BLN_TOKEN_CONTROL;
      g_array_append_val (roles->ends, token);
    }
  sort_unique (roles->ends);
  return TRUE;
}

/* ---- what is never said ------------------------------------------------------------------ */

static gboolean
is_unused (const BlnVocabulary *vocabulary,
           guint32              token)
{
  const BlnGgufString *text = &vocabulary->texts[token];

  return vocabulary->kinds[token] == BLN_TOKEN_UNUSED ||
         (vocabulary->kinds[token] == BLN_TOKEN_CONTROL &&
          memmem (text->bytes, text->length, "unused", 6) != NULL);
}

static void
ban (BlnTokenRoles *roles,
     gint32         token)
{
  if (!has_id (roles->ends, token))
    g_array_append_val (roles->banned, token);
}

static gboolean
read_banned (BlnTokenRoles *roles,
             BlnVocabulary *vocabulary,
             BlnGguf       *gguf,
             GError       **error)
{
  const gint32 *suppressed = NULL;
  gint32 padding = -1;
  gsize n = 0;

  roles->banned = g_array_new (FALSE, FALSE, sizeof (gint32));
  if (!read_id (gguf, vocabulary, "tokenizer.ggml.padding_token_id", &padding, error) ||
      !bln_gguf_get_i32_array (gguf, "tokenizer.ggml.suppress_tokens", &suppressed, &n, error))
    return FALSE;

  /* Some files pad with an ordinary word, which must stay sayable. */
  if (padding >= 0 && !bln_vocabulary_is_plain (vocabulary, padding))
    ban (roles, padding);
  for (gsize i = 0; i < n; i++)
    if (suppressed[i] >= 0 && suppressed[i] < vocabulary->n)
      ban (roles, suppressed[i]);
  for (guint32 i = 0; i < vocabulary->n; i++)
    if (is_unused (vocabulary, i))
      ban (roles, i);
  sort_unique (roles->banned);
  return TRUE;
}

/* ---- all of them ---------------------------------------------------------------------- */

gboolean
bln_token_roles_init (BlnTokenRoles *roles,
                      BlnVocabulary *vocabulary,
                      BlnGguf       *gguf,
                      gboolean       is_sentencepiece,
                      gboolean       adds_bos,
                      GError       **error)
{
  memset (roles, 0, sizeof *roles);
  roles->bos = is_sentencepiece ? 1 : -1;
  roles->eos = is_sentencepiece ? 2 : -1;
  roles->unknown = is_sentencepiece ? 0 : -1;
  roles->adds_bos = adds_bos;

  if (read_id (gguf, vocabulary, "tokenizer.ggml.bos_token_id", &roles->bos, error) &&
      read_id (gguf, vocabulary, "tokenizer.ggml.eos_token_id", &roles->eos, error) &&
      read_id (gguf, vocabulary, "tokenizer.ggml.unknown_token_id", &roles->unknown, error) &&
      bln_gguf_get_bool (gguf, "tokenizer.ggml.add_bos_token", &roles->adds_bos, error) &&
      read_ends (roles, vocabulary, gguf, error) && read_banned (roles, vocabulary, gguf, error))
    return TRUE;
  bln_token_roles_clear (roles);
  return FALSE;
}

void
bln_token_roles_clear (BlnTokenRoles *roles)
{
  g_clear_pointer (&roles->ends, g_array_unref);
  g_clear_pointer (&roles->banned, g_array_unref);
}
