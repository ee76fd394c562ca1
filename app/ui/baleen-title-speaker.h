/* Says what happens through the window's title, the one place that every screen reader and
 * task switcher watches: "Answer complete, 212 words — Letters in illegal". */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _BaleenTitleSpeaker BaleenTitleSpeaker;

BaleenTitleSpeaker *baleen_title_speaker_new (GtkWindow *window);
void baleen_title_speaker_free (BaleenTitleSpeaker *self);

/* Whether anything is said, in all windows; TRUE at first. */
void baleen_title_speaker_set_speaks (gboolean speaks);

/* The title when nothing is said. */
void baleen_title_speaker_set_title (BaleenTitleSpeaker *self,
                                     const char         *title);
/* For five seconds, or until something else is said; no more than one change a second. */
void baleen_title_speaker_say (BaleenTitleSpeaker *self,
                               const char         *words);

G_END_DECLS
