#include "baleen-answer-status.h"

#include <glib/gi18n.h>

#include "baleen-summary-view.h"
#include "baleen-words.h"
#include "message-host.h"

struct _BaleenAnswerStatus
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *summary;     /* (nullable) of an answer that is one */
  GtkWidget *line;
  GtkWidget *host; /* the server it came from; hidden when it came from none */
  GtkWidget *label;
  GtkWidget *progress;
  char *words; /* (owned) */

  guint n_before;
  gint64 told; /* monotonic */
  guint source;
  gint64 reading_since; /* monotonic */
};

G_DEFINE_FINAL_TYPE (BaleenAnswerStatus, baleen_answer_status, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Numbers change at most twice a second; a short prefill is not worth a bar. */
#define TELLING_MILLISECONDS 500
#define BAR_MICROSECONDS 400000

/* ---- how far it is ---------------------------------------------------------------------- */

/* Of its prompt, or of its model; negative when there is nothing to wait for. */
static double
get_fraction (BaleenAnswerStatus *self)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (self->message);
  const gint64 n_new = numbers->n_prompt - numbers->n_reused;

  switch (baleen_message_get_state (self->message))
    {
    case BALEEN_STATE_LOADING:
      return numbers->loaded > 0 ? numbers->loaded : -1;
    case BALEEN_STATE_READING:
      return n_new > 0 ? (double) numbers->n_read / n_new : -1;
    default:
      return -1;
    }
}

static void
show_progress (BaleenAnswerStatus *self)
{
  const BaleenState state = baleen_message_get_state (self->message);
  const gint64 now = g_get_monotonic_time ();
  const double fraction = get_fraction (self);
  gboolean is_shown;

  if (state != BALEEN_STATE_READING)
    self->reading_since = 0;
  else if (self->reading_since == 0)
    self->reading_since = now;

  is_shown = fraction >= 0
             && (state == BALEEN_STATE_LOADING || now - self->reading_since > BAR_MICROSECONDS);
  gtk_widget_set_opacity (self->progress, is_shown ? 1 : 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), CLAMP (fraction, 0, 1));
}

/* ---- its words ------------------------------------------------------------------------ */

static char *
describe (BaleenAnswerStatus *self)
{
  char *words = self->summary != NULL
                    ? baleen_summary_view_dup_status (BALEEN_SUMMARY_VIEW (self->summary))
                    : NULL;

  return words != NULL ? words : baleen_words_status (self->message, self->n_before);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Why it failed is a sentence or two, and stands where the answer ended, beside what can be done
 * about it; the line would have to grow for it. */
void
baleen_answer_status_tell (BaleenAnswerStatus *self)
{
  const BaleenState state = baleen_message_get_state (self->message);
  g_autofree char *words = describe (self);
  const gboolean is_quiet = state == BALEEN_STATE_DONE && *words == '\0';
  g_autofree char *shown = is_quiet                        ? baleen_words_details (self->message)
                           : state == BALEEN_STATE_FAILED ? g_strdup (_("Failed"))
                                                          : g_strdup (words);

  g_clear_handle_id (&self->source, g_source_remove);
  self->told = g_get_monotonic_time ();
  gtk_label_set_text (GTK_LABEL (self->label), shown);
  set_class (self->label, "quiet", is_quiet);
  set_class (self->label, "problem", state == BALEEN_STATE_FAILED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shown, -1);
  show_progress (self);
  g_free (self->words);
  self->words = g_steal_pointer (&words);
  g_signal_emit (self, signals[TOLD], 0);
}

static gboolean
tell_cb (gpointer user_data)
{
  BaleenAnswerStatus *self = user_data;

  self->source = 0;
  baleen_answer_status_tell (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (BaleenAnswerStatus *self)
{
  const gint64 waited = (g_get_monotonic_time () - self->told) / 1000;

  if (self->source == 0)
    self->source = g_timeout_add (MAX (0, TELLING_MILLISECONDS - waited), tell_cb, self);
}

/* What the line has no room for, and how much of the prompt was known already. */
static gboolean
query_tooltip_cb (BaleenAnswerStatus *self,
                  int                 x,
                  int                 y,
                  gboolean            is_keyboard,
                  GtkTooltip         *tooltip)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (self->message);
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  g_autoptr (GString) text = g_string_new (NULL);

  if (pango_layout_is_ellipsized (layout))
    g_string_append (text, gtk_label_get_text (GTK_LABEL (self->label)));
  if (numbers->n_reused > 0)
    {
      g_autofree char *reused = g_strdup_printf (_("%'d reused"), (int) numbers->n_reused);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", reused);
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return text->len > 0;
}

/* ---- where it came from --------------------------------------------------------------- */

/* What left this computer says so, for as long as it is kept. */
static void
show_host (BaleenAnswerStatus *self)
{
  g_autofree char *host = baleen_message_dup_host (self->message);
  g_autofree char *words = host != NULL ? g_strdup_printf ("⇄ %s", host) : NULL;
  g_autofree char *name = host != NULL ? g_strdup_printf (_("Answered by %s"), host) : NULL;

  gtk_widget_set_visible (self->host, host != NULL);
  if (host == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->host), words);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->host))),
                           PANGO_ELLIPSIZE_MIDDLE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->host), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

/* ---- the widget ----------------------------------------------------------------------- */

static void
baleen_answer_status_dispose (GObject *object)
{
  BaleenAnswerStatus *self = BALEEN_ANSWER_STATUS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->progress, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_answer_status_parent_class)->dispose (object);
}

static void
baleen_answer_status_finalize (GObject *object)
{
  g_free (BALEEN_ANSWER_STATUS (object)->words);
  G_OBJECT_CLASS (baleen_answer_status_parent_class)->finalize (object);
}

static void
baleen_answer_status_class_init (BaleenAnswerStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_answer_status_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_answer_status_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_answer_status_init (BaleenAnswerStatus *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                              "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "single-line-mode",
                              TRUE, "css-classes",
                              (const char *const[]) { "status", "numeric", "caption", NULL }, NULL);
  self->host = g_object_new (GTK_TYPE_BUTTON, "visible", FALSE, "valign", GTK_ALIGN_CENTER,
                             "action-name", "win.network-log", "tooltip-text", _("Network Log"),
                             "css-classes", (const char *const[]) { "flat", "host", NULL }, NULL);
  self->progress = g_object_new (GTK_TYPE_PROGRESS_BAR, "opacity", 0.0, "css-classes",
                                 (const char *const[]) { "thin", NULL }, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reading"), -1);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->line), self->host);
  gtk_box_append (GTK_BOX (self->line), self->label);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->progress, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (self->label, TRUE);
  g_signal_connect_swapped (self->label, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
}

GtkWidget *
baleen_answer_status_new (BaleenMessage *message)
{
  BaleenAnswerStatus *self = g_object_new (BALEEN_TYPE_ANSWER_STATUS, NULL);

  self->message = g_object_ref (message);
  self->words = g_strdup ("");
  g_signal_connect_object (message, "notify::numbers", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::parts", G_CALLBACK (show_host), self,
                           G_CONNECT_SWAPPED);
  show_host (self);
  return GTK_WIDGET (self);
}

void
baleen_answer_status_set_n_before (BaleenAnswerStatus *self,
                                   guint               n_before)
{
  self->n_before = n_before;
  baleen_answer_status_tell (self);
}

void
baleen_answer_status_set_summary (BaleenAnswerStatus *self,
                                  GtkWidget          *summary)
{
  self->summary = summary;
  g_signal_connect_object (summary, "status-changed", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
}

const char *
baleen_answer_status_get_words (BaleenAnswerStatus *self)
{
  return self->words;
}
