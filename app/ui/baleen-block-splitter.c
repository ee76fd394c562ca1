#include "baleen-block-splitter.h"

#include <string.h>

#define FENCE "```"

/* A label is laid out whole at each change, so a text without blank lines is cut as well, at
 * the next end of a line. */
#define LONG_PARAGRAPH 1500

/* And a line without end is cut where it has a space, or anywhere. */
#define LONG_LINE 2000

static const char *
skip_indent (const char *line)
{
  return line + strspn (line, " ");
}

static gboolean
is_fence (const char *line)
{
  return g_str_has_prefix (skip_indent (line), FENCE);
}

static gboolean
is_blank (const char *line)
{
  line += strspn (line, " \t\r");
  return *line == '\n';
}

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

static const char *
skip_blank_lines (const char *text)
{
  while (is_blank (text))
    text = next_line (text);
  return text;
}

static char *
without_trailing_space (const char *start,
                        const char *end)
{
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  return g_strndup (start, end - start);
}

static void
take_code (const char  *text,
           const char  *fence,
           BaleenBlock *block)
{
  const char *line = next_line (fence);
  const char *start = line;

  block->is_code = TRUE;
  block->language = g_strstrip (g_strndup (skip_indent (fence) + strlen (FENCE),
                                           line - skip_indent (fence) - strlen (FENCE)));
  while (*line != '\0' && !is_fence (line))
    line = next_line (line);
  block->text = without_trailing_space (start, line);
  block->is_closed = *line != '\0' && strchr (line, '\n') != NULL;
  block->length = (*line != '\0' ? next_line (line) : line) - text;
}

/* One or two backticks after the last newline may be the beginning of a fence. */
static const char *
without_half_fence (const char *start,
                    const char *end)
{
  const char *p = end;

  while (p > start && p[-1] == '`')
    p--;
  if (p < end && end - p < (gssize) strlen (FENCE) && (p == start || p[-1] == '\n'))
    return p;
  return end;
}

/* Where a line that is too long is cut: behind its last space, else between two characters. */
static const char *
cut_line (const char *line)
{
  const char *end = line + LONG_LINE;

  for (const char *p = end; p > line + LONG_LINE / 2; p--)
    if (p[-1] == ' ')
      return p;
  while ((*end & 0xc0) == 0x80)
    end--;
  return end;
}

static void
take_paragraph (const char  *text,
                const char  *start,
                gboolean     is_growing,
                BaleenBlock *block)
{
  const char *line = start;

  while (*line != '\0' && !is_blank (line) && !is_fence (line)
         && line - start < LONG_PARAGRAPH)
    {
      const char *next = next_line (line);

      line = next - line > LONG_LINE + 1 ? cut_line (line) : next;
    }

  block->is_closed = *line != '\0';
  block->length = line - text;
  if (is_growing && !block->is_closed)
    line = without_half_fence (start, line);
  block->text = without_trailing_space (start, line);
}

gboolean
baleen_block_next (const char  *text,
                   gboolean     is_growing,
                   BaleenBlock *block)
{
  const char *start = skip_blank_lines (text);

  memset (block, 0, sizeof *block);
  if (*start == '\0')
    return FALSE;

  if (is_fence (start))
    take_code (text, start, block);
  else
    take_paragraph (text, start, is_growing, block);
  return TRUE;
}

void
baleen_block_clear (BaleenBlock *block)
{
  g_clear_pointer (&block->language, g_free);
  g_clear_pointer (&block->text, g_free);
}
