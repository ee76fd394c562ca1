/* Which encoding a text is in, and the text as UTF-8. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens every converter while files can still be opened: the C library loads them from files.
 * Before anything else here, once. */
void encoding_init (void);

/* The bytes as UTF-8 without a mark at the start. `declared` is what the text says of itself,
 * or NULL; it is believed where the bytes do not speak against it. `n_bad` gets the number of
 * places that were no letters and became U+FFFD. */
char *encoding_decode (const char *bytes,
                       gsize       n_bytes,
                       const char *declared,
                       gsize      *length,
                       guint      *n_bad);
/* The name of the encoding that the bytes look like, as “GB18030”. */
const char *encoding_guess (const char *bytes,
                            gsize       n_bytes);
/* Of Latin text in one byte a letter, which is not of the west; NULL if it is, or says too little. */
const char *encoding_guess_latin (const char *bytes,
                                  gsize       n_bytes);

G_END_DECLS
