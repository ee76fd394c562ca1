#include "web-page.h"

#include "exchange.h"
#include "extractor.h"
#include "web-cache.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE_SECONDS 20
#define MOST_PAGE_BYTES (5 << 20)
#define MOST_REDIRECTS 5

typedef struct
{
  char *url;           /* (owned) as asked for: the cache knows it by that */
  gboolean is_private;
  BaleenReply *reply;  /* (owned) (nullable) */
} Reading;

void
baleen_web_page_free (BaleenWebPage *page)
{
  g_free (page->url);
  g_free (page->title);
  g_clear_pointer (&page->document, baleen_document_free);
  g_free (page);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->url);
  g_clear_pointer (&reading->reply, baleen_reply_free);
  g_free (reading);
}

static BaleenWebPage *
page_new (const char     *url,
          BaleenDocument *document)
{
  BaleenWebPage *page = g_new0 (BaleenWebPage, 1);

  page->url = g_strdup (url);
  page->title = g_strdup (document->title);
  page->document = document;

  return page;
}

static BaleenWebPage *
get_kept (const char *url)
{
  g_autoptr (GVariant) kept = baleen_web_cache_get ("page", url, "(sv)", 0);
  g_autoptr (GVariant) inner = NULL;
  const char *final;
  BaleenDocument *document;
  BaleenWebPage *page;

  if (kept == NULL)
    return NULL;
  g_variant_get (kept, "(&sv)", &final, &inner);
  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE (BALEEN_DOCUMENT_VARIANT)))
    return NULL;
  document = baleen_document_from_variant (inner);
  if (document == NULL)
    return NULL;
  page = page_new (final, document);
  page->is_kept = TRUE;

  return page;
}

/* What the header says of the charset goes where readers look for it: in front of the page. */
static GBytes *
get_body (const BaleenReply *reply)
{
  gsize length;
  const char *bytes = g_bytes_get_data (reply->body, &length);
  g_autoptr (GString) body = NULL;
  gboolean is_html = reply->content_type != NULL && strstr (reply->content_type, "html") != NULL;

  if (reply->charset == NULL || !is_html
      || !g_regex_match_simple ("^[A-Za-z0-9_:.-]+$", reply->charset, 0, 0))
    return g_bytes_ref (reply->body);

  body = g_string_new (NULL);
  g_string_printf (body, "<meta charset=\"%s\">", reply->charset);
  g_string_append_len (body, bytes, length);

  return g_string_free_to_bytes (g_steal_pointer (&body));
}

static const char *
get_extension (const BaleenReply *reply)
{
  if (g_strcmp0 (reply->content_type, "text/plain") == 0)
    return "txt";
  if (g_strcmp0 (reply->content_type, "application/pdf") == 0)
    return "pdf";

  return "webpage";
}

static void
extract_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Reading *reading = data;
  g_autoptr (GUri) uri = g_uri_parse (reading->reply->url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GBytes) body = get_body (reading->reply);
  GError *error = NULL;
  BaleenDocument *document
      = extractor_read_bytes (body, uri != NULL ? g_uri_get_host (uri) : reading->reply->url,
                              get_extension (reading->reply), cancellable, &error);

  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!reading->is_private)
    baleen_web_cache_put ("page", reading->url,
                          g_variant_new ("(sv)", reading->reply->url,
                                         baleen_document_to_variant (document)));
  g_task_return_pointer (task, page_new (reading->reply->url, document),
                         (GDestroyNotify) baleen_web_page_free);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  reading->reply = baleen_exchange_finish (result, &error);
  if (reading->reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (reading->reply->status >= 400)
    {
      g_autoptr (GUri) uri = g_uri_parse (reading->reply->url, G_URI_FLAGS_ENCODED, NULL);

      g_task_return_new_error (task, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                               _("%s does not give this page (%u)."),
                               uri != NULL ? g_uri_get_host (uri) : reading->reply->url,
                               reading->reply->status);
      return;
    }
  g_task_run_in_thread (task, extract_in_thread);
}

void
baleen_web_page_read_async (const char                 *url,
                            const BaleenWebPageOptions *options,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    data)
{
  const BaleenExchangeLimits limits = { .purpose = BALEEN_PURPOSE_PAGE,
                                        .message = options->message, .is_public = TRUE,
                                        .seconds = PAGE_SECONDS, .most_bytes = MOST_PAGE_BYTES,
                                        .most_redirects = MOST_REDIRECTS };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessage) message = NULL;
  GError *error = NULL;
  BaleenWebPage *kept;
  Reading *reading;

  g_task_set_source_tag (task, baleen_web_page_read_async);
  uri = baleen_web_address_parse (url, &error);
  if (uri == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->url = g_uri_to_string (uri);
  reading->is_private = options->is_private;
  g_task_set_task_data (task, reading, reading_free);
  kept = get_kept (reading->url);
  if (kept != NULL)
    {
      g_task_return_pointer (task, kept, (GDestroyNotify) baleen_web_page_free);
      return;
    }
  message = soup_message_new_from_uri ("GET", uri);
  baleen_exchange_async (message, &limits, cancellable, fetched_cb, g_steal_pointer (&task));
}

BaleenWebPage *
baleen_web_page_read_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, baleen_web_page_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
