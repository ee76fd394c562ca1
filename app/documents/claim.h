/* A point that a model took from a document, with the sentences it is said to come from, and
 * the checks that code can make of it. */
#pragma once

#include "segmenter.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;        /* (owned) without labels */
  GArray *sentences; /* (owned) of guint: indexes into the document's sentences, rising */
  gboolean is_verified;
  guint segment;     /* the part it was first taken from */
  float weight;      /* how much it tells, where not all claims can stay; see below */
} BaleenClaim;

BaleenClaim *baleen_claim_new (const char *text,
                               guint       segment);
BaleenClaim *baleen_claim_copy (const BaleenClaim *claim);
void baleen_claim_free (BaleenClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenClaim, baleen_claim_free)
/* An empty array that owns BaleenClaims. */
GPtrArray *baleen_claims_new (void);
void baleen_claim_add_sentence (BaleenClaim *claim,
                                guint        sentence);

/* Whether there is a sentence that both stand on. */
gboolean baleen_claim_shares_sentence (const BaleenClaim *a,
                                       const BaleenClaim *b);

/* The lines of an answer as claims. Labels count from 1 into `shown`, an array of guint with
 * the sentence behind each label; those that do not exist are left out. A line cut short by
 * the limit of tokens (`is_cut`) is no claim. */
GPtrArray *baleen_claims_parse (const char   *answer,
                                gboolean      is_cut,
                                const GArray *shown,
                                guint         segment);

/* Takes the labels out of a text that may stand in several lines; adds each label's number to
 * `labels` (nullable), as they come. */
char *baleen_strip_labels (const char *text,
                           GArray     *labels);

/* Whether the cited sentences bear the claim, as far as code can tell: there are some, every
 * number, date and name of the claim stands in them, numbers count the same things, so do half
 * of its words and what it is about, and nothing says that it turned the sense around or made it
 * surer (claim-sense.h); of a claim in another script numbers alone are compared. What no code
 * here tells is one noun put for another, or a reason that was made up. Sets is_verified, which
 * it returns, and the weight. Where the labels fail and other sentences of `shown` bear the
 * claim, it gets those. */
gboolean baleen_claim_verify (BaleenClaim           *claim,
                              const BaleenSentences *sentences,
                              const GArray          *shown);

/* Where a claim begins within the one sentence that it stands on and copies it from there on, it
 * gets the sentence: “of zinc in 1893” tells nobody what. */
void baleen_claim_make_whole (BaleenClaim           *claim,
                              const BaleenSentences *sentences);

/* The check by itself, of any text against any other. */
gboolean baleen_text_bears (const char *text,
                            const char *claim);

/* How much a text tells: numbers and names tell more than words alone, scraps tell nothing.
 * From BALEEN_WEIGHTY on a sentence holds what a reader would miss. */
#define BALEEN_WEIGHTY 2.5f
float baleen_text_weight (const char *text);

/* Adds the claims of `more` (taken) to `claims`; one that says what is there already only adds
 * its sentences. */
void baleen_claims_fold (GPtrArray *claims,
                         GPtrArray *more);

G_END_DECLS
