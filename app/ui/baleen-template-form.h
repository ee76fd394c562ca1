/* The form above the draft: a template's fields, filled in. What was filled stays when it is
 * closed, until it is sent. */
#pragma once

#include "baleen-template-shelf.h"
#include "template-filling.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_FORM (baleen_template_form_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplateForm, baleen_template_form, BALEEN, TEMPLATE_FORM, GtkWidget)

/* Emits ::changed after what was filled changed, ::left when Enter leaves the last field, and
 * ::close-wanted; notifies “is-previewing”. */

void baleen_template_form_set_shelf (BaleenTemplateForm  *self,
                                     BaleenTemplateShelf *shelf);

/* Shows that template, empty; the usual one (the five fields) for NULL. */
void baleen_template_form_choose (BaleenTemplateForm *self,
                                  const char         *id);
/* The same, each field filled with its example. */
void baleen_template_form_choose_example (BaleenTemplateForm *self,
                                          const char         *id);
/* Takes over `filling` (nullable: no template). */
void baleen_template_form_set_filling (BaleenTemplateForm    *self,
                                       BaleenTemplateFilling *filling);
/* Belongs to the form; NULL when it has no template. */
BaleenTemplateFilling *baleen_template_form_get_filling (BaleenTemplateForm *self);

gboolean baleen_template_form_get_is_previewing (BaleenTemplateForm *self);
void baleen_template_form_set_is_previewing (BaleenTemplateForm *self,
                                             gboolean            is_previewing);
/* How long the prompt is, in words for people; NULL while that is not known. */
void baleen_template_form_set_length (BaleenTemplateForm *self,
                                      const char         *words);

/* The first field, or the first with a problem, which is then said. */
void baleen_template_form_focus (BaleenTemplateForm *self);
gboolean baleen_template_form_show_problem (BaleenTemplateForm *self);

G_END_DECLS
