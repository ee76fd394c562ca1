#include "line-joiner.h"

#include "text-flow.h"

#include <string.h>

static gunichar
get_last_letter (GString *text)
{
  return text->len > 0
             ? g_utf8_get_char (g_utf8_find_prev_char (text->str, text->str + text->len))
             : 0;
}

/* How many bytes the hyphen at the end has; 0 where there is none. */
static gsize
get_hyphen (const GString *paragraph)
{
  static const char *const hyphens[] = { "-", "\xe2\x80\x90", "\xc2\xad" };

  for (gsize i = 0; i < G_N_ELEMENTS (hyphens); i++)
    if (g_str_has_suffix (paragraph->str, hyphens[i]))
      return strlen (hyphens[i]);
  return 0;
}

static gboolean
is_word_letter (gunichar letter)
{
  return g_unichar_isalpha (letter) && !text_is_wide (letter);
}

/* “exam-” and “ple”: letters on both sides of the hyphen. “1990-” and “2000” stay, and so does
 * “UTF-” before “8”. */
static gboolean
is_hyphenated (GString    *paragraph,
               const char *line)
{
  const gsize n = get_hyphen (paragraph);
  const char *before;

  if (n == 0)
    return FALSE;
  before = g_utf8_find_prev_char (paragraph->str, paragraph->str + paragraph->len - n);
  return before != NULL && is_word_letter (g_utf8_get_char (before))
         && is_word_letter (g_utf8_get_char (line));
}

void
line_joiner_append (GString     *paragraph,
                    const char  *line,
                    BrokenWords *words)
{
  const gsize n = get_hyphen (paragraph);

  if (*line == '\0')
    return;
  if (is_hyphenated (paragraph, line))
    {
      if (!broken_words_keep_hyphen (words, paragraph->str, paragraph->len - n, line))
        g_string_truncate (paragraph, paragraph->len - n);
    }
  else if (paragraph->len > 0 && n == 0
           && !text_joins_tightly (get_last_letter (paragraph), g_utf8_get_char (line)))
    g_string_append_c (paragraph, ' ');
  g_string_append (paragraph, line);
}

gsize
line_joiner_get_width (const char *line)
{
  gsize width = 0;

  for (; *line != '\0'; line = g_utf8_next_char (line))
    width += g_unichar_iswide (g_utf8_get_char (line)) ? 2 : 1;

  return width;
}

static gboolean
is_bullet (const char *line)
{
  static const char *const marks[] = { "- ", "* ", "+ ", "• ", "•", "◦ ", "▪ ", "– ", "· " };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (line, marks[i]))
      return TRUE;
  return FALSE;
}

gboolean
line_joiner_ends_sentence (const char *line)
{
  const char *last = g_utf8_find_prev_char (line, line + strlen (line));

  return last != NULL
         && g_utf8_strchr (".!?:;。！？：；”」』)）", -1, g_utf8_get_char (last)) != NULL;
}

/* “b)” after “a)”, but not “(1)”. */
static gboolean
is_alike (const char *item,
          const char *other)
{
  const gboolean has_bracket = *item == '(';

  return line_joiner_is_item (item) && has_bracket == (*other == '(')
         && g_ascii_isdigit (item[has_bracket]) == g_ascii_isdigit (other[has_bracket]);
}

gboolean
line_joiner_begins_item (const char *first,
                         const char *before,
                         gboolean    is_full,
                         const char *line)
{
  return is_bullet (line)
         || (line_joiner_is_item (line)
             && (!is_full || line_joiner_ends_sentence (before) || is_alike (first, line)));
}

gboolean
line_joiner_is_item (const char *line)
{
  static const char *const numerals = "一二三四五六七八九十";
  gsize n = 0;

  if (is_bullet (line))
    return TRUE;
  if (line[0] == '(' && g_ascii_isalnum (line[1]))
    return line[2] == ')' || (g_ascii_isalnum (line[2]) && line[3] == ')');
  if (g_ascii_islower (line[0]) && line[1] == ')')
    return line[2] == ' ';
  while (g_ascii_isdigit (line[n]))
    n++;
  if (n > 0 && n < 4)
    return (line[n] == '.' || line[n] == ')') && line[n + 1] == ' ';
  while (line[n] != '\0' && n < 9
         && g_utf8_strchr (numerals, -1, g_utf8_get_char (line + n)) != NULL)
    n += 3;

  return n > 0 && g_str_has_prefix (line + n, "、");
}
