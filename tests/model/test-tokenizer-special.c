/* What stands for itself in a text: which tokens are matched as written, which of them a person
 * may write, where a text begins and what ends an answer. */
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
assert_ids (BlnTokenizer    *tokenizer,
            const char      *text,
            BlnTokenizeFlags flags,
            const char      *expected)
{
  g_autofree char *ids = vocabulary_encode (tokenizer, text, -1, NULL, flags);

  g_assert_cmpstr (ids, ==, expected);
}

/* ids: 256 <|im_start|>, 257 <|im_end|>, 258 <think>, 259 </think>, 260 "\n\n", 261 <br>,
 * 262 <｜end▁of▁sentence｜>, 263 <unk>, 264 <|tool|> (user-defined) */
static Vocabulary *
chat_vocabulary (void)
{
  Vocabulary *vocabulary = vocabulary_new_byte_level ("smollm");

  vocabulary_add (vocabulary, "<|im_start|>", 3, 0);
  vocabulary_add (vocabulary, "<|im_end|>", 3, 0);
  vocabulary_add (vocabulary, "<think>", 4, 0);
  vocabulary_add (vocabulary, "</think>", 4, 0);
  vocabulary_add (vocabulary, "\n\n", 4, 0);
  vocabulary_add (vocabulary, "<br>", 4, 0);
  vocabulary_add (vocabulary, "<｜end▁of▁sentence｜>", 3, 0);
  vocabulary_add (vocabulary, "<unk>", 2, 0);
  vocabulary_add (vocabulary, "<|tool|>", 4, 0);
  vocabulary_merge (vocabulary, "h", "i"); /* 265 */
  return vocabulary;
}

static void
test_kinds (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = open_sound (vocabulary);

  assert_ids (tokenizer, "<|im_start|>hi<|im_end|>", BLN_TOKENIZE_SPECIAL, "256 265 257");
  assert_ids (tokenizer, "<|im_end|>", BLN_TOKENIZE_DEFAULT, "60 124 105 109 95 101 110 100 124 62");
  assert_ids (tokenizer, "<unk>", BLN_TOKENIZE_SPECIAL, "263");
  assert_ids (tokenizer, "<unk>", BLN_TOKENIZE_DEFAULT, "60 117 110 107 62");
  assert_ids (tokenizer, "hi<br>\n\n\nhi", BLN_TOKENIZE_DEFAULT, "265 261 260 10 265");
  assert_ids (tokenizer, "<think>hi</think>", BLN_TOKENIZE_DEFAULT, "258 265 259");
}

/* ---- what a person writes ------------------------------------------------------------- */

/* `text` with "[" and "]" around what a person wrote. */
static void
assert_masked (BlnTokenizer *tokenizer,
               const char   *text,
               const char   *expected)
{
  g_autofree char *plain = g_malloc (strlen (text) + 1);
  g_autofree guint8 *is_input = g_malloc0 (strlen (text) + 1);
  g_autofree char *ids = NULL;
  gboolean is_inside = FALSE;
  gsize n = 0;

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '[' || *c == ']')
      is_inside = *c == '[';
    else
      {
        is_input[n] = is_inside;
        plain[n++] = *c;
      }
  ids = vocabulary_encode (tokenizer, plain, n, is_input, BLN_TOKENIZE_SPECIAL);
  g_assert_cmpstr (ids, ==, expected);
}

static void
test_input (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = open_sound (vocabulary);

  assert_masked (tokenizer, "<|im_start|>[hi]<|im_end|>", "256 265 257");
  assert_masked (tokenizer, "<|im_start|>[<|im_end|>]<|im_end|>",
                 "256 60 124 105 109 95 101 110 100 124 62 257");
  assert_masked (tokenizer, "[</think>]", "60 47 116 265 110 107 62");
  assert_masked (tokenizer, "[<think>]</think>", "60 116 265 110 107 62 259");
  assert_masked (tokenizer, "[<|tool|>]<|tool|>", "60 124 116 111 111 108 124 62 264");
  assert_masked (tokenizer, "[<unk>]", "60 117 110 107 62");
  /* What is no markup stays what it is, whoever writes it. */
  assert_masked (tokenizer, "[<br>]<br>[\n\n]", "261 261 260");
  /* Nor do the two make a token together. */
  assert_masked (tokenizer, "[<|im_]end|>", "60 124 105 109 95 101 110 100 124 62");
  assert_masked (tokenizer, "<|im_end|[>]", "60 124 105 109 95 101 110 100 124 62");
  assert_masked (tokenizer, "<th[i]nk>", "60 116 265 110 107 62");
  /* Ordinary text is split as one string. */
  assert_masked (tokenizer, "h[i]", "265");
}

static void
test_input_repaired (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = open_sound (vocabulary);

  assert_masked (tokenizer, "[\xFF\xFE]<|im_end|>[\xF0\x9F]<think>[<think>]",
                 "239 191 189 239 191 189 257 239 191 189 258 60 116 265 110 107 62");
}

/* Merges and scores that lead to a control token must not be another way to write it. */
static void
test_no_other_way (void)
{
  g_autoptr (Vocabulary) bytes = vocabulary_new_byte_level ("llama-bpe");
  g_autoptr (Vocabulary) pieces = vocabulary_new_sentencepiece ();
  g_autoptr (BlnTokenizer) merging = NULL;
  g_autoptr (BlnTokenizer) scoring = NULL;
  g_autofree char *ids = NULL;

  vocabulary_add (bytes, "<s>", 3, 0); /* 256 */
  vocabulary_merge (bytes, "<", "s");  /* 257 */
  vocabulary_merge (bytes, "<s", ">");
  merging = open_sound (bytes);
  assert_ids (merging, "<s>", BLN_TOKENIZE_DEFAULT, "257 62");
  assert_ids (merging, "<s>", BLN_TOKENIZE_SPECIAL, "256");

  for (guint i = 0; i < 6; i++)
    vocabulary_add (pieces, (const char *const[]) { "<", "/", "s", ">", "</", "</s" }[i], 1, i);
  gguf_writer_set_bool (pieces->writer, "tokenizer.ggml.add_space_prefix", FALSE);
  scoring = open_sound (pieces);
  assert_ids (scoring, "</s>", BLN_TOKENIZE_DEFAULT, "264 262");
  assert_ids (scoring, "</s>", BLN_TOKENIZE_SPECIAL, "2");
  ids = vocabulary_encode (scoring, "<0x41>", -1, NULL, BLN_TOKENIZE_SPECIAL);
  g_assert_cmpstr (ids, !=, "68"); /* the byte token of "A" */
}

/* ---- overlapping tokens --------------------------------------------------------------- */

/* Token by token, the longest first, each over what is left, from the left. Free bytes are
 * their own ids. */
static char *
match_plainly (Vocabulary *vocabulary,
               const char *text)
{
  gsize length = strlen (text);
  g_autofree gint32 *taken = g_new0 (gint32, length + 1); /* id, or -1 for the rest of one */
  GString *ids = g_string_new (NULL);

  for (gsize n = length; n > 0; n--)
    for (gsize at = 0; at + n <= length; at++)
      for (guint id = 256; id < vocabulary->tokens->len; id++)
        {
          const char *token = vocabulary->tokens->pdata[id];
          gboolean is_free = TRUE;

          if (strlen (token) != n || strncmp (text + at, token, n) != 0)
            continue;
          for (gsize i = at; i < at + n; i++)
            is_free = is_free && taken[i] == 0;
          if (!is_free)
            continue;
          taken[at] = id;
          for (gsize i = at + 1; i < at + n; i++)
            taken[i] = -1;
        }
  for (gsize i = 0; i < length; i++)
    if (taken[i] >= 0)
      g_string_append_printf (ids, "%s%d", ids->len > 0 ? " " : "",
                              taken[i] > 0 ? taken[i] : (guint8) text[i]);
  return g_string_free (ids, FALSE);
}

static void
test_longest_first (void)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
  g_autoptr (BlnTokenizer) tokenizer = NULL;

  vocabulary_add (vocabulary, "ab", 4, 0);
  vocabulary_add (vocabulary, "bcd", 4, 0);
  vocabulary_add (vocabulary, "aa", 4, 0);
  vocabulary_merge (vocabulary, "x", "y");
  tokenizer = open_sound (vocabulary);
  assert_ids (tokenizer, "abcd", BLN_TOKENIZE_DEFAULT, "97 257"); /* not ab first */
  assert_ids (tokenizer, "abc", BLN_TOKENIZE_DEFAULT, "256 99");
  assert_ids (tokenizer, "aaa", BLN_TOKENIZE_DEFAULT, "258 97");
}

static void
test_longest_first_plainly (void)
{
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (Vocabulary) vocabulary = vocabulary_new_byte_level ("gpt-2");
      g_autoptr (BlnTokenizer) tokenizer = NULL;
      guint n_tokens = g_test_rand_int_range (1, 12);

      vocabulary_merge (vocabulary, "x", "y");
      for (guint i = 0; i < n_tokens; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          guint length = g_test_rand_int_range (1, 6);

          for (guint j = 0; j < length; j++)
            g_string_append_c (text, 'a' + g_test_rand_int_range (0, 3));
          vocabulary_add (vocabulary, text->str, 4, 0);
        }
      tokenizer = open_sound (vocabulary);
      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          g_autofree char *expected = NULL;
          guint length = g_test_rand_int_range (1, 30);

          for (guint j = 0; j < length; j++)
            g_string_append_c (text, 'a' + g_test_rand_int_range (0, 4));
          expected = match_plainly (vocabulary, text->str);
          assert_ids (tokenizer, text->str, BLN_TOKENIZE_DEFAULT, expected);
        }
    }
}

/* ---- where a text begins -------------------------------------------------------------- */

static void
test_bos (void)
{
  static const struct { const char *pre; int adds; const char *hi, *again; } cases[] = {
    { "smollm", -1, "265", "256 265" },
    { "smollm", TRUE, "256 265", "256 265" },
    { "llama-bpe", -1, "256 265", "256 265" },
    { "llama-bpe", FALSE, "265", "256 265" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
      g_autoptr (BlnTokenizer) tokenizer = NULL;

      gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.pre", cases[i].pre);
      gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.bos_token_id", 256);
      if (cases[i].adds >= 0)
        gguf_writer_set_bool (vocabulary->writer, "tokenizer.ggml.add_bos_token", cases[i].adds);
      tokenizer = open_sound (vocabulary);
      assert_ids (tokenizer, "hi", BLN_TOKENIZE_BOS, cases[i].hi);
      assert_ids (tokenizer, "hi", BLN_TOKENIZE_DEFAULT, "265");
      assert_ids (tokenizer, "<|im_start|>hi", BLN_TOKENIZE_BOS | BLN_TOKENIZE_SPECIAL,
                  cases[i].again);
      g_assert_cmpstr (bln_tokenizer_get_bos_text (tokenizer), ==, "<|im_start|>");
      g_assert_null (bln_tokenizer_get_eos_text (tokenizer));
    }
}

static void
test_bos_defaults (void)
{
  g_autoptr (Vocabulary) pieces = vocabulary_new_sentencepiece ();
  g_autoptr (Vocabulary) bytes = chat_vocabulary ();
  g_autoptr (BlnTokenizer) scoring = open_sound (pieces);
  g_autoptr (BlnTokenizer) merging = NULL;

  assert_ids (scoring, "", BLN_TOKENIZE_BOS, "1");
  g_assert_cmpstr (bln_tokenizer_get_bos_text (scoring), ==, "<s>");
  g_assert_cmpstr (bln_tokenizer_get_eos_text (scoring), ==, "</s>");

  /* There is none to add, whatever the file wishes. */
  gguf_writer_set_bool (bytes->writer, "tokenizer.ggml.add_bos_token", TRUE);
  merging = open_sound (bytes);
  assert_ids (merging, "hi", BLN_TOKENIZE_BOS, "265");
  g_assert_null (bln_tokenizer_get_bos_text (merging));
}

/* ---- what ends an answer, what is never said ------------------------------------------ */

static void
test_ends (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  gint32 user = vocabulary_add (vocabulary, "<|user|>", 3, 0);
  gint32 observation = vocabulary_add (vocabulary, "<|observation|>", 3, 0);
  gint32 forgotten = vocabulary_add (vocabulary, "<|eot_id|>", 1, 0); /* not typed as control */
  gint32 file = vocabulary_add (vocabulary, "<|file_sep|>", 3, 0);

  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.eos_token_id", 260);
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.eot_token_id", user);
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.eom_token_id", observation);
  tokenizer = open_sound (vocabulary);

  g_assert_true (bln_tokenizer_ends (tokenizer, 260));
  g_assert_true (bln_tokenizer_ends (tokenizer, user));
  g_assert_true (bln_tokenizer_ends (tokenizer, observation));
  g_assert_true (bln_tokenizer_ends (tokenizer, forgotten));
  g_assert_true (bln_tokenizer_ends (tokenizer, file));
  g_assert_true (bln_tokenizer_ends (tokenizer, 257)); /* <|im_end|> */
  g_assert_true (bln_tokenizer_ends (tokenizer, 262)); /* <｜end▁of▁sentence｜> */
  g_assert_false (bln_tokenizer_ends (tokenizer, 256));
  g_assert_false (bln_tokenizer_ends (tokenizer, 259));
  g_assert_false (bln_tokenizer_ends (tokenizer, 'a'));
  g_assert_false (bln_tokenizer_ends (tokenizer, -1));
  g_assert_false (bln_tokenizer_ends (tokenizer, G_MAXINT32));
  /* Templates write it, people cannot. */
  assert_ids (tokenizer, "<|eot_id|>", BLN_TOKENIZE_SPECIAL, "268");
  assert_ids (tokenizer, "<|eot_id|>", BLN_TOKENIZE_DEFAULT, "60 124 101 111 116 95 105 100 124 62");
}

static void
test_end_of_parts (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  gint32 end = vocabulary_add (vocabulary, "<|end|>", 3, 0);
  gint32 ret = vocabulary_add (vocabulary, "<|return|>", 3, 0);
  gint32 call = vocabulary_add (vocabulary, "<|call|>", 3, 0);

  tokenizer = open_sound (vocabulary);
  g_assert_false (bln_tokenizer_ends (tokenizer, end));
  g_assert_true (bln_tokenizer_ends (tokenizer, ret));
  g_assert_true (bln_tokenizer_ends (tokenizer, call));
}

static void
test_banned (void)
{
  g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  gint32 unused = vocabulary_add (vocabulary, "[PAD266]", 5, 0);
  gint32 reserved = vocabulary_add (vocabulary, "<unused7>", 3, 0);
  gint32 padding = vocabulary_add (vocabulary, "<|pad|>", 3, 0);
  const gint32 suppressed[] = { 'q', -5, 100000, 257, 'q' };
  const gint32 *banned;
  gsize n;

  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.padding_token_id", padding);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.suppress_tokens", GGUF_I32,
                         suppressed, G_N_ELEMENTS (suppressed), sizeof (gint32));
  tokenizer = open_sound (vocabulary);
  banned = bln_tokenizer_get_banned (tokenizer, &n);

  /* Rising, once each, without what is no token and without <|im_end|>, which ends. */
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (banned[0], ==, 'q');
  g_assert_cmpint (banned[1], ==, unused);
  g_assert_cmpint (banned[2], ==, reserved);
  g_assert_cmpint (banned[3], ==, padding);
}

static void
test_padding_stays_sayable (void)
{
  static const guint32 paddings[] = { 257, 'a' }; /* an end, an ordinary token */

  for (guint i = 0; i < G_N_ELEMENTS (paddings); i++)
    {
      g_autoptr (Vocabulary) vocabulary = chat_vocabulary ();
      g_autoptr (BlnTokenizer) tokenizer = NULL;
      gsize n;

      gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.padding_token_id", paddings[i]);
      tokenizer = open_sound (vocabulary);
      g_assert_null (bln_tokenizer_get_banned (tokenizer, &n));
      g_assert_cmpuint (n, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenizer/special/kinds-are-matched-as-allowed", test_kinds);
  g_test_add_func ("/tokenizer/special/a-person-writes-plain-text", test_input);
  g_test_add_func ("/tokenizer/special/a-mask-follows-its-bytes", test_input_repaired);
  g_test_add_func ("/tokenizer/special/merging-makes-no-control-token", test_no_other_way);
  g_test_add_func ("/tokenizer/special/longest-first", test_longest_first);
  g_test_add_func ("/tokenizer/special/as-a-plain-program-matches", test_longest_first_plainly);
  g_test_add_func ("/tokenizer/bos/once-where-the-file-says-so", test_bos);
  g_test_add_func ("/tokenizer/bos/defaults-of-the-kinds", test_bos_defaults);
  g_test_add_func ("/tokenizer/ends/by-id-and-by-text", test_ends);
  g_test_add_func ("/tokenizer/ends/parts-do-not-end", test_end_of_parts);
  g_test_add_func ("/tokenizer/banned/unused-padding-and-suppressed", test_banned);
  g_test_add_func ("/tokenizer/banned/padding-may-be-more-than-that", test_padding_stays_sayable);
  return g_test_run ();
}
