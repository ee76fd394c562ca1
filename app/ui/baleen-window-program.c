/* What the window can be asked for about models and the program. */
#include "config.h"

#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-help-window.h"
#include "baleen-library-window.h"
#include "baleen-preferences.h"
#include "baleen-settings.h"
#include "baleen-shortcuts.h"

/* Percent, as the schema allows. */
#define LEAST_TEXT_SIZE 80
#define LARGEST_TEXT_SIZE 200
#define TEXT_SIZE_STEP 10

static void
choose_model_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (BALEEN_WINDOW (widget)->chooser));
}

static void
model_library_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  baleen_library_window_present (BALEEN_WINDOW (widget)->application, GTK_WINDOW (widget), NULL);
}

static void
model_downloads_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  baleen_library_window_present (BALEEN_WINDOW (widget)->application, GTK_WINDOW (widget),
                                 "downloads");
}

void
baleen_window_take_model (BaleenWindow *self,
                          const char   *path)
{
  BaleenMessage *again = self->again;

  g_clear_weak_pointer (&self->again);
  baleen_application_open_model (self->application, path);
  if (again == NULL)
    return;
  baleen_window_wish (self, again, BALEEN_WISH_REGENERATE, 0);
  g_set_weak_pointer (&self->awaited, baleen_window_get_last_answer (self));
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                BaleenWindow    *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        baleen_window_take_model (self, path);
    }
  g_object_unref (dialog);
}

static void
open_model_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Open Model"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) models = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (models, _("Models (GGUF)"));
  gtk_file_filter_add_suffix (models, "gguf");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), models);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
shortcuts_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (baleen_shortcuts_window_new (GTK_WINDOW (widget))));
}

static void
preferences_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_window_present (
      baleen_preferences_new (GTK_WINDOW (widget), BALEEN_WINDOW (widget)->application));
}

static void
about_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget), "application-name", "Baleen", "application-icon",
                         BALEEN_APPLICATION_ID_NAME, "version", BALEEN_VERSION, "comments",
                         _("A private assistant that runs on this computer."), "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

static void
help_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (baleen_help_window_new (GTK_WINDOW (widget))));
}

/* ---- text size ------------------------------------------------------------------------ */

static void
set_text_size (BaleenWindow *self,
               int           percent)
{
  g_settings_set_int (baleen_application_get_settings (self->application), "text-size",
                      CLAMP (percent, LEAST_TEXT_SIZE, LARGEST_TEXT_SIZE));
}

static void
text_larger_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  set_text_size (self, g_settings_get_int (baleen_application_get_settings (self->application),
                                           "text-size")
                           + TEXT_SIZE_STEP);
}

static void
text_smaller_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);

  set_text_size (self, g_settings_get_int (baleen_application_get_settings (self->application),
                                           "text-size")
                           - TEXT_SIZE_STEP);
}

static void
text_usual_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  set_text_size (BALEEN_WINDOW (widget), 100);
}

/* ---- settings ------------------------------------------------------------------------- */

static void
while_answering_cb (GSettings    *settings,
                    const char   *key,
                    BaleenWindow *self)
{
  g_autofree char *place = g_settings_get_string (settings, "while-answering");

  baleen_transcript_set_stays (BALEEN_TRANSCRIPT (self->transcript),
                               g_str_equal (place, "stay"));
}

void
baleen_window_follow_settings (BaleenWindow *self)
{
  GSettings *settings = baleen_application_get_settings (self->application);

  while_answering_cb (settings, NULL, self);
  g_signal_connect_object (settings, "changed::while-answering", G_CALLBACK (while_answering_cb),
                           self, 0);
}

void
baleen_window_class_install_program_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.choose-model", choose_model_cb },
    { "win.open-model", open_model_cb },
    { "win.model-library", model_library_cb },
    { "win.model-downloads", model_downloads_cb },
    { "win.preferences", preferences_cb },
    { "win.shortcuts", shortcuts_cb },
    { "win.about", about_cb },
    { "win.help", help_cb },
    { "win.text-larger", text_larger_cb },
    { "win.text-smaller", text_smaller_cb },
    { "win.text-usual", text_usual_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}
