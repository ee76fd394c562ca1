/* Items looked up by what filters call an attribute: "a", "a.b.0", or a number. */
#pragma once

#include "jinja-call.h"

G_BEGIN_DECLS

/* `path` is MISSING or none for the item itself. `fallback`, unless MISSING or none, stands
 * for what is undefined on the way. */
JinjaValue jinja_follow_path (JinjaContext *context,
                              JinjaValue    item,
                              JinjaValue    path,
                              JinjaValue    fallback);
/* The same, in small letters if it is text and letters are not to count. */
JinjaValue jinja_sort_key (JinjaContext *context,
                           JinjaValue    item,
                           JinjaValue    path,
                           gboolean      is_case_sensitive);

G_END_DECLS
