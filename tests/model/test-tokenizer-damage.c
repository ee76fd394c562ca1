/* A vocabulary that is wrong gives a sentence that says what is wrong; one that is merely odd
 * does no harm. */
#include "vocabulary.h"

#include <math.h>
#include <string.h>

typedef void (*SpoilFunc) (Vocabulary *vocabulary);

typedef struct
{
  const char *name;
  SpoilFunc spoil;
  BlnError code;
  const char *says; /* part of the message */
} Spoiling;

static void
set_kinds (Vocabulary *vocabulary,
           guint       n)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.token_type", GGUF_I32,
                         vocabulary->kinds->data, n, sizeof (gint32));
}

static void
spoil_few_kinds (Vocabulary *vocabulary)
{
  set_kinds (vocabulary, 100);
}

static void
spoil_kinds_as_bytes (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.token_type", GGUF_U8,
                         vocabulary->kinds->data, vocabulary->kinds->len, 1);
}

static void
spoil_kinds_as_text (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.token_type", "normal");
}

static void
spoil_few_scores (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.scores", GGUF_F32,
                         vocabulary->scores->data, 1, sizeof (float));
}

static void
spoil_scores_as_bytes (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.scores", GGUF_U8,
                         vocabulary->scores->data, vocabulary->scores->len, 1);
}

static void
spoil_no_tokens (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_remove (vocabulary->writer, "tokenizer.ggml.tokens");
}

static void
spoil_empty_tokens (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_strings (vocabulary->writer, "tokenizer.ggml.tokens", NULL, 0);
}

static void
spoil_tokens_as_numbers (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.tokens", GGUF_F32,
                         vocabulary->scores->data, vocabulary->scores->len, sizeof (float));
}

static void
spoil_long_token (Vocabulary *vocabulary)
{
  g_autofree char *text = g_strnfill (100000, 'x');

  vocabulary_add (vocabulary, text, 1, 0);
}

/* 2²¹ + 1 empty strings. */
static void
spoil_too_many_tokens (Vocabulary *vocabulary)
{
  guint64 n = (1u << 21) + 1;
  gsize n_bytes = 12 + 8 * n;
  g_autofree guint8 *bytes = g_malloc0 (n_bytes);

  vocabulary_describe (vocabulary);
  bytes[0] = GGUF_STRING;
  memcpy (bytes + 4, &n, 8);
  gguf_writer_set_raw (vocabulary->writer, "tokenizer.ggml.tokens", GGUF_ARRAY, bytes, n_bytes);
}

static void
spoil_no_merges (Vocabulary *vocabulary)
{
  g_ptr_array_set_size (vocabulary->merges, 0);
}

static void
spoil_merges_as_numbers (Vocabulary *vocabulary)
{
  vocabulary_describe (vocabulary);
  gguf_writer_set_array (vocabulary->writer, "tokenizer.ggml.merges", GGUF_F32,
                         vocabulary->scores->data, 3, sizeof (float));
}

static void
spoil_bos (Vocabulary *vocabulary)
{
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.bos_token_id", 258);
}

static void
spoil_eos (Vocabulary *vocabulary)
{
  gguf_writer_set_i32 (vocabulary->writer, "tokenizer.ggml.eos_token_id", -2);
}

static void
spoil_eot (Vocabulary *vocabulary)
{
  gguf_writer_set_u64 (vocabulary->writer, "tokenizer.ggml.eot_token_id", 1ull << 40);
}

static void
spoil_bos_as_text (Vocabulary *vocabulary)
{
  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.bos_token_id", "1");
}

static void
spoil_negative_byte (Vocabulary *vocabulary)
{
  vocabulary_add (vocabulary, "<0x-1>", 6, 0);
}

static void
spoil_short_byte (Vocabulary *vocabulary)
{
  vocabulary_add (vocabulary, "<0x4", 6, 0);
}

static void
spoil_pre (Vocabulary *vocabulary)
{
  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.pre", "deepseek-v9");
}

static void
spoil_model (Vocabulary *vocabulary)
{
  gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.model", "rwkv");
}

static void
spoil_model_as_number (Vocabulary *vocabulary)
{
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.model", 1);
}

static const Spoiling spoilings[] = {
  { "token-type/too-few", spoil_few_kinds, BLN_ERROR_DAMAGED, "100 entries for 257 tokens" },
  { "token-type/declared-u8", spoil_kinds_as_bytes, BLN_ERROR_DAMAGED, "token_type" },
  { "token-type/text", spoil_kinds_as_text, BLN_ERROR_DAMAGED, "token_type" },
  { "scores/too-few", spoil_few_scores, BLN_ERROR_DAMAGED, "1 entries for 257 tokens" },
  { "scores/declared-u8", spoil_scores_as_bytes, BLN_ERROR_DAMAGED, "scores" },
  { "tokens/none", spoil_no_tokens, BLN_ERROR_DAMAGED, "without tokens" },
  { "tokens/empty", spoil_empty_tokens, BLN_ERROR_DAMAGED, "without tokens" },
  { "tokens/numbers", spoil_tokens_as_numbers, BLN_ERROR_DAMAGED, "tokens" },
  { "tokens/too-long", spoil_long_token, BLN_ERROR_DAMAGED, "token 257 is 100000 bytes" },
  { "tokens/too-many", spoil_too_many_tokens, BLN_ERROR_UNSUPPORTED, "2097153 tokens" },
  { "merges/none", spoil_no_merges, BLN_ERROR_DAMAGED, "no list of merges" },
  { "merges/numbers", spoil_merges_as_numbers, BLN_ERROR_DAMAGED, "merges" },
  { "ids/bos-past-the-end", spoil_bos, BLN_ERROR_DAMAGED, "only 257 tokens" },
  { "ids/eos-negative", spoil_eos, BLN_ERROR_DAMAGED, "is -2" },
  { "ids/eot-of-40-bits", spoil_eot, BLN_ERROR_DAMAGED, "1099511627776" },
  { "ids/bos-as-text", spoil_bos_as_text, BLN_ERROR_DAMAGED, "bos_token_id" },
  { "bytes/negative", spoil_negative_byte, BLN_ERROR_DAMAGED, "<0x-1>" },
  { "bytes/short", spoil_short_byte, BLN_ERROR_DAMAGED, "<0x4" },
  { "kinds/unknown-pre-tokenizer", spoil_pre, BLN_ERROR_UNSUPPORTED, "deepseek-v9" },
  { "kinds/unknown-tokenizer", spoil_model, BLN_ERROR_UNSUPPORTED, "rwkv" },
  { "kinds/number", spoil_model_as_number, BLN_ERROR_DAMAGED, "tokenizer.ggml.model" },
};

static Vocabulary *
small_vocabulary (void)
{
  Vocabulary *vocabulary = vocabulary_new_byte_level ("gpt-2");

  vocabulary_merge (vocabulary, "h", "i"); /* 256 */
  return vocabulary;
}

static void
test_spoiled (gconstpointer data)
{
  const Spoiling *spoiling = data;
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;

  spoiling->spoil (vocabulary);
  g_assert_null (vocabulary_open (vocabulary, &error));
  g_assert_error (error, BLN_ERROR, (int) spoiling->code);
  base = g_path_get_basename (vocabulary->path);
  g_assert_nonnull (strstr (error->message, base));
  g_assert_nonnull (strstr (error->message, spoiling->says));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* The file says which pre-tokenizer it wants and hears which there are. */
static void
test_names_what_we_have (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (GError) error = NULL;

  spoil_pre (vocabulary);
  g_assert_null (vocabulary_open (vocabulary, &error));
  g_assert_nonnull (strstr (error->message, "deepseek-v3"));
  g_assert_nonnull (strstr (error->message, "kimi-k2"));
}

static void
test_no_vocabulary (void)
{
  static const char *const models[] = { NULL, "no_vocab", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
      g_autoptr (GError) error = NULL;

      if (models[i] == NULL)
        gguf_writer_remove (vocabulary->writer, "tokenizer.ggml.model");
      else
        gguf_writer_set_string (vocabulary->writer, "tokenizer.ggml.model", models[i]);
      g_assert_null (vocabulary_open (vocabulary, &error));
      g_assert_no_error (error);
    }
}

/* ---- odd but harmless ----------------------------------------------------------------- */

static void
assert_opens_and_says (Vocabulary *vocabulary,
                       const char *text,
                       const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnTokenizer) tokenizer = vocabulary_open (vocabulary, &error);
  g_autofree char *ids = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (tokenizer);
  ids = vocabulary_encode (tokenizer, text, -1, NULL, BLN_TOKENIZE_SPECIAL);
  g_assert_cmpstr (ids, ==, expected);
}

static void
test_useless_merges (void)
{
  static const char *const merges[] = { "", " ", "x", "  ", " x", "x ", "nothing here", "h o",
                                        "hi hi", "Ġ Ġ Ġ", "\xFF \xFF", "a b c d" };
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();

  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    g_ptr_array_insert (vocabulary->merges, 0, g_strdup (merges[i]));
  assert_opens_and_says (vocabulary, "hi ho", "256 32 104 111");
}

static void
test_doubles_and_empties (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();

  vocabulary_add (vocabulary, "hi", 1, 0);
  vocabulary_add (vocabulary, "", 1, 0);
  vocabulary_add (vocabulary, "", 3, 0);
  vocabulary_add (vocabulary, "", 4, 0);
  vocabulary_add (vocabulary, "<x>", 3, 0); /* 261 */
  vocabulary_add (vocabulary, "<x>", 3, 0);
  vocabulary_add (vocabulary, "\xFF\xFE", 1, 0);
  vocabulary_add (vocabulary, "odd", 77, 0);
  vocabulary_add (vocabulary, "odder", -1, 0);
  g_ptr_array_add (vocabulary->merges, g_strdup ("h i"));
  assert_opens_and_says (vocabulary, "<x>hi", "261 256");
}

/* Tokens written in no particular encoding give what text they can. */
static void
test_odd_texts (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  gint32 token = vocabulary_add (vocabulary, "a\xFF漢", 1, 0);
  const char *bytes;
  gsize length;

  tokenizer = vocabulary_open (vocabulary, NULL);
  bytes = bln_tokenizer_token_bytes (tokenizer, token, FALSE, &length);
  g_assert_cmpmem (bytes, length, "a\xFF漢", 5);
  g_assert_null (bln_tokenizer_token_bytes (tokenizer, -1, TRUE, &length));
  g_assert_null (bln_tokenizer_token_bytes (tokenizer, token + 1, TRUE, &length));
  g_assert_cmpuint (length, ==, 0);
}

static void
test_odd_scores (void)
{
  static const float scores[] = { NAN, -INFINITY, INFINITY, -0.0f, -NAN, 1e-40f };
  g_autoptr (Vocabulary) vocabulary = vocabulary_new_sentencepiece ();

  vocabulary_add (vocabulary, "a", 1, NAN);
  vocabulary_add (vocabulary, "▁", 1, NAN);
  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      g_autofree char *text = g_strnfill (i + 2, 'a');

      vocabulary_add (vocabulary, text, 1, scores[i]);
    }
  /* aaaa is infinitely good but made of aa and aa, which are worth nothing and come last. */
  assert_opens_and_says (vocabulary, "aaaa", "260 263");
}

/* Ids that mean "none", and defaults that a small vocabulary lacks. */
static void
test_absent_ids (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();
  g_autoptr (Vocabulary) tiny = vocabulary_new_sentencepiece ();

  gguf_writer_set_i32 (vocabulary->writer, "tokenizer.ggml.bos_token_id", -1);
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.padding_token_id", G_MAXUINT32);
  assert_opens_and_says (vocabulary, "hi", "256");

  g_ptr_array_set_size (tiny->tokens, 1);
  g_array_set_size (tiny->kinds, 1);
  g_array_set_size (tiny->scores, 1);
  assert_opens_and_says (tiny, "x", "0 0 0 0"); /* "▁" and "x" byte by byte, all unknown */
}

static void
test_without_kinds_or_scores (void)
{
  g_autoptr (Vocabulary) vocabulary = small_vocabulary ();

  vocabulary_describe (vocabulary);
  gguf_writer_remove (vocabulary->writer, "tokenizer.ggml.token_type");
  gguf_writer_remove (vocabulary->writer, "tokenizer.ggml.scores");
  gguf_writer_remove (vocabulary->writer, "tokenizer.ggml.pre");
  assert_opens_and_says (vocabulary, "hi", "256");
}

/* ---- any damage ----------------------------------------------------------------------- */

/* Whatever a changed file still opens as must take any text. */
static void
try_bytes (const char   *path,
           const guint8 *bytes,
           gsize         n_bytes)
{
  static const char text[] = "hi <s> a\xFF 漢</s>\n\n  <|im_end|>";
  g_autoptr (BlnGguf) gguf = NULL;
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *tokens = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (BlnDetokenizer) detokenizer = NULL;
  gsize n;

  g_assert_true (g_file_set_contents_full (path, (const char *) bytes, n_bytes,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  gguf = bln_gguf_open (path, &error);
  tokenizer = gguf != NULL ? bln_tokenizer_new (gguf, &error) : NULL;
  if (tokenizer == NULL)
    return;
  tokens = bln_tokenizer_encode (tokenizer, text, strlen (text), NULL,
                                 BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS, &n, &error);
  g_assert_nonnull (tokens);
  detokenizer = bln_tokenizer_new_detokenizer (tokenizer, TRUE);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (tokens[i], >=, 0);
      g_assert_cmpint (tokens[i], <, bln_tokenizer_get_size (tokenizer));
      bln_detokenizer_push (detokenizer, tokens[i], out);
    }
  bln_detokenizer_finish (detokenizer, out);
}

static void
test_mutations (gconstpointer is_sentencepiece)
{
  g_autoptr (Vocabulary) vocabulary = is_sentencepiece ? vocabulary_new_sentencepiece ()
                                                       : small_vocabulary ();
  g_autoptr (BlnTokenizer) tokenizer = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *contents = NULL;
  gsize n_bytes;

  vocabulary_add (vocabulary, "<|im_end|>", 3, 0);
  vocabulary_add (vocabulary, "hi ", 4, 0);
  gguf_writer_set_u32 (vocabulary->writer, "tokenizer.ggml.bos_token_id", 1);
  tokenizer = vocabulary_open (vocabulary, NULL);
  g_assert_nonnull (tokenizer);
  g_assert_true (g_file_get_contents (vocabulary->path, &contents, &n_bytes, NULL));
  bytes = g_malloc (n_bytes);

  for (guint i = 0; i < 2000; i++)
    {
      guint n_changes = g_test_rand_int_range (1, 5);

      memcpy (bytes, contents, n_bytes);
      for (guint j = 0; j < n_changes; j++)
        bytes[g_test_rand_int_range (0, n_bytes)] = g_test_rand_int_range (0, 256);
      try_bytes (vocabulary->path, bytes, n_bytes);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spoilings); i++)
    {
      g_autofree char *path = g_strconcat ("/tokenizer/refused/", spoilings[i].name, NULL);

      g_test_add_data_func (path, &spoilings[i], test_spoiled);
    }
  g_test_add_func ("/tokenizer/refused/hears-what-there-is", test_names_what_we_have);
  g_test_add_func ("/tokenizer/no-vocabulary-is-no-error", test_no_vocabulary);
  g_test_add_func ("/tokenizer/harmless/useless-merges", test_useless_merges);
  g_test_add_func ("/tokenizer/harmless/doubles-and-empties", test_doubles_and_empties);
  g_test_add_func ("/tokenizer/harmless/texts-in-no-encoding", test_odd_texts);
  g_test_add_func ("/tokenizer/harmless/scores-that-are-no-numbers", test_odd_scores);
  g_test_add_func ("/tokenizer/harmless/ids-that-mean-none", test_absent_ids);
  g_test_add_func ("/tokenizer/harmless/no-kinds-or-scores", test_without_kinds_or_scores);
  g_test_add_data_func ("/tokenizer/any-damage/byte-level", NULL, test_mutations);
  g_test_add_data_func ("/tokenizer/any-damage/pieces", "", test_mutations);
  return g_test_run ();
}
