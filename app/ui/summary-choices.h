/* What a summary can be asked to be, in words: for the card of a document and the preferences. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As the settings and summary.h have them, and what people read; both end with NULL, and stand
 * in the order of BaleenSummaryLength and BaleenSummaryForm. The labels are the caller's to free,
 * with g_free(): the words in them are not. */
const char *const *summary_length_values (void);
const char **summary_length_labels (void);
const char *const *summary_form_values (void);
const char **summary_form_labels (void);
/* "" is the document's own. */
const char *const *summary_language_values (void);
const char **summary_language_labels (void);

/* Where a value stands; 0 where it is none of them. */
guint summary_choice_find (const char *const *values,
                           const char        *value);

G_END_DECLS
