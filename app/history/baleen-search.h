/* Finding what was said: words in messages and in titles. */
#pragma once

#include "baleen-store.h"
#include "search-text.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 conversation_id;
  gint64 message_id; /* 0: it is the title that matches */
  BaleenRole role;
  gint64 time;   /* when it was said; of a title, when the conversation was last used */
  char *snippet; /* (owned) one line around the first place */
  GArray *spans; /* (owned) of BaleenTextSpan: what matches in it */
} BaleenSearchHit;

void baleen_search_hit_free (BaleenSearchHit *hit);

/* Hits in titles, then in messages, the newest first, `limit` at most; an empty text finds
 * nothing. Every word must be there, the last letters of each may be missing. Cancelled, it is
 * G_IO_ERROR_CANCELLED. */
void baleen_search_async (BaleenStore        *store,
                          const char         *text,
                          guint               limit,
                          GCancellable       *cancellable, /* (nullable) */
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
GPtrArray *baleen_search_finish (GAsyncResult *result,
                                 GError      **error);

/* The same on the thread that owns the database. */
GPtrArray *baleen_search_run (BaleenDatabase *database,
                              const char     *text,
                              guint           limit,
                              GError        **error);

G_END_DECLS
