#include "baleen-sidebar.h"

#include <glib/gi18n.h>

#include "baleen-conversation-row.h"
#include "baleen-words.h"

struct _BaleenSidebar
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *menu_button;
  GtkWidget *scroller;
  GtkWidget *list;

  GtkSliceListModel *slice;     /* (owned) (nullable) until there is a history */
  BaleenConversation *selected; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenSidebar, baleen_sidebar, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Rows are made this many at a time, more when the end of the list is reached. */
#define ROWS_A_BATCH 100

static BaleenConversation *
conversation_of (GtkListBoxRow *row)
{
  return baleen_conversation_row_get_conversation (BALEEN_CONVERSATION_ROW (row));
}

static const char *
group_of (GtkListBoxRow *row)
{
  BaleenConversation *conversation = conversation_of (row);

  return baleen_conversation_get_is_pinned (conversation)
             ? _("Pinned")
             : baleen_words_group (baleen_conversation_get_updated (conversation),
                                   g_get_real_time ());
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  const char *group = group_of (row);
  GtkWidget *label;

  if (before != NULL && g_str_equal (group, group_of (before)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = g_object_new (GTK_TYPE_LABEL, "label", group, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return baleen_conversation_row_new (item);
}

static void
select_row (BaleenSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    if (conversation_of (row) == self->selected)
      {
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
        return;
      }
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
}

/* A conversation that moved to the top has a new row. */
static void
items_changed_cb (BaleenSidebar *self)
{
  select_row (self);
  gtk_list_box_invalidate_headers (GTK_LIST_BOX (self->list));
}

static void
edge_reached_cb (BaleenSidebar  *self,
                 GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM && self->slice != NULL)
    gtk_slice_list_model_set_size (
        self->slice, gtk_slice_list_model_get_size (self->slice) + ROWS_A_BATCH);
}

static void
row_activated_cb (BaleenSidebar *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, conversation_of (row));
}

void
baleen_sidebar_set_history (BaleenSidebar *self,
                            BaleenHistory *history)
{
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (history)), 0, ROWS_A_BATCH);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->slice), create_row_cb,
                           NULL, NULL);
  g_signal_connect_object (self->slice, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
baleen_sidebar_set_selected (BaleenSidebar      *self,
                             BaleenConversation *conversation)
{
  g_set_object (&self->selected, conversation);
  select_row (self);
}

BaleenConversation *
baleen_sidebar_get_focused (BaleenSidebar *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);

  return focus != NULL && BALEEN_IS_CONVERSATION_ROW (focus)
             ? conversation_of (GTK_LIST_BOX_ROW (focus))
             : NULL;
}

GtkWidget *
baleen_sidebar_get_header (BaleenSidebar *self)
{
  return self->header;
}

void
baleen_sidebar_take_focus (BaleenSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
baleen_sidebar_dispose (GObject *object)
{
  BaleenSidebar *self = BALEEN_SIDEBAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->slice);
  g_clear_object (&self->selected);
  G_OBJECT_CLASS (baleen_sidebar_parent_class)->dispose (object);
}

static void
baleen_sidebar_class_init (BaleenSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_sidebar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, BaleenSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, BALEEN_TYPE_CONVERSATION);
}

static void
baleen_sidebar_init (BaleenSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
}
