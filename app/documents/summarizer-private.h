/* What the files of the summarizer share. */
#pragma once

#include "summarizer.h"

G_BEGIN_DECLS

/* How every prompt over sentences begins; models were trained on these very words. */
#define BALEEN_PART_OPENING \
  "Below is part of a document. Each sentence begins with its label, like [S1].\n\n"
#define BALEEN_PART_TASK \
  "List the main points of this part. End each point with the labels of the sentences it " \
  "comes from."

typedef struct
{
  const BaleenSummaryOptions *options;
  const BaleenCompleter *completer;
  BaleenReadingStore *store;             /* (nullable) */
  const BaleenSummaryObserver *observer; /* (nullable) */
  GCancellable *cancellable;             /* (nullable) */
  char *format;                          /* (owned) of a part's prompt */
  char *language_request;                /* (owned) “ Write in Chinese.”, or "" */
  guint reserve;                         /* tokens of an answer */
  BaleenSummary *summary;                /* (owned) what it is working on */
  GPtrArray *leaves;                     /* (owned) of BaleenSummaryNode, one a part; the tree
                                            owns them once it stands */
  gint64 began;                          /* monotonic, this phase */
  guint n_fresh;                         /* calls of this phase that were not kept */
} BaleenSummarizer;

/* A prompt, and what it is about. */
typedef struct
{
  char *text;         /* (owned) */
  const char *shared; /* static */
  guint max_tokens;
  guint64 seed;
  gsize from, to;
  guint first_page, last_page;
  /* The answer. */
  char *answer;       /* (owned) "" if it failed */
  gboolean is_cut;
  gboolean is_failed; /* there is none */
} BaleenCall;

void baleen_call_free (BaleenCall *call);
GPtrArray *baleen_calls_new (void);
/* A call about the parts [first, end), with the reserve for its answer, but hardly more than
 * what it is about: a model that loses its thread should not go on for long. Takes the text.
 * NULL without an error if it does not fit, and frees the text. */
BaleenCall *baleen_summarizer_new_call (BaleenSummarizer *self,
                                        char             *text,
                                        const char       *stage,
                                        guint             index,
                                        guint             first_segment,
                                        guint             end_segment,
                                        GError          **error);

typedef void (*BaleenCallDoneFunc) (guint    index,
                                    gpointer user_data);
/* Answers all calls, from the store or by the model, enters them into the ledger in their
 * order, and tells of each as it is there. */
gboolean baleen_summarizer_complete (BaleenSummarizer  *self,
                                     const char        *stage, /* static */
                                     BaleenSummaryPhase phase,
                                     GPtrArray         *calls,
                                     BaleenCallDoneFunc func,  /* (nullable) */
                                     gpointer           user_data,
                                     GError           **error);
/* Whether the store has the answer already. */
gboolean baleen_summarizer_has_answer (BaleenSummarizer *self,
                                       const BaleenCall *call);

/* Leaves → root, level by level; the summary's root is set. */
gboolean baleen_summarizer_merge (BaleenSummarizer *self,
                                  GError          **error);
/* At most `most` claims of the nodes, each node with a least share, the best of each first. */
GPtrArray *baleen_summary_choose (GPtrArray *nodes,
                                  guint      most,
                                  gboolean   prefers_dates);
/* Into the order of the document. */
void baleen_claims_sort (GPtrArray *claims);
/* The sentences that the claims stand on, in order and each once: an array of guint. */
GArray *baleen_summary_collect_sentences (GPtrArray *claims);
/* Those sentences with labels, the claims that say more than they do, the task. */
char *baleen_summarizer_make_prompt (const BaleenSummarizer *self,
                                     GPtrArray              *claims,
                                     const GArray           *shown,
                                     const char             *task);
/* Chooses claims from the tree and writes the text; the summary's claims and text are set. */
gboolean baleen_summarizer_write (BaleenSummarizer *self,
                                  GError          **error);

/* The dates of a text, as they stand in it: years from 1000 to 2999, with month and day where
 * they are there. Returns a number that sorts (yyyymmdd) or 0; `*text` (owned) as it stands. */
guint baleen_find_date (const char *text,
                        char      **date);

/* A question that stands over an answer, for summaries in questions and answers. */
typedef struct
{
  char *question; /* (owned) */
  guint n_claims; /* how many of the summary's claims, from where the one before ended */
} BaleenQuestion;

/* The summary's claims as Markdown in its form. Sections come from the nodes under the root;
 * `questions` (nullable, of BaleenQuestion) go with QA. A timeline loses the claims without a
 * date. */
char *baleen_summary_render (BaleenSummary    *summary,
                             const GArray     *questions,
                             BaleenSummaryMark mark);
/* The node under the root that a claim belongs to. */
guint baleen_summary_find_section (const BaleenSummary *summary,
                                   const BaleenClaim   *claim);

G_END_DECLS
