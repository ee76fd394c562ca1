/* The files that will go with the message: a row for each, with what was read of it or why it
 * could not be, and below them what can be made of them as a whole. */
#pragma once

#include "baleen-attachment.h"
#include "summarizer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_ATTACHMENT_BAR (baleen_attachment_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaleenAttachmentBar, baleen_attachment_bar, BALEEN, ATTACHMENT_BAR, GtkWidget)

/* Emits ::changed when there are others or one of them changed; ::summarize (gpointer const
 * BaleenSummaryOptions *), all of them; ::ask when a question shall be written; ::insert
 * (BaleenAttachment) when a pasted text shall stand in the message after all; ::open
 * (BaleenAttachment) when it shall be shown; ::measure (BaleenAttachment) when
 * set_estimate() is waited for. */

/* FALSE if that file is there already. */
gboolean baleen_attachment_bar_add (BaleenAttachmentBar *self,
                                    BaleenAttachment    *attachment);
void baleen_attachment_bar_remove (BaleenAttachmentBar *self,
                                   BaleenAttachment    *attachment);
void baleen_attachment_bar_clear (BaleenAttachmentBar *self);
/* In the order of adding; of BaleenAttachment. */
GPtrArray *baleen_attachment_bar_get (BaleenAttachmentBar *self);

/* How much there is to do for a single file; of one that is not there any more it is dropped. */
void baleen_attachment_bar_set_estimate (BaleenAttachmentBar *self,
                                         BaleenAttachment    *attachment,
                                         const char          *words);
/* They only stay at hand, until another one comes. */
void baleen_attachment_bar_hide_card (BaleenAttachmentBar *self);
/* Another model reads now. */
void baleen_attachment_bar_measure_again (BaleenAttachmentBar *self);
/* What is chosen as long as nobody chooses, as the settings have it. */
void baleen_attachment_bar_set_usual (BaleenAttachmentBar *self,
                                      const char          *length,
                                      const char          *form,
                                      const char          *language);

G_END_DECLS
