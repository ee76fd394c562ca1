#include "model.h"
#include "utf8.h"

#include <string.h>

struct _BlnDetokenizer
{
  BlnTokenizer *tokenizer; /* (nullable) */
  gboolean with_special;
  gboolean drops_space;    /* nothing was written yet, and a text begins with one too many */
  char pending[4];         /* the beginning of a character */
  gsize n_pending;
};

BlnDetokenizer *
bln_tokenizer_new_detokenizer (BlnTokenizer *tokenizer,
                               gboolean      with_special)
{
  BlnDetokenizer *detokenizer = g_new0 (BlnDetokenizer, 1);

  detokenizer->tokenizer = tokenizer;
  detokenizer->with_special = with_special;
  detokenizer->drops_space = tokenizer != NULL && bln_tokenizer_begins_with_space (tokenizer);
  return detokenizer;
}

BlnDetokenizer *
bln_detokenizer_new (BlnModel *model,
                     gboolean  with_special)
{
  return bln_tokenizer_new_detokenizer (bln_model_get_tokenizer (model), with_special);
}

void
bln_detokenizer_free (BlnDetokenizer *detokenizer)
{
  g_free (detokenizer);
}

/* Writes characters as long as there are whole ones, or parts that no byte can complete. */
static void
write_pending (BlnDetokenizer *detokenizer,
               gboolean        is_end,
               GString        *text)
{
  while (detokenizer->n_pending > 0)
    {
      guint32 character;
      gboolean is_cut;
      gsize length = bln_utf8_read (detokenizer->pending, detokenizer->n_pending, &character,
                                    &is_cut);

      if (is_cut && !is_end)
        return;
      g_string_append_unichar (text, character);
      detokenizer->n_pending -= length;
      memmove (detokenizer->pending, detokenizer->pending + length, detokenizer->n_pending);
    }
}

void
bln_detokenizer_push (BlnDetokenizer *detokenizer,
                      gint32          token,
                      GString        *text)
{
  const char *bytes = NULL;
  gsize length = 0;

  if (detokenizer->tokenizer != NULL)
    bytes = bln_tokenizer_token_bytes (detokenizer->tokenizer, token, detokenizer->with_special,
                                       &length);
  if (length > 0 && detokenizer->drops_space)
    {
      detokenizer->drops_space = FALSE;
      if (bytes[0] == ' ')
        {
          bytes++;
          length--;
        }
    }
  for (gsize i = 0; i < length; i++)
    {
      detokenizer->pending[detokenizer->n_pending++] = bytes[i];
      write_pending (detokenizer, FALSE, text);
    }
}

void
bln_detokenizer_finish (BlnDetokenizer *detokenizer,
                        GString        *text)
{
  write_pending (detokenizer, TRUE, text);
}
