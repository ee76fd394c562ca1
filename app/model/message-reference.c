#include "message-reference.h"

char *
baleen_message_reference_new (gint64 conversation,
                              gint64 message)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, conversation, message);
}

gboolean
baleen_message_reference_parse (const char *text,
                                gint64     *conversation,
                                gint64     *message)
{
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "", "/", -1);

  return g_strv_length (ids) == 2
         && g_ascii_string_to_signed (ids[0], 10, G_MININT64, G_MAXINT64, conversation, NULL)
         && g_ascii_string_to_signed (ids[1], 10, G_MININT64, G_MAXINT64, message, NULL);
}
