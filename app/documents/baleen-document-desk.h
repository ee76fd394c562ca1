/* Where documents are read in parts: summaries and questions that become messages. Each runs
 * below the conversation, tells its progress, and lies in the history as it stands; what a
 * restart cut off goes on where it was. Main thread. */
#pragma once

#include "baleen-attachment.h"
#include "baleen-history.h"
#include "baleen-summary-job.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_DOCUMENT_DESK (baleen_document_desk_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDocumentDesk, baleen_document_desk, BALEEN, DOCUMENT_DESK, GObject)

BaleenDocumentDesk *baleen_document_desk_new (BaleenHistory       *history,
                                              BaleenEngineService *engine);
/* What reads instead of the engine service's model; it must outlive the desk. For tests. */
void baleen_document_desk_set_completer (BaleenDocumentDesk    *self,
                                         const BaleenCompleter *completer);
/* How many parts are read at once, 0: as many as memory allows; how much the cache may hold. */
void baleen_document_desk_set_limits (BaleenDocumentDesk *self,
                                      guint               n_parallel,
                                      guint64             cache_bytes);
/* As answers' model. */
void baleen_document_desk_set_model_name (BaleenDocumentDesk *self,
                                          const char         *name);

/* Says `words` at the end of the conversation, with the file, and answers with its summary.
 * Returns the answer. */
BaleenMessage *baleen_document_desk_summarize (BaleenDocumentDesk         *self,
                                               BaleenConversation         *conversation,
                                               const char                 *words,
                                               BaleenAttachment           *attachment,
                                               const BaleenSummaryOptions *options);
/* Answers `question` from a document that does not go whole. */
BaleenMessage *baleen_document_desk_ask (BaleenDocumentDesk *self,
                                         BaleenConversation *conversation,
                                         const char         *question,
                                         BaleenAttachment   *attachment);

/* A summary that is made now waits, as after a restart, to be made further. */
void baleen_document_desk_pause (BaleenDocumentDesk *self,
                                 BaleenMessage      *message);
/* Makes a summary, or an answer from a document that is read in parts, again: below the same
 * question where it is done; in its place, going on where it was, after stopping, pausing, a
 * failure or a restart. Returns what is made; NULL when the message is neither. */
BaleenMessage *baleen_document_desk_regenerate (BaleenDocumentDesk *self,
                                                BaleenConversation *conversation,
                                                BaleenMessage      *message);
/* Parts of a summary that failed are read once more, in its place; FALSE when it is none, or its
 * document is gone. */
gboolean baleen_document_desk_read_again (BaleenDocumentDesk *self,
                                          BaleenConversation *conversation,
                                          BaleenMessage      *message);
/* Asks `text` in the place of a question that was about such a document; NULL when it was not. */
BaleenMessage *baleen_document_desk_edit (BaleenDocumentDesk *self,
                                          BaleenConversation *conversation,
                                          BaleenMessage      *question,
                                          const char         *text);
/* STOPPED: what was read stays in the cache. FALSE when the message is none of ours. */
gboolean baleen_document_desk_stop (BaleenDocumentDesk *self,
                                    BaleenMessage      *message);
/* Stops all without a word. */
void baleen_document_desk_close (BaleenDocumentDesk *self);

/* The document that an answer is about, from the question above it or an earlier one of the
 * same name; NULL where none is kept. */
BaleenAttachment *baleen_document_desk_find (BaleenConversation *conversation,
                                             BaleenMessage      *message,
                                             const char         *name); /* (nullable) any */

G_END_DECLS
