/* Files in and out of the history that the windows show. Called on the main thread; reading,
 * writing and the database are elsewhere. */
#pragma once

#include "baleen-history.h"
#include "history-export.h"
#include "history-import.h"

G_BEGIN_DECLS

/* One conversation, also one that is never saved; NULL for all. The error is a whole sentence. */
void baleen_history_export_async (BaleenHistory      *history,
                                  BaleenConversation *conversation, /* (nullable) */
                                  BaleenExportFormat  format,
                                  gboolean            with_thoughts,
                                  const char         *path,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean baleen_history_export_finish (GAsyncResult *result,
                                       GError      **error);

/* The error is a whole sentence, and then nothing was changed. */
void baleen_history_import_async (BaleenHistory      *history,
                                  const char         *path,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
BaleenHistoryIntake *baleen_history_import_finish (GAsyncResult *result,
                                                   GError      **error);

G_END_DECLS
