/* Long documents read in full: parts → claims → a tree → a text.
 *
 *   read    each part gives claims with the labels of their sentences (many parts at a time)
 *   verify  code looks whether those sentences bear the claim; where they do not, and where
 *           numbers and names were passed over, those sentences are read once more; what fails
 *           then is kept as unverified
 *   merge   four to six nodes at a time, claims beside their source sentences, level by level
 *   write   what is chosen, with a least share for each part, in the form asked for
 *
 * All of it is a function of the document, the model and the options: every answer is kept by
 * the store as it lands, so a run that was stopped, or killed, goes on where it was and ends
 * as it would have. Pausing is cancelling; resuming is running again.
 *
 * A document that fits in one part is read in one pass, with the same labels. */
#pragma once

#include "reading-store.h"
#include "summary.h"

G_BEGIN_DECLS

typedef struct
{
  BaleenSummaryLength length;
  BaleenSummaryForm form;
  const char *language; /* (nullable) "zh", "German"; NULL: the document's own */
  guint64 seed;
  float temperature;    /* at most 0.3 is used */
} BaleenSummaryOptions;

typedef enum
{
  BALEEN_SUMMARY_READING,
  BALEEN_SUMMARY_MERGING,
  BALEEN_SUMMARY_WRITING,
} BaleenSummaryPhase;

typedef struct
{
  BaleenSummaryPhase phase;
  guint n_done, n_total;         /* calls of this phase */
  guint n_pages_read, n_pages;   /* pages of all parts up to the first that is not done */
  double seconds_left;           /* < 0: not known yet */
  guint n_parallel;
  const GArray *coverage;        /* of BaleenCoverage as it stands, in order */
} BaleenSummaryProgress;

/* Both are called on the thread that runs, between tokens: they must be quick. */
typedef struct
{
  void (*progress) (const BaleenSummaryProgress *progress,
                    gpointer                     user_data);
  /* A part was read; its claims so far, verified or not. */
  void (*claims) (guint                  segment,
                  GPtrArray             *claims,
                  const BaleenSentences *sentences,
                  gpointer               user_data);
  gpointer user_data;
} BaleenSummaryObserver;

/* Blocking. NULL with the completer's error, with G_IO_ERROR_CANCELLED, or when the document
 * cannot be read in this context. Without a store nothing is kept. */
BaleenSummary *baleen_summarizer_run (const BaleenDocument        *document,
                                      const BaleenSummaryOptions  *options,
                                      const BaleenCompleter       *completer,
                                      BaleenReadingStore          *store,    /* (nullable) */
                                      const BaleenSummaryObserver *observer, /* (nullable) */
                                      GCancellable                *cancellable,
                                      GError                     **error);

/* Whether the text is mostly Chinese, for a word of warning before a model that knows none. */
gboolean baleen_document_is_chinese (const BaleenDocument *document);

/* How many parts there will be, and how many of them are read already: for the card that is
 * shown before anything runs. Quick. */
gboolean baleen_summarizer_measure (const BaleenDocument       *document,
                                    const BaleenSummaryOptions *options,
                                    const BaleenCompleter      *completer,
                                    BaleenReadingStore         *store, /* (nullable) */
                                    guint                      *n_parts,
                                    guint                      *n_read,
                                    gsize                      *n_tokens,
                                    GError                    **error);

G_END_DECLS
