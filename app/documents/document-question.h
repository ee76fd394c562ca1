/* A question about a document: the prompt for it, and what its answer rests on. A document that
 * fits, by what the model can read well, is shown whole, every sentence labelled; of a longer
 * one the passages that the index and the claims of a summary know about the question. */
#pragma once

#include "claim.h"
#include "reading-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *prompt;      /* (owned) what the user says to the model */
  gsize n_shared;    /* bytes of it that another question on the document begins with too; 0:
                        the passages were chosen for this one */
  guint max_tokens;  /* that the answer may have beside it */
  gboolean is_beginning; /* shown, since the document has none of the question's words */
  GArray *shown;     /* (owned) of guint: the sentence behind each label, from 1 */
} BaleenDocumentQuestion;

/* The store is asked only where the document is too long; without one the index is made for
 * this question alone. */
BaleenDocumentQuestion *baleen_document_question_new (const BaleenSentences *sentences,
                                                      const char            *question,
                                                      const BaleenCompleter *completer,
                                                      BaleenReadingStore    *store, /* (nullable) */
                                                      guint                  max_tokens,
                                                      GError               **error);
void baleen_document_question_free (BaleenDocumentQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenDocumentQuestion, baleen_document_question_free)

/* What to say beside the answer; NULL for nothing. */
const char *baleen_document_question_get_warning (const BaleenDocumentQuestion *self);

/* What was answered, with labels turned into [1], [2], … and the sentences these stand for. An
 * answer without labels gets the sentence that bears it, if there is one. */
BaleenClaim *baleen_document_question_take_answer (const BaleenDocumentQuestion *self,
                                                   const BaleenSentences        *sentences,
                                                   const char                   *answer);

G_END_DECLS
