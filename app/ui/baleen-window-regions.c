/* Where the focus goes in the window, and what lies over what. */
#include "baleen-window-private.h"

#include "baleen-find-bar.h"

static GtkWidget *
text_view (BaleenWindow *self)
{
  return baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer));
}

static BaleenChat *
chat (BaleenWindow *self)
{
  return baleen_application_get_chat (self->application);
}

static void
sidebar_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  const gboolean is_revealed = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), !is_revealed);
  if (!is_revealed && adw_flap_get_folded (ADW_FLAP (self->flap)))
    baleen_sidebar_take_focus (BALEEN_SIDEBAR (self->sidebar));
}

/* The regions in the order of F6; those that are not to be seen do not take the focus. */
static void
move_region (BaleenWindow *self,
             int           direction)
{
  GtkWidget *regions[] = { self->composer, self->transcript, self->panel, self->header,
                           self->sidebar };
  const int n = G_N_ELEMENTS (regions);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int at = 0;

  for (int i = 0; i < n; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, regions[i]))
      at = i;
  for (int step = 1; step <= n; step++)
    {
      GtkWidget *region = regions[(at + direction * step + n * step) % n];

      if (!gtk_widget_get_mapped (region))
        continue;
      if (region == self->composer ? gtk_widget_grab_focus (text_view (self))
                                   : gtk_widget_child_focus (region, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
next_region_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  move_region (BALEEN_WINDOW (widget), 1);
}

static void
previous_region_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  move_region (BALEEN_WINDOW (widget), -1);
}

/* One step each: a hint, what lies over the conversation, the way back to the composer, Stop. */
static void
step_back_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  AdwFlap *flap = ADW_FLAP (self->flap);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  BaleenMessageRow *row
      = baleen_transcript_get_focus_row (BALEEN_TRANSCRIPT (self->transcript));

  if (baleen_composer_dismiss_hint (BALEEN_COMPOSER (self->composer)))
    return;
  if (row != NULL && baleen_message_row_cancel (row))
    return;
  if (baleen_find_bar_close (BALEEN_FIND_BAR (self->find_bar))
      || baleen_sidebar_end_search (BALEEN_SIDEBAR (self->sidebar)))
    gtk_widget_grab_focus (text_view (self));
  else if (adw_flap_get_folded (ADW_FLAP (self->panel_flap))
           && adw_flap_get_reveal_flap (ADW_FLAP (self->panel_flap)))
    baleen_window_close_panel (self);
  else if (adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap))
    {
      adw_flap_set_reveal_flap (flap, FALSE);
      gtk_widget_grab_focus (text_view (self));
    }
  else if (row != NULL && focus != GTK_WIDGET (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (focus != text_view (self))
    gtk_widget_grab_focus (text_view (self));
  else if (self->running != NULL)
    baleen_chat_stop_conversation (chat (self), self->conversation);
}

static void
full_screen_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

void
baleen_window_class_install_region_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.sidebar", sidebar_cb },
    { "win.next-region", next_region_cb },
    { "win.previous-region", previous_region_cb },
    { "win.step-back", step_back_cb },
    { "win.full-screen", full_screen_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
