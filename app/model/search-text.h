/* How text is cut into what can be searched for, and where words stand in it.
 *
 * Words of scripts with spaces are tokens; a prefix finds them. Scripts without spaces (Han,
 * kana, Hangul, Thai, …) give one token for each two neighbouring characters, so that a word of
 * two characters is found inside of any sentence. Case, width and the accents of Latin letters
 * make no difference. No input or output; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a text, half open. */
typedef struct
{
  gsize start;
  gsize end;
} BaleenTextSpan;

/* `token` is folded and not terminated; `start` and `end` are its bytes in the text. TRUE goes
 * on. */
typedef gboolean (*BaleenTokenFunc) (const char *token,
                                     gsize       n_token,
                                     gsize       start,
                                     gsize       end,
                                     gpointer    user_data);

/* Any bytes; what is no UTF-8 separates. A text to be kept also gives the last character of a
 * run by itself; a query (`is_query`) only where another token follows it, because its own last
 * token is looked for as a prefix. */
void baleen_search_text_tokenize (const char     *text,
                                  gsize           length,
                                  gboolean        is_query,
                                  BaleenTokenFunc func,
                                  gpointer        user_data);

/* Every place of `needle` in `text`, without overlap, in order: BaleenTextSpans. With
 * `at_words` only where a word begins, as the index finds them. Both are UTF-8. */
GArray *baleen_search_text_find (const char *text,
                                 const char *needle,
                                 gboolean    at_words);

/* What a person typed, made of terms that must all be there. */
typedef struct
{
  char **terms;      /* (owned) as typed, parted at white space */
  char *expression;  /* (owned) (nullable) for MATCH of FTS5; NULL when no term has a token */
  gboolean is_exact; /* a term holds signs that the index does not know: check what it finds */
} BaleenSearchQuery;

BaleenSearchQuery *baleen_search_query_new (const char *text);
void baleen_search_query_free (BaleenSearchQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenSearchQuery, baleen_search_query_free)

/* Nothing to look for. */
gboolean baleen_search_query_is_empty (const BaleenSearchQuery *query);
/* All terms stand in `text`. */
gboolean baleen_search_query_matches (const BaleenSearchQuery *query,
                                      const char              *text);
/* One line of about `n_chars` characters around the first place that matches; `spans` gets the
 * BaleenTextSpans of what matches in it. */
char *baleen_search_query_make_snippet (const BaleenSearchQuery *query,
                                        const char              *text,
                                        guint                    n_chars,
                                        GArray                 **spans);

G_END_DECLS
