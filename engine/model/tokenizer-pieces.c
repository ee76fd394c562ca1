#include "tokenizer-pieces.h"

#include "byte-alphabet.h"
#include "utf8.h"

#include <string.h>

static gsize
write_literal (const BlnGgufString *text,
               char                *out)
{
  if (text->length > 0)
    memcpy (out, text->bytes, text->length);
  return text->length;
}

/* What is not of the alphabet stays as it is. */
static gsize
write_byte_level (const BlnGgufString *text,
                  char                *out)
{
  gsize n = 0;

  for (gsize i = 0; i < text->length;)
    {
      guint32 character;
      gboolean is_cut;
      gsize length = bln_utf8_read (text->bytes + i, text->length - i, &character, &is_cut);
      int byte = bln_byte_alphabet_read (character);

      if (byte >= 0)
        out[n++] = byte;
      else
        {
          memcpy (out + n, text->bytes + i, length);
          n += length;
        }
      i += length;
    }
  return n;
}

static gsize
write_spaced (const BlnGgufString *text,
              char                *out)
{
  gsize n = 0;

  for (gsize i = 0; i < text->length;)
    if (text->length - i >= 3 && memcmp (text->bytes + i, "▁", 3) == 0)
      {
        out[n++] = ' ';
        i += 3;
      }
    else
      out[n++] = text->bytes[i++];
  return n;
}

/* Never longer than the text of the token. */
static gsize
write_piece (const BlnVocabulary *vocabulary,
             guint32              token,
             gboolean             is_sentencepiece,
             char                *out)
{
  const BlnGgufString *text = &vocabulary->texts[token];

  switch (vocabulary->kinds[token])
    {
    case BLN_TOKEN_UNKNOWN:
    case BLN_TOKEN_CONTROL:
    case BLN_TOKEN_USER_DEFINED:
      return write_literal (text, out);
    case BLN_TOKEN_BYTE: /* checked when it was read */
      *out = g_ascii_xdigit_value (text->bytes[3]) << 4 | g_ascii_xdigit_value (text->bytes[4]);
      return 1;
    default:
      return is_sentencepiece ? write_spaced (text, out) : write_byte_level (text, out);
    }
}

BlnPieces *
bln_pieces_new (const BlnVocabulary *vocabulary,
                gboolean             is_sentencepiece)
{
  BlnPieces *pieces = g_new (BlnPieces, 1);
  gsize n = 0;

  pieces->bytes = g_malloc (vocabulary->n_text_bytes + 1);
  pieces->offsets = g_new (guint32, (gsize) vocabulary->n + 1);
  for (guint32 i = 0; i < vocabulary->n; i++)
    {
      pieces->offsets[i] = n;
      n += write_piece (vocabulary, i, is_sentencepiece, pieces->bytes + n);
    }
  pieces->offsets[vocabulary->n] = n;
  return pieces;
}

void
bln_pieces_free (BlnPieces *pieces)
{
  g_free (pieces->bytes);
  g_free (pieces->offsets);
  g_free (pieces);
}
