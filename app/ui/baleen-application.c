#include "baleen-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "answer-checking.h"
#include "baleen-application-settings.h"
#include "baleen-application-windows.h"
#include "baleen-resources.h"
#include "baleen-settings.h"
#include "baleen-shortcuts.h"
#include "baleen-titler.h"
#include "baleen-window.h"
#include "model-library.h"
#include "running-mark.h"
#include "scroller-focus.h"
#include "template-files.h"
#include "template-values.h"
#include "web-lookup.h"

#define LEAST_CONTEXT 1024

struct _BaleenApplication
{
  AdwApplication parent_instance;

  const BaleenBackend *backend;
  char *directory; /* (owned) */
  char *model;     /* (owned) (nullable) given by the caller */
  char *refused;   /* (owned) (nullable) what had no room for its context */

  BaleenStore *store;          /* (owned) these from startup to shutdown */
  BaleenHistory *history;      /* (owned) */
  BaleenEngineService *engine; /* (owned) */
  BaleenChat *chat;            /* (owned) */
  BaleenDocumentDesk *desk;    /* (owned) */
  BaleenTitler *titler;        /* (owned) */
  GSettings *settings;         /* (owned) */
  BaleenTemplateShelf *shelf;  /* (owned) */
  BaleenCatalogue *catalogue;  /* (owned) (nullable) */
  BaleenModelShelf *models;    /* (owned) */
  BaleenDownloads *downloads;  /* (owned) */
  BaleenModelOffer *offer;     /* (owned) from startup to shutdown */
  guint signal_sources[3];     /* the same */
  RunningMark *mark;           /* the same (owned) */
  gint64 ended_badly;          /* when the run before this did; until it was said */
  BaleenLookup *lookup;        /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenApplication, baleen_application, ADW_TYPE_APPLICATION)

/* Files opened before that the chooser offers. */
#define OPENED_AT_MOST 8

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  /* They go together and come back together. */
  g_signal_handlers_disconnect_by_func (user_data, baleen_application_remember_windows, NULL);
  for (GList *l = gtk_application_get_windows (user_data), *next; l != NULL; l = next)
    {
      next = l->next;
      gtk_window_close (l->data);
    }
}

/* A notification was clicked. */
static void
open_conversation_cb (GSimpleAction *action,
                      GVariant      *id,
                      gpointer       user_data)
{
  BaleenApplication *self = user_data;
  BaleenConversation *conversation
      = baleen_history_find (self->history, g_variant_get_int64 (id));
  BaleenWindow *window
      = conversation != NULL ? baleen_application_find_window (self, conversation) : NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (window == NULL && BALEEN_IS_WINDOW (l->data))
      window = l->data;
  if (window == NULL)
    return;
  if (conversation != NULL)
    baleen_window_open (window, conversation, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (baleen_window_new (user_data, 0)));
}

void
baleen_application_delete_history (BaleenApplication *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenConversation) conversation
          = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      baleen_chat_stop_conversation (self->chat, conversation);
    }
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (BALEEN_IS_WINDOW (l->data))
      baleen_window_show_conversation (l->data,
                                       baleen_history_get_blank_of (self->history, l->data));
  baleen_history_delete_all (self->history);
}

BaleenWindow *
baleen_application_find_window (BaleenApplication  *self,
                                BaleenConversation *conversation)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (BALEEN_IS_WINDOW (l->data)
        && baleen_window_get_conversation (BALEEN_WINDOW (l->data)) == conversation)
      return BALEEN_WINDOW (l->data);
  return NULL;
}

static void
tell_part_tokens (BaleenApplication *self,
                  const char        *path)
{
  g_autofree char *base = g_path_get_basename (path);
  const BaleenCatalogueEntry *entry
      = self->catalogue != NULL ? baleen_catalogue_find_file (self->catalogue, base) : NULL;

  baleen_chat_set_part_tokens (self->chat, entry != NULL ? entry->part_tokens : 0);
}

static void
remember_refused (BaleenApplication *self,
                  const char        *path,
                  const char        *sentence,
                  int                remedy)
{
  g_free (self->refused);
  self->refused = remedy == BALEEN_REMEDY_SMALLER_CONTEXT ? g_strdup (path) : NULL;
}

static void
remember_model (BaleenApplication *self)
{
  const char *path = baleen_engine_service_get_path (self->engine);
  g_auto (GStrv) opened = g_settings_get_strv (self->settings, "opened-models");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;
  g_autofree char *name = NULL;

  if (path == NULL || baleen_engine_service_get_status (self->engine) != BALEEN_ENGINE_READY)
    return;

  g_clear_pointer (&self->refused, g_free);
  name = baleen_application_name_model (self, path);
  baleen_chat_set_model_name (self->chat, name);
  baleen_document_desk_set_model_name (self->desk, name);
  tell_part_tokens (self, path);
  g_settings_set_string (self->settings, "model", path);
  g_strv_builder_add (builder, path);
  for (guint i = 0, n = 1; opened[i] != NULL && n < OPENED_AT_MOST; i++)
    if (!g_str_equal (opened[i], path))
      {
        g_strv_builder_add (builder, opened[i]);
        n++;
      }
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "opened-models", (const char *const *) kept);
  if (baleen_model_shelf_find (self->models, path) == NULL)
    baleen_model_shelf_refresh (self->models);
}

static void
apply_privacy (BaleenApplication *self)
{
  baleen_history_set_is_kept (self->history,
                              g_settings_get_boolean (self->settings, "keep-history"));
  baleen_titler_set_is_wanted (self->titler,
                               g_settings_get_boolean (self->settings, "titles-by-model"));
}

/* The session ends: windows are remembered, answers saved as interrupted. */
static gboolean
asked_to_end_cb (gpointer application)
{
  g_action_group_activate_action (application, "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static void
baleen_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "new-window", .activate = new_window_cb },
    { .name = "open-conversation", .activate = open_conversation_cb, .parameter_type = "x" },
  };
  BaleenApplication *self = BALEEN_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  /* The linker takes in the templates only because they are named here. */
  g_resources_register (baleen_get_resource ());
  G_APPLICATION_CLASS (baleen_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  scroller_focus_mend ();
  baleen_shortcuts_set_accels (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (BALEEN_APPLICATION_ID_NAME);

  baleen_template_values_set_file_reader (baleen_template_files_read);
  self->settings = baleen_settings_new ();
  g_signal_connect_after (self, "window-removed",
                          G_CALLBACK (baleen_application_remember_windows), NULL);
  self->shelf = baleen_template_shelf_new (self->settings);
  self->catalogue = baleen_catalogue_load (&error);
  if (error != NULL)
    g_warning ("%s", error->message);
  baleen_application_follow_models_folder (self);
  self->models = baleen_model_shelf_new (self->settings, self->catalogue);
  self->downloads = baleen_downloads_new ();
  g_signal_connect_object (self->downloads, "arrived", G_CALLBACK (baleen_model_shelf_refresh),
                           self->models, G_CONNECT_SWAPPED);
  self->store = baleen_store_new (self->directory);
  self->history = baleen_history_new (self->store);
  self->engine = baleen_engine_service_new (self->backend);
  self->offer = baleen_model_offer_new (self->engine);
  /* Before the chat hears that a model stands and begins to answer, it has its name. */
  g_signal_connect_swapped (self->engine, "notify::status", G_CALLBACK (remember_model), self);
  g_signal_connect_swapped (self->engine, "load-failed", G_CALLBACK (remember_refused), self);
  self->chat = baleen_chat_new (self->history, self->engine);
  answer_checking_follow (self->chat, self->history);
  self->desk = baleen_document_desk_new (self->history, self->engine);
  self->lookup = baleen_web_lookup_new (self->settings);
  baleen_chat_set_lookup (self->chat, self->lookup);
  self->titler = baleen_titler_new (self->history, self->chat, self->engine);
  g_signal_connect_swapped (self->settings, "changed::keep-history", G_CALLBACK (apply_privacy),
                            self);
  g_signal_connect_swapped (self->settings, "changed::titles-by-model",
                            G_CALLBACK (apply_privacy), self);
  apply_privacy (self);
  baleen_application_follow_settings (self);
  self->mark = running_mark_new (self->directory, &self->ended_badly);
  self->signal_sources[0] = g_unix_signal_add (SIGTERM, asked_to_end_cb, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, asked_to_end_cb, self);
  self->signal_sources[2] = g_unix_signal_add (SIGHUP, asked_to_end_cb, self);
}

gint64
baleen_application_take_ended_badly (BaleenApplication *self)
{
  const gint64 ended_badly = self->ended_badly;

  self->ended_badly = 0;
  return ended_badly;
}

static void
baleen_application_activate (GApplication *application)
{
  BaleenApplication *self = BALEEN_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      baleen_application_restore_windows (self);
      baleen_application_open_usual_model (self);
      return;
    }
  gtk_window_present (window);
}

/* Those that are on this computer's file systems, others through what is mounted for them. */
static void
baleen_application_open (GApplication *application,
                         GFile       **files,
                         int           n_files,
                         const char   *hint)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  GtkWindow *window;

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  baleen_application_activate (application);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (BALEEN_IS_WINDOW (window))
    baleen_window_open_files (BALEEN_WINDOW (window), (const char *const *) list);
}

/* What is written is saved as interrupted before the engine is told to stop. */
static void
baleen_application_shutdown (GApplication *application)
{
  BaleenApplication *self = BALEEN_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_pointer (&self->mark, running_mark_free);
  g_settings_sync ();
  baleen_downloads_close (self->downloads);
  baleen_model_offer_stop (self->offer);
  g_clear_object (&self->offer);
  baleen_chat_close (self->chat);
  baleen_document_desk_close (self->desk);
  g_signal_handlers_disconnect_by_data (self->engine, self);
  baleen_engine_service_close (self->engine);
  baleen_store_close (self->store);
  g_signal_handlers_disconnect_by_func (self->settings, apply_privacy, self);
  g_object_run_dispose (G_OBJECT (self->titler));
  g_clear_object (&self->titler);
  g_clear_object (&self->chat);
  g_object_run_dispose (G_OBJECT (self->desk));
  g_clear_object (&self->desk);
  g_clear_object (&self->engine);
  g_clear_object (&self->history);
  g_clear_object (&self->store);
  G_APPLICATION_CLASS (baleen_application_parent_class)->shutdown (application);
}

static void
baleen_application_finalize (GObject *object)
{
  BaleenApplication *self = BALEEN_APPLICATION (object);

  g_free (self->directory);
  g_free (self->model);
  g_free (self->refused);
  g_clear_object (&self->shelf);
  g_clear_object (&self->settings);
  g_clear_object (&self->models);
  g_clear_object (&self->downloads);
  g_clear_pointer (&self->catalogue, baleen_catalogue_free);
  g_clear_pointer (&self->lookup, baleen_web_lookup_free);
  G_OBJECT_CLASS (baleen_application_parent_class)->finalize (object);
}

static void
baleen_application_class_init (BaleenApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baleen_application_finalize;
  application_class->startup = baleen_application_startup;
  application_class->activate = baleen_application_activate;
  application_class->open = baleen_application_open;
  application_class->shutdown = baleen_application_shutdown;
}

static void
baleen_application_init (BaleenApplication *self)
{
}

BaleenApplication *
baleen_application_new (const BaleenBackend *backend,
                        const char          *directory,
                        const char          *model)
{
  BaleenApplication *self
      = g_object_new (BALEEN_TYPE_APPLICATION, "application-id", BALEEN_APPLICATION_ID_NAME,
                      "flags", G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/baleen/Baleen", NULL);

  self->backend = backend;
  self->directory = directory != NULL ? g_strdup (directory)
                                      : g_build_filename (g_get_user_data_dir (), "baleen", NULL);
  self->model = g_strdup (model);
  return self;
}

BaleenHistory *
baleen_application_get_history (BaleenApplication *self)
{
  return self->history;
}

BaleenEngineService *
baleen_application_get_engine (BaleenApplication *self)
{
  return self->engine;
}

BaleenChat *
baleen_application_get_chat (BaleenApplication *self)
{
  return self->chat;
}

BaleenDocumentDesk *
baleen_application_get_desk (BaleenApplication *self)
{
  return self->desk;
}

BaleenTemplateShelf *
baleen_application_get_shelf (BaleenApplication *self)
{
  return self->shelf;
}

GSettings *
baleen_application_get_settings (BaleenApplication *self)
{
  return self->settings;
}

BaleenCatalogue *
baleen_application_get_catalogue (BaleenApplication *self)
{
  return self->catalogue;
}

BaleenModelShelf *
baleen_application_get_model_shelf (BaleenApplication *self)
{
  return self->models;
}

BaleenModelOffer *
baleen_application_get_offer (BaleenApplication *self)
{
  return self->offer;
}

BaleenDownloads *
baleen_application_get_downloads (BaleenApplication *self)
{
  return self->downloads;
}

/* Beside the model that answers now: that is what it was opened for. */
static void
take_adapter (BaleenApplication *self,
              const char        *path)
{
  const char *current = baleen_engine_service_get_path (self->engine);
  BaleenModelItem *item = baleen_model_shelf_find (self->models, current);
  g_autoptr (GError) error = NULL;

  if (item == NULL || baleen_model_item_get_kind (item) != BALEEN_MODEL_FILE)
    g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                         _("This is an adapter. Choose the model on this computer that it was "
                           "made for, then open it again."));
  else
    baleen_model_shelf_set_adapter (self->models, item, path, &error);
  if (error != NULL)
    g_signal_emit_by_name (self->engine, "load-failed", path, error->message,
                           BALEEN_REMEDY_CHOOSE_MODEL);
}

void
baleen_application_open_model (BaleenApplication *self,
                               const char        *path)
{
  if (!baleen_endpoint_is_name (path) && baleen_model_shelf_find (self->models, path) == NULL
      && baleen_model_setup_is_adapter (path))
    take_adapter (self, path);
  else
    baleen_engine_service_load (self->engine, path);
}

/* What fits was found out when it was refused; memory may have changed since. */
static guint
find_shorter_context (BaleenApplication *self,
                      const char        *path)
{
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (self->engine);
  g_autofree char *device = g_settings_get_string (self->settings, "device");
  g_autoptr (BaleenFit) fit = NULL;

  if (self->refused == NULL)
    return facts != NULL ? MAX (facts->n_context / 2 / 256 * 256, LEAST_CONTEXT) : 0;
  fit = baleen_fit_new_for_file (path, device, NULL, NULL);

  return fit != NULL && fit->verdict == BALEEN_FIT_NOWHERE ? fit->n_fitting_context : 0;
}

void
baleen_application_shorten_context (BaleenApplication *self)
{
  const char *current = baleen_engine_service_get_path (self->engine);
  g_autofree char *path = g_strdup (self->refused != NULL ? self->refused : current);
  g_auto (BaleenModelSetup) setup = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_context;

  if (path == NULL || baleen_endpoint_is_name (path))
    return;
  n_context = find_shorter_context (self, path);
  baleen_model_setup_load (&setup, path);
  if (n_context > 0)
    setup.n_context = n_context;
  if (baleen_model_setup_save (&setup, path, &error))
    baleen_engine_service_load (self->engine, path);
  else
    g_signal_emit_by_name (self->engine, "load-failed", path, error->message,
                           BALEEN_REMEDY_CHOOSE_MODEL);
}

static gboolean
is_there (const char *model)
{
  g_autoptr (BaleenEndpoint) endpoint
      = baleen_endpoint_is_name (model) ? baleen_endpoints_find (model, NULL) : NULL;

  return endpoint != NULL || g_file_test (model, G_FILE_TEST_IS_REGULAR);
}

/* Another answers in its place. */
static void
tell_of_missing (BaleenApplication *self,
                 const char        *model)
{
  g_autofree char *name = g_path_get_basename (model);
  g_autofree char *sentence
      = g_strdup_printf (_("“%s” is no longer at its place."), name);

  g_signal_emit_by_name (self->engine, "load-failed", model, sentence, BALEEN_REMEDY_LOCATE);
}

/* A model that is gone since last time gives way to the built-in one, which is said once; one that
 * was asked for by name does not. */
void
baleen_application_open_usual_model (BaleenApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "model");
  g_autofree char *chosen = g_settings_get_string (self->settings, "new-chat-model");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (self->model == NULL && is_there (chosen))
    path = g_steal_pointer (&chosen);
  else if (self->model == NULL && is_there (last))
    path = g_steal_pointer (&last);
  else if (baleen_endpoint_is_name (self->model))
    path = g_strdup (self->model);
  else
    path = baleen_model_library_resolve (self->model, &error);
  if (path != NULL)
    baleen_engine_service_load (self->engine, path);
  else
    g_signal_emit_by_name (self->engine, "load-failed", self->model != NULL ? self->model : "",
                           error->message, BALEEN_REMEDY_CHOOSE_MODEL);
  if (path != NULL && self->model == NULL && last != NULL && *last != '\0'
      && !baleen_endpoint_is_name (last) && !is_there (last))
    tell_of_missing (self, last);
}

void
baleen_application_prepare_new_chat (BaleenApplication *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "new-chat-model");

  if (*chosen != '\0' && is_there (chosen)
      && g_strcmp0 (chosen, baleen_engine_service_get_path (self->engine)) != 0)
    baleen_engine_service_load (self->engine, chosen);
}

char *
baleen_application_name_model (BaleenApplication *self,
                               const char        *path)
{
  g_autofree char *base = g_path_get_basename (path);
  const BaleenCatalogueEntry *entry
      = self->catalogue != NULL ? baleen_catalogue_find_file (self->catalogue, base) : NULL;

  if (baleen_endpoint_is_name (path))
    return g_strdup (path + strlen (BALEEN_ENDPOINT_PREFIX));
  if (entry != NULL)
    return baleen_catalogue_entry_name_file (entry, base);
  if (g_str_has_suffix (base, ".gguf"))
    base[strlen (base) - strlen (".gguf")] = '\0';
  return g_steal_pointer (&base);
}
