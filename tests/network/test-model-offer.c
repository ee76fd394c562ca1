/* The window's model, offered to other programs: one engine for both. */
#include "chat-model.h"
#include "endpoint-chat.h"
#include "folder.h"
#include "main-loop.h"
#include "model-offer.h"
#include "network-error.h"
#include "network-log.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_CLIENTS 8

static const char *const whale[] = { "Baleen", " filters", " the", " sea", NULL };
static const char *const parrot[] = { "Parrots", " say", " it", " again", NULL };

#define WHALE "Baleen filters the sea"
#define PARROT "Parrots say it again"

typedef struct
{
  char *folder, *paths[2];
  BaleenEngineService *engine;
  BaleenModelOffer *offer;
} Fixture;

static char *
write_model (Fixture           *fixture,
             const char        *base_name,
             const char *const *words)
{
  g_autoptr (GgufWriter) writer = chat_model_build (NULL, words, FALSE);
  char *path = g_build_filename (fixture->folder, base_name, NULL);

  gguf_writer_write (writer, path);
  return path;
}

static void
load (Fixture *fixture,
      guint    which)
{
  baleen_engine_service_load (fixture->engine, fixture->paths[which]);
  WAIT_UNTIL (baleen_engine_service_get_loading_path (fixture->engine) == NULL);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("baleen-offer-XXXXXX", NULL);
  fixture->paths[0] = write_model (fixture, "whale.gguf", whale);
  fixture->paths[1] = write_model (fixture, "parrot.gguf", parrot);
  fixture->engine = baleen_engine_service_new (baleen_any_backend_get ());
  load (fixture, 0);
  fixture->offer = baleen_model_offer_new (fixture->engine);
  g_assert_true (baleen_model_offer_start (fixture->offer, 0, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->offer);
  baleen_engine_service_close (fixture->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  for (guint i = 0; i < 2; i++)
    g_free (fixture->paths[i]);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* ---- clients ----------------------------------------------------------------------------- */

typedef struct
{
  char *address, *key; /* (owned) */
  GThread *thread;
  char *answer;        /* (owned) or NULL with an error */
  GError *error;       /* (owned) */
  guint n_pieces;
  gint is_over;        /* (atomic) */
} Client;

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    data)
{
  ((Client *) data)->n_pieces++;
  return TRUE;
}

static gpointer
run_client (gpointer data)
{
  Client *client = data;
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new ("n", client->address, "any", NULL);
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_OFF);
  const BaleenEndpointWatch watch = { .piece = piece_cb, .user_data = client };
  g_auto (BaleenGeneration) generation = { 0 };

  baleen_request_add (request, BALEEN_ROLE_USER, "What do you do?", NULL);
  if (baleen_endpoint_chat_run (&generation, endpoint, client->key, request, &watch, NULL,
                                &client->error))
    client->answer = g_steal_pointer (&generation.answer);
  g_atomic_int_set (&client->is_over, TRUE);
  return NULL;
}

static void
start_client (Fixture    *fixture,
              Client     *client,
              const char *key)
{
  *client = (Client) { .address = g_strdup (baleen_model_offer_get_address (fixture->offer)),
                       .key = g_strdup (key) };
  client->thread = g_thread_new ("client", run_client, client);
}

static void
wait_for_client (Client *client)
{
  WAIT_UNTIL (g_atomic_int_get (&client->is_over));
  g_thread_join (client->thread);
}

static void
clear_client (Client *client)
{
  g_free (client->address);
  g_free (client->key);
  g_free (client->answer);
  g_clear_error (&client->error);
}

static void
assert_answer (Fixture    *fixture,
               const char *text)
{
  Client client;

  start_client (fixture, &client, baleen_model_offer_get_key (fixture->offer));
  wait_for_client (&client);
  g_assert_no_error (client.error);
  g_assert_cmpstr (client.answer, ==, text);
  g_assert_cmpuint (client.n_pieces, >, 1);
  clear_client (&client);
}

static BaleenMessage *
ask_in_window (Fixture *fixture)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_OFF);
  BaleenMessage *message = baleen_message_new (1, 0, BALEEN_ROLE_ASSISTANT, "");
  g_autoptr (BaleenAnswerJob) job = NULL;

  baleen_request_add (request, BALEEN_ROLE_USER, "What do you do?", NULL);
  baleen_message_set_state (message, BALEEN_STATE_QUEUED);
  job = baleen_answer_job_new (request, message);
  baleen_engine_service_answer (fixture->engine, job);
  return message;
}

static void
test_beside_the_conversation (Fixture      *fixture,
                              gconstpointer data)
{
  Client clients[N_CLIENTS];
  g_autoptr (BaleenMessage) message = NULL;

  for (guint i = 0; i < N_CLIENTS; i++)
    start_client (fixture, &clients[i], baleen_model_offer_get_key (fixture->offer));
  message = ask_in_window (fixture);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      wait_for_client (&clients[i]);
      g_assert_no_error (clients[i].error);
      g_assert_cmpstr (clients[i].answer, ==, WHALE);
      clear_client (&clients[i]);
    }
  WAIT_UNTIL (!baleen_state_is_running (baleen_message_get_state (message)));
  g_assert_cmpstr (baleen_message_get_text (message), ==, WHALE);
}

static void
test_follows_the_window (Fixture      *fixture,
                         gconstpointer data)
{
  assert_answer (fixture, WHALE);
  load (fixture, 1);
  assert_answer (fixture, PARROT);
  baleen_engine_service_sleep (fixture->engine);
  assert_answer (fixture, PARROT);
}

static void
test_key_is_renewed (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *old = g_strdup (baleen_model_offer_get_key (fixture->offer));
  g_autofree char *address = g_strdup (baleen_model_offer_get_address (fixture->offer));
  g_autoptr (GError) error = NULL;
  Client client;

  g_assert_true (baleen_model_offer_renew_key (fixture->offer, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (baleen_model_offer_get_address (fixture->offer), ==, address);
  g_assert_cmpstr (baleen_model_offer_get_key (fixture->offer), !=, old);
  start_client (fixture, &client, old);
  wait_for_client (&client);
  g_assert_error (client.error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY);
  clear_client (&client);
  assert_answer (fixture, WHALE);
}

static void
test_switched_off (Fixture      *fixture,
                   gconstpointer data)
{
  Client clients[2];

  start_client (fixture, &clients[0], baleen_model_offer_get_key (fixture->offer));
  start_client (fixture, &clients[1], baleen_model_offer_get_key (fixture->offer));
  baleen_model_offer_stop (fixture->offer);
  g_assert_null (baleen_model_offer_get_address (fixture->offer));
  g_assert_null (baleen_model_offer_get_key (fixture->offer));
  for (guint i = 0; i < 2; i++)
    {
      wait_for_client (&clients[i]);
      g_assert_null (clients[i].answer);
      g_assert_nonnull (clients[i].error);
      clear_client (&clients[i]);
    }
  g_assert_true (baleen_model_offer_start (fixture->offer, 0, NULL));
  assert_answer (fixture, WHALE);
}

static guint
count_inbound (void)
{
  GListModel *entries = baleen_network_log_get_entries (baleen_network_log_get ());
  guint n_inbound = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);

      n_inbound += baleen_network_entry_get_purpose (entry) == BALEEN_PURPOSE_INBOUND;
    }

  return n_inbound;
}

/* In the middle of what it does for them: some are answered, some wait, and all are let go. */
static void
test_switched_off_while_answering (Fixture      *fixture,
                                   gconstpointer data)
{
  const guint n_before = count_inbound ();
  Client clients[N_CLIENTS];

  for (guint i = 0; i < N_CLIENTS; i++)
    start_client (fixture, &clients[i], baleen_model_offer_get_key (fixture->offer));
  WAIT_UNTIL (count_inbound () >= n_before + N_CLIENTS);
  baleen_model_offer_stop (fixture->offer);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      wait_for_client (&clients[i]);
      g_assert_true ((clients[i].answer == NULL) == (clients[i].error != NULL));
      clear_client (&clients[i]);
    }
}

static void
test_clients_are_in_the_log (Fixture      *fixture,
                             gconstpointer data)
{
  GListModel *entries = baleen_network_log_get_entries (baleen_network_log_get ());
  guint n_before = g_list_model_get_n_items (entries), n_inbound = 0;

  assert_answer (fixture, WHALE);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (entries, i);

      n_inbound += baleen_network_entry_get_purpose (entry) == BALEEN_PURPOSE_INBOUND;
    }
  g_assert_cmpuint (g_list_model_get_n_items (entries), >, n_before);
  g_assert_cmpuint (n_inbound, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* No keyring of the person who runs this. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

#define ADD(path, func) g_test_add ("/offer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("beside-the-conversation", test_beside_the_conversation);
  ADD ("follows-the-window", test_follows_the_window);
  ADD ("key-is-renewed", test_key_is_renewed);
  ADD ("switched-off", test_switched_off);
  ADD ("switched-off-while-answering", test_switched_off_while_answering);
  ADD ("clients-are-in-the-log", test_clients_are_in_the_log);

  return g_test_run ();
}
