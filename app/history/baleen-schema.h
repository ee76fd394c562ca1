/* The shape of the history file and how an older shape becomes it. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* "Baln": says to every program whose file it is. */
#define BALEEN_APPLICATION_ID 0x42616c6e

/* Step i takes a file of version i to version i + 1; a step of a released version is never
 * changed, only followed by another. */
extern const char *const baleen_schema_steps[];
extern const guint baleen_schema_n_steps;

/* Brings an open file to version `n_steps`, all steps in one transaction. A file that holds
 * something is first copied to "PATH.vN" with its old version N. Returns an SQLite result;
 * unless it is SQLITE_OK nothing was changed. `path` is NULL for a file in memory. The connection
 * knows the tokenizer of baleen-search-index.h. */
int baleen_schema_upgrade (sqlite3           *db,
                           const char        *path,
                           const char *const *steps,
                           guint              n_steps);

/* A PRAGMA that gives one number; -1 when it cannot be read. */
gint64 baleen_schema_get_pragma (sqlite3    *db,
                                 const char *name);

G_END_DECLS
