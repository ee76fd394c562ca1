#include "window-model-scenes.h"

#include <string.h>

#include "baleen-endpoint-editor.h"
#include "baleen-library-window.h"
#include "baleen-model-list.h"
#include "baleen-preferences.h"
#include "test-server.h"

/* ---- a server that asks for a token, and one that refuses a key ----------------------- */

static guint16 port;

static void
refuse_cb (const TestRequest *request,
           gpointer           user_data)
{
  test_server_put (request->out,
                   "HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static char *
make_address (const char *path)
{
  if (port == 0)
    port = test_server_start (refuse_cb, NULL, NULL);
  return g_strdup_printf ("http://127.0.0.1:%u%s", port, path);
}

/* ---- windows -------------------------------------------------------------------------- */

/* As large as the window that it covers. */
static GtkWidget *
open_library (WindowDriver *driver,
              const char   *page)
{
  int width, height;
  GtkWidget *library;

  gtk_window_get_default_size (GTK_WINDOW (driver->window), &width, &height);
  baleen_model_shelf_refresh (baleen_application_get_model_shelf (driver->application));
  library = baleen_library_window_present (driver->application, GTK_WINDOW (driver->window),
                                           page);
  gtk_window_set_default_size (GTK_WINDOW (library), width, height);
  window_driver_wait (800);
  return library;
}

static GtkWidget *
get_page (GtkWidget *library)
{
  GtkWidget *stack = window_driver_find (library, ADW_TYPE_VIEW_STACK, NULL);

  return adw_view_stack_get_visible_child (ADW_VIEW_STACK (stack));
}

static void
show_installed (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "installed");
  GtkWidget *list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (driver->application);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shelf)); i++)
    {
      g_autoptr (BaleenModelItem) item = g_list_model_get_item (G_LIST_MODEL (shelf), i);

      if (baleen_model_item_get_entry (item) != NULL
          && baleen_model_item_get_problem (item) == NULL)
        baleen_model_list_select (BALEEN_MODEL_LIST (list), baleen_model_item_get_id (item));
    }
  window_driver_wait (800);
}

static void
show_list (WindowDriver *driver)
{
  open_library (driver, "catalogue");
}

static void
show_catalogue (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "catalogue");
  GtkWidget *list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);

  baleen_model_list_select (BALEEN_MODEL_LIST (list), "r1-distill-qwen-14b");
  window_driver_wait (800);
}

static void
show_asking (WindowDriver *driver)
{
  GtkWidget *library, *button;

  show_catalogue (driver);
  library = open_library (driver, "catalogue");
  button = window_driver_find (get_page (library), GTK_TYPE_BUTTON, "Download…");
  if (button == NULL)
    button = window_driver_find (get_page (library), GTK_TYPE_BUTTON, "下载…");
  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
  window_driver_wait (500);
}

/* A repository whose terms want an account. */
static void
show_gated (WindowDriver *driver)
{
  BaleenDownloads *downloads = baleen_application_get_downloads (driver->application);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (
      (GDestroyNotify) baleen_model_file_free);
  BaleenModelFile *file = g_new0 (BaleenModelFile, 1);
  g_autoptr (BaleenModelDownload) download = NULL;

  file->url = make_address ("/gated.gguf");
  file->name = g_strdup ("gated.gguf");
  g_ptr_array_add (files, file);
  download = baleen_model_download_new ("DeepSeek-R1-Distill-Llama-8B",
                                        g_steal_pointer (&files), driver->directory);
  if (baleen_downloads_find (downloads, "gated.gguf") == NULL)
    baleen_downloads_add (downloads, download);
  open_library (driver, "downloads");
}

static void
show_endpoints (WindowDriver *driver)
{
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new (
      "DeepSeek", "https://api.deepseek.com/v1", "deepseek-reasoner", NULL);

  baleen_endpoints_put (endpoint, NULL);
  open_library (driver, "endpoints");
}

static void
show_endpoint_refused (WindowDriver *driver)
{
  g_autofree char *address = make_address ("/v1");
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoint_new ("Mine", address, "large", NULL);
  GtkWidget *editor = baleen_endpoint_editor_new (endpoint);
  GtkWidget *button;

  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (driver->window));
  gtk_window_present (GTK_WINDOW (editor));
  window_driver_wait (300);
  button = window_driver_find (editor, GTK_TYPE_BUTTON, "Test");
  if (button == NULL)
    button = window_driver_find (editor, GTK_TYPE_BUTTON, "测试");
  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
  window_driver_wait (1200);
}

static void
show_model_preferences (WindowDriver *driver)
{
  GtkWindow *preferences
      = baleen_preferences_new (GTK_WINDOW (driver->window), driver->application);

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), "models");
  gtk_window_present (preferences);
  window_driver_wait (500);
}

const WindowScene window_model_scenes[] = {
  { "model-installed", show_installed, TRUE },
  { "model-list", show_list, FALSE },
  { "model-catalogue", show_catalogue, TRUE },
  { "model-asking", show_asking, FALSE },
  { "model-gated", show_gated, TRUE },
  { "endpoints", show_endpoints, FALSE },
  { "endpoint-refused", show_endpoint_refused, TRUE },
  { "model-preferences", show_model_preferences, TRUE },
};
const guint window_model_scenes_n = G_N_ELEMENTS (window_model_scenes);
