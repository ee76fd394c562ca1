#include "baleen-sidebar.h"

#include <glib/gi18n.h>

#include "baleen-download-line.h"
#include "baleen-conversation-menu.h"
#include "baleen-conversation-row.h"
#include "baleen-group-row.h"
#include "baleen-icon-button.h"
#include "baleen-search-results.h"

struct _BaleenSidebar
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *search_button;
  GtkWidget *menu_button;
  GtkWidget *search_bar;
  GtkWidget *search_entry;
  GtkWidget *pages;
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *results;
  GtkWidget *downloads;
  GtkWidget *menu; /* (nullable) of the row that was asked for one */

  BaleenSidebarList *items;     /* (owned) (nullable) until there is a history */
  GtkSliceListModel *slice;     /* (owned) (nullable) */
  BaleenConversation *selected; /* (owned) (nullable) */
  BaleenConversation *meant;    /* (owned) (nullable) whose menu is open */
  guint forget_source;
};

G_DEFINE_FINAL_TYPE (BaleenSidebar, baleen_sidebar, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Rows are made this many at a time, more when the end of the list is reached. */
#define ROWS_A_BATCH 100

/* NULL for a heading. */
static BaleenConversation *
conversation_of (GtkListBoxRow *row)
{
  return row != NULL && BALEEN_IS_CONVERSATION_ROW (row)
             ? baleen_conversation_row_get_conversation (BALEEN_CONVERSATION_ROW (row))
             : NULL;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return BALEEN_IS_SIDEBAR_GROUP (item) ? baleen_group_row_new (item)
                                        : baleen_conversation_row_new (item);
}

static void
select_row (BaleenSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    if (self->selected != NULL && conversation_of (row) == self->selected)
      {
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
        return;
      }
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
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
  if (BALEEN_IS_GROUP_ROW (row))
    baleen_sidebar_list_toggle (self->items, baleen_group_row_get_group (BALEEN_GROUP_ROW (row)));
  else
    g_signal_emit (self, signals[CHOSEN], 0, conversation_of (row), (gint64) 0);
}

/* ---- the menu of a row ------------------------------------------------------------------ */

static gboolean
forget_cb (gpointer user_data)
{
  BaleenSidebar *self = user_data;

  self->forget_source = 0;
  g_clear_object (&self->meant);
  return G_SOURCE_REMOVE;
}

/* The popover closes before its action is done. */
static void
menu_closed_cb (BaleenSidebar *self)
{
  if (self->forget_source == 0)
    self->forget_source = g_timeout_add (100, forget_cb, self);
}

static void
show_menu (BaleenSidebar *self,
           GtkListBoxRow *row,
           double         x,
           double         y)
{
  BaleenConversation *conversation = conversation_of (row);
  g_autoptr (GMenuModel) model = NULL;
  double to_x, to_y;

  if (conversation == NULL)
    return;

  g_clear_handle_id (&self->forget_source, g_source_remove);
  g_set_object (&self->meant, conversation);
  model = baleen_conversation_menu_new (conversation, FALSE);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_widget_translate_coordinates (self->list, GTK_WIDGET (self), x, y, &to_x, &to_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) to_x, (int) to_y, 1, 1 });
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BaleenSidebar   *self)
{
  show_menu (self, gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y), x, y);
}

static gboolean
menu_key_cb (GtkWidget *list,
             GVariant  *arguments,
             gpointer   user_data)
{
  BaleenSidebar *self = user_data;
  GtkWidget *row = gtk_widget_get_focus_child (list);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (row, list, &bounds))
    return FALSE;
  show_menu (self, GTK_LIST_BOX_ROW (row), bounds.origin.x + 24,
             bounds.origin.y + bounds.size.height / 2);
  return TRUE;
}

static void
add_menu_controllers (BaleenSidebar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F10|Menu"),
                        gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (self->list, keys);
}

/* ---- searching -------------------------------------------------------------------------- */

static gboolean
is_searching (BaleenSidebar *self)
{
  return gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar))
         && *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';
}

/* Before anything is typed, what can be gone to is all there is. */
static void
show_usual_page (BaleenSidebar *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages),
                                    is_searching (self) ? "results" : "conversations");
}

static void
search_mode_cb (BaleenSidebar *self)
{
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  show_usual_page (self);
}

static void
search_button_cb (BaleenSidebar *self)
{
  if (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    baleen_sidebar_end_search (self);
  else
    baleen_sidebar_begin_search (self);
}

static void
search_text_cb (BaleenSidebar *self)
{
  baleen_search_results_set_text (BALEEN_SEARCH_RESULTS (self->results),
                                  gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  show_usual_page (self);
}

static void
search_activate_cb (BaleenSidebar *self)
{
  baleen_search_results_choose_first (BALEEN_SEARCH_RESULTS (self->results));
}

static void
hit_chosen_cb (BaleenSidebar      *self,
               BaleenConversation *conversation,
               gint64              message_id)
{
  g_signal_emit (self, signals[CHOSEN], 0, conversation, message_id);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        modifiers,
               BaleenSidebar         *self)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (is_searching (self))
    baleen_search_results_take_focus (BALEEN_SEARCH_RESULTS (self->results));
  else
    gtk_widget_child_focus (self->list, GTK_DIR_DOWN);
  return GDK_EVENT_STOP;
}

void
baleen_sidebar_begin_search (BaleenSidebar *self)
{
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search_entry);
}

gboolean
baleen_sidebar_end_search (BaleenSidebar *self)
{
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    return FALSE;

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  return TRUE;
}

/* ---- files dropped on it -------------------------------------------------------------- */

static GdkDragAction
drop_enter_cb (GtkDropTarget *target,
               double         x,
               double         y,
               BaleenSidebar *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "drop");
  return GDK_ACTION_COPY;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         BaleenSidebar *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  show_usual_page (self);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_signal_emit (self, signals[DROPPED], 0, path);
    }
  return TRUE;
}

static void
add_drop_target (BaleenSidebar *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (show_usual_page), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- what the window does with it ----------------------------------------------------- */

void
baleen_sidebar_set_history (BaleenSidebar *self,
                            BaleenHistory *history,
                            GSettings     *settings)
{
  self->items = baleen_sidebar_list_new (history, settings);
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), 0,
                                          ROWS_A_BATCH);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->slice), create_row_cb,
                           NULL, NULL);
  /* A conversation that moved to the top has a new row. */
  g_signal_connect_object (self->slice, "items-changed", G_CALLBACK (select_row), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  baleen_search_results_set_history (BALEEN_SEARCH_RESULTS (self->results), history);
}

void
baleen_sidebar_watch_downloads (BaleenSidebar   *self,
                                BaleenDownloads *downloads)
{
  baleen_download_line_watch (BALEEN_DOWNLOAD_LINE (self->downloads), downloads);
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
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = gtk_widget_get_focus_child (self->list);

  if (self->meant != NULL)
    return self->meant;
  /* A list remembers its row when the focus has left it. */
  if (row == NULL || focus == NULL || (focus != row && !gtk_widget_is_ancestor (focus, row)))
    return NULL;
  return conversation_of (GTK_LIST_BOX_ROW (row));
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

  if (gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    {
      gtk_widget_grab_focus (self->search_entry);
      return;
    }
  for (int i = 0; row == NULL; i++)
    {
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);
      if (row == NULL)
        return;
      if (!gtk_widget_get_focusable (GTK_WIDGET (row)))
        row = NULL;
    }
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
baleen_sidebar_dispose (GObject *object)
{
  BaleenSidebar *self = BALEEN_SIDEBAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->forget_source, g_source_remove);
  self->menu = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->slice);
  g_clear_object (&self->items);
  g_clear_object (&self->selected);
  g_clear_object (&self->meant);
  G_OBJECT_CLASS (baleen_sidebar_parent_class)->dispose (object);
}

static void
baleen_sidebar_class_init (BaleenSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_sidebar_dispose;
  g_type_ensure (BALEEN_TYPE_DOWNLOAD_LINE);
  g_type_ensure (BALEEN_TYPE_ICON_BUTTON);
  g_type_ensure (BALEEN_TYPE_SEARCH_RESULTS);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-sidebar.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, BaleenSidebar, name)
  BIND (header);
  BIND (search_button);
  BIND (menu_button);
  BIND (search_bar);
  BIND (search_entry);
  BIND (pages);
  BIND (scroller);
  BIND (list);
  BIND (results);
  BIND (downloads);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, hit_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, baleen_sidebar_end_search);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, BALEEN_TYPE_CONVERSATION,
                                  G_TYPE_INT64);
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baleen_sidebar_init (BaleenSidebar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  add_menu_controllers (self);
  add_drop_target (self);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar),
                                GTK_EDITABLE (self->search_entry));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (self->search_entry, keys);
}
