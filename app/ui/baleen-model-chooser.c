#include "baleen-model-chooser.h"

#include <glib/gi18n.h>

#include "baleen-model-list.h"

struct _BaleenModelChooser
{
  GtkWidget parent_instance;

  GtkWidget *popover;
  GtkWidget *box;  /* of the popover */
  GtkWidget *list; /* (nullable) until there is a shelf */
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

/* Before the popover takes the focus; what had it gets it back. */
static void
remember_opener_cb (GtkMenuButton *button,
                    gpointer       user_data)
{
  BaleenModelChooser *self = user_data;

  g_set_weak_pointer (&self->opener, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* The list is filled when it is opened, so the focus finds its way into it only now. */
static void
show_cb (BaleenModelChooser *self)
{
  g_signal_emit (self, signals[OPENING], 0);
  if (self->list != NULL)
    baleen_model_list_focus (BALEEN_MODEL_LIST (self->list));
}

static void
closed_cb (BaleenModelChooser *self)
{
  if (self->opener != NULL && gtk_widget_get_mapped (self->opener))
    gtk_widget_grab_focus (self->opener);
  g_clear_weak_pointer (&self->opener);
}

static void
activated_cb (BaleenModelChooser *self,
              BaleenModelItem    *item)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, baleen_model_item_get_id (item));
}

static void
open_cb (BaleenModelChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-model", NULL);
}

static void
library_cb (BaleenModelChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.model-library", NULL);
}

void
baleen_model_chooser_set_shelf (BaleenModelChooser *self,
                                BaleenModelShelf   *shelf,
                                GSettings          *settings)
{
  g_return_if_fail (self->list == NULL);

  self->list = baleen_model_list_new (G_LIST_MODEL (shelf), settings, _("Models"));
  baleen_model_list_set_is_short (BALEEN_MODEL_LIST (self->list));
  g_signal_connect_object (self->list, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (self->box), self->list);
}

void
baleen_model_chooser_set_current (BaleenModelChooser *self,
                                  const char         *id)
{
  baleen_model_list_set_current (BALEEN_MODEL_LIST (self->list), id);
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
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, box);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, button);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, title);
  gtk_widget_class_bind_template_child (widget_class, BaleenModelChooser, model_line);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, library_cb);
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
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), remember_opener_cb, self,
                                         NULL);
}
