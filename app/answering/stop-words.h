/* Words at which a caller wants an answer to end, found however the answer is cut into pieces.
 * Pure text work. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BaleenStopWords BaleenStopWords;

/* Empty words are left out; `words` may be NULL for none. */
BaleenStopWords *baleen_stop_words_new (const char *const *words);
void baleen_stop_words_free (BaleenStopWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenStopWords, baleen_stop_words_free)

/* Appends to `text` what is sure to be before any of them. TRUE when one was met: the text ends
 * there. */
gboolean baleen_stop_words_push (BaleenStopWords *self,
                                 const char      *piece,
                                 gsize            length,
                                 GString         *text);
/* What was held back, because it could have become one of them. */
void baleen_stop_words_finish (BaleenStopWords *self,
                               GString         *text);

G_END_DECLS
