/* Histories in and out: nothing is lost on the way, whatever the file holds nothing that was there
 * is harmed, and what cannot be read is said. */
#include <sqlite3.h>
#include <string.h>

#include "baleen-database-private.h"
#include "history-export.h"
#include "history-import.h"
#include "own-time.h"

static BaleenDatabase *
new_history (void)
{
  g_autoptr (GError) error = NULL;
  BaleenDatabase *database = baleen_database_open (NULL, BALEEN_DATABASE_ALONE, &error);

  g_assert_no_error (error);
  return database;
}

static char *
dump (BaleenDatabase *database)
{
  g_autoptr (GPtrArray) items = baleen_history_collect (database, NULL, NULL);

  return baleen_history_export (items, BALEEN_EXPORT_JSON, TRUE);
}

static BaleenHistoryIntake *
take (BaleenDatabase *database,
      const char     *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import
      = baleen_history_import_read ("file.json", json, strlen (json), &error);
  BaleenHistoryIntake *intake;

  g_assert_no_error (error);
  intake = baleen_history_import_store (import, database, &error);
  g_assert_no_error (error);
  return intake;
}

/* The messages of the only conversation. */
static GPtrArray *
load_only (BaleenDatabase *database)
{
  g_autoptr (GPtrArray) records = baleen_database_list (database, NULL);

  g_assert_cmpuint (records->len, ==, 1);
  return baleen_database_load (database, ((BaleenConversationRecord *) records->pdata[0])->id,
                               NULL);
}

static const BaleenMessageRecord *
nth (GPtrArray *messages,
     guint      i)
{
  g_assert_cmpuint (i, <, messages->len);
  return messages->pdata[i];
}

/* ---- round trips ------------------------------------------------------------------------ */

static char *
random_text (void)
{
  static const char *const words[] = { "whale ", "鲸鱼", "\n", "“", "\\", "😀", "# ", "\t", "</p>" };
  GString *text = g_string_new ("t");

  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    g_string_append (text, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static BaleenMessageRecord *
random_message (const BaleenConversationRecord *conversation,
                guint                           i)
{
  BaleenMessageRecord *record = g_new0 (BaleenMessageRecord, 1);

  record->id = conversation->id + 10 * (i + 1);
  record->conversation_id = conversation->id;
  record->parent_id = i > 0 ? conversation->id + 10 * g_test_rand_int_range (1, i + 1) : 0;
  record->role = i == 0 ? BALEEN_ROLE_USER : g_test_rand_int_range (1, 3);
  record->state = record->role == BALEEN_ROLE_USER ? BALEEN_STATE_DONE
                                                   : BALEEN_STATE_STOPPED + (int) (i % 5);
  record->created = record->id + 3;
  record->ended = record->id + 7;
  record->text = random_text ();
  record->problem = record->state == BALEEN_STATE_FAILED ? g_strdup ("No room.") : NULL;
  record->remedy = record->state == BALEEN_STATE_FAILED ? BALEEN_REMEDY_RELOAD : 0;
  if (record->role == BALEEN_ROLE_ASSISTANT)
    {
      record->thought = random_text ();
      record->model = g_strdup ("Krill");
      record->think = TRUE;
      record->numbers = (BaleenNumbers) { 12, 3, 9, 40, 0.5, 1.25, 0.75 };
      record->sources = g_strdup ("[{\"n\":1,\"title\":\"W\",\"url\":\"https://e.org\"}]");
      record->parts[BALEEN_PART_OUTLINE] = g_strdup ("[\"one\",\"two\"]");
    }
  record->is_left_out = i % 5 == 4;
  return record;
}

static void
add_random_conversation (BaleenDatabase *database,
                         guint           number)
{
  BaleenConversationRecord conversation = {
    .id = 1700000000000000 + number * 1000000,
    .title = (char *) "A title",
    .title_source = number % 3,
    .is_pinned = number % 2,
    .is_archived = number % 4 == 1,
    .folder = number % 3 == 2 ? (char *) "Folder" : NULL,
    .think = TRUE,
    .created = 1700000000000000 + number * 1000000,
    .updated = 1700000000000000 + number * 1000000 + 500,
  };
  const guint n = g_test_rand_int_range (1, 30);

  conversation.head_id = conversation.id + 10 * g_test_rand_int_range (1, n + 1);
  baleen_database_begin (database, FALSE, NULL);
  g_assert_true (baleen_database_put_conversation (database, &conversation, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessageRecord) record = random_message (&conversation, i);

      g_assert_true (baleen_database_put_message (database, record, NULL));
    }
  g_assert_true (baleen_database_commit (database, NULL));
}

static void
test_round_trip (void)
{
  g_autoptr (BaleenDatabase) first = new_history ();
  g_autoptr (BaleenDatabase) second = new_history ();
  g_autofree char *out = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < 40; i++)
    add_random_conversation (first, i);
  out = dump (first);
  baleen_history_intake_free (take (second, out));
  again = dump (second);
  g_assert_true (g_str_equal (out, again));
}

/* What is there gains what it lacks and is otherwise left as it is. */
static void
test_twice (void)
{
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (BaleenHistoryIntake) same = NULL;
  g_autoptr (BaleenHistoryIntake) part = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *mended = NULL;

  for (guint i = 0; i < 5; i++)
    add_random_conversation (database, i);
  before = dump (database);
  same = take (database, before);
  g_assert_cmpuint (same->taken->len, ==, 0);
  g_assert_cmpuint (same->n_present, ==, 5);
  after = dump (database);
  g_assert_true (g_str_equal (before, after));

  sqlite3_exec (database->db,
                "DELETE FROM message_text; DELETE FROM message"
                " WHERE id = (SELECT MAX (id) FROM message)",
                NULL, NULL, NULL);
  part = take (database, before);
  g_assert_cmpuint (part->taken->len, ==, 1);
  g_assert_cmpuint (part->n_present, ==, 4);
  mended = dump (database);
  g_assert_true (g_str_equal (before, mended));
}

/* Two histories that gave one id to two things both stay whole. */
static void
test_same_ids (void)
{
  static const char *const mine
      = "{\"format\":\"baleen-history\",\"conversations\":[{\"id\":1700000000000000,"
        "\"title\":\"mine\",\"created\":\"2023-11-14T22:13:20Z\",\"head\":1700000000000002,"
        "\"messages\":[{\"id\":1700000000000001,\"role\":\"user\",\"text\":\"my question\"},"
        "{\"id\":1700000000000002,\"parent\":1700000000000001,\"role\":\"assistant\","
        "\"text\":\"my answer\"}]}]}";
  static const char *const theirs
      = "{\"format\":\"baleen-history\",\"conversations\":[{\"id\":1700000000000000,"
        "\"title\":\"theirs\",\"created\":\"2023-11-14T22:13:21Z\",\"head\":1700000000000002,"
        "\"messages\":[{\"id\":1700000000000001,\"role\":\"user\",\"text\":\"their question\"},"
        "{\"id\":1700000000000002,\"parent\":1700000000000001,\"role\":\"assistant\","
        "\"text\":\"their answer\"}]}]}";
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *text = NULL;

  baleen_history_intake_free (take (database, mine));
  baleen_history_intake_free (take (database, theirs));
  items = baleen_history_collect (database, NULL, NULL);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GPtrArray) path = baleen_history_item_get_path (items->pdata[i]);

      g_assert_cmpuint (path->len, ==, 2);
    }
  text = baleen_history_export (items, BALEEN_EXPORT_MARKDOWN, TRUE);
  g_assert_nonnull (strstr (text, "my question"));
  g_assert_nonnull (strstr (text, "my answer"));
  g_assert_nonnull (strstr (text, "their question"));
  g_assert_nonnull (strstr (text, "their answer"));
}

/* ---- other programs --------------------------------------------------------------------- */

static const char *const chatgpt
    = "[{\"title\":\"Letters\",\"create_time\":1699564800.25,\"update_time\":1699568400.5,"
      "\"is_archived\":true,\"current_node\":\"c\",\"mapping\":{"
      "\"root\":{\"id\":\"root\",\"message\":null,\"parent\":null,\"children\":[\"s\"]},"
      "\"s\":{\"id\":\"s\",\"parent\":\"root\",\"message\":{\"author\":{\"role\":\"system\"},"
      "\"content\":{\"content_type\":\"text\",\"parts\":[\"hidden\"]},"
      "\"metadata\":{\"is_visually_hidden_from_conversation\":true}}},"
      "\"q\":{\"id\":\"q\",\"parent\":\"s\",\"message\":{\"author\":{\"role\":\"user\"},"
      "\"create_time\":1699564801.0,\"content\":{\"content_type\":\"multimodal_text\","
      "\"parts\":[{\"content_type\":\"image_asset_pointer\"},\"How many?\"]}}},"
      "\"t\":{\"id\":\"t\",\"parent\":\"q\",\"message\":{\"author\":{\"role\":\"assistant\"},"
      "\"create_time\":1699564802.0,\"content\":{\"content_type\":\"thoughts\","
      "\"thoughts\":[{\"summary\":\"Counting\",\"content\":\"one, two\"}]}}},"
      "\"code\":{\"id\":\"code\",\"parent\":\"t\",\"message\":{\"author\":{\"role\":\"assistant\"},"
      "\"recipient\":\"python\",\"content\":{\"content_type\":\"code\",\"text\":\"len()\"}}},"
      "\"tool\":{\"id\":\"tool\",\"parent\":\"code\",\"message\":{\"author\":{\"role\":\"tool\"},"
      "\"content\":{\"content_type\":\"execution_output\",\"text\":\"2\"}}},"
      "\"a\":{\"id\":\"a\",\"parent\":\"tool\",\"message\":{\"author\":{\"role\":\"assistant\"},"
      "\"create_time\":1699564803.0,\"content\":{\"content_type\":\"text\",\"parts\":[\"Two.\"]},"
      "\"metadata\":{\"model_slug\":\"o1\"},\"recipient\":\"all\"}},"
      "\"b\":{\"id\":\"b\",\"parent\":\"a\",\"message\":{\"author\":{\"role\":\"assistant\"},"
      "\"create_time\":1699564804.0,\"content\":{\"content_type\":\"text\",\"parts\":[\"Sure.\"]}}},"
      "\"c\":{\"id\":\"c\",\"parent\":\"q\",\"message\":{\"author\":{\"role\":\"assistant\"},"
      "\"create_time\":1699564805.0,\"content\":{\"content_type\":\"text\",\"parts\":[\"Three!\"]}}}"
      "}},{\"title\":\"Empty\",\"mapping\":{}}]";

static void
test_chatgpt (void)
{
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import
      = baleen_history_import_read ("conversations.json", chatgpt, strlen (chatgpt), &error);
  g_autoptr (BaleenHistoryIntake) intake = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) path = NULL;
  const BaleenConversationRecord *conversation;

  g_assert_no_error (error);
  g_assert_cmpuint (import->left_out->len, ==, 1);
  g_assert_nonnull (strstr (import->left_out->pdata[0], "Empty"));
  path = baleen_history_item_get_path (import->items->pdata[0]);
  g_assert_cmpuint (path->len, ==, 2);
  g_assert_cmpstr (nth (path, 1)->text, ==, "Three!");

  intake = baleen_history_import_store (import, database, &error);
  g_assert_no_error (error);
  conversation = intake->taken->pdata[0];
  g_assert_cmpstr (conversation->title, ==, "Letters");
  g_assert_true (conversation->is_archived);
  g_assert_cmpint (conversation->created, ==, 1699564800250000);
  g_assert_cmpint (conversation->updated, ==, 1699568400500000);
  messages = load_only (database);
  g_assert_cmpuint (messages->len, ==, 3);
  g_assert_true (g_str_has_suffix (nth (messages, 0)->text, "How many?"));
  g_assert_cmpint (nth (messages, 0)->parent_id, ==, 0);
  g_assert_cmpstr (nth (messages, 1)->text, ==, "Two.\n\nSure.");
  g_assert_cmpstr (nth (messages, 1)->thought, ==, "Counting\n\none, two");
  g_assert_cmpstr (nth (messages, 1)->model, ==, "o1");
  g_assert_cmpint (nth (messages, 1)->parent_id, ==, nth (messages, 0)->id);
  g_assert_cmpint (nth (messages, 2)->parent_id, ==, nth (messages, 0)->id);
}

static const char *const deepseek
    = "[{\"id\":\"801e\",\"title\":\"鲸鱼\",\"inserted_at\":\"2025-03-30T04:49:36.505000+08:00\","
      "\"updated_at\":\"2025-03-30T04:50:29.156000+08:00\",\"mapping\":{"
      "\"root\":{\"id\":\"root\",\"parent\":null,\"children\":[\"1\"],\"message\":null},"
      "\"1\":{\"id\":\"1\",\"parent\":\"root\",\"children\":[\"2\",\"3\"],\"message\":{\"files\":[],"
      "\"model\":\"deepseek-reasoner\",\"inserted_at\":\"2025-03-30T04:49:37.018000+08:00\","
      "\"fragments\":[{\"type\":\"REQUEST\",\"content\":\"吃什么？\"}]}},"
      "\"2\":{\"id\":\"2\",\"parent\":\"1\",\"children\":[],\"message\":{\"files\":[],"
      "\"model\":\"deepseek-reasoner\",\"inserted_at\":\"2025-03-30T04:49:39.018000+08:00\","
      "\"fragments\":[{\"type\":\"SEARCH\",\"results\":[{\"url\":\"https://example.org/w\","
      "\"title\":\"Whale\"}]},{\"type\":\"THINK\",\"content\":\"嗯\"},"
      "{\"type\":\"RESPONSE\",\"content\":\"磷虾\"}]}},"
      "\"3\":{\"id\":\"3\",\"parent\":\"1\",\"children\":[],\"message\":{"
      "\"model\":\"deepseek-chat\",\"inserted_at\":\"2025-03-30T04:49:49.018000+08:00\","
      "\"role\":\"ASSISTANT\",\"content\":\"鱼\",\"reasoning_content\":\"嗯嗯\"}}}}]";

static void
test_deepseek (void)
{
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) sources = NULL;

  baleen_history_intake_free (take (database, deepseek));
  messages = load_only (database);
  g_assert_cmpuint (messages->len, ==, 3);
  g_assert_cmpstr (nth (messages, 0)->text, ==, "吃什么？");
  g_assert_cmpint (nth (messages, 0)->role, ==, BALEEN_ROLE_USER);
  g_assert_cmpint (nth (messages, 0)->created, ==, 1743281377018000);
  g_assert_cmpstr (nth (messages, 1)->text, ==, "磷虾");
  g_assert_cmpstr (nth (messages, 1)->thought, ==, "嗯");
  g_assert_cmpstr (nth (messages, 1)->model, ==, "deepseek-reasoner");
  sources = baleen_sources_from_json (nth (messages, 1)->sources);
  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpstr (baleen_source_get_url (sources->pdata[0]), ==, "https://example.org/w");
  g_assert_cmpstr (nth (messages, 2)->text, ==, "鱼");
  g_assert_cmpstr (nth (messages, 2)->thought, ==, "嗯嗯");
}

/* ---- hostile files ---------------------------------------------------------------------- */

/* Read or refused, the sentence names the file, and a refused one changes nothing. */
static void
try (BaleenDatabase *database,
     const char     *bytes,
     gsize           length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import
      = baleen_history_import_read ("x.json", bytes, length, &error);

  if (import == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "x.json"));
      return;
    }
  g_assert_no_error (error);
  baleen_history_intake_free (baleen_history_import_store (import, database, &error));
  g_assert_no_error (error);
}

static void
assert_refused (const char *bytes,
                gsize       length,
                const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (baleen_history_import_read ("x.json", bytes, length, &error));
  g_assert_nonnull (strstr (error->message, reason));
}

static void
test_refused (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  const char *const objects[] = { "[]", "{}", "[1]", "null", "\"x\"", "[{}]", "{\"mapping\":7}",
                                  "{\"conversations\":[]}", "[{\"mapping\":{\"a\":7}}]",
                                  "[[[{\"mapping\":{}}]]]" };

  assert_refused (deep, 200000, "too deeply");
  assert_refused ("PK\3\4xxxx", 8, "ZIP");
  assert_refused ("SQLite format 3\0xxxx", 20, "database");
  assert_refused ("{\"a\":\"\xff\"}", 9, "UTF-8");
  assert_refused ("", 0, "not JSON");
  assert_refused ("<html>", 6, "not JSON");
  assert_refused ("[{\"mapping\":", 12, "not JSON");
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    assert_refused (objects[i], strlen (objects[i]), "x.json");
}

/* Circles, doubles, and parents that are not there: all that was said is in the history. */
static void
test_broken_trees (void)
{
  static const char *const file
      = "[{\"mapping\":{"
        "\"a\":{\"parent\":\"c\",\"message\":{\"author\":{\"role\":\"user\"},\"content\":"
        "{\"content_type\":\"text\",\"parts\":[\"in a circle\"]}}},"
        "\"b\":{\"parent\":\"a\",\"message\":{\"author\":{\"role\":\"assistant\"},\"content\":"
        "{\"content_type\":\"text\",\"parts\":[\"so am I\"]}}},"
        "\"c\":{\"parent\":\"b\",\"message\":{\"author\":{\"role\":\"user\"},\"content\":"
        "{\"content_type\":\"text\",\"parts\":[\"and I\"]}}},"
        "\"d\":{\"parent\":\"d\",\"message\":{\"author\":{\"role\":\"user\"},\"content\":"
        "{\"content_type\":\"text\",\"parts\":[\"my own parent\"]}}},"
        "\"e\":{\"parent\":\"nobody\",\"message\":{\"author\":{\"role\":\"user\"},\"content\":"
        "{\"content_type\":\"text\",\"parts\":[\"orphan \\ud800 \"]},\"create_time\":1e300}}"
        "},\"current_node\":\"nowhere\",\"create_time\":\"yesterday\",\"title\":[1]}]";
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (GPtrArray) messages = NULL;

  baleen_history_intake_free (take (database, file));
  messages = load_only (database);
  g_assert_cmpuint (messages->len, ==, 5);
  for (guint i = 0; i < messages->len; i++)
    {
      g_assert_true (g_utf8_validate (nth (messages, i)->text, -1, NULL));
      g_assert_cmpint (nth (messages, i)->parent_id, <, nth (messages, i)->id);
      g_assert_cmpint (nth (messages, i)->id, <, g_get_real_time ());
    }
}

/* A hundred thousand answers to one question, and a chain as long. */
static void
test_large (void)
{
  const guint n = 100000;
  g_autoptr (GString) wide = g_string_new ("{\"format\":\"baleen-history\",\"conversations\":[{"
                                           "\"messages\":[{\"id\":1,\"role\":\"user\","
                                           "\"text\":\"q\"}");
  g_autoptr (GString) tall = g_string_new (wide->str);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import = NULL;
  const double start = own_time ();

  for (guint i = 2; i < n; i++)
    {
      g_string_append_printf (wide, ",{\"id\":%u,\"parent\":1,\"text\":\"a\"}", i);
      g_string_append_printf (tall, ",{\"id\":%u,\"parent\":%u,\"text\":\"a\"}", i, i - 1);
    }
  g_string_append (wide, "]}]}");
  g_string_append (tall, "]}]}");
  for (guint i = 0; i < 2; i++)
    {
      const GString *file = i == 0 ? wide : tall;

      import = baleen_history_import_read ("x", file->str, file->len, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (((BaleenHistoryItem *) import->items->pdata[0])->messages->len, ==, n - 1);
      g_clear_pointer (&import, baleen_history_import_free);
    }
  g_assert_cmpfloat (own_time () - start, <, 20);
}

/* Each prefix and many damaged copies of sound files. */
static void
test_mutations (void)
{
  const char *const files[] = { chatgpt, deepseek };
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autofree char *before = NULL;

  add_random_conversation (database, 1);
  before = dump (database);
  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    {
      const gsize length = strlen (files[f]);

      for (gsize i = 0; i < length; i++)
        try (database, files[f], i);
      for (guint i = 0; i < 1500; i++)
        {
          g_autofree char *copy = g_strdup (files[f]);

          for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
            copy[g_test_rand_int_range (0, length)] = g_test_rand_int_range (1, 256);
          try (database, copy, length);
        }
    }
  /* What was there before is still exactly that. */
  {
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    const gint64 id = 1700000001000000;
    g_autoptr (GPtrArray) items = NULL;
    g_autofree char *after = NULL;

    g_array_append_val (ids, id);
    items = baleen_history_collect (database, ids, NULL);
    after = baleen_history_export (items, BALEEN_EXPORT_JSON, TRUE);
    g_assert_true (g_str_equal (before, after));
  }
}

/* ---- to be read ------------------------------------------------------------------------- */

static void
test_readable (void)
{
  g_autoptr (BaleenDatabase) database = new_history ();
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;
  g_autofree char *html = NULL;

  baleen_history_intake_free (
      take (database,
            "{\"format\":\"baleen-history\",\"conversations\":[{\"title\":\"A <b>\",\"messages\":["
            "{\"id\":1,\"role\":\"user\",\"text\":\"1 < 2\\n  & so\"},{\"id\":2,\"parent\":1,"
            "\"role\":\"assistant\",\"thinking\":\"secret\\nlines\",\"state\":\"stopped\","
            "\"text\":\"**yes** ![p](https://e.org/p.png) <img src=x onerror=y>\","
            "\"sources\":[{\"n\":1,\"title\":\"S\",\"url\":\"https://e.org\"},"
            "{\"n\":2,\"title\":\"J\",\"url\":\"javascript:x\"}]}]}]}"));
  items = baleen_history_collect (database, NULL, NULL);
  with = baleen_history_export (items, BALEEN_EXPORT_MARKDOWN, TRUE);
  without = baleen_history_export (items, BALEEN_EXPORT_MARKDOWN, FALSE);
  html = baleen_history_export (items, BALEEN_EXPORT_HTML, FALSE);
  g_assert_nonnull (strstr (with, "> secret\n> lines\n"));
  g_assert_nonnull (strstr (with, "**yes**"));
  g_assert_nonnull (strstr (with, "*Stopped*"));
  g_assert_nonnull (strstr (with, "1. [S](<https://e.org>)"));
  g_assert_null (strstr (without, "secret"));
  g_assert_null (strstr (html, "secret"));
  g_assert_null (strstr (html, "<img"));
  g_assert_null (strstr (html, "href=\"javascript"));
  g_assert_nonnull (strstr (html, "<strong>yes</strong>"));
  g_assert_nonnull (strstr (html, "1 &lt; 2\n  &amp; so"));
  g_assert_nonnull (strstr (html, "<h1>A &lt;b&gt;</h1>"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/own-json-round-trips", test_round_trip);
  g_test_add_func ("/history/imported-twice-is-there-once", test_twice);
  g_test_add_func ("/history/one-id-for-two-things-keeps-both", test_same_ids);
  g_test_add_func ("/history/chatgpt-export-comes-whole", test_chatgpt);
  g_test_add_func ("/history/deepseek-export-comes-whole", test_deepseek);
  g_test_add_func ("/history/what-is-no-history-is-refused", test_refused);
  g_test_add_func ("/history/broken-trees-lose-nothing", test_broken_trees);
  g_test_add_func ("/history/large-files-take-seconds", test_large);
  g_test_add_func ("/history/damaged-files-harm-nothing", test_mutations);
  g_test_add_func ("/history/exports-are-readable-and-tame", test_readable);
  return g_test_run ();
}
