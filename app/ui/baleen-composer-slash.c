/* The menu that “/” opens at the start of a line. The focus stays in the text: typing filters. */
#include "baleen-composer-private.h"

#include <string.h>

#include "baleen-template-picker.h"

/* Longer words than any title's are no search for one. */
#define LONGEST_FILTER 24

static BaleenTemplatePicker *
menu (BaleenComposer *self)
{
  return BALEEN_TEMPLATE_PICKER (self->slash);
}

static gboolean
is_open (BaleenComposer *self)
{
  return self->slash != NULL && gtk_widget_get_visible (self->slash);
}

static void
get_line (BaleenComposer *self,
          GtkTextIter    *start,
          GtkTextIter    *cursor)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  *start = *cursor;
  gtk_text_iter_set_line_offset (start, 0);
}

/* From the start of the line to the cursor. */
static char *
dup_typed (BaleenComposer *self)
{
  GtkTextIter start, cursor;

  get_line (self, &start, &cursor);
  return gtk_text_buffer_get_text (self->buffer, &start, &cursor, FALSE);
}

static void
remove_typed (BaleenComposer *self)
{
  GtkTextIter start, cursor;

  get_line (self, &start, &cursor);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &cursor);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
chosen_cb (BaleenComposer *self,
           const char     *id)
{
  remove_typed (self);
  baleen_composer_open_template (self, id);
}

static void
acted_cb (BaleenComposer *self,
          const char     *action)
{
  remove_typed (self);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
make_menu (BaleenComposer *self)
{
  self->slash = baleen_template_picker_new (FALSE);
  baleen_template_picker_set_shelf (menu (self), self->shelf);
  gtk_widget_set_halign (self->slash, GTK_ALIGN_START);
  gtk_widget_set_parent (self->slash, GTK_WIDGET (self));
  g_signal_connect_swapped (self->slash, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->slash, "acted", G_CALLBACK (acted_cb), self);
}

static void
point_to_cursor (BaleenComposer *self)
{
  GtkTextIter start, cursor;
  GdkRectangle place;
  double x, y;

  get_line (self, &start, &cursor);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->text), &start, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self->text), GTK_TEXT_WINDOW_WIDGET,
                                         place.x, place.y, &place.x, &place.y);
  if (gtk_widget_translate_coordinates (self->text, GTK_WIDGET (self), place.x, place.y, &x, &y))
    {
      place.x = x;
      place.y = y;
      gtk_popover_set_pointing_to (GTK_POPOVER (self->slash), &place);
    }
}

/* “//” is how a line begins with a slash: the second one goes, and the first is a character. */
static void
take_double (BaleenComposer *self)
{
  GtkTextIter start, cursor;

  get_line (self, &start, &cursor);
  start = cursor;
  gtk_text_iter_backward_char (&start);
  self->is_slash_refused = TRUE;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &cursor);
  gtk_text_buffer_end_user_action (self->buffer);
}

gboolean
baleen_composer_close_slash (BaleenComposer *self)
{
  if (!is_open (self))
    return FALSE;

  gtk_popover_popdown (GTK_POPOVER (self->slash));
  self->is_slash_refused = TRUE;
  return TRUE;
}

void
baleen_composer_update_slash (BaleenComposer *self)
{
  g_autofree char *typed = NULL;

  if (self->is_filling || self->is_composing)
    return;

  typed = dup_typed (self);
  if (*typed != '/')
    self->is_slash_refused = FALSE;
  else if (!self->is_slash_refused && g_str_equal (typed, "//"))
    take_double (self);
  if (*typed != '/' || self->is_slash_refused || strchr (typed + 1, '/') != NULL
      || strlen (typed) > LONGEST_FILTER)
    {
      if (is_open (self))
        gtk_popover_popdown (GTK_POPOVER (self->slash));
      return;
    }

  if (self->slash == NULL)
    make_menu (self);
  if (!baleen_template_picker_filter (menu (self), typed + 1))
    gtk_popover_popdown (GTK_POPOVER (self->slash));
  else if (!is_open (self))
    {
      point_to_cursor (self);
      gtk_popover_popup (GTK_POPOVER (self->slash));
    }
}

gboolean
baleen_composer_take_slash_key (BaleenComposer *self,
                                guint           keyval)
{
  if (!is_open (self) || self->is_composing)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      baleen_template_picker_move (menu (self), keyval == GDK_KEY_Up ? -1 : 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
      return baleen_template_picker_take (menu (self));
    case GDK_KEY_Escape:
      return baleen_composer_close_slash (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}
