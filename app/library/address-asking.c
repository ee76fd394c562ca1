#include "address-asking.h"

#include "endpoint-chat.h"
#include "network-error.h"

#include <string.h>

/* ---- which files an address means ----------------------------------------------------- */

typedef struct
{
  char *address;
  char *mirror; /* (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->address);
  g_free (question->mirror);
  g_free (question);
}

static void
resolve_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  GPtrArray *files = baleen_model_address_resolve (question->address, question->mirror,
                                                   cancellable, &error);

  if (files != NULL)
    g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
baleen_address_asking_resolve_async (const char         *address,
                                     const char         *mirror,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->address = g_strdup (address);
  question->mirror = g_strdup (mirror);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, resolve_thread);
}

GPtrArray *
baleen_address_asking_resolve_finish (GAsyncResult *result,
                                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what a server has ---------------------------------------------------------------- */

typedef struct
{
  BaleenEndpoint *endpoint;
  char *key;    /* (nullable) */
  char *before; /* (nullable) */
} Server;

static void
server_free (gpointer data)
{
  Server *server = data;

  baleen_endpoint_free (server->endpoint);
  g_free (server->key);
  g_free (server->before);
  g_free (server);
}

static Server *
server_new (const BaleenEndpoint *endpoint,
            const char           *key,
            const char           *before)
{
  Server *server = g_new0 (Server, 1);

  server->endpoint = baleen_endpoint_copy (endpoint);
  server->key = g_strdup (key);
  server->before = g_strdup (before);

  return server;
}

void
baleen_endpoint_test_free (BaleenEndpointTest *test)
{
  g_strfreev (test->models);
  g_free (test);
}

/* Pieces of more than one moment are a stream. */
typedef struct
{
  guint n_pieces;
  gboolean has_thought;
} Heard;

static gboolean
piece_cb (BaleenPiece piece,
          const char *text,
          gsize       length,
          gpointer    user_data)
{
  Heard *heard = user_data;

  heard->n_pieces++;
  if (piece != BALEEN_PIECE_ANSWER)
    heard->has_thought = TRUE;

  return TRUE;
}

static gboolean
ask_model (BaleenEndpointTest   *test,
           const BaleenEndpoint *endpoint,
           const char           *key,
           GCancellable         *cancellable,
           GError              **error)
{
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_MODEL);
  g_auto (BaleenGeneration) generation = { 0 };
  Heard heard = { 0 };
  const BaleenEndpointWatch watch = { .piece = piece_cb, .user_data = &heard };

  baleen_request_add (request, BALEEN_ROLE_USER, "Count from one to five.", NULL);
  request->max_tokens = 64;
  if (!baleen_endpoint_chat_run (&generation, endpoint, key, request, &watch, cancellable, error))
    return FALSE;
  test->was_asked = TRUE;
  test->streams = heard.n_pieces > 1;
  test->thinks = heard.has_thought || *generation.thought != '\0';

  return TRUE;
}

/* A server that keeps no list may answer all the same. */
static gboolean
may_answer (const BaleenEndpoint *endpoint,
            const GError         *error)
{
  return !g_str_equal (endpoint->model, BALEEN_ENDPOINT_ANY_MODEL)
         && (g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS)
             || g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REQUEST)
             || g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER));
}

static BaleenEndpointTest *
run_test (Server       *server,
          GCancellable *cancellable,
          GError      **error)
{
  BaleenEndpoint *endpoint = server->endpoint;
  g_autoptr (BaleenEndpointTest) test = g_new0 (BaleenEndpointTest, 1);
  g_autoptr (GError) problem = NULL;
  g_autofree char *key = server->key != NULL ? g_strdup (server->key)
                                             : baleen_endpoint_get_key (endpoint, NULL);

  test->models = baleen_endpoint_list_models (endpoint, key, cancellable, &problem);
  if (test->models == NULL && !may_answer (endpoint, problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (test->models == NULL)
    test->models = g_new0 (char *, 1);
  if (g_str_equal (endpoint->model, BALEEN_ENDPOINT_ANY_MODEL) && test->models[0] != NULL
      && test->models[1] == NULL)
    {
      g_free (endpoint->model);
      endpoint->model = g_strdup (test->models[0]);
    }
  if (!g_str_equal (endpoint->model, BALEEN_ENDPOINT_ANY_MODEL)
      && !ask_model (test, endpoint, key, cancellable, error))
    return NULL;

  return g_steal_pointer (&test);
}

static void
test_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  BaleenEndpointTest *test = run_test (data, cancellable, &error);

  if (test != NULL)
    g_task_return_pointer (task, test, (GDestroyNotify) baleen_endpoint_test_free);
  else
    g_task_return_error (task, error);
}

void
baleen_address_asking_test_async (const BaleenEndpoint *endpoint,
                                  const char           *key,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, server_new (endpoint, key, NULL), server_free);
  g_task_run_in_thread (task, test_thread);
}

BaleenEndpointTest *
baleen_address_asking_test_finish (GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- keeping it ----------------------------------------------------------------------- */

/* No key was typed, and none before. */
static gboolean
is_keyless (const Server *server)
{
  const char *name = server->before != NULL ? server->before : server->endpoint->name;
  g_autoptr (BaleenEndpoint) known = baleen_endpoints_find (name, NULL);

  return server->key == NULL && (known == NULL || known->is_keyless);
}

/* The key of one that was renamed goes along. */
static gboolean
keep (const Server *server,
      GError      **error)
{
  const gboolean is_renamed
      = server->before != NULL && !g_str_equal (server->before, server->endpoint->name);
  g_autoptr (BaleenEndpoint) old
      = is_renamed ? baleen_endpoints_find (server->before, NULL) : NULL;
  g_autofree char *key = server->key != NULL ? g_strdup (server->key)
                         : old != NULL       ? baleen_endpoint_get_key (old, NULL)
                                             : NULL;

  server->endpoint->is_keyless = is_keyless (server);
  if (key != NULL
      && !baleen_endpoint_set_key (server->endpoint, *key != '\0' ? key : NULL, error))
    return FALSE;
  if (!baleen_endpoints_put (server->endpoint, error))
    return FALSE;
  if (old != NULL)
    baleen_endpoints_remove (server->before, NULL);

  return TRUE;
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (keep (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
baleen_address_asking_keep_async (const BaleenEndpoint *endpoint,
                                  const char           *key,
                                  const char           *before,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, server_new (endpoint, key, before), server_free);
  g_task_run_in_thread (task, keep_thread);
}

gboolean
baleen_address_asking_keep_finish (GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
