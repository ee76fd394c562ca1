/* Long answers: an outline, its sections one after the other, stopped, resumed, written anew,
 * and the text that they make together. */
#include <glib/gstdio.h>
#include <string.h>

#include "chat-fixture.h"
#include "fake-backend.h"
#include "points.h"

static void
open_all (ChatFixture *fixture)
{
  chat_fixture_open (fixture, fake_backend_get ());
  chat_fixture_load (fixture);
}

static void
set_up (ChatFixture  *fixture,
        gconstpointer data)
{
  chat_fixture_init (fixture);
  fake_backend_set_failure (NULL, 0);
  fake_backend_set_prompt (0, 0);
  open_all (fixture);
  fixture->conversation = g_object_ref (baleen_history_get_blank (fixture->history));
}

static void
tear_down (ChatFixture  *fixture,
           gconstpointer data)
{
  chat_fixture_clear (fixture);
}

static BaleenMessage *
make_outline (ChatFixture *fixture)
{
  BaleenMessage *answer;

  fake_backend_set_answer (NULL, "Here it is:\n1. **First**\n2. Second\n   - a detail\n3. Third:\n",
                           100);
  answer = baleen_chat_send_outlined (fixture->chat, fixture->conversation, "Write much.", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  return answer;
}

/* The states of its sections, a digit each. */
static char *
get_states (BaleenMessage *message)
{
  g_autoptr (BaleenOutline) outline
      = baleen_outline_from_json (baleen_message_get_part (message, BALEEN_PART_OUTLINE));
  GString *states = g_string_new (NULL);

  for (guint i = 0; i < outline->sections->len; i++)
    g_string_append_printf (states, "%d", ((BaleenSection *) outline->sections->pdata[i])->state);
  return g_string_free (states, FALSE);
}

static void
assert_states (BaleenMessage *message,
               const char    *expected)
{
  g_autofree char *states = get_states (message);

  g_assert_cmpstr (states, ==, expected);
}

static void
test_outline (ChatFixture  *fixture,
              gconstpointer data)
{
  BaleenMessage *answer = make_outline (fixture);
  g_autofree char *asked = fake_backend_dup_last_turn ();
  g_autoptr (BaleenOutline) outline
      = baleen_outline_from_json (baleen_message_get_part (answer, BALEEN_PART_OUTLINE));

  g_assert_nonnull (strstr (asked, "outline"));
  g_assert_cmpuint (outline->sections->len, ==, 3);
  g_assert_cmpstr (((BaleenSection *) outline->sections->pdata[0])->title, ==, "First");
  g_assert_cmpstr (((BaleenSection *) outline->sections->pdata[2])->title, ==, "Third");
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "");
  assert_states (answer, "000");
}

static void
test_write_all (ChatFixture  *fixture,
                gconstpointer data)
{
  BaleenMessage *answer = make_outline (fixture);
  g_autofree char *asked = NULL;

  fake_backend_set_answer (NULL, "Body text.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==,
                   "## First\n\nBody text.\n\n## Second\n\nBody text.\n\n## Third\n\nBody text.");
  assert_states (answer, "222");
  asked = fake_backend_dup_last_turn ();
  g_assert_nonnull (strstr (asked, "3 (Third)"));
  g_assert_nonnull (strstr (asked, "## Second\n\nBody text."));
}

/* Out of order, anew, and each in its place. */
static void
test_one_by_one (ChatFixture  *fixture,
                 gconstpointer data)
{
  BaleenMessage *answer = make_outline (fixture);

  fake_backend_set_answer (NULL, "Three.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 2, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  fake_backend_set_answer (NULL, "One.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "## First\n\nOne.\n\n## Third\n\nThree.");
  assert_states (answer, "202");

  fake_backend_set_answer (NULL, "Two, with more words.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 1, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  fake_backend_set_answer (NULL, "One once more.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  fake_backend_set_answer (NULL, "3.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 2, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==,
                   "## First\n\nOne once more.\n\n## Second\n\nTwo, with more words.\n\n"
                   "## Third\n\n3.");
  assert_states (answer, "222");
}

/* A stopped section goes on with what it has, and the others follow. */
static void
test_stopped (ChatFixture  *fixture,
              gconstpointer data)
{
  BaleenMessage *answer = make_outline (fixture);
  g_autofree char *begun = NULL;

  fake_backend_set_answer (NULL, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 20000);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, TRUE);
  WAIT_UNTIL (strstr (baleen_message_get_text (answer), "c d") != NULL);
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_STOPPED);
  assert_states (answer, "300");

  fake_backend_set_answer (NULL, " and so on.", 100);
  baleen_chat_continue (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  assert_states (answer, "222");
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), "## First\n\na b c d"));
  g_assert_nonnull (strstr (baleen_message_get_text (answer), "and so on.\n\n## Second"));
}

/* A section in the middle is written anew when the program ends: what stood behind it is on
 * disk and comes back. */
static void
test_interrupted (ChatFixture  *fixture,
                  gconstpointer data)
{
  BaleenMessage *answer = make_outline (fixture);

  fake_backend_set_answer (NULL, "Body text.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  fake_backend_set_answer (NULL, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 20000);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 1, FALSE);
  WAIT_UNTIL (strstr (baleen_message_get_text (answer), "c d") != NULL);
  chat_fixture_close (fixture);

  open_all (fixture);
  fixture->conversation = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  baleen_history_load (fixture->history, fixture->conversation);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (fixture->conversation));
  answer = baleen_conversation_get_head (fixture->conversation);
  g_assert_cmpint (baleen_message_get_state (answer), ==, BALEEN_STATE_INTERRUPTED);
  fake_backend_set_answer (NULL, " end.", 100);
  baleen_chat_continue (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  assert_states (answer, "222");
  g_assert_nonnull (strstr (baleen_message_get_text (answer), "## Second\n\na b c d"));
  g_assert_true (g_str_has_suffix (baleen_message_get_text (answer),
                                   " end.\n\n## Third\n\nBody text."));
}

static BaleenMessage *
send_points (ChatFixture *fixture,
             const char  *question)
{
  g_autoptr (BaleenPoints) points = baleen_points_new (question);
  g_autoptr (BaleenOutline) outline = baleen_points_to_outline (points);

  return baleen_chat_send_in_points (fixture->chat, fixture->conversation, question, NULL, outline,
                                     FALSE);
}

/* Each point is asked by itself, the first with what stands before all of them, and their
 * answers come under headings without anything further being asked for. */
static void
test_points (ChatFixture  *fixture,
             gconstpointer data)
{
  g_autofree char *asked = NULL;
  BaleenMessage *answer;

  fake_backend_set_answer (NULL, "Because.", 100);
  answer = send_points (fixture, "I keep hens.\n1. Why do they moult?\n2. Why do they peck?");
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==,
                   "## 1. Why do they moult?\n\nBecause.\n\n## 2. Why do they peck?\n\nBecause.");
  assert_states (answer, "22");
  asked = fake_backend_dup_last_turn ();
  g_assert_cmpstr (asked, ==, "Why do they peck?");

  fake_backend_set_answer (NULL, "Rain.", 100);
  baleen_chat_write_section (fixture->chat, fixture->conversation, answer, 0, FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer),
                                   "## 1. Why do they moult?\n\nRain.\n\n## 2. "));
  g_free (asked);
  asked = fake_backend_dup_last_turn ();
  g_assert_cmpstr (asked, ==, "I keep hens.\n\nWhy do they moult?");
}

/* With Deep Thinking each point is thought about, and the thoughts stand one below the other;
 * another answer is thought about too. */
static void
test_points_thought (ChatFixture  *fixture,
                     gconstpointer data)
{
  const char *question = "1. Why do hens moult?\n2. Why do they peck?";
  g_autoptr (BaleenPoints) points = baleen_points_new (question);
  g_autoptr (BaleenOutline) outline = baleen_points_to_outline (points);
  BaleenMessage *answer, *again;

  fake_backend_set_answer ("Hm, feathers.", "Because.", 100);
  answer = baleen_chat_send_in_points (fixture->chat, fixture->conversation, question, NULL, outline,
                                       TRUE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==,
                   "## 1. Why do hens moult?\n\nBecause.\n\n## 2. Why do they peck?\n\nBecause.");
  g_assert_cmpstr (baleen_message_get_thought (answer), ==, "Hm, feathers.\n\nHm, feathers.");
  again = baleen_chat_regenerate (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (again));
  g_assert_cmpstr (baleen_message_get_thought (again), ==, "Hm, feathers.\n\nHm, feathers.");
}

/* Stopped or cut off by the end of the program: the point goes on, and the others follow. */
static void
test_points_resumed (ChatFixture  *fixture,
                     gconstpointer data)
{
  BaleenMessage *answer;

  fake_backend_set_answer (NULL, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 20000);
  answer = send_points (fixture, "1. Why?\n2. How?\n3. When?");
  WAIT_UNTIL (strstr (baleen_message_get_text (answer), "c d") != NULL);
  baleen_chat_stop (fixture->chat, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  assert_states (answer, "300");
  baleen_chat_continue (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (baleen_message_get_state (answer) == BALEEN_STATE_ANSWERING);
  chat_fixture_close (fixture);

  open_all (fixture);
  fixture->conversation = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);
  baleen_history_load (fixture->history, fixture->conversation);
  WAIT_UNTIL (baleen_conversation_get_is_loaded (fixture->conversation));
  answer = baleen_conversation_get_head (fixture->conversation);
  fake_backend_set_answer (NULL, " end.", 100);
  baleen_chat_continue (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  assert_states (answer, "222");
  g_assert_true (g_str_has_prefix (baleen_message_get_text (answer), "## 1. Why?\n\na b c d"));
  g_assert_true (g_str_has_suffix (baleen_message_get_text (answer), "## 3. When?\n\n end.")
                 || g_str_has_suffix (baleen_message_get_text (answer), "## 3. When?\n\nend."));
}

/* Another answer to a question in points is one in points. */
static void
test_points_again (ChatFixture  *fixture,
                   gconstpointer data)
{
  BaleenMessage *answer, *again;

  fake_backend_set_answer (NULL, "Once.", 100);
  answer = send_points (fixture, "Why do cats purr? How far is the moon?");
  WAIT_UNTIL (chat_fixture_is_over (answer));
  fake_backend_set_answer (NULL, "Twice.", 100);
  again = baleen_chat_regenerate (fixture->chat, fixture->conversation, answer);
  WAIT_UNTIL (chat_fixture_is_over (again));
  g_assert_cmpstr (baleen_message_get_text (again), ==,
                   "## 1. Why do cats purr?\n\nTwice.\n\n## 2. How far is the moon?\n\nTwice.");
  g_assert_nonnull (strstr (baleen_message_get_text (answer), "Once."));
}

/* What is no list is an answer like any other. */
static void
test_no_list (ChatFixture  *fixture,
              gconstpointer data)
{
  BaleenMessage *answer;

  fake_backend_set_answer (NULL, "I would rather not.", 100);
  answer = baleen_chat_send_outlined (fixture->chat, fixture->conversation, "Write much.", FALSE);
  WAIT_UNTIL (chat_fixture_is_over (answer));
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "I would rather not.");
  g_assert_null (baleen_message_get_part (answer, BALEEN_PART_OUTLINE));
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *titles;
  } cases[] = {
    { "1. A\n2. B", "A|B|" },
    { "一、不是\n1、开头\n2、经过\n3、结尾", "开头|经过|结尾|" },
    { "- A\n  - a detail\n- B\n", "A|B|" },
    { "# A\n\n# B\n", "A|B|" },
    { "Sure!\n\n1) A: \n2) **B**\n", "A|B|" },
    { "A\nB", "A|B|" },
    { "", "" },
    { "1984 was a year\n", "1984 was a year|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaleenOutline) outline = baleen_outline_parse_list (cases[i].text);
      g_autoptr (GString) titles = g_string_new (NULL);

      for (guint k = 0; k < outline->sections->len; k++)
        g_string_append_printf (titles, "%s|",
                                ((BaleenSection *) outline->sections->pdata[k])->title);
      g_assert_cmpstr (titles->str, ==, cases[i].titles);
    }
  g_assert_null (baleen_outline_from_json ("{\"sections\": 3}"));
  g_assert_null (baleen_outline_from_json ("[]"));
  g_assert_null (baleen_outline_from_json (NULL));
}

#define ADD(path, func) g_test_add ("/long-answer/" path, ChatFixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/long-answer/lists-are-outlines", test_parse);
  ADD ("begins-with-its-outline", test_outline);
  ADD ("is-written-section-by-section", test_write_all);
  ADD ("sections-are-written-in-any-order-and-anew", test_one_by_one);
  ADD ("stopped-section-goes-on", test_stopped);
  ADD ("interrupted-section-loses-nothing", test_interrupted);
  ADD ("no-list-is-an-answer", test_no_list);
  ADD ("points-are-asked-one-after-the-other", test_points);
  ADD ("points-are-thought-about-when-wanted", test_points_thought);
  ADD ("points-go-on-after-a-stop-and-a-restart", test_points_resumed);
  ADD ("points-are-answered-again-as-points", test_points_again);

  return g_test_run ();
}
