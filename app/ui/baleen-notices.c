#include "baleen-notices.h"

#include <glib/gi18n.h>

#include "baleen-words.h"

/* Notifications are kept by the desktop, on screens that lock: they say that an answer is
 * there, and to which conversation, and not what it says. */
static char *
make_words (BaleenMessage *answer)
{
  const guint n = baleen_words_count (baleen_message_get_text (answer));

  switch (baleen_message_get_state (answer))
    {
    case BALEEN_STATE_DONE:
      return g_strdup_printf (
          g_dngettext (NULL, "Answer complete, %u word", "Answer complete, %u words", n), n);
    default:
      return baleen_words_status (answer, 0);
    }
}

void
baleen_notices_tell_over (BaleenApplication  *application,
                          BaleenConversation *conversation,
                          BaleenMessage      *answer)
{
  g_autoptr (GNotification) notice = g_notification_new (baleen_words_title (conversation));
  g_autofree char *words = make_words (answer);
  g_autofree char *id
      = g_strdup_printf ("over-%" G_GINT64_FORMAT, baleen_conversation_get_id (conversation));

  g_notification_set_body (notice, words);
  g_notification_set_default_action_and_target (notice, "app.open-conversation", "x",
                                                baleen_conversation_get_id (conversation));
  g_application_send_notification (G_APPLICATION (application), id, notice);
}
