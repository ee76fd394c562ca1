/* From what a person gave to what a template's fields hold. Any thread. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

/* Field ids to text, for baleen_template_render(). */
GHashTable *baleen_template_values_new (void);

/* Checks `value` and puts it in. Of a field of type file it is a path, and what goes in is the
 * file's text, framed as the models were taught. */
gboolean baleen_template_values_set (GHashTable            *values,
                                     const BaleenTemplate  *template_,
                                     const char            *id,
                                     const char            *value,
                                     GError               **error);

/* The same for “id=value”. */
gboolean baleen_template_values_assign (GHashTable            *values,
                                        const BaleenTemplate  *template_,
                                        const char            *assignment,
                                        GError               **error);

/* What is sent as the person's message. `text` was written beside the fields: a field “text”
 * that is empty takes it, otherwise it stands below. Of a system prompt the message is `text`
 * alone, and `system` is what the template says; NULL for others. */
char *baleen_template_values_compose (GHashTable            *values,
                                      const BaleenTemplate  *template_,
                                      const char            *text,
                                      char                 **system,
                                      GError               **error);

/* Reads what is no plain text: PDF, DOCX and the like. This room knows nothing of documents, so
 * whoever begins says once, before any thread, what does; without it such files are refused. */
typedef char *(*BaleenTemplateFileReader) (const char *path,
                                           GError    **error);
void baleen_template_values_set_file_reader (BaleenTemplateFileReader reader);

G_END_DECLS
