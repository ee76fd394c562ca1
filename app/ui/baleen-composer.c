#include "baleen-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "baleen-tool-row.h"
#include "baleen-wrap-layout.h"

G_DEFINE_FINAL_TYPE (BaleenComposer, baleen_composer, GTK_TYPE_WIDGET)

enum
{
  SEND,
  STOP,
  MAKE_ROOM,
  EDITED,
  DRAFT_CHANGED,
  PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define DRAFT_MILLISECONDS 500
#define LEAST_LINES 2
#define MOST_LINES 10

char *
baleen_composer_dup_text (BaleenComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static gboolean
has_words (BaleenComposer *self)
{
  g_autofree char *text = baleen_composer_dup_text (self);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Words, or a form in which something was filled. What is missing there is said at Send. */
gboolean
baleen_composer_has_something (BaleenComposer *self)
{
  BaleenTemplateFilling *filling
      = baleen_template_form_get_filling (BALEEN_TEMPLATE_FORM (self->form));

  return has_words (self)
         || (baleen_composer_is_form_open (self) && filling != NULL
             && !baleen_template_filling_is_untouched (filling));
}

/* ---- Send and Stop ------------------------------------------------------------------ */

/* One button at one place. Stop is never the accent-coloured one. */
void
baleen_composer_update_send (BaleenComposer *self)
{
  BaleenIconButton *button = BALEEN_ICON_BUTTON (self->send);
  const gboolean is_reading = baleen_composer_is_reading (self);
  const gboolean can_send = baleen_composer_has_something (self) && !is_reading;
  g_autofree char *place = NULL;

  if (self->is_answering)
    {
      gtk_button_set_icon_name (GTK_BUTTON (button), "media-playback-stop-symbolic");
      baleen_icon_button_set_words (button, _("Stop"), NULL);
      gtk_widget_remove_css_class (self->send, "suggested-action");
      gtk_widget_set_sensitive (self->send, TRUE);
      return;
    }

  if (self->is_over && can_send)
    {
      gtk_button_set_label (GTK_BUTTON (button), _("Make Room…"));
      gtk_widget_set_tooltip_text (self->send, _("What would be sent is too long"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->send), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Make Room…"), -1);
      gtk_widget_remove_css_class (self->send, "circular");
      gtk_widget_add_css_class (self->send, "suggested-action");
      gtk_widget_set_sensitive (self->send, TRUE);
      return;
    }

  gtk_widget_add_css_class (self->send, "circular");
  if (self->host != NULL)
    place = g_strdup_printf (_("To %s"), self->host);
  else if (self->model != NULL)
    place = g_strdup_printf (_("To %s on this computer"), self->model);
  gtk_button_set_icon_name (GTK_BUTTON (button), "baleen-send-symbolic");
  baleen_icon_button_set_words (button, _("Send"),
                                can_send     ? place
                                : is_reading ? _("A file is still being read")
                                             : _("Nothing is written yet"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_set_sensitive (self->send, can_send);
}

static void
empty (BaleenComposer *self)
{
  self->is_filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, "", 0);
  baleen_composer_restore_form (self, NULL);
  self->is_filling = FALSE;
  baleen_composer_keep_draft (self);
}

/* The form is remembered with the message, so that it can be filled anew. */
void
baleen_composer_send (BaleenComposer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *system = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *filled = NULL;

  if (!baleen_composer_has_something (self) || baleen_composer_is_reading (self)
      || (baleen_composer_is_form_open (self)
          && baleen_template_form_show_problem (BALEEN_TEMPLATE_FORM (self->form))))
    return;
  if (self->is_over)
    {
      g_signal_emit (self, signals[MAKE_ROOM], 0);
      return;
    }
  prompt = baleen_composer_compose (self, &system, &error);
  if (prompt == NULL)
    {
      g_signal_emit (self, signals[PROBLEM], 0, error->message);
      return;
    }

  filled = baleen_composer_dup_form (self);
  if (filled != NULL && self->shelf != NULL)
    baleen_template_shelf_count_use (
        self->shelf, baleen_template_filling_get_template (
                         baleen_template_form_get_filling (BALEEN_TEMPLATE_FORM (self->form)))
                         ->id);
  empty (self);
  g_signal_emit (self, signals[SEND], 0, prompt, filled, system);
}

static void
template_clicked_cb (BaleenComposer *self)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->template_button))
      != baleen_composer_is_form_open (self))
    baleen_composer_toggle_form (self);
}

static void
send_clicked_cb (BaleenComposer *self)
{
  gtk_widget_grab_focus (self->text);
  if (self->is_answering)
    g_signal_emit (self, signals[STOP], 0);
  else
    baleen_composer_send (self);
}

/* ---- Enter ---------------------------------------------------------------------------- */

/* In an empty text these keys would do nothing, so they act on the messages above. */
static gboolean
act_on_transcript (BaleenComposer *self,
                   guint           keyval,
                   GdkModifierType modifiers)
{
  static const struct
  {
    guint keyval;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, "win.previous-message" },
    { GDK_KEY_Down, "win.next-message" },
    { GDK_KEY_Home, "win.first-message" },
    { GDK_KEY_End, "win.jump-to-end" },
  };

  if (!self->is_composing && gtk_text_buffer_get_char_count (self->buffer) == 0
      && keyval == GDK_KEY_Up && (modifiers & gtk_accelerator_get_default_mod_mask ()) == 0)
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-last", NULL);
  if (self->is_composing || gtk_text_buffer_get_char_count (self->buffer) > 0
      || (modifiers & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval)
      return gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
sends_with_control (BaleenComposer *self)
{
  g_autofree char *key = self->settings != NULL
                             ? g_settings_get_string (self->settings, "send-with")
                             : NULL;

  return g_strcmp0 (key, "control-enter") == 0;
}

/* The input method decides first: with some the preedit is empty already when the key that
 * commits it comes through, so its answer counts and not the preedit alone. Nothing else is
 * decided on a key press. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BaleenComposer        *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (baleen_composer_take_slash_key (self, keyval))
    return GDK_EVENT_STOP;
  if (keyval == GDK_KEY_z && (modifiers & GDK_CONTROL_MASK) != 0
      && baleen_composer_undo_paste (self))
    return GDK_EVENT_STOP;
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return act_on_transcript (self, keyval, modifiers);
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->text), event))
    return GDK_EVENT_STOP;
  if (self->is_composing)
    return GDK_EVENT_STOP;
  if ((modifiers & (GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (sends_with_control (self) && (modifiers & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  baleen_composer_send (self);
  return GDK_EVENT_STOP;
}

static void
preedit_changed_cb (GtkTextView    *text,
                    const char     *preedit,
                    BaleenComposer *self)
{
  self->is_composing = *preedit != '\0';
  if (self->is_composing)
    baleen_coach_line_pause (BALEEN_COACH_LINE (self->coach));
  gtk_widget_set_visible (self->placeholder, !self->is_composing
                                                 && gtk_text_buffer_get_char_count (self->buffer)
                                                        == 0);
}

/* ---- hints ------------------------------------------------------------------------------ */

/* Replaces all of it in one undo step. */
static void
better_wording_cb (BaleenComposer *self,
                   const char     *text)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (self->text);
}

/* What was asked on the path that is shown. */
static void
begin_hints (BaleenComposer *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) questions = NULL;
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);

      if (baleen_message_get_role (message) == BALEEN_ROLE_USER)
        g_strv_builder_add (builder, baleen_message_get_text (message));
    }
  questions = g_strv_builder_end (builder);
  baleen_coach_line_begin (BALEEN_COACH_LINE (self->coach), (const char *const *) questions);
}

void
baleen_composer_set_settings (BaleenComposer *self,
                              GSettings      *settings)
{
  g_set_object (&self->settings, settings);
  baleen_coach_line_set_settings (BALEEN_COACH_LINE (self->coach), settings);
}

gboolean
baleen_composer_dismiss_hint (BaleenComposer *self)
{
  return baleen_coach_line_dismiss (BALEEN_COACH_LINE (self->coach));
}

void
baleen_composer_set_reading (BaleenComposer    *self,
                             const char *const *languages,
                             gsize              n_context)
{
  baleen_coach_line_set_model (BALEEN_COACH_LINE (self->coach), self->model, languages,
                               n_context);
}

/* ---- the draft ------------------------------------------------------------------------ */

void
baleen_composer_keep_draft (BaleenComposer *self)
{
  g_autofree char *text = NULL;
  g_autofree char *filled = NULL;
  g_autofree char *files = NULL;
  int cursor;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->conversation == NULL)
    return;

  text = baleen_composer_dup_text (self);
  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  filled = baleen_composer_dup_form (self);
  files = baleen_composer_dup_files (self);
  if (g_strcmp0 (text, baleen_conversation_get_draft (self->conversation)) == 0
      && g_strcmp0 (filled, baleen_conversation_get_draft_part (self->conversation,
                                                                BALEEN_PART_TEMPLATE))
             == 0
      && g_strcmp0 (files, baleen_conversation_get_draft_part (self->conversation,
                                                               BALEEN_PART_ATTACHMENTS))
             == 0)
    return;
  baleen_conversation_set_draft (self->conversation, text, cursor);
  baleen_conversation_set_draft_part (self->conversation, BALEEN_PART_TEMPLATE, filled);
  baleen_conversation_set_draft_part (self->conversation, BALEEN_PART_ATTACHMENTS, files);
  g_signal_emit (self, signals[DRAFT_CHANGED], 0);
}

static gboolean
draft_cb (gpointer user_data)
{
  BaleenComposer *self = user_data;

  self->draft_source = 0;
  baleen_composer_keep_draft (self);
  return G_SOURCE_REMOVE;
}

void
baleen_composer_touch_draft (BaleenComposer *self)
{
  if (self->is_filling)
    return;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  self->draft_source = g_timeout_add (DRAFT_MILLISECONDS, draft_cb, self);
}

static void
tell_coach (BaleenComposer *self)
{
  g_autofree char *text = baleen_composer_dup_text (self);

  baleen_coach_line_set_draft (BALEEN_COACH_LINE (self->coach), text);
}

static void
changed_cb (GtkTextBuffer  *buffer,
            BaleenComposer *self)
{
  g_clear_weak_pointer (&self->pasted);
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
  baleen_composer_update_send (self);
  tell_coach (self);
  baleen_composer_update_slash (self);
  baleen_composer_update_link (self);
  g_signal_emit (self, signals[EDITED], 0);
  baleen_composer_touch_draft (self);
}

void
baleen_composer_set_text (BaleenComposer *self,
                          const char     *text)
{
  gtk_text_buffer_set_text (self->buffer, text, -1);
  gtk_widget_grab_focus (self->text);
}

void
baleen_composer_set_conversation (BaleenComposer     *self,
                                  BaleenConversation *conversation)
{
  GtkTextIter cursor;

  baleen_composer_keep_draft (self);
  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  g_signal_connect_swapped (conversation, "items-changed", G_CALLBACK (begin_hints), self);
  begin_hints (self);
  self->is_filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, baleen_conversation_get_draft (conversation), -1);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &cursor,
                                      baleen_conversation_get_draft_cursor (conversation));
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
  baleen_composer_restore_form (
      self, baleen_conversation_get_draft_part (conversation, BALEEN_PART_TEMPLATE));
  baleen_composer_restore_files (
      self, baleen_conversation_get_draft_part (conversation, BALEEN_PART_ATTACHMENTS));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->think),
                                baleen_conversation_get_think (conversation));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->search),
                                self->can_search && baleen_conversation_get_search (conversation));
  self->is_filling = FALSE;
}

/* ---- what would be sent ------------------------------------------------------------------ */

char *
baleen_composer_dup_prompt (BaleenComposer  *self,
                            char           **system,
                            gsize           *n_files)
{
  g_autofree char *prompt = NULL;
  char *framed;

  *system = NULL;
  *n_files = 0;
  if (baleen_composer_has_something (self))
    prompt = baleen_composer_compose (self, system, NULL);
  if (prompt == NULL && baleen_composer_get_attachments (self)->len == 0)
    return NULL;
  framed = baleen_composer_frame_files (self, prompt != NULL ? prompt : "");
  *n_files = strlen (framed) - (prompt != NULL ? strlen (prompt) : 0);
  return framed;
}

BaleenContextMeter *
baleen_composer_get_meter (BaleenComposer *self)
{
  return BALEEN_CONTEXT_METER (self->meter);
}

/* The action that was chosen is done after the popover closed, so it goes a little later. */
static gboolean
unparent_cb (gpointer user_data)
{
  BaleenComposer *self = user_data;

  self->choice_source = 0;
  g_clear_pointer (&self->choice, gtk_widget_unparent);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget      *popover,
           BaleenComposer *self)
{
  if (self->choice_source == 0)
    self->choice_source = g_idle_add (unparent_cb, self);
}

void
baleen_composer_popup_at_send (BaleenComposer *self,
                               GtkPopover     *popover)
{
  if (self->choice_source != 0)
    {
      g_source_remove (self->choice_source);
      unparent_cb (self);
    }
  if (self->choice != NULL)
    {
      g_object_ref_sink (popover);
      g_object_unref (popover);
      return;
    }
  self->choice = GTK_WIDGET (popover);
  gtk_widget_set_parent (self->choice, self->send);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, 0);
  gtk_popover_popup (popover);
}

void
baleen_composer_set_is_over (BaleenComposer *self,
                             gboolean        is_over)
{
  if (self->is_over == is_over)
    return;

  self->is_over = is_over;
  baleen_composer_update_send (self);
}

void
baleen_composer_set_is_answering (BaleenComposer *self,
                                  gboolean        is_answering)
{
  self->is_answering = is_answering;
  baleen_composer_update_send (self);
}

GtkWidget *
baleen_composer_get_text_view (BaleenComposer *self)
{
  return self->text;
}

/* The scroller grows with the text between two heights that follow the font. */
static void
update_height (BaleenComposer *self)
{
  PangoContext *context = gtk_widget_get_pango_context (self->text);
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  int height;

  pango_layout_set_text (layout, "X", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              height * MOST_LINES + 14);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              height * LEAST_LINES + 14);
}

static void
baleen_composer_dispose (GObject *object)
{
  BaleenComposer *self = BALEEN_COMPOSER (object);
  GtkWidget *child;

  g_clear_weak_pointer (&self->pasted);
  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_handle_id (&self->choice_source, g_source_remove);
  /* The send button outlives its place: the template holds it. */
  g_clear_pointer (&self->choice, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->shelf);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->taken_link, g_free);
  g_clear_pointer (&self->host, g_free);
  G_OBJECT_CLASS (baleen_composer_parent_class)->dispose (object);
}

static void
baleen_composer_class_init (BaleenComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_composer_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, coach);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, attachments);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, form);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, writing);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, scroller);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, text);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, preview);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, template_button);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, link_offer);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, think);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, think_icon);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, search);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, search_icon);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, meter);
  gtk_widget_class_bind_template_child (widget_class, BaleenComposer, send);
  gtk_widget_class_bind_template_callback (widget_class, better_wording_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_clicked_cb);

  baleen_composer_class_install_file_signals (type);
  baleen_composer_class_install_link_signals (type);
  baleen_composer_class_install_tool_signals (type);
  signals[SEND] = g_signal_new ("send", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MAKE_ROOM]
      = g_signal_new ("make-room", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOP]
      = g_signal_new ("stop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED]
      = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAFT_CHANGED] = g_signal_new ("draft-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
baleen_composer_init (BaleenComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_type_ensure (BALEEN_TYPE_ATTACHMENT_BAR);
  g_type_ensure (BALEEN_TYPE_COACH_LINE);
  g_type_ensure (BALEEN_TYPE_TEMPLATE_FORM);
  g_type_ensure (BALEEN_TYPE_CONTEXT_METER);
  g_type_ensure (BALEEN_TYPE_ICON_BUTTON);
  g_type_ensure (BALEEN_TYPE_TOOL_ROW);
  g_type_ensure (BALEEN_TYPE_WRAP_LAYOUT);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_signal_connect (self->buffer, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->text, keys);
  baleen_composer_begin_tools (self);
  baleen_composer_watch_form (self);
  baleen_composer_watch_files (self);
  baleen_composer_watch_links (self);
  baleen_composer_set_model (self, NULL, TRUE, NULL);
  update_height (self);
}
