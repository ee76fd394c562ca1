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

/* The name that stands for a file, NULL for a later part of a split and for other files. */
char *baleen_model_library_name_file (const char *base_name);
/* The paths of all parts of a split, in order, there or not; else the path alone. */
GPtrArray *baleen_model_library_list_parts (const char *path);
/* How a file is called that stands for `path` under another name: NAME.gguf, or
 * NAME-00002-of-00003.gguf. */
char *baleen_model_library_name_part (const char *name,
                                      const char *path);

/* Removes a model with all its parts. Only what lies in the user's own folder is ours to remove; of
 * a model that lies elsewhere and is linked there it is the link that goes. */
gboolean baleen_model_library_remove (const char *name,
                                      GError    **error);

G_END_DECLS
