/* What stays of a summary with the answer that it is: the tree with its places, what was read,
 * and the calls that were made, as JSON in the answer's part BALEEN_PART_ATTACHMENTS. */
#pragma once

#include "summarizer.h"

#include "baleen-message.h"

G_BEGIN_DECLS

/* A sentence that a claim stands on. */
typedef struct
{
  int number; /* of the answer's source; 0 where the text does not cite it */
  guint page;
  char *quote; /* (owned) */
} BaleenRecordPlace;

typedef struct
{
  char *text;        /* (owned) */
  gboolean is_verified;
  GPtrArray *places; /* (owned) of BaleenRecordPlace */
} BaleenRecordClaim;

typedef struct
{
  char *title;         /* (owned) (nullable) */
  guint part;          /* of the document, from 1; 0 for what stands for several */
  guint first_page, last_page;
  GPtrArray *claims;   /* (owned) of BaleenRecordClaim */
  GPtrArray *children; /* (owned) of BaleenRecordNode */
} BaleenRecordNode;

typedef struct
{
  char *name;                /* (owned) of the document */
  BaleenSummaryLength length;
  BaleenSummaryForm form;
  char *language;            /* (owned) (nullable) */
  guint n_pages;
  guint n_pages_read;        /* while it is made, and when it was paused */
  gboolean is_done;          /* calls, words and files are there only then */
  BaleenRecordNode *root;    /* (owned) (nullable) the tree; the parts read so far until then */
  GArray *coverage;          /* (owned) of BaleenCoverage */
  GArray *calls;             /* (owned) of BaleenLedgerCall */
  char *coverage_words;      /* (owned) (nullable) */
  char *markdown, *html;     /* (owned) (nullable) for files */
  char **unfolded;           /* (owned) (nullable) the rows of the tree that are, as paths */
} BaleenSummaryRecord;

BaleenSummaryRecord *baleen_summary_record_new (const char                 *name,
                                                const BaleenSummaryOptions *options);
/* Takes over what is to be kept of it; fills `sources` with what the text's [n] refer to.
 * `file` is what those name as their file. */
void baleen_summary_record_take (BaleenSummaryRecord *self,
                                 const BaleenSummary *summary,
                                 const char          *file,
                                 GPtrArray           *sources);
/* As it is made: how far it is; and the claims (of BaleenRecordClaim, taken) of a part. */
void baleen_summary_record_take_progress (BaleenSummaryRecord         *self,
                                          const BaleenSummaryProgress *progress);
void baleen_summary_record_take_part (BaleenSummaryRecord *self,
                                      guint                segment,
                                      GPtrArray           *claims);
/* Claims as the record has them: an array that owns BaleenRecordClaims. */
GPtrArray *baleen_record_claims_new (GPtrArray             *claims,
                                     const BaleenSentences *sentences);
void baleen_summary_record_free (BaleenSummaryRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSummaryRecord, baleen_summary_record_free)

char *baleen_summary_record_to_json (const BaleenSummaryRecord *self);
/* Of an answer as it is kept; NULL where it is no summary. */
BaleenSummaryRecord *baleen_summary_record_of (BaleenMessage *message);
gboolean baleen_message_is_summary (BaleenMessage *message);

G_END_DECLS
