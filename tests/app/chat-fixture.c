#include "chat-fixture.h"

#include "folder.h"

void
chat_fixture_init (ChatFixture *fixture)
{
  fixture->directory = g_dir_make_tmp ("baleen-chat-XXXXXX", NULL);
  fixture->model = g_build_filename (fixture->directory, "scripted.gguf", NULL);
  g_assert_true (g_file_set_contents (fixture->model, "script", -1, NULL));
}

void
chat_fixture_clear (ChatFixture *fixture)
{
  chat_fixture_close (fixture);
  folder_remove (fixture->directory);
  g_clear_pointer (&fixture->directory, g_free);
  g_clear_pointer (&fixture->model, g_free);
}

void
chat_fixture_open (ChatFixture         *fixture,
                   const BaleenBackend *backend)
{
  fixture->store = baleen_store_new (fixture->directory);
  fixture->history = baleen_history_new (fixture->store);
  fixture->engine = baleen_engine_service_new (backend);
  fixture->chat = baleen_chat_new (fixture->history, fixture->engine);
  WAIT_UNTIL (baleen_history_get_is_opened (fixture->history));
}

void
chat_fixture_close (ChatFixture *fixture)
{
  g_clear_object (&fixture->conversation);
  if (fixture->chat == NULL)
    return;
  baleen_chat_close (fixture->chat);
  baleen_engine_service_close (fixture->engine);
  baleen_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->chat));
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  g_assert_finalize_object (g_steal_pointer (&fixture->history));
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

void
chat_fixture_load (ChatFixture *fixture)
{
  baleen_engine_service_load (fixture->engine, fixture->model);
  WAIT_UNTIL (baleen_engine_service_get_status (fixture->engine) == BALEEN_ENGINE_READY);
}

gboolean
chat_fixture_is_over (BaleenMessage *message)
{
  return !baleen_state_is_running (baleen_message_get_state (message));
}
