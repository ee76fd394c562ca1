#include "baleen-question-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-attachment.h"
#include "baleen-question-editor.h"
#include "baleen-text-piece.h"

struct _BaleenQuestionView
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *files; /* (nullable) the names of those that went with it */
  GtkWidget *bubble;
  GtkWidget *unfold; /* (nullable) */
  GtkWidget *editor;  /* (nullable) */
  GtkWidget *leaving; /* (nullable) an editor that is done with */
  guint leaving_source;
};

G_DEFINE_FINAL_TYPE (BaleenQuestionView, baleen_question_view, GTK_TYPE_WIDGET)

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A longer message is folded. */
#define FOLDED_LINES 20
#define FOLDED_CHARS 1600

/* What is folded would otherwise take the width of its longest line, whatever there is. */
#define LEAST_CHARS 10

/* About four fifths of the column. */
#define WIDEST_CHARS 72

static GtkLabel *
bubble_label (BaleenQuestionView *self)
{
  return baleen_text_piece_get_label (BALEEN_TEXT_PIECE (self->bubble));
}

static gboolean
is_long (const char *text)
{
  guint n_lines = 0;

  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    n_lines++;
  return n_lines > FOLDED_LINES || g_utf8_strlen (text, -1) > FOLDED_CHARS;
}

static void
unfold_cb (BaleenQuestionView *self)
{
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self))));
  baleen_question_view_unfold (self);
}

static void
fold (BaleenQuestionView *self)
{
  gtk_label_set_lines (bubble_label (self), FOLDED_LINES);
  gtk_label_set_ellipsize (bubble_label (self), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (bubble_label (self), LEAST_CHARS);
  self->unfold = gtk_button_new_with_label (_("Show All"));
  gtk_widget_set_halign (self->unfold, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->unfold, "flat");
  g_signal_connect_swapped (self->unfold, "clicked", G_CALLBACK (unfold_cb), self);
  gtk_widget_set_parent (self->unfold, GTK_WIDGET (self));
}

static void
edited_cb (BaleenQuestionView   *self,
           const char           *text,
           gboolean              think,
           BaleenQuestionEditor *editor)
{
  g_autofree char *kept = g_strdup (text);

  baleen_question_view_cancel (self);
  g_signal_emit (self, signals[EDITED], 0, kept, think);
}

static void
cancelled_cb (BaleenQuestionView *self)
{
  baleen_question_view_cancel (self);
}

static void
baleen_question_view_dispose (GObject *object)
{
  BaleenQuestionView *self = BALEEN_QUESTION_VIEW (object);

  g_clear_handle_id (&self->leaving_source, g_source_remove);
  g_clear_pointer (&self->leaving, gtk_widget_unparent);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  g_clear_pointer (&self->unfold, gtk_widget_unparent);
  g_clear_pointer (&self->bubble, gtk_widget_unparent);
  g_clear_pointer (&self->files, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_question_view_parent_class)->dispose (object);
}

static void
baleen_question_view_class_init (BaleenQuestionViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_question_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
baleen_question_view_init (BaleenQuestionView *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->bubble = baleen_text_piece_new ();
  gtk_label_set_natural_wrap_mode (bubble_label (self), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (bubble_label (self), WIDEST_CHARS);
  gtk_widget_set_halign (self->bubble, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->bubble, "bubble");
  gtk_widget_set_parent (self->bubble, GTK_WIDGET (self));
}

/* The names of the fields of a form are its headings. */
static void
show_fields (BaleenQuestionView *self,
             const char         *text)
{
  g_autoptr (BaleenRichText) rich = baleen_rich_text_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const gboolean is_heading = g_str_has_prefix (lines[i], "## ");

      if (i > 0)
        baleen_rich_text_append (rich, "\n", -1, 0, 0, NULL);
      baleen_rich_text_append (rich, is_heading ? lines[i] + strlen ("## ") : lines[i], -1,
                               is_heading ? BALEEN_SPAN_STRONG : 0, 0, NULL);
    }
  baleen_text_piece_set_rich (BALEEN_TEXT_PIECE (self->bubble), rich);
}

static void
show_text (BaleenQuestionView *self)
{
  const char *text = baleen_message_get_text (self->message);

  if (baleen_message_get_part (self->message, BALEEN_PART_TEMPLATE) != NULL)
    show_fields (self, text);
  else
    baleen_text_piece_set_text (BALEEN_TEXT_PIECE (self->bubble), text);
}

/* Above the words, as they stand in the prompt. */
static void
show_files (BaleenQuestionView *self)
{
  GPtrArray *attachments = baleen_attachments_of (self->message);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < attachments->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " · " : "",
                            baleen_attachment_get_name (attachments->pdata[i]));
  if (names->len == 0 || self->files != NULL)
    return;
  self->files = g_object_new (GTK_TYPE_LABEL, "label", names->str, "xalign", 1.0, "halign",
                              GTK_ALIGN_END, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_add_css_class (self->files, "caption");
  gtk_widget_insert_after (self->files, GTK_WIDGET (self), NULL);
}

GtkWidget *
baleen_question_view_new (BaleenMessage *message)
{
  BaleenQuestionView *self = g_object_new (BALEEN_TYPE_QUESTION_VIEW, NULL);
  const char *text = baleen_message_get_text (message);

  self->message = g_object_ref (message);
  /* A new message hears of its form after it has its row. */
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (show_text), self,
                           G_CONNECT_SWAPPED);
  show_text (self);
  /* What is known of the message's files is forgotten before we ask for them again. */
  show_files (self);
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (show_files), self,
                           G_CONNECT_SWAPPED);
  if (is_long (text))
    fold (self);
  return GTK_WIDGET (self);
}

void
baleen_question_view_unfold (BaleenQuestionView *self)
{
  gtk_label_set_lines (bubble_label (self), -1);
  gtk_label_set_ellipsize (bubble_label (self), PANGO_ELLIPSIZE_NONE);
  g_clear_pointer (&self->unfold, gtk_widget_unparent);
}

static void
show_bubble (BaleenQuestionView *self,
             gboolean            is_shown)
{
  gtk_widget_set_visible (self->bubble, is_shown);
  if (self->unfold != NULL)
    gtk_widget_set_visible (self->unfold, is_shown);
}

void
baleen_question_view_edit (BaleenQuestionView *self,
                           gboolean            think)
{
  if (self->editor != NULL)
    return;
  self->editor = baleen_question_editor_new (baleen_message_get_text (self->message), think);
  g_signal_connect_swapped (self->editor, "done", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->editor, "cancelled", G_CALLBACK (cancelled_cb), self);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  show_bubble (self, FALSE);
  baleen_question_editor_take_focus (BALEEN_QUESTION_EDITOR (self->editor));
}

static gboolean
leave_cb (gpointer user_data)
{
  BaleenQuestionView *self = user_data;

  self->leaving_source = 0;
  g_clear_pointer (&self->leaving, gtk_widget_unparent);
  return G_SOURCE_REMOVE;
}

gboolean
baleen_question_view_cancel (BaleenQuestionView *self)
{
  if (self->editor == NULL)
    return FALSE;
  show_bubble (self, TRUE);
  /* The focus goes back to the row before its holder goes. */
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self))));
  /* It may be hearing the very key that ends it. */
  g_clear_handle_id (&self->leaving_source, g_source_remove);
  g_clear_pointer (&self->leaving, gtk_widget_unparent);
  self->leaving = g_steal_pointer (&self->editor);
  gtk_widget_set_visible (self->leaving, FALSE);
  self->leaving_source = g_idle_add (leave_cb, self);
  return TRUE;
}
