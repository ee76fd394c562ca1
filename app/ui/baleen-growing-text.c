#include "baleen-growing-text.h"

struct _BaleenGrowingText
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *view;
  GtkWidget *help;
  gboolean is_composing;
  guint measuring; /* source */
};

G_DEFINE_FINAL_TYPE (BaleenGrowingText, baleen_growing_text, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update_help (BaleenGrowingText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_widget_set_opacity (self->help, !self->is_composing
                                              && gtk_text_buffer_get_char_count (buffer) == 0
                                          ? 1.0
                                          : 0.0);
}

static void
changed_cb (GtkTextBuffer       *buffer,
            BaleenGrowingText *self)
{
  update_help (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
preedit_changed_cb (GtkTextView         *view,
                    const char          *preedit,
                    BaleenGrowingText *self)
{
  self->is_composing = *preedit != '\0';
  update_help (self);
}

/* As in the composer: the input method decides first. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BaleenGrowingText   *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->view), event)
      || self->is_composing)
    return GDK_EVENT_STOP;
  if ((modifiers & (GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  if ((modifiers & GDK_CONTROL_MASK) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.send", NULL);
  else
    g_signal_emit (self, signals[NEXT], 0);
  return GDK_EVENT_STOP;
}

char *
baleen_growing_text_dup_text (BaleenGrowingText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

void
baleen_growing_text_set_text (BaleenGrowingText *self,
                            const char          *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), text, -1);
}

GtkWidget *
baleen_growing_text_get_view (BaleenGrowingText *self)
{
  return self->view;
}

static gboolean
baleen_growing_text_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BALEEN_GROWING_TEXT (widget)->view);
}

static gboolean
measure_again_cb (gpointer user_data)
{
  BaleenGrowingText *self = BALEEN_GROWING_TEXT (user_data);

  self->measuring = 0;
  gtk_widget_queue_resize (self->view);
  return G_SOURCE_REMOVE;
}

/* What was filled in before may be several lines; the view finds that out once it is shown, and
 * does not always say so. */
static void
baleen_growing_text_map (GtkWidget *widget)
{
  BaleenGrowingText *self = BALEEN_GROWING_TEXT (widget);

  GTK_WIDGET_CLASS (baleen_growing_text_parent_class)->map (widget);
  if (self->measuring == 0)
    self->measuring = g_idle_add (measure_again_cb, self);
}

static void
baleen_growing_text_dispose (GObject *object)
{
  BaleenGrowingText *self = BALEEN_GROWING_TEXT (object);

  g_clear_handle_id (&self->measuring, g_source_remove);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_growing_text_parent_class)->dispose (object);
}

static void
baleen_growing_text_class_init (BaleenGrowingTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_growing_text_dispose;
  widget_class->grab_focus = baleen_growing_text_grab_focus;
  widget_class->map = baleen_growing_text_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "growingtext");

  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT]
      = g_signal_new ("next", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_growing_text_init (BaleenGrowingText *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab",
                             FALSE, "top-margin", 6, "bottom-margin", 6, "left-margin", 9,
                             "right-margin", 9, NULL);
  self->help = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "can-target", FALSE, "halign", GTK_ALIGN_START, "valign",
                             GTK_ALIGN_START, "margin-top", 6, "margin-bottom", 6, "margin-start", 9,
                             "margin-end", 9, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->help, "dim-label");
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->view);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->help);
  /* A text view does not know how high its text is before it was shown once; the help does, and
   * keeps the place of a line. */
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (self->overlay), self->help, TRUE);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));

  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                    G_CALLBACK (changed_cb), self);
  g_signal_connect (self->view, "preedit-changed", G_CALLBACK (preedit_changed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->view, keys);
}

GtkWidget *
baleen_growing_text_new (const char *help)
{
  BaleenGrowingText *self = g_object_new (BALEEN_TYPE_GROWING_TEXT, NULL);

  gtk_label_set_text (GTK_LABEL (self->help), help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, help, -1);
  return GTK_WIDGET (self);
}
