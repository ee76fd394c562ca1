#include "markdown-writer.h"

#include <string.h>

/* ---- words ---------------------------------------------------------------------------- */

/* Marks that may begin something anywhere. A bracket is only dangerous with what follows it. */
static const char special[] = "\\`*_~<|&$";

static gboolean
begins_block (const char *p,
              const char *start)
{
  return (p == start || p[-1] == '\n') && strchr ("#+-=>:", *p) != NULL;
}

/* “1.” or “1)” at the beginning of a line: its sign is escaped, not its digit. */
static gboolean
ends_number (const char *p,
             const char *start)
{
  const char *q = p;

  if (*p != '.' && *p != ')')
    return FALSE;
  while (q > start && g_ascii_isdigit (q[-1]))
    q--;
  return q < p && (q == start || q[-1] == '\n');
}

static void
append_escaped (GString    *out,
                const char *text,
                gsize       length,
                gboolean    in_cell)
{
  const char *end = text + length;

  for (const char *p = text; p < end; p++)
    {
      if (*p == '\n' && in_cell)
        {
          g_string_append (out, "<br>");
          continue;
        }
      if (p > text && p[-1] == ']' && *p == '(')
        {
          g_string_append (out, "&#40;");
          continue;
        }
      /* A bare address would become a link. */
      if (*p == ':' && g_str_has_prefix (p, "://"))
        {
          g_string_append (out, "&#58;");
          continue;
        }
      if (strchr (special, *p) != NULL || begins_block (p, text) || ends_number (p, text)
          || (*p == ':' && p > text && p[-1] == ']') || *p == '@')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
}

static void
append_code (GString    *out,
             const char *text,
             gsize       length)
{
  gsize longest = 0, run = 0;
  g_autofree char *fence = NULL;
  gboolean needs_space;

  for (gsize i = 0; i < length; i++)
    {
      run = text[i] == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  fence = g_strnfill (longest + 1, '`');
  needs_space = length > 0
                && (text[0] == '`' || text[length - 1] == '`'
                    || (text[0] == ' ' && text[length - 1] == ' '));
  g_string_append_printf (out, "%s%s", fence, needs_space ? " " : "");
  g_string_append_len (out, text, length);
  g_string_append_printf (out, "%s%s", needs_space ? " " : "", fence);
}

typedef struct
{
  GString *out;
  gboolean in_cell;
  BaleenSpanStyle open[4]; /* as they were opened */
  guint n_open;
  const char *target; /* (nullable) of the open link */
} Writer;

static void
append_mark (Writer         *self,
             BaleenSpanStyle style,
             gboolean        is_end)
{
  switch (style)
    {
    case BALEEN_SPAN_STRONG:
      g_string_append (self->out, "**");
      break;
    case BALEEN_SPAN_EMPHASIS:
      g_string_append (self->out, "*");
      break;
    case BALEEN_SPAN_STRUCK:
      g_string_append (self->out, "~~");
      break;
    default:
      if (is_end)
        g_string_append_printf (self->out, "](<%s>)", self->target);
      else
        g_string_append_c (self->out, '[');
      break;
    }
}

static gboolean
is_open (Writer         *self,
         BaleenSpanStyle style)
{
  for (guint i = 0; i < self->n_open; i++)
    if (self->open[i] == style)
      return TRUE;
  return FALSE;
}

/* What is open and not wanted is closed, with whatever was opened inside of it. */
static void
close_styles (Writer         *self,
              BaleenSpanStyle wanted,
              const char     *target)
{
  guint keep = 0;

  while (keep < self->n_open && (wanted & self->open[keep]) != 0
         && (self->open[keep] != BALEEN_SPAN_LINK || g_strcmp0 (self->target, target) == 0))
    keep++;
  while (self->n_open > keep)
    append_mark (self, self->open[--self->n_open], TRUE);
  if (!is_open (self, BALEEN_SPAN_LINK))
    self->target = NULL;
}

/* How far the style reaches from a span on: what reaches further is opened outside. */
static guint
reach (const BaleenRichText *rich,
       guint                 i,
       BaleenSpanStyle       style)
{
  guint end = g_array_index (rich->spans, BaleenSpan, i).start;

  for (; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

      if (span->start != end || (span->style & style) == 0)
        break;
      end = span->end;
    }
  return end;
}

static void
open_styles (Writer               *self,
             const BaleenRichText *rich,
             guint                 i)
{
  static const BaleenSpanStyle all[] = { BALEEN_SPAN_LINK, BALEEN_SPAN_STRONG,
                                         BALEEN_SPAN_EMPHASIS, BALEEN_SPAN_STRUCK };
  const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

  while (TRUE)
    {
      BaleenSpanStyle next = 0;
      guint furthest = 0;

      for (guint k = 0; k < G_N_ELEMENTS (all); k++)
        if ((span->style & all[k]) != 0 && !is_open (self, all[k])
            && reach (rich, i, all[k]) > furthest)
          {
            next = all[k];
            furthest = reach (rich, i, next);
          }
      if (next == 0)
        return;
      if (next == BALEEN_SPAN_LINK)
        self->target = span->target;
      append_mark (self, next, FALSE);
      self->open[self->n_open++] = next;
    }
}

static void
append_span (Writer               *self,
             const BaleenRichText *rich,
             const BaleenSpan     *span)
{
  const char *text = rich->text->str + span->start;
  const gsize length = span->end - span->start;

  if ((span->style & BALEEN_SPAN_MATHS) != 0)
    g_string_append_printf (self->out, "\\(%s\\)", span->target);
  else if ((span->style & BALEEN_SPAN_CITATION) != 0)
    g_string_append_len (self->out, text, length);
  else if ((span->style & BALEEN_SPAN_CODE) != 0)
    append_code (self->out, text, length);
  else
    append_escaped (self->out, text, length, self->in_cell);
}

static char *
rich_to_markdown (const BaleenRichText *rich,
                  gboolean              in_cell)
{
  Writer self = { .out = g_string_new (NULL), .in_cell = in_cell };
  gsize from = 0;

  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);
      const gboolean is_bare = span->style == BALEEN_SPAN_LINK
                               && strlen (span->target) == span->end - span->start
                               && g_str_has_prefix (rich->text->str + span->start, span->target);

      close_styles (&self, span->start > from || is_bare ? 0 : span->style, span->target);
      append_escaped (self.out, rich->text->str + from, span->start - from, in_cell);
      if (is_bare)
        {
          g_string_append_printf (self.out, "<%s>", span->target);
        }
      else
        {
          open_styles (&self, rich, i);
          append_span (&self, rich, span);
        }
      from = span->end;
    }
  close_styles (&self, 0, NULL);
  append_escaped (self.out, rich->text->str + from, rich->text->len - from, in_cell);
  return g_string_free (self.out, FALSE);
}

/* ---- blocks --------------------------------------------------------------------------- */

static char *
code_to_markdown (const BaleenBlock *block)
{
  gsize longest = 2, run = 0;
  g_autofree char *fence = NULL;

  for (const char *p = block->rich->text->str; *p != '\0'; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  fence = g_strnfill (longest + 1, '`');
  return g_strdup_printf ("%s%s\n%s%s%s", fence, block->language != NULL ? block->language : "",
                          block->rich->text->str, block->rich->text->len > 0 ? "\n" : "", fence);
}

static char *
table_to_markdown (const BaleenBlock *block)
{
  static const char *const rules[] = { " --- |", " :-- |", " :-: |", " --: |" };
  GString *out = g_string_new (NULL);

  for (guint row = 0; row < baleen_block_get_n_rows (block); row++)
    {
      g_string_append (out, row > 0 ? "\n|" : "|");
      for (guint i = 0; i < block->n_columns; i++)
        {
          g_autofree char *cell
              = rich_to_markdown (block->cells->pdata[row * block->n_columns + i], TRUE);

          g_string_append_printf (out, " %s |", cell);
        }
      if (row > 0)
        continue;
      g_string_append (out, "\n|");
      for (guint i = 0; i < block->alignments->len; i++)
        g_string_append (out, rules[g_array_index (block->alignments, BaleenAlign, i)]);
    }
  return g_string_free (out, FALSE);
}

static char *
block_to_markdown (const BaleenBlock *block)
{
  g_autofree char *words = NULL;

  switch (block->kind)
    {
    case BALEEN_BLOCK_CODE:
      return code_to_markdown (block);
    case BALEEN_BLOCK_TABLE:
      return table_to_markdown (block);
    case BALEEN_BLOCK_RULE:
      return g_strdup ("---");
    case BALEEN_BLOCK_MATHS:
      return g_strdup_printf ("$$%s$$", block->latex);
    case BALEEN_BLOCK_HEADING:
      words = rich_to_markdown (block->rich, FALSE);
      return g_strdup_printf ("%.*s %s", block->level, "######", words);
    case BALEEN_BLOCK_TEXT:
    default:
      return rich_to_markdown (block->rich, FALSE);
    }
}

/* `widths` are those of the markers of each list item on the path: what follows is indented
 * by them. */
static void
append_prefix (GString           *out,
               const BaleenBlock *block,
               GArray            *widths,
               gboolean           is_first)
{
  const guint n_items = baleen_block_get_depth (block, '-');
  guint item = 0;

  for (const char *p = block->path; *p != '\0'; p++)
    {
      guint width;

      if (*p == '>')
        {
          g_string_append (out, "> ");
          continue;
        }
      if (++item == n_items && is_first && block->marker != NULL)
        {
          g_string_append_printf (out, "%s ", block->marker);
          if (block->task != BALEEN_TASK_NONE)
            g_string_append (out, block->task == BALEEN_TASK_DONE ? "[x] " : "[ ] ");
          continue;
        }
      width = item <= widths->len ? g_array_index (widths, guint, item - 1) : 2;
      g_string_append_printf (out, "%*s", width, "");
    }
}

static void
append_lines (GString           *out,
              const BaleenBlock *block,
              GArray            *widths,
              const char        *words)
{
  gboolean is_first = !block->is_continued;

  for (const char *line = words; line != NULL;)
    {
      const char *end = strchr (line, '\n');

      if (is_first || line > words)
        append_prefix (out, block, widths, is_first);
      g_string_append_len (out, line, end != NULL ? end - line : (gssize) strlen (line));
      if (end != NULL)
        g_string_append_c (out, '\n');
      line = end != NULL ? end + 1 : NULL;
      is_first = FALSE;
    }
}

static void
note_marker (GArray            *widths,
             const BaleenBlock *block)
{
  const guint n_items = baleen_block_get_depth (block, '-');
  guint width = block->marker != NULL ? strlen (block->marker) + 1 : 2;

  g_array_set_size (widths, n_items);
  if (block->marker != NULL && n_items > 0)
    g_array_index (widths, guint, n_items - 1) = width;
}

/* What goes between two blocks: a line's end within a tight list, else an empty line. */
static const char *
separator_of (const BaleenBlock *above,
              const BaleenBlock *below)
{
  if (below->is_continued)
    return "";
  if (below->is_tight && *above->path != '\0'
      && (above->is_tight || strlen (above->path) < strlen (below->path)))
    return "\n";
  return "\n\n";
}

/* An empty line inside of a quote carries the quote's sign, or there would be two quotes. */
static void
append_separator (GString           *out,
                  const BaleenBlock *above,
                  const BaleenBlock *below)
{
  const char *separator = separator_of (above, below);
  gsize same = 0;

  while (above->path[same] != '\0' && above->path[same] == below->path[same])
    same++;
  if (*separator != '\0' && separator[1] == '\n' && memchr (below->path, '>', same) != NULL)
    {
      g_string_append_c (out, '\n');
      for (gsize i = 0; i < same; i++)
        g_string_append (out, below->path[i] == '>' ? "> " : "  ");
      g_string_append_c (out, '\n');
    }
  else
    {
      g_string_append (out, separator);
    }
}

char *
baleen_blocks_to_markdown (GPtrArray *blocks)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) widths = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < blocks->len; i++)
    {
      const BaleenBlock *block = blocks->pdata[i];
      g_autofree char *words = block_to_markdown (block);

      if (i > 0)
        append_separator (out, blocks->pdata[i - 1], block);
      note_marker (widths, block);
      append_lines (out, block, widths, words);
    }
  return g_string_free (out, FALSE);
}

/* ---- plain ---------------------------------------------------------------------------- */

static void
append_cells (GString           *out,
              const BaleenBlock *block)
{
  for (guint i = 0; i < block->cells->len; i++)
    {
      const BaleenRichText *cell = block->cells->pdata[i];

      if (i > 0)
        g_string_append_c (out, i % block->n_columns == 0 ? '\n' : '\t');
      /* A cell of several lines would tear its row apart. */
      for (const char *p = cell->text->str; *p != '\0'; p++)
        g_string_append_c (out, *p == '\n' ? ' ' : *p);
    }
}

char *
baleen_block_to_plain (const BaleenBlock *block)
{
  static const char *const tasks[] = { "", "☐ ", "☑ " };
  GString *out = g_string_new (NULL);
  const guint depth = baleen_block_get_depth (block, '-');

  if (depth > 1)
    g_string_append_printf (out, "%*s", 2 * (depth - 1), "");
  if (block->task != BALEEN_TASK_NONE)
    g_string_append (out, tasks[block->task]);
  else if (block->marker != NULL)
    g_string_append_printf (out, "%s ", *block->marker == '-' ? "•" : block->marker);

  if (block->kind == BALEEN_BLOCK_TABLE)
    append_cells (out, block);
  else if (block->kind == BALEEN_BLOCK_RULE)
    g_string_append (out, "———");
  else
    g_string_append (out, block->rich->text->str);
  return g_string_free (out, FALSE);
}

char *
baleen_blocks_to_plain (GPtrArray *blocks)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *words = baleen_block_to_plain (blocks->pdata[i]);

      if (i > 0)
        g_string_append (out, separator_of (blocks->pdata[i - 1], blocks->pdata[i]));
      g_string_append (out, words);
    }
  return g_string_free (out, FALSE);
}
