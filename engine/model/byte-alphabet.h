/* The alphabet in which byte-level vocabularies spell bytes: printable ones stand for
 * themselves, the other 68 are U+0100 to U+0143 in order (GPT-2, bytes_to_unicode). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes `n` bytes in the alphabet; `out` has room for 2 * n. Returns the length. */
gsize bln_byte_alphabet_write (const char *bytes,
                               gsize       n,
                               char       *out);

/* The byte that a character stands for; -1 for one that is not in the alphabet. */
int bln_byte_alphabet_read (guint32 character);

G_END_DECLS
