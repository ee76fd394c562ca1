#include "baleen-answer-view.h"

#include <string.h>

#include "baleen-block-splitter.h"
#include "baleen-text-block.h"

struct _BaleenAnswerView
{
  GtkWidget parent_instance;

  GtkWidget *live;  /* (nullable) the last block, while text may still change it */
  gsize live_start; /* where its source begins, in bytes */
};

G_DEFINE_FINAL_TYPE (BaleenAnswerView, baleen_answer_view, GTK_TYPE_WIDGET)

static void
remove_blocks (BaleenAnswerView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->live = NULL;
  self->live_start = 0;
}

static void
baleen_answer_view_dispose (GObject *object)
{
  remove_blocks (BALEEN_ANSWER_VIEW (object));
  G_OBJECT_CLASS (baleen_answer_view_parent_class)->dispose (object);
}

static void
baleen_answer_view_class_init (BaleenAnswerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_answer_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_answer_view_init (BaleenAnswerView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 10);
}

GtkWidget *
baleen_answer_view_new (void)
{
  return g_object_new (BALEEN_TYPE_ANSWER_VIEW, NULL);
}

/* The live block may turn out to be of another kind, while it is the last. */
static void
show_block (BaleenAnswerView  *self,
            const BaleenBlock *block)
{
  if (self->live != NULL
      && baleen_text_block_get_is_code (BALEEN_TEXT_BLOCK (self->live)) != block->is_code)
    g_clear_pointer (&self->live, gtk_widget_unparent);
  if (self->live == NULL)
    {
      self->live = baleen_text_block_new (block->is_code, block->language);
      gtk_widget_set_parent (self->live, GTK_WIDGET (self));
    }
  baleen_text_block_set_text (BALEEN_TEXT_BLOCK (self->live), block->text);
}

void
baleen_answer_view_set_text (BaleenAnswerView *self,
                             const char       *text,
                             gboolean          is_growing,
                             gboolean          is_new)
{
  if (is_new || self->live_start > strlen (text))
    remove_blocks (self);

  while (TRUE)
    {
      g_auto (BaleenBlock) block = { 0 };

      if (!baleen_block_next (text + self->live_start, is_growing, &block))
        break;
      if (*block.text != '\0' || block.is_code)
        show_block (self, &block);
      if (!block.is_closed)
        break;
      self->live = NULL;
      self->live_start += block.length;
    }
}

char *
baleen_answer_view_get_selection (BaleenAnswerView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      char *selection = baleen_text_block_get_selection (BALEEN_TEXT_BLOCK (child));

      if (selection != NULL)
        return selection;
    }
  return NULL;
}
