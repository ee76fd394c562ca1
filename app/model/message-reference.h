/* A message wherever it is: its conversation and itself, as one word. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *baleen_message_reference_new (gint64 conversation,
                                    gint64 message);
/* FALSE for what is none. */
gboolean baleen_message_reference_parse (const char *text, /* (nullable) */
                                         gint64     *conversation,
                                         gint64     *message);

G_END_DECLS
