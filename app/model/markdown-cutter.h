/* A text that grows, cut where what is above the cut cannot change any more: only what is
 * below is parsed again at each change. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of the first part of `text` that can be parsed by itself, whatever follows; 0 when
 * all of it may still change. */
gsize baleen_markdown_next_cut (const char *text);

/* The last part of a growing text as it is best shown now: what is open is closed, and a mark
 * at its end of which nobody knows yet what it will be is held back. Tells in `is_held`
 * whether it was; ask again without `hold` once it has waited long enough. */
char *baleen_markdown_complete (const char *text,
                                gboolean    hold,
                                gboolean   *is_held);

/* Appends the link definitions (“[name]: address”) of the first `length` bytes. */
void baleen_markdown_collect_definitions (const char *text,
                                          gsize       length,
                                          GString    *definitions);

G_END_DECLS
