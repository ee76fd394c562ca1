/* A question about a document that does not go whole, answered on a thread of its own: passages,
 * the model's answer, the sentences it rests on. Main thread. */
#pragma once

#include "baleen-engine-service.h"
#include "completer.h"

#include "asking-ledger.h"
#include "baleen-document.h"

G_BEGIN_DECLS

typedef struct _BaleenDocumentAsking BaleenDocumentAsking;

/* Copies the document; sources of the answer are called `name` and point to `file`. */
BaleenDocumentAsking *baleen_document_asking_new (const BaleenDocument *document,
                                                  const char           *question,
                                                  const char           *name,
                                                  const char           *file);
/* Who answers: the model that the service has, or any completer that outlives it. */
void baleen_document_asking_set_service (BaleenDocumentAsking *self,
                                         BaleenEngineService  *service);
void baleen_document_asking_set_completer (BaleenDocumentAsking  *self,
                                           const BaleenCompleter *completer);

/* How much the cache may hold afterwards. */
void baleen_document_asking_set_cache_limit (BaleenDocumentAsking *self,
                                             guint64               most_bytes);

/* Takes `self`. */
void baleen_document_ask_async (BaleenDocumentAsking *self,
                                gpointer              source,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
/* The answer, with [n] for the BaleenSources that it rests on; NULL with an error. `ledger` gets
 * what went in (free it). */
char *baleen_document_ask_finish (GAsyncResult        *result,
                                  GPtrArray          **sources,
                                  BaleenAskingLedger **ledger,
                                  GError             **error);

G_END_DECLS
