#include "baleen-question-editor.h"

#include <glib/gi18n.h>

#include "baleen-wrap-layout.h"

struct _BaleenQuestionEditor
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *text;
  GtkWidget *think;
  GtkWidget *send;
};

G_DEFINE_FINAL_TYPE (BaleenQuestionEditor, baleen_question_editor, GTK_TYPE_WIDGET)

enum
{
  DONE,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (BaleenQuestionEditor *self)
{
  char *text;

  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "text", &text, NULL);
  return text;
}

static void
send (BaleenQuestionEditor *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *words = g_strstrip (g_strdup (text));

  if (*words != '\0')
    g_signal_emit (self, signals[DONE], 0, text,
                   gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->think)));
}

static void
cancel (BaleenQuestionEditor *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
changed_cb (BaleenQuestionEditor *self)
{
  g_autofree char *text = g_strstrip (dup_text (self));

  gtk_widget_set_sensitive (self->send, *text != '\0');
}

/* The input method hears Enter and Escape first, as in the composer. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BaleenQuestionEditor  *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  const gboolean is_enter
      = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  if (!is_enter && keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->text), event))
    return GDK_EVENT_STOP;
  if (is_enter && (modifiers & (GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (is_enter)
    send (self);
  else
    cancel (self);
  return GDK_EVENT_STOP;
}

static void
baleen_question_editor_dispose (GObject *object)
{
  g_clear_pointer (&BALEEN_QUESTION_EDITOR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_question_editor_parent_class)->dispose (object);
}

static void
baleen_question_editor_class_init (BaleenQuestionEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_question_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
buttons_new (BaleenQuestionEditor *self)
{
  GtkWidget *buttons = baleen_wrap_box_new (6);
  GtkWidget *cancel_button = gtk_button_new_with_label (_("Cancel"));

  self->think = gtk_toggle_button_new_with_label (_("Deep Thinking"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->think), GTK_ACCESSIBLE_STATE_PRESSED,
                               GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_widget_add_css_class (self->think, "chip");
  gtk_widget_set_hexpand (self->think, TRUE);
  gtk_widget_set_halign (self->think, GTK_ALIGN_START);
  self->send = gtk_button_new_with_label (_("Send"));
  g_signal_connect_swapped (cancel_button, "clicked", G_CALLBACK (cancel), self);
  g_signal_connect_swapped (self->send, "clicked", G_CALLBACK (send), self);
  gtk_box_append (GTK_BOX (buttons), self->think);
  gtk_box_append (GTK_BOX (buttons), cancel_button);
  gtk_box_append (GTK_BOX (buttons), self->send);
  return buttons;
}

static void
baleen_question_editor_init (BaleenQuestionEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->text = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab",
                             FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Edit"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Edit"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->text, keys);
  g_object_set (scroller, "focusable", FALSE, "hscrollbar-policy", GTK_POLICY_NEVER,
                "propagate-natural-height", TRUE, "max-content-height", 280, "child", self->text,
                NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), buttons_new (self));
  gtk_widget_add_css_class (self->box, "question-editor");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baleen_question_editor_new (const char *text,
                            gboolean    think)
{
  BaleenQuestionEditor *self = g_object_new (BALEEN_TYPE_QUESTION_EDITOR, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));

  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->think), think);
  return GTK_WIDGET (self);
}

void
baleen_question_editor_take_focus (BaleenQuestionEditor *self)
{
  gtk_widget_grab_focus (self->text);
}
