/* A list of templates over the composer: opened by “/” while the text keeps the focus, or from
 * the form with a search entry of its own. */
#pragma once

#include "baleen-template-shelf.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_PICKER (baleen_template_picker_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplatePicker,
                      baleen_template_picker,
                      BALEEN,
                      TEMPLATE_PICKER,
                      GtkPopover)

/* Emits ::chosen (char *id) for a template and ::acted (char *action) for “New Chat” and its
 * like; only actions that the window has are offered. `has_entry`: it takes the focus, and is
 * the list alone. */
GtkWidget *baleen_template_picker_new (gboolean has_entry);
void baleen_template_picker_set_shelf (BaleenTemplatePicker *self,
                                       BaleenTemplateShelf  *shelf);

/* Shows what `words` find; FALSE when that is nothing. */
gboolean baleen_template_picker_filter (BaleenTemplatePicker *self,
                                        const char           *words);
void baleen_template_picker_move (BaleenTemplatePicker *self,
                                  int                   direction);
/* Takes the selected row; FALSE when there is none. */
gboolean baleen_template_picker_take (BaleenTemplatePicker *self);

G_END_DECLS
