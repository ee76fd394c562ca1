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
  guint n_pages_read;        /* when it was paused */
  gboolean is_done;          /* the rest is there only then */
  BaleenRecordNode *root;    /* (owned) (nullable) */
  GArray *coverage;          /* (owned) of BaleenCoverage */
  GArray *calls;             /* (owned) of BaleenLedgerCall */
  char *coverage_words;      /* (owned) (nullable) */
  char *markdown, *html;     /* (owned) (nullable) for files */
} BaleenSummaryRecord;

BaleenSummaryRecord *baleen_summary_record_new (const char                 *name,
                                                const BaleenSummaryOptions *options);
/* Takes over what is to be kept of it; fills `sources` with what the text's [n] refer to.
 * `file` is what those name as their file. */
void baleen_summary_record_take (BaleenSummaryRecord *self,
                                 const BaleenSummary *summary,
                                 const char          *file,
                                 GPtrArray           *sources);
void baleen_summary_record_free (BaleenSummaryRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSummaryRecord, baleen_summary_record_free)

char *baleen_summary_record_to_json (const BaleenSummaryRecord *self);
/* Of an answer; NULL where it is no summary. */
BaleenSummaryRecord *baleen_summary_record_of (BaleenMessage *message);
gboolean baleen_message_is_summary (BaleenMessage *message);

G_END_DECLS
