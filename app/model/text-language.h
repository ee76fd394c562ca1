/* Which of the two languages that we write prompts in a text is in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More Chinese than anything with letters: a Han character says about as much as three. */
gboolean baleen_text_is_chinese (const char *text);

G_END_DECLS
