/* What the first window of a run has to say: that nothing leaves this computer, once in all, and
 * that the program ended before it was asked to. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-words.h"

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

/* Whatever was interrupted was saved last, so it is in the conversation that was. */
static void
show_newest (BaleenWindow *self)
{
  GListModel *list = G_LIST_MODEL (history (self));
  g_autoptr (BaleenConversation) newest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BaleenConversation) each = g_list_model_get_item (list, i);

      if (newest == NULL
          || baleen_conversation_get_updated (each) > baleen_conversation_get_updated (newest))
        g_set_object (&newest, each);
    }
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  if (newest != NULL)
    baleen_window_open (self, newest, 0);
}

static void
tell_bad_end (BaleenWindow *self)
{
  const gint64 ended = baleen_application_take_ended_badly (self->application);
  g_autofree char *when = NULL;
  g_autofree char *sentence = NULL;

  if (ended == 0 || g_list_model_get_n_items (G_LIST_MODEL (history (self))) == 0)
    return;
  when = baleen_words_moment (ended, g_get_real_time ());
  sentence = g_strdup_printf (_("Baleen ended unexpectedly at %s. Your text is here; interrupted "
                                "answers are marked."),
                              when);
  baleen_window_show_banner (self, sentence, _("Show"), show_newest);
}

void
baleen_window_greet (BaleenWindow *self)
{
  GSettings *settings = baleen_application_get_settings (self->application);

  tell_bad_end (self);
  if (!g_settings_get_boolean (settings, "is-welcomed"))
    baleen_window_say (self, _("Everything stays on this computer until you turn Web Search on or "
                               "add an endpoint."));
  g_settings_set_boolean (settings, "is-welcomed", TRUE);
}
