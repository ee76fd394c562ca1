#include "baleen-download-line.h"

#include <glib/gi18n.h>

struct _BaleenDownloadLine
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *words;

  BaleenDownloads *downloads; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenDownloadLine, baleen_download_line, GTK_TYPE_WIDGET)

static void
update (BaleenDownloadLine *self)
{
  const guint n = baleen_downloads_get_n_active (self->downloads);
  const double fraction = baleen_downloads_get_fraction (self->downloads);
  g_autofree char *count
      = g_strdup_printf (g_dngettext (NULL, "%u download", "%u downloads", n), n);
  g_autofree char *words = fraction < 0
                               ? g_steal_pointer (&count)
                               : g_strdup_printf ("%s · %d%%", count, (int) (100 * fraction));

  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
clicked_cb (BaleenDownloadLine *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.model-downloads", NULL);
}

void
baleen_download_line_watch (BaleenDownloadLine *self,
                            BaleenDownloads    *downloads)
{
  g_return_if_fail (self->downloads == NULL);

  self->downloads = g_object_ref (downloads);
  g_signal_connect_object (downloads, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (downloads, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
baleen_download_line_dispose (GObject *object)
{
  BaleenDownloadLine *self = BALEEN_DOWNLOAD_LINE (object);

  g_clear_object (&self->downloads);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_download_line_parent_class)->dispose (object);
}

static void
baleen_download_line_class_init (BaleenDownloadLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_download_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_download_line_init (BaleenDownloadLine *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                                  "folder-download-symbolic", NULL);

  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->words, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->words);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_tooltip_text (self->button, _("Downloads"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "download-line");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
