/* A web server of a test's own: what it answers is the test's. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* as much as came: the request's line, its headers, its body */
  const char *body; /* what stands behind the headers of `text`, "" where nothing does */
  GSocketConnection *connection;
  GInputStream *in;
  GOutputStream *out; /* the answer goes here, head and all; it may end in its middle */
} TestRequest;

/* Runs in a thread of the server's own, one for each connection, which is closed afterwards.
 * Each connection brings one request. */
typedef void (*TestAnswer) (const TestRequest *request,
                            gpointer           user_data);

/* Listens at every address of this network, in threads of its own and until the process ends,
 * so that the test may wait. Returns the port. With a certificate (nullable, kept) it speaks
 * TLS. */
guint16 test_server_start (TestAnswer       answer,
                           GTlsCertificate *certificate,
                           gpointer         user_data);

/* FALSE when the other side has gone. */
gboolean test_server_put (GOutputStream *out,
                          const char    *text);

G_END_DECLS
