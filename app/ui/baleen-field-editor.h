/* One field of a template in the editor: what it is called, which type it has, what helps. */
#pragma once

#include "baleen-template.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_FIELD_EDITOR (baleen_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (BaleenFieldEditor,
                      baleen_field_editor,
                      BALEEN,
                      FIELD_EDITOR,
                      AdwExpanderRow)

/* Emits ::changed, ::insert when the field shall be put into the text, and ::remove. */
GtkWidget *baleen_field_editor_new (const BaleenTemplateField *field);

/* The field as it is edited now; the caller's. */
BaleenTemplateField *baleen_field_editor_make_field (BaleenFieldEditor *self);

G_END_DECLS
