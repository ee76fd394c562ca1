/* A web server that does what web servers do to us: answers, sends on, drips, never ends. It
 * listens on every address of this network and counts who came to one that is not public. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The port it listens on; it runs in threads of its own until the process ends. */

guint16 wild_server_start (void);

/* Connections that reached an address which is not public, since the last call. */
guint wild_server_take_private (void);
/* Requests answered, since the last call. */
guint wild_server_take_requests (void);
/* The last request whole, headers included. */
char *wild_server_get_last_request (void);

G_END_DECLS
