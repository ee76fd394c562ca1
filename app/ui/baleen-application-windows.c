/* Which windows there are and what each shows, so that they come back with the program. */
#include "baleen-application-windows.h"

#include "baleen-window.h"

void
baleen_application_remember_windows (BaleenApplication *self)
{
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ax"));
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (BALEEN_IS_WINDOW (l->data))
      {
        g_variant_builder_add (&builder, "x", baleen_window_get_place (l->data));
        n++;
      }

  /* The last window to close is the one to come back. */
  if (n > 0)
    g_settings_set_value (baleen_application_get_settings (self), "windows",
                          g_variant_builder_end (&builder));
  else
    g_variant_builder_clear (&builder);
}

void
baleen_application_restore_windows (BaleenApplication *self)
{
  g_autoptr (GVariant) value
      = g_settings_get_value (baleen_application_get_settings (self), "windows");
  gsize n;
  const gint64 *places = g_variant_get_fixed_array (value, &n, sizeof *places);

  /* The one used last was the first, and is again in front. */
  for (gsize i = MIN (n, BALEEN_WINDOWS_AT_MOST); i > 0; i--)
    gtk_window_present (GTK_WINDOW (baleen_window_new (self, places[i - 1])));
  if (n == 0)
    gtk_window_present (GTK_WINDOW (baleen_window_new (self, 0)));
}
