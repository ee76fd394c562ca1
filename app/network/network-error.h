/* What goes wrong on the way to another computer, in sentences for people. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALEEN_NETWORK_ERROR (baleen_network_error_quark ())
GQuark baleen_network_error_quark (void);

typedef enum
{
  BALEEN_NETWORK_ERROR_ADDRESS,     /* not an address we open */
  BALEEN_NETWORK_ERROR_PRIVATE,     /* leads into a private network */
  BALEEN_NETWORK_ERROR_UNREACHABLE, /* no name, no route, refused, cut */
  BALEEN_NETWORK_ERROR_OFFLINE,     /* nothing is reachable from here */
  BALEEN_NETWORK_ERROR_CERTIFICATE,
  BALEEN_NETWORK_ERROR_SLOW,
  BALEEN_NETWORK_ERROR_TOO_LARGE,
  BALEEN_NETWORK_ERROR_REDIRECTS,
  BALEEN_NETWORK_ERROR_STATUS,      /* the server says no */
  BALEEN_NETWORK_ERROR_LIMIT,       /* the server says: too often */
  BALEEN_NETWORK_ERROR_CAPTCHA,     /* the server wants a person */
  BALEEN_NETWORK_ERROR_KEY,         /* missing or refused */
  BALEEN_NETWORK_ERROR_ANSWER,      /* not what was asked for */
  BALEEN_NETWORK_ERROR_REQUEST,     /* the server says no to this request; others may do */
} BaleenNetworkError;

/* Turns what GIO and libsoup say about `host` into one of the above, in place. Cancelling and
 * errors of ours stay what they are. */
void baleen_network_error_explain (GError     **error,
                                   const char  *host);

G_END_DECLS
