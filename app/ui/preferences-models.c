#include "baleen-preferences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "model-library.h"
#include "preferences-rows.h"

static void
unload_cb (BaleenApplication *application)
{
  baleen_engine_service_sleep (baleen_application_get_engine (application));
}

static void
add_unload (AdwPreferencesGroup *group,
            BaleenApplication   *application)
{
  GtkWidget *row
      = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Unload"), "subtitle",
                      _("Gives memory and graphics card back now; the next question takes them "
                        "again"),
                      NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Unload"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (unload_cb), application,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

/* ---- the model of new chats ----------------------------------------------------------- */

static void
new_chat_cb (GtkWidget  *row,
             GParamSpec *pspec,
             GSettings  *settings)
{
  char **ids = g_object_get_data (G_OBJECT (row), "ids");

  g_settings_set_string (settings, "new-chat-model",
                         ids[adw_combo_row_get_selected (ADW_COMBO_ROW (row))]);
}

/* “Last used” first, which is no id at all. */
static void
add_new_chat (AdwPreferencesGroup *group,
              BaleenApplication   *application)
{
  GListModel *shelf = G_LIST_MODEL (baleen_application_get_model_shelf (application));
  GSettings *settings = baleen_application_get_settings (application);
  const guint n = g_list_model_get_n_items (shelf);
  g_autofree char *chosen = g_settings_get_string (settings, "new-chat-model");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  char **ids = g_new0 (char *, n + 2);
  guint selected = 0;
  GtkWidget *row;

  gtk_string_list_append (names, _("Last used"));
  ids[0] = g_strdup ("");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenModelItem) item = g_list_model_get_item (shelf, i);

      gtk_string_list_append (names, baleen_model_item_get_name (item));
      ids[i + 1] = g_strdup (baleen_model_item_get_id (item));
      if (g_str_equal (ids[i + 1], chosen))
        selected = i + 1;
    }
  row = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Model for new chats"), "model", names,
                      "selected", selected, NULL);
  g_object_set_data_full (G_OBJECT (row), "ids", ids, (GDestroyNotify) g_strfreev);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (new_chat_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* ---- the folder ----------------------------------------------------------------------- */

static void
show_folder (GtkWidget *row)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *shown = g_filename_display_name (folders[0]);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
}

static void
folder_chosen_cb (GtkFileChooserNative *dialog,
                  int                   response,
                  GtkWidget            *row)
{
  GSettings *settings = g_object_get_data (G_OBJECT (row), "settings");
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_settings_set_string (settings, "models-folder", path);
  g_object_unref (dialog);
}

static void
choose_folder_cb (GtkWidget *row)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Folder for models"), GTK_WINDOW (gtk_widget_get_root (row)),
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), row, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
usual_folder_cb (GtkWidget *row)
{
  g_settings_reset (g_object_get_data (G_OBJECT (row), "settings"), "models-folder");
}

static void
add_folder (AdwPreferencesGroup *group,
            GSettings           *settings)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Folder for models"), NULL);
  GtkWidget *usual = baleen_icon_button_new ("edit-undo-symbolic", _("Use the Usual Folder"));
  GtkWidget *choose = gtk_button_new_with_label (_("Choose…"));

  gtk_widget_set_valign (usual, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (usual, "flat");
  g_object_set_data_full (G_OBJECT (row), "settings", g_object_ref (settings), g_object_unref);
  g_signal_connect_object (usual, "clicked", G_CALLBACK (usual_folder_cb), row,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (choose, "clicked", G_CALLBACK (choose_folder_cb), row,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::models-folder", G_CALLBACK (show_folder), row,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), usual);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choose);
  show_folder (row);
  adw_preferences_group_add (group, row);
}

/* ---- where models are fetched from ---------------------------------------------------- */

static void
mirror_cb (GtkWidget *row,
           GSettings *settings)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autofree char *whole = *text == '\0' || strstr (text, "://") != NULL
                               ? g_strdup (text) : g_strconcat ("https://", text, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), whole);
  g_settings_set_string (settings, "mirror", whole);
}

static void
add_mirror (AdwPreferencesGroup *group,
            GSettings           *settings)
{
  g_autofree char *mirror = g_settings_get_string (settings, "mirror");
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title",
                                 _("Mirror address, instead of Hugging Face"), "show-apply-button",
                                 TRUE, "input-purpose", GTK_INPUT_PURPOSE_URL, "text", mirror,
                                 NULL);

  g_signal_connect_object (row, "apply", G_CALLBACK (mirror_cb), settings, 0);
  adw_preferences_group_add (group, row);
}

/* ---- other programs ------------------------------------------------------------------- */

typedef struct
{
  BaleenModelOffer *offer; /* (owned) */
  GtkWidget *address;
  GtkWidget *key;
} OfferRows;

static void
offer_rows_free (gpointer data)
{
  OfferRows *rows = data;

  g_object_unref (rows->offer);
  g_free (rows);
}

static void
show_offer (OfferRows *rows)
{
  const char *address = baleen_model_offer_get_address (rows->offer);
  const char *key = baleen_model_offer_get_key (rows->offer);

  gtk_widget_set_visible (rows->address, address != NULL);
  gtk_widget_set_visible (rows->key, address != NULL && key != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (rows->address), address != NULL ? address : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (rows->key), key != NULL ? key : "");
}

static void
offer_changed_cb (GObject    *offer,
                  GParamSpec *pspec,
                  GtkWidget  *address)
{
  show_offer (g_object_get_data (G_OBJECT (address), "rows"));
}

static void
copy_row_cb (GtkWidget *row)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (row),
                          adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
}

static void
renew_cb (OfferRows *rows)
{
  g_autoptr (GError) error = NULL;
  GtkRoot *window = gtk_widget_get_root (rows->key);

  if (!baleen_model_offer_renew_key (rows->offer, &error) && ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window),
                                      adw_toast_new (error->message));
  show_offer (rows);
}

static GtkWidget *
copied_row_new (const char *title,
                const char *words)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);
  GtkWidget *copy = baleen_icon_button_new ("edit-copy-symbolic", words);

  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_row_cb), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);

  return row;
}

static void
add_offer (AdwPreferencesGroup *group,
           BaleenApplication   *application)
{
  OfferRows *rows = g_new0 (OfferRows, 1);
  GtkWidget *renew = baleen_icon_button_new ("view-refresh-symbolic", _("New Key"));

  baleen_preferences_add_switch (group, baleen_application_get_settings (application),
                                 "offer-model", _("Offer this model to other programs"),
                                 _("On this computer, as an OpenAI-compatible server with a key"));
  rows->offer = g_object_ref (baleen_application_get_offer (application));
  rows->address = copied_row_new (_("Address"), _("Copy Address"));
  rows->key = copied_row_new (_("Key"), _("Copy Key"));
  gtk_widget_set_valign (renew, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (renew, "flat");
  g_signal_connect_swapped (renew, "clicked", G_CALLBACK (renew_cb), rows);
  adw_action_row_add_suffix (ADW_ACTION_ROW (rows->key), renew);
  g_object_set_data_full (G_OBJECT (rows->address), "rows", rows, offer_rows_free);
  g_signal_connect_object (rows->offer, "notify::address", G_CALLBACK (offer_changed_cb),
                           rows->address, 0);
  adw_preferences_group_add (group, rows->address);
  adw_preferences_group_add (group, rows->key);
  show_offer (rows);
}

/* ---- the page ------------------------------------------------------------------------- */

AdwPreferencesPage *
baleen_preferences_models_new (BaleenApplication *application)
{
  static const char *const device_values[] = { "auto", "cpu", "vulkan", NULL };
  const char *const device_labels[] = { _("Automatic"), _("Processor"), _("Graphics Card"), NULL };
  static const char *const kv_values[] = { "full", "small", NULL };
  const char *const kv_labels[] = { _("Full"), _("Half, less exact"), NULL };
  static const char *const site_values[] = { "huggingface", "modelscope", NULL };
  static const char *const site_names[] = { "Hugging Face", "ModelScope", NULL };
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "models", "title", _("Models"),
                      "icon-name", "drive-harddisk-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, NULL, NULL);

  add_new_chat (group, application);
  add_folder (group, settings);
  baleen_preferences_add_choice (group, settings, "device", _("Device"),
                                 _("Automatic: the graphics card where there is one"),
                                 device_labels, device_values);
  baleen_preferences_add_choice (group, settings, "kv-memory", _("KV memory"),
                                 _("What a model keeps of the conversation. Half of it leaves "
                                   "room for a longer one"),
                                 kv_labels, kv_values);
  baleen_preferences_add_number (group, settings, "unload-after",
                                 _("Unload when idle after … minutes"),
                                 _("0: keep it ready"), 5);
  add_unload (group, application);
  group = baleen_preferences_add_group (page, _("Downloads"), NULL);
  baleen_preferences_add_choice (group, settings, "download-site",
                                 _("Where models of the catalogue come from"),
                                 _("If they are there; the other one otherwise"), site_names,
                                 site_values);
  add_mirror (group, settings);
  group = baleen_preferences_add_group (page, _("Other Programs"), NULL);
  add_offer (group, application);
  return page;
}
