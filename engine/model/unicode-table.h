/* What pre-tokenizers ask of a character: the properties their expressions name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  BLN_CLASS_UPPER = 1 << 0,           /* \p{Lu} */
  BLN_CLASS_LOWER = 1 << 1,           /* \p{Ll} */
  BLN_CLASS_TITLE = 1 << 2,           /* \p{Lt} */
  BLN_CLASS_MODIFIER_LETTER = 1 << 3, /* \p{Lm} */
  BLN_CLASS_OTHER_LETTER = 1 << 4,    /* \p{Lo} */
  BLN_CLASS_MARK = 1 << 5,            /* \p{M} */
  BLN_CLASS_NUMBER = 1 << 6,          /* \p{N} */
  BLN_CLASS_PUNCTUATION = 1 << 7,     /* \p{P} */
  BLN_CLASS_SYMBOL = 1 << 8,          /* \p{S} */
  BLN_CLASS_WHITE_SPACE = 1 << 9,     /* \s */
  BLN_CLASS_HAN = 1 << 10,            /* \p{Han} */

  BLN_CLASS_LETTER = 31, /* \p{L} */
  BLN_CLASS_ALL = (1 << 11) - 1,
};

extern const guint16 bln_unicode_ascii[128];
/* Runs of equal classes in rising order: first character << 11 | classes. */
extern const guint32 bln_unicode_runs[];
extern const guint bln_unicode_n_runs;

static inline guint32
bln_unicode_classes (guint32 character)
{
  guint low = 0, high = bln_unicode_n_runs;

  if (character < 128)
    return bln_unicode_ascii[character];

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (bln_unicode_runs[middle] >> 11 <= character)
        low = middle;
      else
        high = middle;
    }
  return bln_unicode_runs[low] & BLN_CLASS_ALL;
}

G_END_DECLS
