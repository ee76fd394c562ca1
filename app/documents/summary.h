/* A summary of a document: a tree of claims, each tied to the sentences it stands on; what was
 * read to make it; and the same as text in the form that was asked for. Plain data, made by
 * summarizer.h; immutable from then on. */
#pragma once

#include "claim.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_SUMMARY_SHORT,
  BALEEN_SUMMARY_NORMAL,
  BALEEN_SUMMARY_DETAILED,
  BALEEN_N_SUMMARY_LENGTHS,
} BaleenSummaryLength;

typedef enum
{
  BALEEN_SUMMARY_PROSE,
  BALEEN_SUMMARY_BULLETS,
  BALEEN_SUMMARY_TABLE,
  BALEEN_SUMMARY_QA,
  BALEEN_SUMMARY_TIMELINE,
  BALEEN_N_SUMMARY_FORMS,
} BaleenSummaryForm;

/* "short", "table", … as options and files have them; FALSE for what is none. */
gboolean baleen_summary_length_parse (const char          *word,
                                      BaleenSummaryLength *length);
gboolean baleen_summary_form_parse (const char        *word,
                                    BaleenSummaryForm *form);

/* Summary → section → … → claim. Leaves are parts of the document. */
typedef struct _BaleenSummaryNode BaleenSummaryNode;
struct _BaleenSummaryNode
{
  char *title;             /* (owned) (nullable) a heading of the document it begins under */
  guint first_segment, end_segment; /* the parts it stands for: [first, end) */
  guint first_page, last_page;
  GPtrArray *claims;       /* (owned) of BaleenClaim, in the order of the document */
  GPtrArray *children;     /* (owned) of BaleenSummaryNode; empty for a part */
};

typedef enum
{
  BALEEN_COVERAGE_WAITING, /* while a summary is made */
  BALEEN_COVERAGE_READ,
  BALEEN_COVERAGE_FAILED,
  BALEEN_COVERAGE_SKIPPED,
} BaleenCoverageStatus;

/* "read", "failed", "skipped". */
const char *baleen_coverage_status_to_string (BaleenCoverageStatus status);

/* How a text shows on what its claims stand: pages for readers, [n] for the window's chips, [^n]
 * for the footnotes of files. Numbers are those of baleen_summary_number_places(). */
typedef enum
{
  BALEEN_MARK_PAGES,
  BALEEN_MARK_NUMBERS,
  BALEEN_MARK_FOOTNOTES,
} BaleenSummaryMark;

/* What came of a part. [from, to) are characters of the document. */
typedef struct
{
  BaleenCoverageStatus status;
  gsize from, to;
  guint first_page, last_page;
  guint n_claims; /* 0: read, and gave nothing */
} BaleenCoverage;

/* One call of the model. */
typedef struct
{
  const char *stage;  /* "read", "again", "merge", "write": static */
  gsize from, to;     /* what it was about */
  guint first_page, last_page;
  guint n_prompt, n_answer, n_budget; /* tokens; prompt and answer never exceed the budget */
  gboolean was_kept;  /* the answer was there from an earlier run */
  gboolean is_failed; /* the model gave none; an empty one is no failure */
} BaleenLedgerCall;

typedef struct
{
  BaleenSentences *sentences; /* (owned) */
  BaleenSummaryForm form;
  BaleenSummaryLength length;
  BaleenSummaryNode *root;    /* (owned) */
  GPtrArray *claims;          /* (owned) of BaleenClaim: those that the text is made of */
  GArray *segments;           /* (owned) of BaleenSegment */
  GArray *coverage;           /* (owned) of BaleenCoverage, one for each segment */
  GArray *calls;              /* (owned) of BaleenLedgerCall */
  char *text;                 /* (owned) Markdown, with places */
  char *cited_text;           /* (owned) the same with numbers */
  char *noted_text;           /* (owned) and with footnotes, see baleen_summary_to_markdown() */
  GError *problem;            /* (owned) (nullable) why not everything read could be kept */
} BaleenSummary;

void baleen_summary_free (BaleenSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSummary, baleen_summary_free)

BaleenSummaryNode *baleen_summary_node_new (void);
void baleen_summary_node_free (BaleenSummaryNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSummaryNode, baleen_summary_node_free)

/* “212 of 212 pages read, 1 part gave nothing, 0 failed.”, translated. */
char *baleen_summary_describe_coverage (const BaleenSummary *summary);
/* “p. 12” or “pp. 12, 14”, translated; "" without places. */
char *baleen_summary_describe_places (const BaleenSummary *summary,
                                      const BaleenClaim   *claim);

/* The sentences (guint) that its claims stand on, in the order in which they are first named:
 * [n] of `cited_text` is the one at n - 1. Free it. */
GArray *baleen_summary_number_places (const BaleenSummary *summary);

/* The whole summary in its form, with places as footnotes and the sentence of its coverage, for
 * files. */
char *baleen_summary_to_markdown (const BaleenSummary *summary,
                                  const char          *title);
char *baleen_summary_to_html (const BaleenSummary *summary,
                              const char          *title);

G_END_DECLS
