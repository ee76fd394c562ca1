/* The date, for strftime_now. */
#pragma once

#include "jinja-string.h"

G_BEGIN_DECLS

/* run->now, or the local time, by the codes of strftime(), always in English: a prompt must
 * not depend on the language of the desktop. */
JinjaString *jinja_date_format (JinjaRun          *run,
                                const JinjaString *format); /* (nullable) */

G_END_DECLS
