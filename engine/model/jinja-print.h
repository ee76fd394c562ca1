/* Values to text, as Python's str() and repr() write them. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

#define JINJA_FLOAT_SIZE 40

/* str(): what {{ }} prints. */
void jinja_print (JinjaRun    *run,
                  JinjaBuffer *buffer,
                  JinjaValue   value);
JinjaString *jinja_to_string (JinjaRun  *run,
                              JinjaValue value);
/* repr(): strings in quotes. */
void jinja_print_repr (JinjaRun    *run,
                       JinjaBuffer *buffer,
                       JinjaValue   value);

G_END_DECLS
