/* Keys of services, in the user's keyring: never in a file of ours, an argument, a log or an
 * export. Blocks while the keyring asks to be unlocked. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `kind` ("endpoint", "search", "download") and `name` say which one; `host` is for the label
 * that the keyring shows and for sentences. NULL without an error where there is none. */
char *baleen_secrets_get (const char *kind,
                          const char *name,
                          const char *host,
                          GError    **error);
/* NULL takes it away. */
gboolean baleen_secrets_set (const char *kind,
                             const char *name,
                             const char *host,
                             const char *secret, /* (nullable) */
                             GError    **error);

G_END_DECLS
