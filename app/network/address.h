/* Which internet addresses belong to the public internet. Everything else (this computer, the
 * local network, a cloud's metadata, addresses kept for documentation) is no place that a page
 * from the web may send us to. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* `bytes` in network order, 4 or 16 of them. IPv4 inside IPv6 (mapped, translated, 6to4) is
 * judged by what is inside, where that is a way to reach it at all. */
gboolean baleen_address_is_public (const guint8 *bytes,
                                   gsize         n_bytes);
gboolean baleen_inet_address_is_public (GInetAddress *address);

/* A place to connect to that only ever leads to public addresses: the name is resolved, and what
 * it resolves to is judged, at the moment of connecting, so a name that changes between a check
 * and its use gains nothing. TLS is still verified against `host`. Enumerating gives
 * BALEEN_NETWORK_ERROR_PRIVATE where the name has no public address. */
GSocketConnectable *baleen_public_address_new (const char *host,
                                               guint16     port);

G_END_DECLS
