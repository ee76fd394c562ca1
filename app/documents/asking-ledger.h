/* What a question about a document was answered from: the passages that went in, and what the
 * call came to in tokens. Kept with the answer, in its part BALEEN_PART_ATTACHMENTS, beside what
 * is doubted there (message-doubts.h). */
#pragma once

#include "baleen-message.h"
#include "segmenter.h"

G_BEGIN_DECLS

/* Sentences that follow each other. */
typedef struct
{
  guint first_page, last_page;
  guint n_sentences;
  gsize n_letters;
} BaleenPassage;

typedef struct
{
  char *name;          /* (owned) of the document */
  GArray *passages;    /* (owned) of BaleenPassage, as they went in */
  guint n_pages;       /* of the document */
  gsize n_letters;     /* of the document */
  guint n_prompt, n_answer, n_budget; /* tokens */
} BaleenAskingLedger;

/* `shown` are the sentences that went in, rising; tokens are 0 as yet. */
BaleenAskingLedger *baleen_asking_ledger_new (const BaleenSentences *sentences,
                                              const GArray          *shown,
                                              const char            *name);
void baleen_asking_ledger_free (BaleenAskingLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenAskingLedger, baleen_asking_ledger_free)

void baleen_asking_ledger_keep (const BaleenAskingLedger *self,
                                BaleenMessage            *message);
/* NULL where there is none. */
BaleenAskingLedger *baleen_asking_ledger_of (BaleenMessage *message);

G_END_DECLS
