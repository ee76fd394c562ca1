/* JSON that somebody else wrote, parsed: json-glib takes stack for each level and ends a text at
 * U+0000, so both are looked for before. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether brackets, outside of texts, are nested deeper than `most`. `length` -1: to the NUL. */
gboolean baleen_json_is_deeper (const char *bytes,
                                gssize      length,
                                guint       most);

/* NULL with a JSON_PARSER_ERROR for what is no JSON or is nested deeper than anything that we read,
 * NULL without one for an empty text. U+0000 in a text becomes U+FFFD. */
JsonNode *baleen_json_parse (const char *bytes,
                             gssize      length,
                             GError    **error);
/* Also with a GFileError. */
JsonNode *baleen_json_parse_file (const char *path,
                                  GError    **error);

G_END_DECLS
