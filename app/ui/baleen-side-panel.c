#include "baleen-side-panel.h"

#include "baleen-icon-button.h"

struct _BaleenSidePanel
{
  GtkWidget parent_instance;

  GtkWidget *header;
  GtkWidget *title;
  GtkWidget *switcher;
  GtkWidget *stack;
};

G_DEFINE_FINAL_TYPE (BaleenSidePanel, baleen_side_panel, GTK_TYPE_WIDGET)

static void
page_cb (BaleenSidePanel *self)
{
  AdwViewStack *stack = ADW_VIEW_STACK (self->stack);
  GtkWidget *child = adw_view_stack_get_visible_child (stack);
  AdwViewStackPage *page = child != NULL ? adw_view_stack_get_page (stack, child) : NULL;
  const char *title = page != NULL ? adw_view_stack_page_get_title (page) : "";

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
}

static GtkSizeRequestMode
baleen_side_panel_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As wide as it was asked to be, whatever its pages would like: what is beside it is read. */
static void
baleen_side_panel_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
baleen_side_panel_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
baleen_side_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (baleen_side_panel_parent_class)->dispose (object);
}

static void
baleen_side_panel_class_init (BaleenSidePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BALEEN_TYPE_ICON_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = baleen_side_panel_dispose;
  widget_class->get_request_mode = baleen_side_panel_get_request_mode;
  widget_class->measure = baleen_side_panel_measure;
  widget_class->size_allocate = baleen_side_panel_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BaleenSidePanel, header);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidePanel, title);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidePanel, switcher);
  gtk_widget_class_bind_template_child (widget_class, BaleenSidePanel, stack);
  gtk_widget_class_bind_template_callback (widget_class, page_cb);
}

static void
baleen_side_panel_init (BaleenSidePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The library leaves what lies inside of its buttons unnamed; it gets the button's words. */
static void
name_inside (GtkWidget  *widget,
             const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_STACK (widget))
        gtk_accessible_update_property (
            GTK_ACCESSIBLE (gtk_stack_get_page (GTK_STACK (widget), child)),
            GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      name_inside (child, name);
    }
}

static void
name_switcher (BaleenSidePanel *self,
               GListModel      *pages)
{
  GtkWidget *button = gtk_widget_get_first_child (self->switcher);

  for (guint i = 0; button != NULL && i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (pages, i);

      name_inside (button, adw_view_stack_page_get_title (page));
      button = gtk_widget_get_next_sibling (button);
    }
}

void
baleen_side_panel_add_page (BaleenSidePanel *self,
                            GtkWidget       *page,
                            const char      *name,
                            const char      *title,
                            const char      *icon_name)
{
  GListModel *pages;

  adw_view_stack_add_titled_with_icon (ADW_VIEW_STACK (self->stack), page, name, title,
                                       icon_name);
  pages = G_LIST_MODEL (adw_view_stack_get_pages (ADW_VIEW_STACK (self->stack)));
  /* One page needs no switcher. */
  gtk_widget_set_visible (self->switcher, g_list_model_get_n_items (pages) > 1);
  name_switcher (self, pages);
  g_object_unref (pages);
  page_cb (self);
}

void
baleen_side_panel_show_page (BaleenSidePanel *self,
                             const char      *name)
{
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), name);
}

GtkWidget *
baleen_side_panel_get_header (BaleenSidePanel *self)
{
  return self->header;
}

void
baleen_side_panel_set_has_buttons (BaleenSidePanel *self,
                                   gboolean         has_buttons)
{
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), has_buttons);
}

void
baleen_side_panel_take_focus (BaleenSidePanel *self)
{
  if (!gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (self->header, GTK_DIR_TAB_FORWARD);
}
