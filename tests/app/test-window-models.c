/* The model library, the chooser, downloads and endpoints through real widgets, with a server of
 * the test's own. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "baleen-adapter-row.h"
#include "baleen-download-row.h"
#include "baleen-endpoint-editor.h"
#include "baleen-file-row.h"
#include "baleen-library-window.h"
#include "baleen-model-chooser.h"
#include "baleen-model-detail.h"
#include "baleen-model-list.h"
#include "baleen-plan-bar.h"
#include "network-log.h"
#include "test-server.h"
#include "window-cases.h"

#define N_BYTES 300000

static guint16 port;
static gint is_slow; /* (atomic) */

/* ---- the server -------------------------------------------------------------------------- */

static void
put_file (GOutputStream *out,
          const char    *request)
{
  const char *range = strstr (request, "Range: bytes=");
  const gsize from = range != NULL ? strtoul (range + strlen ("Range: bytes="), NULL, 10) : 0;
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nContent-Range: bytes %" G_GSIZE_FORMAT
      "-%d/%d\r\nETag: \"a\"\r\nConnection: close\r\n\r\n",
      range != NULL ? "206 Part" : "200 OK", N_BYTES - from, from, N_BYTES - 1, N_BYTES);
  static const char piece[5000] = "GGUF";

  test_server_put (out, head);
  for (gsize at = from; at < N_BYTES; at += sizeof piece)
    {
      if (!g_output_stream_write_all (out, piece, MIN (sizeof piece, N_BYTES - at), NULL, NULL,
                                      NULL))
        return;
      if (g_atomic_int_get (&is_slow))
        g_usleep (20000);
    }
}

static void
answer_cb (const TestRequest *request,
           gpointer           user_data)
{
  if (strstr (request->text, "/model.gguf") != NULL)
    put_file (request->out, request->text);
  else if (strstr (request->text, "/v1/models") != NULL)
    test_server_put (request->out,
                     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                     "Connection: close\r\n\r\n"
                     "{\"data\":[{\"id\":\"large\"},{\"id\":\"small\"}]}");
  else if (strstr (request->text, "/v1/chat/completions") != NULL)
    test_server_put (request->out,
                     "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                     "Connection: close\r\n\r\n"
                     "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\n"
                     "data: {\"choices\":[{\"delta\":{\"content\":\"One \"}}]}\n\n"
                     "data: {\"choices\":[{\"delta\":{\"content\":\"two\"},"
                     "\"finish_reason\":\"stop\"}]}\n\n"
                     "data: [DONE]\n\n");
  else
    test_server_put (request->out,
                     "HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static char *
make_address (const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", port, path);
}

/* ---- windows ----------------------------------------------------------------------------- */

/* A window of that type on the screen; NULL when there is none. */
static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;

  return NULL;
}

static GtkWidget *
open_library (WindowDriver *driver,
              const char   *page)
{
  GtkWidget *library = baleen_library_window_present (driver->application,
                                                      GTK_WINDOW (driver->window), page);

  window_driver_wait_until (gtk_widget_get_mapped (library));

  return library;
}

/* Pages of a view stack that are not shown are visible all the same. */
static GtkWidget *
get_page (GtkWidget *library)
{
  GtkWidget *stack = window_driver_find (library, ADW_TYPE_VIEW_STACK, NULL);

  return adw_view_stack_get_visible_child (ADW_VIEW_STACK (stack));
}

static void
close_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  window_driver_wait_until (window == NULL);
}

static gboolean
has_text (gpointer    root,
          const char *part)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child))
        continue;
      if (GTK_IS_LABEL (child)
          && strstr (gtk_label_get_text (GTK_LABEL (child)), part) != NULL)
        return TRUE;
      if (has_text (child, part))
        return TRUE;
    }

  return FALSE;
}

static void
click (gpointer    root,
       const char *words)
{
  GtkWidget *button = window_driver_find (root, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* ---- what is here ------------------------------------------------------------------------ */

static void
test_installed (WindowDriver *driver)
{
  GtkWidget *library;

  window_driver_keys (driver, "ctrl+shift+m");
  window_driver_wait_until (find_window (BALEEN_TYPE_LIBRARY_WINDOW) != NULL);
  library = find_window (BALEEN_TYPE_LIBRARY_WINDOW);
  g_assert_true (has_text (library, "Krill"));
  g_assert_true (has_text (library, "Script"));
  /* The built-in model is looked into; the script is no model at all, and that is said. */
  window_driver_wait_until (has_text (library, "148 M parameters, 4-bit"));
  window_driver_wait_until (has_text (library, "Runs on the processor")
                            || has_text (library, "Fits on the graphics card"));
  window_driver_wait_until (has_text (library, "“Script.gguf” is not a model"));
  close_window (library);
}

/* More context takes more memory, and the bar and its words say so. */
static void
test_slider (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "installed");
  GtkWidget *list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  GtkWidget *detail, *bar, *scale;
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (driver->application);
  BaleenModelItem *krill = baleen_model_shelf_find_file (shelf, "krill.gguf");
  const BaleenModelSetup setup = { .n_context = 1024 };
  g_autoptr (BaleenFit) small = NULL;
  g_autofree char *cache = NULL;

  baleen_model_list_select (BALEEN_MODEL_LIST (list), baleen_model_item_get_id (krill));
  detail = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_DETAIL, NULL);
  window_driver_wait_until ((scale = window_driver_find (detail, GTK_TYPE_SCALE, NULL)) != NULL);
  bar = window_driver_find (detail, BALEEN_TYPE_PLAN_BAR, NULL);
  window_driver_wait_until (has_text (bar, "Weights"));
  gtk_range_set_value (GTK_RANGE (scale), 0);
  window_driver_wait_until (has_text (detail, "Context of 1,024 tokens")
                            || has_text (detail, "Context of 1024 tokens"));
  small = baleen_fit_new_for_file (baleen_model_item_get_id (krill), "auto", &setup, NULL);
  cache = g_format_size (small->kv_cache);
  window_driver_wait_until (has_text (bar, cache));
  gtk_range_set_value (GTK_RANGE (scale), 2);
  window_driver_wait_until (!has_text (bar, cache));
  g_assert_true (has_text (detail, "tok/s at the beginning"));
  close_window (library);
}

/* What the slider shows becomes what the model is run with, and can be taken back. */
static void
test_use_that (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "installed");
  GtkWidget *list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (driver->application);
  const char *krill
      = baleen_model_item_get_id (baleen_model_shelf_find_file (shelf, "krill.gguf"));
  g_auto (BaleenModelSetup) chosen = { 0 }, usual = { 0 };
  GtkWidget *detail, *scale, *kv_memory;

  baleen_model_list_select (BALEEN_MODEL_LIST (list), krill);
  detail = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_DETAIL, NULL);
  window_driver_wait_until ((scale = window_driver_find (detail, GTK_TYPE_SCALE, NULL)) != NULL);
  g_assert_null (window_driver_find (detail, GTK_TYPE_BUTTON, "Use That"));
  gtk_range_set_value (GTK_RANGE (scale), 1);
  kv_memory = window_driver_find (detail, GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kv_memory), BALEEN_KV_SMALL);
  window_driver_wait_until (window_driver_find (detail, GTK_TYPE_BUTTON, "Use That") != NULL);
  click (detail, "Use That");
  baleen_model_setup_load (&chosen, krill);
  g_assert_cmpuint (chosen.n_context, ==, 2048);
  g_assert_cmpint (chosen.kv_memory, ==, BALEEN_KV_SMALL);
  window_driver_wait_until (window_driver_find (detail, GTK_TYPE_BUTTON, "As Usual") != NULL);
  window_driver_wait_until (has_text (detail, "Context of 2048 tokens")
                            || has_text (detail, "Context of 2,048 tokens"));
  click (detail, "As Usual");
  baleen_model_setup_load (&usual, krill);
  g_assert_cmpuint (usual.n_context, ==, 0);
  window_driver_wait_until (window_driver_find (detail, GTK_TYPE_BUTTON, "As Usual") == NULL);
  close_window (library);
}

/* What answers now is loaded anew with what was chosen. */
static void
test_set_up_reloads (WindowDriver *driver)
{
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (driver->application);
  const BaleenModelSetup chosen = { .n_context = 4096 };
  BaleenModelItem *item;

  baleen_model_shelf_refresh (shelf);
  item = baleen_model_shelf_find (shelf, driver->model);
  g_assert_nonnull (item);
  g_assert_true (baleen_model_shelf_set_up (shelf, item, &chosen, NULL));
  g_assert_cmpint (baleen_engine_service_get_status (engine), ==, BALEEN_ENGINE_LOADING);
  window_driver_wait_until (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY);
  g_settings_set_string (baleen_application_get_settings (driver->application), "kv-memory",
                         "small");
  g_assert_cmpint (baleen_engine_service_get_status (engine), ==, BALEEN_ENGINE_LOADING);
  window_driver_wait_until (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_READY);
  g_settings_reset (baleen_application_get_settings (driver->application), "kv-memory");
}

/* An adapter that is none is refused in words, where it was chosen. */
static void
test_adapter (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "installed");
  GtkWidget *list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (driver->application);
  const char *krill
      = baleen_model_item_get_id (baleen_model_shelf_find_file (shelf, "krill.gguf"));
  GtkWidget *row;

  baleen_model_list_select (BALEEN_MODEL_LIST (list), krill);
  window_driver_wait_until (
      (row = window_driver_find (get_page (library), BALEEN_TYPE_ADAPTER_ROW, NULL)) != NULL);
  window_driver_wait_until (has_text (row, "None"));
  baleen_adapter_row_take (BALEEN_ADAPTER_ROW (row), krill);
  g_assert_true (has_text (row, "“krill.gguf” is a model and no adapter."));
  close_window (library);
}

/* A model that is dropped or opened as a file answers; it is no document. */
static void
test_dropped_model (WindowDriver *driver)
{
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  g_autofree char *path = g_build_filename (driver->directory, "Dropped.gguf", NULL);
  const char *const paths[] = { path, NULL };

  g_assert_true (g_file_set_contents (path, "GGUF", -1, NULL));
  baleen_window_open_files (driver->window, paths);
  window_driver_wait_until (g_strcmp0 (baleen_engine_service_get_path (engine), path) == 0);
  g_assert_false (has_text (driver->window, "Dropped.gguf"));
}

/* The model of before answers on, its name stays in the header, and both windows say why. */
static void
test_failed_load (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "installed");
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  GtkWidget *chooser = window_driver_find_in (driver, BALEEN_TYPE_MODEL_CHOOSER, NULL);

  baleen_application_open_model (driver->application, "/no/such/Gone.gguf");
  window_driver_wait_until (has_text (driver->window, "“Gone.gguf” is no longer at its place."));
  window_driver_wait_until (has_text (library, "“Gone.gguf” is no longer at its place."));
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Choose Model"));
  g_assert_cmpstr (baleen_engine_service_get_path (engine), ==, driver->model);
  g_assert_true (has_text (chooser, "Script"));
  g_assert_false (has_text (chooser, "Gone"));
  close_window (library);
}

static void
test_removal (WindowDriver *driver)
{
  g_autofree char *folder = g_build_filename (driver->directory, "models", NULL);
  g_autofree char *path = g_build_filename (folder, "Mine.gguf", NULL);
  GtkWidget *library, *list, *dialog;

  g_settings_set_string (baleen_application_get_settings (driver->application), "models-folder",
                         folder);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  library = open_library (driver, "installed");
  baleen_model_shelf_refresh (baleen_application_get_model_shelf (driver->application));
  list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  baleen_model_list_select (BALEEN_MODEL_LIST (list), path);
  click (get_page (library), "Remove…");
  window_driver_wait_until ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_true (has_text (dialog, "Remove “Mine”?"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "remove");
  window_driver_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (has_text (list, "Mine"));
  close_window (library);
}

/* ---- the catalogue ----------------------------------------------------------------------- */

static void
test_catalogue (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "catalogue");
  GtkWidget *list, *dialog, *row;

  window_driver_wait_until (has_text (library, "DeepSeek-R1-Distill-Qwen-7B"));
  list = window_driver_find (get_page (library), BALEEN_TYPE_MODEL_LIST, NULL);
  baleen_model_list_select (BALEEN_MODEL_LIST (list), "r1-distill-qwen-7b");
  window_driver_wait_until (
      (row = window_driver_find (get_page (library), BALEEN_TYPE_FILE_ROW, NULL)) != NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  window_driver_wait_until (has_text (library, "7.6 B parameters, 8-bit · 8.1"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  window_driver_wait_until (has_text (library, "7.6 B parameters, 4-bit · 4.7"));
  window_driver_wait_until (has_text (library, "It thinks before it answers."));
  g_assert_true (has_text (library, "MIT"));
  click (get_page (library), "Download…");
  window_driver_wait_until ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_true (has_text (dialog, "Download “DeepSeek-R1-Distill-Qwen-7B”?"));
  g_assert_true (has_text (dialog, "Hugging Face"));
  g_assert_true (has_text (dialog, "4.7"));
  g_assert_true (has_text (dialog, "MIT"));
  g_assert_true (has_text (dialog, "free"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  window_driver_wait (100);
  g_assert_cmpuint (
      baleen_downloads_get_n_active (baleen_application_get_downloads (driver->application)), ==,
      0);
  close_window (library);
}

/* Nothing of the entry has a better place; nothing at that place that is larger is as fast as one
 * reads; and where nothing is, it is the usual one or the largest. */
static void
check_choice (BaleenModelItem *item)
{
  const BaleenCatalogueEntry *entry = baleen_model_item_get_entry (item);
  const BaleenFit *chosen = baleen_model_item_get_fit (item);

  for (guint i = 0; i < entry->files->len; i++)
    {
      const BaleenFit *fit = baleen_model_item_get_file_fit (item, i);

      g_assert_cmpint (fit->verdict, >=, chosen->verdict);
      if (fit->verdict == chosen->verdict && fit->weights > chosen->weights)
        g_assert_cmpfloat (fit->tokens_per_second, <, 10);
    }
  /* Fewer bits than usual are for who has no room for the usual ones. */
  g_assert_true (chosen->weights >= baleen_model_item_get_file_fit (item, 0)->weights
                 || baleen_model_item_get_file_fit (item, 0)->verdict > chosen->verdict);
  g_assert_true (chosen->tokens_per_second >= 10 || chosen->verdict == BALEEN_FIT_NOWHERE
                 || baleen_model_item_get_file (item) == entry->files->pdata[0]
                 || baleen_model_item_get_file_fit (item, 0)->verdict > chosen->verdict);
}

static void
test_best_first (WindowDriver *driver)
{
  GListModel *offered = baleen_model_shelf_get_catalogue (
      baleen_application_get_model_shelf (driver->application));
  GtkWidget *library = open_library (driver, "catalogue");
  guint n_several = 0;

  for (guint i = 0; i < g_list_model_get_n_items (offered); i++)
    {
      g_autoptr (BaleenModelItem) item = g_list_model_get_item (offered, i);

      baleen_model_item_look (item, "cpu");
      window_driver_wait_until (baleen_model_item_get_fit (item) != NULL);
      check_choice (item);
      n_several += baleen_model_item_get_entry (item)->files->len > 1;
    }
  g_assert_cmpuint (n_several, >=, 8);
  close_window (library);
}

/* ---- downloads --------------------------------------------------------------------------- */

/* Into a folder of this test alone. */
static void
use_folder (WindowDriver *driver)
{
  g_autofree char *folder = g_build_filename (driver->directory, "models", NULL);

  g_settings_set_string (baleen_application_get_settings (driver->application), "models-folder",
                         folder);
}

static GtkWidget *
ask_for (WindowDriver *driver,
         GtkWidget    *library,
         const char   *path)
{
  g_autofree char *address = make_address (path);
  GtkWidget *entry = window_driver_find (get_page (library), ADW_TYPE_ENTRY_ROW, NULL);
  GtkWidget *dialog;

  gtk_editable_set_text (GTK_EDITABLE (entry), address);
  g_signal_emit_by_name (entry, "apply");
  window_driver_wait_until ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);

  return dialog;
}

static GtkWidget *
find_row (GtkWidget *library)
{
  return window_driver_find (get_page (library), BALEEN_TYPE_DOWNLOAD_ROW, NULL);
}

static void
test_download (WindowDriver *driver)
{
  BaleenEngineService *engine = baleen_application_get_engine (driver->application);
  g_autofree char *path = g_build_filename (driver->directory, "models", "model.gguf", NULL);
  GtkWidget *library, *dialog, *row;

  use_folder (driver);
  g_atomic_int_set (&is_slow, TRUE);
  library = open_library (driver, "downloads");
  dialog = ask_for (driver, library, "/model.gguf");
  g_assert_true (has_text (dialog, "127.0.0.1"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "download");
  window_driver_wait_until ((row = find_row (library)) != NULL);
  window_driver_wait_until (has_text (row, "of 300.0") && has_text (row, "/s")
                            && has_text (row, "left"));
  window_driver_wait_until (has_text (driver->window, "1 download"));

  click (row, "Pause");
  window_driver_wait_until (has_text (row, "Paused"));
  window_driver_wait_until (!has_text (driver->window, "1 download"));
  click (row, "Resume");
  g_atomic_int_set (&is_slow, FALSE);
  window_driver_wait_until (has_text (row, "Done"));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  click (row, "Use");
  window_driver_wait_until (g_strcmp0 (baleen_engine_service_get_path (engine), path) == 0);
  click (row, "Clear");
  window_driver_wait_until (find_row (library) == NULL);
  close_window (library);
}

static void
test_refused_download (WindowDriver *driver)
{
  GtkWidget *library, *dialog, *row;

  use_folder (driver);
  library = open_library (driver, "downloads");
  dialog = ask_for (driver, library, "/gated.gguf");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "download");
  window_driver_wait_until ((row = find_row (library)) != NULL);
  window_driver_wait_until (has_text (row, "accepted its terms"));
  click (row, "Access Token…");
  window_driver_wait_until ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  g_assert_true (has_text (dialog, "Access Token for 127.0.0.1"));
  g_assert_nonnull (window_driver_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  click (row, "Cancel");
  window_driver_wait_until (has_text (library, "What has come is kept for 7 days."));
  close_window (library);
}

static void
test_wrong_address (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "downloads");
  GtkWidget *entry = window_driver_find (get_page (library), ADW_TYPE_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "file:///etc/passwd");
  g_signal_emit_by_name (entry, "apply");
  window_driver_wait_until (has_text (library, "http"));
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  close_window (library);
}

/* ---- endpoints --------------------------------------------------------------------------- */

static void
set_row (GtkWidget  *editor,
         const char *title,
         const char *text)
{
  GtkWidget *group = window_driver_find (editor, ADW_TYPE_PREFERENCES_GROUP, NULL);
  GtkWidget *row = gtk_widget_get_ancestor (window_driver_find (group, GTK_TYPE_LABEL, title),
                                            ADW_TYPE_ENTRY_ROW);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_endpoint (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "endpoints");
  GtkWidget *editor, *chooser, *dialog;
  g_autofree char *address = make_address ("");

  click (get_page (library), "New Endpoint…");
  window_driver_wait_until ((editor = find_window (BALEEN_TYPE_ENDPOINT_EDITOR)) != NULL);
  set_row (editor, "Address, up to and with /v1", address);
  set_row (editor, "Name", "Mine");
  click (editor, "Test");
  window_driver_wait_until (has_text (editor, "Reached: 2 models."));
  set_row (editor, "Model, as the server calls it", "large");
  click (editor, "Test");
  window_driver_wait_until (has_text (editor, "Works: 2 models, streaming, thinking"));
  click (editor, "_Save");
  window_driver_wait_until (find_window (BALEEN_TYPE_ENDPOINT_EDITOR) == NULL);
  window_driver_wait_until (has_text (library, "⇄ 127.0.0.1 · large"));

  close_window (library);
  chooser = window_driver_find_in (driver, BALEEN_TYPE_MODEL_CHOOSER, NULL);
  baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (chooser));
  window_driver_wait_until (has_text (chooser, "⇄ 127.0.0.1"));
  click (chooser, "Model Library…");
  window_driver_wait_until ((library = find_window (BALEEN_TYPE_LIBRARY_WINDOW)) != NULL);

  library = open_library (driver, "endpoints");
  click (get_page (library), "Remove");
  window_driver_wait_until ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "remove");
  window_driver_wait_until (!has_text (library, "⇄ 127.0.0.1"));
  close_window (library);
}

static void
test_silent_endpoint (WindowDriver *driver)
{
  GtkWidget *library = open_library (driver, "endpoints");
  GtkWidget *editor;

  click (get_page (library), "New Endpoint…");
  window_driver_wait_until ((editor = find_window (BALEEN_TYPE_ENDPOINT_EDITOR)) != NULL);
  click (editor, "Test");
  window_driver_wait_until (window_driver_find (editor, GTK_TYPE_LABEL, NULL) != NULL);
  set_row (editor, "Address, up to and with /v1", "http://127.0.0.1:1/v1");
  click (editor, "Test");
  window_driver_wait_until (has_text (editor, "127.0.0.1"));
  g_assert_false (has_text (editor, "Works"));
  close_window (editor);
  close_window (library);
}

/* The preferences' switch opens a port on this computer alone, and closes it. */
static void
test_offer (WindowDriver *driver)
{
  GSettings *settings = baleen_application_get_settings (driver->application);
  BaleenModelOffer *offer = baleen_application_get_offer (driver->application);

  g_assert_null (baleen_model_offer_get_address (offer));
  g_settings_set_boolean (settings, "offer-model", TRUE);
  window_driver_wait_until (baleen_model_offer_get_address (offer) != NULL);
  g_assert_true (g_str_has_prefix (baleen_model_offer_get_address (offer), "http://127.0.0.1:"));
  g_assert_cmpuint (strlen (baleen_model_offer_get_key (offer)), >=, 32);
  g_assert_nonnull (baleen_network_log_get_offered (baleen_network_log_get ()));
  g_settings_set_boolean (settings, "offer-model", FALSE);
  window_driver_wait_until (baleen_model_offer_get_address (offer) == NULL);
  g_assert_null (baleen_network_log_get_offered (baleen_network_log_get ()));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("baleen-models-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CACHE_HOME", data, TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  window_cases_init (&argc, &argv);
  port = test_server_start (answer_cb, NULL, NULL);
  WINDOW_CASE ("/models/library-shows-what-is-here-and-whether-it-fits", test_installed);
  WINDOW_CASE ("/models/slider-moves-memory", test_slider);
  WINDOW_CASE ("/models/what-is-chosen-is-used-and-taken-back", test_use_that);
  WINDOW_CASE ("/models/new-setup-loads-anew", test_set_up_reloads);
  WINDOW_CASE ("/models/wrong-adapter-is-said", test_adapter);
  WINDOW_CASE ("/models/dropped-model-answers", test_dropped_model);
  WINDOW_CASE ("/models/failed-load-leaves-the-old-one", test_failed_load);
  WINDOW_CASE ("/models/removed-only-when-asked-twice", test_removal);
  WINDOW_CASE ("/models/catalogue-tells-before-it-downloads", test_catalogue);
  WINDOW_CASE ("/models/best-that-fits-is-offered-first", test_best_first);
  WINDOW_CASE ("/models/download-pauses-goes-on-and-is-used", test_download);
  WINDOW_CASE ("/models/refused-download-asks-for-a-token", test_refused_download);
  WINDOW_CASE ("/models/wrong-address-is-said", test_wrong_address);
  WINDOW_CASE ("/models/endpoint-is-tested-kept-and-removed", test_endpoint);
  WINDOW_CASE ("/models/silent-endpoint-is-said", test_silent_endpoint);
  WINDOW_CASE ("/models/offered-as-long-as-the-switch-is-on", test_offer);

  return g_test_run ();
}
