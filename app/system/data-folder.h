/* Baleen's own read-only data, for a build and for an installed copy alike. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folder with catalogue.json and models/: $BALEEN_DATA_FOLDER if set, the source's data/
 * for a program in the build folder, else share/baleen in the program's prefix or in the
 * configured one. NULL with an error that says what to do when there is none. Any thread. */
char *baleen_data_folder_find (GError **error);

/* The folder with translations, as bindtextdomain() wants it. */
char *baleen_locale_folder_find (void);

G_END_DECLS
