#include "baleen-selection.h"

#include <pango/pango.h>
#include <string.h>

#include "baleen-block-view.h"
#include "baleen-text-piece.h"
#include "baleen-thought-block.h"
#include "clipboard-formats.h"
#include "markdown-writer.h"

/* A place in the text: pieces may go while it is remembered. */
typedef struct
{
  GtkWidget *piece; /* (weak) (nullable) */
  gsize byte;
} Place;

struct _BaleenSelection
{
  GObject parent_instance;

  GtkWidget *root; /* outlives us */
  Place anchor;
  Place end;
  gboolean is_dragging;
  double drag_x; /* where the pointer is, in the root */
  double drag_y;
  guint scroll_source;
};

G_DEFINE_FINAL_TYPE (BaleenSelection, baleen_selection, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A press that moves less than this is a click. */
#define DRAG_THRESHOLD 4

#define SCROLL_MILLISECONDS 30
#define SCROLL_STEP 18

static void
set_place (Place     *place,
           GtkWidget *piece,
           gsize      byte)
{
  g_set_weak_pointer (&place->piece, piece);
  place->byte = byte;
}

/* ---- pieces in order ------------------------------------------------------------------ */

static void
collect (GtkWidget *widget,
         gboolean   with_thoughts,
         GPtrArray *pieces)
{
  if (!gtk_widget_get_visible (widget) || (!with_thoughts && BALEEN_IS_THOUGHT_BLOCK (widget)))
    return;
  if (BALEEN_IS_TEXT_PIECE (widget))
    {
      g_ptr_array_add (pieces, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, with_thoughts, pieces);
}

static GtkWidget *
get_thought (GtkWidget *piece)
{
  return piece != NULL ? gtk_widget_get_ancestor (piece, BALEEN_TYPE_THOUGHT_BLOCK) : NULL;
}

/* Those a selection from the anchor on can reach. */
static GPtrArray *
list_pieces (BaleenSelection *self)
{
  GPtrArray *pieces = g_ptr_array_new ();
  GtkWidget *thought = get_thought (self->anchor.piece);

  collect (thought != NULL ? thought : self->root, thought != NULL, pieces);
  return pieces;
}

/* From which piece to which the selection goes, in order; FALSE when there is none. */
static gboolean
get_range (BaleenSelection *self,
           GPtrArray       *pieces,
           guint           *first,
           guint           *last,
           gsize           *start,
           gsize           *end)
{
  guint a, b;

  if (self->anchor.piece == NULL || self->end.piece == NULL
      || !g_ptr_array_find (pieces, self->anchor.piece, &a)
      || !g_ptr_array_find (pieces, self->end.piece, &b))
    return FALSE;

  *first = MIN (a, b);
  *last = MAX (a, b);
  if (a == b)
    {
      *start = MIN (self->anchor.byte, self->end.byte);
      *end = MAX (self->anchor.byte, self->end.byte);
      return *start < *end;
    }
  *start = a < b ? self->anchor.byte : self->end.byte;
  *end = a < b ? self->end.byte : self->anchor.byte;
  return TRUE;
}

static gsize
length_of (GtkWidget *piece)
{
  return strlen (baleen_text_piece_get_text (BALEEN_TEXT_PIECE (piece)));
}

/* Paints what is selected now and nothing else. */
static void
paint (BaleenSelection *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) pieces = list_pieces (self);
  guint first = 1, last = 0;
  gsize start = 0, end = 0;

  collect (self->root, TRUE, all);
  if (!get_range (self, pieces, &first, &last, &start, &end))
    g_ptr_array_set_size (pieces, 0);
  /* Both lists have one order. */
  for (guint i = 0, n_found = 0; i < all->len; i++)
    {
      const gboolean is_found = n_found < pieces->len && pieces->pdata[n_found] == all->pdata[i];
      const guint at = n_found;
      const gboolean is_in = is_found && at >= first && at <= last;

      n_found += is_found;

      baleen_text_piece_select (all->pdata[i], is_in && at == first ? start : 0,
                                !is_in       ? 0
                                : at == last ? end
                                             : length_of (all->pdata[i]));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the pointer ---------------------------------------------------------------------- */

/* The piece at a place of the root or nearest to it: beside, above or below. */
static GtkWidget *
find_piece (BaleenSelection *self,
            double           x,
            double           y)
{
  g_autoptr (GPtrArray) pieces = list_pieces (self);
  GtkWidget *nearest = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < pieces->len; i++)
    {
      graphene_rect_t bounds;
      double dx, dy;

      if (!gtk_widget_compute_bounds (pieces->pdata[i], self->root, &bounds))
        continue;
      dx = MAX (bounds.origin.x - x, MAX (0, x - bounds.origin.x - bounds.size.width));
      dy = MAX (bounds.origin.y - y, MAX (0, y - bounds.origin.y - bounds.size.height));
      /* What is on the pointer's line comes before what is nearer above or below it. */
      if (dy * 1000 + dx < least)
        {
          least = dy * 1000 + dx;
          nearest = pieces->pdata[i];
        }
    }
  return nearest;
}

static gboolean
take_place (BaleenSelection *self,
            double           x,
            double           y,
            Place           *place)
{
  GtkWidget *piece = find_piece (self, x, y);
  double inner_x, inner_y;

  if (piece == NULL
      || !gtk_widget_translate_coordinates (self->root, piece, x, y, &inner_x, &inner_y))
    return FALSE;
  set_place (place, piece, baleen_text_piece_hit (BALEEN_TEXT_PIECE (piece), inner_x, inner_y));
  return TRUE;
}

static void
drag_to (BaleenSelection *self,
         double           x,
         double           y)
{
  if (take_place (self, x, y, &self->end))
    paint (self);
}

/* Near the edge of the view it scrolls on while the pointer stays there. */
static gboolean
scroll_cb (gpointer user_data)
{
  BaleenSelection *self = user_data;
  GtkWidget *scroller = gtk_widget_get_ancestor (self->root, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double x, y, step = 0;

  gtk_widget_translate_coordinates (self->root, scroller, self->drag_x, self->drag_y, &x, &y);
  if (y < 0)
    step = -SCROLL_STEP;
  else if (y > gtk_widget_get_height (scroller))
    step = SCROLL_STEP;
  if (step == 0)
    return G_SOURCE_CONTINUE;

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
  self->drag_y += step;
  drag_to (self, self->drag_x, self->drag_y);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_over_control (BaleenSelection *self,
                 double           x,
                 double           y)
{
  GtkWidget *widget = gtk_widget_pick (self->root, x, y, GTK_PICK_DEFAULT);

  return widget != NULL
         && (gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL
             || gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLBAR) != NULL
             || gtk_widget_get_ancestor (widget, GTK_TYPE_TEXT_VIEW) != NULL);
}

/* A thought is selected by itself: where the press was decides what can be reached. */
static void
press (BaleenSelection *self,
       double           x,
       double           y)
{
  GtkWidget *widget = gtk_widget_pick (self->root, x, y, GTK_PICK_DEFAULT);
  GtkWidget *piece = widget != NULL ? gtk_widget_get_ancestor (widget, BALEEN_TYPE_TEXT_PIECE)
                                    : NULL;

  set_place (&self->anchor, get_thought (piece) != NULL ? piece : NULL, 0);
  if (take_place (self, x, y, &self->anchor))
    set_place (&self->end, self->anchor.piece, self->anchor.byte);
}

static void
drag_begin_cb (GtkGestureDrag  *gesture,
               double           x,
               double           y,
               BaleenSelection *self)
{
  const GdkModifierType modifiers
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (is_over_control (self, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->is_dragging = FALSE;
  if ((modifiers & GDK_SHIFT_MASK) != 0 && self->anchor.piece != NULL)
    {
      drag_to (self, x, y);
      return;
    }
  press (self, x, y);
  paint (self);
}

static void
drag_update_cb (GtkGestureDrag  *gesture,
                double           dx,
                double           dy,
                BaleenSelection *self)
{
  double x, y;

  if (!self->is_dragging && ABS (dx) + ABS (dy) < DRAG_THRESHOLD)
    return;
  if (!self->is_dragging)
    {
      self->is_dragging = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      self->scroll_source = g_timeout_add (SCROLL_MILLISECONDS, scroll_cb, self);
    }
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->drag_x = x + dx;
  self->drag_y = y + dy;
  drag_to (self, self->drag_x, self->drag_y);
}

static void
set_primary (BaleenSelection *self)
{
  g_autoptr (GPtrArray) blocks = baleen_selection_dup_blocks (self);
  g_autofree char *text = baleen_blocks_to_plain (blocks);

  gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (self->root), text);
}

static void
drag_end_cb (GtkGestureDrag  *gesture,
             double           dx,
             double           dy,
             BaleenSelection *self)
{
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  self->is_dragging = FALSE;
  if (!baleen_selection_get_is_empty (self))
    set_primary (self);
}

/* ---- words and lines ------------------------------------------------------------------ */

static void
select_bytes (BaleenSelection *self,
              GtkWidget       *piece,
              gsize            start,
              gsize            end)
{
  set_place (&self->anchor, piece, start);
  set_place (&self->end, piece, end);
  paint (self);
}

/* The boundaries of the word around a byte, as Pango sees words: Chinese ones too. */
static void
find_word (const char *text,
           gsize       byte,
           gsize      *start,
           gsize      *end)
{
  const int n = g_utf8_strlen (text, -1);
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, n + 1);
  int at = g_utf8_pointer_to_offset (text, text + byte);
  int from, to;

  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), attributes, n + 1);
  for (from = MIN (at, n); from > 0 && !attributes[from].is_word_start; from--)
    ;
  for (to = MIN (at + 1, n); to < n && !attributes[to].is_word_end; to++)
    ;
  *start = g_utf8_offset_to_pointer (text, from) - text;
  *end = g_utf8_offset_to_pointer (text, to) - text;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BaleenSelection *self)
{
  GtkWidget *piece = self->anchor.piece;
  gsize start, end;

  if (n_press < 2 || piece == NULL || is_over_control (self, x, y))
    return;
  if (n_press == 2)
    find_word (baleen_text_piece_get_text (BALEEN_TEXT_PIECE (piece)), self->anchor.byte, &start,
               &end);
  else
    start = 0, end = length_of (piece);
  select_bytes (self, piece, start, end);
  set_primary (self);
}

/* ---- asked for ------------------------------------------------------------------------ */

static void
baleen_selection_dispose (GObject *object)
{
  BaleenSelection *self = BALEEN_SELECTION (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_weak_pointer (&self->anchor.piece);
  g_clear_weak_pointer (&self->end.piece);
  G_OBJECT_CLASS (baleen_selection_parent_class)->dispose (object);
}

static void
baleen_selection_class_init (BaleenSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_selection_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_selection_init (BaleenSelection *self)
{
}

BaleenSelection *
baleen_selection_new (GtkWidget *root)
{
  BaleenSelection *self = g_object_new (BALEEN_TYPE_SELECTION, NULL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->root = root;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (root, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (root, GTK_EVENT_CONTROLLER (click));
  return self;
}

gboolean
baleen_selection_get_is_empty (BaleenSelection *self)
{
  g_autoptr (GPtrArray) pieces = list_pieces (self);
  guint first, last;
  gsize start, end;

  return !get_range (self, pieces, &first, &last, &start, &end);
}

void
baleen_selection_begin (BaleenSelection *self,
                        GtkWidget       *widget)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();

  collect (widget, FALSE, pieces);
  if (pieces->len > 0)
    select_bytes (self, pieces->pdata[0], 0, 0);
}

void
baleen_selection_select_all (BaleenSelection *self,
                             GtkWidget       *widget)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();

  collect (widget, FALSE, pieces);
  if (pieces->len == 0)
    return;
  set_place (&self->anchor, pieces->pdata[0], 0);
  set_place (&self->end, pieces->pdata[pieces->len - 1],
             length_of (pieces->pdata[pieces->len - 1]));
  paint (self);
}

gboolean
baleen_selection_has_all_of (BaleenSelection *self,
                             GtkWidget       *widget)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();
  gsize start, end;

  collect (widget, FALSE, pieces);
  for (guint i = 0; i < pieces->len; i++)
    if (length_of (pieces->pdata[i]) > 0
        && (!baleen_text_piece_get_selection (pieces->pdata[i], &start, &end) || start > 0
            || end < length_of (pieces->pdata[i])))
      return FALSE;
  return pieces->len > 0;
}

/* One step from the end of the selection, over the edge of its piece into the next. */
static gboolean
step (BaleenSelection *self,
      GPtrArray       *pieces,
      int              direction)
{
  const char *text = baleen_text_piece_get_text (BALEEN_TEXT_PIECE (self->end.piece));
  const char *p = text + self->end.byte;
  guint at;

  if (direction > 0 && *p != '\0')
    {
      self->end.byte = g_utf8_next_char (p) - text;
      return TRUE;
    }
  if (direction < 0 && p > text)
    {
      self->end.byte = g_utf8_prev_char (p) - text;
      return TRUE;
    }
  if (!g_ptr_array_find (pieces, self->end.piece, &at)
      || (direction < 0 ? at == 0 : at + 1 >= pieces->len))
    return FALSE;
  set_place (&self->end, pieces->pdata[at + direction],
             direction > 0 ? 0 : length_of (pieces->pdata[at + direction]));
  return TRUE;
}

static gboolean
is_at_word_edge (Place *place)
{
  const char *text = baleen_text_piece_get_text (BALEEN_TEXT_PIECE (place->piece));
  const char *p = text + place->byte;

  return *p == '\0' || p == text
         || g_unichar_isspace (g_utf8_get_char (p))
                != g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (p)));
}

void
baleen_selection_extend (BaleenSelection *self,
                         int              direction,
                         gboolean         is_far,
                         gboolean         is_vertical)
{
  g_autoptr (GPtrArray) pieces = list_pieces (self);
  guint at;

  if (self->end.piece == NULL)
    return;
  if (is_vertical)
    {
      if (!g_ptr_array_find (pieces, self->end.piece, &at))
        return;
      if (direction > 0 && self->end.byte < length_of (self->end.piece))
        self->end.byte = length_of (self->end.piece);
      else if (direction < 0 && self->end.byte > 0)
        self->end.byte = 0;
      else if (direction < 0 ? at > 0 : at + 1 < pieces->len)
        set_place (&self->end, pieces->pdata[at + direction],
                   direction > 0 ? length_of (pieces->pdata[at + direction]) : 0);
    }
  else if (step (self, pieces, direction) && is_far)
    {
      while (!is_at_word_edge (&self->end) && step (self, pieces, direction))
        ;
    }
  paint (self);
}

/* ---- what is copied ------------------------------------------------------------------- */

static BaleenBlock *
block_from_rich (const BaleenRichText *rich,
                 gsize                 start,
                 gsize                 end)
{
  BaleenBlock *block = baleen_block_new (BALEEN_BLOCK_TEXT, "");

  baleen_rich_text_free (block->rich);
  block->rich = baleen_rich_text_slice (rich, start, end);
  return block;
}

/* Part of a block: of words a slice with its styles, of code and tables what is selected as
 * they show it. A part that does not begin the block has no marker. */
static BaleenBlock *
make_part (const BaleenBlock *from,
           GPtrArray         *pieces,
           guint              first,
           guint              last)
{
  gsize start, end;
  BaleenBlock *block;

  if (pieces->pdata[first] == pieces->pdata[last] && from->kind != BALEEN_BLOCK_CODE)
    {
      baleen_text_piece_get_selection (pieces->pdata[first], &start, &end);
      block = block_from_rich (baleen_text_piece_get_rich (pieces->pdata[first]), start, end);
      if (from->kind == BALEEN_BLOCK_TEXT && start == 0 && from->marker != NULL)
        {
          g_free (block->path);
          block->path = g_strdup (from->path);
          block->marker = g_strdup (from->marker);
          block->task = from->task;
          block->is_tight = from->is_tight;
        }
      return block;
    }

  block = baleen_block_new (from->kind == BALEEN_BLOCK_CODE ? BALEEN_BLOCK_CODE
                                                            : BALEEN_BLOCK_TEXT,
                            "");
  block->language = g_strdup (from->language);
  for (guint i = first; i <= last; i++)
    {
      const char *text = baleen_text_piece_get_text (pieces->pdata[i]);

      if (i > first && from->kind == BALEEN_BLOCK_TABLE)
        g_string_append_c (block->rich->text, '\t');
      else if (i > first && g_object_get_data (pieces->pdata[i - 1], "goes-on") == NULL)
        g_string_append_c (block->rich->text, '\n');
      if (baleen_text_piece_get_selection (pieces->pdata[i], &start, &end))
        g_string_append_len (block->rich->text, text + start, end - start);
    }
  return block;
}

GPtrArray *
baleen_selection_dup_blocks (BaleenSelection *self)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_block_free);
  g_autoptr (GPtrArray) pieces = list_pieces (self);
  guint first, last;
  gsize start, end;

  if (!get_range (self, pieces, &first, &last, &start, &end))
    return blocks;
  while (first <= last)
    {
      GtkWidget *view = gtk_widget_get_ancestor (pieces->pdata[first], BALEEN_TYPE_BLOCK_VIEW);
      guint stop = first;

      while (view != NULL && stop < last
             && gtk_widget_is_ancestor (pieces->pdata[stop + 1], view))
        stop++;
      if (view == NULL)
        {
          /* What the user wrote is no Markdown. */
          baleen_text_piece_get_selection (pieces->pdata[first], &start, &end);
          g_ptr_array_add (blocks,
                           block_from_rich (baleen_text_piece_get_rich (pieces->pdata[first]),
                                            start, end));
        }
      else
        {
          const BaleenBlock *block = baleen_block_view_get_block (BALEEN_BLOCK_VIEW (view));

          g_ptr_array_add (blocks, baleen_selection_has_all_of (self, view)
                                       ? baleen_block_copy (block)
                                       : make_part (block, pieces, first, stop));
        }
      first = stop + 1;
    }
  return blocks;
}

void
baleen_selection_copy (BaleenSelection *self)
{
  g_autoptr (GPtrArray) blocks = baleen_selection_dup_blocks (self);
  g_autofree char *text = baleen_blocks_to_plain (blocks);
  g_autofree char *markdown = baleen_blocks_to_markdown (blocks);
  g_autofree char *html = baleen_blocks_to_html (blocks);

  clipboard_set_formats (gtk_widget_get_clipboard (self->root), text, markdown, html);
}
