/* Merging gives the tokens that the rules say, compared with slow and plain programs that do
 * nothing but follow the rules. */
#include "vocabulary.h"

#include <string.h>

static BlnTokenizer *
open_sound (Vocabulary *vocabulary)
{
  g_autoptr (GError) error = NULL;
  BlnTokenizer *tokenizer = vocabulary_open (vocabulary, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokenizer);
  return tokenizer;
}

static void
assert_ids (BlnTokenizer *tokenizer,
            const char   *text,
            const char   *expected)
{
  g_autofree char *ids = vocabulary_encode (tokenizer, text, -1, NULL, BLN_TOKENIZE_DEFAULT);

  g_assert_cmpstr (ids, ==, expected);
}

/* ---- byte-level ----------------------------------------------------------------------- */

static void
test_merges (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;

  g_assert_cmpint (vocabulary_merge (vocabulary, "b", "c"), ==, 256);
  g_assert_cmpint (vocabulary_merge (vocabulary, "a", "b"), ==, 257);
  g_assert_cmpint (vocabulary_merge (vocabulary, "a", "a"), ==, 258);
  g_assert_cmpint (vocabulary_merge (vocabulary, "Ġ", "a"), ==, 259);
  g_assert_cmpint (vocabulary_merge (vocabulary, "Ġa", "bc"), ==, 260);
  tokenizer = open_sound (vocabulary);

  assert_ids (tokenizer, "", "");
  assert_ids (tokenizer, "x", "120");
  assert_ids (tokenizer, "abc", "97 256"); /* the earlier merge, not the first place */
  assert_ids (tokenizer, "ab", "257");
  assert_ids (tokenizer, "aaa", "258 97"); /* the first of two equal places */
  assert_ids (tokenizer, "aaaaab", "258 258 257");
  assert_ids (tokenizer, " abc", "260");
  assert_ids (tokenizer, "x abc", "120 260");
  assert_ids (tokenizer, "é\n", "195 169 10");
}

/* Ranks 0 to n - 1 for pairs of token texts; the best pair, leftmost, until there is none. */
static char *
merge_plainly (Vocabulary *vocabulary,
               const char *text)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  GString *ids = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    g_ptr_array_add (parts, g_strndup (c, 1));
  for (guint rank = 0; rank < vocabulary->merges->len;)
    {
      g_auto (GStrv) pair = g_strsplit (vocabulary->merges->pdata[rank], " ", 2);
      guint i;

      for (i = 0; i + 1 < parts->len; i++)
        if (strcmp (parts->pdata[i], pair[0]) == 0 && strcmp (parts->pdata[i + 1], pair[1]) == 0)
          break;
      if (i + 1 >= parts->len)
        {
          rank++;
          continue;
        }
      g_free (parts->pdata[i]);
      parts->pdata[i] = g_strconcat (pair[0], pair[1], NULL);
      g_ptr_array_remove_index (parts, i + 1);
      rank = 0;
    }
  for (guint i = 0; i < parts->len; i++)
    {
      guint id;

      g_assert_true (g_ptr_array_find_with_equal_func (vocabulary->tokens, parts->pdata[i],
                                                       g_str_equal, &id));
      g_string_append_printf (ids, "%s%u", i > 0 ? " " : "", id);
    }
  return g_string_free (ids, FALSE);
}

static char *
random_word (guint n_letters,
             guint max_length)
{
  guint n = g_test_rand_int_range (1, max_length);
  char *word = g_malloc (n + 1);

  for (guint i = 0; i < n; i++)
    word[i] = 'a' + g_test_rand_int_range (0, n_letters);
  word[n] = '\0';
  return word;
}

/* Merges of letters and of what earlier merges made, in an order that is not that of the ids. */
static void
add_random_merges (Vocabulary *vocabulary,
                   guint       n)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (char c = 'a'; c < 'd'; c++)
    g_ptr_array_add (texts, g_strndup (&c, 1));
  for (guint i = 0; i < n; i++)
    {
      const char *left = texts->pdata[g_test_rand_int_range (0, texts->len)];
      const char *right = texts->pdata[g_test_rand_int_range (0, texts->len)];
      gint32 id;

      if (strlen (left) + strlen (right) > 8)
        continue;
      id = vocabulary_merge (vocabulary, left, right);
      g_ptr_array_add (texts, g_strdup (vocabulary->tokens->pdata[id]));
    }
  for (guint i = 0; i + 1 < vocabulary->merges->len; i++)
    {
      guint j = g_test_rand_int_range (i, vocabulary->merges->len);
      gpointer merge = vocabulary->merges->pdata[i];

      vocabulary->merges->pdata[i] = vocabulary->merges->pdata[j];
      vocabulary->merges->pdata[j] = merge;
    }
}

static void
test_merges_plainly (void)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
      g_autoptr (BlnTokenizer) tokenizer = NULL;

      add_random_merges (vocabulary, 20);
      tokenizer = open_sound (vocabulary);
      for (guint i = 0; i < 50; i++)
        {
          g_autofree char *text = random_word (3, 30);
          g_autofree char *expected = merge_plainly (vocabulary, text);

          assert_ids (tokenizer, text, expected);
        }
    }
}

static void
test_whole_pieces (void)
{
  static const struct { const char *pre, *ids; } cases[] = {
    { "llama-bpe", "257" }, { "tekken", "257" }, { "qwen2", "97 256" }, { "glm4", "97 256" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level (cases[i].pre);
      g_autoptr (BlnTokenizer) tokenizer = NULL;

      vocabulary_merge (vocabulary, "b", "c");
      vocabulary_add (vocabulary, "abc", 1, 0); /* no merge leads there */
      tokenizer = open_sound (vocabulary);
      assert_ids (tokenizer, "abc", cases[i].ids);
    }
}

static void
test_ids_as_ranks (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("kimi-k2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;

  vocabulary_add (vocabulary, "bc", 1, 0);
  vocabulary_add (vocabulary, "ab", 1, 0);
  vocabulary_add (vocabulary, "abcd", 1, 0);
  vocabulary_add (vocabulary, "cd", 1, 0);
  vocabulary_add (vocabulary, "æ¼", 1, 0); /* the first two bytes of 漢 */
  vocabulary_add (vocabulary, "æ¼¢", 1, 0);
  tokenizer = open_sound (vocabulary);

  assert_ids (tokenizer, "abcd", "97 256 100");
  assert_ids (tokenizer, "ab cd", "257 32 259");
  assert_ids (tokenizer, "漢漢", "261 261");
}

static void
test_missing_bytes (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (Vocabulary) with_unknown = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) dropping = NULL;
  g_autoptr (BlnTokenizer) marking = NULL;

  g_free (vocabulary->tokens->pdata['z']);
  vocabulary->tokens->pdata['z'] = g_strdup ("elsewhere");
  vocabulary_merge (vocabulary, "a", "b");
  dropping = open_sound (vocabulary);
  assert_ids (dropping, "zabzz", "256");

  g_free (with_unknown->tokens->pdata['z']);
  with_unknown->tokens->pdata['z'] = g_strdup ("elsewhere");
  vocabulary_merge (with_unknown, "a", "b");
  vocabulary_add (with_unknown, "<unk>", 2, 0);
  gguf_writer_set_u32 (with_unknown->writer, "tokenizer.ggml.unknown_token_id", 257);
  marking = open_sound (with_unknown);
  assert_ids (marking, "zabzz", "257 256 257 257");
}

/* ---- SentencePiece-style ----------------------------------------------------------------- */

static void
test_scores (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_sentencepiece ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;

  vocabulary_add (vocabulary, "▁", 1, -9);   /* 259 */
  vocabulary_add (vocabulary, "a", 1, -10);
  vocabulary_add (vocabulary, "b", 1, -10);
  vocabulary_add (vocabulary, "ab", 1, -2);  /* 262 */
  vocabulary_add (vocabulary, "▁a", 1, -1);  /* 263 */
  vocabulary_add (vocabulary, "ba", 1, -1);  /* 264 */
  vocabulary_add (vocabulary, "é", 1, -10);  /* 265 */
  vocabulary_add (vocabulary, "abab", 1, 0); /* 266: no pair of tokens that are chosen */
  tokenizer = open_sound (vocabulary);

  assert_ids (tokenizer, "", "");
  assert_ids (tokenizer, "ab", "263 261");
  assert_ids (tokenizer, "b", "259 261");
  assert_ids (tokenizer, "bab", "259 264 261");  /* ba before ab: the higher score */
  assert_ids (tokenizer, "a a", "263 263");
  assert_ids (tokenizer, "é€", "259 265 229 133 175"); /* bytes E2 82 AC */
  assert_ids (tokenizer, "babab", "259 264 264 261");
}

static void
test_space_prefix (void)
{
  g_autoptr (Vocabulary) with = vocabulary_new_sentencepiece ();
  g_autoptr (Vocabulary) without = vocabulary_new_sentencepiece ();
  g_autoptr (BlnTokenizer) adding = NULL;
  g_autoptr (BlnTokenizer) plain = NULL;
  g_autofree char *after_special = NULL;

  vocabulary_add (with, "▁", 1, -9); /* 259 */
  vocabulary_add (with, "x", 1, -9);
  adding = open_sound (with);
  assert_ids (adding, "x", "259 260");
  assert_ids (adding, " x", "259 259 260");
  after_special = vocabulary_encode (adding, "x</s>x", -1, NULL, BLN_TOKENIZE_SPECIAL);
  g_assert_cmpstr (after_special, ==, "259 260 2 259 260");

  vocabulary_add (without, "▁", 1, -9);
  vocabulary_add (without, "x", 1, -9);
  gguf_writer_set_bool (without->writer, "tokenizer.ggml.add_space_prefix", FALSE);
  plain = open_sound (without);
  assert_ids (plain, "x", "260");
  assert_ids (plain, " x", "259 260");
}

/* The pair of highest score, leftmost, whole text at once. */
static char *
score_plainly (Vocabulary *vocabulary,
               const char *text)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  GString *ids = g_string_new (NULL);
  guint id;

  g_ptr_array_add (parts, g_strdup ("▁"));
  for (const char *c = text; *c != '\0'; c++)
    g_ptr_array_add (parts, *c == ' ' ? g_strdup ("▁") : g_strndup (c, 1));
  for (;;)
    {
      float best = -G_MAXFLOAT;
      guint at = parts->len;

      for (guint i = 0; i + 1 < parts->len; i++)
        {
          g_autofree char *joined = g_strconcat (parts->pdata[i], parts->pdata[i + 1], NULL);

          if (g_ptr_array_find_with_equal_func (vocabulary->tokens, joined, g_str_equal, &id) &&
              g_array_index (vocabulary->scores, float, id) > best)
            {
              best = g_array_index (vocabulary->scores, float, id);
              at = i;
            }
        }
      if (at == parts->len)
        break;
      g_ptr_array_insert (parts, at,
                          g_strconcat (parts->pdata[at], parts->pdata[at + 1], NULL));
      g_ptr_array_remove_range (parts, at + 1, 2);
    }
  for (guint i = 0; i < parts->len; i++)
    {
      g_assert_true (g_ptr_array_find_with_equal_func (vocabulary->tokens, parts->pdata[i],
                                                       g_str_equal, &id));
      g_string_append_printf (ids, "%s%u", i > 0 ? " " : "", id);
    }
  return g_string_free (ids, FALSE);
}

/* Half of the vocabularies have tokens that join two words. */
static void
test_scores_plainly (void)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (Vocabulary) vocabulary = vocabulary_new_sentencepiece ();
      g_autoptr (BlnTokenizer) tokenizer = NULL;
      guint first = vocabulary->tokens->len;

      for (guint i = 0; i < 4; i++)
        vocabulary_add (vocabulary, (const char *const[]) { "▁", "a", "b", "c" }[i], 1, -100);
      for (guint i = 0; i < 40; i++)
        {
          guint left = g_test_rand_int_range (first, vocabulary->tokens->len);
          guint right = g_test_rand_int_range (first + round % 2, vocabulary->tokens->len);
          g_autofree char *joined = g_strconcat (vocabulary->tokens->pdata[left],
                                                 vocabulary->tokens->pdata[right], NULL);

          if (strlen (joined) < 12 && (round % 2 == 0 || strstr (joined + 1, "▁") == NULL) &&
              !g_ptr_array_find_with_equal_func (vocabulary->tokens, joined, g_str_equal, NULL))
            vocabulary_add (vocabulary, joined, 1, -g_test_rand_int_range (1, 20));
        }
      tokenizer = open_sound (vocabulary);
      for (guint i = 0; i < 40; i++)
        {
          g_autofree char *text = random_word (4, 30);
          g_autofree char *expected = NULL;

          g_strdelimit (text, "d", ' ');
          expected = score_plainly (vocabulary, text);
          assert_ids (tokenizer, text, expected);
        }
    }
}

/* ---- any text ------------------------------------------------------------------------- */

/* A megabyte takes a moment where the time grows with n log n, and hours with its square. */
static void
test_long (void)
{
  static const char *const units[] = { "a", "ab", " ", "漢", "\n" };
  g_autoptr (Vocabulary) bytes = vocabulary_new_byte_level ("deepseek-v3");
  g_autoptr (Vocabulary) pieces = vocabulary_new_sentencepiece ();
  BlnTokenizer *tokenizers[2];
  g_autofree char *sixteen = g_strnfill (16, 'a');

  for (guint length = 1; length < 16; length *= 2)
    vocabulary_merge (bytes, sixteen + 16 - length, sixteen + 16 - length);
  vocabulary_merge (bytes, "Ġ", "Ġ");
  for (guint length = 1; length <= 16; length *= 2)
    vocabulary_add (pieces, sixteen + 16 - length, 1, length);
  vocabulary_add (pieces, "▁", 1, -1);
  vocabulary_add (pieces, "▁▁", 1, 1);
  tokenizers[0] = open_sound (bytes);
  tokenizers[1] = open_sound (pieces);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree gint32 *tokens = NULL;
      gsize n;

      while (text->len < 1000 * 1000)
        g_string_append (text, units[i / 2]);
      tokens = bln_tokenizer_encode (tokenizers[i % 2], text->str, text->len, NULL,
                                     BLN_TOKENIZE_DEFAULT, &n, NULL);
      g_assert_cmpuint (n, >=, 1000 * 1000 / 16);
      g_assert_cmpuint (n, <=, 1000 * 1000 + 4);
    }
  bln_tokenizer_free (tokenizers[0]);
  bln_tokenizer_free (tokenizers[1]);
}

static void
test_invalid_input (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *with_nul = NULL;

  vocabulary_merge (vocabulary, "a", "b");
  tokenizer = open_sound (vocabulary);
  assert_ids (tokenizer, "a\xFF" "b", "97 239 191 189 98");
  cut = vocabulary_encode (tokenizer, "ab\xF0\x9F\xA6", -1, NULL, BLN_TOKENIZE_DEFAULT);
  g_assert_cmpstr (cut, ==, "256 239 191 189");
  with_nul = vocabulary_encode (tokenizer, "a\0b", 3, NULL, BLN_TOKENIZE_DEFAULT);
  g_assert_cmpstr (with_nul, ==, "97 0 98");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/bytes/best-merge-first", test_merges);
  g_test_add_func ("/tokenizer/bytes/as-a-plain-program-merges", test_merges_plainly);
  g_test_add_func ("/tokenizer/bytes/whole-pieces-skip-merging", test_whole_pieces);
  g_test_add_func ("/tokenizer/bytes/ids-rank-where-there-is-no-list", test_ids_as_ranks);
  g_test_add_func ("/tokenizer/bytes/missing-ones-are-unknown", test_missing_bytes);
  g_test_add_func ("/tokenizer/pieces/highest-score-first", test_scores);
  g_test_add_func ("/tokenizer/pieces/space-before-a-text", test_space_prefix);
  g_test_add_func ("/tokenizer/pieces/as-a-plain-program-merges", test_scores_plainly);
  g_test_add_func ("/tokenizer/a-megabyte-without-end-is-quick", test_long);
  g_test_add_func ("/tokenizer/what-is-no-utf8-is-replaced", test_invalid_input);
  return g_test_run ();
}
