/* A line above the transcript about something that concerns more than one answer: a sentence,
 * at most two things to do about it, and a close button. (AdwBanner is libadwaita 1.3.) */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_BANNER (baleen_banner_get_type ())
G_DECLARE_FINAL_TYPE (BaleenBanner, baleen_banner, BALEEN, BANNER, GtkWidget)

/* Emits ::acted or ::other-acted when a button is pressed. `action` and `other` are the buttons'
 * labels, NULL for none. */
void baleen_banner_show (BaleenBanner *self,
                         const char   *sentence,
                         const char   *action,
                         const char   *other);
void baleen_banner_hide (BaleenBanner *self);
const char *baleen_banner_get_sentence (BaleenBanner *self); /* NULL while hidden */

G_END_DECLS
