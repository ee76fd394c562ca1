#include "config.h"

#include "data-folder.h"

#include <glib/gi18n.h>

static gboolean
holds_catalogue (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "catalogue.json", NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* The program's own folder; NULL where /proc is not mounted. */
static char *
get_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : NULL;
}

static gboolean
is_build (const char *folder)
{
  return folder != NULL && g_str_has_prefix (folder, BALEEN_BUILD_ROOT G_DIR_SEPARATOR_S);
}

/* A program in the build folder belongs to the source beside it; anything else belongs to the
 * prefix it lies in, so that an installed copy works wherever its prefix was moved to. */
static char **
get_candidates (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *folder = get_program_folder ();
  const char *given = g_getenv ("BALEEN_DATA_FOLDER");

  if (given != NULL && *given != '\0')
    g_strv_builder_add (builder, given);
  if (folder != NULL)
    {
      g_autofree char *installed
          = g_build_filename (folder, "..", "share", "baleen", NULL);

      if (is_build (folder))
        g_strv_builder_add (builder, BALEEN_SOURCE_DATA);
      g_strv_builder_add (builder, installed);
    }
  g_strv_builder_add (builder, BALEEN_PKGDATADIR);

  return g_strv_builder_end (builder);
}

char *
baleen_data_folder_find (GError **error)
{
  g_auto (GStrv) candidates = get_candidates ();

  for (gsize i = 0; candidates[i] != NULL; i++)
    if (holds_catalogue (candidates[i]))
      return g_canonicalize_filename (candidates[i], NULL);

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
               _("Baleen's own data is not in “%s”. Install Baleen again, or name a model "
                 "file with --model."),
               BALEEN_PKGDATADIR);
  return NULL;
}

char *
baleen_locale_folder_find (void)
{
  g_autofree char *folder = get_program_folder ();
  g_autofree char *beside = NULL;

  if (is_build (folder))
    return g_build_filename (BALEEN_BUILD_ROOT, "po", NULL);

  beside = folder != NULL ? g_build_filename (folder, "..", "share", "locale", NULL) : NULL;
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);

  return g_strdup (BALEEN_LOCALEDIR);
}
