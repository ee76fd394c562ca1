/* Letters that fonts and typesetting put in the place of others. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character that is meant: fonts of PDFs name characters by their radicals, and vertical
 * lines have marks of their own. Any other letter is returned as it is. */
gunichar plain_letter (gunichar letter);

G_END_DECLS
