#include "tokenizer-vocabulary.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKENS (1u << 21)     /* eight times the largest vocabulary that is known */
#define MAX_TOKEN_BYTES (1u << 16)

/* ---- finding by text ------------------------------------------------------------------- */

static inline guint64
mix (guint64 a,
     guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static inline guint64
load64 (const char *bytes)
{
  guint64 value;

  memcpy (&value, bytes, 8);
  return value;
}

static inline guint64
load32 (const char *bytes)
{
  guint32 value;

  memcpy (&value, bytes, 4);
  return value;
}

/* Multiply and fold, seeded anew in every process, so that no file can be written to collide. */
static guint64
hash_text (guint64     seed,
           const char *text,
           gsize       length)
{
  guint64 a = 0, b = 0;
  gsize i = 0;

  for (; length - i > 16; i += 16)
    seed = mix (load64 (text + i) ^ 0x9E3779B97F4A7C15, load64 (text + i + 8) ^ seed);
  text += i;
  i = length - i;
  if (i >= 8)
    {
      a = load64 (text);
      b = load64 (text + i - 8);
    }
  else if (i >= 4)
    {
      a = load32 (text);
      b = load32 (text + i - 4);
    }
  else if (i > 0)
    a = (guint64) (guint8) text[0] << 16 | (guint64) (guint8) text[i / 2] << 8 |
        (guint8) text[i - 1];
  return mix (mix (a ^ 0xD6E8FEB86659FD93, b ^ seed), length ^ 0xA0761D6478BD642F);
}

static inline gboolean
has_text (const BlnVocabulary *vocabulary,
          guint32              id,
          const char          *text,
          gsize                length)
{
  const BlnGgufString *own = &vocabulary->texts[id];

  return own->length == length && memcmp (own->bytes, text, length) == 0;
}

gint32
bln_vocabulary_find (const BlnVocabulary *vocabulary,
                     const char          *text,
                     gsize                length)
{
  guint64 hash, slot;

  if (length == 0 || length > vocabulary->max_length)
    return -1;
  hash = hash_text (vocabulary->seed, text, length);
  for (guint64 i = hash;; i++)
    {
      slot = vocabulary->slots[i & vocabulary->mask];
      if (slot == 0)
        return -1;
      if (slot >> 32 == hash >> 32 && has_text (vocabulary, (guint32) slot - 1, text, length))
        return (gint32) ((guint32) slot - 1);
    }
}

static void
insert (BlnVocabulary *vocabulary,
        guint32        id)
{
  const BlnGgufString *text = &vocabulary->texts[id];
  guint64 hash, *slot;

  if (text->length == 0)
    return;
  hash = hash_text (vocabulary->seed, text->bytes, text->length);
  for (guint64 i = hash;; i++)
    {
      slot = &vocabulary->slots[i & vocabulary->mask];
      if (*slot == 0)
        break;
      if (*slot >> 32 == hash >> 32 &&
          has_text (vocabulary, (guint32) *slot - 1, text->bytes, text->length))
        return;
    }
  *slot = (hash >> 32 << 32) | (id + 1);
}

gboolean
bln_text_is_markup (const char *text,
                    gsize       length)
{
  static const char *const tags[] = { "<think>", "</think>", "<start_of_turn>" };
  static const char *const bars[] = { "|", "｜" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (length == strlen (tags[i]) && memcmp (text, tags[i], length) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      gsize n = strlen (bars[i]);

      if (length >= 2 + 2 * n && text[0] == '<' && text[length - 1] == '>' &&
          memcmp (text + 1, bars[i], n) == 0 && memcmp (text + length - 1 - n, bars[i], n) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
bln_vocabulary_is_plain (const BlnVocabulary *vocabulary,
                         gint32               token)
{
  const BlnGgufString *text = &vocabulary->texts[token];

  switch (vocabulary->kinds[token])
    {
    case BLN_TOKEN_CONTROL:
    case BLN_TOKEN_UNKNOWN:
    case BLN_TOKEN_UNUSED:
    case BLN_TOKEN_BYTE:
      return FALSE;
    case BLN_TOKEN_USER_DEFINED:
      return !bln_text_is_markup (text->bytes, text->length);
    default:
      return TRUE;
    }
}

gint32
bln_vocabulary_find_plain (const BlnVocabulary *vocabulary,
                           const char          *text,
                           gsize                length)
{
  gint32 token = bln_vocabulary_find (vocabulary, text, length);

  return token >= 0 && bln_vocabulary_is_plain (vocabulary, token) ? token : -1;
}

/* ---- reading from the file -------------------------------------------------------------- */

static gboolean
check_texts (BlnVocabulary *vocabulary,
             BlnGguf       *gguf,
             GError       **error)
{

  if (vocabulary->n == 0)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” has a tokenizer without tokens. Download the model again."),
                   bln_gguf_get_base_name (gguf));
      return FALSE;
    }
  for (guint32 i = 0; i < vocabulary->n; i++)
    {
      gsize length = vocabulary->texts[i].length;

      if (length > MAX_TOKEN_BYTES)
        {
          g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                       _("“%s” is damaged: its token %u is %zu bytes long, and "
                         "none may be longer than %u. Download the model again."),
                       bln_gguf_get_base_name (gguf), i, length, MAX_TOKEN_BYTES);
          return FALSE;
        }
      vocabulary->n_text_bytes += length;
      vocabulary->max_length = MAX (vocabulary->max_length, length);
    }
  if (vocabulary->n_text_bytes > G_MAXINT32)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: its tokens are longer than 2 GiB together. Download the "
                     "model again."),
                   bln_gguf_get_base_name (gguf));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_length (BlnVocabulary *vocabulary,
              BlnGguf       *gguf,
              const char    *key,
              gsize          n,
              GError       **error)
{

  if (n == 0 || n >= vocabulary->n)
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: “%s” has %zu entries for %u tokens. Download "
                 "the model again."), bln_gguf_get_base_name (gguf), key, n, vocabulary->n);
  return FALSE;
}

/* A byte token is "<0xNN>" with two hexadecimal digits. What claims to be one must be. */
static gboolean
read_byte_token (BlnVocabulary *vocabulary,
                 BlnGguf       *gguf,
                 guint32        id,
                 GError       **error)
{
  const BlnGgufString *text = &vocabulary->texts[id];
  const char *bytes = text->bytes;
  g_autofree char *shown = NULL;

  if (text->length == 6 && memcmp (bytes, "<0x", 3) == 0 && bytes[5] == '>' &&
      g_ascii_isxdigit (bytes[3]) && g_ascii_isxdigit (bytes[4]))
    {
      int byte = g_ascii_xdigit_value (bytes[3]) << 4 | g_ascii_xdigit_value (bytes[4]);

      if (vocabulary->byte_tokens[byte] < 0)
        vocabulary->byte_tokens[byte] = id;
      return TRUE;
    }
  if (vocabulary->kinds[id] != BLN_TOKEN_BYTE)
    return TRUE;

  shown = bln_shown_text (bytes, text->length);
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: its token %u stands for a byte but is written “%s”, not as "
                 "<0x00> to <0xFF>. Download the model again."),
               bln_gguf_get_base_name (gguf), id, shown);
  return FALSE;
}

static gboolean
read_kinds (BlnVocabulary *vocabulary,
            BlnGguf       *gguf,
            GError       **error)
{
  const gint32 *kinds = NULL;
  gsize n = 0;

  if (!bln_gguf_get_i32_array (gguf, "tokenizer.ggml.token_type", &kinds, &n, error) ||
      !check_length (vocabulary, gguf, "tokenizer.ggml.token_type", n, error))
    return FALSE;
  for (guint32 i = 0; i < vocabulary->n; i++)
    {
      gboolean is_known = n > 0 && kinds[i] >= BLN_TOKEN_NORMAL && kinds[i] <= BLN_TOKEN_BYTE;

      vocabulary->kinds[i] = is_known ? kinds[i] : BLN_TOKEN_NORMAL;
      if (vocabulary->texts[i].length == 6 || vocabulary->kinds[i] == BLN_TOKEN_BYTE)
        if (!read_byte_token (vocabulary, gguf, i, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_arrays (BlnVocabulary *vocabulary,
             BlnGguf       *gguf,
             GError       **error)
{
  gsize n = 0;

  if (!bln_gguf_get_strings (gguf, "tokenizer.ggml.tokens", &vocabulary->texts, &n, error))
    return FALSE;
  if (n > MAX_TOKENS)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” has a vocabulary of %zu tokens; Baleen reads up to %u."),
                   bln_gguf_get_base_name (gguf), n, MAX_TOKENS);
      return FALSE;
    }
  vocabulary->n = n;
  if (!check_texts (vocabulary, gguf, error))
    return FALSE;
  if (!bln_gguf_get_f32_array (gguf, "tokenizer.ggml.scores", &vocabulary->scores, &n, error) ||
      !check_length (vocabulary, gguf, "tokenizer.ggml.scores", n, error))
    return FALSE;
  if (n == 0)
    vocabulary->scores = NULL;
  vocabulary->kinds = g_new (guint8, vocabulary->n);
  return read_kinds (vocabulary, gguf, error);
}

gboolean
bln_vocabulary_init (BlnVocabulary *vocabulary,
                     BlnGguf       *gguf,
                     GError       **error)
{
  guint64 n_slots = 64;

  memset (vocabulary, 0, sizeof *vocabulary);
  memset (vocabulary->byte_tokens, -1, sizeof vocabulary->byte_tokens);
  if (!read_arrays (vocabulary, gguf, error))
    {
      bln_vocabulary_clear (vocabulary);
      return FALSE;
    }

  while (n_slots < vocabulary->n + (guint64) vocabulary->n / 2)
    n_slots *= 2;
  vocabulary->mask = n_slots - 1;
  vocabulary->seed = (guint64) g_random_int () << 32 | g_random_int ();
  vocabulary->slots = g_new0 (guint64, n_slots);
  for (guint32 i = 0; i < vocabulary->n; i++)
    insert (vocabulary, i);
  return TRUE;
}

void
bln_vocabulary_clear (BlnVocabulary *vocabulary)
{
  g_clear_pointer (&vocabulary->kinds, g_free);
  g_clear_pointer (&vocabulary->slots, g_free);
}

gsize
bln_vocabulary_get_n_bytes (const BlnVocabulary *vocabulary)
{
  return vocabulary->n + (vocabulary->mask + 1) * sizeof (guint64);
}
