#include "config.h"

#include "baleen-settings.h"

#include <glib/gi18n.h>
#include <stdlib.h>

static GSettingsSchema *
look_into (const char *folder)
{
  g_autoptr (GSettingsSchemaSource) source
      = g_settings_schema_source_new_from_directory (folder, NULL, TRUE, NULL);

  return source != NULL ? g_settings_schema_source_lookup (source, BALEEN_APPLICATION_ID_NAME,
                                                           FALSE)
                        : NULL;
}

static gboolean
runs_from_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, BALEEN_BUILD_ROOT G_DIR_SEPARATOR_S);
}

static void
keep_silent (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       user_data)
{
}

/* Where its cache cannot be written dconf says so at every read, to people who asked for
 * something else. The settings are then the usual ones. */
static void
silence_dconf (void)
{
  static gsize is_done = 0;

  if (!g_once_init_enter (&is_done))
    return;
  g_log_set_handler ("dconf", G_LOG_LEVEL_CRITICAL, keep_silent, NULL);
  g_once_init_leave (&is_done, 1);
}

GSettings *
baleen_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();

  if (runs_from_build_folder ())
    schema = look_into (BALEEN_BUILD_ROOT "/data");
  if (schema == NULL && usual != NULL)
    schema = g_settings_schema_source_lookup (usual, BALEEN_APPLICATION_ID_NAME, TRUE);
  if (schema == NULL)
    schema = look_into (BALEEN_SCHEMADIR);
  /* Nothing can be done without, and nobody is helped by an abort. */
  if (schema == NULL)
    {
      g_printerr (_("baleen: What its settings are is in neither %s nor %s. "
                    "Install Baleen again.\n"),
                  BALEEN_BUILD_ROOT "/data", BALEEN_SCHEMADIR);
      exit (EXIT_FAILURE);
    }
  silence_dconf ();
  return g_settings_new_full (schema, NULL, NULL);
}
