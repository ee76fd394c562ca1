/* One line above the draft: what would make the question better, and the better wording. It
 * comes after a pause, takes no focus, and its place is kept while there is a draft, so that
 * the text never moves. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_COACH_LINE (baleen_coach_line_get_type ())
G_DECLARE_FINAL_TYPE (BaleenCoachLine, baleen_coach_line, BALEEN, COACH_LINE, GtkWidget)

/* Emits ::apply (char *text) when the better wording shall stand in place of the draft. A nudge
 * activates its action itself, and is only shown where the window has that action. */


/* “hints”, “hints-off” and “hints-dismissed” are read and written; without settings nothing is
 * ever said. */
void baleen_coach_line_set_settings (BaleenCoachLine *self,
                                     GSettings       *settings);

/* What the draft is now. An empty one ends it: what was dismissed may be said of the next. */
void baleen_coach_line_set_draft (BaleenCoachLine *self,
                                  const char      *text);
/* The input method shows what it has not committed: nothing is said until the next draft. */
void baleen_coach_line_pause (BaleenCoachLine *self);
/* Another conversation, another draft. `questions` are those asked in it before. */
void baleen_coach_line_begin (BaleenCoachLine   *self,
                              const char *const *questions); /* (nullable) */

/* Files go with the draft: it may speak of them. */
void baleen_coach_line_set_has_files (BaleenCoachLine *self,
                                      gboolean         has_files);

/* What the model is called, which languages it knows (NULL: not known) and how many tokens it
 * reads at once (0: not known). */
void baleen_coach_line_set_model (BaleenCoachLine   *self,
                                  const char        *name,
                                  const char *const *languages,
                                  gsize              n_context);

/* Dismisses what is shown; FALSE when nothing is. */
gboolean baleen_coach_line_dismiss (BaleenCoachLine *self);

/* The sentence shown; NULL when none is. */
const char *baleen_coach_line_get_sentence (BaleenCoachLine *self);

G_END_DECLS
