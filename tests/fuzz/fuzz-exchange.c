/* What comes over the network: a digit that says what of, then the bytes. */
#include "endpoint-body.h"
#include "event-stream.h"
#include "openai-request.h"
#include "search-provider.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_text (const char *text)
{
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
}

static gboolean
event_cb (const char *data,
          gpointer    events)
{
  g_auto (EndpointPart) part = { 0 };

  if (endpoint_part_read (&part, data))
    {
      check_text (part.text);
      check_text (part.thought);
      check_text (part.finish);
      check_text (part.problem);
    }
  g_string_append_printf (events, "%zu:%s\n", strlen (data), data);
  return TRUE;
}

/* Its events, where the bytes come in pieces of so many. */
static char *
take_events (const char *bytes,
             gsize       length,
             gsize       piece)
{
  GString *events = g_string_new (NULL);
  g_autoptr (EventStream) stream = event_stream_new (event_cb, events);

  for (gsize i = 0; i < length; i += piece)
    event_stream_push (stream, bytes + i, MIN (piece, length - i));
  event_stream_finish (stream);
  return g_string_free (events, FALSE);
}

/* A stream says the same however it is cut. */
static void
read_stream (const char *bytes,
             gsize       length)
{
  g_autofree char *whole = take_events (bytes, length, MAX (length, 1));
  g_autofree char *single = take_events (bytes, length, 1);
  g_autofree char *pieces = take_events (bytes, length, 7);

  g_assert_cmpstr (whole, ==, single);
  g_assert_cmpstr (whole, ==, pieces);
}

static void
read_request (const char *bytes,
              gsize       length)
{
  g_autoptr (GBytes) body = g_bytes_new_static (bytes, length);

  for (guint is_chat = 0; is_chat < 2; is_chat++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OpenaiRequest) request = openai_request_new (body, is_chat, &error);

      g_assert ((request == NULL) == (error != NULL));
      if (error != NULL)
        check_text (error->message);
      else if (request->request != NULL)
        for (guint i = 0; i < request->request->turns->len; i++)
          check_text (((BaleenTurn *) request->request->turns->pdata[i])->text);
    }
}

static void
read_results (const char *bytes,
              gsize       length)
{
  const BaleenSearchProvider *const *providers = baleen_search_providers ();
  g_autoptr (GBytes) body = g_bytes_new_static (bytes, length);

  for (guint i = 0; providers[i] != NULL; i++)
    {
      const BaleenReply reply = { .url = (char *) "http://127.0.0.1/", .status = 200,
                                  .body = body };
      g_autoptr (GPtrArray) results
          = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_search_result_free);
      g_autoptr (GError) error = NULL;
      const gboolean is_read = providers[i]->read_answer (&reply, results, &error);

      g_assert (is_read == (error == NULL));
      for (guint j = 0; j < results->len; j++)
        check_text (((BaleenSearchResult *) results->pdata[j])->title);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static void (*const readers[]) (const char *bytes, gsize length) = {
    read_stream, read_request, read_results,
  };

  if (size > 1)
    readers[data[0] % G_N_ELEMENTS (readers)]((const char *) data + 1, size - 1);
  return 0;
}
