#include "markdown-parting.h"

/* A label is laid out whole at each change, so a paragraph without end is cut, behind a space
 * where it has one. */
#define LONGEST_TEXT 2000
#define SEARCH_SPACE 500

/* Where a text too long for one label is cut. */
static gsize
find_cut (const char *text)
{
  gsize cut = LONGEST_TEXT;

  for (gsize i = cut; i > LONGEST_TEXT - SEARCH_SPACE; i--)
    if (text[i - 1] == ' ' || text[i - 1] == '\n')
      return i;
  while ((text[cut] & 0xc0) == 0x80)
    cut--;
  return cut;
}

static void
cut_block (GPtrArray   *blocks,
           BaleenBlock *block)
{
  while (block->rich->text->len > LONGEST_TEXT + SEARCH_SPACE)
    {
      const gsize cut = find_cut (block->rich->text->str);
      BaleenRichText *head = baleen_rich_text_slice (block->rich, 0, cut);
      BaleenBlock *rest = baleen_block_new (block->kind, block->path);

      baleen_rich_text_free (rest->rich);
      rest->rich = baleen_rich_text_slice (block->rich, cut, block->rich->text->len);
      rest->is_tight = block->is_tight;
      rest->is_continued = TRUE;
      baleen_rich_text_free (block->rich);
      block->rich = head;
      g_ptr_array_add (blocks, rest);
      block = rest;
    }
}

static BaleenBlock *
maths_block_new (const BaleenBlock *beside,
                 const BaleenSpan  *span,
                 const char        *text)
{
  BaleenBlock *block = baleen_block_new (BALEEN_BLOCK_MATHS, beside->path);

  block->is_tight = beside->is_tight;
  block->latex = g_strdup (span->target);
  g_string_append_len (block->rich->text, text + span->start, span->end - span->start);
  return block;
}

static void
add_part (GPtrArray         *blocks,
          const BaleenBlock *whole,
          gsize              start,
          gsize              end)
{
  const char *text = whole->rich->text->str;
  BaleenBlock *part;

  while (start < end && g_ascii_isspace (text[start]))
    start++;
  while (end > start && g_ascii_isspace (text[end - 1]))
    end--;
  if (start == end)
    return;

  part = baleen_block_new (BALEEN_BLOCK_TEXT, whole->path);
  part->is_tight = whole->is_tight;
  baleen_rich_text_free (part->rich);
  part->rich = baleen_rich_text_slice (whole->rich, start, end);
  g_ptr_array_add (blocks, part);
  cut_block (blocks, part);
}

void
baleen_blocks_part_last (GPtrArray *blocks)
{
  BaleenBlock *whole = g_ptr_array_steal_index (blocks, blocks->len - 1);
  const guint first = blocks->len;
  gsize from = 0;

  for (guint i = 0; i < whole->rich->spans->len; i++)
    {
      BaleenSpan *span = &g_array_index (whole->rich->spans, BaleenSpan, i);

      if ((span->style & BALEEN_SPAN_MATHS) == 0 || span->number == 0)
        continue;
      add_part (blocks, whole, from, span->start);
      g_ptr_array_add (blocks, maths_block_new (whole, span, whole->rich->text->str));
      from = span->end;
    }
  if (from == 0 && blocks->len == first)
    {
      g_ptr_array_add (blocks, whole);
      cut_block (blocks, whole);
      return;
    }

  add_part (blocks, whole, from, whole->rich->text->len);
  if (blocks->len > first)
    {
      BaleenBlock *head = blocks->pdata[first];

      head->marker = g_steal_pointer (&whole->marker);
      head->task = whole->task;
    }
  baleen_block_free (whole);
}

GPtrArray *
baleen_blocks_of_plain (const char *text)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_block_free);
  BaleenBlock *block = baleen_block_new (BALEEN_BLOCK_TEXT, "");

  baleen_rich_text_append (block->rich, text, -1, 0, 0, NULL);
  baleen_rich_text_trim_end (block->rich);
  g_ptr_array_add (blocks, block);
  cut_block (blocks, block);

  return blocks;
}
