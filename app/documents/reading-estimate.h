/* How much there is to read in a document, and how long that would take here. */
#pragma once

#include "baleen-engine-service.h"
#include "summarizer.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_parts, n_read; /* parts there will be, and those that the cache has already */
  gsize n_tokens;        /* of the document */
  double seconds;        /* for what is not read yet; negative: not known */
  gboolean is_foreign;   /* its language is none of the model's */
} BaleenReadingEstimate;

/* What the model that the service has now would make of it; off the main thread. Copies the
 * document. The speed is that of its last summary, else what the device was measured at. */
void baleen_reading_estimate_async (const BaleenDocument       *document,
                                    const BaleenSummaryOptions *options,
                                    BaleenEngineService        *service,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data);
/* FALSE without a model, or where the document cannot be read by it. */
gboolean baleen_reading_estimate_finish (GAsyncResult          *result,
                                         BaleenReadingEstimate *estimate,
                                         GError               **error);

/* Seconds that a part took, all calls for it counted. Any thread. */
void baleen_reading_speed_keep (const char *model_key,
                                double      seconds);

G_END_DECLS
