/* The templates there are: Baleen's own and those of the person, who comes first where two
 * have one id. Any thread; an object belongs to the thread that made it. */
#pragma once

#include "baleen-template.h"

G_BEGIN_DECLS

/* So many files of a folder are read. */
#define BALEEN_TEMPLATE_LIBRARY_MOST_FILES 10000

typedef struct
{
  GPtrArray *templates; /* of BaleenTemplate, sorted by title */
  GHashTable *by_id;    /* from its id to each of them */
  guint n_own;          /* files in the own folder */
  GPtrArray *problems;  /* of char *: a sentence for each file that was left out */
} BaleenTemplateLibrary;

/* Reads the folders anew. */
BaleenTemplateLibrary *baleen_template_library_new (void);
void baleen_template_library_free (BaleenTemplateLibrary *library);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenTemplateLibrary, baleen_template_library_free)

/* NULL, with an error that says where they are listed, if there is none of that id. */
const BaleenTemplate *baleen_template_library_find (BaleenTemplateLibrary  *library,
                                                    const char             *id,
                                                    GError                **error);

/* Whether every word of `words` occurs in title, id, tags or text, whatever its case. */
gboolean baleen_template_matches (const BaleenTemplate *template_,
                                  const char           *words);

/* $XDG_DATA_HOME/baleen/templates. */
char *baleen_template_library_get_own_folder (void);
/* Where one of that id lies there, or would. */
char *baleen_template_library_get_own_path (const char *id);

/* Whether the template's file lies there. */
gboolean baleen_template_library_is_own (const char *id);

/* Writes the template as ID.md into the own folder; one that is there is only replaced if
 * `may_replace`. */
gboolean baleen_template_library_save (const BaleenTemplate  *template_,
                                       gboolean               may_replace,
                                       GError               **error);

/* A template by what was written in a terminal: a path, if it looks like one or such a file
 * is there, else an id. */
BaleenTemplate *baleen_template_library_open (const char  *id_or_path,
                                              GError     **error);

G_END_DECLS
