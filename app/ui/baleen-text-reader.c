#include "baleen-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-words.h"

struct _BaleenTextReader
{
  AdwWindow parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkTextBuffer *buffer;  /* the view's */
  gsize shown;            /* bytes */
};

G_DEFINE_FINAL_TYPE (BaleenTextReader, baleen_text_reader, ADW_TYPE_WINDOW)

/* Whole lines only, while more may come: a screen reader reads each addition once. */
static void
update (BaleenTextReader *self)
{
  const char *text = baleen_message_get_text (self->message);
  const gsize length = baleen_message_get_text_length (self->message);
  const gboolean is_running = baleen_state_is_running (baleen_message_get_state (self->message));
  const char *end = is_running ? strrchr (text, '\n') : text + length;
  GtkTextIter iter;

  if (length < self->shown)
    {
      gtk_text_buffer_set_text (self->buffer, "", 0);
      self->shown = 0;
    }
  if (end == NULL || (gsize) (end - text) <= self->shown)
    return;

  gtk_text_buffer_get_end_iter (self->buffer, &iter);
  gtk_text_buffer_insert (self->buffer, &iter, text + self->shown, end - text - self->shown);
  self->shown = end - text;
}

static void
baleen_text_reader_dispose (GObject *object)
{
  g_clear_object (&BALEEN_TEXT_READER (object)->message);
  G_OBJECT_CLASS (baleen_text_reader_parent_class)->dispose (object);
}

static void
baleen_text_reader_class_init (BaleenTextReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_text_reader_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0,
                                       "window.close", NULL);
}

static void
baleen_text_reader_init (BaleenTextReader *self)
{
}

GtkWidget *
baleen_text_reader_new (GtkWindow     *parent,
                        BaleenMessage *message)
{
  g_autofree char *name = baleen_words_row (message);
  BaleenTextReader *self
      = g_object_new (BALEEN_TYPE_TEXT_READER, "transient-for", parent, "destroy-with-parent",
                      TRUE, "modal", TRUE, "title", name, "default-width", 600,
                      "default-height", 480, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view
      = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "cursor-visible", TRUE, "wrap-mode",
                      GTK_WRAP_WORD_CHAR, "left-margin", 18, "right-margin", 18, "top-margin", 12,
                      "bottom-margin", 12, "accepts-tab", FALSE, NULL);
  GtkTextIter start;

  self->message = g_object_ref (message);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);

  update (self);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  g_signal_connect_object (message, "grown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), view);
  return GTK_WIDGET (self);
}
