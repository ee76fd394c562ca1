/* Where a template is written: its fields and text at the left, what its example makes at the
 * right, problems named by line. */
#pragma once

#include "baleen-template-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_EDITOR (baleen_template_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplateEditor,
                      baleen_template_editor,
                      BALEEN,
                      TEMPLATE_EDITOR,
                      AdwWindow)

/* Begins with a copy of `template_`. It is saved under its id; `may_replace` when that is the
 * one being edited. Emits ::saved (char *id). */
GtkWidget *baleen_template_editor_new (BaleenTemplateShelf  *shelf,
                                       const BaleenTemplate *template_,
                                       gboolean              may_replace);

/* A template of that text and of nothing else, to begin with. Free it. */
BaleenTemplate *baleen_template_editor_make_blank (BaleenTemplateShelf *shelf,
                                                   const char          *text);

G_END_DECLS
