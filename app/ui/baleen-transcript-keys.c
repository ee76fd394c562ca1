/* Keys of a row that has the focus: they scroll, go from message to message and select. */
#include "baleen-transcript-private.h"

/* A few lines. */
#define SCROLL_STEP 40

static void
scroll (BaleenTranscript *self,
        double            step)
{
  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_value (self->adjustment) + step);
}

/* With Control from message to message, as from the composer; else by a few lines. */
static gboolean
move_by_key (BaleenTranscript *self,
             guint             keyval,
             gboolean          is_control)
{
  static const struct
  {
    guint keyval;
    const char *action;
    int step;
  } keys[] = {
    { GDK_KEY_Up, "win.previous-message", -SCROLL_STEP },
    { GDK_KEY_Down, "win.next-message", SCROLL_STEP },
    { GDK_KEY_Home, "win.first-message", 0 },
    { GDK_KEY_End, "win.jump-to-end", 0 },
  };

  if (keyval == GDK_KEY_space)
    {
      scroll (self, gtk_adjustment_get_page_increment (self->adjustment));
      return GDK_EVENT_STOP;
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].keyval != keyval)
        continue;
      if (is_control)
        return gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
      if (keys[i].step == 0)
        return GDK_EVENT_PROPAGATE;
      scroll (self, keys[i].step);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Keys of a row that has the focus: arrows move, with Shift they select. GTK would look for
 * the nearest control in that direction. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BaleenTranscript      *self)
{
  const gboolean is_back = keyval == GDK_KEY_Left || keyval == GDK_KEY_Up;
  const gboolean is_vertical = keyval == GDK_KEY_Up || keyval == GDK_KEY_Down;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);

  if (!BALEEN_IS_MESSAGE_ROW (focus) || (modifiers & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & GDK_SHIFT_MASK) == 0)
    return move_by_key (self, keyval, (modifiers & GDK_CONTROL_MASK) != 0);
  if (keyval == GDK_KEY_space)
    {
      scroll (self, -gtk_adjustment_get_page_increment (self->adjustment));
      return GDK_EVENT_STOP;
    }
  if (!is_back && !is_vertical && keyval != GDK_KEY_Right)
    return GDK_EVENT_PROPAGATE;
  if (baleen_selection_get_is_empty (self->selection))
    baleen_selection_begin (self->selection, focus);
  baleen_selection_extend (self->selection, is_back ? -1 : 1,
                           (modifiers & GDK_CONTROL_MASK) != 0, is_vertical);
  return GDK_EVENT_STOP;
}

void
baleen_transcript_hear_keys (BaleenTranscript *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->rows, keys);
}
