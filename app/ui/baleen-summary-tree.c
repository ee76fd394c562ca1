#include "baleen-summary-tree.h"

#include <glib/gi18n.h>

#include "baleen-summary-row.h"

struct _BaleenSummaryTree
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *list;
  BaleenSummaryItem *root;  /* (owned) (nullable) */
  GtkTreeListModel *model;  /* (owned) (nullable) */
  gboolean is_unfolding;    /* it is us, not the user */
  guint size_source;
  gboolean is_whole;        /* nothing is added any more */
  gboolean is_growing;
  gboolean is_at_end;       /* and follows what is added there */
  gboolean was_moved;       /* by the reader; until then it follows */
};

G_DEFINE_FINAL_TYPE (BaleenSummaryTree, baleen_summary_tree, GTK_TYPE_WIDGET)

enum
{
  PLACE,
  ASK,
  FOLDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A list that stands free makes a widget for each of at most some 200 rows; longer ones scroll
 * by themselves. */
#define MOST_FREE_ROWS 120
#define MOST_HEIGHT 560
/* While it grows, what is said above it shall stay in sight. */
#define GROWING_HEIGHT 260

/* ---- rows ----------------------------------------------------------------------------- */

static void
expanded_cb (BaleenSummaryTree *self)
{
  if (!self->is_unfolding)
    g_signal_emit (self, signals[FOLDED], 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *cell,
          BaleenSummaryTree  *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), baleen_summary_row_new ());
  gtk_list_item_set_child (cell, expander);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *cell,
         BaleenSummaryTree  *self)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (cell));
  GtkTreeListRow *row = gtk_list_item_get_item (cell);
  g_autoptr (BaleenSummaryItem) item = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  baleen_summary_row_set_item (BALEEN_SUMMARY_ROW (gtk_tree_expander_get_child (expander)), item);
  g_signal_connect_swapped (row, "notify::expanded", G_CALLBACK (expanded_cb), self);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *cell,
           BaleenSummaryTree  *self)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (cell));

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), expanded_cb, self);
  baleen_summary_row_set_item (BALEEN_SUMMARY_ROW (gtk_tree_expander_get_child (expander)), NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

static void
show_place (BaleenSummaryTree *self,
            BaleenSummaryItem *item)
{
  GPtrArray *places = baleen_summary_item_get_places (item);
  const BaleenRecordPlace *place = places->len > 0 ? places->pdata[0] : NULL;

  if (place != NULL)
    g_signal_emit (self, signals[PLACE], 0, place->page, place->quote);
}

/* What has places shows the first of them, what has none unfolds. */
static void
activate_cb (GtkListView       *list,
             guint              position,
             BaleenSummaryTree *self)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->model, position);
  g_autoptr (BaleenSummaryItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (item == NULL)
    return;
  if (baleen_summary_item_get_places (item)->len > 0)
    show_place (self, item);
  else
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        BaleenSummaryTree     *self)
{
  const gboolean is_mirrored
      = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *cell = gtk_widget_get_focus_child (self->list);
  GtkWidget *expander = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;
  GtkTreeListRow *row;

  if ((keyval != GDK_KEY_Left && keyval != GDK_KEY_Right) || !GTK_IS_TREE_EXPANDER (expander)
      || !gtk_widget_is_focus (cell))
    return GDK_EVENT_PROPAGATE;
  row = gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (expander));
  gtk_tree_list_row_set_expanded (row, (keyval == GDK_KEY_Right) != is_mirrored);
  return GDK_EVENT_STOP;
}

/* ---- the whole ------------------------------------------------------------------------ */

/* Inside of a scrolled window the wheel is the tree's, so there is one only where it scrolls. */
static void
set_scrolls (BaleenSummaryTree *self,
             gboolean           scrolls)
{
  GtkWidget *parent = gtk_widget_get_parent (self->list);

  if ((parent != GTK_WIDGET (self)) == scrolls)
    return;
  g_object_ref (self->list);
  if (scrolls)
    gtk_widget_unparent (self->list);
  else
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), NULL);
  if (scrolls)
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  else
    gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_visible (self->scroller, scrolls);
  g_object_unref (self->list);
}

static gboolean
size_in_idle_cb (gpointer user_data)
{
  BaleenSummaryTree *self = user_data;
  const gboolean is_long
      = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > MOST_FREE_ROWS;
  const int most = self->is_growing ? GROWING_HEIGHT : MOST_HEIGHT;

  self->size_source = 0;
  g_object_set (self->scroller, "max-content-height", most, "min-content-height",
                is_long ? most : -1, NULL);
  set_scrolls (self, self->is_growing || is_long);
  if (self->is_growing && self->is_at_end)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u",
                                g_list_model_get_n_items (G_LIST_MODEL (self->model)) - 1);
  return G_SOURCE_REMOVE;
}

/* Not while the list itself is told of its new rows. */
static void
size_cb (BaleenSummaryTree *self)
{
  if (self->size_source == 0)
    self->size_source = g_idle_add (size_in_idle_cb, self);
}

static gboolean
moved_cb (BaleenSummaryTree *self)
{
  self->was_moved = TRUE;
  return GDK_EVENT_PROPAGATE;
}

/* The list moves by itself too, while rows are added. */
static void
scrolled_cb (GtkAdjustment     *adjustment,
             BaleenSummaryTree *self)
{
  if (!self->was_moved)
    return;
  self->is_at_end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
                    > gtk_adjustment_get_upper (adjustment) - 24;
}

static GListModel *
create_cb (gpointer object,
           gpointer user_data)
{
  const BaleenSummaryTree *self = user_data;
  GListModel *children = baleen_summary_item_get_children (object);

  /* What is empty and stays so has nothing to unfold. */
  if (children == NULL || (self->is_whole && g_list_model_get_n_items (children) == 0))
    return NULL;
  return g_object_ref (children);
}

/* Rows come to be as those above them are unfolded, so one pass does. */
static void
unfold (BaleenSummaryTree  *self,
        const char *const  *paths)
{
  self->is_unfolding = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->model, i);
      g_autoptr (BaleenSummaryItem) item = gtk_tree_list_row_get_item (row);

      if (g_strv_contains (paths, baleen_summary_item_get_path (item)))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
  self->is_unfolding = FALSE;
}

/* One that waits to be resumed is folded, so that its button is in sight. */
static gboolean
is_paused (const BaleenSummaryRecord *record)
{
  return !record->is_done && record->root != NULL && record->root->children->len > 0;
}

void
baleen_summary_tree_set_record (BaleenSummaryTree         *self,
                                const BaleenSummaryRecord *record)
{
  const char *const usual[] = { is_paused (record) ? NULL : "", NULL };
  GListStore *roots = g_list_store_new (BALEEN_TYPE_SUMMARY_ITEM);
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_clear_object (&self->root);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  self->is_growing = FALSE;
  self->is_whole = record->is_done;
  self->is_at_end = TRUE;
  self->was_moved = FALSE;
  self->root = baleen_summary_item_new (record);
  g_list_store_append (roots, self->root);
  self->model = gtk_tree_list_model_new (G_LIST_MODEL (roots), FALSE, FALSE, create_cb, self, NULL);
  unfold (self, record->unfolded != NULL ? (const char *const *) record->unfolded : usual);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), selection);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (size_cb), self);
  size_cb (self);
}

void
baleen_summary_tree_grow (BaleenSummaryTree         *self,
                          const BaleenSummaryRecord *record)
{
  g_autoptr (GtkTreeListRow) top = gtk_tree_list_model_get_row (self->model, 0);
  GListModel *children = baleen_summary_item_get_children (self->root);

  self->is_growing = TRUE;
  baleen_summary_item_update (self->root, record);
  self->is_unfolding = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (BaleenSummaryItem) item = g_list_model_get_item (children, i);
      g_autoptr (GtkTreeListRow) row = NULL;

      if (g_object_get_data (G_OBJECT (item), "was-shown") != NULL)
        continue;
      g_object_set_data (G_OBJECT (item), "was-shown", item);
      row = gtk_tree_list_row_get_child_row (top, i);
      if (row != NULL)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
  self->is_unfolding = FALSE;
}

char **
baleen_summary_tree_dup_unfolded (BaleenSummaryTree *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->model, i);
      g_autoptr (BaleenSummaryItem) item = gtk_tree_list_row_get_item (row);

      if (gtk_tree_list_row_get_expanded (row))
        g_strv_builder_add (builder, baleen_summary_item_get_path (item));
    }
  return g_strv_builder_end (builder);
}

static void
place_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  guint page;
  const char *quote;

  g_variant_get (parameter, "(u&s)", &page, &quote);
  g_signal_emit (widget, signals[PLACE], 0, page, quote);
}

static void
ask_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  g_signal_emit (widget, signals[ASK], 0, g_variant_get_string (parameter, NULL));
}

static void
baleen_summary_tree_dispose (GObject *object)
{
  BaleenSummaryTree *self = BALEEN_SUMMARY_TREE (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_handle_id (&self->size_source, g_source_remove);
  if (self->list != NULL && gtk_widget_get_parent (self->list) == GTK_WIDGET (self))
    gtk_widget_unparent (self->list);
  self->list = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->root);
  G_OBJECT_CLASS (baleen_summary_tree_parent_class)->dispose (object);
}

static void
baleen_summary_tree_class_init (BaleenSummaryTreeClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_summary_tree_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "summarytree");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "tree.place", "(us)", place_cb);
  gtk_widget_class_install_action (widget_class, "tree.ask", "s", ask_cb);
  signals[PLACE] = g_signal_new ("place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[ASK] = g_signal_new ("ask", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                               1, G_TYPE_STRING);
  signals[FOLDED] = g_signal_new ("folded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
baleen_summary_tree_init (BaleenSummaryTree *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *wheel
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *press = gtk_gesture_click_new ();
  GtkAdjustment *adjustment;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "summary-tree");
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->list, keys);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-height", TRUE, "focusable", FALSE, NULL);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, 0);
  g_signal_connect_swapped (wheel, "scroll", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (moved_cb), self);
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->scroller, wheel);
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (press));
  gtk_widget_set_visible (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
baleen_summary_tree_new (void)
{
  BaleenSummaryTree *self = g_object_new (BALEEN_TYPE_SUMMARY_TREE, NULL);
  GtkWidget *const parts[] = { GTK_WIDGET (self), self->scroller, self->list };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parts[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Claims and Their Places"), -1);
  return GTK_WIDGET (self);
}
