/* Cutting a text into blocks: nothing is lost, and a growing text keeps its finished blocks. */
#include <string.h>

#include "baleen-block-splitter.h"

static void
assert_block (const char **text,
              gboolean     is_code,
              const char  *expected,
              gboolean     is_closed)
{
  g_auto (BaleenBlock) block = { 0 };

  g_assert_true (baleen_block_next (*text, FALSE, &block));
  g_assert_cmpint (block.is_code, ==, is_code);
  g_assert_cmpstr (block.text, ==, expected);
  g_assert_cmpint (block.is_closed, ==, is_closed);
  *text += block.length;
}

static void
test_kinds (void)
{
  const char *text = "\n\nOne\nline\n\n```c\nint x;\n\ny\n```\nafter\n  ```\nopen";
  g_auto (BaleenBlock) none = { 0 };

  assert_block (&text, FALSE, "One\nline", TRUE);
  assert_block (&text, TRUE, "int x;\n\ny", TRUE);
  assert_block (&text, FALSE, "after", TRUE);
  assert_block (&text, TRUE, "open", FALSE);
  g_assert_false (baleen_block_next (text, FALSE, &none));
}

static void
test_half_fence (void)
{
  g_auto (BaleenBlock) growing = { 0 };
  g_auto (BaleenBlock) done = { 0 };

  g_assert_true (baleen_block_next ("text\n``", TRUE, &growing));
  g_assert_cmpstr (growing.text, ==, "text");
  g_assert_true (baleen_block_next ("text\n``", FALSE, &done));
  g_assert_cmpstr (done.text, ==, "text\n``");
}

/* Every byte of text that is not white space or a fence is in one block, whole characters
 * only, and no block is longer than a label can bear. */
static void
test_long (void)
{
  static const char *const units[] = { "x", "word ", "漢", "𝄞", "ab\n" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) joined = g_string_new (NULL);
      g_auto (GStrv) expected = NULL;
      g_auto (GStrv) got = NULL;
      g_autofree char *expected_words = NULL;
      g_autofree char *got_words = NULL;
      const char *p;

      while (text->len < 100000)
        g_string_append (text, units[i]);
      for (p = text->str; *p != '\0';)
        {
          g_auto (BaleenBlock) block = { 0 };

          if (!baleen_block_next (p, FALSE, &block))
            break;
          g_assert_true (g_utf8_validate (block.text, -1, NULL));
          g_assert_cmpuint (strlen (block.text), <, 6000);
          g_string_append (joined, block.text);
          p += block.length;
        }
      expected = g_strsplit_set (text->str, " \n", -1);
      got = g_strsplit_set (joined->str, " \n", -1);
      expected_words = g_strjoinv ("", expected);
      got_words = g_strjoinv ("", got);
      g_assert_cmpstr (expected_words, ==, got_words);
    }
}

/* However the text was cut on its way, the blocks that were closed are those of the whole. */
static void
test_growing (void)
{
  static const char whole[] = "Intro `x` here\n\n```py\na = 1\n```\n\n- one\n- two\n\nEnd ``.";

  for (gsize n = 1; n < strlen (whole); n++)
    {
      g_autofree char *part = g_strndup (whole, n);
      const char *a = part;
      const char *b = whole;

      while (TRUE)
        {
          g_auto (BaleenBlock) grown = { 0 };
          g_auto (BaleenBlock) all = { 0 };

          if (!baleen_block_next (a, TRUE, &grown) || !grown.is_closed)
            break;
          g_assert_true (baleen_block_next (b, FALSE, &all));
          g_assert_cmpstr (grown.text, ==, all.text);
          g_assert_cmpuint (grown.length, ==, all.length);
          a += grown.length;
          b += all.length;
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/paragraphs-and-code", test_kinds);
  g_test_add_func ("/blocks/half-a-fence-is-held-back", test_half_fence);
  g_test_add_func ("/blocks/long-texts-are-cut-and-nothing-is-lost", test_long);
  g_test_add_func ("/blocks/closed-blocks-stay-as-they-are", test_growing);
  return g_test_run ();
}
