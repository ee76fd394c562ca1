/* Titles for conversations, made by the model after the first answer, when nobody waits for
 * anything else. A title that the user gave is never touched, and what a small model makes of the
 * task is taken only if it is a title. Main thread. */
#pragma once

#include "baleen-chat.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_TITLER (baleen_titler_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTitler, baleen_titler, BALEEN, TITLER, GObject)

/* Listens to the chat's ::answered. */
BaleenTitler *baleen_titler_new (BaleenHistory       *history,
                                 BaleenChat          *chat,
                                 BaleenEngineService *engine);
/* FALSE leaves the first words as titles; TRUE at first. */
void baleen_titler_set_is_wanted (BaleenTitler *self,
                                  gboolean      is_wanted);

/* What of a model's reply can stand as a title for a conversation that begins with these words;
 * NULL when nothing can: it is too long, says the same over and over, or speaks of something
 * else. */
char *baleen_title_from_reply (const char *reply,
                               const char *question,
                               const char *answer);

G_END_DECLS
