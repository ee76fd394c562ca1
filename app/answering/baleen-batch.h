/* Answers that nobody watches being written: the parts of a document, a title, a summary of
 * what was said. All of a batch are written side by side in one engine batch, and whatever
 * they share at their beginning is read once.
 *
 * In the window a batch is run by the engine service, below the conversation: see
 * baleen_engine_service_run_batch_async(). A command that owns its engine runs it with
 * baleen_batch_run_now() of baleen-batch-run.h; it is the same code. */
#pragma once

#include <gio/gio.h>

#include "baleen-request.h"
#include "completion.h"

G_BEGIN_DECLS

/* The lower number goes first. A running batch stops within a layer of the model when
 * something before it comes, and goes on from there afterwards. */
typedef enum
{
  BALEEN_PRIORITY_CHAT,    /* somebody waits for it */
  BALEEN_PRIORITY_SUMMARY, /* somebody watches its progress */
  BALEEN_PRIORITY_TITLE,   /* nobody would miss it */
} BaleenPriority;

#define BALEEN_TYPE_BATCH (baleen_batch_get_type ())
G_DECLARE_FINAL_TYPE (BaleenBatch, baleen_batch, BALEEN, BATCH, GObject)

/* Filled by one thread before it is run, not changed afterwards. */
BaleenBatch *baleen_batch_new (BaleenPriority priority);

/* Takes the request, with its own limits, seed and temperature. The first one is number 0. The
 * same seed gives the same answer whatever runs beside it. */
guint baleen_batch_add (BaleenBatch   *self,
                        BaleenRequest *request);
/* Somebody else's work on the engine that the window has loaded, in passes between its own; all
 * on the engine thread. A batch with a guest has no requests. */
struct _BlnEngine;

typedef struct
{
  gboolean (*begin) (gpointer           guest,
                     struct _BlnEngine *engine,
                     GError           **error);
  /* FALSE: nothing more to do. */
  gboolean (*step) (gpointer guest);
  /* Before the engine goes away, and when the batch is over. */
  void (*end) (gpointer guest);
} BaleenGuestClass;

void baleen_batch_set_guest (BaleenBatch            *self,
                             const BaleenGuestClass *klass,
                             gpointer                guest);
/* NULL where there is none. */
const BaleenGuestClass *baleen_batch_get_guest (BaleenBatch *self,
                                                gpointer    *guest);

/* How many sequences at once; 0, the default: as many as memory allows, at most 8. */
void baleen_batch_set_n_parallel (BaleenBatch *self,
                                  guint        n_parallel);

/* `generation` and `error` are the caller's to read during the call; one of them is NULL. An
 * item that fails (its prompt is too long, say) does not end the others; a server that is gone
 * does, and they are not told. Called in the thread
 * and main context from which the batch was started, in the order in which items end. */
typedef void (*BaleenBatchItemFunc) (guint                   item,
                                     const BaleenGeneration *generation,
                                     const GError           *error,
                                     gpointer                user_data);
void baleen_batch_set_item_func (BaleenBatch        *self,
                                 BaleenBatchItemFunc func,
                                 gpointer            user_data,
                                 GDestroyNotify      destroy);

BaleenPriority baleen_batch_get_priority (BaleenBatch *self);
guint baleen_batch_get_n_parallel (BaleenBatch *self);
guint baleen_batch_get_n_requests (BaleenBatch *self);
const BaleenRequest *baleen_batch_get_request (BaleenBatch *self,
                                               guint        item);
/* For whoever runs it. */
void baleen_batch_tell (BaleenBatch            *self,
                        guint                   item,
                        const BaleenGeneration *generation,
                        const GError           *error);

G_END_DECLS
