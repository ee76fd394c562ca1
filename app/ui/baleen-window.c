#include "baleen-window-private.h"

#include <glib/gi18n.h>

#include "baleen-application-windows.h"
#include "baleen-conversation-menu.h"
#include "baleen-find-bar.h"
#include "baleen-icon-button.h"
#include "baleen-shortcuts.h"
#include "baleen-words.h"
#include "data-folder.h"

G_DEFINE_FINAL_TYPE (BaleenWindow, baleen_window, ADW_TYPE_APPLICATION_WINDOW)

#define NARROW_WIDTH 500
#define WIDE_WIDTH 942
#define LOW_HEIGHT 700

/* A longer draft needs the examples' place. */
#define EXAMPLE_CHARS 20

/* ---- sizes ---------------------------------------------------------------------------- */

static gboolean
apply_size_cb (gpointer user_data)
{
  static const char *const names[] = { "narrow", "medium", "wide" };
  BaleenWindow *self = user_data;

  self->size_source = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (i == self->size_class)
      gtk_widget_add_css_class (GTK_WIDGET (self), names[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), names[i]);
  baleen_empty_page_set_is_compact (BALEEN_EMPTY_PAGE (self->empty_page),
                                    self->is_low || self->size_class == BALEEN_SIZE_NARROW);
  baleen_window_update_model_line (self);
  baleen_window_update_panel (self);
  baleen_window_update_network (self);
  return G_SOURCE_REMOVE;
}

/* libadwaita 1.2 has no breakpoints. Classes must not change inside an allocation, so they do
 * right after it. */
static void
baleen_window_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  const BaleenSizeClass size_class = width < NARROW_WIDTH ? BALEEN_SIZE_NARROW
                                     : width < WIDE_WIDTH ? BALEEN_SIZE_MEDIUM
                                                          : BALEEN_SIZE_WIDE;
  const gboolean is_low = height < LOW_HEIGHT;

  GTK_WIDGET_CLASS (baleen_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (size_class == self->size_class && is_low == self->is_low)
    return;

  self->size_class = size_class;
  self->is_low = is_low;
  if (self->size_source == 0)
    self->size_source = g_idle_add (apply_size_cb, self);
}

/* A locked flap leaves this to us: folding hides the sidebar and unfolding brings back what
 * the user last chose. */
static void
folded_cb (BaleenWindow *self)
{
  const gboolean is_folded = adw_flap_get_folded (ADW_FLAP (self->flap));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), !is_folded && self->is_sidebar_wanted);
}

static void
revealed_cb (BaleenWindow *self)
{
  const gboolean is_revealed = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));

  if (!adw_flap_get_folded (ADW_FLAP (self->flap)))
    self->is_sidebar_wanted = is_revealed;
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->sidebar_button),
                                is_revealed ? _("Hide Sidebar") : _("Show Sidebar"), NULL);
}

static void
panel_folded_cb (BaleenWindow *self)
{
  AdwFlap *flap = ADW_FLAP (self->panel_flap);

  adw_flap_set_reveal_flap (flap, !adw_flap_get_folded (flap) && self->is_panel_wanted);
  baleen_window_update_panel (self);
}

static void
panel_revealed_cb (BaleenWindow *self)
{
  AdwFlap *flap = ADW_FLAP (self->panel_flap);

  if (!adw_flap_get_folded (flap))
    self->is_panel_wanted = adw_flap_get_reveal_flap (flap);
  baleen_window_update_panel (self);
}

/* ---- which conversation ----------------------------------------------------------------- */

static void
update_page (BaleenWindow *self)
{
  const gboolean is_empty = baleen_conversation_get_head_id (self->conversation) == 0;

  gtk_widget_set_visible (self->empty_page, is_empty);
  gtk_widget_set_visible (self->transcript, !is_empty);
  gtk_widget_set_visible (self->menu_button, !is_empty);
}

static void
conversation_changed_cb (BaleenWindow *self)
{
  update_page (self);
  baleen_window_touch_context (self);
  baleen_window_watch_answer (self);
  baleen_window_update_model_line (self);
}

static void
title_cb (BaleenWindow *self)
{
  baleen_title_speaker_set_title (self->speaker, baleen_words_title (self->conversation));
  baleen_window_update_model_line (self);
}

static void
think_cb (BaleenWindow *self)
{
  baleen_composer_set_think (BALEEN_COMPOSER (self->composer),
                             baleen_conversation_get_think (self->conversation));
}

static void
temporary_changed_cb (BaleenWindow *self)
{
  baleen_window_update_model_line (self);
  if (baleen_conversation_get_is_temporary (self->conversation))
    gtk_widget_add_css_class (self->composer, "temporary");
  else
    gtk_widget_remove_css_class (self->composer, "temporary");
}

void
baleen_window_show_conversation (BaleenWindow       *self,
                                 BaleenConversation *conversation)
{
  g_autoptr (BaleenConversation) old = g_steal_pointer (&self->conversation);

  self->conversation = g_object_ref (conversation);
  if (old != conversation)
    {
      if (old != NULL)
        g_signal_handlers_disconnect_by_data (old, self);
      if (self->banner_about != NULL)
        baleen_banner_hide (BALEEN_BANNER (self->banner));
      self->banner_about = NULL;
      g_signal_connect_swapped (conversation, "items-changed",
                                G_CALLBACK (conversation_changed_cb), self);
      g_signal_connect_swapped (conversation, "notify::title", G_CALLBACK (title_cb), self);
      g_signal_connect_swapped (conversation, "notify::think", G_CALLBACK (think_cb), self);
      g_signal_connect_swapped (conversation, "notify::is-temporary",
                                G_CALLBACK (temporary_changed_cb), self);
      baleen_history_load (baleen_application_get_history (self->application), conversation);
    }
  baleen_transcript_set_conversation (BALEEN_TRANSCRIPT (self->transcript), conversation);
  baleen_composer_set_conversation (BALEEN_COMPOSER (self->composer), conversation);
  baleen_sidebar_set_selected (BALEEN_SIDEBAR (self->sidebar), conversation);
  baleen_find_bar_set_conversation (BALEEN_FIND_BAR (self->find_bar), conversation);
  baleen_window_tell_of_summary (self);
  temporary_changed_cb (self);
  title_cb (self);
  conversation_changed_cb (self);
  baleen_application_remember_windows (self->application);
}

gint64
baleen_window_get_place (BaleenWindow *self)
{
  if (self->conversation == NULL)
    return self->place;
  return baleen_conversation_get_is_temporary (self->conversation)
             ? 0
             : baleen_conversation_get_id (self->conversation);
}

BaleenConversation *
baleen_window_get_conversation (BaleenWindow *self)
{
  return self->conversation;
}

/* What was shown the last time, unless it is gone or another window has it. */
static BaleenConversation *
find_place (BaleenWindow *self)
{
  BaleenHistory *history = baleen_application_get_history (self->application);
  BaleenConversation *there
      = self->place != 0 ? baleen_history_find (history, self->place) : NULL;

  if (there != NULL && baleen_conversation_get_head_id (there) != 0
      && baleen_application_find_window (self->application, there) == NULL)
    return there;
  return baleen_history_get_blank_of (history, self);
}

static void
opened_cb (BaleenWindow *self)
{
  baleen_sidebar_set_history (BALEEN_SIDEBAR (self->sidebar),
                              baleen_application_get_history (self->application),
                              baleen_application_get_settings (self->application));
  baleen_window_show_conversation (self, find_place (self));
  baleen_window_greet (self);
  gtk_widget_set_sensitive (self->composer, TRUE);
  if (self->files_to_open != NULL)
    baleen_window_open_files (self, (const char *const *) self->files_to_open);
  g_clear_pointer (&self->files_to_open, g_strfreev);
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

static void
chosen_cb (BaleenWindow       *self,
           BaleenConversation *conversation,
           gint64              message_id)
{
  baleen_window_open (self, conversation, message_id);
}

/* Made anew each time it opens: what it says depends on the conversation. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  BaleenWindow *self = user_data;
  g_autoptr (GMenuModel) menu = baleen_conversation_menu_new (self->conversation, TRUE);

  gtk_menu_button_set_menu_model (button, menu);
}

static void
found_cb (BaleenWindow  *self,
          BaleenMessage *message,
          guint          nth)
{
  baleen_window_show_hit (self, message, nth);
}

static void
find_closed_cb (BaleenWindow *self)
{
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

/* A toast stands above what is written in: the tools below it stay in reach. The first of a run
 * comes before anything has a place. */
static void
lift_toasts_cb (BaleenWindow *self)
{
  int height;

  gtk_widget_measure (self->composer, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  height = MAX (height, gtk_widget_get_height (self->composer));
  for (GtkWidget *child = gtk_widget_get_first_child (self->toasts); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast"))
      gtk_widget_set_margin_bottom (child, height);
}

/* ---- writing -------------------------------------------------------------------------- */

static void
send_cb (BaleenWindow *self,
         const char   *text,
         const char   *filled,
         const char   *system)
{
  g_settings_set_boolean (baleen_application_get_settings (self->application), "last-think",
                          baleen_composer_get_think (BALEEN_COMPOSER (self->composer)));
  baleen_window_send (self, text, filled, system);
  baleen_sidebar_set_selected (BALEEN_SIDEBAR (self->sidebar), self->conversation);
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (self->transcript));
}

static void
problem_cb (BaleenWindow *self,
            const char   *sentence)
{
  baleen_window_say (self, sentence);
}

static void
stop_cb (BaleenWindow *self)
{
  if (self->running == NULL
      || !baleen_document_desk_stop (baleen_application_get_desk (self->application),
                                     self->running))
    baleen_chat_stop_conversation (baleen_application_get_chat (self->application),
                                   self->conversation);
}

static void
edited_cb (BaleenWindow *self)
{
  baleen_window_touch_context (self);
  g_autofree char *text = baleen_composer_dup_text (BALEEN_COMPOSER (self->composer));

  baleen_empty_page_show_examples (BALEEN_EMPTY_PAGE (self->empty_page),
                                   g_utf8_strlen (text, -1) <= EXAMPLE_CHARS);
}

static void
draft_changed_cb (BaleenWindow *self)
{
  baleen_window_touch_context (self);
  baleen_history_save (baleen_application_get_history (self->application), self->conversation,
                       NULL, FALSE);
}

/* An example is sent by the user, with a second Enter. */
static void
example_cb (BaleenWindow                 *self,
            const BaleenCatalogueExample *example)
{
  BaleenComposer *composer = BALEEN_COMPOSER (self->composer);
  g_autofree char *folder = example->file != NULL ? baleen_data_folder_find (NULL) : NULL;
  g_autofree char *path
      = folder != NULL ? g_build_filename (folder, example->file, NULL) : NULL;

  if (path != NULL)
    baleen_window_attach (self, path);
  else if (example->template != NULL)
    baleen_composer_open_example (composer, example->template);
  else
    {
      baleen_composer_set_text (composer, example->text);
      baleen_composer_set_think (composer, example->think);
    }
}

static void
wanted_cb (BaleenWindow  *self,
           BaleenMessage *message,
           int            wish,
           guint          sibling)
{
  baleen_window_wish (self, message, wish, sibling);
}

static void
question_edited_cb (BaleenWindow  *self,
                    BaleenMessage *question,
                    const char    *text,
                    gboolean       think)
{
  baleen_window_ask_again (self, question, text, think);
}

/* A printable key pressed while reading is the beginning of a message. */
static gboolean
typed_cb (GtkEventControllerKey *controller,
          guint                  keyval,
          guint                  keycode,
          GdkModifierType        modifiers,
          BaleenWindow          *self)
{
  const gunichar c = gdk_keyval_to_unicode (keyval);
  GtkWidget *text = baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || c == 0
      || !g_unichar_isgraph (c))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (text);
  return gtk_event_controller_key_forward (controller, text);
}

/* ---- models --------------------------------------------------------------------------- */

/* Found anew each time: a file may have been put into the folder. */
static void
chooser_opening_cb (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);

  g_clear_weak_pointer (&self->again);
  baleen_model_shelf_refresh (baleen_application_get_model_shelf (self->application));
  baleen_model_chooser_set_current (BALEEN_MODEL_CHOOSER (self->chooser),
                                    baleen_engine_service_get_path (engine));
}

static void
model_chosen_cb (BaleenWindow *self,
                 const char   *path)
{
  baleen_window_take_model (self, path);
  gtk_widget_grab_focus (baleen_composer_get_text_view (BALEEN_COMPOSER (self->composer)));
}

static void
banner_acted_cb (BaleenWindow *self)
{
  if (self->banner_action != NULL)
    self->banner_action (self);
}

static void
banner_other_cb (BaleenWindow *self)
{
  if (self->banner_other != NULL)
    self->banner_other (self);
}

/* ---- life ----------------------------------------------------------------------------- */

static gboolean
baleen_window_close_request (GtkWindow *window)
{
  BaleenWindow *self = BALEEN_WINDOW (window);
  GSettings *settings = baleen_application_get_settings (self->application);
  int width, height;

  baleen_composer_keep_draft (BALEEN_COMPOSER (self->composer));
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "width", width);
  g_settings_set_int (settings, "height", height);
  g_settings_set_boolean (settings, "is-maximized", gtk_window_is_maximized (window));
  g_settings_set_boolean (settings, "is-sidebar-shown", self->is_sidebar_wanted);
  g_settings_set_boolean (settings, "is-panel-shown", self->is_panel_wanted);
  baleen_history_release_blank (baleen_application_get_history (self->application), self);
  return GTK_WINDOW_CLASS (baleen_window_parent_class)->close_request (window);
}

static void
baleen_window_dispose (GObject *object)
{
  BaleenWindow *self = BALEEN_WINDOW (object);

  g_clear_handle_id (&self->size_source, g_source_remove);
  g_clear_handle_id (&self->loading_source, g_source_remove);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_object (&self->counter);
  g_clear_object (&self->ledger_counter);
  g_clear_pointer (&self->files_to_open, g_strfreev);
  g_clear_handle_id (&self->news_source, g_source_remove);
  g_clear_handle_id (&self->network_source, g_source_remove);
  g_clear_weak_pointer (&self->network_window);
  if (self->toast_children != NULL)
    g_signal_handlers_disconnect_by_data (self->toast_children, self);
  g_clear_object (&self->toast_children);
  if (self->summary != NULL)
    g_cancellable_cancel (self->summary);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  if (self->running != NULL)
    g_signal_handlers_disconnect_by_data (self->running, self);
  g_clear_weak_pointer (&self->panel_opener);
  g_clear_weak_pointer (&self->again);
  g_clear_weak_pointer (&self->awaited);
  g_clear_weak_pointer (&self->refilled);
  g_clear_object (&self->running);
  g_clear_object (&self->conversation);
  G_OBJECT_CLASS (baleen_window_parent_class)->dispose (object);
}

static void
baleen_window_finalize (GObject *object)
{
  baleen_title_speaker_free (BALEEN_WINDOW (object)->speaker);
  G_OBJECT_CLASS (baleen_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, BaleenWindow, name)
  BIND (toasts);
  BIND (flap);
  BIND (sidebar);
  BIND (header);
  BIND (sidebar_button);
  BIND (panel_flap);
  BIND (panel);
  BIND (panel_button);
  BIND (chooser);
  BIND (menu_button);
  BIND (network_button);
  BIND (offered_button);
  BIND (banner);
  BIND (find_bar);
  BIND (empty_page);
  BIND (transcript);
  BIND (drop_words);
  BIND (composer);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, panel_folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, panel_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, baleen_window_import);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chooser_opening_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_acted_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, example_cb);
  gtk_widget_class_bind_template_callback (widget_class, wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, question_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, baleen_window_make_room);
  gtk_widget_class_bind_template_callback (widget_class, baleen_window_set_up_search);
  gtk_widget_class_bind_template_callback (widget_class, problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_changed_cb);
}

static void
baleen_window_class_init (BaleenWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = baleen_window_dispose;
  object_class->finalize = baleen_window_finalize;
  widget_class->size_allocate = baleen_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = baleen_window_close_request;

  g_type_ensure (BALEEN_TYPE_BANNER);
  g_type_ensure (BALEEN_TYPE_COMPOSER);
  g_type_ensure (BALEEN_TYPE_EMPTY_PAGE);
  g_type_ensure (BALEEN_TYPE_FIND_BAR);
  g_type_ensure (BALEEN_TYPE_ICON_BUTTON);
  g_type_ensure (BALEEN_TYPE_MODEL_CHOOSER);
  g_type_ensure (BALEEN_TYPE_SIDE_PANEL);
  g_type_ensure (BALEEN_TYPE_SIDEBAR);
  g_type_ensure (BALEEN_TYPE_TRANSCRIPT);
  bind_template (widget_class);
  baleen_window_class_install_chat_actions (widget_class);
  baleen_window_class_install_attachment_actions (widget_class);
  baleen_window_class_install_context_actions (widget_class);
  baleen_window_class_install_room_actions (widget_class);
  baleen_window_class_install_message_actions (widget_class);
  baleen_window_class_install_outline_actions (widget_class);
  baleen_window_class_install_web_actions (widget_class);
  baleen_window_class_install_network_actions (widget_class);
  baleen_window_class_install_link_actions (widget_class);
  baleen_window_class_install_summary_actions (widget_class);
  baleen_window_class_install_reading_actions (widget_class);
  baleen_window_class_install_region_actions (widget_class);
  baleen_window_class_install_panel_actions (widget_class);
  baleen_window_class_install_conversation_actions (widget_class);
  baleen_window_class_install_file_actions (widget_class);
  baleen_window_class_install_folder_actions (widget_class);
  baleen_window_class_install_search_actions (widget_class);
  baleen_window_class_install_program_actions (widget_class);
  baleen_window_class_install_template_actions (widget_class);
  baleen_window_class_install_taking_actions (widget_class);
}

static void
baleen_window_init (BaleenWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GtkSizeGroup) headers = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);

  self->speaker = baleen_title_speaker_new (GTK_WINDOW (self));
  self->is_sidebar_wanted = TRUE;
  self->size_class = BALEEN_SIZE_WIDE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (typed_cb), self);
  gtk_widget_add_controller (self->transcript, keys);
  gtk_size_group_add_widget (headers, self->header);
  gtk_size_group_add_widget (headers,
                             baleen_sidebar_get_header (BALEEN_SIDEBAR (self->sidebar)));
  gtk_size_group_add_widget (headers,
                             baleen_side_panel_get_header (BALEEN_SIDE_PANEL (self->panel)));
  baleen_window_build_panel (self);
  self->toast_children = gtk_widget_observe_children (self->toasts);
  g_signal_connect_swapped (self->toast_children, "items-changed", G_CALLBACK (lift_toasts_cb),
                            self);
  baleen_shortcuts_add_controller (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), make_menu_cb, self,
                                         NULL);
}

static void
restore_size (BaleenWindow *self)
{
  GSettings *settings = baleen_application_get_settings (self->application);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "width"),
                               g_settings_get_int (settings, "height"));
  if (g_settings_get_boolean (settings, "is-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  self->is_sidebar_wanted = g_settings_get_boolean (settings, "is-sidebar-shown");
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), self->is_sidebar_wanted);
  revealed_cb (self);
  self->is_panel_wanted = g_settings_get_boolean (settings, "is-panel-shown");
  adw_flap_set_reveal_flap (ADW_FLAP (self->panel_flap), self->is_panel_wanted);
  baleen_window_update_panel (self);
}

GtkWidget *
baleen_window_new (BaleenApplication *application,
                   gint64             place)
{
  BaleenWindow *self = g_object_new (BALEEN_TYPE_WINDOW, "application", application, NULL);
  BaleenHistory *history = baleen_application_get_history (application);

  self->application = application;
  self->place = place;
  baleen_composer_set_settings (BALEEN_COMPOSER (self->composer),
                                baleen_application_get_settings (application));
  baleen_composer_set_shelf (BALEEN_COMPOSER (self->composer),
                             baleen_application_get_shelf (application));
  restore_size (self);
  baleen_window_follow_settings (self);
  baleen_model_chooser_set_shelf (BALEEN_MODEL_CHOOSER (self->chooser),
                                  baleen_application_get_model_shelf (application),
                                  baleen_application_get_settings (application));
  baleen_sidebar_watch_downloads (BALEEN_SIDEBAR (self->sidebar),
                                  baleen_application_get_downloads (application));
  baleen_window_watch_services (self);
  baleen_window_watch_context (self);
  baleen_window_watch_attachments (self);
  baleen_window_watch_web (self);
  baleen_window_watch_network (self);
  baleen_window_watch_links (self);
  /* Until the history is open, a matter of milliseconds, there is nothing to write in. */
  gtk_widget_set_sensitive (self->composer, FALSE);
  if (baleen_history_get_is_opened (history))
    opened_cb (self);
  else
    g_signal_connect_object (history, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
