#include "baleen-library-window.h"

#include <glib/gi18n.h>

#include "baleen-download-dialog.h"
#include "baleen-downloads-page.h"
#include "baleen-endpoints-page.h"
#include "baleen-found-window.h"
#include "baleen-icon-button.h"
#include "baleen-models-page.h"
#include "model-library.h"

#define UNDO_SECONDS 10

struct _BaleenLibraryWindow
{
  AdwWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *stack;
  GtkWidget *installed;
  GtkWidget *catalogue;
  GtkWidget *downloads_page;
  GtkWidget *endpoints;

  BaleenApplication *application; /* outlives us */
};

G_DEFINE_FINAL_TYPE (BaleenLibraryWindow, baleen_library_window, ADW_TYPE_WINDOW)

static void
say (BaleenLibraryWindow *self,
     const char          *sentence)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_set_title (toast, escaped);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static BaleenDownloads *
get_downloads (BaleenLibraryWindow *self)
{
  return baleen_application_get_downloads (self->application);
}

/* ---- what is asked of a model --------------------------------------------------------- */

static void
use_cb (BaleenLibraryWindow *self,
        const char          *id)
{
  baleen_application_open_model (self->application, id);
}

static void
download_cb (BaleenLibraryWindow *self,
             BaleenModelItem     *item)
{
  GtkWidget *dialog = baleen_download_dialog_new (
      GTK_WINDOW (self), get_downloads (self),
      baleen_application_get_settings (self->application), baleen_model_item_get_entry (item),
      baleen_model_item_get_file (item));

  gtk_window_present (GTK_WINDOW (dialog));
}

static void
remove_response_cb (AdwMessageDialog    *dialog,
                    const char          *response,
                    BaleenLibraryWindow *self)
{
  BaleenModelItem *item = g_object_get_data (G_OBJECT (dialog), "item");
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "remove"))
    return;
  if (!baleen_model_shelf_remove (baleen_application_get_model_shelf (self->application), item,
                                  &error))
    say (self, error->message);
}

static void
remove_cb (BaleenLibraryWindow *self,
           BaleenModelItem     *item)
{
  g_autofree char *size = g_format_size (baleen_model_item_get_n_bytes (item));
  g_autofree char *heading
      = g_strdup_printf (_("Remove “%s”?"), baleen_model_item_get_name (item));
  g_autofree char *body = g_strdup_printf (
      _("Its file leaves the disk, which frees %s. Conversations with it stay."), size);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove",
                                    _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
resume_cb (BaleenLibraryWindow *self,
           AdwToast            *toast)
{
  BaleenModelDownload *download = g_object_get_data (G_OBJECT (toast), "download");

  baleen_downloads_add (get_downloads (self), download);
}

static void
cancelled_cb (BaleenLibraryWindow *self,
              BaleenModelDownload *download)
{
  AdwToast *toast = adw_toast_new (_("Download cancelled. What has come is kept for 7 days."));

  adw_toast_set_button_label (toast, _("Resume"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "download", g_object_ref (download), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (resume_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

/* ---- files ---------------------------------------------------------------------------- */

void
baleen_library_window_take_file (BaleenLibraryWindow *self,
                                 GFile               *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    baleen_application_open_model (self->application, path);
}

static gboolean
drop_cb (BaleenLibraryWindow *self,
         const GValue        *value)
{
  baleen_library_window_take_file (self, g_value_get_object (value));

  return TRUE;
}

static void
opened_cb (GtkFileChooserNative *dialog,
           int                   response,
           BaleenLibraryWindow  *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL)
    baleen_library_window_take_file (self, file);
  g_object_unref (dialog);
}

static void
open_cb (BaleenLibraryWindow *self)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Open Model"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Models (GGUF)"));
  gtk_file_filter_add_suffix (filter, "gguf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (opened_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
found_cb (BaleenLibraryWindow *self)
{
  gtk_window_present (GTK_WINDOW (baleen_found_window_new (
      GTK_WINDOW (self), baleen_application_get_model_shelf (self->application))));
}

static void
folder_cb (BaleenLibraryWindow *self)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *uri = g_filename_to_uri (folders[0], NULL, NULL);

  g_mkdir_with_parents (folders[0], 0755);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* ---- what happens elsewhere ----------------------------------------------------------- */

static void
engine_cb (BaleenLibraryWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (engine);
  const char *id = baleen_engine_service_get_path (engine);
  g_autofree char *now = facts != NULL && facts->place != NULL
                             ? g_strdup_printf (_("Loaded now: %s"), facts->place) : NULL;

  if (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_LOADING)
    return;
  baleen_models_page_set_current (BALEEN_MODELS_PAGE (self->installed), id, now);
  baleen_models_page_set_current (BALEEN_MODELS_PAGE (self->catalogue), id, NULL);
}

static void
load_failed_cb (BaleenLibraryWindow *self,
                const char          *path,
                const char          *sentence)
{
  say (self, sentence);
}

static void
arrived_cb (BaleenLibraryWindow *self,
            BaleenModelDownload *download)
{
  g_autofree char *sentence
      = g_strdup_printf (_("“%s” is here."), baleen_model_download_get_title (download));

  say (self, sentence);
}

static void
pages_cb (BaleenLibraryWindow *self)
{
  AdwViewStackPage *page
      = adw_view_stack_get_page (ADW_VIEW_STACK (self->stack), self->downloads_page);

  adw_view_stack_page_set_badge_number (page, baleen_downloads_get_n_active (get_downloads (self)));
}

/* What was put into the folder meanwhile. */
static void
active_cb (BaleenLibraryWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    baleen_model_shelf_refresh (baleen_application_get_model_shelf (self->application));
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_library_window_class_init (BaleenLibraryWindowClass *klass)
{
}

static void
baleen_library_window_init (BaleenLibraryWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (self), _("Model Library"));
  gtk_window_set_default_size (GTK_WINDOW (self), 860, 680);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 360);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
add_page (BaleenLibraryWindow *self,
          GtkWidget           *page,
          const char          *name,
          const char          *title,
          const char          *icon)
{
  adw_view_stack_page_set_icon_name (
      adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), page, name, title), icon);

  return page;
}

static void
add_pages (BaleenLibraryWindow *self)
{
  BaleenModelShelf *shelf = baleen_application_get_model_shelf (self->application);
  GSettings *settings = baleen_application_get_settings (self->application);
  BaleenDownloads *downloads = get_downloads (self);

  self->stack = adw_view_stack_new ();
  self->installed = add_page (self, baleen_models_page_new (shelf, downloads, settings, FALSE),
                              "installed", _("Installed"), "drive-harddisk-symbolic");
  self->catalogue = add_page (self, baleen_models_page_new (shelf, downloads, settings, TRUE),
                              "catalogue", _("Catalogue"), "view-grid-symbolic");
  self->downloads_page = add_page (self, baleen_downloads_page_new (downloads, settings),
                                   "downloads", _("Downloads"), "folder-download-symbolic");
  self->endpoints = add_page (self, baleen_endpoints_page_new (shelf), "endpoints",
                              _("Endpoints"), "network-server-symbolic");
  g_signal_connect_swapped (self->installed, "use", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->installed, "remove", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (self->catalogue, "use", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->catalogue, "download", G_CALLBACK (download_cb), self);
  g_signal_connect_swapped (self->downloads_page, "use", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->downloads_page, "cancelled", G_CALLBACK (cancelled_cb), self);
  g_signal_connect_swapped (self->endpoints, "use", G_CALLBACK (use_cb), self);
  g_signal_connect_swapped (self->endpoints, "said", G_CALLBACK (say), self);
}

static GtkWidget *
header_new (BaleenLibraryWindow *self,
            GtkWidget           *bar)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *switcher = adw_view_switcher_title_new ();
  GtkWidget *open = baleen_icon_button_new ("document-open-symbolic", _("Open File…"));
  GtkWidget *folder = baleen_icon_button_new ("folder-symbolic", _("Open the Folder of Models"));
  GtkWidget *found = baleen_icon_button_new ("edit-find-symbolic", _("Models of Other Programs"));

  adw_view_switcher_title_set_stack (ADW_VIEW_SWITCHER_TITLE (switcher),
                                     ADW_VIEW_STACK (self->stack));
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (switcher), _("Model Library"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_STRICT);
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (folder, "clicked", G_CALLBACK (folder_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), open);
  g_signal_connect_swapped (found, "clicked", G_CALLBACK (found_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), folder);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), found);
  g_object_bind_property (switcher, "title-visible", bar, "reveal", G_BINDING_SYNC_CREATE);

  return header;
}

static void
watch (BaleenLibraryWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect_object (engine, "notify::status", G_CALLBACK (engine_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "load-failed", G_CALLBACK (load_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_downloads (self), "changed", G_CALLBACK (pages_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_downloads (self), "arrived", G_CALLBACK (arrived_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  engine_cb (self);
  pages_cb (self);
}

static BaleenLibraryWindow *
library_window_new (BaleenApplication *application)
{
  BaleenLibraryWindow *self
      = g_object_new (BALEEN_TYPE_LIBRARY_WINDOW, "application", application, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_view_switcher_bar_new ();
  const char *current
      = baleen_engine_service_get_path (baleen_application_get_engine (application));

  self->application = application;
  add_pages (self);
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (bar), ADW_VIEW_STACK (self->stack));
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), header_new (self, bar));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), bar);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_window_set_content (ADW_WINDOW (self), self->toasts);
  watch (self);
  if (current != NULL)
    baleen_models_page_select (BALEEN_MODELS_PAGE (self->installed), current);

  return self;
}

GtkWidget *
baleen_library_window_present (BaleenApplication *application,
                               GtkWindow         *parent,
                               const char        *page)
{
  BaleenLibraryWindow *self = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL;
       l = l->next)
    if (BALEEN_IS_LIBRARY_WINDOW (l->data))
      self = l->data;
  if (self == NULL)
    {
      self = library_window_new (application);
      gtk_window_set_transient_for (GTK_WINDOW (self), parent);
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  if (page != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), page);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
