#include "tokenizer-private.h"

#include "byte-alphabet.h"
#include "utf8.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const BlnTokenizer *tokenizer;
  BlnMerger merger;
  GArray *tokens;       /* of gint32 */
  const char *text;     /* of the fragment */
  gsize at;             /* bytes of it that are done */
  const guint32 *chars; /* the fragment as characters */
  char *spelled;        /* (owned): a piece in the byte alphabet, or a fragment with "▁" */
  gsize n_spelled_allocated;
} Encoding;

static char *
spelling_room (Encoding *encoding,
               gsize     length)
{
  if (length > encoding->n_spelled_allocated)
    {
      encoding->n_spelled_allocated = 2 * length;
      encoding->spelled = g_realloc (encoding->spelled, encoding->n_spelled_allocated);
    }
  return encoding->spelled;
}

static inline void
append (Encoding *encoding,
        gint32    token)
{
  if (token < 0)
    token = encoding->tokenizer->roles.unknown;
  if (token >= 0)
    g_array_append_val (encoding->tokens, token);
}

/* A symbol that is no token is a single byte of a byte-level text; then it is unknown. */
static void
append_merged (Encoding *encoding)
{
  const BlnMerger *merger = &encoding->merger;

  for (guint32 i = 0; i != BLN_NO_SYMBOL; i = merger->symbols[i].next)
    append (encoding, merger->symbols[i].id);
}

static void
encode_piece (Encoding   *encoding,
              const char *bytes,
              gsize       length)
{
  const BlnTokenizer *tokenizer = encoding->tokenizer;
  gboolean wants_whole = bln_splitter_ignores_merges (tokenizer->splitter);

  if (wants_whole || tokenizer->rule == BLN_MERGE_BY_ID)
    {
      char *spelled = spelling_room (encoding, 2 * length);
      gsize n = bln_byte_alphabet_write (bytes, length, spelled);
      gint32 whole = wants_whole ? bln_vocabulary_find_plain (&tokenizer->vocabulary, spelled, n)
                                 : -1;

      if (whole >= 0)
        {
          append (encoding, whole);
          return;
        }
    }
  bln_merger_begin (&encoding->merger, encoding->spelled);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = bytes[i];
      gboolean is_single = byte > 0x20 && byte < 0x7F; /* in the byte alphabet */

      bln_merger_add (&encoding->merger, tokenizer->byte_symbols[byte], is_single ? 1 : 2);
    }
  bln_merger_run (&encoding->merger);
  append_merged (encoding);
}

static void
encode_piece_cb (gsize    start,
                 gsize    end,
                 gpointer user_data)
{
  Encoding *encoding = user_data;
  gsize length = 0;

  for (gsize i = start; i < end; i++)
    length += bln_utf8_length (encoding->chars[i] >> 11);
  encode_piece (encoding, encoding->text + encoding->at, length);
  encoding->at += length;
}

static void
encode_byte_level (Encoding   *encoding,
                   const char *text,
                   gsize       length)
{
  g_autofree guint32 *chars = g_new (guint32, length);
  gsize n = 0;

  for (gsize i = 0; i < length;)
    {
      guint32 character;
      gboolean is_cut;

      i += bln_utf8_read (text + i, length - i, &character, &is_cut);
      chars[n++] = BLN_SPLIT_CHAR (character);
    }
  encoding->text = text;
  encoding->at = 0;
  encoding->chars = chars;
  bln_splitter_run (encoding->tokenizer->splitter, chars, n, encode_piece_cb, encoding);
}

/* Characters that are no token become their bytes' tokens. */
static void
append_sentencepiece (Encoding *encoding)
{
  const BlnMerger *merger = &encoding->merger;
  const BlnSymbol *symbol;

  for (guint32 i = 0; i != BLN_NO_SYMBOL; i = symbol->next)
    {
      symbol = &merger->symbols[i];
      if (symbol->id >= 0)
        append (encoding, symbol->id);
      else
        for (guint32 j = 0; j < symbol->length; j++)
          {
            guint8 byte = merger->text[symbol->start + j];

            append (encoding, encoding->tokenizer->vocabulary.byte_tokens[byte]);
          }
    }
}

static void
encode_spelled (Encoding   *encoding,
                const char *spelled,
                gsize       length)
{
  const BlnVocabulary *vocabulary = &encoding->tokenizer->vocabulary;

  bln_merger_begin (&encoding->merger, spelled);
  for (gsize i = 0, step; i < length; i += step)
    {
      guint32 character;
      gboolean is_cut;

      step = bln_utf8_read (spelled + i, length - i, &character, &is_cut);
      bln_merger_add (&encoding->merger, bln_vocabulary_find_plain (vocabulary, spelled + i, step),
                      step);
    }
  bln_merger_run (&encoding->merger);
  append_sentencepiece (encoding);
}

/* Where the next word begins: at the first "▁" that does not follow another. */
static gsize
find_next_word (const char *spelled,
                gsize       at,
                gsize       length)
{
  gboolean in_word = FALSE;

  for (; at < length; at++)
    {
      gboolean is_space = length - at >= 3 && memcmp (spelled + at, SPACE_MARK, 3) == 0;

      if (is_space && in_word)
        break;
      in_word = !is_space;
      if (is_space)
        at += 2;
    }
  return at;
}

/* Where a space is put before a text, it is put after every special token too. A text whose
 * words no token joins is merged word by word, which is the same and keeps the heap small. */
static void
encode_sentencepiece (Encoding   *encoding,
                      const char *text,
                      gsize       length)
{
  gboolean with_space = encoding->tokenizer->adds_space;
  char *spelled = spelling_room (encoding, 3 * (length + 1));
  gsize n = 0;

  for (gsize i = 0; i < length + with_space; i++)
    {
      char byte = i < with_space ? ' ' : text[i - with_space];

      if (byte != ' ')
        spelled[n++] = byte;
      else
        {
          memcpy (spelled + n, SPACE_MARK, 3);
          n += 3;
        }
    }
  for (gsize start = 0, end; start < n; start = end)
    {
      end = encoding->tokenizer->joins_words ? n : find_next_word (spelled, start, n);
      encode_spelled (encoding, spelled + start, end - start);
    }
}

/* What lies between special tokens. */
static void
encode_fragment (Encoding   *encoding,
                 const char *text,
                 gsize       length)
{
  if (length == 0)
    return;
  if (encoding->tokenizer->splitter != NULL)
    encode_byte_level (encoding, text, length);
  else
    encode_sentencepiece (encoding, text, length);
}

static void
encode_text (Encoding     *encoding,
             const char   *text,
             gsize         length,
             const guint8 *is_input,
             gboolean      with_control)
{
  g_autoptr (GArray) matches = bln_specials_find (&encoding->tokenizer->specials, text, length,
                                                  is_input, with_control);
  gsize at = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      const BlnSpecialMatch *match = &g_array_index (matches, BlnSpecialMatch, i);

      encode_fragment (encoding, text + at, match->start - at);
      append (encoding, match->token);
      at = match->start + match->length;
    }
  encode_fragment (encoding, text + at, length - at);
}

/* ---- input that is no UTF-8 ----------------------------------------------------------- */

/* A copy in which U+FFFD stands for what is none, with the mask to fit. */
static char *
repair (const char   *text,
        gsize        *length,
        const guint8 *is_input,
        guint8      **repaired_mask)
{
  GString *out = g_string_sized_new (*length + *length / 2);
  GByteArray *mask = g_byte_array_new ();

  for (gsize i = 0, step; i < *length; i += step)
    {
      guint32 character;
      gboolean is_cut;
      guint8 marked = 0;
      gsize before = out->len;

      step = bln_utf8_read (text + i, *length - i, &character, &is_cut);
      g_string_append_unichar (out, character);
      for (gsize j = 0; j < step && is_input != NULL; j++)
        marked |= is_input[i + j];
      for (gsize j = before; j < out->len && is_input != NULL; j++)
        g_byte_array_append (mask, &marked, 1);
    }
  *length = out->len;
  *repaired_mask = g_byte_array_free (mask, is_input == NULL);
  return g_string_free (out, FALSE);
}

gint32 *
bln_tokenizer_encode (BlnTokenizer    *tokenizer,
                      const char      *text,
                      gsize            length,
                      const guint8    *is_input,
                      BlnTokenizeFlags flags,
                      gsize           *n_tokens,
                      GError         **error)
{
  Encoding encoding = { .tokenizer = tokenizer };
  g_autofree char *repaired = NULL;
  g_autofree guint8 *repaired_mask = NULL;
  gint32 bos = tokenizer->roles.bos;

  if (length > G_MAXINT32 / 4)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                   _("A text of %zu bytes is too long to be split into tokens at "
                     "once; cut it into parts of up to %d bytes."), length, G_MAXINT32 / 4);
      return NULL;
    }
  if (!bln_utf8_is_valid (text, length))
    {
      text = repaired = repair (text, &length, is_input, &repaired_mask);
      is_input = repaired_mask;
    }

  encoding.tokens = g_array_sized_new (FALSE, FALSE, sizeof (gint32), length / 4 + 8);
  bln_merger_init (&encoding.merger, &tokenizer->vocabulary, &tokenizer->merges, tokenizer->rule);
  encode_text (&encoding, text, length, is_input, (flags & BLN_TOKENIZE_SPECIAL) != 0);
  bln_merger_clear (&encoding.merger);
  g_free (encoding.spelled);

  if ((flags & BLN_TOKENIZE_BOS) && tokenizer->roles.adds_bos && bos >= 0 &&
      (encoding.tokens->len == 0 || g_array_index (encoding.tokens, gint32, 0) != bos))
    g_array_prepend_val (encoding.tokens, bos);
  *n_tokens = encoding.tokens->len;
  return (gint32 *) g_array_free (encoding.tokens, FALSE);
}
