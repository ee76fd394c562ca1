#include "baleen-banner.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-wrap-layout.h"

struct _BaleenBanner
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *button;
  GtkWidget *other;
};

G_DEFINE_FINAL_TYPE (BaleenBanner, baleen_banner, GTK_TYPE_WIDGET)

enum
{
  ACTED,
  OTHER_ACTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Beside a longer sentence there is no button: it stands below. */
#define SENTENCE_CHARS 40

static void
acted_cb (GtkButton    *button,
          BaleenBanner *self)
{
  g_signal_emit (self, signals[ACTED], 0);
}

static void
other_cb (GtkButton    *button,
          BaleenBanner *self)
{
  g_signal_emit (self, signals[OTHER_ACTED], 0);
}

static void
baleen_banner_dispose (GObject *object)
{
  BaleenBanner *self = BALEEN_BANNER (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_banner_parent_class)->dispose (object);
}

static void
baleen_banner_class_init (BaleenBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);

  signals[ACTED] = g_signal_new ("acted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[OTHER_ACTED] = g_signal_new ("other-acted", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_banner_init (BaleenBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *content = baleen_wrap_box_new (6);
  GtkWidget *close = baleen_icon_button_new ("window-close-symbolic", _("Close"));

  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                              "xalign", 0.0, "hexpand", TRUE, "max-width-chars", SENTENCE_CHARS,
                              NULL);
  self->button = gtk_button_new ();
  self->other = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->other, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (close, GTK_ALIGN_START);
  gtk_widget_add_css_class (close, "flat");
  g_signal_connect (self->button, "clicked", G_CALLBACK (acted_cb), self);
  g_signal_connect (self->other, "clicked", G_CALLBACK (other_cb), self);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (baleen_banner_hide), self);
  gtk_box_append (GTK_BOX (content), self->label);
  gtk_box_append (GTK_BOX (content), self->button);
  gtk_box_append (GTK_BOX (content), self->other);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), close);
  gtk_widget_add_css_class (box, "banner");

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show_button (GtkWidget  *button,
             const char *words)
{
  gtk_widget_set_visible (button, words != NULL);
  if (words != NULL)
    gtk_button_set_label (GTK_BUTTON (button), words);
}

void
baleen_banner_show (BaleenBanner *self,
                    const char   *sentence,
                    const char   *action,
                    const char   *other)
{
  gtk_label_set_text (GTK_LABEL (self->label), sentence);
  show_button (self->button, action);
  show_button (self->other, other);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
baleen_banner_hide (BaleenBanner *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

const char *
baleen_banner_get_sentence (BaleenBanner *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (GTK_LABEL (self->label))
                                                    : NULL;
}
