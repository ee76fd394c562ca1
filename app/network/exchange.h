/* One request over HTTP and its answer, under limits: the only place where the program talks
 * to web servers. Nothing is sent that was not asked for: no cookies, no referrer, no language
 * but that of the interface. Asynchronous, in the thread's main context. */
#pragma once

#include "network-error.h"
#include "network-log.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  BaleenPurpose purpose;
  const char *message;   /* (nullable) whose log entry it is */
  gboolean is_public;    /* only public addresses, wherever redirects lead; without it a
                            redirect must stay on its host */
  guint seconds;         /* for everything together */
  gsize most_bytes;      /* of the body, decoded */
  guint most_redirects;
} BaleenExchangeLimits;

typedef struct
{
  char *url;          /* where it came from in the end */
  guint status;
  char *content_type; /* (nullable) without parameters */
  char *charset;      /* (nullable) as the header says */
  char *retry_after;  /* (nullable) the header, as it is */
  GBytes *body;
} BaleenReply;

void baleen_reply_free (BaleenReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenReply, baleen_reply_free)

/* An http or https address with a host and without a name or password in it; else NULL with a
 * sentence. What is no part of a request, the fragment, is taken off. */
GUri *baleen_web_address_parse (const char *text,
                                GError    **error);

/* Takes any status for an answer; errors are BALEEN_NETWORK_ERROR or G_IO_ERROR_CANCELLED. */
void baleen_exchange_async (SoupMessage                *message,
                            const BaleenExchangeLimits *limits,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    data);
BaleenReply *baleen_exchange_finish (GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
