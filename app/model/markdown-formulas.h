/* Formulas in Markdown. They are taken out before the text is parsed, because in LaTeX
 * underscores, stars, bars and backslashes mean something else; a mark stands in their place
 * that Markdown leaves alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *raw;   /* (owned) with its delimiters */
  char *latex; /* (owned) without */
  gboolean is_display;
} BaleenFormula;

/* `text` with a mark for each formula; formulas of code stay. Those found are appended to
 * `formulas`, an array from baleen_formulas_new(). */
char *baleen_formulas_take (const char *text,
                            gboolean    is_growing,
                            GArray     *formulas);
GArray *baleen_formulas_new (void);

/* If a mark stands at `p` (before `end`), its formula, and where the text goes on. */
const BaleenFormula *baleen_formulas_at (GArray      *formulas,
                                         const char  *p,
                                         const char  *end,
                                         const char **after);
/* The text as it was before. */
char *baleen_formulas_put_back (GArray     *formulas,
                                const char *text,
                                gssize      length);

G_END_DECLS
