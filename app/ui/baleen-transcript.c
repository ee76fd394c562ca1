#include "baleen-transcript-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "baleen-text-piece.h"
#include "found-words.h"

G_DEFINE_FINAL_TYPE (BaleenTranscript, baleen_transcript, GTK_TYPE_WIDGET)

enum
{
  WANTED,
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A conversation shows its end first; older rows come in batches when their place comes near,
 * and leave again while the end is followed. */
#define ROWS_AT_FIRST 12
#define ROWS_SOON 40
#define ROWS_A_MOMENT 4
#define ROWS_A_BATCH 30
#define ROWS_AT_MOST 120
#define NEAR_TOP 400

static BaleenMessageRow *
row_of (GtkWidget *child)
{
  return BALEEN_MESSAGE_ROW (child);
}

/* ---- where the view stands ------------------------------------------------------------ */

/* Rows changed their heights. This is heard in the middle of the viewport's allocation, where
 * a new value would be remembered and not be drawn. */
static void
changed_cb (GtkAdjustment    *adjustment,
            BaleenTranscript *self)
{
  self->is_unsettled = TRUE;
}

/* After everything has its place, and before anything is drawn: what is moved now is laid out
 * again in the same frame. */
static void
layout_cb (GdkFrameClock    *clock,
           BaleenTranscript *self)
{
  if (!self->is_unsettled)
    return;

  self->is_unsettled = FALSE;
  baleen_transcript_settle (self);
  baleen_transcript_update_jump (self);
}

static void add_older (BaleenTranscript *self);

/* The reader scrolled: at the end the end is followed, anywhere else nothing moves. */
static void
value_changed_cb (GtkAdjustment    *adjustment,
                  BaleenTranscript *self)
{
  if (!self->is_adjusting)
    {
      self->is_following = baleen_transcript_is_at_end (self);
      baleen_transcript_take_anchor (self);
      if (gtk_adjustment_get_value (adjustment) < NEAR_TOP)
        add_older (self);
    }
  baleen_transcript_update_jump (self);
}

/* ---- rows ----------------------------------------------------------------------------- */

static void
wanted_cb (BaleenMessageRow *row,
           int               wish,
           guint             position,
           BaleenTranscript *self)
{
  g_signal_emit (self, signals[WANTED], 0, baleen_message_row_get_message (row), wish, position);
}

static void
edited_cb (BaleenMessageRow *row,
           const char       *text,
           gboolean          think,
           BaleenTranscript *self)
{
  g_signal_emit (self, signals[EDITED], 0, baleen_message_row_get_message (row), text, think);
}

static GtkWidget *
make_row (BaleenTranscript *self,
          guint             position)
{
  g_autoptr (BaleenMessage) message
      = g_list_model_get_item (G_LIST_MODEL (self->conversation), position);
  GtkWidget *row = baleen_message_row_new (self->conversation, message);

  g_signal_connect (row, "wanted", G_CALLBACK (wanted_cb), self);
  g_signal_connect (row, "edited", G_CALLBACK (edited_cb), self);
  return row;
}

static void
remove_row (BaleenTranscript *self,
            GtkWidget        *row)
{
  if (self->anchor == row)
    baleen_transcript_set_anchor (self, NULL, 0);
  gtk_box_remove (GTK_BOX (self->rows), row);
}

static void
add_some_older (BaleenTranscript *self,
                guint             n_most)
{
  const guint n = MIN (self->first, n_most);

  if (n == 0)
    return;
  if (self->anchor == NULL)
    baleen_transcript_take_anchor (self);
  for (guint i = 0; i < n; i++)
    gtk_box_prepend (GTK_BOX (self->rows), make_row (self, self->first - 1 - i));
  self->first -= n;
}

static void
add_older (BaleenTranscript *self)
{
  add_some_older (self, ROWS_A_BATCH);
}

/* A few at a time between frames, so that nobody waits for them. */
static gboolean
soon_cb (gpointer user_data)
{
  BaleenTranscript *self = user_data;
  const guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->conversation)) - self->first;

  if (n_rows < ROWS_SOON && self->first > 0)
    {
      add_some_older (self, ROWS_A_MOMENT);
      return G_SOURCE_CONTINUE;
    }
  self->soon_source = 0;
  return G_SOURCE_REMOVE;
}

/* Where the rows begin when a conversation is shown from its end. */
static void
begin_at_end (BaleenTranscript *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  self->first = n_items > ROWS_AT_FIRST ? n_items - ROWS_AT_FIRST : 0;
  if (self->first > 0 && self->soon_source == 0)
    self->soon_source = g_idle_add_full (G_PRIORITY_LOW, soon_cb, self, NULL);
}

/* Only while the end is followed: nobody reads what goes. */
static void
drop_oldest (BaleenTranscript *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  while (self->is_following && n_items - self->first > ROWS_AT_MOST)
    {
      remove_row (self, gtk_widget_get_first_child (self->rows));
      self->first++;
    }
}

static void
mark_last (BaleenTranscript *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->rows);

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    baleen_message_row_set_is_last (row_of (row), row == last);
}

static void
running_cb (BaleenMessage    *message,
            GParamSpec       *pspec,
            BaleenTranscript *self)
{
  if (baleen_state_is_running (baleen_message_get_state (message)))
    return;

  g_signal_handlers_disconnect_by_func (message, running_cb, self);
  g_clear_object (&self->running);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_STATE_BUSY, FALSE, -1);
  baleen_transcript_update_jump (self);
}

/* The answer being written, if it is among what is shown. */
static void
watch_running (BaleenTranscript *self)
{
  BaleenMessage *running
      = self->conversation != NULL ? baleen_conversation_get_running (self->conversation) : NULL;

  if (self->running == running)
    return;
  if (self->running != NULL)
    g_signal_handlers_disconnect_by_func (self->running, running_cb, self);
  g_set_object (&self->running, running);
  if (running != NULL)
    g_signal_connect_object (running, "notify::state", G_CALLBACK (running_cb), self, 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_STATE_BUSY,
                               running != NULL, -1);
}

static GtkWidget *
get_row_at (BaleenTranscript *self,
            guint             position)
{
  GtkWidget *row = gtk_widget_get_first_child (self->rows);

  for (guint i = self->first; row != NULL && i < position; i++)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* The focus in a row that goes would be given to whatever comes next in the window. */
static gboolean
take_focus_away (BaleenTranscript *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || baleen_transcript_get_focus_row (self) == NULL)
    return FALSE;
  gtk_root_set_focus (root, NULL);
  return TRUE;
}

static void
give_focus_back (BaleenTranscript *self,
                 GtkWidget        *row)
{
  if (row == NULL)
    row = gtk_widget_get_last_child (self->rows);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
items_changed_cb (GListModel       *model,
                  guint             position,
                  guint             n_removed,
                  guint             n_added,
                  BaleenTranscript *self)
{
  const guint n_items = g_list_model_get_n_items (model);
  BaleenMessageRow *in_focus = baleen_transcript_get_focus_row (self);
  GtkWidget *focus_row = in_focus != NULL ? GTK_WIDGET (in_focus) : NULL;
  gboolean had_focus = FALSE;
  GtkWidget *row;

  for (guint i = 0; focus_row != NULL && i < n_removed; i++)
    had_focus = had_focus || get_row_at (self, position + i) == focus_row;
  had_focus = had_focus && take_focus_away (self);
  if (position < self->first || (position == 0 && n_added > ROWS_AT_FIRST))
    {
      /* A branch above what is realized, or a whole conversation that was read from disk:
       * everything is shown anew from its end. */
      while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
        remove_row (self, row);
      begin_at_end (self);
      position = self->first;
      n_added = n_items - position;
      n_removed = 0;
    }
  for (guint i = 0; i < n_removed; i++)
    if ((row = get_row_at (self, position)) != NULL)
      remove_row (self, row);
  for (guint i = 0; i < n_added; i++)
    {
      GtkWidget *before = position + i > self->first ? get_row_at (self, position + i - 1) : NULL;

      gtk_box_insert_child_after (GTK_BOX (self->rows), make_row (self, position + i), before);
    }
  drop_oldest (self);
  mark_last (self);
  watch_running (self);
  baleen_transcript_update_jump (self);
  if (had_focus)
    give_focus_back (self, get_row_at (self, position));
}

static void
fill (BaleenTranscript *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->conversation));

  begin_at_end (self);
  for (guint i = self->first; i < n_items; i++)
    gtk_box_append (GTK_BOX (self->rows), make_row (self, i));
  mark_last (self);
}

void
baleen_transcript_set_conversation (BaleenTranscript   *self,
                                    BaleenConversation *conversation)
{
  GtkWidget *row;

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, items_changed_cb, self);

  g_clear_handle_id (&self->soon_source, g_source_remove);
  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    remove_row (self, row);
  g_set_object (&self->conversation, conversation);
  self->is_following = TRUE;
  if (conversation != NULL)
    {
      g_signal_connect_object (conversation, "items-changed", G_CALLBACK (items_changed_cb), self,
                               0);
      fill (self);
    }
  watch_running (self);
  baleen_transcript_update_jump (self);
}

/* ---- moving --------------------------------------------------------------------------- */

void
baleen_transcript_set_stays (BaleenTranscript *self,
                             gboolean          stays)
{
  self->stays = stays;
}

void
baleen_transcript_jump_to_end (BaleenTranscript *self)
{
  self->is_following = TRUE;
  baleen_transcript_settle (self);
  baleen_transcript_update_jump (self);
}

void
baleen_transcript_follow_if_at_end (BaleenTranscript *self)
{
  if (baleen_transcript_is_at_end (self))
    baleen_transcript_jump_to_end (self);
}

void
baleen_transcript_jump_to_start (BaleenTranscript *self)
{
  while (self->first > 0)
    add_older (self);
  self->is_following = FALSE;
  baleen_transcript_set_anchor (self, gtk_widget_get_first_child (self->rows), 0);
  baleen_transcript_settle (self);
  baleen_transcript_update_jump (self);
}

void
baleen_transcript_show_sibling (BaleenTranscript *self,
                                BaleenMessage    *message,
                                guint             sibling)
{
  BaleenMessageRow *row = baleen_transcript_get_row (self, message);
  const double top = row != NULL ? baleen_transcript_get_top (self, GTK_WIDGET (row)) : 0;
  const double offset = gtk_adjustment_get_value (self->adjustment) - top;
  guint position = self->first;

  for (GtkWidget *each = GTK_WIDGET (row); each != NULL
       && (each = gtk_widget_get_prev_sibling (each)) != NULL;)
    position++;
  baleen_conversation_show_sibling (self->conversation, message, sibling);
  if (row == NULL)
    return;

  self->is_following = FALSE;
  baleen_transcript_set_anchor (self, get_row_at (self, position), offset);
}

static gboolean
has_above (BaleenTranscript *self,
           BaleenMessage    *message)
{
  for (guint i = 0; i < self->first; i++)
    {
      g_autoptr (BaleenMessage) above
          = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);

      if (above == message)
        return TRUE;
    }
  return FALSE;
}

void
baleen_transcript_show_message (BaleenTranscript *self,
                                BaleenMessage    *message,
                                gboolean          is_focused)
{
  BaleenMessageRow *row;

  if (self->conversation == NULL)
    return;
  while (has_above (self, message))
    add_older (self);
  row = baleen_transcript_get_row (self, message);
  if (row == NULL)
    return;

  if (is_focused)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->is_following = FALSE;
  baleen_message_row_show_start (row);
  baleen_transcript_set_anchor (self, GTK_WIDGET (row), -FOUND_MARGIN);
  /* New rows have no places before the next layout. */
  self->is_unsettled = TRUE;
  gtk_widget_queue_allocate (self->rows);
  baleen_transcript_update_jump (self);
}

gboolean
baleen_transcript_shows_start (BaleenTranscript *self,
                               BaleenMessage    *message)
{
  BaleenMessageRow *row = baleen_transcript_get_row (self, message);
  const double view = gtk_adjustment_get_value (self->adjustment);
  const double top = row != NULL ? baleen_transcript_get_top (self, GTK_WIDGET (row)) : -1;

  return top >= view && top < view + gtk_adjustment_get_page_size (self->adjustment) / 2;
}

void
baleen_transcript_bring_into_view (BaleenTranscript *self,
                                   BaleenMessage    *message)
{
  BaleenMessageRow *row = baleen_transcript_get_row (self, message);
  const double view = gtk_adjustment_get_value (self->adjustment);
  const double top = row != NULL ? baleen_transcript_get_top (self, GTK_WIDGET (row)) : view;

  if (row == NULL || gtk_widget_get_height (GTK_WIDGET (row)) == 0)
    return;
  if (top >= view + gtk_adjustment_get_page_size (self->adjustment)
      || top + gtk_widget_get_height (GTK_WIDGET (row)) <= view)
    baleen_transcript_show_message (self, message, FALSE);
}

void
baleen_transcript_show_found (BaleenTranscript *self,
                              const char       *words,
                              BaleenMessage    *message,
                              guint             nth)
{
  BaleenMessageRow *row;

  found_words_set (self->rows, words);
  if (self->found != NULL)
    baleen_text_piece_set_found (BALEEN_TEXT_PIECE (self->found), 0, 0);
  for (GtkWidget *each = gtk_widget_get_first_child (self->rows); each != NULL;
       each = gtk_widget_get_next_sibling (each))
    gtk_widget_remove_css_class (each, "found");
  g_clear_weak_pointer (&self->found);
  while (message != NULL && has_above (self, message))
    add_older (self);
  row = message != NULL ? baleen_transcript_get_row (self, message) : NULL;
  if (row == NULL)
    return;

  gtk_widget_add_css_class (GTK_WIDGET (row), "found");
  g_set_weak_pointer (&self->found, baleen_message_row_show_found (row, nth));
  if (baleen_transcript_is_found_in_view (self))
    return;
  baleen_transcript_show_message (self, message, FALSE);
  self->is_found_near = self->found != NULL;
}

/* The view moves only as far as it must to show the row that got the focus. */
static void
reveal (BaleenTranscript *self,
        GtkWidget        *row)
{
  const double page = gtk_adjustment_get_page_size (self->adjustment);
  const double value = gtk_adjustment_get_value (self->adjustment);
  const double top = baleen_transcript_get_top (self, row);
  const double bottom = top + gtk_widget_get_height (row);

  if (top < value || bottom - top > page)
    gtk_adjustment_set_value (self->adjustment, top);
  else if (bottom > value + page)
    gtk_adjustment_set_value (self->adjustment, bottom - page);
}

void
baleen_transcript_move_focus (BaleenTranscript *self,
                              int               direction)
{
  BaleenMessageRow *from = baleen_transcript_get_focus_row (self);
  GtkWidget *to;

  if (from == NULL)
    to = gtk_widget_get_last_child (self->rows);
  else if (direction < 0)
    to = gtk_widget_get_prev_sibling (GTK_WIDGET (from));
  else
    to = gtk_widget_get_next_sibling (GTK_WIDGET (from));
  if (to == NULL)
    return;

  gtk_widget_grab_focus (to);
  reveal (self, to);
}

BaleenMessageRow *
baleen_transcript_get_focus_row (BaleenTranscript *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row
      = focus != NULL ? gtk_widget_get_ancestor (focus, BALEEN_TYPE_MESSAGE_ROW) : NULL;

  if (focus != NULL && BALEEN_IS_MESSAGE_ROW (focus))
    row = focus;
  return row != NULL ? row_of (row) : NULL;
}

BaleenMessageRow *
baleen_transcript_get_row (BaleenTranscript *self,
                           BaleenMessage    *message)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (baleen_message_row_get_message (row_of (row)) == message)
      return row_of (row);
  return NULL;
}

/* The order of Tab stops here once, at the last row, and goes through the controls of the row
 * it is in; other rows are reached with the keys for messages. */
/* A row may be higher than the view: what has the focus in it is brought there. */
static gboolean
move_focus_in_row (BaleenTranscript *self,
                   GtkWidget        *row,
                   GtkDirectionType  direction)
{
  const double value = gtk_adjustment_get_value (self->adjustment);
  const double page = gtk_adjustment_get_page_size (self->adjustment);
  graphene_rect_t place;

  if (!gtk_widget_child_focus (row, direction))
    return FALSE;
  if (!gtk_widget_compute_bounds (gtk_root_get_focus (gtk_widget_get_root (row)), self->scroller,
                                  &place))
    return TRUE;
  graphene_rect_inset (&place, 0, -FOUND_MARGIN);
  if (place.origin.y < 0)
    gtk_adjustment_set_value (self->adjustment, value + place.origin.y);
  else if (place.origin.y + place.size.height > page)
    gtk_adjustment_set_value (self->adjustment,
                              value + place.origin.y + place.size.height - page);
  return TRUE;
}

static gboolean
baleen_transcript_focus (GtkWidget       *widget,
                         GtkDirectionType direction)
{
  BaleenTranscript *self = BALEEN_TRANSCRIPT (widget);
  BaleenMessageRow *row = baleen_transcript_get_focus_row (self);
  GtkWidget *last = gtk_widget_get_last_child (self->rows);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (baleen_transcript_parent_class)->focus (widget, direction);
  if (row != NULL)
    return move_focus_in_row (self, GTK_WIDGET (row), direction);
  if (last == NULL || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  gtk_widget_grab_focus (last);
  reveal (self, last);
  return TRUE;
}

/* Who is in a row reads it: nothing moves from here on. */
static void
entered_cb (BaleenTranscript *self)
{
  self->is_following = FALSE;
  baleen_transcript_take_anchor (self);
}

/* Who selects reads, too. */
static void
selection_cb (BaleenTranscript *self)
{
  if (!baleen_selection_get_is_empty (self->selection))
    entered_cb (self);
}

BaleenSelection *
baleen_transcript_get_selection (BaleenTranscript *self)
{
  return self->selection;
}

static void
jump_cb (BaleenTranscript *self)
{
  baleen_transcript_jump_to_end (self);
}

static void
baleen_transcript_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baleen_transcript_parent_class)->realize (widget);
  g_signal_connect_after (gtk_widget_get_frame_clock (widget), "layout", G_CALLBACK (layout_cb),
                          widget);
}

static void
baleen_transcript_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (widget), layout_cb, widget);
  GTK_WIDGET_CLASS (baleen_transcript_parent_class)->unrealize (widget);
}

static void
baleen_transcript_dispose (GObject *object)
{
  BaleenTranscript *self = BALEEN_TRANSCRIPT (object);
  GtkWidget *child;

  if (self->rows != NULL)
    baleen_transcript_set_conversation (self, NULL);
  g_clear_weak_pointer (&self->found);
  g_clear_weak_pointer (&self->place);
  self->rows = NULL;
  g_clear_object (&self->selection);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (baleen_transcript_parent_class)->dispose (object);
}

static void
baleen_transcript_class_init (BaleenTranscriptClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_transcript_dispose;
  widget_class->focus = baleen_transcript_focus;
  widget_class->realize = baleen_transcript_realize;
  widget_class->unrealize = baleen_transcript_unrealize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/baleen/Baleen/baleen-transcript.ui");
  gtk_widget_class_bind_template_child (widget_class, BaleenTranscript, scroller);
  gtk_widget_class_bind_template_child (widget_class, BaleenTranscript, rows);
  gtk_widget_class_bind_template_child (widget_class, BaleenTranscript, jump);
  gtk_widget_class_bind_template_child (widget_class, BaleenTranscript, jump_label);
  gtk_widget_class_bind_template_callback (widget_class, jump_cb);

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, BALEEN_TYPE_MESSAGE, G_TYPE_STRING,
                                  G_TYPE_BOOLEAN);
  signals[WANTED]
      = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, BALEEN_TYPE_MESSAGE, G_TYPE_INT, G_TYPE_UINT);
}

static void
baleen_transcript_init (BaleenTranscript *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (self->rows, focus);
  baleen_transcript_hear_keys (self);
  self->selection = baleen_selection_new (self->rows);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  self->is_following = TRUE;
  self->adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                           0);
}
