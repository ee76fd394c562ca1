#include "baleen-summary-view.h"

#include <glib/gi18n.h>

#include "baleen-coverage-bar.h"
#include "baleen-summary-job.h"
#include "baleen-summary-tree.h"
#include "baleen-wrap-layout.h"

struct _BaleenSummaryView
{
  GtkWidget parent_instance;

  BaleenMessage *message;      /* (owned) */
  BaleenSummaryJob *job;       /* (owned) (nullable) while it is made */
  BaleenSummaryRecord *record; /* (owned) (nullable) as it is kept, else */
  gboolean is_folding;         /* the change of the message comes from here */

  GtkWidget *box;
  GtkWidget *running;  /* while it is made: */
  GtkWidget *parallel;
  GtkWidget *resume;   /* while it waits */
  GtkWidget *coverage;
  GtkWidget *words;
  GtkWidget *again;
  GtkWidget *tree;
  GtkWidget *done;     /* what can be done with a whole one */
};

G_DEFINE_FINAL_TYPE (BaleenSummaryView, baleen_summary_view, GTK_TYPE_WIDGET)

enum
{
  STATUS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const BaleenSummaryRecord *
get_record (BaleenSummaryView *self)
{
  return self->job != NULL ? baleen_summary_job_get_record (self->job) : self->record;
}

static void
wish (BaleenSummaryView *self,
      BaleenSummaryWish  wanted,
      guint              number,
      const char        *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.summary", "(xius)",
                              baleen_message_get_id (self->message), wanted, number, text);
}

/* ---- showing -------------------------------------------------------------------------- */

static guint
count (const GArray        *coverage,
       BaleenCoverageStatus status)
{
  guint n = 0;

  for (guint i = 0; i < coverage->len; i++)
    n += g_array_index (coverage, BaleenCoverage, i).status == status;
  return n;
}

static void
show_coverage (BaleenSummaryView         *self,
               const BaleenSummaryRecord *record)
{
  const BaleenSummaryProgress *progress
      = self->job != NULL ? baleen_summary_job_get_progress (self->job) : NULL;
  const guint n_failed = count (record->coverage, BALEEN_COVERAGE_FAILED);
  /* In the language of today, whatever that of the summary was. */
  g_autofree char *words = record->coverage->len > 0
                               ? baleen_coverage_words (record->coverage, record->n_pages)
                               : g_strdup ("");
  g_autofree char *parallel
      = progress != NULL && progress->n_total > 0 ? baleen_summary_parallel_words (progress) : NULL;

  gtk_widget_set_visible (self->coverage, record->coverage->len > 0);
  gtk_widget_set_visible (self->words, *words != '\0');
  baleen_coverage_bar_set (BALEEN_COVERAGE_BAR (self->coverage), record->coverage,
                           record->n_pages, progress != NULL ? MAX (progress->n_parallel, 1) : 0,
                           words);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_label_set_text (GTK_LABEL (self->parallel), parallel != NULL ? parallel : "");
  gtk_widget_set_visible (self->again, self->job == NULL && n_failed > 0);
}

static void
show (BaleenSummaryView *self)
{
  const BaleenSummaryRecord *record = get_record (self);
  const BaleenState state = baleen_message_get_state (self->message);

  gtk_widget_set_visible (GTK_WIDGET (self), record != NULL);
  if (record == NULL)
    return;
  show_coverage (self, record);
  gtk_widget_set_visible (self->running, self->job != NULL);
  gtk_widget_set_visible (self->resume,
                          self->job == NULL && (state == BALEEN_STATE_INTERRUPTED
                                                || state == BALEEN_STATE_STOPPED));
  gtk_widget_set_visible (self->tree,
                          record->root != NULL
                              && (record->root->children->len > 0 || record->root->claims->len > 0));
  gtk_widget_set_visible (self->done, self->job == NULL && record->is_done);
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

static void
claims_cb (BaleenSummaryView *self)
{
  baleen_summary_tree_grow (BALEEN_SUMMARY_TREE (self->tree), get_record (self));
  show (self);
}

static void
let_go (BaleenSummaryView *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_pointer (&self->record, baleen_summary_record_free);
}

static void
follow_job (BaleenSummaryView *self,
            BaleenSummaryJob  *job)
{
  let_go (self);
  self->job = g_object_ref (job);
  g_signal_connect_swapped (job, "progress", G_CALLBACK (show), self);
  g_signal_connect_swapped (job, "claims", G_CALLBACK (claims_cb), self);
  baleen_summary_tree_set_record (BALEEN_SUMMARY_TREE (self->tree), get_record (self));
}

/* The job saves what there is of it now and then, which is no news here. */
static void
update (BaleenSummaryView *self)
{
  BaleenSummaryJob *job = baleen_summary_job_of (self->message);

  if (self->is_folding || (job != NULL && job == self->job))
    {
      if (!self->is_folding)
        show (self);
      return;
    }
  if (job != NULL)
    follow_job (self, job);
  else
    {
      let_go (self);
      self->record = baleen_summary_record_of (self->message);
      if (self->record != NULL)
        baleen_summary_tree_set_record (BALEEN_SUMMARY_TREE (self->tree), self->record);
    }
  show (self);
}

char *
baleen_summary_view_dup_status (BaleenSummaryView *self)
{
  const BaleenSummaryRecord *record = get_record (self);
  const BaleenState state = baleen_message_get_state (self->message);

  if (self->job != NULL && baleen_summary_job_get_progress (self->job)->n_total > 0)
    return baleen_summary_progress_words (baleen_summary_job_get_progress (self->job));
  if (self->job != NULL || record == NULL || record->is_done || state != BALEEN_STATE_INTERRUPTED)
    return NULL;
  if (record->n_pages > 1 && record->n_pages_read > 0)
    return g_strdup_printf (_("Paused at page %u"), record->n_pages_read);
  return g_strdup (_("Paused"));
}

/* ---- what is wished for --------------------------------------------------------------- */

static void
place_cb (BaleenSummaryView *self,
          guint              page,
          const char        *quote)
{
  wish (self, BALEEN_SUMMARY_WISH_PLACE, page, quote);
}

static void
ask_cb (BaleenSummaryView *self,
        const char        *text)
{
  wish (self, BALEEN_SUMMARY_WISH_ASK, 0, text);
}

static void
part_cb (BaleenSummaryView *self,
         guint              part)
{
  wish (self, BALEEN_SUMMARY_WISH_PART, part, "");
}

/* What a running one has unfolded has other places in the tree that it becomes. */
static void
folded_cb (BaleenSummaryView *self)
{
  g_autofree char *json = NULL;

  if (self->record == NULL)
    return;
  g_strfreev (self->record->unfolded);
  self->record->unfolded
      = baleen_summary_tree_dup_unfolded (BALEEN_SUMMARY_TREE (self->tree));
  json = baleen_summary_record_to_json (self->record);
  self->is_folding = TRUE;
  baleen_message_set_part (self->message, BALEEN_PART_ATTACHMENTS, json);
  self->is_folding = FALSE;
  wish (self, BALEEN_SUMMARY_WISH_KEEP, 0, "");
}

static void
clicked_cb (GtkWidget         *button,
            BaleenSummaryView *self)
{
  wish (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "wish")), 0, "");
}

static GtkWidget *
append_button (BaleenSummaryView *self,
               GtkWidget         *box,
               const char        *words,
               BaleenSummaryWish  wanted)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "summary-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "wish", GUINT_TO_POINTER (wanted));
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* ---- building ------------------------------------------------------------------------- */

static GtkWidget *
running_new (BaleenSummaryView *self)
{
  GtkWidget *box = baleen_wrap_box_new (6);

  append_button (self, box, _("Pause"), BALEEN_SUMMARY_WISH_PAUSE);
  append_button (self, box, _("Cancel"), BALEEN_SUMMARY_WISH_CANCEL);
  self->parallel = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->parallel, "caption");
  gtk_widget_add_css_class (self->parallel, "detail");
  gtk_box_append (GTK_BOX (box), self->parallel);
  return box;
}

static GtkWidget *
words_new (BaleenSummaryView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE,
                              "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  gtk_widget_add_css_class (self->words, "caption");
  gtk_box_append (GTK_BOX (box), self->words);
  self->again = append_button (self, box, _("Read Again"), BALEEN_SUMMARY_WISH_READ_AGAIN);
  return box;
}

static GtkWidget *
done_new (BaleenSummaryView *self)
{
  GtkWidget *box = baleen_wrap_box_new (6);

  append_button (self, box, _("Copy With Places"), BALEEN_SUMMARY_WISH_COPY);
  append_button (self, box, _("Export…"), BALEEN_SUMMARY_WISH_EXPORT);
  append_button (self, box, _("Ledger"), BALEEN_SUMMARY_WISH_LEDGER);
  return box;
}

static void
baleen_summary_view_dispose (GObject *object)
{
  BaleenSummaryView *self = BALEEN_SUMMARY_VIEW (object);

  let_go (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_summary_view_parent_class)->dispose (object);
}

static void
baleen_summary_view_class_init (BaleenSummaryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_summary_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "summaryview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[STATUS_CHANGED]
      = g_signal_new ("status-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_summary_view_init (BaleenSummaryView *self)
{
  GtkWidget *const resume_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->running = running_new (self);
  self->resume = append_button (self, resume_box, _("Resume"), BALEEN_SUMMARY_WISH_RESUME);
  self->coverage = baleen_coverage_bar_new ();
  self->tree = baleen_summary_tree_new ();
  gtk_box_append (GTK_BOX (self->box), self->running);
  gtk_box_append (GTK_BOX (self->box), resume_box);
  gtk_box_append (GTK_BOX (self->box), self->coverage);
  gtk_box_append (GTK_BOX (self->box), words_new (self));
  gtk_box_append (GTK_BOX (self->box), self->tree);
  self->done = done_new (self);
  gtk_box_append (GTK_BOX (self->box), self->done);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (self->coverage, "opened", G_CALLBACK (part_cb), self);
  g_signal_connect_swapped (self->tree, "place", G_CALLBACK (place_cb), self);
  g_signal_connect_swapped (self->tree, "ask", G_CALLBACK (ask_cb), self);
  g_signal_connect_swapped (self->tree, "folded", G_CALLBACK (folded_cb), self);
}

GtkWidget *
baleen_summary_view_new (BaleenMessage *message)
{
  BaleenSummaryView *self = g_object_new (BALEEN_TYPE_SUMMARY_VIEW, NULL);

  self->message = g_object_ref (message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Summary"), -1);
  g_signal_connect_object (message, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
