/* What came from the web, kept for a while so that a repeat needs no network: files in the
 * user's cache folder, readable by nobody else. Whatever is wrong with them only means that
 * they are not there. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day, and in all no more than some dozens of megabytes. */
#define BALEEN_WEB_CACHE_SECONDS (24 * 60 * 60)

/* A value in normal form of the given type; NULL where there is none, or it is too old. */
GVariant *baleen_web_cache_get (const char *kind,
                                const char *key,
                                const char *type);
/* Takes a floating value. */
void baleen_web_cache_put (const char *kind,
                           const char *key,
                           GVariant   *value);
/* Forgets everything. */
void baleen_web_cache_clear (void);

G_END_DECLS
