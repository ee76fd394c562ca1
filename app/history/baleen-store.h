/* The history on disk. One thread owns the file; everything here is called on the main thread
 * and returns at once. What is saved is kept in memory until the disk has it, and tried again
 * while the disk refuses it: "status" says so. */
#pragma once

#include "baleen-database.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_STORE_OPENING,
  BALEEN_STORE_READY,
  BALEEN_STORE_FULL,       /* READY, but the disk has no room now */
  BALEEN_STORE_FAILING,    /* READY, but cannot be written now; detail says why */
  BALEEN_STORE_UNREADABLE, /* detail says why; new chats go to baleen_store_get_path() */
  BALEEN_STORE_NEWER,      /* detail is the version; nothing is kept */
  BALEEN_STORE_LOCKED,     /* another program uses it; nothing is kept */
} BaleenStoreStatus;

#define BALEEN_TYPE_STORE (baleen_store_get_type ())
G_DECLARE_FINAL_TYPE (BaleenStore, baleen_store, BALEEN, STORE, GObject)

/* `directory` is made when it is not there. */
BaleenStore *baleen_store_new (const char *directory);

/* Gives the BaleenConversationRecords, last used first: none where the history could not be
 * opened, which is no error here but a status. */
void baleen_store_open_async (BaleenStore        *self,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
GPtrArray *baleen_store_open_finish (BaleenStore  *self,
                                     GAsyncResult *result,
                                     GError      **error);

/* The BaleenMessageRecords of one conversation. */
void baleen_store_load_async (BaleenStore        *self,
                              gint64              conversation_id,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
GPtrArray *baleen_store_load_finish (BaleenStore  *self,
                                     GAsyncResult *result,
                                     GError      **error);

/* Saves one or both (`message` is nullable) in one transaction with whatever else waits, but
 * nothing of a temporary conversation. `is_lasting`: through a power cut. */
void baleen_store_save (BaleenStore        *self,
                        BaleenConversation *conversation,
                        BaleenMessage      *message, /* of that conversation */
                        gboolean            is_lasting);
void baleen_store_delete (BaleenStore *self,
                          gint64       conversation_id);
/* Runs `func` on the database thread after everything saved until now is written, or as far as
 * it can be. It returns through the task, whose data is `data`, also for the finish function of
 * who calls this. */
typedef void (*BaleenStoreFunc) (BaleenDatabase *database,
                                 GTask          *task);
void baleen_store_run (BaleenStore        *self,
                       BaleenStoreFunc     func,
                       gpointer            data,
                       GDestroyNotify      free_data,
                       GCancellable       *cancellable, /* (nullable) */
                       GAsyncReadyCallback callback,
                       gpointer            user_data);
/* Tries again now what could not be written. */
void baleen_store_retry (BaleenStore *self);

/* A new id, unique in this history. */
gint64 baleen_store_next_id (BaleenStore *self);

/* Writes what waits and ends the thread. FALSE if something could not be written. */
gboolean baleen_store_close (BaleenStore *self);

/* Changes are told by notify::status. */
BaleenStoreStatus baleen_store_get_status (BaleenStore *self);
const char *baleen_store_get_detail (BaleenStore *self); /* (nullable) */
/* The file new chats are kept in; NULL when they are not kept. */
const char *baleen_store_get_path (BaleenStore *self);

G_END_DECLS
