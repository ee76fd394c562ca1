/* The words of a text as checks compare them: what must not be invented, and what may be said
 * in other words. Private to claim*.c and doubtful-words.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *text;          /* (owned) */
  GHashTable *numbers; /* (owned) set of strings: “312,000”, its value “=312000”, which is all there
                        * is of “三百” and “three”, and “million” */
  GHashTable *counted; /* (owned) what the numbers count, and sets of values: “boats”, “条” */
  GHashTable *heads;   /* (owned) set, stems and pairs as in words: what a claim is about, the word
                        * behind “the” and “a”, the first Chinese letters */
  GHashTable *names;   /* (owned) set: words with capitals that do not begin a sentence, folded */
  GHashTable *words;   /* (owned) set: all words of weight, cut to their stems, and pairs of Han */
  GHashTable *every;   /* (owned) set: every Latin word, folded */
  guint n_wide, n_narrow; /* letters of either kind */
  gboolean is_broken;     /* holds a letter that stands for broken bytes */
} BaleenClaimWords;

BaleenClaimWords *baleen_claim_words_new (const char *text);
void baleen_claim_words_free (BaleenClaimWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenClaimWords, baleen_claim_words_free)

/* Whether a word of it is the first of a sentence, where a capital means nothing. */
gboolean baleen_claim_words_begins_sentence (const char *text,
                                             const char *word);

G_END_DECLS
