#include "baleen-coverage-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _BaleenCoverageBar
{
  GtkWidget parent_instance;

  GArray *coverage; /* (owned) of BaleenCoverage */
  guint n_pages;
  guint n_running;
  int chosen; /* the part that the keys are at; negative: none */
};

G_DEFINE_FINAL_TYPE (BaleenCoverageBar, baleen_coverage_bar, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define HEIGHT 12
#define GAP 1
#define STRIPE 5 /* from one line of hatching to the next */

/* ---- where a part is -------------------------------------------------------------------- */

/* Left and right edge of a part, without the gap; parts too many for gaps have none. */
static void
get_edges (BaleenCoverageBar *self,
           guint              part,
           float             *left,
           float             *right)
{
  const BaleenCoverage *parts = (const BaleenCoverage *) self->coverage->data;
  const float width = gtk_widget_get_width (GTK_WIDGET (self));
  const gsize end = MAX (parts[self->coverage->len - 1].to, 1);
  const float gap = width / self->coverage->len > 4 * GAP ? GAP : 0;

  *left = width * parts[part].from / end;
  *right = width * parts[part].to / end - gap;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    {
      const float mirrored = width - *right;

      *right = width - *left;
      *left = mirrored;
    }
}

static int
find_part (BaleenCoverageBar *self,
           double             x)
{
  for (guint i = 0; i < self->coverage->len; i++)
    {
      float left, right;

      get_edges (self, i, &left, &right);
      if (x >= left - GAP && x <= right + GAP)
        return i;
    }
  return -1;
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void
fill (GtkSnapshot           *snapshot,
      const graphene_rect_t *field,
      GdkRGBA                colour,
      float                  alpha)
{
  colour.alpha *= alpha;
  gtk_snapshot_append_color (snapshot, &colour, field);
}

static void
outline (GtkSnapshot           *snapshot,
         const graphene_rect_t *field,
         GdkRGBA                colour,
         float                  alpha)
{
  const float widths[] = { 1, 1, 1, 1 };
  GskRoundedRect rounded;

  colour.alpha *= alpha;
  gsk_rounded_rect_init_from_rect (&rounded, field, 0);
  gtk_snapshot_append_border (snapshot, &rounded, widths,
                              (const GdkRGBA[]) { colour, colour, colour, colour });
}

/* Slanting lines; upwards for what failed, and the other way for what is being read. */
static void
hatch (GtkSnapshot           *snapshot,
       const graphene_rect_t *field,
       GdkRGBA                colour,
       gboolean               is_upwards)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, field);
  const double left = field->origin.x, width = field->size.width, height = field->size.height;

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, is_upwards ? 1.5 : 2.5);
  for (double x = left - height; x < left + width; x += STRIPE)
    {
      cairo_move_to (cr, x, is_upwards ? height : 0);
      cairo_line_to (cr, x + height, is_upwards ? 0 : height);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_part (BaleenCoverageBar     *self,
           GtkSnapshot           *snapshot,
           const BaleenCoverage  *part,
           const graphene_rect_t *field,
           gboolean               is_running)
{
  const gboolean is_stark
      = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  switch (part->status)
    {
    case BALEEN_COVERAGE_READ:
      if (part->n_claims > 0)
        fill (snapshot, field, colour, is_stark ? 1 : 0.7);
      else if (is_stark)
        hatch (snapshot, field, colour, FALSE);
      else
        fill (snapshot, field, colour, 0.3);
      break;
    case BALEEN_COVERAGE_FAILED:
      outline (snapshot, field, colour, 0.9);
      hatch (snapshot, field, colour, TRUE);
      break;
    case BALEEN_COVERAGE_SKIPPED:
      outline (snapshot, field, colour, 0.9);
      break;
    case BALEEN_COVERAGE_WAITING:
    default:
      fill (snapshot, field, colour, 0.1);
      colour.alpha *= 0.5;
      if (is_running)
        hatch (snapshot, field, colour, FALSE);
      break;
    }
}

static void
baleen_coverage_bar_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  BaleenCoverageBar *self = BALEEN_COVERAGE_BAR (widget);
  guint n_waiting = 0;

  for (guint i = 0; i < self->coverage->len; i++)
    {
      const BaleenCoverage *part = &g_array_index (self->coverage, BaleenCoverage, i);
      const gboolean is_waiting = part->status == BALEEN_COVERAGE_WAITING;
      graphene_rect_t field;
      float left, right;

      get_edges (self, i, &left, &right);
      graphene_rect_init (&field, left, 0, MAX (right - left, 1), HEIGHT);
      draw_part (self, snapshot, part, &field, is_waiting && n_waiting < self->n_running);
      n_waiting += is_waiting;
      if ((int) i == self->chosen && gtk_widget_has_focus (widget))
        {
          GdkRGBA accent = { 0.2, 0.5, 0.9, 1 };

          gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color",
                                          &accent);
          graphene_rect_inset (&field, -2, -2);
          outline (snapshot, &field, accent, 1);
          graphene_rect_inset (&field, -1, -1);
          outline (snapshot, &field, accent, 1);
        }
    }
}

static void
baleen_coverage_bar_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 60;
}

/* ---- using it ------------------------------------------------------------------------- */

/* Of the focused object a change of its description is spoken. */
static void
choose (BaleenCoverageBar *self,
        int                part)
{
  g_autofree char *words = NULL;

  if (self->coverage->len == 0)
    return;
  self->chosen = CLAMP (part, 0, (int) self->coverage->len - 1);
  words = baleen_coverage_part_words (self->coverage, self->n_pages, self->chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenCoverageBar *self = BALEEN_COVERAGE_BAR (widget);
  const int step = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
                       ? -g_variant_get_int32 (parameter)
                       : g_variant_get_int32 (parameter);

  choose (self, self->chosen < 0 ? 0 : self->chosen + step);
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  BaleenCoverageBar *self = BALEEN_COVERAGE_BAR (widget);

  if (self->coverage->len == 0)
    return;
  choose (self, MAX (self->chosen, 0));
  g_signal_emit (self, signals[OPENED], 0, self->chosen);
}

static void
clicked_cb (BaleenCoverageBar *self,
            int                n_press,
            double             x,
            double             y)
{
  const int part = find_part (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (part < 0)
    return;
  choose (self, part);
  g_signal_emit (self, signals[OPENED], 0, part);
}

static void
focus_cb (BaleenCoverageBar *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && self->chosen < 0)
    choose (self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
baleen_coverage_bar_query_tooltip (GtkWidget  *widget,
                                   int         x,
                                   int         y,
                                   gboolean    is_by_key,
                                   GtkTooltip *tooltip)
{
  BaleenCoverageBar *self = BALEEN_COVERAGE_BAR (widget);
  const int part = is_by_key ? self->chosen : find_part (self, x);
  g_autofree char *words = NULL;

  if (part < 0 || part >= (int) self->coverage->len)
    return FALSE;
  words = baleen_coverage_part_words (self->coverage, self->n_pages, part);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
baleen_coverage_bar_finalize (GObject *object)
{
  g_array_unref (BALEEN_COVERAGE_BAR (object)->coverage);
  G_OBJECT_CLASS (baleen_coverage_bar_parent_class)->finalize (object);
}

static void
baleen_coverage_bar_class_init (BaleenCoverageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baleen_coverage_bar_finalize;
  widget_class->snapshot = baleen_coverage_bar_snapshot;
  widget_class->measure = baleen_coverage_bar_measure;
  widget_class->query_tooltip = baleen_coverage_bar_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "coveragebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
  gtk_widget_class_install_action (widget_class, "bar.move", "i", move_cb);
  gtk_widget_class_install_action (widget_class, "bar.open", NULL, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "bar.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "bar.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "bar.move", "i",
                                       -G_MAXINT / 2);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "bar.move", "i",
                                       G_MAXINT / 2);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "bar.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "bar.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "bar.open", NULL);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
baleen_coverage_bar_init (BaleenCoverageBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->coverage = g_array_new (FALSE, FALSE, sizeof (BaleenCoverage));
  self->chosen = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
}

GtkWidget *
baleen_coverage_bar_new (void)
{
  BaleenCoverageBar *self = g_object_new (BALEEN_TYPE_COVERAGE_BAR, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Coverage"), -1);
  return GTK_WIDGET (self);
}

void
baleen_coverage_bar_set (BaleenCoverageBar *self,
                         const GArray      *coverage,
                         guint              n_pages,
                         guint              n_running,
                         const char        *words)
{
  guint n_read = 0;

  g_array_set_size (self->coverage, 0);
  g_array_append_vals (self->coverage, coverage->data, coverage->len);
  self->n_pages = n_pages;
  self->n_running = n_running;
  if (self->chosen >= (int) coverage->len)
    self->chosen = -1;
  for (guint i = 0; i < coverage->len; i++)
    n_read += g_array_index (coverage, BaleenCoverage, i).status == BALEEN_COVERAGE_READ;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) MAX (coverage->len, 1),
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) n_read, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
      words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
