/* Where sentences end: Unicode's rules (UAX #29, SB6 to SB8) for terminators and what follows
 * them, with abbreviations for English and rules for Chinese. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer than this in characters is no sentence that anybody could check. */
#define BALEEN_LONGEST_SENTENCE 1000

/* Bytes in the text, without white space around. */
typedef struct
{
  gsize start;
  gsize end;
} BaleenStretch;

/* Appends the sentences of one paragraph to an array of BaleenStretch. Everything but white
 * space is in exactly one of them. */
void baleen_split_sentences (const char *paragraph,
                             GArray     *stretches);

/* The best place to cut a stretch of text in two: after a mark near its middle, else at white
 * space, else anywhere between letters. 0 where it has one letter only. */
gsize baleen_find_cut (const char *text,
                       gsize       length);

/* 。！？ and their kin, Han, kana, hangul and full-width forms. */
gboolean baleen_is_wide_letter (gunichar letter);

G_END_DECLS
