/* One answer from an endpoint: the request as that server takes it, the stream of its answer,
 * its refusals in words. Blocks. */
#pragma once

#include "baleen-request.h"
#include "completion.h"
#include "endpoint.h"

G_BEGIN_DECLS

typedef struct
{
  /* FALSE ends the answer. */
  gboolean (*piece) (BaleenPiece piece,
                     const char *text,
                     gsize       length,
                     gpointer    user_data);
  /* (nullable) The server is busy, and is asked again in so many seconds: once for each second that
   * passes, and at last with 0. */
  void (*waiting) (guint    seconds,
                   gpointer user_data);
  /* (nullable) Asked several times a second meanwhile; TRUE: it is asked now. */
  gboolean (*is_hurried) (gpointer user_data);
  gpointer user_data;
} BaleenEndpointWatch;

/* Being cancelled is no error: what there is, is in `generation`. Its counts are the server's,
 * or estimates where it gives none. Errors are BALEEN_NETWORK_ERROR; pieces that came before
 * one were told. */
gboolean baleen_endpoint_chat_run (BaleenGeneration          *generation,
                                   const BaleenEndpoint      *endpoint,
                                   const char                *key, /* (nullable) */
                                   const BaleenRequest       *request,
                                   const BaleenEndpointWatch *watch,
                                   GCancellable              *cancellable,
                                   GError                   **error);

/* Tokens of a text without its tokenizer: near enough to show with “≈”. */
gsize baleen_endpoint_estimate_tokens (const char *text);

/* Names of the server's models, for choosing one. NULL-terminated. */
char **baleen_endpoint_list_models (const BaleenEndpoint *endpoint,
                                    const char           *key,
                                    GCancellable         *cancellable,
                                    GError              **error);

G_END_DECLS
