/* A conversation in the terminal, kept in the history that the window shows, also while the
 * window is open. */
#pragma once

#include "baleen-request.h"
#include "completion.h"

G_BEGIN_DECLS

typedef struct _BaleenChatKeeping BaleenChatKeeping;

/* Touches no file until something was said. */
BaleenChatKeeping *baleen_chat_keeping_new (void);
void baleen_chat_keeping_free (BaleenChatKeeping *keeping);

/* Goes on with a conversation of the history; `id` NULL: the one that was used last. Adds what
 * would be sent of it to the request. The error is a whole sentence. */
gboolean baleen_chat_keeping_continue (BaleenChatKeeping *keeping,
                                       const char        *id,
                                       BaleenRequest     *request,
                                       GError           **error);
/* What it goes on with; NULL while nothing was said. */
const char *baleen_chat_keeping_get_title (BaleenChatKeeping *keeping);
gboolean baleen_chat_keeping_get_think (BaleenChatKeeping *keeping);

/* What is said next is another conversation. */
void baleen_chat_keeping_begin_anew (BaleenChatKeeping *keeping);

/* A turn that ended. Where it cannot be written that is said once, and it is tried again with the
 * next one. */
typedef struct
{
  const char *question;
  gint64 asked; /* microseconds since 1970 */
  const BaleenGeneration *generation;
  const char *model;
  gboolean think;
} BaleenChatTurn;

void baleen_chat_keeping_add (BaleenChatKeeping    *keeping,
                              const BaleenChatTurn *turn);

G_END_DECLS
