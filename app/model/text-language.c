#include "text-language.h"

gboolean
baleen_text_is_chinese (const char *text)
{
  gsize n_han = 0, n_letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN)
        n_han++;
      else if (g_unichar_isalpha (c))
        n_letters++;
    }
  return n_han * 3 > n_letters;
}
