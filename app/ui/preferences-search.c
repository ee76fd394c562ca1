#include "baleen-preferences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "preferences-rows.h"
#include "secrets.h"
#include "web-lookup.h"

/* The rows that depend on which service is chosen. */
typedef struct
{
  GSettings *settings; /* (owned) */
  GtkWidget *address;
  GtkWidget *key;
  GtkWidget *about;
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  g_object_unref (rows->settings);
  g_free (rows);
}

static void
show_service (Rows *rows)
{
  g_autofree char *id = g_settings_get_string (rows->settings, "search-provider");
  BaleenSearchService service;

  if (!baleen_web_lookup_describe (id, &service))
    return;
  gtk_widget_set_visible (rows->address, service.needs_address);
  gtk_widget_set_visible (rows->key, service.needs_key);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (rows->about), service.about);
}

static void
provider_cb (GSettings  *settings,
             const char *name,
             GtkWidget  *page)
{
  show_service (g_object_get_data (G_OBJECT (page), "rows"));
}

static void
address_cb (GtkWidget *row,
            Rows      *rows)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_strstrip (text);
  if (*text != '\0' && strstr (text, "://") == NULL)
    {
      g_autofree char *whole = g_strconcat ("https://", text, NULL);

      gtk_editable_set_text (GTK_EDITABLE (row), whole);
      g_settings_set_string (rows->settings, "search-address", whole);
    }
  else
    g_settings_set_string (rows->settings, "search-address", text);
}

typedef struct
{
  char *id;   /* (owned) */
  char *host; /* (owned) (nullable) */
  char *key;  /* (owned) */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->id);
  g_free (keeping->host);
  g_free (keeping->key);
  g_free (keeping);
}

static void
keep_key (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Keeping *keeping = data;
  GError *error = NULL;

  if (baleen_secrets_set ("search", keeping->id, keeping->host,
                          *keeping->key != '\0' ? keeping->key : NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is kept is not shown again: only that it is. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (source));
  g_autoptr (GError) error = NULL;
  const gboolean is_kept = g_task_propagate_boolean (G_TASK (result), &error);

  if (is_kept)
    gtk_editable_set_text (GTK_EDITABLE (source), "");
  if (ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (
        ADW_PREFERENCES_WINDOW (window),
        adw_toast_new (is_kept ? _("The key is in your keyring") : error->message));
}

/* The keyring may ask to be unlocked, so it is asked on a thread. */
static void
key_cb (GtkWidget *row,
        Rows      *rows)
{
  g_autoptr (GTask) task = g_task_new (row, NULL, kept_cb, NULL);
  Keeping *keeping = g_new0 (Keeping, 1);
  BaleenSearchService service = { 0 };

  keeping->id = g_settings_get_string (rows->settings, "search-provider");
  baleen_web_lookup_describe (keeping->id, &service);
  keeping->host = g_strdup (service.host);
  keeping->key = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_task_set_task_data (task, keeping, keeping_free);
  g_task_run_in_thread (task, keep_key);
}

static void
add_service (AdwPreferencesGroup *group,
             GSettings           *settings)
{
  const char *const *ids = baleen_web_lookup_list_services ();
  const guint n = g_strv_length ((char **) ids);
  g_autofree const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      BaleenSearchService service;

      baleen_web_lookup_describe (ids[i], &service);
      names[i] = service.name;
    }
  baleen_preferences_add_choice (group, settings, "search-provider", _("Provider"), NULL, names,
                                 ids);
}

static void
add_access (AdwPreferencesGroup *group,
            Rows                *rows)
{
  g_autofree char *address = g_settings_get_string (rows->settings, "search-address");

  rows->address = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Address of the server"),
                                "show-apply-button", TRUE, "text", address, NULL);
  g_signal_connect (rows->address, "apply", G_CALLBACK (address_cb), rows);
  adw_preferences_group_add (group, rows->address);
  rows->key = g_object_new (ADW_TYPE_PASSWORD_ENTRY_ROW, "title",
                            _("Key, kept in your keyring"), "show-apply-button", TRUE, NULL);
  g_signal_connect (rows->key, "apply", G_CALLBACK (key_cb), rows);
  adw_preferences_group_add (group, rows->key);
}

AdwPreferencesPage *
baleen_preferences_search_new (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);
  AdwPreferencesPage *page
      = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "name", "search", "title", _("Web Search"),
                      "icon-name", "baleen-web-symbolic", NULL);
  AdwPreferencesGroup *group = baleen_preferences_add_group (page, _("Search Service"), "");
  Rows *rows = g_new0 (Rows, 1);

  rows->settings = g_object_ref (settings);
  rows->about = GTK_WIDGET (group);
  g_object_set_data_full (G_OBJECT (page), "rows", rows, rows_free);
  add_service (group, settings);
  add_access (group, rows);
  show_service (rows);
  g_signal_connect_object (settings, "changed::search-provider", G_CALLBACK (provider_cb), page,
                           0);
  group = baleen_preferences_add_group (page, NULL, NULL);
  baleen_preferences_add_switch (group, settings, "ask-before-searching",
                                 _("Ask before searching"),
                                 _("Shows the words before they leave this computer"));
  baleen_preferences_add_number (group, settings, "search-pages", _("Pages to read"), NULL, 1);
  baleen_preferences_add_number (group, settings, "keep-pages-days", _("Keep pages for"),
                                 _("In days; a page that is kept is not fetched again"), 1);
  return page;
}
