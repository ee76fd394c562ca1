/* Where models lie and what their names mean. The same answer whether Baleen runs from its
 * build folder or installed. Any thread; results are found anew at each call, so a model that
 * was put into the folder a moment ago is there. */
#pragma once

#include "catalogue.h"

#include <glib.h>

G_BEGIN_DECLS

BaleenCatalogue *baleen_catalogue_load (GError **error);

/* Turns what a user wrote after --model (NULL: nothing, so the built-in model) into the path
 * of a file: a path as it is, else a name in the catalogue or of a file in a model folder,
 * with or without “.gguf”; of a split model its first part. The error names the folders that
 * were looked into and the models there are. */
char *baleen_model_library_resolve (const char  *name,
                                    GError     **error);

/* The folders, those of the user first: the one that was set, else $XDG_DATA_HOME/baleen/models;
 * then the data folder's. What is downloaded goes into the first. NULL-terminated. */
char **baleen_model_library_get_folders (void);
/* NULL or "" for the usual one. */
void baleen_model_library_set_own_folder (const char *folder); /* (nullable) */

/* Names that resolve() would take, sorted, NULL-terminated. */
char **baleen_model_library_list (void);

G_END_DECLS
