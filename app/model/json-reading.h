/* Members of JSON objects that somebody else wrote: one that is missing, or is something else than
 * was hoped for, is NULL or 0. Texts are valid UTF-8. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *baleen_json_object (JsonNode *node);     /* (nullable) */
JsonObject *baleen_json_get_object (JsonObject *object,
                                    const char *name); /* (nullable) */
JsonArray *baleen_json_get_array (JsonObject *object,
                                  const char *name); /* (nullable) */
char *baleen_json_dup_text (JsonNode *node);         /* (nullable) */
char *baleen_json_dup_string (JsonObject *object,
                              const char *name); /* (nullable) */
/* The member is that text. */
gboolean baleen_json_is (JsonObject *object,
                         const char *name,
                         const char *text);
gboolean baleen_json_get_flag (JsonObject *object,
                               const char *name);
double baleen_json_get_number (JsonObject *object,
                               const char *name);
gint64 baleen_json_get_whole (JsonObject *object,
                              const char *name);
/* Microseconds since 1970, from ISO 8601 or from seconds; 0 for a time that no chat was held in. */
gint64 baleen_json_get_time (JsonObject *object,
                             const char *name);
/* A member as it stands, in one line; NULL when it is missing or null. */
char *baleen_json_dup_part (JsonObject *object,
                            const char *name);

G_END_DECLS
