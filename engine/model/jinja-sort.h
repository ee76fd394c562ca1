/* Sorting by the order of jinja_compare(), stable as Python's. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

/* Sorts `values` by the `keys` that stand beside them; equal ones keep their order, also
 * when reversed. */
void jinja_sort (JinjaRun   *run,
                 JinjaValue *values,     /* [n] */
                 const JinjaValue *keys, /* [n] */
                 gsize       n,
                 gboolean    is_reversed);
/* A copy with its keys in order. */
JinjaDict *jinja_sort_dict (JinjaRun        *run,
                            const JinjaDict *dict);

G_END_DECLS
