#include "baleen-attachment-bar.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "summary-choices.h"

struct _BaleenAttachmentBar
{
  GtkWidget parent_instance;

  GPtrArray *attachments; /* (owned) of BaleenAttachment */
  GtkWidget *scroller;
  GtkWidget *rows;
  GtkWidget *card;     /* what can be made of them, once they are read */
  GtkWidget *fits;
  GtkWidget *length;
  GtkWidget *form;
  GtkWidget *language;
  BaleenAttachment *measured; /* (owned) (nullable) the single file that was told to be measured */
  char *estimate;             /* (owned) (nullable) what that came to */
  gboolean is_card_hidden;    /* what it offers was done with these files */
  guint update_source;
};

G_DEFINE_FINAL_TYPE (BaleenAttachmentBar, baleen_attachment_bar, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  SUMMARIZE,
  ASK,
  INSERT,
  OPEN,
  MEASURE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define MOST_HEIGHT 170

/* ---- one file ------------------------------------------------------------------------- */

static BaleenAttachmentBar *
bar_of (GtkWidget *widget)
{
  return BALEEN_ATTACHMENT_BAR (gtk_widget_get_ancestor (widget, BALEEN_TYPE_ATTACHMENT_BAR));
}

static BaleenAttachment *
attachment_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "attachment");
}

/* “212 pages · 148,302 tokens” */
static char *
describe (BaleenAttachment *attachment)
{
  const BaleenDocument *document = baleen_attachment_get_document (attachment);
  const gint64 n_tokens = baleen_attachment_get_n_tokens (attachment);
  g_autofree char *pages = NULL;
  g_autofree char *tokens = NULL;

  if (baleen_attachment_get_state (attachment) == BALEEN_ATTACHMENT_FAILED)
    return g_strdup (baleen_attachment_get_problem (attachment));
  if (document == NULL)
    return g_strdup (_("Reading…"));
  pages = g_strdup_printf (ngettext ("%'u page", "%'u pages", document->n_pages),
                           document->n_pages);
  if (n_tokens < 0)
    return g_steal_pointer (&pages);
  tokens = g_strdup_printf (ngettext ("%'lu token", "%'lu tokens", (gulong) n_tokens),
                            (gulong) n_tokens);
  if (baleen_attachment_get_is_whole (attachment))
    return g_strdup_printf ("%s · %s", pages, tokens);
  return g_strdup_printf ("%s · %s · %s", pages, tokens, _("read in parts"));
}

static void
remove_cb (GtkWidget *button,
           GtkWidget *row)
{
  baleen_attachment_bar_remove (bar_of (row), attachment_of (row));
}

static void
insert_cb (GtkWidget *button,
           GtkWidget *row)
{
  g_signal_emit (bar_of (row), signals[INSERT], 0, attachment_of (row));
}

static void
open_cb (GtkWidget *button,
         GtkWidget *row)
{
  g_signal_emit (bar_of (row), signals[OPEN], 0, attachment_of (row));
}

static GtkWidget *
words_new (BaleenAttachment *attachment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *words = describe (attachment);
  const gboolean is_failed
      = baleen_attachment_get_state (attachment) == BALEEN_ATTACHMENT_FAILED;
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "label",
                                  baleen_attachment_get_name (attachment), "xalign", 0.0,
                                  "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
  GtkWidget *details = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE,
                                     "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, is_failed ? "error" : "dim-label");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), details);
  return box;
}

static GtkWidget *
sign_new (BaleenAttachment *attachment)
{
  GtkWidget *spinner;

  switch (baleen_attachment_get_state (attachment))
    {
    case BALEEN_ATTACHMENT_READING:
      spinner = gtk_spinner_new ();
      gtk_spinner_start (GTK_SPINNER (spinner));
      return spinner;
    case BALEEN_ATTACHMENT_FAILED:
      return g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic",
                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    case BALEEN_ATTACHMENT_READY:
    default:
      return g_object_new (GTK_TYPE_IMAGE, "icon-name", "text-x-generic-symbolic",
                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    }
}

/* A page of the web is no text that somebody pasted. */
static gboolean
is_text (BaleenAttachment *attachment)
{
  const BaleenDocument *document = baleen_attachment_get_document (attachment);

  return document != NULL && document->kind == BALEEN_DOCUMENT_TEXT;
}

static GtkWidget *
row_new (BaleenAttachment *attachment)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 9, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *remove = baleen_icon_button_new ("window-close-symbolic", _("Remove"));
  GtkWidget *open = baleen_icon_button_new ("view-reveal-symbolic", _("Show the Document"));
  GtkWidget *insert;

  g_object_set_data_full (G_OBJECT (row), "attachment", g_object_ref (attachment),
                          g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  baleen_attachment_get_name (attachment), -1);
  gtk_widget_add_css_class (row, "attachment");
  gtk_box_append (GTK_BOX (row), sign_new (attachment));
  gtk_box_append (GTK_BOX (row), words_new (attachment));
  if (baleen_attachment_get_path (attachment) == NULL && is_text (attachment))
    {
      insert = gtk_button_new_with_label (_("Insert as Text"));
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (insert))), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (insert))),
                                       GTK_NATURAL_WRAP_NONE);
      gtk_widget_add_css_class (insert, "flat");
      gtk_widget_set_valign (insert, GTK_ALIGN_CENTER);
      g_signal_connect (insert, "clicked", G_CALLBACK (insert_cb), row);
      gtk_box_append (GTK_BOX (row), insert);
    }
  g_signal_connect (open, "clicked", G_CALLBACK (open_cb), row);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), row);
  gtk_widget_set_visible (open, baleen_attachment_get_document (attachment) != NULL);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *button = i == 0 ? open : remove;

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), button);
    }
  return row;
}

/* ---- all of them ---------------------------------------------------------------------- */

static gboolean
are_ready (BaleenAttachmentBar *self)
{
  for (guint i = 0; i < self->attachments->len; i++)
    if (baleen_attachment_get_state (self->attachments->pdata[i]) != BALEEN_ATTACHMENT_READY)
      return FALSE;
  return self->attachments->len > 0;
}

static void
measure (BaleenAttachmentBar *self,
         BaleenAttachment    *only)
{
  if (self->measured == only)
    return;
  g_set_object (&self->measured, only);
  g_clear_pointer (&self->estimate, g_free);
  if (only != NULL)
    g_signal_emit (self, signals[MEASURE], 0, only);
}

/* How much of it there is to do; until that is known, whether it goes whole. */
static char *
describe_card (BaleenAttachmentBar *self)
{
  if (self->attachments->len > 1)
    return g_strdup_printf (_("%u files, one summary each"), self->attachments->len);
  if (self->estimate != NULL)
    return g_strdup (self->estimate);
  if (baleen_attachment_get_is_whole (self->attachments->pdata[0]))
    return g_strdup (_("Fits in one pass"));
  return g_strdup (_("Longer than one pass: it is read in parts, every part of it"));
}

static void
update_card (BaleenAttachmentBar *self)
{
  const gboolean is_shown = are_ready (self) && !self->is_card_hidden;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->card, is_shown);
  measure (self, is_shown && self->attachments->len == 1 ? self->attachments->pdata[0] : NULL);
  if (!is_shown)
    return;
  words = describe_card (self);
  gtk_label_set_text (GTK_LABEL (self->fits), words);
}

void
baleen_attachment_bar_set_estimate (BaleenAttachmentBar *self,
                                    BaleenAttachment    *attachment,
                                    const char          *words)
{
  if (self->measured != attachment)
    return;
  g_free (self->estimate);
  self->estimate = g_strdup (words);
  update_card (self);
}

void
baleen_attachment_bar_measure_again (BaleenAttachmentBar *self)
{
  g_clear_object (&self->measured);
  update_card (self);
}

void
baleen_attachment_bar_hide_card (BaleenAttachmentBar *self)
{
  self->is_card_hidden = TRUE;
  update_card (self);
}

void
baleen_attachment_bar_set_usual (BaleenAttachmentBar *self,
                                 const char          *length,
                                 const char          *form,
                                 const char          *language)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->length),
                              summary_choice_find (summary_length_values (), length));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->form),
                              summary_choice_find (summary_form_values (), form));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->language),
                              summary_choice_find (summary_language_values (), language));
}

static void
update (BaleenAttachmentBar *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < self->attachments->len; i++)
    gtk_box_append (GTK_BOX (self->rows), row_new (self->attachments->pdata[i]));
  update_card (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->attachments->len > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
update_cb (gpointer user_data)
{
  BaleenAttachmentBar *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Many files are read at once; the rows are made anew once for all that happened. */
static void
attachment_changed_cb (BaleenAttachmentBar *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

/* Without the others the rest may fit, and with more it may not. A file that was read in parts
 * before stays at hand for more questions of that kind. */
static void
begin_whole (BaleenAttachmentBar *self)
{
  for (guint i = 0; i < self->attachments->len; i++)
    baleen_attachment_set_is_whole (
        self->attachments->pdata[i],
        !baleen_attachment_get_was_used (self->attachments->pdata[i]));
}

gboolean
baleen_attachment_bar_add (BaleenAttachmentBar *self,
                           BaleenAttachment    *attachment)
{
  const char *path = baleen_attachment_get_path (attachment);

  for (guint i = 0; path != NULL && i < self->attachments->len; i++)
    if (g_strcmp0 (path, baleen_attachment_get_path (self->attachments->pdata[i])) == 0)
      return FALSE;

  self->is_card_hidden = FALSE;
  g_ptr_array_add (self->attachments, g_object_ref (attachment));
  g_signal_connect_swapped (attachment, "changed", G_CALLBACK (attachment_changed_cb), self);
  begin_whole (self);
  update (self);
  return TRUE;
}

void
baleen_attachment_bar_remove (BaleenAttachmentBar *self,
                              BaleenAttachment    *attachment)
{
  g_signal_handlers_disconnect_by_data (attachment, self);
  g_ptr_array_remove (self->attachments, attachment);
  begin_whole (self);
  update (self);
}

static void
let_go (BaleenAttachmentBar *self)
{
  for (guint i = 0; i < self->attachments->len; i++)
    g_signal_handlers_disconnect_by_data (self->attachments->pdata[i], self);
  g_ptr_array_set_size (self->attachments, 0);
}

void
baleen_attachment_bar_clear (BaleenAttachmentBar *self)
{
  if (self->attachments->len == 0)
    return;
  let_go (self);
  update (self);
}

GPtrArray *
baleen_attachment_bar_get (BaleenAttachmentBar *self)
{
  return self->attachments;
}

/* ---- the card ------------------------------------------------------------------------- */

static void
summarize_cb (BaleenAttachmentBar *self)
{
  const guint language = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->language));
  const BaleenSummaryOptions options = {
    .length = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->length)),
    .form = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->form)),
    .language = language > 0 ? summary_language_values ()[language] : NULL,
  };

  if (are_ready (self))
    g_signal_emit (self, signals[SUMMARIZE], 0, &options);
}

static void
ask_cb (BaleenAttachmentBar *self)
{
  g_signal_emit (self, signals[ASK], 0);
}

static GtkWidget *
choice_new (GtkWidget         *box,
            const char        *name,
            const char *const *words,
            guint              selected)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  gtk_widget_set_tooltip_text (choice, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_flow_box_append (GTK_FLOW_BOX (box), choice);
  return choice;
}

static void
append_button (GtkWidget           *box,
               BaleenAttachmentBar *self,
               const char          *words,
               GCallback            callback)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_flow_box_append (GTK_FLOW_BOX (box), button);
}

/* The cells of a flow box take no focus of their own. */
static void
unfocus_cells (GtkWidget *box)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (box); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    gtk_widget_set_focusable (cell, FALSE);
}

static GtkWidget *
card_new (BaleenAttachmentBar *self)
{
  g_autofree const char **lengths = summary_length_labels ();
  g_autofree const char **forms = summary_form_labels ();
  g_autofree const char **languages = summary_language_labels ();
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *box = gtk_flow_box_new ();

  self->fits = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->fits, "caption");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 5);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Summary"), -1);
  self->length = choice_new (box, _("Length"), lengths, BALEEN_SUMMARY_NORMAL);
  self->form = choice_new (box, _("Form"), forms, BALEEN_SUMMARY_BULLETS);
  self->language = choice_new (box, _("Language"), languages, 0);
  append_button (box, self, _("Summarize"), G_CALLBACK (summarize_cb));
  append_button (box, self, _("Ask a Question"), G_CALLBACK (ask_cb));
  unfocus_cells (box);
  gtk_box_append (GTK_BOX (card), self->fits);
  gtk_box_append (GTK_BOX (card), box);
  gtk_widget_add_css_class (card, "attachment-card");
  return card;
}

static void
baleen_attachment_bar_dispose (GObject *object)
{
  BaleenAttachmentBar *self = BALEEN_ATTACHMENT_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->attachments != NULL)
    let_go (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_object (&self->measured);
  g_clear_pointer (&self->estimate, g_free);
  G_OBJECT_CLASS (baleen_attachment_bar_parent_class)->dispose (object);
}

static void
baleen_attachment_bar_class_init (BaleenAttachmentBarClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_attachment_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "attachmentbar");
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SUMMARIZE] = g_signal_new ("summarize", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[MEASURE] = g_signal_new ("measure", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, BALEEN_TYPE_ATTACHMENT);
  signals[ASK]
      = g_signal_new ("ask", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSERT] = g_signal_new ("insert", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, BALEEN_TYPE_ATTACHMENT);
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, BALEEN_TYPE_ATTACHMENT);
}

static void
baleen_attachment_bar_init (BaleenAttachmentBar *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->rows,
                                 "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height",
                                 MOST_HEIGHT, "propagate-natural-height", TRUE, "focusable",
                                 FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Files"), -1);
  self->card = card_new (self);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
