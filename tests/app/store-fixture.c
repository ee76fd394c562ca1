#include "store-fixture.h"

#include "folder.h"

void
store_fixture_set_up (StoreFixture *fixture,
        gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("baleen-store-XXXXXX", NULL);
}

void
store_fixture_close (StoreFixture *fixture)
{
  if (fixture->store != NULL)
    baleen_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->store);
  g_clear_pointer (&fixture->records, g_ptr_array_unref);
}

void
store_fixture_tear_down (StoreFixture *fixture,
           gconstpointer data)
{
  store_fixture_close (fixture);
  folder_remove (fixture->directory);
  g_free (fixture->directory);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = baleen_store_open_finish (BALEEN_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = baleen_store_load_finish (BALEEN_STORE (source), result, &error);
  g_assert_no_error (error);
}

void
store_fixture_open (StoreFixture *fixture)
{
  fixture->store = baleen_store_new (fixture->directory);
  baleen_store_open_async (fixture->store, opened_cb, &fixture->records);
  while (fixture->records == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

GPtrArray *
store_fixture_load (StoreFixture *fixture,
      gint64   id)
{
  GPtrArray *messages = NULL;

  baleen_store_load_async (fixture->store, id, loaded_cb, &messages);
  while (messages == NULL)
    g_main_context_iteration (NULL, TRUE);
  return messages;
}

BaleenConversation *
store_fixture_say (BaleenStore *store,
     const char  *question,
     const char  *answer,
     BaleenState  state)
{
  BaleenConversation *conversation = baleen_conversation_new (baleen_store_next_id (store));
  g_autoptr (BaleenMessage) user
      = baleen_message_new (baleen_store_next_id (store), 0, BALEEN_ROLE_USER, question);
  g_autoptr (BaleenMessage) reply
      = baleen_message_new (baleen_store_next_id (store), baleen_message_get_id (user),
                            BALEEN_ROLE_ASSISTANT, answer);

  baleen_message_set_state (reply, state);
  baleen_conversation_add (conversation, user);
  baleen_conversation_add (conversation, reply);
  baleen_store_save (store, conversation, user, FALSE);
  baleen_store_save (store, conversation, reply, TRUE);
  return conversation;
}
