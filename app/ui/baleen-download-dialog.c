#include "baleen-download-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "catalogue-address.h"
#include "model-library.h"

/* Everything that the dialog needs until it is answered. */
typedef struct
{
  BaleenDownloads *downloads;      /* (owned) */
  GSettings *settings;             /* (owned) */
  const BaleenCatalogueFile *file; /* (nullable) of the catalogue, which outlives the dialog */
  GPtrArray *files;                /* (owned) (nullable) of BaleenModelFile */
  char *title;                     /* (owned) */
  char *folder;                    /* (owned) */
  guint64 n_bytes;                 /* 0: not known */
  GtkWidget *dialog;
  GtkWidget *site; /* (nullable) a combo row */
  GtkWidget *room; /* the row that says how much there is */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->downloads);
  g_object_unref (asking->settings);
  g_clear_pointer (&asking->files, g_ptr_array_unref);
  g_free (asking->title);
  g_free (asking->folder);
  g_free (asking);
}

/* ---- room ----------------------------------------------------------------------------- */

static void
show_room (Asking *asking)
{
  const guint64 n_free = baleen_downloads_get_free_bytes (asking->folder);
  const gboolean is_enough = n_free > asking->n_bytes;
  g_autofree char *there = g_format_size (n_free);
  g_autofree char *needed = g_format_size (asking->n_bytes);
  g_autofree char *words
      = is_enough ? g_strdup_printf (_("%s is free"), there)
                  : g_strdup_printf (_("“%s” needs %s of disk space and %s is free."),
                                     asking->title, needed, there);
  g_autofree char *whole = g_strdup_printf ("%s\n%s", asking->folder, words);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (asking->room), whole);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (asking->dialog), "download",
                                           is_enough);
}

static void
folder_chosen_cb (GtkFileChooserNative *chooser,
                  int                   response,
                  GtkWidget            *dialog)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      g_free (asking->folder);
      asking->folder = path;
      show_room (asking);
    }
  g_object_unref (chooser);
}

static void
folder_cb (GtkWidget *dialog)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _("Folder for This Model"), GTK_WINDOW (dialog), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- its answer ----------------------------------------------------------------------- */

static GPtrArray *
take_files (Asking *asking)
{
  g_autofree char *mirror = g_settings_get_string (asking->settings, "mirror");
  const BaleenCatalogueSource *source;

  if (asking->files != NULL)
    return g_steal_pointer (&asking->files);
  source = asking->file->sources->pdata[asking->site != NULL
                                            ? adw_combo_row_get_selected (
                                                ADW_COMBO_ROW (asking->site))
                                            : 0];
  g_settings_set_string (asking->settings, "download-site", baleen_site_get_id (source->site));

  return baleen_catalogue_address_list (asking->file, source->site, mirror);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autoptr (BaleenModelDownload) download = NULL;

  if (!g_str_equal (response, "download"))
    return;
  download = baleen_model_download_new (asking->title, take_files (asking), asking->folder);
  baleen_model_download_set_about_bytes (download, asking->n_bytes);
  baleen_downloads_add (asking->downloads, download);
}

/* ---- what it says --------------------------------------------------------------------- */

static GtkWidget *
add_row (GtkWidget  *list,
         const char *title,
         const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", escaped, NULL);

  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static void
add_sites (Asking    *asking,
           GtkWidget *list)
{
  GPtrArray *sources = asking->file->sources;
  g_autofree char *usual = g_settings_get_string (asking->settings, "download-site");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < sources->len; i++)
    {
      const BaleenCatalogueSource *source = sources->pdata[i];

      gtk_string_list_append (names, baleen_site_get_name (source->site));
      if (g_str_equal (baleen_site_get_id (source->site), usual))
        chosen = i;
    }
  asking->site = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("From"), "model", names, "selected",
                               chosen, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), asking->site);
}

static void
page_cb (GtkWidget *dialog)
{
  gtk_show_uri (GTK_WINDOW (dialog), g_object_get_data (G_OBJECT (dialog), "page"),
                GDK_CURRENT_TIME);
}

static void
add_licence (Asking                     *asking,
             GtkWidget                  *list,
             const BaleenCatalogueEntry *entry)
{
  GtkWidget *row = add_row (list, _("Licence"), entry->license);
  GtkWidget *button;

  if (entry->page == NULL)
    return;
  button = gtk_button_new_with_label (_("Open Its Page"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, entry->page);
  g_object_set_data_full (G_OBJECT (asking->dialog), "page", g_strdup (entry->page), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (page_cb), asking->dialog,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_size (Asking    *asking,
          GtkWidget *list,
          gboolean   is_about,
          guint      n_files)
{
  g_autofree char *size = g_format_size (asking->n_bytes);
  g_autofree char *about = is_about ? g_strdup_printf (_("about %s"), size) : g_strdup (size);
  g_autofree char *words
      = asking->n_bytes == 0 ? g_strdup (_("not known before it begins"))
        : n_files > 1        ? g_strdup_printf (_("%s in %u files"), about, n_files)
                             : g_steal_pointer (&about);

  add_row (list, _("Size"), words);
}

static void
add_folder (Asking    *asking,
            GtkWidget *list)
{
  GtkWidget *button = gtk_button_new_with_label (_("Another Folder…"));

  asking->room = add_row (list, _("Folder"), "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (asking->room), 4);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (folder_cb), asking->dialog,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (asking->room), button);
}

/* ---- life ----------------------------------------------------------------------------- */

static Asking *
asking_new (GtkWindow       *parent,
            BaleenDownloads *downloads,
            GSettings       *settings,
            const char      *title)
{
  Asking *asking = g_new0 (Asking, 1);
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *heading = g_strdup_printf (_("Download “%s”?"), title);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);

  asking->downloads = g_object_ref (downloads);
  asking->settings = g_object_ref (settings);
  asking->title = g_strdup (title);
  asking->folder = g_strdup (folders[0]);
  asking->dialog = dialog;
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "download", _("_Download"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "download",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "download");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);

  return asking;
}

static GtkWidget *
list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");

  return list;
}

static GtkWidget *
finish (Asking    *asking,
        GtkWidget *list)
{
  add_folder (asking, list);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (asking->dialog), list);
  show_room (asking);

  return asking->dialog;
}

GtkWidget *
baleen_download_dialog_new (GtkWindow                  *parent,
                            BaleenDownloads            *downloads,
                            GSettings                  *settings,
                            const BaleenCatalogueEntry *entry,
                            const BaleenCatalogueFile  *file)
{
  Asking *asking = asking_new (parent, downloads, settings, entry->name);
  GtkWidget *list = list_new ();

  asking->file = file;
  asking->n_bytes = file->n_bytes;
  add_sites (asking, list);
  add_size (asking, list, file->is_about, file->n_parts);
  add_licence (asking, list, entry);

  return finish (asking, list);
}

static char *
make_title (GPtrArray *files)
{
  const BaleenModelFile *first = files->pdata[0];
  const char *part = strstr (first->name, "-00001-of-");

  if (part != NULL)
    return g_strndup (first->name, part - first->name);

  return g_str_has_suffix (first->name, ".gguf")
             ? g_strndup (first->name, strlen (first->name) - strlen (".gguf"))
             : g_strdup (first->name);
}

GtkWidget *
baleen_download_dialog_new_for_files (GtkWindow       *parent,
                                      BaleenDownloads *downloads,
                                      GSettings       *settings,
                                      GPtrArray       *files)
{
  g_autofree char *title = make_title (files);
  Asking *asking = asking_new (parent, downloads, settings, title);
  GtkWidget *list = list_new ();
  const BaleenModelFile *first = files->pdata[0];
  g_autoptr (GUri) uri = g_uri_parse (first->url, G_URI_FLAGS_ENCODED, NULL);
  gboolean is_known = TRUE;

  asking->files = g_ptr_array_ref (files);
  for (guint i = 0; i < files->len; i++)
    {
      const BaleenModelFile *file = files->pdata[i];

      asking->n_bytes += file->n_bytes;
      is_known = is_known && file->n_bytes > 0;
    }
  if (!is_known)
    asking->n_bytes = 0;
  add_row (list, _("From"), uri != NULL ? g_uri_get_host (uri) : first->url);
  add_size (asking, list, FALSE, files->len);
  add_row (list, _("Licence"), _("not known: look at its page before you use it"));

  return finish (asking, list);
}
