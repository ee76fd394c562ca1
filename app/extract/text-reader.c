#include "reader.h"

#include "encoding.h"
#include "line-joiner.h"
#include "text-flow.h"

#include <string.h>

/* Wider lines than this were not broken by a program that fills lines. */
#define WIDEST_FILLED 110

/* The width that lines were filled to, or 0 where every line stands for itself. */
static gsize
find_fill_width (char **lines)
{
  gsize widest = 0, n_lines = 0, n_full = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    widest = MAX (widest, line_joiner_get_width (lines[i]));
  if (widest > WIDEST_FILLED || widest < 40)
    return 0;
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      n_lines += *lines[i] != '\0';
      n_full += line_joiner_get_width (lines[i]) * 4 >= widest * 3;
    }

  return n_full * 2 >= n_lines ? widest : 0;
}

static gsize
get_indent (const char *line)
{
  gsize indent = 0;

  for (;; line++)
    if (*line == ' ')
      indent++;
    else if (*line == '\t')
      indent += 8;
    else if (g_str_has_prefix (line, "\xe3\x80\x80"))
      {
        indent += 2;
        line += 2;
      }
    else
      return indent;
}

static const char *
skip_indent (const char *line)
{
  while (*line == ' ' || *line == '\t' || g_str_has_prefix (line, "\xe3\x80\x80"))
    line = g_utf8_next_char (line);

  return line;
}

/* A line further to the right begins a paragraph, unless it stands under its like, or hangs
 * from an item. */
static gboolean
goes_on (const char *first,
         const char *line,
         const char *next,
         gsize       fill_width)
{
  const gsize indent = get_indent (next);

  const gsize width = line_joiner_get_width (line);

  if (fill_width == 0 || *next == '\0' || width * 3 < fill_width * 2
      || line_joiner_begins_item (skip_indent (first), line, width * 10 >= fill_width * 9,
                                  skip_indent (next)))
    return FALSE;

  return indent == 0 || indent == get_indent (line)
         || (line_joiner_is_item (skip_indent (first)) && indent > get_indent (first));
}

static void
add_page (TextFlow    *flow,
          const char  *page,
          gsize        fill_width,
          BrokenWords *words)
{
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  g_autoptr (GString) paragraph = g_string_new (NULL);
  const char *first = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchomp (lines[i]);

      if (paragraph->len == 0)
        first = line;
      line_joiner_append (paragraph, skip_indent (line), words);
      if (lines[i + 1] != NULL && goes_on (first, line, lines[i + 1], fill_width))
        continue;
      text_flow_break (flow, line_joiner_is_item (paragraph->str) ? BALEEN_PARAGRAPH_ITEM
                                                                  : BALEEN_PARAGRAPH_BODY);
      text_flow_add (flow, paragraph->str, paragraph->len);
      g_string_truncate (paragraph, 0);
    }
}

/* “\e[1m”, as what a terminal showed has it for bold. */
static gsize
get_escape (const char *text)
{
  gsize n = 2;

  if (text[0] != 0x1b || text[1] != '[')
    return 0;
  while (g_ascii_isdigit (text[n]) || text[n] == ';')
    n++;
  return g_ascii_isalpha (text[n]) ? n + 1 : 0;
}

/* One kind of line ends, and nothing that only a terminal understands. */
static void
tidy (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      from += get_escape (from);
      if (*from == '\0')
        break;
      if (from[0] == '\r' && from[1] == '\n')
        continue;
      *to++ = *from == '\r' ? '\n' : *from;
    }
  *to = '\0';
}

gboolean
baleen_read_text (BaleenDocument *document,
                  GBytes         *bytes,
                  GError        **error)
{
  gsize size, length;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text
      = encoding_decode (data, size, NULL, &length, &document->notes[BALEEN_NOTE_BAD_LETTERS]);
  g_autoptr (TextFlow) flow = text_flow_new (document);
  g_autoptr (BrokenWords) words = broken_words_new ();
  g_auto (GStrv) lines = NULL, pages = NULL;
  gsize fill_width;

  tidy (text);
  lines = g_strsplit_set (text, "\n\f", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      broken_words_learn (words, skip_indent (lines[i]));
    }
  fill_width = find_fill_width (lines);
  pages = g_strsplit (text, "\f", -1);
  for (gsize i = 0; pages[i] != NULL; i++)
    {
      /* A form feed at the end begins no page. */
      if (i > 0 && (pages[i + 1] != NULL || *pages[i] != '\0'))
        {
          text_flow_break (flow, BALEEN_PARAGRAPH_BODY);
          text_flow_next_page (flow);
        }
      add_page (flow, pages[i], fill_width, words);
    }

  return TRUE;
}
