#include "message-popup.h"

#include "baleen-message-row.h"
#include "message-menu.h"

#define POPUP "message-popup"

/* From the corner of what is seen of the row. */
#define INSET 24

void
message_popup_remove (GtkWidget *row)
{
  GtkWidget *popup = g_object_steal_data (G_OBJECT (row), POPUP);

  if (popup != NULL)
    gtk_widget_unparent (popup);
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
