/* Blocks as HTML. Everything is escaped, links keep their address, nothing is loaded. */
#include "markdown-writer.h"

#include <stdlib.h>
#include <string.h>

static void
append_escaped (GString    *out,
                const char *text,
                gsize       length)
{
  for (const char *p = text; p < text + length; p++)
    switch (*p)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      default:
        g_string_append_c (out, *p);
        break;
      }
}

static void
append_words (GString    *out,
              const char *text,
              gsize       length)
{
  const char *end = text + length;

  for (const char *line = text; line <= end;)
    {
      const char *stop = memchr (line, '\n', end - line);

      if (line > text)
        g_string_append (out, "<br>");
      append_escaped (out, line, (stop != NULL ? stop : end) - line);
      line = stop != NULL ? stop + 1 : end + 1;
    }
}

static const struct
{
  BaleenSpanStyle style;
  const char *name;
} elements[] = {
  { BALEEN_SPAN_STRONG, "strong" },
  { BALEEN_SPAN_EMPHASIS, "em" },
  { BALEEN_SPAN_STRUCK, "del" },
  { BALEEN_SPAN_CODE, "code" },
};

static void
append_span (GString          *out,
             const char       *text,
             const BaleenSpan *span)
{
  if ((span->style & BALEEN_SPAN_LINK) != 0)
    {
      g_string_append (out, "<a href=\"");
      append_escaped (out, span->target, strlen (span->target));
      g_string_append (out, "\">");
    }
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if ((span->style & elements[i].style) != 0)
      g_string_append_printf (out, "<%s>", elements[i].name);
  append_words (out, text + span->start, span->end - span->start);
  for (guint i = G_N_ELEMENTS (elements); i > 0; i--)
    if ((span->style & elements[i - 1].style) != 0)
      g_string_append_printf (out, "</%s>", elements[i - 1].name);
  if ((span->style & BALEEN_SPAN_LINK) != 0)
    g_string_append (out, "</a>");
}

static void
append_rich (GString              *out,
             const BaleenRichText *rich)
{
  gsize from = 0;

  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

      append_words (out, rich->text->str + from, span->start - from);
      append_span (out, rich->text->str, span);
      from = span->end;
    }
  append_words (out, rich->text->str + from, rich->text->len - from);
}

static void
append_table (GString           *out,
              const BaleenBlock *block)
{
  static const char *const styles[]
      = { "", " style=\"text-align:start\"", " style=\"text-align:center\"",
          " style=\"text-align:end\"" };

  g_string_append (out, "<table>\n");
  for (guint i = 0; i < block->cells->len; i++)
    {
      const guint column = i % block->n_columns;
      const char *name = i < block->n_columns ? "th" : "td";

      g_string_append_printf (out, "%s<%s%s>", column == 0 ? "<tr>" : "", name,
                              styles[g_array_index (block->alignments, BaleenAlign, column)]);
      append_rich (out, block->cells->pdata[i]);
      g_string_append_printf (out, "</%s>%s", name,
                              column + 1 == block->n_columns ? "</tr>\n" : "");
    }
  g_string_append (out, "</table>\n");
}

static void
append_block (GString           *out,
              const BaleenBlock *block)
{
  switch (block->kind)
    {
    case BALEEN_BLOCK_HEADING:
      g_string_append_printf (out, "<h%d>", block->level);
      append_rich (out, block->rich);
      g_string_append_printf (out, "</h%d>\n", block->level);
      break;
    case BALEEN_BLOCK_CODE:
      g_string_append (out, "<pre><code>");
      append_escaped (out, block->rich->text->str, block->rich->text->len);
      g_string_append (out, "</code></pre>\n");
      break;
    case BALEEN_BLOCK_TABLE:
      append_table (out, block);
      break;
    case BALEEN_BLOCK_RULE:
      g_string_append (out, "<hr>\n");
      break;
    case BALEEN_BLOCK_MATHS:
    case BALEEN_BLOCK_TEXT:
    default:
      g_string_append (out, "<p>");
      if (block->task != BALEEN_TASK_NONE)
        g_string_append (out, block->task == BALEEN_TASK_DONE ? "☑ " : "☐ ");
      append_rich (out, block->rich);
      g_string_append (out, "</p>\n");
      break;
    }
}

/* The quotes and lists that are open, as they are closed: “</li></ul>” and so on. */
static void
close_containers (GString *out,
                  GString *open,
                  gsize    keep)
{
  while (open->len > keep)
    {
      const char kind = open->str[open->len - 1];

      g_string_append (out, kind == '>'   ? "</blockquote>\n"
                            : kind == 'o' ? "</li></ol>\n"
                                          : "</li></ul>\n");
      g_string_truncate (open, open->len - 1);
    }
}

static void
open_containers (GString           *out,
                 GString           *open,
                 const BaleenBlock *block)
{
  for (gsize i = open->len; block->path[i] != '\0'; i++)
    {
      const gboolean is_number
          = block->path[i + 1] == '\0' && block->marker != NULL && *block->marker != '-';

      if (block->path[i] == '>')
        g_string_append (out, "<blockquote>\n");
      else if (is_number)
        g_string_append_printf (out, "<ol start=\"%d\"><li>", atoi (block->marker));
      else
        g_string_append (out, "<ul><li>");
      g_string_append_c (open, block->path[i] == '>' ? '>' : is_number ? 'o' : 'u');
    }
}

static gsize
n_shared (GString    *open,
          const char *path)
{
  gsize i = 0;

  while (i < open->len && path[i] != '\0' && (open->str[i] == '>') == (path[i] == '>'))
    i++;
  return i;
}

char *
baleen_blocks_to_html (GPtrArray *blocks)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const BaleenBlock *block = blocks->pdata[i];
      const gsize length = strlen (block->path);

      close_containers (out, open, n_shared (open, block->path));
      if (block->marker != NULL && open->len == length && length > 0)
        {
          const gboolean is_same
              = (open->str[length - 1] == 'o') == (*block->marker != '-');

          if (is_same)
            g_string_append (out, "</li>\n<li>");
          else
            close_containers (out, open, length - 1);
        }
      open_containers (out, open, block);
      append_block (out, block);
    }
  close_containers (out, open, 0);
  return g_string_free (out, FALSE);
}
