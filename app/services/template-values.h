/* From what a person gave to what a template's fields hold. Any thread. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

/* Field ids to text, for baleen_template_render(). */
GHashTable *baleen_template_values_new (void);

/* Checks `value` and puts it in. Of a field of type file it is a path, and what goes in is the
 * file's text, framed as the models were taught. */
gboolean baleen_template_values_set (GHashTable            *values,
                                     const BaleenTemplate  *template_,
                                     const char            *id,
                                     const char            *value,
                                     GError               **error);

/* The same for “id=value”. */
gboolean baleen_template_values_assign (GHashTable            *values,
                                        const BaleenTemplate  *template_,
                                        const char            *assignment,
                                        GError               **error);

G_END_DECLS
