/* What the window looks like: every state of a message, the empty page, menus, dialogs and what
 * goes wrong, as pictures; run by the script “screens” beside this, which has an X server.
 *
 *   bench-screens FOLDER [NAME]
 *
 * NAME is that of a state, or what several begin with. One picture a screen, style and size goes into FOLDER: NAME-STYLE-WIDTH.png. The language is
 * that of the environment. */
#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <locale.h>
#include <string.h>

#include "child.h"
#include "interface-language.h"
#include "window-document-scenes.h"
#include "window-model-scenes.h"
#include "window-template-scenes.h"

static const char *folder;

/* ---- pictures ------------------------------------------------------------------------- */

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      is_taken)
{
  *(gboolean *) is_taken = TRUE;
}

/* Of the screen, where the window is: popovers and dialogs lie over it. */
static void
take (WindowDriver *driver,
      const char   *name,
      const char   *style,
      int           width,
      int           height)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%s-%d.png", folder, name, style, width);
  g_autofree char *crop = NULL;
  g_autoptr (GSubprocess) import = NULL;
  gboolean is_taken = FALSE;

  window_driver_wait (60);
  crop = g_strdup_printf ("%dx%d+0+0", width, height);
  import = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "import", "-silent", "-window", "root",
                             "-crop", crop, "+repage", file, NULL);
  g_assert_nonnull (import);
  g_subprocess_wait_async (import, NULL, taken_cb, &is_taken);
  while (!is_taken)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_size (WindowDriver *driver,
          int           width,
          int           height)
{
  gtk_window_set_default_size (GTK_WINDOW (driver->window), width, height);
  window_driver_wait (350);
}

static void
take_screen (WindowDriver      *driver,
             const WindowScene *scene,
             const char        *style,
             int                width,
             int                height)
{
  scene->show (driver);
  window_driver_wait (250);
  take (driver, scene->name, style, width, height);
  window_scenes_close (driver);
}

static void
take_scenes (WindowDriver      *driver,
             const WindowScene *scenes,
             guint              n_scenes,
             const char        *wanted,
             const char        *style,
             gboolean           is_main,
             int                width,
             int                height)
{
  for (guint i = 0; i < n_scenes; i++)
    if ((wanted == NULL || g_str_has_prefix (scenes[i].name, wanted))
        && (!is_main || scenes[i].is_main))
      take_screen (driver, &scenes[i], style, width, height);
}

static void
take_all (WindowDriver *driver,
          const char   *wanted,
          const char   *style,
          gboolean      is_main,
          int           width,
          int           height)
{
  set_size (driver, width, height);
  take_scenes (driver, window_scenes, window_scenes_n, wanted, style, is_main, width, height);
  take_scenes (driver, window_model_scenes, window_model_scenes_n, wanted, style, is_main, width,
               height);
  take_scenes (driver, window_document_scenes, window_document_scenes_n, wanted, style, is_main,
               width, height);
  take_scenes (driver, window_template_scenes, window_template_scenes_n, wanted, style, is_main,
               width, height);
}

static const char *wanted_scene;

static void
set_font_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

static void
visit (WindowDriver *driver)
{
  static const struct
  {
    int width, height;
  } sizes[] = { { 1280, 800 }, { 800, 700 }, { 360, 660 } };
  static const char *const styles[] = { "light", "dark" };
  GSettings *settings = baleen_application_get_settings (driver->application);

  for (guint style = 0; style < G_N_ELEMENTS (styles); style++)
    {
      g_settings_set_string (settings, "style", styles[style]);
      for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
        take_all (driver, wanted_scene, styles[style], FALSE, sizes[size].width,
                  sizes[size].height);
    }
  g_settings_set_string (settings, "style", "light");
  g_settings_set_string (settings, "high-contrast", "always");
  take_all (driver, wanted_scene, "contrast", TRUE, 800, 700);
  g_settings_set_string (settings, "style", "dark");
  take_all (driver, wanted_scene, "contrast-dark", TRUE, 800, 700);
  g_settings_reset (settings, "high-contrast");
  g_settings_set_string (settings, "style", "light");
  set_font_scale (2);
  take_all (driver, wanted_scene, "large", TRUE, 800, 700);
  set_font_scale (1.5);
  take_all (driver, wanted_scene, "large", TRUE, 360, 660);
  set_font_scale (1);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  take_all (driver, wanted_scene, "right-to-left", TRUE, 800, 700);
}

int
main (int    argc,
      char **argv)
{
  WindowDriver driver = { 0 };

  if (argc < 2)
    return 2;
  if (g_str_equal (argv[1], BALEEN_EXTRACT_WORD))
    return baleen_extract_child (argc, argv);
  folder = argv[1];
  wanted_scene = argc > 2 ? argv[2] : NULL;
  baleen_interface_language_init ();
  gtk_disable_setlocale ();
  window_scenes_init (&driver);
  window_driver_run (&driver, visit);
  return 0;
}
