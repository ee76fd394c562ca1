#include "baleen-model-chooser.h"

#include <glib/gi18n.h>

struct _BaleenModelChooser
{
  GtkWidget parent_instance;

  GtkWidget *popover;
  GtkWidget *list;
  GtkWidget *button;
  GtkWidget *title;
  GtkWidget *model_line;
  GtkWidget *opener; /* (weak) (nullable) what had the focus before */
};

G_DEFINE_FINAL_TYPE (BaleenModelChooser, baleen_model_chooser, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  OPENING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The list is made when it is opened, so the focus finds its way into it only now. What had
 * it before gets it back. */
static void
show_cb (BaleenModelChooser *self)
{
  GtkListBoxRow *row;

  g_set_weak_pointer (&self->opener, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_emit (self, signals[OPENING], 0);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
closed_cb (BaleenModelChooser *self)
{
  if (self->opener != NULL && gtk_widget_get_mapped (self->opener))
    gtk_widget_grab_focus (self->opener);
  g_clear_weak_pointer (&self->opener);
}

static void
row_activated_cb (BaleenModelChooser *self,
                  GtkListBoxRow      *row)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "path"));
}

static void
open_cb (BaleenModelChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-model", NULL);
}

void
baleen_model_chooser_set_lines (BaleenModelChooser *self,
                                const char         *title,
                                const char         *model_line)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", title, model_line);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->model_line), model_line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

void
baleen_model_chooser_clear (BaleenModelChooser *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
}

void
baleen_model_chooser_add (BaleenModelChooser *self,
                          const char         *path,
                          const char         *name,
                          gboolean            is_current,
                          const char         *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, "ellipsize",
                                   PANGO_ELLIPSIZE_MIDDLE, NULL);
  GtkWidget *where = g_object_new (GTK_TYPE_LABEL, "label",
                                   place != NULL ? place : _("This Computer"), "xalign", 0.0,
                                   "wrap", TRUE, "max-width-chars", 36, NULL);
  g_autofree char *spoken
      = is_current ? g_strdup_printf (_("%s, answers now"), name) : g_strdup (name);

  gtk_widget_add_css_class (where, "dim-label");
  gtk_widget_add_css_class (where, "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (words), where);
  gtk_box_append (GTK_BOX (box), words);
  if (is_current)
    gtk_box_append (GTK_BOX (box),
                    g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                  "object-select-symbolic", NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

void
baleen_model_chooser_popup (BaleenModelChooser *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

static void
baleen_model_chooser_dispose (GObject *object)
{
  BaleenModelChooser *self = BALEEN_MODEL_CHOOSER (object);

  g_clear_weak_pointer (&self->opener);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_model_chooser_parent_class)->dispose (object);
}

static void
baleen_model_chooser_class_init (BaleenModelChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_model_chooser_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-model-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, list);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, button);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, title);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, model_line);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPENING] = g_signal_new ("opening", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_model_chooser_init (BaleenModelChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
