/* A request whose answer comes in pieces, over minutes. Blocks, so it belongs on a thread that
 * may wait; any thread but one at a time for one message. */
#pragma once

#include "network-error.h"
#include "network-log.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  guint status;
  char *content_type; /* (nullable) without parameters */
  char *retry_after;  /* (nullable) */
  gboolean is_events; /* by its type, or by how it begins */
  char *body;         /* of an answer that was no stream of events: its beginning, as text */
} BaleenStreamed;

void baleen_streamed_clear (BaleenStreamed *streamed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenStreamed, baleen_streamed_clear)

/* Each event's data; FALSE ends the exchange. */
typedef gboolean (*BaleenStreamingFunc) (const char *data,
                                         gpointer    user_data);

/* `seconds` may pass in which nothing comes. TRUE for any status; errors are
 * BALEEN_NETWORK_ERROR or G_IO_ERROR_CANCELLED, after what events there were. */
gboolean baleen_streaming_run (BaleenStreamed      *streamed,
                               SoupMessage         *message,
                               BaleenPurpose        purpose,
                               guint                seconds,
                               BaleenStreamingFunc  func,
                               gpointer             user_data,
                               GCancellable        *cancellable,
                               GError             **error);

G_END_DECLS
