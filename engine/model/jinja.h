/* A bounded Jinja2 interpreter, as chat templates need it: the language of Jinja 3 in the
 * sandbox that published templates are written for (trim_blocks, lstrip_blocks, break and
 * continue, tojson without HTML, raise_exception, strftime_now, generation). */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

/* Gives the variables of a rendering: fills `variables`. */
typedef void (*JinjaVariablesFunc) (JinjaRun  *run,
                                    JinjaDict *variables,
                                    gpointer   user_data);

/* Renders `source`. `n_input` is about how many bytes of variables there are: the limits grow
 * with them. `*text` (UTF-8, NUL-terminated) and `*is_input` ([*length]: 1 for each byte that
 * came from input) are the caller's. TEMPLATE when the template is wrong or over a limit. */
gboolean jinja_render (const char        *source,
                       gsize              n_input,
                       GDateTime         *now, /* (nullable) */
                       JinjaVariablesFunc variables_func,
                       gpointer           user_data,
                       char             **text,
                       guint8           **is_input,
                       gsize             *length,
                       GError           **error);

G_END_DECLS
