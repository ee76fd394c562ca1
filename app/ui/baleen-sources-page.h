/* The page of the side panel that shows where the words of an answer come from. */
#pragma once

#include "baleen-message.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_SOURCES_PAGE (baleen_sources_page_get_type ())
G_DECLARE_FINAL_TYPE (BaleenSourcesPage, baleen_sources_page, BALEEN, SOURCES_PAGE, GtkWidget)

/* Emits ::opened (BaleenSource) when a source's place shall be shown: its page of a file, or
 * its address. */
GtkWidget *baleen_sources_page_new (void);

/* Its sources, as long as it is shown here; NULL for none. */
void baleen_sources_page_set_message (BaleenSourcesPage *self,
                                      BaleenMessage     *message); /* (nullable) */
BaleenMessage *baleen_sources_page_get_message (BaleenSourcesPage *self); /* (nullable) */

/* Brings that source into view and marks its passage; the focus goes there. */
void baleen_sources_page_show_source (BaleenSourcesPage *self,
                                      int                number);

G_END_DECLS
