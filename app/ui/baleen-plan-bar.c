#include "baleen-plan-bar.h"

#include <glib/gi18n.h>

#define HEIGHT 14
#define N_PARTS 4

/* Told apart by shade and by the order of the words, never by colour alone. */
static const char *const classes[N_PARTS] = { "weights", "cache", "space", "free" };

struct _BaleenPlanBar
{
  GtkWidget parent_instance;

  GtkWidget *bar;   /* of four boxes */
  GtkWidget *words; /* a flow box of legends */
  GtkWidget *parts[N_PARTS];
  GtkWidget *legends[N_PARTS];
  guint64 bytes[N_PARTS];
};

G_DEFINE_FINAL_TYPE (BaleenPlanBar, baleen_plan_bar, GTK_TYPE_WIDGET)

/* ---- the bar -------------------------------------------------------------------------- */

#define BALEEN_TYPE_PLAN_LAYOUT (baleen_plan_layout_get_type ())
G_DECLARE_FINAL_TYPE (BaleenPlanLayout, baleen_plan_layout, BALEEN, PLAN_LAYOUT, GtkLayoutManager)

struct _BaleenPlanLayout
{
  GtkLayoutManager parent_instance;

  const guint64 *bytes; /* of the bar that has it */
};

G_DEFINE_FINAL_TYPE (BaleenPlanLayout, baleen_plan_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
plan_layout_measure (GtkLayoutManager *layout,
                     GtkWidget        *widget,
                     GtkOrientation    orientation,
                     int               for_size,
                     int              *minimum,
                     int              *natural,
                     int              *minimum_baseline,
                     int              *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 4 * N_PARTS;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plan_layout_allocate (GtkLayoutManager *layout,
                      GtkWidget        *widget,
                      int               width,
                      int               height,
                      int               baseline)
{
  const guint64 *bytes = BALEEN_PLAN_LAYOUT (layout)->bytes;
  const gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double total = 0, before = 0;
  guint i = 0;

  for (guint n = 0; n < N_PARTS; n++)
    total += bytes[n];
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      const double share = total > 0 ? bytes[i] / total : 0;
      const int from = (int) (before * width + 0.5);
      const int to = (int) ((before + share) * width + 0.5);
      GtkAllocation place = { is_mirrored ? width - to : from, 0, MAX (to - from, 0), height };

      gtk_widget_size_allocate (child, &place, -1);
      before += share;
    }
}

static void
baleen_plan_layout_class_init (BaleenPlanLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = plan_layout_measure;
  layout_class->allocate = plan_layout_allocate;
}

static void
baleen_plan_layout_init (BaleenPlanLayout *self)
{
}

/* ---- words ---------------------------------------------------------------------------- */

static void
set_legend (BaleenPlanBar *self,
            guint          part,
            const char    *name)
{
  g_autofree char *size = g_format_size (self->bytes[part]);
  g_autofree char *text = g_strdup_printf ("%s %s", name, size);

  gtk_label_set_text (GTK_LABEL (self->legends[part]), text);
}

void
baleen_plan_bar_show (BaleenPlanBar   *self,
                      const BaleenFit *fit)
{
  const char *const names[N_PARTS] = { _("Weights"), _("KV Cache"), _("Working Space"), _("free") };
  g_autoptr (GString) spoken = g_string_new (NULL);
  guint64 used;

  gtk_widget_set_visible (GTK_WIDGET (self), fit != NULL);
  if (fit == NULL)
    return;
  used = fit->weights + fit->kv_cache + fit->working_space;
  self->bytes[0] = fit->weights;
  self->bytes[1] = fit->kv_cache;
  self->bytes[2] = fit->working_space;
  /* Of split memory no one number is free; what the device has beyond its share is. */
  self->bytes[3] = fit->free > fit->needed ? fit->free - fit->needed : 0;
  for (guint i = 0; i < N_PARTS; i++)
    {
      set_legend (self, i, names[i]);
      g_string_append_printf (spoken, "%s%s", i > 0 ? _(", ") : "",
                              gtk_label_get_text (GTK_LABEL (self->legends[i])));
    }
  if (fit->verdict == BALEEN_FIT_NOWHERE)
    gtk_widget_add_css_class (self->bar, "too-large");
  else
    gtk_widget_remove_css_class (self->bar, "too-large");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) (used + self->bytes[3]),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) used,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken->str, -1);
  gtk_widget_queue_allocate (self->bar);
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_plan_bar_dispose (GObject *object)
{
  BaleenPlanBar *self = BALEEN_PLAN_BAR (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_plan_bar_parent_class)->dispose (object);
}

static void
baleen_plan_bar_class_init (BaleenPlanBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_plan_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_METER);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "planbar");
}

static GtkWidget *
legend_new (BaleenPlanBar *self,
            guint          part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *patch = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, "width-request", 12,
                                   "height-request", 12, "valign", GTK_ALIGN_CENTER, NULL);

  self->legends[part] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->legends[part], "caption");
  gtk_widget_add_css_class (self->legends[part], "numeric");
  gtk_widget_add_css_class (patch, "part");
  gtk_widget_add_css_class (patch, classes[part]);
  gtk_box_append (GTK_BOX (box), patch);
  gtk_box_append (GTK_BOX (box), self->legends[part]);

  return box;
}

static void
baleen_plan_bar_init (BaleenPlanBar *self)
{
  BaleenPlanLayout *layout = g_object_new (BALEEN_TYPE_PLAN_LAYOUT, NULL);

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  layout->bytes = self->bytes;
  self->bar = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                            "overflow", GTK_OVERFLOW_HIDDEN, NULL);
  gtk_widget_set_layout_manager (self->bar, GTK_LAYOUT_MANAGER (layout));
  gtk_widget_add_css_class (self->bar, "bar");
  self->words = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE,
                              "max-children-per-line", N_PARTS, "column-spacing", 12,
                              "row-spacing", 3, "focusable", FALSE, NULL);
  for (guint i = 0; i < N_PARTS; i++)
    {
      GtkWidget *child;

      self->parts[i] = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->parts[i], "part");
      gtk_widget_add_css_class (self->parts[i], classes[i]);
      gtk_box_append (GTK_BOX (self->bar), self->parts[i]);
      child = g_object_new (GTK_TYPE_FLOW_BOX_CHILD, "focusable", FALSE, "child",
                            legend_new (self, i), NULL);
      gtk_flow_box_insert (GTK_FLOW_BOX (self->words), child, -1);
    }
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Memory"), -1);
}

GtkWidget *
baleen_plan_bar_new (void)
{
  return g_object_new (BALEEN_TYPE_PLAN_BAR, NULL);
}
