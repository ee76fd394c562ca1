#include "baleen-answer-view.h"

#include <string.h>

#include "baleen-block-view.h"
#include "markdown-cutter.h"
#include "markdown-parser.h"
#include "markdown-parting.h"

struct _BaleenAnswerView
{
  GtkWidget parent_instance;

  GtkWidget *group;        /* (nullable) the last one, which takes new blocks */
  guint n_in_group;
  GPtrArray *waiting;      /* the BaleenBlocks that were there first, in order */
  guint gap_start;         /* from this one of them on they have no widgets yet and are owned */
  guint gap_end;           /* up to this one */
  GtkWidget *below_gap;    /* (nullable) the block view of the latter */
  guint waiting_tick;
  gboolean is_whole;       /* nothing is live: all of the text was taken as finished */
  gboolean is_folded;
  GPtrArray *live;         /* (owned) the BaleenBlockViews that text may still change */
  guint n_finished;        /* blocks above the live ones */
  gsize live_start;        /* where their source begins, in bytes */
  GtkWidget *above;        /* (nullable) the block view above the live ones */
  GString *definitions;    /* (owned) of links, from what is finished */
  GPtrArray *sources;      /* (owned) (nullable) */
  char *held;              /* (owned) (nullable) the live source, while its end is held back */
  guint held_source;
};

G_DEFINE_FINAL_TYPE (BaleenAnswerView, baleen_answer_view, GTK_TYPE_WIDGET)

/* Blocks stand in groups: when one changes, only its group is measured and drawn again. */
#define BLOCKS_A_GROUP 24

/* A block takes some 18 KiB as a widget: a model that repeats itself for a megabyte would fill the
 * memory with items of a list. What comes after so many is shown as it was written. */
#define FORMATTED_BLOCKS 4000

/* So many widgets are made before the first frame; those of a longer answer come a few
 * milliseconds' worth a frame, from its end upwards. */
#define BLOCKS_AT_ONCE 40
#define BLOCKS_A_FRAME 5
#define SLICE_MICROSECONDS 2000

/* How long a mark at the end waits for what decides what it is. */
#define HOLD_MILLISECONDS 300

#define GAP 12
#define TIGHT_GAP 4
#define HEADING_GAP 20
#define HEADING_BELOW 8

static void
stop_waiting (BaleenAnswerView *self)
{
  if (self->waiting_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->waiting_tick);
  self->waiting_tick = 0;
}

static void
remove_blocks (BaleenAnswerView *self)
{
  GtkWidget *child;

  for (guint i = self->gap_start; i < self->gap_end; i++)
    baleen_block_free (self->waiting->pdata[i]);
  g_ptr_array_set_size (self->waiting, 0);
  stop_waiting (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->live, 0);
  g_string_truncate (self->definitions, 0);
  self->group = NULL;
  self->gap_start = self->gap_end = 0;
  self->below_gap = NULL;
  self->above = NULL;
  self->live_start = 0;
  self->n_finished = 0;
  self->is_whole = FALSE;
}

static void
baleen_answer_view_dispose (GObject *object)
{
  BaleenAnswerView *self = BALEEN_ANSWER_VIEW (object);

  g_clear_handle_id (&self->held_source, g_source_remove);
  remove_blocks (self);
  G_OBJECT_CLASS (baleen_answer_view_parent_class)->dispose (object);
}

static void
baleen_answer_view_finalize (GObject *object)
{
  BaleenAnswerView *self = BALEEN_ANSWER_VIEW (object);

  g_ptr_array_unref (self->live);
  g_ptr_array_unref (self->waiting);
  g_string_free (self->definitions, TRUE);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self->held);
  G_OBJECT_CLASS (baleen_answer_view_parent_class)->finalize (object);
}

static void
baleen_answer_view_class_init (BaleenAnswerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_answer_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_answer_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_answer_view_init (BaleenAnswerView *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->live = g_ptr_array_new ();
  self->waiting = g_ptr_array_new ();
  self->definitions = g_string_new (NULL);
}

GtkWidget *
baleen_answer_view_new (void)
{
  return g_object_new (BALEEN_TYPE_ANSWER_VIEW, NULL);
}

/* ---- blocks --------------------------------------------------------------------------- */

static GtkWidget *
group_new (void)
{
  return g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
}

static void
append_block (BaleenAnswerView *self,
              GtkWidget        *view)
{
  if (self->group == NULL || self->n_in_group >= BLOCKS_A_GROUP)
    {
      self->group = group_new ();
      gtk_widget_set_parent (self->group, GTK_WIDGET (self));
      self->n_in_group = 0;
    }
  gtk_box_append (GTK_BOX (self->group), view);
  self->n_in_group++;
}

/* Live blocks may lie in more than one group; a group that loses its last one goes. */
static void
remove_block (BaleenAnswerView *self,
              GtkWidget        *view)
{
  GtkWidget *group = gtk_widget_get_parent (view);

  gtk_box_remove (GTK_BOX (group), view);
  if (gtk_widget_get_first_child (group) != NULL)
    {
      if (group == self->group)
        self->n_in_group--;
      return;
    }
  gtk_widget_unparent (group);
  self->group = gtk_widget_get_last_child (GTK_WIDGET (self));
  self->n_in_group = 0;
  for (GtkWidget *child = self->group != NULL ? gtk_widget_get_first_child (self->group) : NULL;
       child != NULL; child = gtk_widget_get_next_sibling (child))
    self->n_in_group++;
}

static guint
count_shared_quotes (const char *a,
                     const char *b)
{
  guint n = 0;

  for (; *a != '\0' && *a == *b; a++, b++)
    n += *a == '>';
  return n;
}

static void
space_block (BaleenBlockView   *view,
             const BaleenBlock *above)
{
  const BaleenBlock *block = baleen_block_view_get_block (view);
  int gap = GAP;

  if (above == NULL || block->is_continued)
    gap = 0;
  else if (above->kind == BALEEN_BLOCK_HEADING)
    gap = HEADING_BELOW;
  else if (block->kind == BALEEN_BLOCK_HEADING)
    gap = HEADING_GAP;
  else if (block->is_tight && *above->path != '\0'
           && (above->is_tight || strlen (above->path) < strlen (block->path)))
    gap = TIGHT_GAP;
  baleen_block_view_set_gap (
      view, gap, above != NULL ? count_shared_quotes (above->path, block->path) : 0);
}

static const BaleenBlock *
block_of (GtkWidget *view)
{
  return view != NULL ? baleen_block_view_get_block (BALEEN_BLOCK_VIEW (view)) : NULL;
}

static GtkWidget *
last_live (BaleenAnswerView *self)
{
  return self->live->len > 0 ? self->live->pdata[self->live->len - 1] : NULL;
}

/* From the block on that cannot be shown by the widget in its place, widgets are made anew:
 * that is the last one, or nearly. */
static void
show_blocks (BaleenAnswerView *self,
             GPtrArray        *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      BaleenBlock *block = g_steal_pointer (&blocks->pdata[i]);
      GtkWidget *view = i < self->live->len ? self->live->pdata[i] : NULL;

      if (view != NULL && !baleen_block_view_update (BALEEN_BLOCK_VIEW (view), block))
        {
          while (self->live->len > i)
            remove_block (self, g_ptr_array_steal_index (self->live, self->live->len - 1));
          view = NULL;
        }
      if (view == NULL)
        {
          view = baleen_block_view_new (block, self->sources);
          append_block (self, view);
          g_ptr_array_add (self->live, view);
        }
      space_block (BALEEN_BLOCK_VIEW (view),
                   block_of (i > 0 ? self->live->pdata[i - 1] : self->above));
    }
  while (self->live->len > blocks->len)
    remove_block (self, g_ptr_array_steal_index (self->live, self->live->len - 1));
}

/* ---- blocks that wait ------------------------------------------------------------------- */

static GtkWidget *
make_view (BaleenAnswerView *self,
           guint             index)
{
  GtkWidget *view = baleen_block_view_new (self->waiting->pdata[index], self->sources);

  space_block (BALEEN_BLOCK_VIEW (view), index > 0 ? self->waiting->pdata[index - 1] : NULL);
  if (self->is_folded)
    baleen_block_view_fold (BALEEN_BLOCK_VIEW (view));
  return view;
}

/* The groups of those that wait are there, and empty: a group that came before others would have
 * the style of all of these looked up again. */
static GtkWidget *
get_group (BaleenAnswerView *self,
           guint             index)
{
  GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < index / BLOCKS_A_GROUP; i++)
    group = gtk_widget_get_next_sibling (group);
  return group;
}

/* The last of those that wait, above what stands below the gap. */
static void
raise_block (BaleenAnswerView *self)
{
  const guint index = --self->gap_end;
  GtkWidget *group = get_group (self, index);
  GtkWidget *view = make_view (self, index);
  GtkWidget *above = gtk_widget_get_parent (self->below_gap) == group
                         ? gtk_widget_get_prev_sibling (self->below_gap)
                         : gtk_widget_get_last_child (group);

  gtk_box_insert_child_after (GTK_BOX (group), view, above);
  self->below_gap = view;
}

/* What is made in a frame has to be measured and drawn in it, too. */
static gboolean
waiting_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  BaleenAnswerView *self = BALEEN_ANSWER_VIEW (widget);
  const gint64 until = g_get_monotonic_time () + SLICE_MICROSECONDS;

  for (guint i = 0; i < BLOCKS_A_FRAME && self->gap_start < self->gap_end
                    && (i == 0 || g_get_monotonic_time () < until);
       i++)
    raise_block (self);
  if (self->gap_start < self->gap_end)
    return G_SOURCE_CONTINUE;
  self->waiting_tick = 0;
  return G_SOURCE_REMOVE;
}

/* A conversation is opened at its end: so is an answer. */
static void
show_end_of_waiting (BaleenAnswerView *self)
{
  self->gap_end = self->waiting->len - MIN (self->waiting->len, BLOCKS_AT_ONCE);
  for (guint i = 0; i < self->gap_end; i += BLOCKS_A_GROUP)
    gtk_widget_set_parent (group_new (), GTK_WIDGET (self));
  for (guint i = self->gap_end; i < self->waiting->len; i++)
    {
      self->above = make_view (self, i);
      append_block (self, self->above);
      if (i == self->gap_end)
        self->below_gap = self->above;
    }
  if (self->gap_end > 0)
    self->waiting_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), waiting_cb, NULL, NULL);
}

void
baleen_answer_view_show_start (BaleenAnswerView *self)
{
  GtkWidget *view = NULL;

  while (self->gap_start < MIN (self->gap_end, BLOCKS_AT_ONCE))
    {
      GtkWidget *group = get_group (self, self->gap_start);
      GtkWidget *above = view != NULL && gtk_widget_get_parent (view) == group ? view : NULL;

      view = make_view (self, self->gap_start++);
      gtk_box_insert_child_after (GTK_BOX (group), view, above);
    }
}

void
baleen_answer_view_complete (BaleenAnswerView *self)
{
  while (self->gap_start < self->gap_end)
    raise_block (self);
  stop_waiting (self);
}

static void
mark_live (BaleenAnswerView *self,
           gboolean          is_live)
{
  GtkWidget *last = last_live (self) != NULL ? last_live (self) : self->above;

  if (last != NULL)
    baleen_block_view_set_is_live (BALEEN_BLOCK_VIEW (last), is_live);
}

/* Its elements are the caller's. */
static GPtrArray *
parse (BaleenAnswerView *self,
       const char       *source,
       gboolean          is_growing)
{
  GPtrArray *blocks = self->n_finished < FORMATTED_BLOCKS
                          ? baleen_markdown_parse (source, self->definitions->str, is_growing)
                          : baleen_blocks_of_plain (source);

  g_ptr_array_set_free_func (blocks, NULL);
  return blocks;
}

static void
show_source (BaleenAnswerView *self,
             const char       *source,
             gboolean          is_growing)
{
  g_autoptr (GPtrArray) blocks = parse (self, source, is_growing);

  show_blocks (self, blocks);
}

/* ---- text ----------------------------------------------------------------------------- */

static gboolean
held_cb (gpointer user_data)
{
  BaleenAnswerView *self = user_data;
  gboolean is_held;
  g_autofree char *source = baleen_markdown_complete (self->held, FALSE, &is_held);

  self->held_source = 0;
  mark_live (self, FALSE);
  show_source (self, source, TRUE);
  mark_live (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
show_growing (BaleenAnswerView *self,
              const char       *text)
{
  gboolean is_held;
  g_autofree char *source = baleen_markdown_complete (text, TRUE, &is_held);

  show_source (self, source, TRUE);
  mark_live (self, TRUE);
  if (!is_held)
    return;
  g_free (self->held);
  self->held = g_strdup (text);
  self->held_source = g_timeout_add (HOLD_MILLISECONDS, held_cb, self);
}

/* The next part that is finished, up to a cut. (transfer full) (nullable) */
static char *
next_part (BaleenAnswerView *self,
           const char       *text,
           gboolean          is_growing)
{
  const gsize cut = baleen_markdown_next_cut (text + self->live_start);
  char *part;

  if (cut == 0)
    return NULL;
  part = g_strndup (text + self->live_start, cut);
  if (is_growing)
    baleen_markdown_collect_definitions (part, cut, self->definitions);
  self->live_start += cut;
  return part;
}

/* What stands above the next cut is finished: shown as it is, and left alone. */
static gboolean
freeze_next (BaleenAnswerView *self,
             const char       *text,
             gboolean          is_growing)
{
  g_autofree char *part = next_part (self, text, is_growing);

  if (part == NULL)
    return FALSE;
  show_source (self, part, FALSE);
  self->n_finished += self->live->len;
  if (self->live->len > 0)
    self->above = last_live (self);
  g_ptr_array_set_size (self->live, 0);
  return TRUE;
}

static void
let_wait (BaleenAnswerView *self,
          GPtrArray        *blocks)
{
  self->n_finished += blocks->len;
  g_ptr_array_extend (self->waiting, blocks, NULL, NULL);
}

/* A text of which nothing was shown before: what of it is finished may be long. Of one that does
 * not grow all is; only where the last part is short its blocks stay alive all the same. */
static void
fill (BaleenAnswerView *self,
      const char       *text,
      gboolean          is_growing)
{
  char *part;

  while ((part = next_part (self, text, is_growing)) != NULL)
    {
      g_autoptr (GPtrArray) blocks = parse (self, part, FALSE);

      let_wait (self, blocks);
      g_free (part);
    }
  if (!is_growing)
    {
      g_autoptr (GPtrArray) blocks = parse (self, text + self->live_start, FALSE);

      self->is_whole = blocks->len > BLOCKS_AT_ONCE;
      if (self->is_whole)
        {
          let_wait (self, blocks);
          self->live_start = strlen (text);
        }
      else
        g_ptr_array_set_free_func (blocks, (GDestroyNotify) baleen_block_free);
    }
  show_end_of_waiting (self);
}

void
baleen_answer_view_set_text (BaleenAnswerView *self,
                             const char       *text,
                             gboolean          is_growing,
                             gboolean          is_new)
{
  const gsize length = strlen (text);

  g_clear_handle_id (&self->held_source, g_source_remove);
  if (is_new || self->live_start > length || (self->is_whole && self->live_start < length))
    remove_blocks (self);
  mark_live (self, FALSE);
  /* A text that is all there knows its definitions from the beginning. */
  if (!is_growing && self->live_start == 0 && self->live->len == 0)
    baleen_markdown_collect_definitions (text, length, self->definitions);

  if (gtk_widget_get_first_child (GTK_WIDGET (self)) == NULL)
    fill (self, text, is_growing);
  while (freeze_next (self, text, is_growing))
    ;
  if (is_growing)
    show_growing (self, text + self->live_start);
  else
    show_source (self, text + self->live_start, FALSE);
}

/* The block at a height of `within`, which holds us, or the first one below it. */
GtkWidget *
baleen_answer_view_find_block (BaleenAnswerView *self,
                               GtkWidget        *within,
                               double            y)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  graphene_rect_t bounds;

  while (child != NULL)
    {
      if (gtk_widget_get_height (child) == 0 || !gtk_widget_compute_bounds (child, within, &bounds)
          || bounds.origin.y + bounds.size.height <= y)
        child = gtk_widget_get_next_sibling (child);
      else if (BALEEN_IS_BLOCK_VIEW (child))
        return child;
      else
        child = gtk_widget_get_first_child (child);
    }
  return NULL;
}

static void
for_each_block (BaleenAnswerView *self,
                void              (*func) (BaleenBlockView *, gpointer),
                gpointer          data)
{
  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self)); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    for (GtkWidget *view = gtk_widget_get_first_child (group); view != NULL;
         view = gtk_widget_get_next_sibling (view))
      func (BALEEN_BLOCK_VIEW (view), data);
}

static void
set_sources_cb (BaleenBlockView *view,
                gpointer         sources)
{
  baleen_block_view_set_sources (view, sources);
}

void
baleen_answer_view_set_sources (BaleenAnswerView *self,
                                GPtrArray        *sources)
{
  if (self->sources == sources)
    return;
  if (sources != NULL)
    g_ptr_array_ref (sources);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  self->sources = sources;
  for_each_block (self, set_sources_cb, sources);
}

static void
fold_cb (BaleenBlockView *view,
         gpointer         data)
{
  baleen_block_view_fold (view);
}

void
baleen_answer_view_fold (BaleenAnswerView *self)
{
  self->is_folded = TRUE;
  for_each_block (self, fold_cb, NULL);
}
