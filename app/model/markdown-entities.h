/* The named and numbered characters of HTML that turn up in Markdown. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is no entity, or none that we know, stays as it is. */
char *baleen_markdown_decode_entities (const char *text);

G_END_DECLS
