#include "baleen-block-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-code-view.h"
#include "baleen-table-view.h"
#include "baleen-text-piece.h"

struct _BaleenBlockView
{
  GtkWidget parent_instance;

  BaleenBlock *block; /* (owned) */
  GtkWidget *marker;  /* (nullable) a label */
  GtkWidget *content;
  int gap;
  guint n_joined; /* quotes that go on from the block above */
};

G_DEFINE_FINAL_TYPE (BaleenBlockView, baleen_block_view, GTK_TYPE_WIDGET)

#define QUOTE_INDENT 16
#define ITEM_INDENT 24
#define MARKER_SPACE 8
#define QUOTE_LINE 3
#define LEAST_WORDS 48

/* A table of more cells than this is shown as text. */
#define MOST_CELLS 2000

/* ---- where things stand --------------------------------------------------------------- */

static int
get_marker_width (BaleenBlockView *self)
{
  int width = 0;

  if (self->marker != NULL)
    gtk_widget_measure (self->marker, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
get_indent (BaleenBlockView *self)
{
  const int least = self->marker != NULL ? get_marker_width (self) + MARKER_SPACE : 0;
  int indent = 0;
  int last = 0;

  for (const char *p = self->block->path; *p != '\0'; p++)
    indent += last = *p == '>' ? QUOTE_INDENT : ITEM_INDENT;
  /* Large text makes large numbers. */
  return indent + MAX (0, least - last);
}

static GtkSizeRequestMode
baleen_block_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baleen_block_view_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  BaleenBlockView *self = BALEEN_BLOCK_VIEW (widget);
  const int indent = get_indent (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      gtk_widget_measure (self->content, orientation, for_size < 0 ? -1 : MAX (for_size - indent, 0),
                          minimum, natural, NULL, NULL);
      *minimum += self->gap;
      *natural += self->gap;
      return;
    }
  /* Words take whatever width there is. To have them measured for that would break them into
   * lines of one letter, which is most of what a long answer costs. */
  if (BALEEN_IS_TEXT_PIECE (self->content))
    *minimum = *natural = LEAST_WORDS;
  else
    gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
  *minimum += indent;
  *natural += indent;
}

static void
baleen_block_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  BaleenBlockView *self = BALEEN_BLOCK_VIEW (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int indent = get_indent (self);
  const int marker_width = get_marker_width (self);
  const int marker_x = is_rtl ? width - indent + MARKER_SPACE : indent - MARKER_SPACE - marker_width;

  gtk_widget_allocate (
      self->content, MAX (width - indent, 0), MAX (height - self->gap, 0), -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (is_rtl ? 0 : indent, self->gap)));
  if (self->marker != NULL)
    {
      int marker_height;

      gtk_widget_measure (self->marker, GTK_ORIENTATION_VERTICAL, marker_width, &marker_height,
                          NULL, NULL, NULL);
      gtk_widget_allocate (
          self->marker, marker_width, marker_height, -1,
          gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (marker_x, self->gap)));
    }
}

static void
snapshot_quotes (BaleenBlockView *self,
                 GtkSnapshot     *snapshot)
{
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  GdkRGBA colour;
  guint n_quotes = 0;
  int x = 0;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= 0.25;
  for (const char *p = self->block->path; *p != '\0'; p++)
    {
      const int top = n_quotes < self->n_joined ? 0 : self->gap;

      if (*p == '>')
        {
          gtk_snapshot_append_color (
              snapshot, &colour,
              &GRAPHENE_RECT_INIT (is_rtl ? width - x - QUOTE_LINE : x, top, QUOTE_LINE,
                                   height - top));
          n_quotes++;
        }
      x += *p == '>' ? QUOTE_INDENT : ITEM_INDENT;
    }
}

static void
baleen_block_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BaleenBlockView *self = BALEEN_BLOCK_VIEW (widget);

  snapshot_quotes (self, snapshot);
  GTK_WIDGET_CLASS (baleen_block_view_parent_class)->snapshot (widget, snapshot);
}

static void
baleen_block_view_dispose (GObject *object)
{
  BaleenBlockView *self = BALEEN_BLOCK_VIEW (object);

  g_clear_pointer (&self->marker, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_block_view_parent_class)->dispose (object);
}

static void
baleen_block_view_finalize (GObject *object)
{
  g_clear_pointer (&BALEEN_BLOCK_VIEW (object)->block, baleen_block_free);
  G_OBJECT_CLASS (baleen_block_view_parent_class)->finalize (object);
}

static void
baleen_block_view_class_init (BaleenBlockViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_block_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_block_view_finalize;
  widget_class->get_request_mode = baleen_block_view_get_request_mode;
  widget_class->measure = baleen_block_view_measure;
  widget_class->size_allocate = baleen_block_view_size_allocate;
  widget_class->snapshot = baleen_block_view_snapshot;
}

static void
baleen_block_view_init (BaleenBlockView *self)
{
}

/* ---- what is shown -------------------------------------------------------------------- */

static gboolean
is_table (const BaleenBlock *block)
{
  return block->kind == BALEEN_BLOCK_TABLE && block->cells->len <= MOST_CELLS;
}

static double
get_scale (int level)
{
  static const double scales[] = { 1.5, 1.3, 1.15, 1.05 };

  return scales[CLAMP (level, 1, (int) G_N_ELEMENTS (scales)) - 1];
}

static GtkWidget *
content_new (const BaleenBlock *block)
{
  GtkWidget *content;

  if (block->kind == BALEEN_BLOCK_RULE)
    return gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  if (block->kind == BALEEN_BLOCK_CODE || (block->kind == BALEEN_BLOCK_TABLE && !is_table (block)))
    return baleen_code_view_new ();
  if (is_table (block))
    return baleen_table_view_new ();

  content = baleen_text_piece_new ();
  if (block->kind == BALEEN_BLOCK_HEADING)
    baleen_text_piece_set_heading (BALEEN_TEXT_PIECE (content), get_scale (block->level));
  if (block->kind == BALEEN_BLOCK_MATHS)
    gtk_label_set_justify (baleen_text_piece_get_label (BALEEN_TEXT_PIECE (content)),
                           GTK_JUSTIFY_CENTER);
  if (block->kind == BALEEN_BLOCK_MATHS)
    gtk_label_set_xalign (baleen_text_piece_get_label (BALEEN_TEXT_PIECE (content)), 0.5);
  return content;
}

static void
show_formula (BaleenBlockView *self)
{
  const BaleenBlock *block = self->block;
  g_autoptr (BaleenRichText) rich = baleen_rich_text_new ();
  const gboolean is_source = g_str_equal (block->rich->text->str, block->latex);

  baleen_rich_text_append (rich, block->rich->text->str, -1,
                           BALEEN_SPAN_MATHS | (is_source ? BALEEN_SPAN_CODE : 0), 0,
                           block->latex);
  baleen_text_piece_set_rich (BALEEN_TEXT_PIECE (self->content), rich);
}

static void
show_content (BaleenBlockView *self)
{
  const BaleenBlock *block = self->block;

  if (BALEEN_IS_CODE_VIEW (self->content))
    baleen_code_view_set_block (BALEEN_CODE_VIEW (self->content), block);
  else if (BALEEN_IS_TABLE_VIEW (self->content))
    baleen_table_view_set_block (BALEEN_TABLE_VIEW (self->content), block);
  else if (block->kind == BALEEN_BLOCK_MATHS)
    show_formula (self);
  else if (BALEEN_IS_TEXT_PIECE (self->content))
    baleen_text_piece_set_rich (BALEEN_TEXT_PIECE (self->content), block->rich);
  if (block->kind == BALEEN_BLOCK_HEADING)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    block->rich->text->str, GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                    block->level, -1);
}

static void
build_marker (BaleenBlockView *self)
{
  const BaleenBlock *block = self->block;
  const char *words = block->marker;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (words == NULL)
    return;
  if (block->task != BALEEN_TASK_NONE)
    words = block->task == BALEEN_TASK_DONE ? "☑" : "☐";
  else if (*words == '-')
    words = "•";
  self->marker = gtk_label_new (words);
  pango_attr_list_insert (attributes, pango_attr_line_height_new (1.3));
  gtk_label_set_attributes (GTK_LABEL (self->marker), attributes);
  gtk_widget_add_css_class (self->marker, "marker");
  gtk_widget_add_css_class (self->marker, "numeric");
  if (block->task != BALEEN_TASK_NONE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->marker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    block->task == BALEEN_TASK_DONE ? _("Done") : _("Not done"),
                                    -1);
  gtk_widget_set_parent (self->marker, GTK_WIDGET (self));
}

GtkWidget *
baleen_block_view_new (BaleenBlock *block,
                       GPtrArray   *sources)
{
  BaleenBlockView *self
      = g_object_new (BALEEN_TYPE_BLOCK_VIEW, "accessible-role",
                      block->kind == BALEEN_BLOCK_HEADING ? GTK_ACCESSIBLE_ROLE_HEADING
                                                          : GTK_ACCESSIBLE_ROLE_GROUP,
                      NULL);

  self->block = block;
  build_marker (self);
  self->content = content_new (block);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  if (strchr (block->path, '>') != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "quoted");
  baleen_block_view_set_sources (self, sources);
  show_content (self);
  return GTK_WIDGET (self);
}

gboolean
baleen_block_view_update (BaleenBlockView *self,
                          BaleenBlock     *block)
{
  const BaleenBlock *old = self->block;

  if (block->kind != old->kind || block->level != old->level || block->task != old->task
      || !g_str_equal (block->path, old->path) || g_strcmp0 (block->marker, old->marker) != 0
      || is_table (block) != is_table (old))
    return FALSE;

  if (baleen_block_equal (old, block))
    {
      baleen_block_free (block);
      return TRUE;
    }
  baleen_block_free (self->block);
  self->block = block;
  show_content (self);
  return TRUE;
}

const BaleenBlock *
baleen_block_view_get_block (BaleenBlockView *self)
{
  return self->block;
}

void
baleen_block_view_set_sources (BaleenBlockView *self,
                               GPtrArray       *sources)
{
  if (BALEEN_IS_TEXT_PIECE (self->content))
    baleen_text_piece_set_sources (BALEEN_TEXT_PIECE (self->content), sources);
  else if (BALEEN_IS_TABLE_VIEW (self->content))
    baleen_table_view_set_sources (BALEEN_TABLE_VIEW (self->content), sources);
}

void
baleen_block_view_set_is_live (BaleenBlockView *self,
                               gboolean         is_live)
{
  if (BALEEN_IS_TEXT_PIECE (self->content))
    baleen_text_piece_set_is_live (BALEEN_TEXT_PIECE (self->content), is_live);
}

void
baleen_block_view_set_gap (BaleenBlockView *self,
                           int              gap,
                           guint            n_quotes)
{
  if (self->gap == gap && self->n_joined == n_quotes)
    return;
  self->gap = gap;
  self->n_joined = n_quotes;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
baleen_block_view_fold (BaleenBlockView *self)
{
  if (BALEEN_IS_CODE_VIEW (self->content))
    baleen_code_view_fold (BALEEN_CODE_VIEW (self->content));
}
