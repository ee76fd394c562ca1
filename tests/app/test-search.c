/* Searching: whatever is typed is searched for and never an error, and what was said is found. */
#include <sqlite3.h>
#include <string.h>

#include "baleen-database-private.h"
#include "baleen-search.h"

static BaleenDatabase *database;
static GPtrArray *said; /* of char, message id = index + 1 */

static BaleenMessageRecord *
make_record (gint64      id,
             const char *text,
             BaleenState state)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->id = id;
  record->conversation_id = 1000000;
  record->role = BALEEN_ROLE_USER;
  record->state = state;
  record->text = g_strdup (text);
  return record;
}

static gboolean
put_cb (BaleenDatabase *self,
        gpointer        record,
        GError        **error)
{
  return baleen_database_put_message (self, record, error);
}

static void
put (gint64      id,
     const char *text,
     BaleenState state)
{
  g_autoptr (BaleenMessageRecord) record = make_record (id, text, state);
  g_autoptr (GError) error = NULL;

  baleen_database_write (database, FALSE, put_cb, record, &error);
  g_assert_no_error (error);
}

static void
say (const char *text)
{
  g_ptr_array_add (said, g_strdup (text));
  put (said->len, text, BALEEN_STATE_DONE);
}

static GPtrArray *
search (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = baleen_search_run (database, text, G_MAXUINT, &error);

  g_assert_no_error (error);
  return hits;
}

static gboolean
finds (const char *text,
       gint64      id)
{
  g_autoptr (GPtrArray) hits = search (text);

  for (guint i = 0; i < hits->len; i++)
    if (((BaleenSearchHit *) hits->pdata[i])->message_id == id)
      return TRUE;
  return FALSE;
}

static void
set_up (void)
{
  database = baleen_database_open (NULL, BALEEN_DATABASE_ALONE, NULL);
  said = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (void)
{
  g_clear_pointer (&database, baleen_database_close);
  g_clear_pointer (&said, g_ptr_array_unref);
}

static void
test_words (void)
{
  set_up ();
  say ("我们去重庆旅游，用Python写代码。");
  say ("The café’s Naïve ＡＢＣ menu; don’t panic");
  say ("データベースと全文検索");
  say ("C++ and C# are not c");

  g_assert_true (finds ("重庆", 1));
  g_assert_true (finds ("重庆旅游", 1));
  g_assert_true (finds ("旅", 1));
  g_assert_true (finds ("们去", 1));
  g_assert_true (finds ("用Python", 1));
  g_assert_true (finds ("Python写", 1));
  g_assert_true (finds ("去重庆旅游，用python", 1));
  g_assert_true (finds ("代码 重庆", 1));
  g_assert_false (finds ("庆重", 1));
  g_assert_false (finds ("重庆 北京", 1));
  g_assert_true (finds ("cafe", 2));
  g_assert_true (finds ("CAF", 2));
  g_assert_true (finds ("abc naive", 2));
  g_assert_true (finds ("don't", 2));
  g_assert_false (finds ("afe", 2));
  g_assert_true (finds ("検索", 3));
  g_assert_true (finds ("ベース", 3));
  g_assert_true (finds ("c++", 4));
  g_assert_false (finds ("c--", 4));
  tear_down ();
}

static const char *const hostile[] = {
  "\"", "\"\"", "\"\"\"", "AND", "OR", "NOT", "NEAR", "NEAR(a b", "NEAR(a b, 3)", "a AND", "AND OR",
  "NOT NOT", "c-d", "-c", "--", "a--b", "*", "a*", "**", "^a", "^", "(", ")", "()", "((((((((((",
  "{a b}:c", "text:word", "rowid:1", "message_text:x", "+", "a+b", "a + b", "'", "''", "it's",
  "';DROP TABLE message;--", "%", "_", "50%", "snake_case", "\\", "\\\"", "C:\\temp", "a\tb", "a\nb",
  "\x01", "\x7f", "?", "?1", ":name", "@x", "$y", "#hash", "~", "`", "|", "a|b", "&&", "<b>", "</b>",
  "&amp;", "😀", "👨‍👩‍👧", "é", "e\xcc\x81", "ﬁnd", "½", "①", "\xe2\x80\x8b", "\xe2\x80\xae", "١٢٣", "שלום", "ไทย",
  "한국어", "ガ", "ｶﾞ", "İ", "ß", "ſ", "Σς", "中", "中国", "国人", "人。", "，", "「引号」", "全角ＡＢ", "𠮷野家",
  "a\"b", "a\" OR \"b", "x\" *", "matchinfo(", "0x1F", "1e9", "3.14", "-1", "a=b", "a==b", "i++", "C#",
  ".NET", "node.js", "http://x.y/z?q=1&r=2", "me@example.org", "AND AND AND", "or", "not", "near",
};

/* Each stands in one message: it is found there, and nothing is an error. */
static void
test_hostile (void)
{
  GString *endless = g_string_new (NULL);

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *text = g_strdup_printf ("before %s after %u", hostile[i], i);

      say (text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    if (!finds (hostile[i], i + 1))
      g_error ("“%s” is not found", hostile[i]);

  for (guint i = 0; i < 20000; i++)
    g_string_append (endless, "after \"x ");
  g_ptr_array_unref (search (endless->str));
  g_ptr_array_unref (search ("\xff\xfe broken \xc3"));
  g_ptr_array_unref (search (""));
  g_string_free (endless, TRUE);
  tear_down ();
}

/* Enough for words to be met again in other sentences. */
static const char *const characters = "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就";
static const char *const syllables[] = { "ba", "leen", "krill", "sea", "on", "fin", "er", "ta" };

static char *
make_sentence (void)
{
  GString *text = g_string_new (NULL);
  const guint n = g_test_rand_int_range (3, 12);

  for (guint i = 0; i < n; i++)
    {
      const guint length = g_test_rand_int_range (1, 7);

      for (guint j = 0; j < length; j++)
        if (i & 1)
          g_string_append (text, syllables[g_test_rand_int_range (0, G_N_ELEMENTS (syllables))]);
        else
          g_string_append_unichar (text, g_utf8_get_char (g_utf8_offset_to_pointer (
                                             characters, g_test_rand_int_range (0, 30))));
      g_string_append (text, i % 3 == 0 ? " " : i % 3 == 1 ? "，" : "");
    }
  return g_string_free (text, FALSE);
}

/* A stretch of Han characters somewhere in `text`, two or more; NULL where there is none. */
static char *
cut_han (const char *text)
{
  const glong n = g_utf8_strlen (text, -1);
  const glong at = g_test_rand_int_range (0, n);
  const glong length = g_test_rand_int_range (2, 4);
  g_autofree char *cut = at + length <= n ? g_utf8_substring (text, at, at + length) : NULL;

  for (const char *p = cut; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) != G_UNICODE_SCRIPT_HAN
        || g_utf8_get_char (p) == 0xff0c)
      return NULL;
  return g_steal_pointer (&cut);
}

/* Exactly those messages are found that have it in them. */
static void
check_recall (const char *needle)
{
  g_autoptr (GPtrArray) hits = search (needle);
  guint n = 0;

  for (guint i = 0; i < said->len; i++)
    n += strstr (said->pdata[i], needle) != NULL;
  g_assert_cmpuint (hits->len, ==, n);
  for (guint i = 0; i < hits->len; i++)
    {
      const BaleenSearchHit *hit = hits->pdata[i];

      g_assert_nonnull (strstr (said->pdata[hit->message_id - 1], needle));
      g_assert_cmpuint (hit->spans->len, >, 0);
      if (i > 0)
        g_assert_cmpint (hit->message_id, <, ((BaleenSearchHit *) hits->pdata[i - 1])->message_id);
    }
}

static void
test_recall (void)
{
  guint n_queries = 0;

  set_up ();
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *sentence = make_sentence ();

      say (sentence);
    }
  while (n_queries < 400)
    {
      g_autofree char *needle = cut_han (said->pdata[g_test_rand_int_range (0, said->len)]);

      if (needle == NULL)
        continue;
      check_recall (needle);
      n_queries++;
    }
  tear_down ();
}

/* What changes and goes leaves nothing behind; what is being written comes when it is done. */
static void
test_changes (void)
{
  set_up ();
  put (1, "half an ans", BALEEN_STATE_ANSWERING);
  g_assert_false (finds ("half", 1));
  put (1, "half an answer", BALEEN_STATE_DONE);
  g_assert_true (finds ("answer", 1));
  put (1, "another one", BALEEN_STATE_DONE);
  g_assert_false (finds ("half", 1));
  g_assert_true (finds ("another", 1));
  put (1, "another one goes on", BALEEN_STATE_ANSWERING);
  g_assert_false (finds ("another", 1));
  put (1, "another one goes on", BALEEN_STATE_STOPPED);
  g_assert_true (finds ("goes", 1));
  g_assert_true (baleen_database_begin (database, FALSE, NULL));
  g_assert_true (baleen_database_delete (database, 1000000, NULL));
  g_assert_true (baleen_database_commit (database, NULL));
  g_assert_false (finds ("goes", 1));
  g_assert_cmpint (sqlite3_exec (database->db,
                                 "INSERT INTO message_text (message_text)"
                                 " VALUES ('integrity-check')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  tear_down ();
}

/* The index is damaged behind our back: what is said is kept, and found. */
static void
test_damaged_index (void)
{
  set_up ();
  for (guint i = 0; i < 50; i++)
    say ("words that stay");
  sqlite3_db_config (database->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  g_assert_cmpint (sqlite3_exec (database->db,
                                 "UPDATE message_text_data SET block = x'ff00ff00ff00ff00'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  put (7, "changed words", BALEEN_STATE_DONE);
  say ("after the damage");
  g_assert_true (finds ("damage", said->len));
  g_assert_true (finds ("changed", 7));
  g_assert_true (finds ("stay", 1));
  g_assert_false (finds ("stay", 7));
  tear_down ();
}

static void
test_snippet (void)
{
  g_autoptr (BaleenSearchQuery) query = baleen_search_query_new ("needle 重庆");
  g_autoptr (GArray) spans = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *snippet = NULL;
  const BaleenTextSpan *span;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "some hay\n");
  g_string_append (text, "and a Needle in 重庆");
  for (guint i = 0; i < 100; i++)
    g_string_append (text, " more hay");
  snippet = baleen_search_query_make_snippet (query, text->str, 60, &spans);
  g_assert_true (g_str_has_prefix (snippet, "…"));
  g_assert_true (g_str_has_suffix (snippet, "…"));
  g_assert_null (strchr (snippet, '\n'));
  g_assert_cmpint (g_utf8_strlen (snippet, -1), <=, 62);
  g_assert_cmpuint (spans->len, ==, 2);
  span = &g_array_index (spans, BaleenTextSpan, 0);
  g_assert_cmpmem (snippet + span->start, span->end - span->start, "Needle", 6);
  span = &g_array_index (spans, BaleenTextSpan, 1);
  g_assert_cmpmem (snippet + span->start, span->end - span->start, "重庆", 6);
}

static void
test_titles (void)
{
  BaleenConversationRecord record = { .id = 5, .title = (char *) "Trip to 重庆", .head_id = 9 };
  g_autoptr (GPtrArray) hits = NULL;

  set_up ();
  g_assert_true (baleen_database_begin (database, FALSE, NULL));
  g_assert_true (baleen_database_put_conversation (database, &record, NULL));
  g_assert_true (baleen_database_commit (database, NULL));
  say ("a trip");
  hits = search ("TRI");
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpint (((BaleenSearchHit *) hits->pdata[0])->conversation_id, ==, 5);
  g_assert_cmpint (((BaleenSearchHit *) hits->pdata[0])->message_id, ==, 0);
  g_assert_cmpint (((BaleenSearchHit *) hits->pdata[1])->message_id, ==, 1);
  tear_down ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/words-are-found-in-each-script", test_words);
  g_test_add_func ("/search/hostile-queries-find-what-they-say", test_hostile);
  g_test_add_func ("/search/random-queries-find-all-and-nothing-else", test_recall);
  g_test_add_func ("/search/index-follows-every-change", test_changes);
  g_test_add_func ("/search/damaged-index-loses-nothing", test_damaged_index);
  g_test_add_func ("/search/snippet-shows-the-place", test_snippet);
  g_test_add_func ("/search/titles-come-first", test_titles);
  return g_test_run ();
}
