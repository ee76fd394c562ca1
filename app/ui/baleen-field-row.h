/* One field of a template in the form: its label, help and example, and what takes its value. */
#pragma once

#include "baleen-template.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_FIELD_ROW (baleen_field_row_get_type ())
G_DECLARE_FINAL_TYPE (BaleenFieldRow, baleen_field_row, BALEEN, FIELD_ROW, GtkWidget)

/* Emits ::changed after the person changed the value, and ::next when Enter says that this
 * field is done. `field` must outlive the row. */
GtkWidget *baleen_field_row_new (const BaleenTemplateField *field,
                                 const char                *value);

const BaleenTemplateField *baleen_field_row_get_field (BaleenFieldRow *self);
/* As baleen_template_filling_set() takes it. Free it. */
char *baleen_field_row_dup_value (BaleenFieldRow *self);
/* Does not emit ::changed. */
void baleen_field_row_set_value (BaleenFieldRow *self,
                                 const char     *value);
/* A sentence below the field; NULL takes it away. */
void baleen_field_row_show_problem (BaleenFieldRow *self,
                                    const char     *sentence);
void baleen_field_row_focus (BaleenFieldRow *self);

G_END_DECLS
