/* Titles by the model: only after the first answer, never over the user's, and only sane ones. */
#include <glib/gstdio.h>

#include "baleen-titler.h"
#include "chat-fixture.h"
#include "fake-backend.h"

static void
test_sane (void)
{
  static const struct
  {
    const char *reply;
    const char *title; /* NULL: none */
  } cases[] = {
    { "What whales eat", "What whales eat" },
    { "\"Whale food\"\n", "Whale food" },
    { "**Title: Feeding of whales.**", "Feeding of whales" },
    { "\n\n# Whales and krill\nMore text", "Whales and krill" },
    { "《鲸鱼的食物》", "鲸鱼的食物" },
    { "标题：鲸鱼吃磷虾", "鲸鱼吃磷虾" },
    { "", NULL },
    { "\n \n", NULL },
    { "Title:", NULL },
    { "W", NULL },
    { "The weather of tomorrow", NULL },
    { "whales whales whales whales", NULL },
    { "whales eat a b c d e f g h i j k l", NULL },
    { "The whales eat krill 3 times a day.", NULL },
    { "Whales are large animals that live in the sea and eat krill, fish and more", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title
          = baleen_title_from_reply (cases[i].reply, "What do whales eat? 鲸鱼吃什么食物？",
                                     "They eat krill. 磷虾。 Feeding takes hours.");

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

typedef struct
{
  ChatFixture all;
  BaleenTitler *titler;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  chat_fixture_init (&fixture->all);
  chat_fixture_open (&fixture->all, fake_backend_get ());
  fixture->titler
      = baleen_titler_new (fixture->all.history, fixture->all.chat, fixture->all.engine);
  chat_fixture_load (&fixture->all);
  fake_backend_set_answer (NULL, "They eat krill.", 100);
  fake_backend_set_batch_answer ("Whales and krill");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->titler));
  chat_fixture_clear (&fixture->all);
  fake_backend_set_batch_answer (NULL);
}

static BaleenConversation *
ask (Fixture *fixture)
{
  BaleenConversation *conversation = baleen_history_get_blank (fixture->all.history);

  baleen_chat_send (fixture->all.chat, conversation, "What do whales eat?", FALSE);
  return conversation;
}

static void
wait_for_answer (BaleenConversation *conversation)
{
  WAIT_UNTIL (!baleen_conversation_get_is_running (conversation));
}

static void
test_after_first (Fixture      *fixture,
                  gconstpointer data)
{
  BaleenConversation *conversation = ask (fixture);

  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "What do whales eat?");
  wait_for_answer (conversation);
  WAIT_UNTIL (baleen_conversation_get_title_source (conversation) == BALEEN_TITLE_MODEL);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "Whales and krill");

  /* Later answers leave it as it is. */
  fake_backend_set_batch_answer ("Krill for whales");
  baleen_chat_send (fixture->all.chat, conversation, "And krill?", FALSE);
  wait_for_answer (conversation);
  main_loop_run_for (100);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "Whales and krill");
}

static void
test_user_first (Fixture      *fixture,
                 gconstpointer data)
{
  BaleenConversation *conversation = ask (fixture);

  baleen_history_rename (fixture->all.history, conversation, "Mine");
  wait_for_answer (conversation);
  main_loop_run_for (100);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "Mine");
  g_assert_cmpint (baleen_conversation_get_title_source (conversation), ==, BALEEN_TITLE_USER);
}

/* Renamed and deleted while the model is at it. */
static void
test_meanwhile (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BaleenConversation) first = NULL;
  g_autoptr (BaleenConversation) second = NULL;

  fake_backend_set_answer (NULL, "They eat krill.", 50000);
  first = g_object_ref (ask (fixture));
  wait_for_answer (first);
  baleen_history_rename (fixture->all.history, first, "Mine");
  main_loop_run_for (200);
  g_assert_cmpstr (baleen_conversation_get_title (first), ==, "Mine");

  second = g_object_ref (ask (fixture));
  wait_for_answer (second);
  baleen_history_hide (fixture->all.history, second);
  baleen_history_delete (fixture->all.history, second);
  main_loop_run_for (200);
  g_assert_cmpint (baleen_conversation_get_title_source (second), ==, BALEEN_TITLE_WORDS);
}

static void
test_off (Fixture      *fixture,
          gconstpointer data)
{
  BaleenConversation *conversation;

  baleen_titler_set_is_wanted (fixture->titler, FALSE);
  conversation = ask (fixture);
  wait_for_answer (conversation);
  main_loop_run_for (100);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "What do whales eat?");
}

static void
test_nonsense (Fixture      *fixture,
               gconstpointer data)
{
  BaleenConversation *conversation;

  fake_backend_set_batch_answer ("The the the the the");
  conversation = ask (fixture);
  wait_for_answer (conversation);
  main_loop_run_for (100);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "What do whales eat?");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/titles/only-what-can-be-one", test_sane);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/titles/after-the-first-answer", test_after_first);
  ADD ("/titles/never-over-the-users", test_user_first);
  ADD ("/titles/what-happens-meanwhile-wins", test_meanwhile);
  ADD ("/titles/off-leaves-the-first-words", test_off);
  ADD ("/titles/nonsense-leaves-the-first-words", test_nonsense);
  return g_test_run ();
}
