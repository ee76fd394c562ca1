/* Characters have the classes that Unicode 14 gives them, and bytes that are no UTF-8 read as
 * U+FFFD. */
#include "unicode-table.h"
#include "utf8.h"

#include <string.h>

/* How many characters have a class, counted by Perl 5.36 (Unicode 14), surrogates apart. */
static void
test_counts (void)
{
  static const struct { guint32 classes; guint n; } expected[] = {
    { BLN_CLASS_UPPER, 1831 }, { BLN_CLASS_LOWER, 2227 }, { BLN_CLASS_TITLE, 31 },
    { BLN_CLASS_MODIFIER_LETTER, 334 }, { BLN_CLASS_OTHER_LETTER, 127333 },
    { BLN_CLASS_MARK, 2408 }, { BLN_CLASS_NUMBER, 1791 }, { BLN_CLASS_PUNCTUATION, 819 },
    { BLN_CLASS_SYMBOL, 7741 }, { BLN_CLASS_WHITE_SPACE, 25 }, { BLN_CLASS_HAN, 94215 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint n = 0;

      for (guint32 c = 0; c <= 0x10FFFF; c++)
        n += (bln_unicode_classes (c) & expected[i].classes) != 0;
      g_assert_cmpuint (n, ==, expected[i].n);
    }
}

static void
test_classes (void)
{
  static const struct { guint32 character, classes; } expected[] = {
    { 'A', BLN_CLASS_UPPER }, { 'z', BLN_CLASS_LOWER }, { '0', BLN_CLASS_NUMBER },
    { ' ', BLN_CLASS_WHITE_SPACE }, { '\n', BLN_CLASS_WHITE_SPACE }, { 0x1C, 0 }, { 0, 0 },
    { '$', BLN_CLASS_SYMBOL }, { '_', BLN_CLASS_PUNCTUATION }, { 0x85, BLN_CLASS_WHITE_SPACE },
    { 0xA0, BLN_CLASS_WHITE_SPACE }, { 0xAD, 0 }, { 0xB2, BLN_CLASS_NUMBER },
    { 0x1C5, BLN_CLASS_TITLE }, { 0x2B0, BLN_CLASS_MODIFIER_LETTER }, { 0x301, BLN_CLASS_MARK },
    { 0x200B, 0 }, { 0x3000, BLN_CLASS_WHITE_SPACE }, { 0x3001, BLN_CLASS_PUNCTUATION },
    { 0x3005, BLN_CLASS_MODIFIER_LETTER | BLN_CLASS_HAN },
    { 0x3007, BLN_CLASS_NUMBER | BLN_CLASS_HAN }, { 0x3042, BLN_CLASS_OTHER_LETTER },
    { 0x4E00, BLN_CLASS_OTHER_LETTER | BLN_CLASS_HAN },
    { 0x9FFF, BLN_CLASS_OTHER_LETTER | BLN_CLASS_HAN }, { 0xE000, 0 }, { 0xFEFF, 0 },
    { 0x1F999, BLN_CLASS_SYMBOL }, { 0x20000, BLN_CLASS_OTHER_LETTER | BLN_CLASS_HAN },
    { 0x10FFFF, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (bln_unicode_classes (expected[i].character), ==, expected[i].classes);
}

static char *
repair (const char *bytes,
        gsize       n)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n;)
    {
      guint32 character;
      gboolean is_cut;

      i += bln_utf8_read (bytes + i, n - i, &character, &is_cut);
      g_string_append_unichar (out, character);
    }
  return g_string_free (out, FALSE);
}

/* Unicode 14, tables 3-8 to 3-11. */
static void
test_maximal_subparts (void)
{
  static const struct { const char *bytes, *expected; } cases[] = {
    { "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", "a���b�c��d" },
    { "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", "��������A" },
    { "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", "��������A" },
    { "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", "�����A��B" },
    { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "����A" },
    { "\xEF\xBF\xBD", "�" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *repaired = repair (cases[i].bytes, strlen (cases[i].bytes));

      g_assert_cmpstr (repaired, ==, cases[i].expected);
    }
}

static void
test_valid (void)
{
  g_assert_true (bln_utf8_is_valid ("", 0));
  g_assert_true (bln_utf8_is_valid ("a\0b", 3));
  g_assert_true (bln_utf8_is_valid ("Größe 漢字 🦙 \xEF\xBF\xBD \xF4\x8F\xBF\xBF", 29));
  g_assert_false (bln_utf8_is_valid ("12345678\x80", 9));
  g_assert_false (bln_utf8_is_valid ("\x80" "12345678", 9));
  g_assert_false (bln_utf8_is_valid ("\xF0\x9F\xA6", 3));
  g_assert_false (bln_utf8_is_valid ("\xED\xA0\x80", 3));
}

static void
test_cut (void)
{
  static const char whole[] = "\xF0\x9F\xA6\x99";
  guint32 character;
  gboolean is_cut;

  for (gsize n = 1; n < 4; n++)
    {
      g_assert_cmpuint (bln_utf8_read (whole, n, &character, &is_cut), ==, n);
      g_assert_true (is_cut);
    }
  g_assert_cmpuint (bln_utf8_read (whole, 4, &character, &is_cut), ==, 4);
  g_assert_false (is_cut);
  g_assert_cmphex (character, ==, 0x1F999);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unicode/class-counts-are-those-of-unicode-14", test_counts);
  g_test_add_func ("/unicode/characters-have-their-classes", test_classes);
  g_test_add_func ("/utf8/maximal-subparts-become-one-replacement", test_maximal_subparts);
  g_test_add_func ("/utf8/valid-is-told-from-invalid", test_valid);
  g_test_add_func ("/utf8/a-cut-character-is-told-from-a-wrong-one", test_cut);
  return g_test_run ();
}
