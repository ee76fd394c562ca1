#include "stop-words.h"

#include <string.h>

struct _BaleenStopWords
{
  GPtrArray *words; /* (owned) of strings */
  GString *held;    /* (owned) may be the beginning of one */
};

BaleenStopWords *
baleen_stop_words_new (const char *const *words)
{
  BaleenStopWords *self = g_new0 (BaleenStopWords, 1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->held = g_string_new (NULL);
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (self->words, g_strdup (words[i]));

  return self;
}

void
baleen_stop_words_free (BaleenStopWords *self)
{
  g_ptr_array_unref (self->words);
  g_string_free (self->held, TRUE);
  g_free (self);
}

/* The earliest of them in what is held. */
static const char *
find_word (BaleenStopWords *self)
{
  const char *first = NULL;

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *at = strstr (self->held->str, self->words->pdata[i]);

      if (at != NULL && (first == NULL || at < first))
        first = at;
    }

  return first;
}

/* How many bytes at the end of what is held begin one of them. */
static gsize
count_open (BaleenStopWords *self)
{
  gsize most = 0;

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *word = self->words->pdata[i];

      for (gsize n = MIN (strlen (word) - 1, self->held->len); n > most; n--)
        if (memcmp (self->held->str + self->held->len - n, word, n) == 0)
          most = n;
    }

  return most;
}

gboolean
baleen_stop_words_push (BaleenStopWords *self,
                        const char      *piece,
                        gsize            length,
                        GString         *text)
{
  const char *word;
  gsize n;

  g_string_append_len (self->held, piece, length);
  word = find_word (self);
  n = word != NULL ? (gsize) (word - self->held->str) : self->held->len - count_open (self);
  g_string_append_len (text, self->held->str, n);
  if (word != NULL)
    g_string_truncate (self->held, 0);
  else
    g_string_erase (self->held, 0, n);

  return word != NULL;
}

void
baleen_stop_words_finish (BaleenStopWords *self,
                          GString         *text)
{
  g_string_append_len (text, self->held->str, self->held->len);
  g_string_truncate (self->held, 0);
}
