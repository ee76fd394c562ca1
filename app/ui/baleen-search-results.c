#include "baleen-search-results.h"

#include <glib/gi18n.h>

#include "baleen-search.h"
#include "baleen-words.h"

#define WAIT_MILLISECONDS 120
#define HITS_AT_MOST 300
/* One long conversation shall not hide the others. */
#define HITS_A_CONVERSATION 3

struct _BaleenSearchResults
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *nothing;

  BaleenHistory *history;    /* (owned) (nullable) */
  char *text;                /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the search that runs */
  gboolean is_wanted;        /* Enter came before the hits */
  guint source;
};

G_DEFINE_FINAL_TYPE (BaleenSearchResults, baleen_search_results, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- a row ---------------------------------------------------------------------------- */

static PangoAttrList *
make_bold (const GArray *spans)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < spans->len; i++)
    {
      const BaleenTextSpan span = g_array_index (spans, BaleenTextSpan, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = span.start;
      bold->end_index = span.end;
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

static GtkWidget *
title_box_new (BaleenConversation    *conversation,
               const BaleenSearchHit *hit)
{
  g_autofree char *time = baleen_words_day (hit->time, g_get_real_time ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", baleen_words_title (conversation),
                                   "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                                   PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *when = gtk_label_new (time);

  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_add_css_class (when, "caption");
  gtk_widget_add_css_class (when, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), when);
  return box;
}

static GtkWidget *
hit_row_new (BaleenConversation    *conversation,
             const BaleenSearchHit *hit)
{
  g_autoptr (PangoAttrList) bold = make_bold (hit->spans);
  g_autofree char *name
      = g_strdup_printf ("%s: %s", baleen_words_title (conversation), hit->snippet);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *snippet;

  gtk_box_append (GTK_BOX (box), title_box_new (conversation, hit));
  if (hit->message_id != 0)
    {
      snippet = g_object_new (GTK_TYPE_LABEL, "label", hit->snippet, "attributes", bold, "xalign",
                              0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2,
                              "ellipsize", PANGO_ELLIPSIZE_END, NULL);
      gtk_widget_add_css_class (snippet, "caption");
      gtk_box_append (GTK_BOX (box), snippet);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "conversation", g_object_ref (conversation),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "message", g_memdup2 (&hit->message_id, sizeof (gint64)),
                          g_free);
  return row;
}

/* ---- the list ------------------------------------------------------------------------- */

static void
clear (BaleenSearchResults *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
}

static void
show_hits (BaleenSearchResults *self,
           GPtrArray           *hits)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  clear (self);
  for (guint i = 0; i < hits->len; i++)
    {
      const BaleenSearchHit *hit = hits->pdata[i];
      BaleenConversation *conversation
          = baleen_history_find (self->history, hit->conversation_id);
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, conversation));

      if (conversation == NULL || n >= HITS_A_CONVERSATION)
        continue;
      g_hash_table_insert (counts, conversation, GUINT_TO_POINTER (n + 1));
      gtk_list_box_append (GTK_LIST_BOX (self->list), hit_row_new (conversation, hit));
    }
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = baleen_search_finish (result, &error);
  BaleenSearchResults *self = user_data;
  g_autofree char *words = NULL;

  /* Cancelled, a newer search runs or the widget is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (hits == NULL)
    {
      clear (self);
      words = g_strdup_printf (_("History could not be searched: %s."), error->message);
    }
  else
    {
      show_hits (self, hits);
      words = g_strdup_printf (_("Nothing found for “%s”"), self->text);
    }
  gtk_label_set_text (GTK_LABEL (self->nothing), words);
  gtk_widget_set_visible (self->nothing, TRUE);
  if (self->is_wanted)
    baleen_search_results_choose_first (self);
}

static void
stop (BaleenSearchResults *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
search_cb (gpointer user_data)
{
  BaleenSearchResults *self = user_data;

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  baleen_search_async (baleen_history_get_store (self->history), self->text, HITS_AT_MOST,
                       self->cancellable, found_cb, self);
  return G_SOURCE_REMOVE;
}

void
baleen_search_results_set_text (BaleenSearchResults *self,
                                const char          *text)
{
  stop (self);
  self->is_wanted = FALSE;
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  if (*self->text != '\0' && self->history != NULL)
    {
      self->source = g_timeout_add (WAIT_MILLISECONDS, search_cb, self);
      return;
    }
  clear (self);
  gtk_widget_set_visible (self->nothing, FALSE);
}

static void
row_activated_cb (BaleenSearchResults *self,
                  GtkListBoxRow       *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "conversation"),
                 *(gint64 *) g_object_get_data (G_OBJECT (row), "message"));
}

void
baleen_search_results_choose_first (BaleenSearchResults *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  self->is_wanted = self->source != 0 || self->cancellable != NULL;
  if (!self->is_wanted && row != NULL)
    row_activated_cb (self, row);
}

void
baleen_search_results_take_focus (BaleenSearchResults *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
baleen_search_results_set_history (BaleenSearchResults *self,
                                   BaleenHistory       *history)
{
  g_set_object (&self->history, history);
}

static void
baleen_search_results_dispose (GObject *object)
{
  BaleenSearchResults *self = BALEEN_SEARCH_RESULTS (object);

  stop (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->history);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (baleen_search_results_parent_class)->dispose (object);
}

static void
baleen_search_results_class_init (BaleenSearchResultsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_search_results_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, BALEEN_TYPE_CONVERSATION,
                                  G_TYPE_INT64);
}

static void
baleen_search_results_init (BaleenSearchResults *self)
{
  self->text = g_strdup ("");
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "search-results");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search results"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->nothing = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "justify", GTK_JUSTIFY_CENTER, "margin-top", 24, "margin-start",
                                12, "margin-end", 12, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->nothing);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  g_object_set (self->scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child",
                self->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search results"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
