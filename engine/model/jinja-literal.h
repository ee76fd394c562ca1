/* Strings and numbers as they are written in Jinja source. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

/* `p` is at the opening quote; `*end` is set behind the closing one. */
JinjaValue jinja_literal_string (JinjaRun    *run,
                                 const char  *p,
                                 const char **end);
/* `p` is at a digit. */
JinjaValue jinja_literal_number (JinjaRun    *run,
                                 const char  *p,
                                 const char **end);

G_END_DECLS
