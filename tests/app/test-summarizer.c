/* The method of long documents with a model that makes no mistakes: what is lost then is lost
 * by the method. */

#include "baleen-summary-job.h"
#include "document-question.h"
#include "stub-completer.h"
#include "summarizer.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_FACTS 10

static const char *const english_facts[] = {
  "Lindqvist counted 4171 barrels on the northern pier in 1893.",
  "Varnholt sold its lighthouse for 312,000 crowns.",
  "Brandt measured a depth of 87.5 metres below the chapel.",
  "Oskarsen sailed to Trondheim with 19 whalers in March 1902.",
  "Helmine founded a school for 46 pupils near the salt works.",
  "Karelsund lost 2,340 sheep in the flood of 1911.",
  "Petrov repaired the great lens within 73 days.",
  "Ingrid wrote 1,208 letters to the harbour office.",
  "Dunmore opened a railway of 64 kilometres in 1927.",
  "Sverre found 551 coins under the old brewery.",
  NULL,
};
static const char *const chinese_facts[] = {
  "林秀英在一八九三年清点了4171桶鱼油。",
  "白沙镇以312000元卖掉了灯塔。",
  "陈船长测得教堂下面水深87米。",
  "一九零二年三月有19艘捕鲸船驶往远方。",
  "何老师为46名学生办了一所学校。",
  "石门村在洪水中失去2340只羊。",
  "彼得用了73天修好大透镜。",
  "英格写给港务局1208封信。",
  "邓家桥开通了64公里的铁路。",
  "老酒坊地下挖出551枚铜钱。",
  NULL,
};

static void
append_filler (GString  *text,
               GRand    *rand,
               gboolean  is_chinese)
{
  static const char *const words[]
      = { "harbour", "winter", "boats", "slowly", "letters", "grey", "village", "waited", "with",
          "and", "for", "ropes", "people", "morning", "the", "of" };
  static const char letters[] = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会";
  guint n = g_rand_int_range (rand, 6, 18);

  for (guint i = 0; i < n; i++)
    if (is_chinese)
      g_string_append_len (text, letters + 3 * g_rand_int_range (rand, 0, strlen (letters) / 3), 3);
    else
      g_string_append_printf (text, "%s%s", i == 0 ? "The " : " ",
                              words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  g_string_append (text, is_chinese ? "。" : ". ");
}

/* `n_pages` of five paragraphs, a chapter every eight, the facts at ten depths. */
static BaleenDocument *
make_document (guint              n_pages,
               gboolean           is_chinese,
               const char *const *facts)
{
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_PDF);
  g_autoptr (GRand) rand = g_rand_new_with_seed (n_pages * 2 + is_chinese);
  guint n_told = 0;

  document->n_pages = n_pages;
  for (guint i = 0; i < n_pages * 5; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = g_rand_int_range (rand, 2, 7), fact_at = g_rand_int_range (rand, 0, n);

      if (i % 40 == 0)
        {
          g_autofree char *heading = g_strdup_printf (is_chinese ? "第%u章" : "Chapter %u", i / 40);

          baleen_document_add (document, i / 5 + 1, BALEEN_PARAGRAPH_HEADING, heading,
                               strlen (heading));
        }
      for (guint j = 0; j < n; j++)
        {
          if (j == fact_at && n_told < N_FACTS
              && i >= n_pages * 5 * n_told / N_FACTS)
            g_string_append_printf (text, "%s ", facts[n_told++]);
          append_filler (text, rand, is_chinese);
        }
      g_strchomp (text->str);
      baleen_document_add (document, i / 5 + 1, BALEEN_PARAGRAPH_BODY, text->str,
                           strlen (text->str));
    }
  g_assert_cmpuint (n_told, ==, N_FACTS);

  return document;
}

static char *
get_quotes (const BaleenSummary *summary,
            const BaleenClaim   *claim)
{
  GString *quotes = g_string_new (NULL);

  for (guint i = 0; i < claim->sentences->len; i++)
    {
      g_autofree char *quote = baleen_sentences_dup_text (
          summary->sentences, g_array_index (claim->sentences, guint, i));

      g_string_append (quotes, quote);
    }

  return g_string_free (quotes, FALSE);
}

static void
assert_covered (const BaleenSummary  *summary,
                const BaleenDocument *document)
{
  gsize place = 0;

  for (guint i = 0; i < summary->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (summary->coverage, BaleenCoverage, i);

      g_assert_cmpuint (part->from, ==, place);
      g_assert_cmpint (part->status, ==, BALEEN_COVERAGE_READ);
      place = part->to;
    }
  g_assert_cmpuint (place, ==, document->n_characters);
}

static void
assert_ledger (const BaleenSummary *summary,
               guint                n_context)
{
  g_assert_cmpuint (summary->calls->len, >, 0);
  for (guint i = 0; i < summary->calls->len; i++)
    {
      const BaleenLedgerCall *call = &g_array_index (summary->calls, BaleenLedgerCall, i);

      g_assert_cmpuint (call->n_budget, ==, n_context);
      g_assert_cmpuint (call->n_prompt + call->n_answer, <=, call->n_budget);
    }
}

/* Every fact is there, told by a claim that is verified and cites its sentence and no other. */
static void
assert_facts (const BaleenSummary *summary,
              const char *const   *facts)
{
  for (guint i = 0; facts[i] != NULL; i++)
    {
      gboolean is_told = FALSE;
      g_autofree char *stem = g_strndup (facts[i], strlen (facts[i]) - strlen ("."));

      for (guint j = 0; j < summary->claims->len; j++)
        {
          const BaleenClaim *claim = summary->claims->pdata[j];
          g_autofree char *quotes = get_quotes (summary, claim);

          if (strstr (claim->text, facts[i]) == NULL)
            continue;
          is_told = TRUE;
          g_assert_true (claim->is_verified);
          g_assert_nonnull (strstr (quotes, facts[i]));
        }
      if (!is_told)
        g_error ("fact %u is lost in:\n%s", i, summary->text);
      if (g_str_is_ascii (stem))
        g_assert_nonnull (strstr (summary->text, stem));
    }
}

static BaleenSummary *
summarize (StubCompleter      *stub,
           BaleenDocument     *document,
           BaleenSummaryForm   form,
           BaleenSummaryLength length,
           BaleenReadingStore *store,
           GError            **error)
{
  const BaleenSummaryOptions options
      = { .form = form, .length = length, .temperature = 0.7, .seed = 5 };

  return baleen_summarizer_run (document, &options, &stub->completer, store, NULL, NULL, error);
}

static void
test_facts (void)
{
  const guint contexts[] = { 1024, 1500, 4096, 32768 };

  for (guint i = 0; i < G_N_ELEMENTS (contexts) * 2; i++)
    {
      const char *const *facts = i % 2 ? chinese_facts : english_facts;
      g_autoptr (GError) error = NULL;
      g_autoptr (BaleenDocument) document = make_document (30, i % 2, facts);
      g_autoptr (StubCompleter) stub = stub_completer_new (contexts[i / 2], facts);
      g_autoptr (BaleenSummary) summary = NULL;

      stub->n_fillers = 3;
      summary = summarize (stub, document, i % BALEEN_N_SUMMARY_FORMS == BALEEN_SUMMARY_TIMELINE
                                               ? BALEEN_SUMMARY_BULLETS
                                               : i % BALEEN_N_SUMMARY_FORMS,
                           BALEEN_SUMMARY_DETAILED, NULL, &error);
      g_assert_no_error (error);
      assert_covered (summary, document);
      assert_ledger (summary, contexts[i / 2]);
      assert_facts (summary, facts);
      g_test_message ("context %u: %u parts, %u calls, at most %u tokens", contexts[i / 2],
                      summary->coverage->len, summary->calls->len, stub->n_most);
    }
}

static void
test_one_pass (void)
{
  g_autoptr (BaleenDocument) document = make_document (2, FALSE, english_facts);
  g_autoptr (StubCompleter) stub = stub_completer_new (16384, english_facts);
  g_autoptr (BaleenSummary) summary = summarize (stub, document, BALEEN_SUMMARY_BULLETS,
                                                 BALEEN_SUMMARY_NORMAL, NULL, NULL);

  g_assert_cmpuint (summary->calls->len, ==, 1);
  assert_facts (summary, english_facts);
}

static void
test_said_once (void)
{
  g_autoptr (BaleenDocument) document = make_document (2, FALSE, english_facts);
  g_autoptr (StubCompleter) stub = stub_completer_new (16384, english_facts);
  g_autofree char *stem = g_strndup (english_facts[0], strlen (english_facts[0]) - strlen ("."));
  g_autoptr (BaleenSummary) summary = NULL;
  const char *first;

  stub->repeats_itself = TRUE;
  summary = summarize (stub, document, BALEEN_SUMMARY_PROSE, BALEEN_SUMMARY_NORMAL, NULL, NULL);
  assert_facts (summary, english_facts);
  first = strstr (summary->text, stem);
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, stem));
}

static void
test_timeline (void)
{
  static const char *const years[] = { "1893", "March 1902", "1911", "1927" };
  g_autoptr (BaleenDocument) document = make_document (10, FALSE, english_facts);
  g_autoptr (StubCompleter) stub = stub_completer_new (4096, english_facts);
  g_autoptr (BaleenSummary) summary = summarize (stub, document, BALEEN_SUMMARY_TIMELINE,
                                                 BALEEN_SUMMARY_NORMAL, NULL, NULL);
  const char *at = summary->text;

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autofree char *mark = g_strdup_printf ("- **%s** – ", years[i]);

      at = strstr (at, mark);
      g_assert_nonnull (at);
    }
  g_assert_cmpuint (summary->claims->len, ==, G_N_ELEMENTS (years));
}

/* A part that fails is told, and nothing else suffers. */
static void
test_failure (void)
{
  g_autoptr (BaleenDocument) document = make_document (10, FALSE, english_facts);
  g_autoptr (StubCompleter) stub = stub_completer_new (2048, english_facts);
  g_autoptr (BaleenSummary) summary = NULL;
  g_autofree char *words = NULL, *on_the_way = NULL;
  guint n_failed = 0;

  stub->n_fillers = 1;
  stub->fails_at = 2;
  summary = summarize (stub, document, BALEEN_SUMMARY_BULLETS, BALEEN_SUMMARY_DETAILED, NULL,
                       NULL);
  for (guint i = 0; i < summary->coverage->len; i++)
    n_failed += g_array_index (summary->coverage, BaleenCoverage, i).status
                == BALEEN_COVERAGE_FAILED;
  /* It was read again. */
  g_assert_cmpuint (n_failed, ==, 0);
  words = baleen_summary_describe_coverage (summary);
  g_assert_cmpstr (words, ==, "10 of 10 pages read, 0 parts gave nothing, 0 failed.");
  /* On the way no page may be whole, and still something was read. */
  for (guint i = 1; i < summary->coverage->len; i++)
    g_array_index (summary->coverage, BaleenCoverage, i).status = BALEEN_COVERAGE_WAITING;
  on_the_way = baleen_summary_describe_coverage (summary);
  g_assert_true (g_str_has_prefix (on_the_way, "1 of "));
  g_assert_nonnull (strstr (on_the_way, " parts read, "));
  assert_facts (summary, english_facts);
}

static BaleenReadingStore *
open_store (const BaleenDocument *document)
{
  g_autoptr (GError) error = NULL;
  BaleenReadingStore *store = baleen_reading_store_open (document, &error);

  g_assert_no_error (error);
  return store;
}

/* Stopped after any number of calls, and again: in the end it is the same to the byte. */
static void
test_resume (void)
{
  g_autoptr (BaleenDocument) document = make_document (12, FALSE, english_facts);
  g_autoptr (StubCompleter) whole = stub_completer_new (1200, english_facts);
  g_autoptr (BaleenSummary) wanted = NULL;
  guint n_calls;

  whole->n_fillers = 3;
  wanted = summarize (whole, document, BALEEN_SUMMARY_PROSE, BALEEN_SUMMARY_DETAILED, NULL, NULL);
  n_calls = whole->n_calls;
  g_assert_cmpuint (n_calls, >, 10);
  for (guint step = 1; step < n_calls; step += 4)
    {
      g_autoptr (BaleenSummary) summary = NULL;
      guint n_asked = 0;

      while (summary == NULL)
        {
          g_autoptr (BaleenReadingStore) store = open_store (document);
          g_autoptr (StubCompleter) stub = stub_completer_new (1200, english_facts);
          g_autoptr (GError) error = NULL;

          stub->n_fillers = 3;
          stub->cancel_after = step;
          summary = summarize (stub, document, BALEEN_SUMMARY_PROSE, BALEEN_SUMMARY_DETAILED,
                               store, &error);
          g_assert_true (summary != NULL
                         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
          n_asked += MIN (stub->n_calls, step);
        }
      g_assert_cmpuint (n_asked, ==, n_calls);
      g_assert_cmpstr (summary->text, ==, wanted->text);
      g_assert_cmpuint (summary->calls->len, ==, wanted->calls->len);
      baleen_reading_cache_trim (0);
    }
  g_assert_cmpuint (baleen_reading_cache_get_size (), ==, 0);
}

/* A cache that cannot be read is made anew. */
static void
test_damaged_store (void)
{
  g_autoptr (BaleenDocument) document = make_document (2, FALSE, english_facts);
  g_autoptr (StubCompleter) stub = stub_completer_new (4096, english_facts);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", NULL);
  g_autofree char *file = NULL;
  g_autoptr (BaleenSummary) summary = NULL;
  g_autoptr (BaleenReadingStore) store = open_store (document);
  GDir *dir = g_dir_open (cache, 0, NULL);

  file = g_build_filename (cache, g_dir_read_name (dir), "reading.sqlite", NULL);
  g_dir_close (dir);
  g_clear_pointer (&store, baleen_reading_store_close);
  g_assert_true (g_file_set_contents (file, "this is no database at all, is it?", -1, NULL));
  store = open_store (document);
  summary = summarize (stub, document, BALEEN_SUMMARY_BULLETS, BALEEN_SUMMARY_NORMAL, store, NULL);
  assert_facts (summary, english_facts);
  g_clear_pointer (&store, baleen_reading_store_close);
  baleen_reading_cache_trim (0);
}

/* Whatever the depth and the context, the sentence that answers is shown and cited. */
static void
test_questions (void)
{
  const guint contexts[] = { 1024, 4096, 32768 };

  for (guint i = 0; i < G_N_ELEMENTS (contexts) * 2; i++)
    {
      const char *const *facts = i % 2 ? chinese_facts : english_facts;
      g_autoptr (BaleenDocument) document = make_document (20, i % 2, facts);
      g_autoptr (BaleenReadingStore) store = open_store (document);
      g_autoptr (StubCompleter) stub = stub_completer_new (contexts[i / 2], facts);
      g_autoptr (BaleenSentences) sentences
          = baleen_sentences_new (document, &stub->completer, 400, NULL);

      for (guint j = 0; facts[j] != NULL; j++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *name = g_utf8_substring (facts[j], 0, 8);
          g_autofree char *asked = g_strdup_printf ("What about %s?", facts[j]);
          g_autoptr (BaleenDocumentQuestion) question = baleen_document_question_new (
              sentences, asked, &stub->completer, store, 200, &error);
          gsize n_tokens;
          gboolean is_shown = FALSE;

          g_assert_no_error (error);
          stub->completer.count_prompt (stub, question->prompt, &n_tokens, NULL);
          g_assert_cmpuint (n_tokens + 200, <=, contexts[i / 2]);
          for (guint k = 0; k < question->shown->len; k++)
            {
              g_autofree char *text = baleen_sentences_dup_text (
                  sentences, g_array_index (question->shown, guint, k));

              is_shown |= strstr (text, facts[j]) != NULL;
            }
          g_assert_true (is_shown);
        }
      g_clear_pointer (&store, baleen_reading_store_close);
      baleen_reading_cache_trim (0);
    }
}

static void
test_answers (void)
{
  static const char text[] = "The pier was built in 1907. It cost 312,000 crowns. Nobody came.";
  g_autoptr (BaleenDocument) document = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_autoptr (StubCompleter) stub = stub_completer_new (2048, english_facts);
  g_autoptr (BaleenSentences) sentences = NULL;
  g_autoptr (BaleenDocumentQuestion) question = NULL;
  static const struct
  {
    const char *answer, *text;
    guint n_sources, first;
    gboolean is_verified;
  } cases[] = {
    { "It cost 312,000 crowns [S2] in 1907 [S1].", "It cost 312,000 crowns [1] in 1907 [2].", 2, 1,
      TRUE },
    { "The pier was built in 1907", "The pier was built in 1907 [1]", 1, 0, TRUE },
    { "It cost 400,000 crowns [S2].", "It cost 400,000 crowns [1].", 1, 1, FALSE },
    { "It cost 312,000 crowns [S9][S2].", "It cost 312,000 crowns [1].", 1, 1, TRUE },
    { "The passages do not say anything about whales.",
      "The passages do not say anything about whales.", 0, 0, FALSE },
  };

  baleen_document_add (document, 3, BALEEN_PARAGRAPH_BODY, text, strlen (text));
  sentences = baleen_sentences_new (document, &stub->completer, 400, NULL);
  question = baleen_document_question_new (sentences, "Why?", &stub->completer, NULL, 200, NULL);
  g_assert_cmpuint (question->n_shared, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenClaim) claim
          = baleen_document_question_take_answer (question, sentences, cases[i].answer);

      g_assert_cmpstr (claim->text, ==, cases[i].text);
      g_assert_cmpuint (claim->sentences->len, ==, cases[i].n_sources);
      if (cases[i].n_sources > 0)
        g_assert_cmpuint (g_array_index (claim->sentences, guint, 0), ==, cases[i].first);
      g_assert_cmpint (claim->is_verified, ==, cases[i].is_verified);
    }
}

/* A file has the form that was asked for, a place for every claim, and what was read. */
static void
test_exports (void)
{
  static const struct
  {
    BaleenSummaryForm form;
    const char *markdown, *html;
    gboolean has_bullets;
  } cases[] = {
    { BALEEN_SUMMARY_BULLETS, "\n- Lindqvist counted", "<li>", TRUE },
    { BALEEN_SUMMARY_PROSE, "in 1893[^", "<p>" },
    { BALEEN_SUMMARY_TABLE, "| Lindqvist counted", "<td>" },
    { BALEEN_SUMMARY_QA, "**What?**\n\nLindqvist counted", "<strong>What?</strong>" },
    { BALEEN_SUMMARY_TIMELINE, "- **1893** – Lindqvist", "<strong>1893</strong>", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BaleenSummaryOptions options = { .form = cases[i].form };
      g_autoptr (StubCompleter) stub = stub_completer_new (4096, english_facts);
      g_autoptr (BaleenDocument) document = make_document (10, FALSE, english_facts);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaleenSummary) summary = NULL;
      g_autofree char *markdown = NULL, *html = NULL;
      g_autoptr (GArray) places = NULL;

      stub->has_bullets = TRUE;
      summary = baleen_summarizer_run (document, &options, &stub->completer, NULL, NULL, NULL,
                                       &error);
      g_assert_no_error (error);
      g_assert_cmpint (strstr (summary->text, "- ") != NULL, ==, cases[i].has_bullets);
      markdown = baleen_summary_to_markdown (summary, "The harbour");
      html = baleen_summary_to_html (summary, "The harbour");
      places = baleen_summary_number_places (summary);
      g_test_message ("%s", markdown);
      g_assert_nonnull (strstr (markdown, cases[i].markdown));
      g_assert_nonnull (strstr (html, cases[i].html));
      g_assert_nonnull (strstr (markdown, "10 of 10 pages read"));
      g_assert_nonnull (strstr (html, "10 of 10 pages read"));
      g_assert_null (strstr (html, "[^"));
      g_assert_cmpuint (places->len, >, 0);
      for (guint j = 1; j <= places->len; j++)
        {
          g_autofree char *mark = g_strdup_printf ("[^%u]", j);
          g_autofree char *note = g_strdup_printf ("\n[^%u]: p. ", j);
          g_autofree char *link = g_strdup_printf ("href=\"#place-%u\"", j);
          g_autofree char *place = g_strdup_printf ("<li id=\"place-%u\">p. ", j);

          g_assert_true (strstr (markdown, mark) < strstr (markdown, note));
          g_assert_nonnull (strstr (html, link));
          g_assert_nonnull (strstr (html, place));
        }
    }
}

/* Paused and resumed, on a thread of its own; what was told on the way is what comes of it. */
static void
test_job (void)
{
  const BaleenSummaryOptions options
      = { .form = BALEEN_SUMMARY_BULLETS, .length = BALEEN_SUMMARY_DETAILED };
  g_autoptr (StubCompleter) stub = stub_completer_new (2048, english_facts);
  g_autoptr (BaleenSummaryJob) job = baleen_summary_job_new_with_completer (
      make_document (10, FALSE, english_facts), "harbour.pdf", &options, &stub->completer);
  BaleenSummaryRecord *record = baleen_summary_job_get_record (job);
  const BaleenSummary *summary;
  const BaleenSummaryProgress *progress;
  g_autofree char *markdown = NULL, *html = NULL;

  baleen_summary_job_resume (job);
  baleen_summary_job_pause (job);
  g_assert_cmpint (baleen_summary_job_get_state (job), ==, BALEEN_SUMMARY_PAUSED);
  /* The stub takes one caller at a time, as completers may. */
  g_usleep (G_USEC_PER_SEC / 2);
  baleen_summary_job_resume (job);
  while (baleen_summary_job_get_state (job) == BALEEN_SUMMARY_RUNNING)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_error (baleen_summary_job_get_error (job));
  summary = baleen_summary_job_get_summary (job);
  assert_facts (summary, english_facts);
  progress = baleen_summary_job_get_progress (job);
  g_assert_cmpuint (progress->n_pages_read, ==, 10);
  g_assert_cmpuint (progress->coverage->len, ==, summary->coverage->len);
  g_assert_cmpuint (record->root->children->len, ==, summary->coverage->len);
  for (guint i = 0; i < summary->coverage->len; i++)
    g_assert_cmpuint (((BaleenRecordNode *) record->root->children->pdata[i])->part, ==, i + 1);
  markdown = baleen_summary_to_markdown (summary, "The harbour");
  g_assert_true (g_str_has_prefix (markdown, "# The harbour\n\n"));
  g_assert_nonnull (strstr (markdown, "10 of 10 pages read"));
  g_assert_nonnull (strstr (markdown, "[^1]: p. 1: “"));
  html = baleen_summary_to_html (summary, "<The harbour>");
  g_assert_nonnull (strstr (html, "<h1>&lt;The harbour&gt;</h1>"));
  g_assert_nonnull (strstr (html, "<li id=\"place-1\">p. 1: “"));
  baleen_reading_cache_trim (0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/summarizer/every-fact-at-every-context", test_facts);
  g_test_add_func ("/summarizer/what-fits-takes-one-pass", test_one_pass);
  g_test_add_func ("/summarizer/what-is-said-twice-is-told-once", test_said_once);
  g_test_add_func ("/summarizer/timeline-is-in-order", test_timeline);
  g_test_add_func ("/summarizer/failed-part-is-read-again", test_failure);
  g_test_add_func ("/summarizer/goes-on-where-it-stopped", test_resume);
  g_test_add_func ("/summarizer/damaged-cache-is-made-anew", test_damaged_store);
  g_test_add_func ("/summarizer/files-have-its-form", test_exports);
  g_test_add_func ("/summarizer/job-pauses-and-goes-on", test_job);
  g_test_add_func ("/question/finds-every-fact", test_questions);
  g_test_add_func ("/question/answers-get-numbered-sources", test_answers);

  return g_test_run ();
}
