/* What goes wrong with the program or the conversation, in the line above the transcript, and what
 * can be done about it. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

/* What is over and mended is said for so long. */
#define NEWS_MILLISECONDS 6000

void
baleen_window_show_banner_with (BaleenWindow *self,
                                const char   *sentence,
                                const char   *action,
                                void        (*func) (BaleenWindow *),
                                const char   *other,
                                void        (*other_func) (BaleenWindow *))
{
  self->banner_action = func;
  self->banner_other = other_func;
  self->banner_about = NULL;
  baleen_banner_show (BALEEN_BANNER (self->banner), sentence, action, other);
  baleen_title_speaker_say (self->speaker, sentence);
}

void
baleen_window_show_banner (BaleenWindow *self,
                           const char   *sentence,
                           const char   *action,
                           void        (*func) (BaleenWindow *))
{
  baleen_window_show_banner_with (self, sentence, action, func, NULL, NULL);
}

void
baleen_window_show_chat_banner (BaleenWindow *self,
                                const char   *sentence,
                                const char   *action,
                                void        (*func) (BaleenWindow *))
{
  baleen_window_show_banner (self, sentence, action, func);
  self->banner_about = self->conversation;
}

static void
choose_model (BaleenWindow *self)
{
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  baleen_model_chooser_popup (BALEEN_MODEL_CHOOSER (self->chooser));
}

static void
locate_model (BaleenWindow *self)
{
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-model", NULL);
}

static void
shorten_context (BaleenWindow *self)
{
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  baleen_application_shorten_context (self->application);
}

static void
load_failed_cb (BaleenEngineService *engine,
                const char          *path,
                const char          *sentence,
                int                  remedy,
                BaleenWindow        *self)
{
  BaleenState state = BALEEN_STATE_DONE;

  if (remedy == BALEEN_REMEDY_SMALLER_CONTEXT)
    baleen_window_show_banner_with (self, sentence, _("Use That"), shorten_context,
                                    _("Choose Model"), choose_model);
  else if (remedy == BALEEN_REMEDY_LOCATE)
    baleen_window_show_banner_with (self, sentence, _("Locate…"), locate_model,
                                    _("Choose Model"), choose_model);
  else
    baleen_window_show_banner (self, sentence, _("Choose Model"), choose_model);
  /* The model before it stays, but it is not the one that was to answer. */
  if (self->awaited != NULL)
    state = baleen_message_get_state (self->awaited);
  if (state == BALEEN_STATE_QUEUED || state == BALEEN_STATE_LOADING)
    baleen_message_fail (self->awaited, sentence, remedy);
}

/* The card may have been reset, or been given room, since. */
static void
try_card_again (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  const char *path = baleen_engine_service_get_path (engine);

  baleen_banner_hide (BALEEN_BANNER (self->banner));
  if (path != NULL)
    baleen_engine_service_load (engine, path);
}

static gboolean
news_over_cb (gpointer user_data)
{
  BaleenWindow *self = user_data;

  self->news_source = 0;
  if (self->banner_action == NULL)
    baleen_banner_hide (BALEEN_BANNER (self->banner));
  return G_SOURCE_REMOVE;
}

static void
device_news_cb (BaleenEngineService *engine,
                int                  news,
                const char          *sentence,
                BaleenWindow        *self)
{
  if (news == BALEEN_DEVICE_LEFT)
    baleen_window_show_banner (self, sentence, _("Try the Card Again"), try_card_again);
  else if (news == BALEEN_DEVICE_MOVED)
    baleen_window_show_banner (self, sentence, _("Smaller Context"), shorten_context);
  else
    baleen_window_show_banner (self, sentence, NULL, NULL);
  g_clear_handle_id (&self->news_source, g_source_remove);
  if (news == BALEEN_DEVICE_RECOVERED)
    self->news_source = g_timeout_add (NEWS_MILLISECONDS, news_over_cb, self);
}

/* Saving is tried again by itself; another disk is what may have room now. */
static void
export_elsewhere (BaleenWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.export", NULL);
}

static void
save_again (BaleenWindow *self)
{
  baleen_store_retry (
      baleen_history_get_store (baleen_application_get_history (self->application)));
}

static void
be_temporary (BaleenWindow *self)
{
  self->is_temporary = TRUE;
  baleen_banner_hide (BALEEN_BANNER (self->banner));
  baleen_window_update_model_line (self);
}

/* What was exported to be kept. */
static void
open_backup (BaleenWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.import", NULL);
}

static void
show_folder (BaleenWindow *self)
{
  const char *path = baleen_store_get_path (
      baleen_history_get_store (baleen_application_get_history (self->application)));
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *uri = folder != NULL ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
show_unreadable (BaleenWindow *self,
                 BaleenStore  *store)
{
  const char *path = baleen_store_get_path (store);
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *sentence
      = base != NULL
            ? g_strdup_printf (_("History could not be opened: %s. The file is untouched; this "
                                 "window keeps new chats in “%s”."),
                               baleen_store_get_detail (store), base)
            : g_strdup_printf (_("History could not be opened: %s. New chats are not saved."),
                               baleen_store_get_detail (store));

  if (base != NULL)
    baleen_window_show_banner_with (self, sentence, _("Open Backup…"), open_backup,
                                    _("Show Folder"), show_folder);
  else
    baleen_window_show_banner (self, sentence, _("Start Temporary"), be_temporary);
}

static void
store_status_cb (BaleenStore  *store,
                 GParamSpec   *pspec,
                 BaleenWindow *self)
{
  const char *detail = baleen_store_get_detail (store);
  g_autofree char *sentence = NULL;

  switch (baleen_store_get_status (store))
    {
    case BALEEN_STORE_OPENING:
      break;
    case BALEEN_STORE_READY:
      if (self->banner_action == save_again || self->banner_action == export_elsewhere)
        baleen_banner_hide (BALEEN_BANNER (self->banner));
      break;
    case BALEEN_STORE_FULL:
      baleen_window_show_banner (
          self,
          _("The disk is full. Text is kept in memory and saved as soon as there is room."),
          _("Export…"), export_elsewhere);
      break;
    case BALEEN_STORE_FAILING:
      sentence = g_strdup_printf (_("History cannot be written: %s. Text is kept in memory and "
                                    "saved as soon as it can be."),
                                  detail);
      baleen_window_show_banner (self, sentence, _("Try Again"), save_again);
      break;
    case BALEEN_STORE_UNREADABLE:
      show_unreadable (self, store);
      break;
    case BALEEN_STORE_NEWER:
      sentence = g_strdup_printf (
          _("History was written by a newer Baleen (%s). Update to open it."), detail);
      baleen_window_show_banner (self, sentence, _("Start Temporary"), be_temporary);
      break;
    case BALEEN_STORE_LOCKED:
      baleen_window_show_banner (self, _("Another Baleen uses this history."), _("Start Temporary"),
                                 be_temporary);
      break;
    }
}

void
baleen_window_watch_trouble (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  BaleenStore *store
      = baleen_history_get_store (baleen_application_get_history (self->application));

  g_signal_connect_object (engine, "device-news", G_CALLBACK (device_news_cb), self, 0);
  g_signal_connect_object (engine, "load-failed", G_CALLBACK (load_failed_cb), self, 0);
  g_signal_connect_object (store, "notify::status", G_CALLBACK (store_status_cb), self, 0);
  store_status_cb (store, NULL, self);
}
