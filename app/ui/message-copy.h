/* A message on the clipboard. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MESSAGE_COPY_ALL, /* as text, Markdown and HTML at once: whoever pastes takes what he can */
  MESSAGE_COPY_PLAIN,
  MESSAGE_COPY_MARKDOWN, /* the source, as text */
  MESSAGE_COPY_HTML,     /* the source of it, as text */
  MESSAGE_COPY_WITH_SOURCES,
  MESSAGE_COPY_WITH_THOUGHTS,
  MESSAGE_COPY_DETAILS, /* of one that failed, for whoever is asked for help */
} MessageCopy;

/* Thoughts are only in the copy that is called so. */
void message_copy (GdkClipboard  *clipboard,
                   BaleenMessage *message,
                   MessageCopy    how);

G_END_DECLS
