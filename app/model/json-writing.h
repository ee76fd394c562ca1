/* Members of the JSON object that a builder is in, and what was built as text. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* NULL makes a member that is null. */
void baleen_json_add_text (JsonBuilder *builder,
                           const char  *name,
                           const char  *text); /* (nullable) */
/* NULL makes no member. */
void baleen_json_add_text_if_any (JsonBuilder *builder,
                                  const char  *name,
                                  const char  *text); /* (nullable) */
void baleen_json_add_texts (JsonBuilder *builder,
                            const char  *name,
                            char       **texts); /* NULL-terminated */
void baleen_json_add_whole (JsonBuilder *builder,
                            const char  *name,
                            gint64       number);
void baleen_json_add_number (JsonBuilder *builder,
                             const char  *name,
                             double       number);
void baleen_json_add_flag (JsonBuilder *builder,
                           const char  *name,
                           gboolean     flag);

/* All that was built, in one line. */
char *baleen_json_to_text (JsonBuilder *builder);

G_END_DECLS
