#include "baleen-sources-page.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-words.h"

struct _BaleenSourcesPage
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) (nullable) */
  GtkWidget *empty;
  GtkWidget *scroller;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (BaleenSourcesPage, baleen_sources_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static BaleenSource *
source_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "source");
}

static void
open_cb (GtkWidget *button,
         GtkWidget *row)
{
  g_signal_emit (gtk_widget_get_ancestor (row, BALEEN_TYPE_SOURCES_PAGE), signals[OPENED], 0,
                 source_of (row));
}

static void
activated_cb (GtkListBox        *list,
              GtkListBoxRow     *row,
              BaleenSourcesPage *self)
{
  g_signal_emit (self, signals[OPENED], 0, source_of (GTK_WIDGET (row)));
}

static void
copy_cb (GtkWidget *button,
         GtkWidget *row)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (row),
                          baleen_source_get_url (source_of (row)));
}

static GtkWidget *
label_new (const char *text,
           const char *style)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                      PANGO_WRAP_WORD_CHAR, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
empty_label_new (const char *text,
                 const char *style)
{
  GtkWidget *label = label_new (text, style);

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  return label;
}

static GtkWidget *
buttons_new (GtkWidget    *row,
             BaleenSource *source)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *open, *copy;

  if (baleen_source_get_url (source) == NULL)
    return box;
  open = gtk_button_new_with_label (_("Open in Browser"));
  copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy Address"));
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect (open, "clicked", G_CALLBACK (open_cb), row);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), row);
  gtk_box_append (GTK_BOX (box), open);
  gtk_box_append (GTK_BOX (box), copy);
  return box;
}

/* A page's host, and its date where the search service knows it. */
static char *
make_place (BaleenSource *source)
{
  const char *date = baleen_source_get_date (source);
  char *place = baleen_words_place (source);
  g_autofree char *host = NULL;
  g_autofree char *day = NULL;

  if (date == NULL)
    return place;
  host = place;
  day = baleen_words_date (date);
  return g_strdup_printf ("%s · %s", host, day);
}

static GtkWidget *
row_new (BaleenSource *source)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *title = g_strdup_printf ("%d  %s", baleen_source_get_number (source),
                                            baleen_source_get_title (source));
  g_autofree char *place = make_place (source);
  g_autofree char *name = baleen_words_source (source);

  g_object_set_data_full (G_OBJECT (row), "source", g_object_ref (source), g_object_unref);
  gtk_box_append (GTK_BOX (box), label_new (title, "heading"));
  if (*place != '\0')
    gtk_box_append (GTK_BOX (box), label_new (place, "dim-label"));
  if (baleen_source_get_passage (source) != NULL)
    gtk_box_append (GTK_BOX (box), label_new (baleen_source_get_passage (source), "passage"));
  gtk_box_append (GTK_BOX (box), buttons_new (row, source));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
fill (BaleenSourcesPage *self)
{
  GPtrArray *sources
      = self->message != NULL ? baleen_message_get_sources (self->message) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (sources->pdata[i]));
  gtk_widget_set_visible (self->scroller, sources != NULL && sources->len > 0);
  gtk_widget_set_visible (self->empty, sources == NULL || sources->len == 0);
}

static void
baleen_sources_page_dispose (GObject *object)
{
  BaleenSourcesPage *self = BALEEN_SOURCES_PAGE (object);

  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_pointer (&self->empty, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (baleen_sources_page_parent_class)->dispose (object);
}

static void
baleen_sources_page_class_init (BaleenSourcesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_sources_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, BALEEN_TYPE_SOURCE);
}

static void
baleen_sources_page_init (BaleenSourcesPage *self)
{
  /* AdwStatusPage has a scroller inside that nobody can name. */
  self->empty = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_valign (self->empty, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->empty, "empty-page");
  gtk_box_append (GTK_BOX (self->empty), empty_label_new (_("No Sources"), "title-3"));
  gtk_box_append (GTK_BOX (self->empty),
                  empty_label_new (_("Answers that rest on documents or pages of the web show "
                                     "here where their words come from."),
                                   "dim-label"));
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_SINGLE);
  gtk_widget_add_css_class (self->list, "sources");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sources"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sources"), -1);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  fill (self);
}

GtkWidget *
baleen_sources_page_new (void)
{
  return g_object_new (BALEEN_TYPE_SOURCES_PAGE, NULL);
}

void
baleen_sources_page_set_message (BaleenSourcesPage *self,
                                 BaleenMessage     *message)
{
  if (self->message == message)
    return;
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_set_object (&self->message, message);
  if (message != NULL)
    g_signal_connect_swapped (message, "notify::sources", G_CALLBACK (fill), self);
  fill (self);
}

BaleenMessage *
baleen_sources_page_get_message (BaleenSourcesPage *self)
{
  return self->message;
}

void
baleen_sources_page_show_source (BaleenSourcesPage *self,
                                 int                number)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (baleen_source_get_number (source_of (row)) == number)
      {
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
        gtk_widget_grab_focus (row);
      }
}
