/* The history file: one SQLite connection, owned by the thread that opened it. What a caller
 * hears of SQLite is one of the errors below and a sentence's end in words.
 *
 * A file is looked at before anything is written to it: one of another program, of a newer
 * Baleen, or damaged is left exactly as it is. */
#pragma once

#include "baleen-record.h"

G_BEGIN_DECLS

#define BALEEN_DATABASE_ERROR (baleen_database_error_quark ())
GQuark baleen_database_error_quark (void);

typedef enum
{
  BALEEN_DATABASE_ERROR_UNREADABLE, /* not a history, damaged, or not to be opened */
  BALEEN_DATABASE_ERROR_NEWER,      /* the message is the version it was written by */
  BALEEN_DATABASE_ERROR_OLDER,      /* only somebody who is alone with it may change its shape */
  BALEEN_DATABASE_ERROR_FULL,       /* no room on the disk */
  BALEEN_DATABASE_ERROR_FAILED,     /* cannot be written now */
} BaleenDatabaseError;

typedef struct _BaleenDatabase BaleenDatabase;

typedef enum
{
  BALEEN_DATABASE_ALONE,   /* an older shape is upgraded; answers that were being written when a
                              program ended become INTERRUPTED */
  BALEEN_DATABASE_BESIDE,  /* another program may be writing it */
  BALEEN_DATABASE_LOOKING, /* nobody can write it, its folder neither: it is read as it lies there,
                              and writes are refused */
} BaleenDatabaseAccess;

/* `path` NULL: in memory. The error is UNREADABLE, NEWER, FULL or FAILED, and unless
 * alone also OLDER. */
BaleenDatabase *baleen_database_open (const char          *path,
                                      BaleenDatabaseAccess access,
                                      GError             **error);
void baleen_database_close (BaleenDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenDatabase, baleen_database_close)

/* BaleenConversationRecords, the last used first; owned by the caller. */
GPtrArray *baleen_database_list (BaleenDatabase *self,
                                 GError        **error);
/* BaleenMessageRecords of one conversation, oldest first. */
GPtrArray *baleen_database_load (BaleenDatabase *self,
                                 gint64          conversation_id,
                                 GError        **error);
/* Whether there is such a conversation, and when it was created. */
gboolean baleen_database_has_conversation (BaleenDatabase *self,
                                           gint64          id,
                                           gint64         *created);
/* The conversation that a message is in; 0 when there is no such message. */
gint64 baleen_database_find_message (BaleenDatabase *self,
                                     gint64          id);
/* The highest id of any conversation or message; 0 in an empty history. */
gint64 baleen_database_get_last_id (BaleenDatabase *self);

/* A transaction: begin, any of the writes, commit. A write that fails ends it. With
 * `is_lasting` commit returns only when the bytes are on the disk itself. */
gboolean baleen_database_begin (BaleenDatabase *self,
                                gboolean        is_lasting,
                                GError        **error);
gboolean baleen_database_put_conversation (BaleenDatabase                 *self,
                                           const BaleenConversationRecord *record,
                                           GError                        **error);
gboolean baleen_database_put_message (BaleenDatabase            *self,
                                      const BaleenMessageRecord *record,
                                      GError                   **error);
gboolean baleen_database_delete (BaleenDatabase *self,
                                 gint64          conversation_id,
                                 GError        **error);
gboolean baleen_database_commit (BaleenDatabase *self,
                                 GError        **error);
void baleen_database_rollback (BaleenDatabase *self);

/* Leaves nothing of what was deleted: neither in free pages nor in the index, nor in the copies
 * that were made before the file's shape changed. As far as the disk lets it. */
void baleen_database_wipe (BaleenDatabase *self);

/* All of that around `func`, which does the writes and returns FALSE with an error when one
 * failed. It is called a second time where only the search index was damaged. */
typedef gboolean (*BaleenDatabaseWriteFunc) (BaleenDatabase *self,
                                             gpointer        user_data,
                                             GError        **error);
gboolean baleen_database_write (BaleenDatabase         *self,
                                gboolean                is_lasting,
                                BaleenDatabaseWriteFunc func,
                                gpointer                user_data,
                                GError                **error);

G_END_DECLS
