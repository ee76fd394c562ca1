#include "baleen-run-window.h"

#include "baleen-application.h"

int
baleen_run_window (const char *model)
{
  g_autoptr (BaleenApplication) application = NULL;

  application = baleen_application_new (baleen_any_backend_get (), NULL, model);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
