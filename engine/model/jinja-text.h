/* What Python's str can do, for filters and methods alike. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

JinjaString *jinja_text_lower (JinjaRun          *run,
                               const JinjaString *string);
JinjaString *jinja_text_upper (JinjaRun          *run,
                               const JinjaString *string);
/* The first character large, the others small. */
JinjaString *jinja_text_capitalize (JinjaRun          *run,
                                    const JinjaString *string);
/* The first of each word large: of each run of letters, or with `by_space` as Jinja's filter
 * has it, of what follows white space, "-" or an opening bracket. */
JinjaString *jinja_text_title (JinjaRun          *run,
                               const JinjaString *string,
                               gboolean           by_space);

/* At most `count` times, if that is not negative. */
JinjaString *jinja_text_replace (JinjaRun          *run,
                                 const JinjaString *string,
                                 const JinjaString *old,
                                 const JinjaString *new,
                                 gint64             count);
/* `separator` (nullable: runs of white space). At most `max` cuts, if that is not negative. */
JinjaList *jinja_text_split (JinjaRun          *run,
                             const JinjaString *string,
                             const JinjaString *separator,
                             gint64             max,
                             gboolean           from_right);
JinjaList *jinja_text_lines (JinjaRun          *run,
                             const JinjaString *string,
                             gboolean           keeps_ends);
/* How often `needle` stands in it, without overlap. */
gint64 jinja_text_count (JinjaRun    *run,
                         JinjaString *string,
                         JinjaString *needle);
/* Spaces (or `fill`) to `width` characters; `left` and `right` say on which sides. */
JinjaString *jinja_text_pad (JinjaRun          *run,
                             JinjaString       *string,
                             gint64             width,
                             const JinjaString *fill, /* (nullable) */
                             gboolean           left,
                             gboolean           right);

G_END_DECLS
