/* The paragraphs of a document, each page with its number, as a list that scrolls: one stretch
 * of it is marked, and words that are looked for. */
#pragma once

#include "baleen-attachment.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_DOCUMENT_PAGES (baleen_document_pages_get_type ())
G_DECLARE_FINAL_TYPE (BaleenDocumentPages, baleen_document_pages, BALEEN, DOCUMENT_PAGES, GtkWidget)

GtkWidget *baleen_document_pages_new (void);

/* Nothing is marked and looked for in another document. */
void baleen_document_pages_set_attachment (BaleenDocumentPages *self,
                                           BaleenAttachment    *attachment); /* (nullable) */
/* Characters [from, to) of the document. */
void baleen_document_pages_mark (BaleenDocumentPages *self,
                                 gsize                from,
                                 gsize                to);
/* So that this letter of the paragraph can be seen. */
void baleen_document_pages_scroll_to (BaleenDocumentPages *self,
                                      guint                paragraph,
                                      gsize                letter);

/* Marks these words wherever they stand, in capitals or not; NULL or "": none. */
void baleen_document_pages_find (BaleenDocumentPages *self,
                                 const char          *words);
guint baleen_document_pages_count_hits (BaleenDocumentPages *self);
/* To the next paragraph (1) or the one before (-1) that has them. */
void baleen_document_pages_go_to_hit (BaleenDocumentPages *self,
                                      int                  step);

G_END_DECLS
