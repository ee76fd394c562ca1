/* What came from the web, kept for a while so that a repeat needs no network: files in the
 * user's cache folder, readable by nobody else. Whatever is wrong with them only means that
 * they are not there. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long, in days: one at first. 0: nothing is kept, and what is there is forgotten. In all it
 * is no more than some dozens of megabytes. */
void baleen_web_cache_set_days (guint days);

/* A value in normal form of the given type; NULL where there is none, or it is older than the
 * days, or than `most_seconds` unless that is 0. */
GVariant *baleen_web_cache_get (const char *kind,
                                const char *key,
                                const char *type,
                                guint       most_seconds);
/* Takes a floating value. */
void baleen_web_cache_put (const char *kind,
                           const char *key,
                           GVariant   *value);
/* Forgets everything. */
void baleen_web_cache_clear (void);

G_END_DECLS
