#include "scroller-focus.h"

static gboolean (*gtk_focus) (GtkWidget       *widget,
                              GtkDirectionType direction);

static gboolean
scroller_focus (GtkWidget       *widget,
                GtkDirectionType direction)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (widget));

  if (gtk_widget_get_focusable (widget) || gtk_widget_get_focus_child (widget) != NULL)
    return gtk_focus (widget, direction);
  return child != NULL && gtk_widget_child_focus (child, direction);
}

void
scroller_focus_mend (void)
{
  GtkWidgetClass *klass;

  if (gtk_focus != NULL)
    return;
  /* The class is a static type's and is never unloaded. */
  klass = g_type_class_ref (GTK_TYPE_SCROLLED_WINDOW);
  gtk_focus = klass->focus;
  klass->focus = scroller_focus;
}
