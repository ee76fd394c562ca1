/* What a person filled into a template: it becomes the prompt, is kept with the message as
 * JSON, and comes back from there to be changed and sent again. The terminal and the window
 * make their prompts here, so that both send the same. Not shared between threads. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

typedef struct _BaleenTemplateFilling BaleenTemplateFilling;

/* `source` is the template's file (BaleenTemplate.source); fields begin with their defaults. */
BaleenTemplateFilling *baleen_template_filling_new (const char  *source,
                                                    GError     **error);
void baleen_template_filling_free (BaleenTemplateFilling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenTemplateFilling, baleen_template_filling_free)

const BaleenTemplate *baleen_template_filling_get_template (BaleenTemplateFilling *self);

/* As it was given: of a field of type file its path. Never NULL. */
const char *baleen_template_filling_get (BaleenTemplateFilling *self,
                                         const char            *id);
void baleen_template_filling_set (BaleenTemplateFilling *self,
                                  const char            *id,
                                  const char            *value);
/* Every field is as the template has it. */
gboolean baleen_template_filling_is_untouched (BaleenTemplateFilling *self);

/* The first field that a prompt cannot be made with: required and empty, no number, no date.
 * NULL when all are well; the error is its sentence. */
const char *baleen_template_filling_find_problem (BaleenTemplateFilling  *self,
                                                  GError                **error);

/* What is sent as the person's message. `text` was written beside the fields: a field “text”
 * that is empty takes it, otherwise it stands below. Of a system prompt the message is `text`
 * alone and `system` is what the template says. Reads the files of file fields. */
char *baleen_template_filling_compose (BaleenTemplateFilling  *self,
                                       const char             *text,
                                       char                  **system, /* set to NULL if none */
                                       GError                **error);

/* For a message's or a draft's part BALEEN_PART_TEMPLATE. */
char *baleen_template_filling_to_json (BaleenTemplateFilling *self,
                                       const char            *text);
/* And back; `text` (nullable) is what stood beside the fields. */
BaleenTemplateFilling *baleen_template_filling_from_json (const char  *json,
                                                          char       **text,
                                                          GError     **error);

G_END_DECLS
