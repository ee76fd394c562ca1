/* Titles by the model: only after the first answer, never over the user's, and only sane ones. */
#include <glib/gstdio.h>

#include "baleen-titler.h"
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
  char *directory;
  BaleenStore *store;
  BaleenHistory *history;
  BaleenEngineService *engine;
  BaleenChat *chat;
  BaleenTitler *titler;
} Fixture;

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
run_for (guint milliseconds)
{
  const gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  const guint ticker = g_timeout_add (5, tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticker);
}

#define WAIT_UNTIL(condition)                                          \
  for (gint64 end_ = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;    \
       !(condition); run_for (10))                                     \
  g_assert_cmpint (g_get_monotonic_time (), <, end_)

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *model = NULL;

  fixture->directory = g_dir_make_tmp ("baleen-titles-XXXXXX", NULL);
  fixture->store = baleen_store_new (fixture->directory);
  fixture->history = baleen_history_new (fixture->store);
  fixture->engine = baleen_engine_service_new (fake_backend_get ());
  fixture->chat = baleen_chat_new (fixture->history, fixture->engine);
  fixture->titler = baleen_titler_new (fixture->history, fixture->chat, fixture->engine);
  WAIT_UNTIL (baleen_history_get_is_opened (fixture->history));
  model = g_build_filename (fixture->directory, "Script.gguf", NULL);
  g_file_set_contents (model, "script", -1, NULL);
  baleen_engine_service_load (fixture->engine, model);
  WAIT_UNTIL (baleen_engine_service_get_status (fixture->engine) == BALEEN_ENGINE_READY);
  fake_backend_set_answer (NULL, "They eat krill.", 100);
  fake_backend_set_batch_answer ("Whales and krill");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  g_object_run_dispose (G_OBJECT (fixture->titler));
  baleen_engine_service_close (fixture->engine);
  baleen_store_close (fixture->store);
  run_for (20);
  g_clear_object (&fixture->titler);
  g_clear_object (&fixture->chat);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->store);
  fake_backend_set_batch_answer (NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
}

static BaleenConversation *
ask (Fixture *fixture)
{
  BaleenConversation *conversation = baleen_history_get_blank (fixture->history);

  baleen_chat_send (fixture->chat, conversation, "What do whales eat?", FALSE);
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
  baleen_chat_send (fixture->chat, conversation, "And krill?", FALSE);
  wait_for_answer (conversation);
  run_for (100);
  g_assert_cmpstr (baleen_conversation_get_title (conversation), ==, "Whales and krill");
}

static void
test_user_first (Fixture      *fixture,
                 gconstpointer data)
{
  BaleenConversation *conversation = ask (fixture);

  baleen_history_rename (fixture->history, conversation, "Mine");
  wait_for_answer (conversation);
  run_for (100);
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
  baleen_history_rename (fixture->history, first, "Mine");
  run_for (200);
  g_assert_cmpstr (baleen_conversation_get_title (first), ==, "Mine");

  second = g_object_ref (ask (fixture));
  wait_for_answer (second);
  baleen_history_hide (fixture->history, second);
  baleen_history_delete (fixture->history, second);
  run_for (200);
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
  run_for (100);
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
  run_for (100);
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
