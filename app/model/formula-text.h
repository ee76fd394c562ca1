/* LaTeX to be read: “\frac{a+b}{2} \le x^2” becomes “(a + b)/2 ≤ x²”. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL when something in it has no such form: then its source is shown. */
char *baleen_formula_to_text (const char *latex);

G_END_DECLS
