/* Rights that a test may have without root: those over what belongs to it alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* This process, which may have no other thread, becomes the root of users of its own, and gets what
 * the flags of unshare(2) say beside. FALSE with a reason where the system gives none. */
gboolean own_user_enter (int    flags,
                         char **reason);

G_END_DECLS
