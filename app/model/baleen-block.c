#include "baleen-block.h"

#include <string.h>

static void
span_clear (gpointer data)
{
  g_free (((BaleenSpan *) data)->target);
}

BaleenRichText *
baleen_rich_text_new (void)
{
  BaleenRichText *rich = g_new (BaleenRichText, 1);

  rich->text = g_string_new (NULL);
  rich->spans = g_array_new (FALSE, FALSE, sizeof (BaleenSpan));
  g_array_set_clear_func (rich->spans, span_clear);
  return rich;
}

void
baleen_rich_text_free (BaleenRichText *rich)
{
  g_string_free (rich->text, TRUE);
  g_array_unref (rich->spans);
  g_free (rich);
}

/* A citation and a formula are things of their own even beside another. */
static gboolean
continues (const BaleenSpan *last,
           gsize             end,
           BaleenSpanStyle   style,
           const char       *target)
{
  return last->end == end && last->style == style
         && (style & (BALEEN_SPAN_CITATION | BALEEN_SPAN_MATHS)) == 0
         && g_strcmp0 (last->target, target) == 0;
}

void
baleen_rich_text_append (BaleenRichText *rich,
                         const char     *text,
                         gssize          length,
                         BaleenSpanStyle style,
                         int             number,
                         const char     *target)
{
  const gsize start = rich->text->len;
  BaleenSpan span = { .start = start, .style = style, .number = number };

  g_string_append_len (rich->text, text, length);
  if (style == 0 || rich->text->len == start)
    return;

  span.end = rich->text->len;
  if (rich->spans->len > 0)
    {
      BaleenSpan *last = &g_array_index (rich->spans, BaleenSpan, rich->spans->len - 1);

      if (continues (last, start, style, target))
        {
          last->end = span.end;
          return;
        }
    }
  span.target = g_strdup (target);
  g_array_append_val (rich->spans, span);
}

BaleenRichText *
baleen_rich_text_slice (const BaleenRichText *rich,
                        gsize                 start,
                        gsize                 end)
{
  BaleenRichText *slice = baleen_rich_text_new ();

  g_string_append_len (slice->text, rich->text->str + start, end - start);
  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *from = &g_array_index (rich->spans, BaleenSpan, i);
      BaleenSpan span = *from;

      if (from->end <= start || from->start >= end)
        continue;
      span.start = MAX (from->start, start) - start;
      span.end = MIN (from->end, end) - start;
      span.target = g_strdup (from->target);
      g_array_append_val (slice->spans, span);
    }
  return slice;
}

void
baleen_rich_text_trim_end (BaleenRichText *rich)
{
  gsize length = rich->text->len;

  while (length > 0 && g_ascii_isspace (rich->text->str[length - 1]))
    length--;
  if (length < rich->text->len)
    {
      BaleenRichText *shorter = baleen_rich_text_slice (rich, 0, length);

      g_string_free (rich->text, TRUE);
      g_array_unref (rich->spans);
      *rich = *shorter;
      g_free (shorter);
    }
}

gboolean
baleen_rich_text_equal (const BaleenRichText *a,
                        const BaleenRichText *b)
{
  if (a->spans->len != b->spans->len || !g_string_equal (a->text, b->text))
    return FALSE;

  for (guint i = 0; i < a->spans->len; i++)
    {
      const BaleenSpan *first = &g_array_index (a->spans, BaleenSpan, i);
      const BaleenSpan *second = &g_array_index (b->spans, BaleenSpan, i);

      if (first->start != second->start || first->end != second->end
          || first->style != second->style || first->number != second->number
          || g_strcmp0 (first->target, second->target) != 0)
        return FALSE;
    }
  return TRUE;
}

BaleenBlock *
baleen_block_new (BaleenBlockKind kind,
                  const char     *path)
{
  BaleenBlock *block = g_new0 (BaleenBlock, 1);

  block->kind = kind;
  block->path = g_strdup (path);
  block->rich = baleen_rich_text_new ();
  return block;
}

BaleenBlock *
baleen_block_copy (const BaleenBlock *block)
{
  BaleenBlock *copy = g_new (BaleenBlock, 1);

  *copy = *block;
  copy->path = g_strdup (block->path);
  copy->marker = g_strdup (block->marker);
  copy->rich = baleen_rich_text_slice (block->rich, 0, block->rich->text->len);
  copy->language = g_strdup (block->language);
  copy->latex = g_strdup (block->latex);
  if (block->cells == NULL)
    return copy;

  copy->alignments = g_array_copy (block->alignments);
  copy->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_rich_text_free);
  for (guint i = 0; i < block->cells->len; i++)
    {
      const BaleenRichText *cell = block->cells->pdata[i];

      g_ptr_array_add (copy->cells, baleen_rich_text_slice (cell, 0, cell->text->len));
    }
  return copy;
}

void
baleen_block_free (BaleenBlock *block)
{
  baleen_rich_text_free (block->rich);
  g_free (block->path);
  g_free (block->marker);
  g_free (block->language);
  g_free (block->latex);
  g_clear_pointer (&block->alignments, g_array_unref);
  g_clear_pointer (&block->cells, g_ptr_array_unref);
  g_free (block);
}

static gboolean
tables_equal (const BaleenBlock *a,
              const BaleenBlock *b)
{
  if (a->cells == NULL || b->cells == NULL)
    return a->cells == b->cells;
  if (a->n_columns != b->n_columns || a->cells->len != b->cells->len
      || memcmp (a->alignments->data, b->alignments->data,
                 a->alignments->len * sizeof (BaleenAlign))
             != 0)
    return FALSE;

  for (guint i = 0; i < a->cells->len; i++)
    if (!baleen_rich_text_equal (a->cells->pdata[i], b->cells->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
baleen_block_equal (const BaleenBlock *a,
                    const BaleenBlock *b)
{
  return a->kind == b->kind && a->task == b->task && a->is_tight == b->is_tight
         && a->is_continued == b->is_continued && a->level == b->level
         && g_str_equal (a->path, b->path) && g_strcmp0 (a->marker, b->marker) == 0
         && g_strcmp0 (a->language, b->language) == 0 && g_strcmp0 (a->latex, b->latex) == 0
         && baleen_rich_text_equal (a->rich, b->rich) && tables_equal (a, b);
}

guint
baleen_block_get_n_rows (const BaleenBlock *block)
{
  return block->cells != NULL && block->n_columns > 0 ? block->cells->len / block->n_columns : 0;
}

guint
baleen_block_get_depth (const BaleenBlock *block,
                        char               container)
{
  guint n = 0;

  for (const char *p = block->path; *p != '\0'; p++)
    n += *p == container;
  return n;
}
