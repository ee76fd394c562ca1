#pragma once

#include "baleen-database.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _BaleenDatabase
{
  sqlite3 *db;                    /* (owned) */
  sqlite3_stmt *put_conversation; /* (owned) */
  sqlite3_stmt *put_message;      /* (owned) */
  sqlite3_stmt *get_indexed;      /* (owned) the text of a message, if it is in the index */
  sqlite3_stmt *get_created;      /* (owned) of a conversation */
  sqlite3_stmt *get_home;         /* (owned) the conversation of a message */
  gboolean is_index_mended;       /* made anew since the file was opened */
};

/* Sets the sentence for an SQLite result; a full disk and a damaged file have codes of their own.
 * Returns FALSE. */
gboolean baleen_database_set_error (GError **error,
                                    int      result,
                                    int      code);
/* TRUE for SQLITE_OK and SQLITE_DONE; anything else ends the transaction. Damage makes the index
 * anew, once: it says the same whether the index is damaged or all. */
gboolean baleen_database_finish_write (BaleenDatabase *self,
                                       int             result,
                                       GError        **error);

/* Makes the index anew, outside of a transaction. FALSE if it was not to be done. */
gboolean baleen_database_mend_index (BaleenDatabase *self);

/* baleen-database-records.c; returns an SQLite result. */
int baleen_database_prepare_records (BaleenDatabase *self);

G_END_DECLS
