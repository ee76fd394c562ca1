/* A draft as the coach's rules look at it. Private to the coach. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *original;        /* without white space at the ends */
  char *text;            /* lower case, straight quotes, one space, slips of the keyboard mended,
                          * simplified letters; of a long draft its ends */
  char *typed;           /* what `text` was made of: one space, straight quotes, nothing mended */
  char *plain;           /* the same without what stands in quotation marks and without courtesy */
  gboolean is_chinese;
  gboolean has_material; /* something to work on is there: code, a quotation, a pasted text */
  guint n_words;         /* of Latin script */
  guint n_han;
  gsize n_tokens;        /* about, of all of it */
  double detail;         /* how much a reader learns beyond the request itself; 2 is enough */
} BaleenDraft;

BaleenDraft *baleen_draft_new (const char *text);
void baleen_draft_free (BaleenDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenDraft, baleen_draft_free)

/* A pattern that is compiled when it is first used. */
typedef struct
{
  const char *source; /* PCRE; without regard to case */
  GRegex *regex;      /* (atomic) */
} BaleenPattern;

#define BALEEN_PATTERN(text) { (text), NULL }

GRegex *baleen_pattern_get (BaleenPattern *pattern);
gboolean baleen_pattern_matches (BaleenPattern *pattern,
                                 const char    *text);
guint baleen_pattern_count (BaleenPattern *pattern,
                            const char    *text);

/* The text of group `group` of the first match; NULL if there is none. */
char *baleen_pattern_dup_group (BaleenPattern *pattern,
                                const char    *text,
                                int            group);

/* Whether one of `n` patterns matches. */
gboolean baleen_patterns_match (BaleenPattern *patterns,
                                gsize          n,
                                const char    *text);

/* Whether the pattern matches somewhere without a word of denial (“without”, “不”) just before. */
gboolean baleen_pattern_is_wanted (BaleenPattern *pattern,
                                   const char    *text);

G_END_DECLS
