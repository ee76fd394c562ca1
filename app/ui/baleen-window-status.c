/* What the window says of model, answer and history: in the header, the title, the banner. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-notices.h"
#include "baleen-words.h"

/* A load shorter than this is not worth a word. */
#define LOADING_MILLISECONDS 200
/* A longer sentence has lines. */
#define TOAST_MOST_CHARS 80
#define TOAST_LEAST_CHARS 8
/* What a toast has beside its words: margins, padding, the close button. */
#define TOAST_SIDES 140

/* ---- the model line --------------------------------------------------------------------- */

static char *
make_loading_words (BaleenWindow *self,
                    const char   *path)
{
  const double loaded
      = baleen_engine_service_get_loaded (baleen_application_get_engine (self->application));
  g_autofree char *name = baleen_application_name_model (self->application, path);

  return loaded > 0 ? g_strdup_printf (_("Loading %s · %d%%"), name, (int) (100 * loaded))
                    : g_strdup_printf (_("Loading %s"), name);
}

/* Without what the user cannot do anything about: name, place, and where there is room the
 * speed of the last answer. */
static char *
make_model_line (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  const char *loading = baleen_engine_service_get_loading_path (engine);
  const char *path = baleen_engine_service_get_path (engine);
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (engine);
  BaleenMessage *head
      = self->conversation != NULL ? baleen_conversation_get_head (self->conversation) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *place = NULL;
  g_autofree char *speed = NULL;

  if (loading != NULL && self->is_loading_shown)
    return make_loading_words (self, loading);
  if (path == NULL)
    return g_strdup (loading != NULL ? "" : _("No model"));

  name = baleen_application_name_model (self->application, path);
  if (facts != NULL && facts->adapter != NULL)
    {
      g_autofree char *alone = g_steal_pointer (&name);

      name = g_strdup_printf ("%s + %s", alone, facts->adapter);
    }
  place = facts != NULL && facts->host != NULL
              ? g_strdup_printf ("%s · ⇄ %s", name, facts->host) : g_strdup (name);
  if (self->is_temporary || baleen_conversation_get_is_temporary (self->conversation))
    return g_strdup_printf (_("Temporary · not saved · %s"), place);
  if (facts != NULL && facts->host != NULL)
    return g_steal_pointer (&place);
  if (head != NULL && self->size_class != BALEEN_SIZE_NARROW)
    speed = baleen_words_speed (head);
  return speed != NULL ? g_strdup_printf (_("%s · this computer · %s"), name, speed)
                       : g_strdup_printf (_("%s · this computer"), name);
}

void
baleen_window_update_model_line (BaleenWindow *self)
{
  g_autofree char *line = NULL;

  if (self->application == NULL || self->conversation == NULL)
    return;
  line = make_model_line (self);
  baleen_model_chooser_set_lines (BALEEN_MODEL_CHOOSER (self->chooser),
                                  baleen_words_title (self->conversation), line);
}

static gboolean
loading_cb (gpointer user_data)
{
  BaleenWindow *self = user_data;

  self->loading_source = 0;
  self->is_loading_shown = TRUE;
  baleen_window_update_model_line (self);
  return G_SOURCE_REMOVE;
}

/* The answer that waits for the model says the same as the header. */
static void
tell_answer_of_loading (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  g_autofree char *words = NULL;
  BaleenNumbers numbers;

  if (self->running == NULL
      || baleen_message_get_state (self->running) != BALEEN_STATE_LOADING)
    return;
  if (baleen_engine_service_get_status (engine) == BALEEN_ENGINE_LOADING)
    words = make_loading_words (self, baleen_engine_service_get_loading_path (engine));
  numbers = *baleen_message_get_numbers (self->running);
  numbers.loaded = words != NULL ? baleen_engine_service_get_loaded (engine) : 0;
  baleen_message_set_step (self->running, words);
  baleen_message_set_numbers (self->running, &numbers);
}

static const BaleenCatalogueEntry *
find_entry (BaleenWindow *self,
            const char   *path)
{
  BaleenCatalogue *catalogue = baleen_application_get_catalogue (self->application);
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;

  if (catalogue == NULL || base == NULL)
    return NULL;
  return baleen_catalogue_find_file (catalogue, base);
}

static void
engine_status_cb (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  const BaleenModelFacts *facts = baleen_engine_service_get_facts (engine);
  const char *path = baleen_engine_service_get_path (engine);
  const BaleenCatalogueEntry *entry = find_entry (self, path);
  g_autofree char *name
      = path != NULL ? baleen_application_name_model (self->application, path) : NULL;

  if (baleen_engine_service_get_status (engine) != BALEEN_ENGINE_LOADING)
    {
      g_clear_handle_id (&self->loading_source, g_source_remove);
      self->is_loading_shown = FALSE;
    }
  else if (self->loading_source == 0 && !self->is_loading_shown)
    {
      self->loading_source = g_timeout_add (LOADING_MILLISECONDS, loading_cb, self);
    }
  baleen_composer_set_model (BALEEN_COMPOSER (self->composer), name,
                             facts == NULL || facts->can_think,
                             facts != NULL ? facts->host : NULL);
  baleen_composer_set_reading (BALEEN_COMPOSER (self->composer),
                               entry != NULL ? (const char *const *) entry->languages : NULL,
                               facts != NULL ? facts->n_context : 0);
  baleen_empty_page_set_model (BALEEN_EMPTY_PAGE (self->empty_page), entry,
                               facts != NULL ? facts->host : NULL);
  baleen_window_update_model_line (self);
  tell_answer_of_loading (self);
}

/* The overlay asks a toast how high it is before it says how wide it may be. */
static int
count_toast_chars (BaleenWindow *self)
{
  PangoFontMetrics *metrics
      = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  const int char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                              pango_font_metrics_get_approximate_digit_width (metrics));
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  pango_font_metrics_unref (metrics);
  if (width == 0)
    g_object_get (self, "default-width", &width, NULL);
  return CLAMP ((width - TOAST_SIDES) * PANGO_SCALE / char_width, TOAST_LEAST_CHARS,
                TOAST_MOST_CHARS);
}

/* The title of a toast is markup, and one line. */
void
baleen_window_say (BaleenWindow *self,
                   const char   *sentence)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", sentence, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "max-width-chars",
                                   count_toast_chars (self), "css-classes",
                                   (const char *const[]) { "heading", NULL }, NULL);

  adw_toast_set_custom_title (toast, label);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  baleen_title_speaker_say (self->speaker, sentence);
}

/* Rows that wait say how many come before them. */
static void
update_waiting (BaleenWindow *self)
{
  const guint n = self->conversation != NULL
                      ? g_list_model_get_n_items (G_LIST_MODEL (self->conversation)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);
      BaleenMessageRow *row = NULL;

      if (baleen_message_get_state (message) == BALEEN_STATE_QUEUED)
        row = baleen_transcript_get_row (BALEEN_TRANSCRIPT (self->transcript), message);
      if (row != NULL)
        baleen_message_row_set_n_before (
            row, baleen_chat_get_n_before (baleen_application_get_chat (self->application),
                                           message));
    }
}

void
baleen_window_watch_services (BaleenWindow *self)
{
  g_signal_connect_object (baleen_application_get_engine (self->application), "notify::status",
                           G_CALLBACK (engine_status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (baleen_application_get_chat (self->application), "queue-changed",
                           G_CALLBACK (update_waiting), self, G_CONNECT_SWAPPED);
  engine_status_cb (self);
  baleen_window_watch_trouble (self);
}

/* ---- the answer being written --------------------------------------------------------- */

static void
say_end (BaleenWindow  *self,
         BaleenMessage *message)
{
  const guint n_words = baleen_words_count (baleen_message_get_text (message));
  g_autofree char *words = NULL;

  switch (baleen_message_get_state (message))
    {
    case BALEEN_STATE_DONE:
      words = g_strdup_printf (
          g_dngettext (NULL, "Answer complete, %u word", "Answer complete, %u words", n_words),
          n_words);
      break;
    case BALEEN_STATE_STOPPED:
      words = g_strdup (_("Stopped"));
      break;
    default:
      words = baleen_words_status (message, 0);
      break;
    }
  baleen_title_speaker_say (self->speaker, words);
}

/* Who stopped it knows. */
static void
tell_away (BaleenWindow  *self,
           BaleenMessage *message)
{
  const gint64 taken = g_get_monotonic_time () - self->running_since;

  if (gtk_window_is_active (GTK_WINDOW (self))
      || baleen_message_get_state (message) == BALEEN_STATE_STOPPED
      || taken < BALEEN_NOTICES_LEAST_SECONDS * G_USEC_PER_SEC
      || !g_settings_get_boolean (baleen_application_get_settings (self->application),
                                  "notifies-when-done"))
    return;
  baleen_notices_tell_over (self->application, self->conversation, message);
}

static void
answer_state_cb (BaleenMessage *message,
                 GParamSpec    *pspec,
                 BaleenWindow  *self)
{
  const BaleenState state = baleen_message_get_state (message);

  if (state == self->spoken_state)
    return;
  self->spoken_state = state;
  if (state == BALEEN_STATE_THINKING)
    baleen_title_speaker_say (self->speaker, _("Thinking"));
  else if (state == BALEEN_STATE_ANSWERING)
    baleen_title_speaker_say (self->speaker, _("Answering"));
  else if (state == BALEEN_STATE_LOADING)
    tell_answer_of_loading (self);
  if (baleen_state_is_running (state))
    return;

  say_end (self, message);
  tell_away (self, message);
  baleen_window_update_model_line (self);
  baleen_window_watch_answer (self);
}

/* The first answer in order of writing: those that wait come after it. */
static BaleenMessage *
find_running (BaleenWindow *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);

      if (baleen_state_is_running (baleen_message_get_state (message)))
        return g_steal_pointer (&message);
    }
  return NULL;
}

void
baleen_window_watch_answer (BaleenWindow *self)
{
  g_autoptr (BaleenMessage) running = find_running (self);

  update_waiting (self);
  baleen_composer_set_is_answering (BALEEN_COMPOSER (self->composer), running != NULL);
  if (running == self->running)
    return;

  if (self->running != NULL)
    g_signal_handlers_disconnect_by_func (self->running, answer_state_cb, self);
  g_set_object (&self->running, running);
  baleen_window_touch_context (self);
  if (running != NULL)
    {
      self->running_since = g_get_monotonic_time ();
      self->spoken_state = baleen_message_get_state (running);
      tell_answer_of_loading (self);
      g_signal_connect (running, "notify::state", G_CALLBACK (answer_state_cb), self);
    }
}
