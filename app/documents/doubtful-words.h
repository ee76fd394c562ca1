/* What an answer names that is nowhere in what it was to rest on: numbers, and names of people,
 * places and things. Other words may be said in other words. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `known` is everything that the answer may have taken them from, `answer` is Markdown. Each word
 * once, as it stands there, in order; NULL for none. Words of code, of formulas and of links are
 * not looked at, nor names where the answer is in another script than what is known. */
char **baleen_doubtful_words_find (const char *known,
                                   const char *answer);

/* The next place of one of these words in `text` from `*at` on, whole words only; FALSE if there
 * is none. Moves `*at` behind it. */
gboolean baleen_doubtful_words_next (const char *const *words,
                                     const char        *text,
                                     gsize             *at,
                                     gsize             *start,
                                     gsize             *end);

G_END_DECLS
