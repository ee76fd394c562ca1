/* Reading the JSON of search services, which may be anything. */
#pragma once

#include "exchange.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The object that an answer is; NULL with a sentence for anything else. */
JsonNode *answer_json_read (const BaleenReply *reply,
                            GError           **error);

/* What lies at a path of member names parted by dots; NULL for what is not there or of another
 * kind. */
JsonArray *answer_json_get_array (JsonNode   *root,
                                  const char *path);
/* Of an element of an array; NULL for what is no text. */
const char *answer_json_get_text (JsonNode   *element,
                                  const char *name);

/* A request with a JSON object of texts as its body, and a key behind “Bearer”. `n_results`
 * goes in under `count_name`. */
SoupMessage *answer_json_make_request (const char *url,
                                       const char *key,
                                       const char *query,
                                       const char *count_name,
                                       int         n_results);

G_END_DECLS
