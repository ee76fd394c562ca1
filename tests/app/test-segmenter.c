/* Sentences, labels, parts: what a model is shown of a document, and that nothing is left out. */

#include "claim.h"
#include "doubtful-words.h"
#include "segmenter.h"
#include "sentence-splitter.h"

#include <string.h>

/* A token is two bytes here, so that limits are met at odd places. */
static gboolean
count_text_cb (gpointer    data,
               const char *text,
               gsize      *n_tokens,
               GError    **error)
{
  *n_tokens = (strlen (text) + 1) / 2;
  return TRUE;
}

static const BaleenCompleter *
get_completer (guint n_context)
{
  static BaleenCompleter completer
      = { .count_text = count_text_cb, .count_prompt = count_text_cb, .model_key = "two-bytes" };

  completer.n_context = n_context;
  return &completer;
}

static void
check_split (const char        *paragraph,
             const char *const *wanted)
{
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (BaleenStretch));
  guint i;

  baleen_split_sentences (paragraph, stretches);
  for (i = 0; i < stretches->len && wanted[i] != NULL; i++)
    {
      BaleenStretch stretch = g_array_index (stretches, BaleenStretch, i);
      g_autofree char *text = g_strndup (paragraph + stretch.start, stretch.end - stretch.start);

      g_assert_cmpstr (text, ==, wanted[i]);
    }
  g_assert_cmpuint (i, ==, stretches->len);
  g_assert_null (wanted[i]);
}

#define CHECK_SPLIT(paragraph, ...) \
  check_split (paragraph, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_english (void)
{
  CHECK_SPLIT ("Dr. Smith paid $3.50 on Jan. 5. He left at 5 p.m. on foot. “Why?” she asked.",
               "Dr. Smith paid $3.50 on Jan. 5.", "He left at 5 p.m. on foot.",
               "“Why?” she asked.");
  CHECK_SPLIT ("See Fig. 3 and No. 7, e.g. the U.S. Navy. The U.S. The end.",
               "See Fig. 3 and No. 7, e.g. the U.S. Navy.", "The U.S.", "The end.");
  CHECK_SPLIT ("He said no. Then J. R. Hartley of Fly Ltd. Reading left!  (Really.) So it is... Yes",
               "He said no.", "Then J. R. Hartley of Fly Ltd.", "Reading left!", "(Really.)",
               "So it is...", "Yes");
  CHECK_SPLIT ("It rose.[12] Visit example.com or v1.2.3 now. 3. is a number",
               "It rose.[12]", "Visit example.com or v1.2.3 now.", "3. is a number");
  CHECK_SPLIT ("1. The first item. The second.", "1. The first item.", "The second.");
  CHECK_SPLIT ("a poem\nof two lines", "a poem", "of two lines");
}

static void
test_chinese (void)
{
  CHECK_SPLIT ("他说：“今天很冷。”然后走了！真的吗？！是的。",
               "他说：“今天很冷。”", "然后走了！", "真的吗？！", "是的。");
  CHECK_SPLIT ("「走吧。」她笑了……后来没有人说话；大家都睡了。", "「走吧。」",
               "她笑了……后来没有人说话；大家都睡了。");
  CHECK_SPLIT ("“好！”，他答道。圆周率是3．14。", "“好！”，他答道。", "圆周率是3．14。");
  CHECK_SPLIT ("他用GTK写程序。Hello world. 再见。", "他用GTK写程序。", "Hello world.", "再见。");
}

static void
test_long_clauses (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (BaleenStretch));

  for (guint i = 0; i < 60; i++)
    g_string_append (text, i == 50 ? "海边的人；" : "海边的人，");
  g_string_append (text, "睡了。");
  baleen_split_sentences (text->str, stretches);
  g_assert_cmpuint (stretches->len, ==, 2);

  g_string_truncate (text, 0);
  g_array_set_size (stretches, 0);
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "字");
  baleen_split_sentences (text->str, stretches);
  g_assert_cmpuint (stretches->len, >=, 20);
  for (guint i = 0; i < stretches->len; i++)
    {
      BaleenStretch stretch = g_array_index (stretches, BaleenStretch, i);

      g_assert_cmpint (g_utf8_strlen (text->str + stretch.start, stretch.end - stretch.start), <=,
                       BALEEN_LONGEST_SENTENCE);
      g_assert_cmpuint (stretch.start, ==,
                        i > 0 ? g_array_index (stretches, BaleenStretch, i - 1).end : 0);
    }
}

static BaleenDocument *
make_document (guint    seed,
               gboolean is_chinese)
{
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 120; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      BaleenParagraphStyle style = i % 12 == 0 ? BALEEN_PARAGRAPH_HEADING : BALEEN_PARAGRAPH_BODY;
      guint n = style == BALEEN_PARAGRAPH_HEADING ? 1 : g_rand_int_range (rand, 1, 9);

      for (guint j = 0; j < n; j++)
        {
          guint length = g_rand_int_range (rand, 3, i == 77 ? 900 : 30);

          for (guint k = 0; k < length; k++)
            g_string_append (text, is_chinese ? "鲸" : k > 0 ? " sea" : "Sea");
          g_string_append (text, is_chinese ? "。" : ". ");
        }
      g_strchomp (text->str);
      baleen_document_add (document, 1 + i / 5, style, text->str, strlen (text->str));
    }

  return document;
}

/* At any context: parts follow one another from 0 to the end, every sentence is somebody's own,
 * and each prompt with its answer fits to the token. */
static void
test_parts (void)
{
  static const char format[] = "Read this.\n\n%s\n\nWhat does it say?";
  const guint contexts[] = { 512, 1024, 1025, 2000, 4096, 20000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (contexts) * 2; i++)
    {
      const BaleenCompleter *completer = get_completer (contexts[i / 2]);
      guint most = baleen_segmenter_get_most_tokens (completer);
      guint reserve = contexts[i / 2] / 4;
      g_autoptr (GError) error = NULL;
      g_autoptr (BaleenDocument) document = make_document (i, i % 2);
      g_autoptr (BaleenSentences) sentences
          = baleen_sentences_new (document, completer, most / 2, &error);
      g_autoptr (GArray) parts
          = baleen_segmenter_pack (sentences, completer, format, most, reserve, &error);
      gsize place = 0;
      guint own = 0;

      g_assert_no_error (error);
      for (guint j = 0; j < parts->len; j++)
        {
          const BaleenSegment *part = &g_array_index (parts, BaleenSegment, j);
          g_autofree char *prompt = baleen_segment_format (sentences, part, format);

          g_assert_cmpuint (part->from, ==, place);
          g_assert_cmpuint (part->own, ==, own);
          g_assert_cmpuint (part->first, <=, part->own);
          g_assert_cmpuint ((strlen (prompt) + 1) / 2 + reserve, <=, contexts[i / 2]);
          place = part->to;
          own = part->end;
        }
      g_assert_cmpuint (place, ==, document->n_characters);
      g_assert_cmpuint (own, ==, sentences->sentences->len);
    }
}

static void
test_offsets (void)
{
  g_autoptr (BaleenDocument) document = make_document (3, TRUE);
  g_autoptr (BaleenSentences) sentences
      = baleen_sentences_new (document, get_completer (4096), 1000, NULL);

  for (guint i = 0; i < sentences->sentences->len; i++)
    {
      const BaleenSentence *sentence = baleen_sentences_get (sentences, i);
      const BaleenParagraph *paragraph = baleen_document_find (document, sentence->from);
      g_autofree char *text = baleen_sentences_dup_text (sentences, i);
      g_autofree char *wanted = g_utf8_substring (
          paragraph->text, sentence->from - paragraph->start, sentence->to - paragraph->start);

      g_assert_cmpstr (text, ==, wanted);
      g_assert_cmpuint (sentence->page, ==, paragraph->page);
    }
}

static BaleenSentences *
make_sentences (void)
{
  static const char text[]
      = "The pier was built in 1907 by Anna Lindqvist. It cost 312,000 crowns. The sea froze for "
        "41 days in the winter. About sixty boats use the harbour today.";
  g_autoptr (BaleenDocument) document = baleen_document_new (BALEEN_DOCUMENT_TEXT);

  baleen_document_add (document, 1, BALEEN_PARAGRAPH_BODY, text, strlen (text));
  return baleen_sentences_new (document, get_completer (4096), 1000, NULL);
}

static BaleenClaim *
parse_one (const char            *line,
           const BaleenSentences *sentences,
           GArray                *shown)
{
  g_autoptr (GPtrArray) claims = NULL;

  g_array_set_size (shown, 0);
  for (guint i = 0; i < sentences->sentences->len; i++)
    g_array_append_val (shown, i);
  claims = baleen_claims_parse (line, FALSE, shown, 0);
  g_assert_cmpuint (claims->len, ==, 1);
  return g_ptr_array_steal_index (claims, 0);
}

static void
test_claims (void)
{
  static const struct
  {
    const char *line, *text;
    gboolean is_verified;
    guint n_sentences;
  } cases[] = {
    { "- The pier was built in 1907 [S1]", "The pier was built in 1907", TRUE, 1 },
    { "* **The pier** was built in 1907 by Lindqvist for 312,000 crowns [S1, S2].",
      "The pier was built in 1907 by Lindqvist for 312,000 crowns.", TRUE, 2 },
    { "2) The pier cost 312,000 crowns [S1-S2]", "The pier cost 312,000 crowns", TRUE, 2 },
    { "- The pier was built in 1908 [S1]", "The pier was built in 1908", FALSE, 1 },
    { "- It cost 12,000 crowns [S2]", "It cost 12,000 crowns", FALSE, 1 },
    { "- The pier was built by Peter Lindqvist [S1]", "The pier was built by Peter Lindqvist",
      FALSE, 1 },
    { "- Whales sing beautiful songs at night [S2]", "Whales sing beautiful songs at night", FALSE,
      1 },
    { "- The sea froze for 41 days in the winter [S9]", "The sea froze for 41 days in the winter",
      TRUE, 1 },
    { "- The sea froze for 41 days in the winter [S1]", "The sea froze for 41 days in the winter",
      TRUE, 1 },
    { "- 码头建于1907年【S1】", "码头建于1907年", TRUE, 1 },
    { "- 码头建于1909年[S1]", "码头建于1909年", FALSE, 1 },
    { "- It cost 312,000 cro\xef\xbf\xbd [S2]", "It cost 312,000 cro\xef\xbf\xbd", FALSE, 1 },
    { "- About seventy boats use the harbour today [S4]",
      "About seventy boats use the harbour today", FALSE, 1 },
    { "- Whales sing songs", "Whales sing songs", FALSE, 0 },
    { "- The pier was built (in 1907))] [S1]", "The pier was built (in 1907)", TRUE, 1 },
    { "- The pier was built in 1907))] [S1]", "The pier was built in 1907", TRUE, 1 },
    /* Cut off within a label. */
    { "- The pier was built in 1907 [S1] [S", "The pier was built in 1907", TRUE, 1 },
    { "- The pier was built in 1907 [", "The pier was built in 1907", TRUE, 1 },
    { "- The pier was built in 1907 [.", "The pier was built in 1907", TRUE, 1 },
    { "- 码头建于1907年[S1]【S1, S", "码头建于1907年", TRUE, 1 },
  };
  g_autoptr (BaleenSentences) sentences = make_sentences ();
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenClaim) claim = parse_one (cases[i].line, sentences, shown);

      g_assert_cmpstr (claim->text, ==, cases[i].text);
      if (baleen_claim_verify (claim, sentences, shown) != cases[i].is_verified)
        g_error ("“%s” was judged wrongly", cases[i].line);
      g_assert_cmpuint (claim->sentences->len, ==, cases[i].n_sentences);
    }
}

/* Of a model that loses its language among Chinese. */
static void
test_chinese_claims (void)
{
  static const char source[] = "白沙灯塔以435元卖给了陈明月。";

  g_assert_true (baleen_text_bears (source, "白沙灯塔以435元卖给陈明月"));
  g_assert_false (baleen_text_bears (source, "白沙灯塔以436元卖给陈明月"));
  g_assert_false (baleen_text_bears (source, "白沙灯塔以435元 nearest"));
  g_assert_false (baleen_text_bears (source, "白沙灯塔以435元 thinly representing the whole of the "
                                             "economy of the world"));
  g_assert_false (baleen_text_bears (source, "画家大声读报纸给大家听"));
  g_assert_true (baleen_text_bears (source, "The lighthouse was sold for 435 yuan"));
}

static void
test_moved_labels (void)
{
  g_autoptr (BaleenSentences) sentences = make_sentences ();
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (BaleenClaim) claim
      = parse_one ("- The sea froze for 41 days in the winter [S1]", sentences, shown);

  g_assert_true (baleen_claim_verify (claim, sentences, shown));
  g_assert_cmpuint (g_array_index (claim->sentences, guint, 0), ==, 2);
}

/* What begins within its sentence and goes on as there tells nobody what it is about. */
static void
test_fragments (void)
{
  static const char *const cases[][2] = {
    { "- was built in 1907 by Anna Lindqvist. [S1]", NULL },
    { "- built in 1907 by somebody else [S1]", "built in 1907 by somebody else" },
    { "- The pier was built in 1907 [S1]", "The pier was built in 1907" },
  };
  g_autoptr (BaleenSentences) sentences = make_sentences ();
  g_autofree char *whole = baleen_sentences_dup_text (sentences, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (BaleenClaim) claim = parse_one (cases[i][0], sentences, shown);

      baleen_claim_make_whole (claim, sentences);
      g_assert_cmpstr (claim->text, ==, cases[i][1] != NULL ? cases[i][1] : whole);
    }
}

static void
test_duplicates (void)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) claims = NULL;

  for (guint i = 0; i < 5; i++)
    g_array_append_val (shown, i);
  claims = baleen_claims_parse ("Here are the points:\n"
                                "- The harbour was founded in 1842 by fishermen [S1]\n"
                                "- In 1842 fishermen founded the harbour [S1]\n"
                                "- The harbour was founded in 1843 by fishermen [S1]\n"
                                "- The harbour was founded in 1842 by fishermen [S3]\n"
                                "- The harbour was founded in 1842 [S1]\n"
                                "- Whales come every spring [S4]\n"
                                "- Whales come every spring to Varnholt harbour [S4]\n"
                                "- Something that was cut of",
                                TRUE, shown, 0);
  g_assert_cmpuint (claims->len, ==, 3);
  g_assert_cmpuint (((BaleenClaim *) claims->pdata[0])->sentences->len, ==, 2);
  g_assert_cmpstr (((BaleenClaim *) claims->pdata[2])->text, ==,
                   "Whales come every spring to Varnholt harbour");
}

/* ---- words that a document does not have ---------------------------------------------- */

static const char known[] = "The harbour of Varnholt was founded in 1842 by 4,200 fishermen, says "
                            "Ada Grey. Costs: 3.5 million. 港口建于1842年，由 Varnholt 公司经营。";

static void
assert_doubtful (const char *document,
                 const char *answer,
                 const char *expected)
{
  g_auto (GStrv) words = baleen_doubtful_words_find (document, answer);
  g_autofree char *list = words != NULL ? g_strjoinv ("|", words) : g_strdup ("");

  g_assert_cmpstr (list, ==, expected);
}

static void
test_doubtful (void)
{
  assert_doubtful (known, "**Varnholt** was founded in 1842 by 4200 fishermen.", "");
  assert_doubtful (known, "It was founded in 1843 by Ada Grey and Otto Blum. In 1843 it cost 3.5.",
                   "1843|Otto|Blum");
  /* Capitals that say nothing, numbers that are marks, code, addresses and citations. */
  assert_doubtful (known, "# What Ada Found\n\n1. Fishermen built it [7]\n2. Many came: Good.\n\n"
                          "`x = 99` and [a page](https://example.org/77)\n\n```\nint y = 12;\n```",
                   "");
  assert_doubtful (known, "| Town | Founded |\n|---|---|\n| Aldern | 1901 |", "1901");
  /* In another script only numbers can be compared. */
  assert_doubtful ("港口建于1842年，当时有四百名渔民居住在这里。", "Ada Grey founded the harbour in 1850.", "1850");
  assert_doubtful ("港口建于1842年，由瓦恩霍公司经营。", "港口建于1842年，由 Blum 公司经营，投资77万元。",
                   "Blum|77");
  /* Where every noun has a capital a capital makes no name. */
  assert_doubtful ("Der Hafen wurde gebaut und die Fischer kamen bald aus dem Norden hierher.",
                   "Am Morgen kamen die Boote der Fischer mit dem Fang, den Netzen und vielen "
                   "Fischen in den Hafen, und die Kinder sahen aus den Fenstern zu, 12 Tage lang.",
                   "12");
  assert_doubtful (known, "", "");
  assert_doubtful ("", "\xff\xfe 12 \xe4\xbd", "12");
}

static void
test_doubtful_places (void)
{
  const char *const words[] = { "18", "Otto", NULL };
  const char text[] = "1842, 18 and Otto, Ottoman, 18.5; 18";
  const gsize expected[] = { 6, 13, 34 };
  gsize at = 0, start, end;
  guint n = 0;

  while (baleen_doubtful_words_next (words, text, &at, &start, &end))
    g_assert_cmpuint (start, ==, expected[n++]);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/segmenter/english-sentences", test_english);
  g_test_add_func ("/segmenter/chinese-sentences", test_chinese);
  g_test_add_func ("/segmenter/long-clauses-are-cut", test_long_clauses);
  g_test_add_func ("/segmenter/nothing-is-left-out-nothing-over-budget", test_parts);
  g_test_add_func ("/segmenter/offsets-hold", test_offsets);
  g_test_add_func ("/claims/are-checked-against-their-sentences", test_claims);
  g_test_add_func ("/claims/chinese-is-checked-by-pairs", test_chinese_claims);
  g_test_add_func ("/claims/wrong-labels-are-mended", test_moved_labels);
  g_test_add_func ("/claims/fragments-become-their-sentence", test_fragments);
  g_test_add_func ("/claims/duplicates-fold", test_duplicates);
  g_test_add_func ("/doubtful-words/are-numbers-and-names-not-in-the-document", test_doubtful);
  g_test_add_func ("/doubtful-words/are-found-as-whole-words", test_doubtful_places);

  return g_test_run ();
}
