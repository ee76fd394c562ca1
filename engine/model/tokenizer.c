#include "tokenizer.h"

#include "byte-alphabet.h"
#include "tokenizer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- opening -------------------------------------------------------------------------- */

/* Sets `*is_sentencepiece`; FALSE without error for a file that has no vocabulary. */
static gboolean
read_style (BlnGguf   *gguf,
            gboolean  *is_sentencepiece,
            GError   **error)
{
  g_autofree char *style = NULL;
  g_autofree char *shown = NULL;
  BlnGgufString value = { "", 0 };

  if (!bln_gguf_get_string (gguf, "tokenizer.ggml.model", &value, error))
    return FALSE;
  style = g_strndup (value.bytes, value.length);
  if (strcmp (style, "") == 0 || strcmp (style, "no_vocab") == 0 || strcmp (style, "none") == 0)
    return FALSE;
  *is_sentencepiece = strcmp (style, "llama") == 0;
  if (*is_sentencepiece || strcmp (style, "gpt2") == 0)
    return TRUE;

  shown = bln_shown_text (value.bytes, value.length);
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("“%s” has a tokenizer of the kind “%s”; Baleen knows gpt2 and llama."),
               bln_gguf_get_base_name (gguf), shown);
  return FALSE;
}

static gboolean
read_splitter (BlnTokenizer *tokenizer,
               BlnGguf      *gguf,
               GError      **error)
{
  g_autofree char *pre = NULL;
  g_autofree char *known = NULL;
  BlnGgufString value = { "default", 7 };

  if (!bln_gguf_get_string (gguf, "tokenizer.ggml.pre", &value, error))
    return FALSE;
  tokenizer->splitter = bln_splitter_find (value.bytes, value.length);
  if (tokenizer->splitter != NULL)
    return TRUE;

  pre = bln_shown_text (value.bytes, value.length);
  known = bln_splitter_list_names ();
  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("“%s” splits text by the rule “%s”; Baleen knows %s."),
               bln_gguf_get_base_name (gguf), pre, known);
  return FALSE;
}

static gboolean
read_byte_level (BlnTokenizer *tokenizer,
                 BlnGguf      *gguf,
                 GError      **error)
{

  for (guint i = 0; i < 256; i++)
    {
      char byte = i, spelled[2];
      gsize length = bln_byte_alphabet_write (&byte, 1, spelled);

      tokenizer->byte_symbols[i] = bln_vocabulary_find (&tokenizer->vocabulary, spelled, length);
    }
  if (!bln_merge_table_init (&tokenizer->merges, &tokenizer->vocabulary, gguf, error))
    return FALSE;
  if (tokenizer->merges.slots != NULL || bln_splitter_ranks_by_id (tokenizer->splitter))
    {
      tokenizer->rule = tokenizer->merges.slots != NULL ? BLN_MERGE_BY_TABLE : BLN_MERGE_BY_ID;
      return TRUE;
    }

  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: its tokenizer has no list of merges. Download the model again."),
               bln_gguf_get_base_name (gguf));
  return FALSE;
}

static char *
dup_text (const BlnTokenizer *tokenizer,
          gint32              token)
{
  const BlnGgufString *text;

  if (token < 0)
    return NULL;
  text = &tokenizer->vocabulary.texts[token];
  return g_strndup (text->bytes, text->length);
}

static gboolean
text_joins_words (const BlnGgufString *text)
{
  const char *at = text->bytes, *end = text->bytes + text->length;

  while (end - at >= 3 && memcmp (at, SPACE_MARK, 3) == 0)
    at += 3;
  return memmem (at, end - at, SPACE_MARK, 3) != NULL;
}

static gboolean
read_sentencepiece (BlnTokenizer *tokenizer,
                    BlnGguf      *gguf,
                    GError      **error)
{
  const BlnVocabulary *vocabulary = &tokenizer->vocabulary;

  tokenizer->rule = BLN_MERGE_BY_SCORE;
  tokenizer->adds_space = TRUE;
  for (guint32 i = 0; i < vocabulary->n && !tokenizer->joins_words; i++)
    tokenizer->joins_words = bln_vocabulary_is_plain (vocabulary, i) &&
                             text_joins_words (&vocabulary->texts[i]);
  return bln_gguf_get_bool (gguf, "tokenizer.ggml.add_space_prefix", &tokenizer->adds_space,
                            error);
}

static gboolean
fill (BlnTokenizer *tokenizer,
      BlnGguf      *gguf,
      gboolean      is_sentencepiece,
      GError      **error)
{
  gboolean adds_bos = is_sentencepiece;

  if (!is_sentencepiece)
    {
      if (!read_splitter (tokenizer, gguf, error))
        return FALSE;
      adds_bos = bln_splitter_adds_bos (tokenizer->splitter);
    }
  if (!bln_vocabulary_init (&tokenizer->vocabulary, gguf, error) ||
      !bln_token_roles_init (&tokenizer->roles, &tokenizer->vocabulary, gguf, is_sentencepiece,
                             adds_bos, error))
    return FALSE;

  if (!(is_sentencepiece ? read_sentencepiece (tokenizer, gguf, error)
                         : read_byte_level (tokenizer, gguf, error)))
    return FALSE;

  bln_specials_init (&tokenizer->specials, &tokenizer->vocabulary);
  tokenizer->bos_text = dup_text (tokenizer, tokenizer->roles.bos);
  tokenizer->eos_text = dup_text (tokenizer, tokenizer->roles.eos);
  return TRUE;
}

BlnTokenizer *
bln_tokenizer_new (BlnGguf *gguf,
                   GError **error)
{
  BlnTokenizer *tokenizer;
  gboolean is_sentencepiece = FALSE;

  if (!read_style (gguf, &is_sentencepiece, error))
    return NULL;
  tokenizer = g_new0 (BlnTokenizer, 1);
  if (fill (tokenizer, gguf, is_sentencepiece, error))
    return tokenizer;
  bln_tokenizer_free (tokenizer);
  return NULL;
}

void
bln_tokenizer_free (BlnTokenizer *tokenizer)
{
  if (tokenizer == NULL)
    return;
  bln_specials_clear (&tokenizer->specials);
  bln_merge_table_clear (&tokenizer->merges);
  bln_token_roles_clear (&tokenizer->roles);
  bln_vocabulary_clear (&tokenizer->vocabulary);
  g_clear_pointer (&tokenizer->pieces, bln_pieces_free);
  g_free (tokenizer->bos_text);
  g_free (tokenizer->eos_text);
  g_free (tokenizer);
}

/* ---- asking --------------------------------------------------------------------------- */

guint32
bln_tokenizer_get_size (BlnTokenizer *tokenizer)
{
  return tokenizer->vocabulary.n;
}

gsize
bln_tokenizer_get_n_bytes (BlnTokenizer *tokenizer)
{
  const BlnVocabulary *vocabulary = &tokenizer->vocabulary;

  return sizeof *tokenizer + bln_vocabulary_get_n_bytes (vocabulary) +
         bln_merge_table_get_n_bytes (&tokenizer->merges) +
         tokenizer->specials.n * sizeof (gint32) +
         vocabulary->n_text_bytes + (vocabulary->n + 1) * sizeof (guint32); /* pieces */
}

/* Two threads may make them at once; the second one's are dropped. */
static const BlnPieces *
get_pieces (BlnTokenizer *tokenizer)
{
  BlnPieces *pieces = g_atomic_pointer_get (&tokenizer->pieces);

  if (pieces != NULL)
    return pieces;
  pieces = bln_pieces_new (&tokenizer->vocabulary, tokenizer->splitter == NULL);
  if (!g_atomic_pointer_compare_and_exchange (&tokenizer->pieces, NULL, pieces))
    {
      bln_pieces_free (pieces);
      pieces = g_atomic_pointer_get (&tokenizer->pieces);
    }
  return pieces;
}

const char *
bln_tokenizer_token_bytes (BlnTokenizer *tokenizer,
                           gint32        token,
                           gboolean      with_special,
                           gsize        *length)
{
  const BlnPieces *pieces;

  *length = 0;
  if (token < 0 || token >= tokenizer->vocabulary.n)
    return NULL;
  if (!with_special && (tokenizer->vocabulary.kinds[token] == BLN_TOKEN_CONTROL ||
                        tokenizer->vocabulary.kinds[token] == BLN_TOKEN_UNKNOWN))
    return "";
  pieces = get_pieces (tokenizer);
  *length = pieces->offsets[token + 1] - pieces->offsets[token];
  return pieces->bytes + pieces->offsets[token];
}

gboolean
bln_tokenizer_begins_with_space (BlnTokenizer *tokenizer)
{
  return tokenizer->adds_space;
}

gint32
bln_tokenizer_find (BlnTokenizer *tokenizer,
                    const char   *text)
{
  return bln_vocabulary_find (&tokenizer->vocabulary, text, strlen (text));
}

gboolean
bln_tokenizer_ends (BlnTokenizer *tokenizer,
                    gint32        token)
{
  for (guint i = 0; i < tokenizer->roles.ends->len; i++)
    if (g_array_index (tokenizer->roles.ends, gint32, i) == token)
      return TRUE;
  return FALSE;
}

const gint32 *
bln_tokenizer_get_banned (BlnTokenizer *tokenizer,
                          gsize        *n)
{
  *n = tokenizer->roles.banned->len;
  return *n > 0 ? (const gint32 *) tokenizer->roles.banned->data : NULL;
}

const char *
bln_tokenizer_get_bos_text (BlnTokenizer *tokenizer)
{
  return tokenizer->bos_text;
}

const char *
bln_tokenizer_get_eos_text (BlnTokenizer *tokenizer)
{
  return tokenizer->eos_text;
}
