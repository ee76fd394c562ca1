/* A document as numbered sentences, and those packed into the parts that a model reads at a
 * time. Immutable once made, so any thread may read them. */
#pragma once

#include "baleen-document.h"
#include "completer.h"

G_BEGIN_DECLS

typedef struct
{
  gsize from, to;         /* characters of the document's text, as BaleenDocument counts */
  gsize start, end;       /* the same in bytes of BaleenSentences.text */
  guint page;             /* from 1 */
  guint paragraph;        /* index into the document's */
  guint n_tokens;         /* with its label, about */
  BaleenParagraphStyle style;
} BaleenSentence;

typedef struct
{
  char *text;        /* (owned) paragraphs joined by two newlines */
  gsize n_characters;
  guint n_pages;
  GArray *sentences; /* (owned) of BaleenSentence, in order */
} BaleenSentences;

/* Sentences that take more than `most_tokens` of this model are cut further, so that every
 * one can be shown to it. */
BaleenSentences *baleen_sentences_new (const BaleenDocument  *document,
                                       const BaleenCompleter *completer,
                                       guint                  most_tokens,
                                       GError               **error);
void baleen_sentences_free (BaleenSentences *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSentences, baleen_sentences_free)

const BaleenSentence *baleen_sentences_get (const BaleenSentences *self,
                                            guint                  index);
/* A copy of its text, exactly as in the document. */
char *baleen_sentences_dup_text (const BaleenSentences *self,
                                 guint                  index);
/* Appends “[S<label>] text” with white space made plain, as models see it. */
void baleen_sentences_append_labelled (const BaleenSentences *self,
                                       guint                  index,
                                       guint                  label,
                                       GString               *out);

/* Sentences [first, end) are shown; those from `own` on are read for the first time, the ones
 * before repeat the end of the part before. [from, to) in characters: the parts of a document
 * follow one another without gap or overlap and reach from 0 to its end. */
typedef struct
{
  guint first, own, end;
  gsize from, to;
} BaleenSegment;

/* Packs paragraphs: at most `most_tokens` of labelled text in a part, and never so much that
 * the prompt made by `format` from it (a “%s” for the sentences) and `reserve` tokens of answer
 * exceed the completer's context. Breaks before headings where that leaves parts of a fair
 * size, else between paragraphs, which then overlap by one, and only inside a paragraph that
 * is longer than a part. An array of BaleenSegment. */
GArray *baleen_segmenter_pack (const BaleenSentences *sentences,
                               const BaleenCompleter *completer,
                               const char            *format,
                               guint                  most_tokens,
                               guint                  reserve,
                               GError               **error);

/* min (6000, 40% of the context), less where the model does better with less. */
guint baleen_segmenter_get_most_tokens (const BaleenCompleter *completer);

/* The prompt of a part: labels count from 1 in each. */
char *baleen_segment_format (const BaleenSentences *sentences,
                             const BaleenSegment   *segment,
                             const char            *format);

G_END_DECLS
