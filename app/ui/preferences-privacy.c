#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"

static void
export_cb (GtkWidget *button)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (button));

  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (window)),
                              "win.export-all", NULL);
}

static void
delete_answered_cb (AdwMessageDialog  *dialog,
                    const char        *response,
                    BaleenApplication *application)
{
  if (g_str_equal (response, "delete"))
    baleen_application_delete_history (application);
}

/* What cannot be undone is asked about, and how much it is. */
static void
delete_cb (GtkWidget         *button,
           BaleenApplication *application)
{
  const guint n = g_list_model_get_n_items (
      G_LIST_MODEL (baleen_application_get_history (application)));
  g_autofree char *words = g_strdup_printf (
      g_dngettext (NULL, "%u conversation will be gone for good.",
                   "%u conversations will be gone for good.", n),
      n);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)),
                                _("Delete All Conversations?"), words);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete",
                                    _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_answered_cb), application, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
add_button (AdwPreferencesGroup *group,
            const char          *title,
            const char          *subtitle,
            const char          *label)
{
  GtkWidget *row
      = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, NULL);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  return button;
}

AdwPreferencesPage *
baleen_preferences_privacy_new (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "privacy", "title", _("Privacy"),
                      "icon-name", "security-high-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, _("History"), NULL);
  GtkWidget *button;

  baleen_preferences_add_switch (group, settings, "keep-history", _("Keep history"),
                                 _("Off makes every new chat temporary"));
  baleen_preferences_add_switch (group, settings, "titles-by-model", _("Titles by the model"),
                                 _("Off leaves the first words"));
  baleen_preferences_add_number (group, settings, "network-log-days", _("Network log kept"),
                                 _("In days; 0 keeps it until Baleen closes"), 1);
  button = add_button (group, _("Export all conversations"), _("To keep or to take along"),
                       _("Export All…"));
  g_signal_connect (button, "clicked", G_CALLBACK (export_cb), NULL);
  button = add_button (group, _("Delete all conversations"), _("Temporary ones too"),
                       _("Delete All…"));
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_cb), application, 0);
  return page;
}
