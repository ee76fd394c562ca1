#include "baleen-preferences.h"

#include <glib/gi18n.h>

#include "preferences-rows.h"
#include "reading-store.h"
#include "summary-choices.h"

static void
show_size (GtkWidget *row)
{
  g_autofree char *size = g_format_size (baleen_reading_cache_get_size ());
  g_autofree char *words = g_strdup_printf (_("%s now; a second question starts at once"), size);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
}

/* What is being read keeps its place: its answers are asked for once more. */
static void
clear_cb (GtkWidget *button,
          GtkWidget *row)
{
  baleen_reading_cache_trim (0);
  show_size (row);
}

static void
add_cache (AdwPreferencesPage *page,
           GSettings          *settings)
{
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, _("Reading State"), NULL);
  GtkWidget *row
      = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("What is kept of documents"), NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Clear"));

  baleen_preferences_add_number (group, settings, "reading-cache-megabytes",
                                 _("Keep reading state up to"), _("In megabytes"), 256);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (clear_cb), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  show_size (row);
}

AdwPreferencesPage *
baleen_preferences_documents_new (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "documents", "title", _("Documents"),
                      "icon-name", "text-x-generic-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (
      page, _("Summaries"), _("Each document's card begins with these."));
  g_autofree const char **lengths = summary_length_labels ();
  g_autofree const char **forms = summary_form_labels ();
  g_autofree const char **languages = summary_language_labels ();

  baleen_preferences_add_choice (group, settings, "summary-form", _("Form"),
                                 _("Each bullet can be checked by itself"), forms,
                                 summary_form_values ());
  baleen_preferences_add_choice (group, settings, "summary-length", _("Length"), NULL, lengths,
                                 summary_length_values ());
  baleen_preferences_add_choice (group, settings, "summary-language", _("Language"), NULL,
                                 languages, summary_language_values ());
  baleen_preferences_add_number (group, settings, "parts-at-once", _("Parts at once"),
                                 _("0: as many as memory allows"), 1);
  add_cache (page, settings);
  return page;
}
