/* A network of this process's own, where public-looking addresses belong to us: the only way
 * to serve pages to a program that reads none from local addresses. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To be called first of all in main(), before any thread. FALSE with the reason where the
 * system allows no such network. */
gboolean own_net_enter (const char *const *addresses,
                        char             **reason);

/* A resolver for this process that knows these names alone. `addresses` are parted by spaces.
 * A name may change what it leads to: each look takes the next of several added. */
void own_net_add_name (const char *name,
                       const char *addresses);

G_END_DECLS
