/* Where the view stands: at the end, at the beginning of an answer, at what was found, or where the
 * reader left it. */
#include "baleen-transcript-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "baleen-message-row.h"
#include "baleen-text-piece.h"
#include "message-popup.h"

/* From here on the view is at its end. */
#define NEAR_END 24

static double
get_end (BaleenTranscript *self)
{
  return gtk_adjustment_get_upper (self->adjustment)
         - gtk_adjustment_get_page_size (self->adjustment);
}

gboolean
baleen_transcript_is_at_end (BaleenTranscript *self)
{
  return gtk_adjustment_get_value (self->adjustment) >= get_end (self) - NEAR_END;
}

double
baleen_transcript_get_top (BaleenTranscript *self,
                           GtkWidget        *row)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (row, self->rows, &bounds))
    return 0;
  return bounds.origin.y;
}

void
baleen_transcript_set_anchor (BaleenTranscript *self,
                              GtkWidget        *row,
                              double            offset)
{
  self->anchor = row;
  self->anchor_offset = offset;
  g_clear_weak_pointer (&self->place);
}

/* A row may be many times as high as the view, and what stands above may grow or go. */
static void
take_place (BaleenTranscript *self,
            double            value)
{
  GtkWidget *block
      = baleen_message_row_find_block (BALEEN_MESSAGE_ROW (self->anchor), self->rows, value);

  if (block == NULL || baleen_transcript_get_top (self, block) > value)
    return;
  g_set_weak_pointer (&self->place, block);
  self->place_offset = value - baleen_transcript_get_top (self, block);
}

void
baleen_transcript_take_anchor (BaleenTranscript *self)
{
  const double value = gtk_adjustment_get_value (self->adjustment);

  baleen_transcript_set_anchor (self, NULL, 0);
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const double top = baleen_transcript_get_top (self, row);

      if (top + gtk_widget_get_height (row) <= value)
        continue;
      baleen_transcript_set_anchor (self, row, value - top);
      take_place (self, value);
      return;
    }
}

void
baleen_transcript_update_jump (BaleenTranscript *self)
{
  gtk_widget_set_visible (self->jump, !baleen_transcript_is_at_end (self));
  gtk_widget_set_visible (self->jump_label, self->running != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->jump), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->running != NULL ? _("New text below")
                                                        : _("Jump to the End"),
                                  -1);
}

/* Of a long answer the beginning is held, so that it can be read while the rest is written. */
static void
hold_beginning (BaleenTranscript *self)
{
  GtkWidget *row = gtk_widget_get_last_child (self->rows);

  if (!self->stays || !self->is_following || self->running == NULL || row == NULL
      || baleen_transcript_get_top (self, row) > get_end (self))
    return;

  self->is_following = FALSE;
  baleen_transcript_set_anchor (self, row, 0);
}

gboolean
baleen_transcript_is_found_in_view (BaleenTranscript *self)
{
  const double value = gtk_adjustment_get_value (self->adjustment);
  cairo_rectangle_int_t place;
  double top;

  if (self->found == NULL || gtk_widget_get_height (self->found) == 0
      || !baleen_text_piece_get_found (BALEEN_TEXT_PIECE (self->found), &place))
    return FALSE;
  top = baleen_transcript_get_top (self, self->found) + place.y;
  return top >= value
         && top + place.height <= value + gtk_adjustment_get_page_size (self->adjustment);
}

/* A message may be longer than the view: what was found in it is put into its upper third. */
static void
go_to_found (BaleenTranscript *self)
{
  cairo_rectangle_int_t place;
  double below;

  if (!self->is_found_near || self->found == NULL
      || !baleen_text_piece_get_found (BALEEN_TEXT_PIECE (self->found), &place))
    return;
  self->is_found_near = FALSE;
  below = baleen_transcript_get_top (self, self->found) + place.y + place.height
          - baleen_transcript_get_top (self, self->anchor);
  if (below > gtk_adjustment_get_page_size (self->adjustment) - 2 * FOUND_MARGIN)
    baleen_transcript_set_anchor (
        self, self->anchor, below - gtk_adjustment_get_page_size (self->adjustment) / 3);
}

/* The view goes where the reader is. */
void
baleen_transcript_settle (BaleenTranscript *self)
{
  hold_beginning (self);
  go_to_found (self);
  self->is_adjusting = TRUE;
  if (self->is_following)
    gtk_adjustment_set_value (self->adjustment, get_end (self));
  else if (self->place != NULL)
    gtk_adjustment_set_value (
        self->adjustment,
        round (baleen_transcript_get_top (self, self->place) + self->place_offset));
  else if (self->anchor != NULL)
    gtk_adjustment_set_value (
        self->adjustment,
        round (baleen_transcript_get_top (self, self->anchor) + self->anchor_offset));
  self->is_adjusting = FALSE;
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    message_popup_stay (row, gtk_adjustment_get_value (self->adjustment));
}
