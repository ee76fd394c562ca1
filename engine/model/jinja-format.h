/* "%s of %d" % values and "{} of {}".format (values). */
#pragma once

#include "jinja-call.h"

G_BEGIN_DECLS

/* `values` is a tuple of them, a dict, or a single one. */
JinjaString *jinja_format_percent (JinjaRun          *run,
                                   const JinjaString *format,
                                   JinjaValue         values);
JinjaString *jinja_format_braces (JinjaRun             *run,
                                  const JinjaString    *format,
                                  const JinjaArguments *arguments);

G_END_DECLS
