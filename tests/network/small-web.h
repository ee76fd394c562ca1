/* A small web on public-looking addresses of the test's own network: an article, a forum, Chinese
 * news, a table, pages that attack; an engine over them, for a search server to ask; and a search
 * server on the loopback address. Serves on a thread of its own, so that the test may wait. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SMALL_WEB_PUBLIC "93.184.216.34"
#define SMALL_WEB_PRIVATE "10.0.0.1"

/* For own_net_enter(). */
extern const char *const small_web_addresses[];

/* Needs a network of one's own. Returns the port, the same at every address. */
guint16 small_web_start (void);
/* One page more; text copied. It comes before those that are there already. */
void small_web_add (const char *path,
                    const char *title,
                    const char *body);
/* Forgets all pages, the first ones too. */
void small_web_clear (void);
/* The address of a page. Free it. */
char *small_web_at (const char *path);

/* How many requests came since the last call; of these, how many to a private address that
 * were no search. */
guint small_web_take_requests (void);
guint small_web_take_private (void);
/* All that was sent to any address since the last call, heads and bodies. Free it. */
char *small_web_take_log (void);

G_END_DECLS
