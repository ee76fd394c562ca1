/* What clients of OpenAI's interface may ask for and cannot have here. Saying so is better than
 * an answer that is not what was asked for. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* FALSE with a sentence that names the member. What changes nothing in the answer (tools that need
 * not be called, empty lists, nulls) passes. */
gboolean openai_check_able (JsonObject *object,
                            GError    **error);

/* FALSE for a part of a message that is not text; `type` may be anything. */
gboolean openai_check_part (const char *type, /* (nullable) */
                            GError    **error);

/* FALSE for the role of a message that only servers with tools can have. */
gboolean openai_check_role (const char *role, /* (nullable) */
                            GError    **error);

G_END_DECLS
