/* {{name | type:option}}: a field declared where it stands, as Open WebUI and others write it. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

/* Parses what stands between the braces. A name with spaces gets an id without them and keeps
 * the name as its label. The error is a half sentence. */
BaleenTemplateField *baleen_template_slot_parse (const char *inside,
                                                 gsize       n_inside,
                                                 GError    **error);

/* An id of any text: its letters and digits, “_” for what is between. NULL if there are none. */
char *baleen_template_slot_make_id (const char *text,
                                    gssize      length);

G_END_DECLS
