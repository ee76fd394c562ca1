#include "finished-sentences.h"

#include <string.h>

static gboolean
ends_sentence (gunichar    c,
               const char *next)
{
  return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == '\n'
         || ((c == '.' || c == '!' || c == '?') && g_ascii_isspace (*next));
}

char *
finished_sentences_take (const char *text,
                         gsize      *spoken)
{
  const char *start = text + MIN (*spoken, strlen (text));
  const char *end = NULL;
  char *sentences;

  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p))
    if (ends_sentence (g_utf8_get_char (p), g_utf8_next_char (p)))
      end = g_utf8_next_char (p);
  if (end == NULL)
    return NULL;

  *spoken = end - text;
  sentences = g_strstrip (g_strndup (start, end - start));
  if (*sentences == '\0')
    g_clear_pointer (&sentences, g_free);
  return sentences;
}
