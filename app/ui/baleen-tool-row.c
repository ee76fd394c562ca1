#include "baleen-tool-row.h"

/* What there is room for. */
typedef enum
{
  FITTING_NONE,
  FITTING_WORDS, /* of the chips */
  FITTING_ALL,   /* long numbers, too */
} Fitting;

struct _BaleenToolRow
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (nullable) */
  Fitting fitting;
  guint source;
};

G_DEFINE_FINAL_TYPE (BaleenToolRow, baleen_tool_row, GTK_TYPE_WIDGET)

enum
{
  PROP_CHILD = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
list_labels (GtkWidget  *widget,
             const char *css_class,
             GPtrArray  *labels)
{
  if (gtk_widget_has_css_class (widget, css_class))
    g_ptr_array_add (labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_labels (child, css_class, labels);
}

/* What labels take or would take, and in `shown` what they take now. */
static int
measure_labels (BaleenToolRow *self,
                const char    *css_class,
                int           *shown)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  int all = 0;

  list_labels (self->child, css_class, labels);
  for (guint i = 0; i < labels->len; i++)
    {
      int width;

      pango_layout_get_pixel_size (gtk_label_get_layout (labels->pdata[i]), &width, NULL);
      width += gtk_widget_get_margin_start (labels->pdata[i]);
      all += width;
      if (gtk_widget_get_visible (labels->pdata[i]))
        *shown += width;
    }
  return all;
}

static void
show_labels (BaleenToolRow *self,
             const char    *css_class,
             gboolean       is_shown)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  list_labels (self->child, css_class, labels);
  for (guint i = 0; i < labels->len; i++)
    gtk_widget_set_visible (labels->pdata[i], is_shown);
}

static gboolean
apply_cb (gpointer user_data)
{
  BaleenToolRow *self = user_data;

  self->source = 0;
  show_labels (self, "long-number", self->fitting >= FITTING_ALL);
  show_labels (self, "chip-label", self->fitting >= FITTING_WORDS);
  return G_SOURCE_REMOVE;
}

static Fitting
find_fitting (BaleenToolRow *self,
              int            width)
{
  int shown = 0, shown_numbers = 0, unused = 0;
  const int numbers = measure_labels (self, "long-number", &shown_numbers);
  const int short_numbers = measure_labels (self, "short-number", &unused);
  const int words = measure_labels (self, "chip-label", &shown);
  int rest;

  /* Of the two numbers one is part of what the row takes. */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &rest, NULL, NULL);
  rest -= shown + (shown_numbers > 0 ? shown_numbers : short_numbers);
  if (rest + numbers + words <= width)
    return FITTING_ALL;
  return rest + short_numbers + words <= width ? FITTING_WORDS : FITTING_NONE;
}

static void
baleen_tool_row_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  gtk_widget_measure (BALEEN_TOOL_ROW (widget)->child, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* Its child may need a second line. */
static GtkSizeRequestMode
baleen_tool_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Nothing may become visible inside an allocation, so it does right after it. */
static void
baleen_tool_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  BaleenToolRow *self = BALEEN_TOOL_ROW (widget);
  const Fitting fitting = find_fitting (self, width);

  gtk_widget_allocate (self->child, width, height, baseline, NULL);
  if (fitting == self->fitting)
    return;
  self->fitting = fitting;
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_cb, self, NULL);
}

static void
baleen_tool_row_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BaleenToolRow *self = BALEEN_TOOL_ROW (object);

  self->child = g_value_get_object (value);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
baleen_tool_row_dispose (GObject *object)
{
  BaleenToolRow *self = BALEEN_TOOL_ROW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_tool_row_parent_class)->dispose (object);
}

static void
baleen_tool_row_class_init (BaleenToolRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = baleen_tool_row_set_property;
  object_class->dispose = baleen_tool_row_dispose;
  widget_class->measure = baleen_tool_row_measure;
  widget_class->get_request_mode = baleen_tool_row_get_request_mode;
  widget_class->size_allocate = baleen_tool_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  properties[PROP_CHILD]
      = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
baleen_tool_row_init (BaleenToolRow *self)
{
  self->fitting = FITTING_ALL;
}
