/* What a model wrote: blocks of valid text, whatever it is, and no letter lost. */
#include "markdown-cutter.h"
#include "markdown-parser.h"
#include "markdown-writer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_text (const char *text)
{
  g_assert (g_utf8_validate (text, -1, NULL));
}

static void
check_rich (const BaleenRichText *rich)
{
  guint end = 0;

  check_text (rich->text->str);
  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

      g_assert (span->start >= end && span->end > span->start && span->end <= rich->text->len);
      end = span->end;
    }
}

static void
check_blocks (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const BaleenBlock *block = blocks->pdata[i];

      check_rich (block->rich);
      for (guint j = 0; block->cells != NULL && j < block->cells->len; j++)
        check_rich (block->cells->pdata[j]);
    }
}

/* Letters alone, for marks go away and places change. */
static char *
take_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      g_string_append_unichar (letters, g_utf8_get_char (text));
  return g_string_free (letters, FALSE);
}

/* Where nothing is a link, code, a table, a formula, an entity or an address, every letter is
 * shown. */
static void
check_letters (const char *text,
               GPtrArray  *blocks)
{
  g_autofree char *plain = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;

  if (strpbrk (text, "[]<&\\$`~|:@") != NULL || strstr (text, "www.") != NULL)
    return;
  plain = baleen_blocks_to_plain (blocks);
  expected = take_letters (text);
  got = take_letters (plain);
  g_assert_cmpstr (got, ==, expected);
}

/* While it comes in, each part by itself. */
static void
grow (const char *text)
{
  gsize cut;

  while ((cut = baleen_markdown_next_cut (text)) > 0)
    {
      g_autofree char *part = g_strndup (text, cut);
      g_autoptr (GPtrArray) blocks = baleen_markdown_parse (part, NULL, FALSE);

      g_assert (cut <= strlen (text));
      check_blocks (blocks);
      text += cut;
    }
  for (guint hold = 0; hold < 2; hold++)
    {
      gboolean is_held;
      g_autofree char *rest = baleen_markdown_complete (text, hold, &is_held);
      g_autoptr (GPtrArray) blocks = baleen_markdown_parse (rest, NULL, TRUE);

      check_text (rest);
      check_blocks (blocks);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (text);
  g_autofree char *markdown = baleen_blocks_to_markdown (blocks);
  g_autofree char *html = baleen_blocks_to_html (blocks);
  g_autoptr (GPtrArray) again = baleen_markdown_parse_all (markdown);

  check_blocks (blocks);
  check_blocks (again);
  check_text (html);
  check_letters (text, blocks);
  grow (text);
  return 0;
}
