#include "baleen-group-row.h"

#include <glib/gi18n.h>

struct _BaleenGroupRow
{
  GtkListBoxRow parent_instance;

  BaleenSidebarGroup *group; /* (owned) */
  GtkWidget *title;
  GtkWidget *n;
  GtkWidget *arrow;
};

G_DEFINE_FINAL_TYPE (BaleenGroupRow, baleen_group_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (BaleenGroupRow *self)
{
  const gboolean can_close = baleen_sidebar_group_get_can_close (self->group);
  const gboolean is_closed = baleen_sidebar_group_get_is_closed (self->group);
  const guint n = baleen_sidebar_group_get_n (self->group);
  const char *title = baleen_sidebar_group_get_title (self->group);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *name
      = can_close ? g_strdup_printf (g_dngettext (NULL, "%s, %u conversation",
                                                  "%s, %u conversations", n),
                                     title, n)
                  : g_strdup (title);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->n), number);
  gtk_widget_set_visible (self->n, can_close && is_closed);
  gtk_widget_set_visible (self->arrow, can_close);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                is_closed ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (can_close)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !is_closed,
                                 -1);
}

static void
baleen_group_row_dispose (GObject *object)
{
  BaleenGroupRow *self = BALEEN_GROUP_ROW (object);

  g_clear_object (&self->group);
  G_OBJECT_CLASS (baleen_group_row_parent_class)->dispose (object);
}

static void
baleen_group_row_class_init (BaleenGroupRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_group_row_dispose;
}

static void
baleen_group_row_init (BaleenGroupRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                              PANGO_ELLIPSIZE_END, NULL);
  self->n = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (self->n, "dim-label");
  gtk_widget_add_css_class (self->n, "numeric");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->n);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sidebar-heading");
}

GtkWidget *
baleen_group_row_new (BaleenSidebarGroup *group)
{
  BaleenGroupRow *self = g_object_new (BALEEN_TYPE_GROUP_ROW, NULL);
  const gboolean can_close = baleen_sidebar_group_get_can_close (group);

  self->group = g_object_ref (group);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), can_close);
  gtk_widget_set_focusable (GTK_WIDGET (self), can_close);
  /* A row of a list claims the focus even so, and Tab would stop before it for ever. */
  gtk_widget_set_can_focus (GTK_WIDGET (self), can_close);
  g_signal_connect_object (group, "notify::n", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "notify::is-closed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

BaleenSidebarGroup *
baleen_group_row_get_group (BaleenGroupRow *self)
{
  return self->group;
}
