#include "baleen-note-view.h"

#include <glib/gi18n.h>

#include "baleen-text-piece.h"
#include "conversation-note.h"

struct _BaleenNoteView
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *toggle;
};

G_DEFINE_FINAL_TYPE (BaleenNoteView, baleen_note_view, GTK_TYPE_WIDGET)

enum
{
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
title_words (BaleenMessage *message)
{
  const guint n = baleen_note_get_n_messages (message);

  if (!baleen_note_is_note (message))
    return g_strdup (_("System prompt"));
  if (n == 0)
    return g_strdup (_("Summary of an earlier chat"));
  if (baleen_message_get_is_left_out (message))
    return g_strdup_printf (g_dngettext (NULL, "Summary of %u message, which is sent again",
                                         "Summary of %u messages, which are sent again", n),
                            n);
  return g_strdup_printf (g_dngettext (NULL, "Summary in place of %u older message",
                                       "Summary in place of %u older messages", n),
                          n);
}

static void
update (BaleenNoteView *self)
{
  const gboolean is_left_out = baleen_message_get_is_left_out (self->message);
  g_autofree char *words = title_words (self->message);

  gtk_label_set_text (GTK_LABEL (self->title), words);
  gtk_widget_set_visible (self->toggle, baleen_note_get_n_messages (self->message) > 0);
  gtk_button_set_label (GTK_BUTTON (self->toggle),
                        is_left_out ? _("Use the Summary") : _("Send Them Again"));
  if (is_left_out)
    gtk_widget_add_css_class (self->text, "dim-label");
  else
    gtk_widget_remove_css_class (self->text, "dim-label");
}

static void
toggle_cb (BaleenNoteView *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
baleen_note_view_dispose (GObject *object)
{
  BaleenNoteView *self = BALEEN_NOTE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_note_view_parent_class)->dispose (object);
}

static void
baleen_note_view_class_init (BaleenNoteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_note_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_note_view_init (BaleenNoteView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "note");
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->title, "caption-heading");
  self->text = baleen_text_piece_new ();
  self->toggle = gtk_button_new_with_label ("");
  gtk_widget_set_halign (self->toggle, GTK_ALIGN_START);
  g_signal_connect_swapped (self->toggle, "clicked", G_CALLBACK (toggle_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->text);
  gtk_box_append (GTK_BOX (self->box), self->toggle);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baleen_note_view_new (BaleenMessage *message)
{
  BaleenNoteView *self = g_object_new (BALEEN_TYPE_NOTE_VIEW, NULL);

  self->message = g_object_ref (message);
  baleen_text_piece_set_text (BALEEN_TEXT_PIECE (self->text), baleen_message_get_text (message));
  g_signal_connect_object (message, "notify::is-left-out", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
