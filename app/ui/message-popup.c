#include "message-popup.h"

#include "baleen-message-row.h"
#include "message-menu.h"

#define POPUP "message-popup"
#define PLACE "message-popup-place"

/* From the corner of what is seen of the row. */
#define INSET 24

void
message_popup_remove (GtkWidget *row)
{
  GtkWidget *popup = g_object_steal_data (G_OBJECT (row), POPUP);

  if (popup != NULL)
    gtk_widget_unparent (popup);
}

static double
get_top (GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, gtk_widget_get_parent (row), &bounds) ? bounds.origin.y
                                                                               : 0;
}

void
message_popup_stay (GtkWidget *row,
                    double     scrolled)
{
  GtkWidget *popup = g_object_get_data (G_OBJECT (row), POPUP);
  const double *place = popup != NULL ? g_object_get_data (G_OBJECT (popup), PLACE) : NULL;
  GdkRectangle at;

  if (place == NULL || !gtk_widget_get_visible (popup)
      || !gtk_popover_get_pointing_to (GTK_POPOVER (popup), &at))
    return;
  at.y = CLAMP (*place + scrolled - get_top (row), 0, MAX (gtk_widget_get_height (row) - 1, 0));
  gtk_popover_set_pointing_to (GTK_POPOVER (popup), &at);
}

/* Where in the view it is. */
static void
remember_place (GtkWidget *popup,
                GtkWidget *row,
                double     y)
{
  GtkWidget *view = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view));
  const double place = get_top (row) + y - gtk_adjustment_get_value (adjustment);

  g_object_set_data_full (G_OBJECT (popup), PLACE, g_memdup2 (&place, sizeof place), g_free);
}

static void
show (GtkWidget *row,
      double     x,
      double     y)
{
  g_autoptr (GMenuModel) menu
      = message_menu_new (baleen_message_row_get_message (BALEEN_MESSAGE_ROW (row)));
  GtkWidget *popup = gtk_popover_menu_new_from_model (menu);

  message_popup_remove (row);
  /* What copies asks where the focus is, and closing the menu returns it. */
  if (gtk_widget_get_focus_child (row) == NULL)
    gtk_widget_grab_focus (row);
  gtk_popover_set_pointing_to (GTK_POPOVER (popup), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_set_has_arrow (GTK_POPOVER (popup), FALSE);
  gtk_widget_set_halign (popup, GTK_ALIGN_START);
  gtk_widget_set_parent (popup, row);
  g_object_set_data (G_OBJECT (row), POPUP, popup);
  remember_place (popup, row, y);
  gtk_popover_popup (GTK_POPOVER (popup));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            GtkWidget       *row)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show (row, x, y);
}

/* A row that is new has no place before the next layout. */
static gboolean
tick_cb (GtkWidget     *row,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  GtkWidget *view = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  const int height = gtk_widget_get_height (row);
  graphene_rect_t place;

  if (height == 0 || view == NULL || !gtk_widget_compute_bounds (row, view, &place))
    return G_SOURCE_CONTINUE;
  show (row, INSET, CLAMP (INSET - place.origin.y, MIN (INSET, height / 2), height - 1));
  return G_SOURCE_REMOVE;
}

static void
menu_cb (GtkWidget  *row,
         const char *name,
         GVariant   *parameter)
{
  BaleenMessage *message = baleen_message_row_get_message (BALEEN_MESSAGE_ROW (row));

  /* A note has buttons of its own. */
  if (baleen_message_get_role (message) != BALEEN_ROLE_SYSTEM)
    gtk_widget_add_tick_callback (row, tick_cb, NULL, NULL);
}

void
message_popup_install (GtkWidgetClass *row_class)
{
  gtk_widget_class_install_action (row_class, "row.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (row_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (row_class, GDK_KEY_Menu, 0, "row.menu", NULL);
}

void
message_popup_hear (GtkWidget *row)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
}
