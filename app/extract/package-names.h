/* Small parts that packages have in common: what points where, and the title. */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* The value of `wanted` in the first `element` whose `name` ends with `suffix`. */
char *package_find_attribute (GBytes     *part,
                              const char *element,
                              const char *name,
                              const char *suffix,
                              const char *wanted);
/* Sets the title from a part of the package, if it is there and has one. */
void package_take_title (BaleenDocument *document,
                         GHashTable     *parts,
                         const char     *part);

G_END_DECLS
