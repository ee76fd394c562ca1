/* What was said in a conversation, in short, by the model itself. Whatever its length: what does
 * not fit one request is summarized in parts, and the parts' summaries again. */
#pragma once

#include "baleen-engine-service.h"

G_BEGIN_DECLS

/* `messages` are BaleenMessages in their order; they are read before this returns. Runs as a
 * batch of BALEEN_PRIORITY_SUMMARY. */
void baleen_conversation_summary_make_async (BaleenEngineService *engine,
                                             GPtrArray           *messages,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
/* The summary; free it. */
char *baleen_conversation_summary_make_finish (GAsyncResult *result,
                                               GError      **error);

G_END_DECLS
