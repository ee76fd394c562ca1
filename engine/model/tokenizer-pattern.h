/* The expressions of which pre-tokenizers are made. */
#pragma once

#include "tokenizer-split.h"

G_BEGIN_DECLS

typedef struct _BlnPattern BlnPattern;

/* The leftmost match in [start, end), as a regular expression would find it when the text were
 * that and nothing more. */
typedef gboolean (*BlnFindFunc) (const BlnPattern *pattern,
                                 const guint32    *chars,
                                 gsize             start,
                                 gsize             end,
                                 gsize            *from,
                                 gsize            *to);

/* Where a match that begins at `at` ends; `at` itself when there is none. */
typedef gsize (*BlnMatchFunc) (const BlnPattern *pattern,
                               const guint32    *chars,
                               gsize             at,
                               gsize             end);

typedef struct
{
  guint32 first, last;
} BlnCharRange;

struct _BlnPattern
{
  BlnFindFunc find;
  BlnMatchFunc match;         /* for bln_find_match */
  guint32 classes;            /* letters of a word, or the classes of a run */
  const BlnCharRange *ranges; /* (nullable) more characters of a run, in rising order */
  guint n_ranges;
  guint max_digits;           /* in one piece; 0: all */
  gboolean takes_space;       /* \s? before a run */
  gboolean has_contractions;  /* 's 't 're 've 'm 'll 'd */
  gboolean has_han;           /* runs of Han stand alone */
  gboolean takes_slashes;     /* [\r\n/]* rather than [\r\n]* after punctuation */
};

gboolean bln_find_match (const BlnPattern *pattern, const guint32 *chars, gsize start, gsize end,
                         gsize *from, gsize *to);
gboolean bln_find_run (const BlnPattern *pattern, const guint32 *chars, gsize start, gsize end,
                       gsize *from, gsize *to);
gboolean bln_find_digits (const BlnPattern *pattern, const guint32 *chars, gsize start, gsize end,
                          gsize *from, gsize *to);
gboolean bln_find_newline (const BlnPattern *pattern, const guint32 *chars, gsize start, gsize end,
                           gsize *from, gsize *to);
gboolean bln_find_trailing_space (const BlnPattern *pattern, const guint32 *chars, gsize start,
                                  gsize end, gsize *from, gsize *to);

gsize bln_match_numbers (const BlnPattern *pattern, const guint32 *chars, gsize at, gsize end);
gsize bln_match_gpt2 (const BlnPattern *pattern, const guint32 *chars, gsize at, gsize end);
gsize bln_match_llama (const BlnPattern *pattern, const guint32 *chars, gsize at, gsize end);
gsize bln_match_deepseek (const BlnPattern *pattern, const guint32 *chars, gsize at, gsize end);
gsize bln_match_cased (const BlnPattern *pattern, const guint32 *chars, gsize at, gsize end);

G_END_DECLS
