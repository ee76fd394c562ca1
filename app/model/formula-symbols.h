/* What LaTeX's commands look like as characters. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a command without its backslash; NULL when it is none of them. */
const char *baleen_formula_symbol (const char *name,
                                   gsize       length);
/* The small form above or below the line; 0 when there is none. */
gunichar baleen_formula_raised (gunichar c);
gunichar baleen_formula_lowered (gunichar c);
/* ℝ for R; 0 when there is none. */
gunichar baleen_formula_blackboard (gunichar c);

G_END_DECLS
