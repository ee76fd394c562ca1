/* An HTTP server for other programs on this computer, and for nobody else: it listens on the
 * loopback address, asks for a key, and refuses what a web page sends from a browser, whatever
 * name the page gives us (DNS rebinding). Main context of the thread that made it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALEEN_HTTP_MOST_BODY (16u << 20)

typedef struct _BaleenHttpService BaleenHttpService;
typedef struct _BaleenHttpCall BaleenHttpCall;

/* A call that passed all checks. Answer it with one of the functions below, now or later. */
typedef void (*BaleenHttpFunc) (BaleenHttpCall *call,
                                gpointer        user_data);

/* Port 0: any free one. The key is required of every call. */
BaleenHttpService *baleen_http_service_new (guint16          port,
                                            const char      *key,
                                            BaleenHttpFunc   func,
                                            gpointer         user_data,
                                            GError         **error);
/* Closes all connections. */
void baleen_http_service_free (BaleenHttpService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenHttpService, baleen_http_service_free)

guint16 baleen_http_service_get_port (BaleenHttpService *service);

/* ---- a call --------------------------------------------------------------------------- */

BaleenHttpCall *baleen_http_call_ref (BaleenHttpCall *call);
void baleen_http_call_unref (BaleenHttpCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenHttpCall, baleen_http_call_unref)

const char *baleen_http_call_get_method (BaleenHttpCall *call);
const char *baleen_http_call_get_path (BaleenHttpCall *call);
GBytes *baleen_http_call_get_body (BaleenHttpCall *call); /* (transfer full) */

/* Cancelled when the client goes away. */
GCancellable *baleen_http_call_get_cancellable (BaleenHttpCall *call);

/* A whole answer. */
void baleen_http_call_answer (BaleenHttpCall *call,
                              guint           status,
                              const char     *json);
/* A stream of events, each of them a line of data; then end(). */
void baleen_http_call_begin_events (BaleenHttpCall *call);
void baleen_http_call_send_event (BaleenHttpCall *call,
                                  const char     *data);
void baleen_http_call_end_events (BaleenHttpCall *call);

G_END_DECLS
