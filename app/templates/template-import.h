/* Prompts of other programs become templates: Markdown of ours, JSON of Open WebUI and Cherry
 * Studio, the CSV of awesome-chatgpt-prompts. Any thread. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

#define BALEEN_TEMPLATE_IMPORT_MAX_BYTES (16 * 1024 * 1024)

typedef struct
{
  GPtrArray *taken;    /* of BaleenTemplate, ids differ */
  GPtrArray *left_out; /* of char *: a sentence for each entry that makes no template */
  GHashTable *ids;     /* the reader's own: of each id the number that the next like it gets */
} BaleenTemplateImport;

void baleen_template_import_clear (BaleenTemplateImport *import);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenTemplateImport, baleen_template_import_clear)

/* The kind is told by the content. FALSE when the whole file is unreadable; an entry that is
 * wrong only counts as left out. */
gboolean baleen_template_import_parse (BaleenTemplateImport  *import,
                                       const char            *name,
                                       const char            *text,
                                       gsize                  length,
                                       GError               **error);
gboolean baleen_template_import_load (BaleenTemplateImport  *import,
                                      const char            *path,
                                      GError               **error);

/* For the readers of one kind: makes a template of a title and a text with variables as other
 * programs write them, {{name | type:option}} and ${Name:default}, and puts it into one of the
 * two arrays. `id_words` may be NULL. */
void baleen_template_import_add (BaleenTemplateImport *import,
                                 const char           *id_words,
                                 const char           *title,
                                 const char           *text,
                                 char                **tags,
                                 gboolean              is_system);

/* The reader of CSV, RFC 4180 with a header; columns act or title, and prompt. */
gboolean baleen_template_import_csv (BaleenTemplateImport  *import,
                                     const char            *name,
                                     const char            *text,
                                     GError               **error);

G_END_DECLS
