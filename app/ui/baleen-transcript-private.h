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
};

/* baleen-transcript-keys.c: keys of a row that has the focus. */
void baleen_transcript_hear_keys (BaleenTranscript *self);

G_END_DECLS
