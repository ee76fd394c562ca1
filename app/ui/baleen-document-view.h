/* The text of a document with its pages: a place can be shown and stays marked, words can be
 * found, headings gone to. For the side panel and for a window of its own. */
#pragma once

#include "baleen-attachment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_DOCUMENT_VIEW (baleen_document_view_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDocumentView, baleen_document_view, BALEEN, DOCUMENT_VIEW, GtkWidget)

/* Emits ::moved-out (BaleenAttachment) when it shall be shown in a window. */
GtkWidget *baleen_document_view_new (gboolean is_in_panel);

void baleen_document_view_set_attachment (BaleenDocumentView *self,
                                          BaleenAttachment   *attachment); /* (nullable) */
/* What can be gone through with ‹ ›: of BaleenSource, those of this document; shows the one at
 * `position`. */
void baleen_document_view_set_places (BaleenDocumentView *self,
                                      GPtrArray          *sources,
                                      guint               position);
/* Shows a page, and marks `passage` there where it is found; `page` 0: wherever it stands.
 * FALSE if the passage is not in the document. */
gboolean baleen_document_view_show_place (BaleenDocumentView *self,
                                          guint               page,
                                          const char         *passage); /* (nullable) */
/* Marks characters [from, to) of the document, and shows where they begin. */
void baleen_document_view_show_range (BaleenDocumentView *self,
                                      gsize               from,
                                      gsize               to);

G_END_DECLS
