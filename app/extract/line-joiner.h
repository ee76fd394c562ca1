/* Lines that a page or a terminal broke become paragraphs again. */
#pragma once

#include "broken-words.h"

G_BEGIN_DECLS

/* Appends a line to a paragraph: a word that was hyphenated at its end is joined, with its hyphen
 * if `words` knows it for a compound, Chinese goes on without a space, everything else with
 * one. */
void line_joiner_append (GString     *paragraph,
                         const char  *line,
                         BrokenWords *words);
/* Width in columns of a terminal: Chinese letters count twice. */
gsize line_joiner_get_width (const char *line);
/* Whether the line begins an item of a list: a bullet, “1.”, “(a)”, “一、”. */
gboolean line_joiner_is_item (const char *line);
/* The same of a line within a paragraph that begins with `first`: after a full line, a number in
 * brackets may as well stand in the middle of its sentence. */
gboolean line_joiner_begins_item (const char *first,
                                  const char *before,
                                  gboolean    is_full,
                                  const char *line);
gboolean line_joiner_ends_sentence (const char *line);

G_END_DECLS
