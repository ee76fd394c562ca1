#include "baleen-text-piece.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-source.h"
#include "baleen-words.h"
#include "found-words.h"
#include "search-text.h"
#include "text-attributes.h"
#include "unverified-words.h"

/* A link or a citation: a control over its words. */
typedef struct
{
  GtkWidget *widget;
  gsize start; /* bytes */
  gsize end;
} Mark;

struct _BaleenTextPiece
{
  GtkWidget parent_instance;

  GtkWidget *label;
  BaleenRichText *rich;   /* (owned) */
  GPtrArray *sources;     /* (owned) (nullable) */
  PangoAttrList *colours; /* (owned) (nullable) */
  GArray *marks;          /* (owned) of Mark */
  double heading_scale;   /* 0: no heading */
  gboolean is_code;
  gboolean is_live;
  gsize selection_start;
  gsize selection_end;
  gsize found_start; /* of the found words that are looked at; none when equal */
  gsize found_end;
};

G_DEFINE_FINAL_TYPE (BaleenTextPiece, baleen_text_piece, GTK_TYPE_WIDGET)

/* Texts from here on get a least width; it fits a narrow window at large text. */
#define LONG_BYTES 300
#define LEAST_CHARS 18

/* Links further on can be clicked, but the focus does not stop at them. */
#define MOST_MARKS 40

/* ---- links and citations -------------------------------------------------------------- */

static void
clear_marks (BaleenTextPiece *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    gtk_widget_unparent (g_array_index (self->marks, Mark, i).widget);
  g_array_set_size (self->marks, 0);
}

static const BaleenSpan *
get_span_at (BaleenTextPiece *self,
             gsize            byte)
{
  for (guint i = 0; i < self->rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (self->rich->spans, BaleenSpan, i);

      if (span->start <= byte && byte < span->end)
        return span;
    }
  return NULL;
}

/* Where something of the layout is in this widget. */
static void
get_layout_origin (BaleenTextPiece *self,
                   double          *x,
                   double          *y)
{
  int layout_x, layout_y;

  gtk_label_get_layout_offsets (GTK_LABEL (self->label), &layout_x, &layout_y);
  /* The label fills this widget but for its padding. */
  gtk_widget_translate_coordinates (self->label, GTK_WIDGET (self), layout_x, layout_y, x, y);
}

/* The byte whose letter is at that place; negative beside the text. */
static int
get_byte_at (BaleenTextPiece *self,
             double           x,
             double           y)
{
  double left, top;
  int index, trailing;

  get_layout_origin (self, &left, &top);
  return pango_layout_xy_to_index (gtk_label_get_layout (GTK_LABEL (self->label)),
                                   (x - left) * PANGO_SCALE, (y - top) * PANGO_SCALE, &index,
                                   &trailing)
             ? index
             : -1;
}

static const char *
get_link_at (BaleenTextPiece *self,
             double           x,
             double           y)
{
  const int byte = get_byte_at (self, x, y);
  const BaleenSpan *span = byte >= 0 ? get_span_at (self, byte) : NULL;

  return span != NULL && (span->style & BALEEN_SPAN_LINK) != 0 ? span->target : NULL;
}

static void
open_link (BaleenTextPiece *self,
           const char      *target)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-link", "s", target);
}

static void
link_clicked_cb (GtkWidget       *button,
                 BaleenTextPiece *self)
{
  open_link (self, g_object_get_data (G_OBJECT (button), "target"));
}

static void
chip_clicked_cb (GtkWidget       *button,
                 BaleenTextPiece *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "row.cite", "i",
                              GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "number")));
}

static GtkWidget *
link_new (BaleenTextPiece  *self,
          const BaleenSpan *span)
{
  g_autofree char *words = g_strndup (self->rich->text->str + span->start,
                                      span->end - span->start);
  g_autofree char *host = baleen_words_link (span->target);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_LINK,
                                    "can-target", FALSE, NULL);

  gtk_widget_add_css_class (button, "link-mark");
  g_object_set_data_full (G_OBJECT (button), "target", g_strdup (span->target), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, host, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (link_clicked_cb), self);
  return button;
}

static GtkWidget *
chip_new (BaleenTextPiece  *self,
          const BaleenSpan *span)
{
  BaleenSource *source = baleen_sources_find (self->sources, span->number);
  g_autofree char *number = g_strdup_printf ("%d", span->number);
  g_autofree char *name = baleen_words_source (source);
  g_autofree char *tip = baleen_words_passage (source);
  GtkWidget *button
      = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_LINK, "label",
                      number, "tooltip-text", tip, NULL);

  gtk_widget_add_css_class (button, "citation");
  g_object_set_data (G_OBJECT (button), "number", GINT_TO_POINTER (span->number));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  baleen_source_get_passage (source) != NULL
                                      ? baleen_source_get_passage (source)
                                      : "",
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (chip_clicked_cb), self);
  return button;
}

/* A link of several styles is several spans and one control. */
static gboolean
continues_link (BaleenTextPiece  *self,
                const BaleenSpan *span)
{
  Mark *last = self->marks->len > 0 ? &g_array_index (self->marks, Mark, self->marks->len - 1)
                                    : NULL;

  if (last == NULL || last->end != span->start
      || g_strcmp0 (g_object_get_data (G_OBJECT (last->widget), "target"), span->target) != 0)
    return FALSE;
  last->end = span->end;
  return TRUE;
}

static void
add_marks (BaleenTextPiece *self)
{
  for (guint i = 0; i < self->rich->spans->len && self->marks->len < MOST_MARKS; i++)
    {
      const BaleenSpan *span = &g_array_index (self->rich->spans, BaleenSpan, i);
      Mark mark = { NULL, span->start, span->end };

      if ((span->style & BALEEN_SPAN_LINK) != 0 && !continues_link (self, span))
        mark.widget = link_new (self, span);
      else if ((span->style & BALEEN_SPAN_CITATION) != 0
               && baleen_sources_find (self->sources, span->number) != NULL)
        mark.widget = chip_new (self, span);
      if (mark.widget == NULL)
        continue;
      gtk_widget_set_parent (mark.widget, GTK_WIDGET (self));
      g_array_append_val (self->marks, mark);
    }
}

/* Over the part of the words that is on their first line. */
static void
allocate_mark (BaleenTextPiece *self,
               const Mark      *mark)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  PangoRectangle first, last;
  double left, top;
  int x, width, least_width, least_height;
  GskTransform *place;

  get_layout_origin (self, &left, &top);
  pango_layout_index_to_pos (layout, mark->start, &first);
  pango_layout_index_to_pos (layout, mark->end - 1, &last);
  x = PANGO_PIXELS (MIN (first.x, first.x + first.width));
  width = first.y == last.y ? PANGO_PIXELS (last.x + last.width) - x : PANGO_PIXELS (first.width);
  if (width < 0)
    {
      x += width;
      width = -width;
    }
  gtk_widget_measure (mark->widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL,
                      NULL);
  gtk_widget_measure (mark->widget, GTK_ORIENTATION_VERTICAL, -1, &least_height, NULL, NULL,
                      NULL);
  least_height = MAX (least_height, PANGO_PIXELS (first.height) - 2);
  place = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT (left + x,
                                  top + PANGO_PIXELS (first.y + first.height / 2)
                                      - least_height / 2));
  gtk_widget_allocate (mark->widget, MAX (width, least_width), least_height, -1, place);
}

/* ---- the widget ----------------------------------------------------------------------- */

static GtkSizeRequestMode
baleen_text_piece_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (BALEEN_TEXT_PIECE (widget)->label);
}

static void
baleen_text_piece_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  gtk_widget_measure (BALEEN_TEXT_PIECE (widget)->label, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
baleen_text_piece_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  BaleenTextPiece *self = BALEEN_TEXT_PIECE (widget);

  gtk_widget_allocate (self->label, width, height, baseline, NULL);
  for (guint i = 0; i < self->marks->len; i++)
    allocate_mark (self, &g_array_index (self->marks, Mark, i));
}

cairo_region_t *
baleen_text_piece_get_region (BaleenTextPiece *self,
                              gsize            start,
                              gsize            end)
{
  const int range[2] = { start, end };
  double x, y;

  get_layout_origin (self, &x, &y);
  return gdk_pango_layout_get_clip_region (gtk_label_get_layout (GTK_LABEL (self->label)), (int) x,
                                           (int) y, range, 1);
}

void
baleen_text_piece_snapshot_bytes (BaleenTextPiece *self,
                                  GtkSnapshot     *snapshot,
                                  gsize            start,
                                  gsize            end,
                                  const GdkRGBA   *colour)
{
  cairo_region_t *region = baleen_text_piece_get_region (self, start, end);

  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t part;

      cairo_region_get_rectangle (region, i, &part);
      gtk_snapshot_append_color (
          snapshot, colour, &GRAPHENE_RECT_INIT (part.x, part.y, part.width, part.height));
    }
  cairo_region_destroy (region);
}

static void
snapshot_selection (BaleenTextPiece *self,
                    GtkSnapshot     *snapshot)
{
  GdkRGBA colour;

  text_attributes_get_colour (GTK_WIDGET (self), "accent_bg_color", &colour);
  colour.alpha = 0.35;
  baleen_text_piece_snapshot_bytes (self, snapshot, self->selection_start, self->selection_end,
                                    &colour);
}

/* Drawn and not written: it is no word. */
static void
snapshot_caret (BaleenTextPiece *self,
                GtkSnapshot     *snapshot)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  PangoRectangle end;
  GdkRGBA colour;
  double x, y;

  get_layout_origin (self, &x, &y);
  pango_layout_index_to_pos (layout, self->rich->text->len, &end);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= 0.6;
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (x + PANGO_PIXELS (end.x) + 3,
                                                  y + PANGO_PIXELS (end.y) + 3, 5,
                                                  MAX (PANGO_PIXELS (end.height) - 6, 2)));
}

static void
baleen_text_piece_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BaleenTextPiece *self = BALEEN_TEXT_PIECE (widget);

  found_words_snapshot (self, snapshot, self->found_start, self->found_end);
  if (self->selection_start < self->selection_end)
    snapshot_selection (self, snapshot);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
  unverified_words_snapshot (widget, snapshot);
  for (guint i = 0; i < self->marks->len; i++)
    gtk_widget_snapshot_child (widget, g_array_index (self->marks, Mark, i).widget, snapshot);
  if (self->is_live)
    snapshot_caret (self, snapshot);
}

static void
show_attributes (BaleenTextPiece *self)
{
  PangoAttrList *attributes = text_attributes_new (
      self->label, self->rich, self->sources, self->heading_scale, self->is_code, self->colours);

  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  pango_attr_list_unref (attributes);
}

/* A link's colour is another one in the dark. */
static void
baleen_text_piece_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  BaleenTextPiece *self = BALEEN_TEXT_PIECE (widget);

  GTK_WIDGET_CLASS (baleen_text_piece_parent_class)->css_changed (widget, change);
  if (self->label != NULL && self->rich->spans->len > 0)
    show_attributes (self);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             BaleenTextPiece *self)
{
  const char *target = n_press == 1 ? get_link_at (self, x, y) : NULL;

  if (target == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_link (self, target);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           BaleenTextPiece          *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   get_link_at (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
query_tooltip_cb (BaleenTextPiece *self,
                  int              x,
                  int              y,
                  gboolean         is_keyboard,
                  GtkTooltip      *tooltip)
{
  const char *target = is_keyboard ? NULL : get_link_at (self, x, y);
  const int byte = is_keyboard ? -1 : get_byte_at (self, x, y);
  g_autofree char *words = target != NULL ? baleen_words_link (target) : NULL;

  if (words == NULL && byte >= 0 && unverified_words_has (GTK_WIDGET (self), byte))
    words = g_strdup (_("unverified"));
  if (words == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
baleen_text_piece_dispose (GObject *object)
{
  BaleenTextPiece *self = BALEEN_TEXT_PIECE (object);

  clear_marks (self);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_text_piece_parent_class)->dispose (object);
}

static void
baleen_text_piece_finalize (GObject *object)
{
  BaleenTextPiece *self = BALEEN_TEXT_PIECE (object);

  g_array_unref (self->marks);
  baleen_rich_text_free (self->rich);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->colours, pango_attr_list_unref);
  G_OBJECT_CLASS (baleen_text_piece_parent_class)->finalize (object);
}

static void
baleen_text_piece_class_init (BaleenTextPieceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = baleen_text_piece_dispose;
  object_class->finalize = baleen_text_piece_finalize;
  widget_class->get_request_mode = baleen_text_piece_get_request_mode;
  widget_class->measure = baleen_text_piece_measure;
  widget_class->size_allocate = baleen_text_piece_size_allocate;
  widget_class->snapshot = baleen_text_piece_snapshot;
  widget_class->css_changed = baleen_text_piece_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "textpiece");
}

static void
baleen_text_piece_init (BaleenTextPiece *self)
{
  self->rich = baleen_rich_text_new ();
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
}

GtkWidget *
baleen_text_piece_new (void)
{
  return g_object_new (BALEEN_TYPE_TEXT_PIECE, NULL);
}

GtkWidget *
baleen_text_piece_new_code (void)
{
  BaleenTextPiece *self = g_object_new (BALEEN_TYPE_TEXT_PIECE, NULL);

  self->is_code = TRUE;
  gtk_label_set_wrap (GTK_LABEL (self->label), FALSE);
  gtk_widget_add_css_class (self->label, "monospace");
  /* Code runs from left to right in every language. */
  gtk_widget_set_direction (self->label, GTK_TEXT_DIR_LTR);
  return GTK_WIDGET (self);
}

GtkLabel *
baleen_text_piece_get_label (BaleenTextPiece *self)
{
  return GTK_LABEL (self->label);
}

void
baleen_text_piece_set_heading (BaleenTextPiece *self,
                               double           scale)
{
  self->heading_scale = scale;
}

/* Without links nobody has to ask what is under the pointer. */
void
baleen_text_piece_hear_pointer (BaleenTextPiece *self)
{
  GtkEventController *motion;
  GtkGesture *click;

  if (gtk_widget_get_has_tooltip (GTK_WIDGET (self)))
    return;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
show (BaleenTextPiece *self)
{
  const char *text = self->rich->text->str;

  clear_marks (self);
  self->selection_start = MIN (self->selection_start, self->rich->text->len);
  self->selection_end = MIN (self->selection_end, self->rich->text->len);
  /* To learn its least width GTK lays a label out with a character a line, which for a long
   * text takes long. With a least width given it lays out at that. */
  if (!self->is_code)
    gtk_label_set_width_chars (GTK_LABEL (self->label),
                               self->rich->text->len > LONG_BYTES ? LEAST_CHARS : -1);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  show_attributes (self);
  add_marks (self);
  if (self->rich->spans->len > 0)
    baleen_text_piece_hear_pointer (self);
}

void
baleen_text_piece_set_sources (BaleenTextPiece *self,
                               GPtrArray       *sources)
{
  if (self->sources == sources)
    return;
  if (sources != NULL)
    g_ptr_array_ref (sources);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  self->sources = sources;
  if (self->rich->spans->len > 0)
    show (self);
}

void
baleen_text_piece_set_rich (BaleenTextPiece      *self,
                            const BaleenRichText *rich)
{
  if (baleen_rich_text_equal (self->rich, rich))
    return;
  baleen_rich_text_free (self->rich);
  self->rich = baleen_rich_text_slice (rich, 0, rich->text->len);
  show (self);
}

void
baleen_text_piece_set_text (BaleenTextPiece *self,
                            const char      *text)
{
  g_autoptr (BaleenRichText) rich = baleen_rich_text_new ();

  baleen_rich_text_append (rich, text, -1, 0, 0, NULL);
  baleen_text_piece_set_rich (self, rich);
}

const char *
baleen_text_piece_get_text (BaleenTextPiece *self)
{
  return self->rich->text->str;
}

void
baleen_text_piece_set_colours (BaleenTextPiece *self,
                               PangoAttrList   *colours)
{
  if (colours != NULL)
    pango_attr_list_ref (colours);
  g_clear_pointer (&self->colours, pango_attr_list_unref);
  self->colours = colours;
  show_attributes (self);
}

void
baleen_text_piece_set_is_live (BaleenTextPiece *self,
                               gboolean         is_live)
{
  if (self->is_live == is_live)
    return;
  self->is_live = is_live;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gsize
baleen_text_piece_hit (BaleenTextPiece *self,
                       double           x,
                       double           y)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  const char *text = pango_layout_get_text (layout);
  const char *p;
  double left, top;
  int index, trailing;

  get_layout_origin (self, &left, &top);
  pango_layout_xy_to_index (layout, (x - left) * PANGO_SCALE, (y - top) * PANGO_SCALE, &index,
                            &trailing);
  p = text + index;
  while (trailing-- > 0 && *p != '\0')
    p = g_utf8_next_char (p);
  return MIN ((gsize) (p - text), self->rich->text->len);
}

void
baleen_text_piece_select (BaleenTextPiece *self,
                          gsize            start,
                          gsize            end)
{
  if (self->selection_start == start && self->selection_end == end)
    return;
  self->selection_start = MIN (start, self->rich->text->len);
  self->selection_end = MIN (end, self->rich->text->len);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
baleen_text_piece_get_selection (BaleenTextPiece *self,
                                 gsize           *start,
                                 gsize           *end)
{
  *start = self->selection_start;
  *end = self->selection_end;
  return self->selection_start < self->selection_end;
}

const BaleenRichText *
baleen_text_piece_get_rich (BaleenTextPiece *self)
{
  return self->rich;
}

void
baleen_text_piece_set_found (BaleenTextPiece *self,
                             gsize            start,
                             gsize            end)
{
  self->found_start = start;
  self->found_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
baleen_text_piece_get_found (BaleenTextPiece       *self,
                             cairo_rectangle_int_t *place)
{
  cairo_region_t *region;
  gboolean is_there;

  if (self->found_start >= self->found_end || self->found_end > self->rich->text->len)
    return FALSE;
  region = baleen_text_piece_get_region (self, self->found_start, self->found_end);
  is_there = cairo_region_num_rectangles (region) > 0;
  if (is_there)
    cairo_region_get_rectangle (region, 0, place);
  cairo_region_destroy (region);
  return is_there;
}
