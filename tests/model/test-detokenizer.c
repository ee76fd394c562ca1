/* What tokens say comes out as text, at any moment valid and in the end complete. */
#include "vocabulary.h"

#include "utf8.h"

#include <string.h>

static const char *krill_path;

static BlnTokenizer *
open_sound (Vocabulary *vocabulary)
{
  g_autoptr (GError) error = NULL;
  BlnTokenizer *tokenizer = vocabulary_open (vocabulary, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokenizer);
  return tokenizer;
}

/* Pushes tokens one by one; what is there must be valid after each. */
static char *
decode (BlnTokenizer *tokenizer,
        const gint32 *tokens,
        gsize         n,
        gboolean      with_special)
{
  g_autoptr (BlnDetokenizer) detokenizer = bln_tokenizer_new_detokenizer (tokenizer, with_special);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      bln_detokenizer_push (detokenizer, tokens[i], text);
      g_assert_true (bln_utf8_is_valid (text->str, text->len));
    }
  bln_detokenizer_finish (detokenizer, text);
  g_assert_true (bln_utf8_is_valid (text->str, text->len));
  return g_string_free (text, FALSE);
}

static void
assert_round_trip (BlnTokenizer *tokenizer,
                   const char   *text)
{
  gsize n;
  g_autofree gint32 *tokens = bln_tokenizer_encode (tokenizer, text, strlen (text), NULL,
                                                    BLN_TOKENIZE_DEFAULT, &n, NULL);
  g_autofree char *decoded = decode (tokenizer, tokens, n, TRUE);

  g_assert_cmpstr (decoded, ==, text);
}

static void
assert_decodes (BlnTokenizer *tokenizer,
                const gint32 *tokens,
                gsize         n,
                gboolean      with_special,
                const char   *expected)
{
  g_autofree char *text = decode (tokenizer, tokens, n, with_special);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- whole characters ----------------------------------------------------------------- */

static void
test_half_characters (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  g_autoptr (BlnDetokenizer) detokenizer = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  static const gint32 crab[] = { 0xF0, 0x9F, 0xA6, 0x80 };

  vocabulary_merge (vocabulary, "a", "b");
  tokenizer = open_sound (vocabulary);
  detokenizer = bln_tokenizer_new_detokenizer (tokenizer, FALSE);
  bln_detokenizer_push (detokenizer, 256, text);
  for (guint i = 0; i < 3; i++)
    {
      bln_detokenizer_push (detokenizer, crab[i], text);
      g_assert_cmpstr (text->str, ==, "ab");
    }
  bln_detokenizer_push (detokenizer, crab[3], text);
  g_assert_cmpstr (text->str, ==, "ab🦀");
  bln_detokenizer_push (detokenizer, 0xE6, text);
  bln_detokenizer_push (detokenizer, 256, text); /* it will never be whole */
  g_assert_cmpstr (text->str, ==, "ab🦀�ab");
  bln_detokenizer_push (detokenizer, 0xE6, text);
  bln_detokenizer_finish (detokenizer, text);
  g_assert_cmpstr (text->str, ==, "ab🦀�ab�");
  bln_detokenizer_finish (detokenizer, text);
  g_assert_cmpstr (text->str, ==, "ab🦀�ab�");
}

/* Cut into tokens anywhere, bytes give the text that they give at once. */
static void
test_any_bytes (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  static const guint8 leads[] = { 'a', 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0xF0, 0x90, 0xF4, 0xFF };

  vocabulary_merge (vocabulary, "a", "b");
  tokenizer = open_sound (vocabulary);
  for (guint i = 0; i < 3000; i++)
    {
      gint32 tokens[12];
      char bytes[12];
      guint n = g_test_rand_int_range (1, 13);
      g_autoptr (GString) expected = g_string_new (NULL);

      for (guint j = 0; j < n; j++)
        tokens[j] = (guint8) (bytes[j] = leads[g_test_rand_int_range (0, G_N_ELEMENTS (leads))]);
      for (gsize j = 0; j < n;)
        {
          guint32 character;
          gboolean is_cut;

          j += bln_utf8_read (bytes + j, n - j, &character, &is_cut);
          g_string_append_unichar (expected, character);
        }
      assert_decodes (tokenizer, tokens, n, FALSE, expected->str);
    }
}

/* ---- kinds ---------------------------------------------------------------------------- */

static void
test_kinds (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  static const gint32 tokens[] = { 257, 258, 'x', 259, 260, -1, 5000 };

  vocabulary_merge (vocabulary, "a", "b");
  vocabulary_add (vocabulary, "<|im_end|>", 3, 0);
  vocabulary_add (vocabulary, "</think>", 4, 0);
  vocabulary_add (vocabulary, "ø", 4, 0); /* spells byte 0xF8, but is no spelling */
  vocabulary_add (vocabulary, "Ġx", 1, 0);
  tokenizer = open_sound (vocabulary);
  assert_decodes (tokenizer, tokens, G_N_ELEMENTS (tokens), FALSE, "</think>xø x");
  assert_decodes (tokenizer, tokens, G_N_ELEMENTS (tokens), TRUE, "<|im_end|></think>xø x");
}

static void
test_first_space (void)
{
  static const gint32 words[] = { 260, 260 }, special[] = { 1, 260 }, bytes[] = { 3 + ' ', 260 };
  g_autoptr (Vocabulary) with = vocabulary_new_sentencepiece ();
  g_autoptr (Vocabulary) without = vocabulary_new_sentencepiece ();
  g_autoptr (BlnTokenizer) adding = NULL;
  g_autoptr (BlnTokenizer) plain = NULL;

  vocabulary_add (with, "▁", 1, -2);
  vocabulary_add (with, "▁x", 1, -1); /* 260 */
  adding = open_sound (with);
  assert_decodes (adding, words, 2, FALSE, "x x");
  assert_decodes (adding, special, 2, FALSE, "x");
  assert_decodes (adding, special, 2, TRUE, "<s> x");
  assert_decodes (adding, bytes, 2, FALSE, " x");

  vocabulary_add (without, "▁", 1, -2);
  vocabulary_add (without, "▁x", 1, -1);
  gguf_writer_set_bool (without->writer, "tokenizer.ggml.add_space_prefix", FALSE);
  plain = open_sound (without);
  assert_decodes (plain, words, 2, FALSE, " x x");
}

static void
test_no_tokenizer (void)
{
  g_autoptr (BlnDetokenizer) detokenizer = bln_tokenizer_new_detokenizer (NULL, TRUE);
  g_autoptr (GString) text = g_string_new (NULL);

  bln_detokenizer_push (detokenizer, 1, text);
  bln_detokenizer_finish (detokenizer, text);
  g_assert_cmpstr (text->str, ==, "");
}

/* ---- there and back ------------------------------------------------------------------- */

static const char *const texts[] = {
  "", " ", "Hello, world!", "  leading and trailing  ", "\n\n\t\r\n", "I'LL pay $12345.67",
  "漢字かな交じり文、한국어", "Größe naïve e\xCC\x81", "🦙👨‍👩‍👧🏳️‍🌈", "\x01\x7F\u200b\u0378", "ø þ ÿ À",
  "<|im_start|>user\n</think><s></s>", "def f(x):\n\treturn x_1  # ok\n",
};

/* Without "▁", which SentencePiece-style vocabularies cannot tell from a space. */
static char *
random_text (void)
{
  GString *text = g_string_new (NULL);
  guint n = g_test_rand_int_range (1, 60);

  while (n-- > 0)
    {
      guint32 c = g_test_rand_int_range (1, 0x10FFFF) >> g_test_rand_int_range (0, 15);

      if (c != 0 && c != 0x2581 && (c < 0xD800 || c > 0xDFFF))
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

static void
assert_all_round_trips (BlnTokenizer *tokenizer)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_round_trip (tokenizer, texts[i]);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = random_text ();

      assert_round_trip (tokenizer, text);
    }
}

static void
test_round_trip_bytes (void)
{
  static const char *const rules[] = { "deepseek-llm", "deepseek-v3", "llama-bpe", "gpt-2",
                                       "kimi-k2", "default" };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level (rules[i]);
      g_autoptr (BlnTokenizer) tokenizer = NULL;

      vocabulary_merge (vocabulary, "h", "e");
      vocabulary_merge (vocabulary, "Ġ", "Ġ");
      vocabulary_merge (vocabulary, "Ã", "¸");
      vocabulary_add (vocabulary, "</think>", 4, 0);
      tokenizer = open_sound (vocabulary);
      assert_all_round_trips (tokenizer);
    }
}

static void
test_round_trip_pieces (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_sentencepiece ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;

  vocabulary_add (vocabulary, "▁", 1, -3);
  vocabulary_add (vocabulary, "e", 1, -4);
  vocabulary_add (vocabulary, "▁e", 1, -1);
  vocabulary_add (vocabulary, "ee", 1, -2);
  tokenizer = open_sound (vocabulary);
  assert_all_round_trips (tokenizer);
}

static gpointer
round_trip_thread (gpointer tokenizer)
{
  for (guint i = 0; i < 500; i++)
    {
      char text[65] = "";

      for (guint j = 0; j < 64; j++)
        text[j] = g_random_int_range (0, 10) > 0 ? g_random_int_range (' ', 0x7F) : '\n';
      assert_round_trip (tokenizer, text);
    }
  return NULL;
}

/* The built-in model's own vocabulary, whatever it holds beyond ASCII, from several threads at
 * once. */
static void
test_round_trip_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnGguf) gguf = bln_gguf_open (krill_path, &error);
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  GThread *threads[4];

  g_assert_no_error (error);
  tokenizer = bln_tokenizer_new (gguf, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("round-trip", round_trip_thread, tokenizer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  krill_path = argv[1];
  g_test_add_func ("/detokenizer/never-half-a-character", test_half_characters);
  g_test_add_func ("/detokenizer/any-bytes-become-text", test_any_bytes);
  g_test_add_func ("/detokenizer/kinds-are-printed-as-asked", test_kinds);
  g_test_add_func ("/detokenizer/the-added-space-is-dropped", test_first_space);
  g_test_add_func ("/detokenizer/without-vocabulary-says-nothing", test_no_tokenizer);
  g_test_add_func ("/detokenizer/round-trip/byte-level", test_round_trip_bytes);
  g_test_add_func ("/detokenizer/round-trip/pieces", test_round_trip_pieces);
  g_test_add_func ("/detokenizer/round-trip/built-in-model", test_round_trip_built_in);
  return g_test_run ();
}
