#include "baleen-run-window.h"

#include "baleen-application.h"
#include "network-log.h"

/* Only the program that has the windows writes the log, and only the shipped one: a test leaves
 * nothing behind. */
static void
keep_log (GSettings *settings)
{
  g_autofree char *path
      = g_build_filename (g_get_user_data_dir (), "baleen", "network.log", NULL);

  baleen_network_log_keep (baleen_network_log_get (), path,
                           g_settings_get_int (settings, "network-log-days"));
}

static void
started_cb (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);

  g_signal_connect_object (settings, "changed::network-log-days", G_CALLBACK (keep_log),
                           application, 0);
  keep_log (settings);
}

int
baleen_run_window (const char  *model,
                   char       **files)
{
  g_autoptr (BaleenApplication) application = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  application = baleen_application_new (baleen_any_backend_get (), NULL, model);
  g_signal_connect_after (application, "startup", G_CALLBACK (started_cb), NULL);
  g_ptr_array_add (arguments, (gpointer) g_get_prgname ());
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    g_ptr_array_add (arguments, files[i]);
  g_ptr_array_add (arguments, NULL);
  return g_application_run (G_APPLICATION (application), arguments->len - 1,
                            (char **) arguments->pdata);
}
