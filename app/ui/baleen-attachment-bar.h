/* The files that will go with the message: a row for each, with what was read of it or why it
 * could not be, and below a single one what can be made of it as a whole. */
#pragma once

#include "baleen-attachment.h"
#include "summarizer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ATTACHMENT_BAR (baleen_attachment_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAttachmentBar, baleen_attachment_bar, BALEEN, ATTACHMENT_BAR, GtkWidget)

/* Emits ::changed when there are others or one of them changed; ::summarize (BaleenAttachment,
 * gpointer const BaleenSummaryOptions *); ::ask when a question shall be written; ::insert
 * (BaleenAttachment) when a pasted text shall stand in the message after all; ::open
 * (BaleenAttachment) when it shall be shown. */
GtkWidget *baleen_attachment_bar_new (void);

/* FALSE if that file is there already. */
gboolean baleen_attachment_bar_add (BaleenAttachmentBar *self,
                                    BaleenAttachment    *attachment);
void baleen_attachment_bar_remove (BaleenAttachmentBar *self,
                                   BaleenAttachment    *attachment);
void baleen_attachment_bar_clear (BaleenAttachmentBar *self);
/* In the order of adding; of BaleenAttachment. */
GPtrArray *baleen_attachment_bar_get (BaleenAttachmentBar *self);

G_END_DECLS
