#pragma once

#include "baleen-transcript.h"

G_BEGIN_DECLS

struct _BaleenTranscript
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *rows;
  GtkWidget *jump;
  GtkWidget *jump_label;
  GtkAdjustment *adjustment; /* the scroller's */

  BaleenConversation *conversation; /* (owned) (nullable) */
  BaleenMessage *running;           /* (owned) (nullable) the last one, while it is written */
  BaleenSelection *selection;       /* (owned) */
  guint first;                      /* messages above the first row */
  guint soon_source;                /* rows come that were not needed at once */

  GtkWidget *found;         /* (weak) (nullable) the piece with the found words looked at */
  gboolean is_found_near;   /* it is to be in view once it has its place */

  gboolean is_following;
  gboolean stays;
  gboolean is_unsettled; /* since the view was last put in its place, heights changed */
  gboolean is_adjusting; /* we move the view, not the reader */
  GtkWidget *anchor;     /* (nullable) the first row in view */
  double anchor_offset;  /* of the view's top below the anchor's */
  GtkWidget *place;      /* (weak) (nullable) the block of it that the view's top is in */
  double place_offset;
};

/* baleen-transcript-keys.c: keys of a row that has the focus. */
void baleen_transcript_hear_keys (BaleenTranscript *self);

/* What is shown begins so much below the edge of the view. */
#define FOUND_MARGIN 24

/* baleen-transcript-place.c */
gboolean baleen_transcript_is_at_end (BaleenTranscript *self);
/* Of a row, in the box of rows. */
double baleen_transcript_get_top (BaleenTranscript *self,
                                  GtkWidget        *row);
/* Remembers which row is at the top of the view, which block of it, and how far these are cut. */
void baleen_transcript_take_anchor (BaleenTranscript *self);
/* The view's top is to be so far below the row's. */
void baleen_transcript_set_anchor (BaleenTranscript *self,
                                   GtkWidget        *row, /* (nullable) */
                                   double            offset);
void baleen_transcript_update_jump (BaleenTranscript *self);
gboolean baleen_transcript_is_found_in_view (BaleenTranscript *self);
/* The view goes where the reader is. */
void baleen_transcript_settle (BaleenTranscript *self);

G_END_DECLS
