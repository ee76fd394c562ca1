/* What stands with the answer that is a summary: how far it is, what came of every part, the
 * tree of its claims, and what can be done with it. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the view asks the window for, by the action “win.summary” of (x message id, i one of
 * these, u number, s text). */
typedef enum
{
  BALEEN_SUMMARY_WISH_PLACE,  /* page and sentence */
  BALEEN_SUMMARY_WISH_PART,   /* from 0 */
  BALEEN_SUMMARY_WISH_ASK,    /* the claim */
  BALEEN_SUMMARY_WISH_PAUSE,
  BALEEN_SUMMARY_WISH_CANCEL,
  BALEEN_SUMMARY_WISH_RESUME,
  BALEEN_SUMMARY_WISH_READ_AGAIN,
  BALEEN_SUMMARY_WISH_COPY,
  BALEEN_SUMMARY_WISH_EXPORT,
  BALEEN_SUMMARY_WISH_LEDGER,
  BALEEN_SUMMARY_WISH_KEEP,   /* how the tree is folded */
} BaleenSummaryWish;

#define BALEEN_TYPE_SUMMARY_VIEW (baleen_summary_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSummaryView, baleen_summary_view, BALEEN, SUMMARY_VIEW, GtkWidget)

/* Emits ::status-changed when dup_status() has other words. */
GtkWidget *baleen_summary_view_new (BaleenMessage *message);

/* What the message says of its state, where a summary has more to say than others; NULL where
 * it has not. */
char *baleen_summary_view_dup_status (BaleenSummaryView *self);

G_END_DECLS
