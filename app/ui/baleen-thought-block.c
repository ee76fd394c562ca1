#include "baleen-thought-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-answer-view.h"
#include "baleen-words.h"

struct _BaleenThoughtBlock
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *arrow;
  GtkWidget *title;
  GtkWidget *content;
  gboolean is_unfolded;
  gboolean was_thinking;
  gboolean is_stale; /* folded, the content is not kept up to date */
  char *thought;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (BaleenThoughtBlock, baleen_thought_block, GTK_TYPE_WIDGET)

/* The last line is shown ellipsized: more of it than this is never seen. */
#define PREVIEW_CHARS 160

static gboolean unfolds_by_itself;

static void
set_is_unfolded (BaleenThoughtBlock *self,
                 gboolean            is_unfolded)
{
  self->is_unfolded = is_unfolded;
  if (is_unfolded && self->is_stale)
    {
      baleen_answer_view_set_text (BALEEN_ANSWER_VIEW (self->content), self->thought,
                                   self->was_thinking, FALSE);
      baleen_answer_view_show_start (BALEEN_ANSWER_VIEW (self->content));
      self->is_stale = FALSE;
    }
  gtk_widget_set_visible (self->content, is_unfolded);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), is_unfolded ? "pan-down-symbolic"
                                                                     : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_unfolded, -1);
}

static void
clicked_cb (GtkButton          *button,
            BaleenThoughtBlock *self)
{
  set_is_unfolded (self, !self->is_unfolded);
}

static void
baleen_thought_block_dispose (GObject *object)
{
  BaleenThoughtBlock *self = BALEEN_THOUGHT_BLOCK (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->thought, g_free);
  G_OBJECT_CLASS (baleen_thought_block_parent_class)->dispose (object);
}

static void
baleen_thought_block_class_init (BaleenThoughtBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_thought_block_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_thought_block_init (BaleenThoughtBlock *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->arrow = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "icon-name", "pan-end-symbolic", NULL);
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                              "single-line-mode", TRUE, NULL);
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_box_append (GTK_BOX (box), self->title);

  self->header = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->header), box);
  gtk_widget_add_css_class (self->header, "flat");
  gtk_widget_add_css_class (self->header, "thought-header");
  gtk_widget_set_halign (self->header, GTK_ALIGN_START);
  g_signal_connect (self->header, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));

  self->content = baleen_answer_view_new ();
  gtk_widget_add_css_class (self->content, "thought");
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->thought = g_strdup ("");
  set_is_unfolded (self, FALSE);
}

GtkWidget *
baleen_thought_block_new (void)
{
  return g_object_new (BALEEN_TYPE_THOUGHT_BLOCK, NULL);
}

void
baleen_thought_block_set_unfolds (gboolean unfolds)
{
  unfolds_by_itself = unfolds;
}

/* The last line that says something, from its end backwards. */
static char *
preview (const char *thought)
{
  const char *end = thought + strlen (thought);
  const char *start;
  const char *least;

  while (end > thought && g_ascii_isspace (end[-1]))
    end--;
  for (start = end; start > thought && start[-1] != '\n'; start--)
    ;
  least = end - start > PREVIEW_CHARS ? g_utf8_find_prev_char (thought, end - PREVIEW_CHARS) : NULL;
  return g_strndup (least != NULL ? least : start, end - (least != NULL ? least : start));
}

void
baleen_thought_block_update (BaleenThoughtBlock *self,
                             BaleenMessage      *message,
                             gboolean            is_new)
{
  const char *thought = baleen_message_get_thought (message);
  const BaleenState state = baleen_message_get_state (message);
  const gboolean is_thinking = state == BALEEN_STATE_THINKING;
  g_autofree char *words = baleen_words_thought (message);
  g_autofree char *shown = is_thinking ? preview (thought) : g_strdup (words);

  if (is_thinking && !self->was_thinking && unfolds_by_itself)
    set_is_unfolded (self, TRUE);
  self->was_thinking = is_thinking;
  gtk_widget_set_visible (GTK_WIDGET (self), *thought != '\0');
  gtk_label_set_text (GTK_LABEL (self->title), shown);
  if (is_thinking)
    gtk_widget_add_css_class (self->title, "dim-label");
  else
    gtk_widget_remove_css_class (self->title, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_thinking ? _("Thinking…") : words, -1);

  g_free (self->thought);
  self->thought = g_strdup (thought);
  self->is_stale = !self->is_unfolded;
  if (self->is_unfolded || is_new)
    baleen_answer_view_set_text (BALEEN_ANSWER_VIEW (self->content),
                                 self->is_unfolded ? thought : "", is_thinking, is_new);
}
