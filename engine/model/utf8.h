/* UTF-8 as it comes from files and models: any bytes, NUL among them, cut anywhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BLN_REPLACEMENT 0xFFFD

/* Reads one character of `n` > 0 bytes. Returns how many bytes it took. What is no UTF-8 reads
 * as U+FFFD and takes the longest part that could have begun a character, at least one byte
 * (Unicode 14, 3.9, "maximal subpart"); `*is_cut` tells whether the bytes only ended too soon. */
gsize bln_utf8_read (const char *bytes,
                     gsize       n,
                     guint32    *character,
                     gboolean   *is_cut);

gboolean bln_utf8_is_valid (const char *bytes,
                            gsize       n);

static inline gsize
bln_utf8_length (guint32 character)
{
  return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
}

G_END_DECLS
