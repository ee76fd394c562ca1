/* The words of the messages, for searching: an FTS5 table over the text of table “message”, cut
 * by search-text.h. Its rows are written from here, not by triggers, which a connection without
 * trusted schema may not run. Database thread only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Teaches a connection the tokenizer that the index is made with: before anything else is asked
 * of it. Returns an SQLite result. */
int baleen_search_index_register (sqlite3 *db);

/* Each returns an SQLite result. A damaged index is SQLITE_CORRUPT_VTAB: what it indexes is
 * sound, and baleen_search_index_rebuild() makes it anew. */
int baleen_search_index_add (sqlite3    *db,
                             gint64      id,
                             const char *text);
/* `text` as it was added. */
int baleen_search_index_remove (sqlite3    *db,
                                gint64      id,
                                const char *text);
/* All messages of one conversation. */
int baleen_search_index_remove_conversation (sqlite3 *db,
                                             gint64   conversation_id);
/* Adds what is not being written and not yet in it. */
int baleen_search_index_add_missing (sqlite3 *db);
int baleen_search_index_rebuild (sqlite3 *db);

G_END_DECLS
