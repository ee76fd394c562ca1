/* What of a growing text can be spoken. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sentences that were finished since the first `spoken` bytes, which it then counts too; NULL
 * if none was. */
char *finished_sentences_take (const char *text,
                               gsize      *spoken);

G_END_DECLS
