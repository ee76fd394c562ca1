/* What the window can be asked for about conversations in files. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-words.h"
#include "export-chooser.h"
#include "history-transfer.h"

static BaleenHistory *
history (BaleenWindow *self)
{
  return baleen_application_get_history (self->application);
}

/* ---- export --------------------------------------------------------------------------- */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BaleenWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (baleen_history_export_finish (result, &error))
    baleen_window_say (self, _("Exported"));
  else
    baleen_window_show_banner (self, error->message, NULL, NULL);
}

static const BaleenFileForm forms[] = {
  [BALEEN_EXPORT_MARKDOWN] = { N_ ("Markdown"), ".md" },
  [BALEEN_EXPORT_HTML] = { N_ ("Web page (HTML)"), ".html" },
  [BALEEN_EXPORT_JSON] = { N_ ("JSON, to be imported again"), ".json" },
};

static void
export_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BaleenWindow    *self)
{
  g_autoptr (GtkNativeDialog) held = dialog;
  guint form = 0;
  g_autoptr (GFile) file
      = baleen_export_chooser_get_file (GTK_FILE_CHOOSER_NATIVE (dialog), response, &form);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    baleen_history_export_async (
        history (self), g_object_get_data (G_OBJECT (dialog), "conversation"), form,
        g_strcmp0 (gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "thoughts"), "true")
            == 0,
        path, exported_cb, g_object_ref (self));
}

/* All conversations are exported to be kept, one to be read. */
static void
export (BaleenWindow       *self,
        BaleenConversation *conversation)
{
  const char *title = conversation != NULL ? baleen_words_title (conversation)
                                           : _("Conversations");
  GtkFileChooserNative *dialog = baleen_export_chooser_new (
      GTK_WINDOW (self), title, forms, G_N_ELEMENTS (forms),
      conversation != NULL ? BALEEN_EXPORT_MARKDOWN : BALEEN_EXPORT_JSON);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_file_chooser_add_choice (chooser, "thoughts", _("Include thoughts"), NULL, NULL);
  gtk_file_chooser_set_choice (chooser, "thoughts", conversation == NULL ? "true" : "false");
  if (conversation != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "conversation", g_object_ref (conversation),
                            g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  BaleenConversation *conversation = baleen_window_get_meant_conversation (self);

  if (conversation != NULL)
    export (self, conversation);
}

static void
export_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  export (BALEEN_WINDOW (widget), NULL);
}

/* ---- import --------------------------------------------------------------------------- */

static void
choose_another (BaleenWindow *self)
{
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.import", NULL);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BaleenWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryIntake) intake = baleen_history_import_finish (result, &error);
  g_autofree char *taken = NULL;
  g_autofree char *words = NULL;

  if (intake == NULL)
    {
      baleen_window_show_banner (self, error->message, _("Choose Another"), choose_another);
      return;
    }

  taken = g_strdup_printf (g_dngettext (NULL, "%u conversation imported",
                                        "%u conversations imported", intake->taken->len),
                           intake->taken->len);
  words = intake->n_present > 0
              ? g_strdup_printf (_("%s, %u were there already"), taken, intake->n_present)
              : g_strdup (taken);
  baleen_window_say (self, words);
}

void
baleen_window_import (BaleenWindow *self,
                      const char   *path)
{
  baleen_history_import_async (history (self), path, imported_cb, g_object_ref (self));
}

static void
import_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BaleenWindow    *self)
{
  g_autoptr (GtkNativeDialog) held = dialog;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    baleen_window_import (self, path);
}

static void
import_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Import Conversations"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("JSON of Baleen, ChatGPT or DeepSeek"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (import_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
baleen_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.export", export_cb },
    { "win.export-all", export_all_cb },
    { "win.import", import_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
