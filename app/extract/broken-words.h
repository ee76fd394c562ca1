/* Words that were broken at the ends of lines: whether the hyphen belongs to the word, as in
 * “well-known”, or was put there to break it, is told by what else the document says. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BrokenWords BrokenWords;

BrokenWords *broken_words_new (void);
void broken_words_free (BrokenWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokenWords, broken_words_free)

/* Lines in the order they are read in, all of them before the first question. */
void broken_words_learn (BrokenWords *self,
                         const char  *line);
/* Whether `before`, which ends with a letter, and `after`, which begins with one, are joined by
 * a hyphen of their own. Both may hold more than the word. */
gboolean broken_words_keep_hyphen (BrokenWords *self,
                                   const char  *before,
                                   gsize        before_length,
                                   const char  *after);

G_END_DECLS
