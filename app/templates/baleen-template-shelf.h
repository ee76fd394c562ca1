/* The templates as a person has arranged them: the library's, with stars and how often each was
 * used. All windows share one; main thread only. */
#pragma once

#include <gio/gio.h>

#include "template-library.h"

G_BEGIN_DECLS

#define BALEEN_TYPE_TEMPLATE_SHELF (baleen_template_shelf_get_type ())
G_DECLARE_FINAL_TYPE (BaleenTemplateShelf,
                      baleen_template_shelf,
                      BALEEN,
                      TEMPLATE_SHELF,
                      GObject)

/* Emits ::changed after every change of what the functions below say; templates got before it
 * are gone then. `settings` has “starred-templates” and “template-uses”. */
BaleenTemplateShelf *baleen_template_shelf_new (GSettings *settings);

/* Reads the folders anew. */
void baleen_template_shelf_reload (BaleenTemplateShelf *self);
/* The same with folders that were read elsewhere, in a thread; takes `library`. */
void baleen_template_shelf_adopt (BaleenTemplateShelf   *self,
                                  BaleenTemplateLibrary *library);

const BaleenTemplate *baleen_template_shelf_find (BaleenTemplateShelf *self,
                                                  const char          *id); /* (nullable) */
/* Those that `words` find (all, if it is empty), of `language` or of any if that is NULL:
 * starred first, then by use, then by title. Free the array. */
GPtrArray *baleen_template_shelf_list (BaleenTemplateShelf *self,
                                       const char          *words,
                                       const char          *language);
/* “en” or “zh”, as the interface. */
const char *baleen_template_shelf_get_language (void);

gboolean baleen_template_shelf_get_is_starred (BaleenTemplateShelf *self,
                                               const char          *id);
void baleen_template_shelf_set_is_starred (BaleenTemplateShelf *self,
                                           const char          *id,
                                           gboolean             is_starred);
void baleen_template_shelf_count_use (BaleenTemplateShelf *self,
                                      const char          *id);

/* Into the own folder; see baleen_template_library_save(). */
gboolean baleen_template_shelf_save (BaleenTemplateShelf  *self,
                                     const BaleenTemplate *template_,
                                     gboolean              may_replace,
                                     GError              **error);
/* One of the person's own. Free what is returned: its file's text, to bring it back with. */
char *baleen_template_shelf_remove (BaleenTemplateShelf  *self,
                                    const char           *id,
                                    GError              **error);
/* An id like `wanted` that no template has. */
char *baleen_template_shelf_make_id (BaleenTemplateShelf *self,
                                     const char          *wanted);

G_END_DECLS
