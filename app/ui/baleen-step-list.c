#include "baleen-step-list.h"

#include <glib/gi18n.h>

struct _BaleenStepList
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *header;
  GtkWidget *arrow;
  GtkWidget *title;
  GtkWidget *content;
  GtkWidget *lines;
  GtkWidget *use;
  gboolean is_unfolded;
  gboolean was_searching;
};

G_DEFINE_FINAL_TYPE (BaleenStepList, baleen_step_list, GTK_TYPE_WIDGET)

enum
{
  USE_FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_is_unfolded (BaleenStepList *self,
                 gboolean        is_unfolded)
{
  self->is_unfolded = is_unfolded;
  gtk_widget_set_visible (self->content, is_unfolded);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), is_unfolded ? "pan-down-symbolic"
                                                                     : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_unfolded, -1);
}

static void
clicked_cb (BaleenStepList *self)
{
  set_is_unfolded (self, !self->is_unfolded);
}

static void
use_cb (BaleenStepList *self)
{
  g_signal_emit (self, signals[USE_FOUND], 0);
}

/* ---- lines ---------------------------------------------------------------------------- */

static const char *
icon_of (BaleenStepState state)
{
  switch (state)
    {
    case BALEEN_STEP_DONE:
      return "object-select-symbolic";
    case BALEEN_STEP_FAILED:
      return "window-close-symbolic";
    case BALEEN_STEP_RUNNING:
    default:
      return "content-loading-symbolic";
    }
}

static GtkWidget *
line_new (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);

  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), words);
  return line;
}

/* The title of a page helps to tell several of one host apart. */
static void
show_line (GtkWidget        *line,
           const BaleenStep *step)
{
  GtkWidget *icon = gtk_widget_get_first_child (line);
  GtkWidget *words = gtk_widget_get_next_sibling (icon);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_of (step->state));
  gtk_label_set_text (GTK_LABEL (words), step->words);
  gtk_widget_set_tooltip_text (words, step->detail);
  if (step->state == BALEEN_STEP_RUNNING)
    gtk_widget_add_css_class (words, "dim-label");
  else
    gtk_widget_remove_css_class (words, "dim-label");
}

static void
show_lines (BaleenStepList *self)
{
  GPtrArray *steps = baleen_message_get_steps (self->message);
  GtkWidget *line = gtk_widget_get_first_child (self->lines);

  for (guint i = 0; i < steps->len; i++)
    {
      if (line == NULL)
        gtk_box_append (GTK_BOX (self->lines), line = line_new ());
      show_line (line, steps->pdata[i]);
      line = gtk_widget_get_next_sibling (line);
    }
}

/* ---- all of it ------------------------------------------------------------------------ */

static char *
make_title (GPtrArray *steps,
            gboolean   is_searching)
{
  const guint n_failed = baleen_steps_count (steps, BALEEN_STEP_FAILED);

  if (is_searching)
    return g_strdup (_("Searching"));
  if (n_failed == 0)
    return g_strdup (_("Searched"));
  return g_strdup_printf (g_dngettext (NULL, "Searched · %u step failed",
                                       "Searched · %u steps failed", n_failed),
                          n_failed);
}

/* Folds by itself when the answer begins: there is nothing below it yet that could jump. */
static void
update (BaleenStepList *self)
{
  GPtrArray *steps = baleen_message_get_steps (self->message);
  const gboolean is_searching = baleen_steps_count (steps, BALEEN_STEP_RUNNING) > 0
                                && baleen_message_get_state (self->message)
                                       == BALEEN_STATE_READING;
  const gboolean has_failed
      = baleen_message_get_state (self->message) == BALEEN_STATE_FAILED;
  g_autofree char *title = make_title (steps, is_searching);

  gtk_widget_set_visible (GTK_WIDGET (self), steps->len > 0);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_widget_set_visible (self->use, is_searching);
  show_lines (self);
  if (is_searching && !self->was_searching)
    set_is_unfolded (self, TRUE);
  else if (!is_searching && self->was_searching && !has_failed)
    set_is_unfolded (self, FALSE);
  self->was_searching = is_searching;
}

static void
baleen_step_list_dispose (GObject *object)
{
  BaleenStepList *self = BALEEN_STEP_LIST (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_step_list_parent_class)->dispose (object);
}

static void
baleen_step_list_class_init (BaleenStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_step_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[USE_FOUND] = g_signal_new ("use-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build_header (BaleenStepList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              NULL);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                              NULL);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_box_append (GTK_BOX (box), self->title);
  self->header = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->header), box);
  gtk_widget_add_css_class (self->header, "flat");
  gtk_widget_add_css_class (self->header, "thought-header");
  gtk_widget_set_halign (self->header, GTK_ALIGN_START);
  g_signal_connect_swapped (self->header, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
baleen_step_list_init (BaleenStepList *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  build_header (self);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->content, "thought");
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (self->content), self->lines);
  self->use = gtk_button_new_with_label (_("Use What Is There"));
  gtk_widget_set_halign (self->use, GTK_ALIGN_START);
  g_signal_connect_swapped (self->use, "clicked", G_CALLBACK (use_cb), self);
  gtk_box_append (GTK_BOX (self->content), self->use);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  set_is_unfolded (self, FALSE);
}

GtkWidget *
baleen_step_list_new (BaleenMessage *message)
{
  BaleenStepList *self = g_object_new (BALEEN_TYPE_STEP_LIST, NULL);

  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::steps", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
