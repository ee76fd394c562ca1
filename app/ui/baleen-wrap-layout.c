#include "baleen-wrap-layout.h"

struct _BaleenWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;        /* between widgets and between lines */
  GtkWidget *spare;   /* (nullable) the one that makes no second line */
  gboolean is_spared; /* as found out for the width at hand */
};

G_DEFINE_FINAL_TYPE (BaleenWrapLayout, baleen_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* What stands between two breaks. */
typedef struct
{
  GtkWidget *first; /* (nullable) past the last line */
  GtkWidget *end;   /* (nullable) the one behind its last */
  int width;
  int height;
  int n_expanding;
} Line;

static GtkWidget *
skip_hidden (BaleenWrapLayout *self,
             GtkWidget        *child)
{
  while (child != NULL
         && (!gtk_widget_should_layout (child) || (self->is_spared && child == self->spare)))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_of (BaleenWrapLayout *self,
          GtkWidget        *widget)
{
  return skip_hidden (self, gtk_widget_get_first_child (widget));
}

static GtkWidget *
next_of (BaleenWrapLayout *self,
         GtkWidget        *child)
{
  return skip_hidden (self, gtk_widget_get_next_sibling (child));
}

/* A widget wider than all there is gets what there is, if it can do with that. */
static int
width_of (GtkWidget *child,
          int        width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return width < 0 ? natural : MAX (minimum, MIN (natural, width));
}

static int
height_of (GtkWidget *child,
           int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* With its share of what is left of the line. */
static int
width_in (const Line *line,
          GtkWidget  *child,
          int         width)
{
  const gboolean expands
      = width >= 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);

  return width_of (child, width)
         + (expands ? MAX (0, width - line->width) / line->n_expanding : 0);
}

static Line
fill_line (BaleenWrapLayout *self,
           GtkWidget        *first,
           int               width)
{
  Line line = { .first = first };
  GtkWidget *child;

  for (child = first; child != NULL; child = next_of (self, child))
    {
      const int child_width = width_of (child, width);
      const int end = line.width + (child != first ? self->spacing : 0) + child_width;

      if (width >= 0 && child != first && end > width)
        break;
      line.width = end;
      line.n_expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    }
  line.end = child;
  for (child = first; child != line.end; child = next_of (self, child))
    line.height = MAX (line.height, height_of (child, width_in (&line, child, width)));
  return line;
}

/* The spare one is left out where all of them would not fit in one line. */
static void
decide (BaleenWrapLayout *self,
        GtkWidget        *widget,
        int               width)
{
  self->is_spared = FALSE;
  if (self->spare != NULL && width >= 0)
    self->is_spared = fill_line (self, first_of (self, widget), -1).width > width;
}

static int
widest_minimum (BaleenWrapLayout *self,
                GtkWidget        *widget)
{
  int widest = 0;

  for (GtkWidget *child = first_of (self, widget); child != NULL;
       child = next_of (self, child))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      widest = MAX (widest, minimum);
    }
  return widest;
}

static int
measure_lines (BaleenWrapLayout *self,
               GtkWidget        *widget,
               int               width)
{
  GtkWidget *child;
  int height = 0;

  decide (self, widget, width);
  child = first_of (self, widget);
  while (child != NULL)
    {
      const Line line = fill_line (self, child, width);

      height += (height > 0 ? self->spacing : 0) + line.height;
      child = line.end;
    }
  return height;
}

static void
measure (GtkLayoutManager *manager,
         GtkWidget        *widget,
         GtkOrientation    orientation,
         int               for_size,
         int              *minimum,
         int              *natural,
         int              *minimum_baseline,
         int              *natural_baseline)
{
  BaleenWrapLayout *self = BALEEN_WRAP_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      decide (self, widget, 0);
      *minimum = widest_minimum (self, widget);
      decide (self, widget, -1);
      *natural = fill_line (self, first_of (self, widget), -1).width;
    }
  else
    {
      *minimum = *natural = measure_lines (self, widget, for_size);
    }
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_line (BaleenWrapLayout *self,
               const Line       *line,
               GtkTextDirection  direction,
               int               width,
               int               y)
{
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end; child = next_of (self, child))
    {
      const int child_width = width_in (line, child, width);

      gtk_widget_size_allocate (
          child,
          &(GtkAllocation) { direction == GTK_TEXT_DIR_RTL ? width - x - child_width : x, y,
                             child_width, line->height },
          -1);
      x += child_width + self->spacing;
    }
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  BaleenWrapLayout *self = BALEEN_WRAP_LAYOUT (manager);
  GtkWidget *child;
  int y = 0;

  decide (self, widget, width);
  if (self->spare != NULL)
    gtk_widget_set_child_visible (self->spare, !self->is_spared);
  child = first_of (self, widget);
  while (child != NULL)
    {
      const Line line = fill_line (self, child, width);

      allocate_line (self, &line, gtk_widget_get_direction (widget), width, y);
      y += line.height + self->spacing;
      child = line.end;
    }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baleen_wrap_layout_class_init (BaleenWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->measure = measure;
  manager_class->allocate = allocate;
  manager_class->get_request_mode = get_request_mode;
}

static void
baleen_wrap_layout_init (BaleenWrapLayout *self)
{
  self->spacing = 3;
}

GtkLayoutManager *
baleen_wrap_layout_new (int spacing)
{
  BaleenWrapLayout *self = g_object_new (BALEEN_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}

void
baleen_wrap_layout_set_spare (BaleenWrapLayout *self,
                              GtkWidget        *child)
{
  self->spare = child;
}

GtkWidget *
baleen_wrap_box_new (int spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, baleen_wrap_layout_new (spacing));
  return box;
}
