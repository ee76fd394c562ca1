#include "window-driver.h"

#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>

#include "baleen-composer.h"
#include "fake-backend.h"
#include "folder.h"

/* What came about is seen so many frames later, which on a busy machine take longer than people
 * would wait. */
#define MOST_FRAMES 4
#define FRAME_MILLISECONDS 16

static GtkWidget *window_shown; /* (nullable) of the visit under way */

static gboolean
tick_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       n_frames)
{
  ++*(guint *) n_frames;
  return G_SOURCE_CONTINUE;
}

void
window_driver_wait (guint milliseconds)
{
  const guint n_needed = MIN (milliseconds / FRAME_MILLISECONDS, MOST_FRAMES);
  gboolean is_over = FALSE;
  guint n_frames = 0, ticks = 0;
  const guint source = g_timeout_add (milliseconds, tick_cb, &is_over);

  if (window_shown != NULL && n_needed > 0)
    ticks = gtk_widget_add_tick_callback (window_shown, frame_cb, &n_frames, NULL);
  while (!is_over
         || (n_frames < n_needed && window_shown != NULL && gtk_widget_get_mapped (window_shown)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  if (ticks != 0 && window_shown != NULL)
    gtk_widget_remove_tick_callback (window_shown, ticks);
}

static void
exited_cb (GPid     pid,
           int      status,
           gpointer user_data)
{
  g_assert_cmpint (status, ==, 0);
  *(gboolean *) user_data = TRUE;
}

/* The program must run on while the keys arrive. */
static void
run (char **arguments)
{
  g_autoptr (GError) error = NULL;
  gboolean is_over = FALSE;
  GPid pid;

  g_spawn_async (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  g_child_watch_add (pid, exited_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  window_driver_wait (60);
}

void
window_driver_take_focus (WindowDriver *driver)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (driver->window));
  g_autofree char *id = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  char *arguments[] = { (char *) "xdotool", (char *) "windowfocus", id, NULL };

  run (arguments);
  window_driver_wait_until (gtk_window_is_active (GTK_WINDOW (driver->window)));
}

static void
wait_for_window (WindowDriver *driver)
{
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);

  driver->window = BALEEN_WINDOW (
      gtk_application_get_active_window (GTK_APPLICATION (driver->application)));
  window_driver_wait_until (
      baleen_window_get_conversation (driver->window) != NULL
      && baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY
      && gtk_widget_get_mapped (GTK_WIDGET (driver->window)));
  g_set_weak_pointer (&window_shown, GTK_WIDGET (driver->window));
  window_driver_take_focus (driver);
}

typedef struct
{
  WindowDriver *driver;
  WindowDriverFunc func;
} Visit;

/* A title made meanwhile would change the words that tests look for. */
static void
keep_titles (WindowDriver *driver)
{
  g_settings_set_boolean (baleen_application_get_settings (driver->application),
                          "titles-by-model", FALSE);
}

/* The last window that closes ends g_application_run(), so it must really go. */
static gboolean
visit_cb (gpointer user_data)
{
  Visit *visit = user_data;
  WindowDriver *driver = visit->driver;

  wait_for_window (driver);
  keep_titles (driver);
  visit->func (driver);
  g_object_add_weak_pointer (G_OBJECT (driver->window), (gpointer *) &driver->window);
  if (driver->quits)
    g_action_group_activate_action (G_ACTION_GROUP (driver->application), "quit", NULL);
  else
    gtk_window_close (GTK_WINDOW (driver->window));
  driver->quits = FALSE;
  window_driver_wait_until (driver->window == NULL);
  return G_SOURCE_REMOVE;
}

static void
activated_cb (GApplication *application,
              Visit        *visit)
{
  g_idle_add (visit_cb, visit);
}

void
window_driver_run (WindowDriver    *driver,
                   WindowDriverFunc func)
{
  Visit visit = { driver, func };

  if (driver->directory == NULL)
    {
      driver->directory = g_dir_make_tmp ("baleen-window-XXXXXX", NULL);
      driver->model = g_build_filename (driver->directory, "Script.gguf", NULL);
      g_file_set_contents (driver->model, "script", -1, NULL);
    }
  /* Much fits, and no title: what the window says is tested with the words that were said. */
  fake_backend_set_batch_answer ("");
  fake_backend_set_context (1 << 20);
  driver->application
      = baleen_application_new (fake_backend_get (), driver->directory, driver->model);
  g_signal_connect_after (driver->application, "activate", G_CALLBACK (activated_cb), &visit);
  g_assert_cmpint (g_application_run (G_APPLICATION (driver->application), 0, NULL), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&driver->application));
}

void
window_driver_clear (WindowDriver *driver)
{
  folder_remove (driver->directory);
  g_clear_pointer (&driver->directory, g_free);
  g_clear_pointer (&driver->model, g_free);
}

void
window_driver_keys (WindowDriver *driver,
                    const char   *keys)
{
  g_autofree char *line = g_strconcat ("xdotool key --delay 15 ", keys, NULL);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);

  run (arguments);
}

void
window_driver_type (WindowDriver *driver,
                    const char   *text)
{
  char *arguments[] = { (char *) "xdotool", (char *) "type",   (char *) "--delay",
                        (char *) "8",       (char *) text, NULL };

  run (arguments);
}

void
window_driver_drag (WindowDriver *driver,
                    int           from_x,
                    int           from_y,
                    int           to_x,
                    int           to_y)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (driver->window));
  double dx, dy;
  g_autofree char *line = NULL;
  g_auto (GStrv) arguments = NULL;

  /* The window's content lies inside of its shadow. */
  gtk_native_get_surface_transform (GTK_NATIVE (driver->window), &dx, &dy);
  line = g_strdup_printf ("xdotool mousemove --window %lu %d %d mousedown 1 sleep 0.05 "
                          "mousemove --window %lu %d %d sleep 0.05 "
                          "mousemove --window %lu %d %d sleep 0.05 mouseup 1",
                          gdk_x11_surface_get_xid (surface), (int) (from_x + dx),
                          (int) (from_y + dy), gdk_x11_surface_get_xid (surface),
                          (int) (from_x + dx + 10), (int) (from_y + dy),
                          gdk_x11_surface_get_xid (surface), (int) (to_x + dx),
                          (int) (to_y + dy));
  arguments = g_strsplit (line, " ", -1);
  run (arguments);
}

static gboolean
says (GtkWidget  *widget,
      const char *words)
{
  const char *text = NULL;

  if (words == NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_BUTTON (widget))
    text = gtk_button_get_label (GTK_BUTTON (widget));
  if (g_strcmp0 (text, words) == 0)
    return TRUE;
  text = gtk_widget_get_tooltip_text (widget);
  return text != NULL && g_str_has_prefix (text, words);
}

GtkWidget *
window_driver_find (gpointer    root,
                    GType       type,
                    const char *words)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (!gtk_widget_get_visible (child))
        continue;
      if (g_type_is_a (G_OBJECT_TYPE (child), type) && says (child, words))
        return child;
      found = window_driver_find (child, type, words);
      if (found != NULL)
        return found;
    }
  return NULL;
}

char *
window_driver_dup_draft (WindowDriver *driver)
{
  return baleen_composer_dup_text (
      BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL)));
}

guint
window_driver_get_n_messages (WindowDriver *driver)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (baleen_window_get_conversation (driver->window)));
}

BaleenMessage *
window_driver_get_last (WindowDriver *driver)
{
  return baleen_conversation_get_head (baleen_window_get_conversation (driver->window));
}

gboolean
window_driver_is_over (WindowDriver *driver)
{
  return window_driver_get_n_messages (driver) > 0
         && !baleen_state_is_running (
             baleen_message_get_state (window_driver_get_last (driver)));
}
