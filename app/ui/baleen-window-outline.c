/* Long answers: outlined first, then written section by section; and answers point by point. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "coach.h"
#include "points.h"

/* By the rules of the coach: longer than one answer can hold. */
static gboolean
is_long_request (BaleenWindow *self,
                 const char   *text)
{
  const BaleenModelFacts *facts
      = baleen_engine_service_get_facts (baleen_application_get_engine (self->application));
  g_autoptr (BaleenAdvice) advice
      = baleen_coach_read (text, NULL, facts != NULL ? facts->n_context : 0);

  for (guint i = 0; i < advice->nudges->len; i++)
    if (((BaleenNudge *) advice->nudges->pdata[i])->kind == BALEEN_NUDGE_OUTLINE_FIRST)
      return TRUE;
  return FALSE;
}

gboolean
baleen_window_wants_outline (BaleenWindow *self,
                             const char   *text)
{
  g_autofree char *when = g_settings_get_string (
      baleen_application_get_settings (self->application), "outline-first");

  return self->is_outline_wanted
         || (g_str_equal (when, "always") && is_long_request (self, text));
}

void
baleen_window_write_section (BaleenWindow  *self,
                             BaleenMessage *message,
                             guint          section,
                             gboolean       writes_all)
{
  baleen_chat_write_section (baleen_application_get_chat (self->application), self->conversation,
                             message, section, writes_all);
  baleen_window_watch_answer (self);
}

/* What is written in the composer is answered by its outline. */
static void
outline_first_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  if (!baleen_composer_has_something (BALEEN_COMPOSER (self->composer)))
    {
      baleen_window_say (self, _("Write the request first. Outline First then sends it."));
      return;
    }
  self->is_outline_wanted = TRUE;
  baleen_composer_send (BALEEN_COMPOSER (self->composer));
  self->is_outline_wanted = FALSE;
}

BaleenOutline *
baleen_window_get_points (BaleenWindow *self,
                          const char   *text)
{
  g_autoptr (BaleenPoints) points = self->are_points_wanted ? baleen_points_new (text) : NULL;

  return points != NULL ? baleen_points_to_outline (points) : NULL;
}

/* What is written in the composer is answered point by point. */
static void
answer_points_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  g_autofree char *text = baleen_composer_dup_text (BALEEN_COMPOSER (self->composer));
  g_autoptr (BaleenPoints) points = baleen_points_new (text);

  if (points == NULL)
    {
      baleen_window_say (self, _("There is only one question here. Write each point on a line of "
                                 "its own, with a number."));
      return;
    }
  self->are_points_wanted = TRUE;
  baleen_composer_send (BALEEN_COMPOSER (self->composer));
  self->are_points_wanted = FALSE;
}

void
baleen_window_class_install_outline_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.outline-first", outline_first_cb },
    { "win.answer-in-points", answer_points_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
