#include "baleen-network-window.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "message-reference.h"
#include "network-words.h"

struct _BaleenNetworkWindow
{
  AdwWindow parent_instance;

  BaleenHistory *history; /* (owned) */
  GtkWidget *state;
  GtkWidget *offered;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *empty;
  GtkWidget *copy;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (BaleenNetworkWindow, baleen_network_window, ADW_TYPE_WINDOW)

enum
{
  WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- columns -------------------------------------------------------------------------- */

typedef char *(*WordsFunc) (BaleenNetworkEntry *entry);

static char *
host_words (BaleenNetworkEntry *entry)
{
  return g_strdup (baleen_network_entry_get_host (entry));
}

static char *
purpose_words (BaleenNetworkEntry *entry)
{
  return g_strdup (network_words_purpose (entry));
}

static char *
sent_words (BaleenNetworkEntry *entry)
{
  return g_format_size (baleen_network_entry_get_sent (entry));
}

static char *
received_words (BaleenNetworkEntry *entry)
{
  return g_format_size (baleen_network_entry_get_received (entry));
}

static char *
result_words (BaleenNetworkEntry *entry)
{
  const char *result = baleen_network_entry_get_result (entry);

  return g_strdup (result != NULL ? result : _("connected"));
}

/* `property` (nullable) changes while the exchange goes on. What may be long has so many
 * characters at least, takes the room there is, and is whole in its tooltip. */
static const struct
{
  const char *title;
  const char *property;
  WordsFunc words;
  gboolean is_number;
  int least_characters;
  PangoEllipsizeMode ellipsize;
} columns[] = {
  { N_ ("Time"), NULL, network_words_time, FALSE, 0, PANGO_ELLIPSIZE_NONE },
  { N_ ("Host"), NULL, host_words, FALSE, 16, PANGO_ELLIPSIZE_MIDDLE },
  { N_ ("Purpose"), NULL, purpose_words, FALSE, 0, PANGO_ELLIPSIZE_NONE },
  { N_ ("Sent"), "notify::sent", sent_words, TRUE, 0, PANGO_ELLIPSIZE_NONE },
  { N_ ("Received"), "notify::received", received_words, TRUE, 0,
    PANGO_ELLIPSIZE_NONE },
  { N_ ("Result"), "notify::result", result_words, FALSE, 10, PANGO_ELLIPSIZE_END },
};

static guint
column_of (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
show_words (GtkListItem        *item,
            GtkListItemFactory *factory)
{
  g_autofree char *words
      = columns[column_of (factory)].words (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_tooltip_text (label, columns[column_of (factory)].least_characters > 0 ? words : NULL);
}

static void
set_up_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  const guint column = column_of (factory);
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "xalign", columns[column].is_number ? 1.0 : 0.0, "ellipsize",
                      columns[column].ellipsize, NULL);

  if (columns[column].least_characters > 0)
    gtk_label_set_width_chars (GTK_LABEL (label), columns[column].least_characters);
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
changed_cb (BaleenNetworkEntry *entry,
            GParamSpec         *property,
            GtkListItem        *item)
{
  show_words (item, g_object_get_data (G_OBJECT (item), "factory"));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  const char *property = columns[column_of (factory)].property;

  show_words (item, factory);
  if (property == NULL)
    return;
  g_object_set_data (G_OBJECT (item), "factory", factory);
  g_signal_connect (gtk_list_item_get_item (item), property, G_CALLBACK (changed_cb), item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static void
add_column (BaleenNetworkWindow *self,
            guint                i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (_(columns[i].title), factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, columns[i].least_characters > 0);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_object_unref (column);
}

/* ---- the message of a row ------------------------------------------------------------- */

/* NULL for what was made for none, or for one that is not there any more. */
static BaleenConversation *
find_message (BaleenNetworkWindow *self,
              BaleenNetworkEntry  *entry,
              gint64              *message)
{
  gint64 conversation;

  return baleen_message_reference_parse (baleen_network_entry_get_message (entry), &conversation,
                                         message)
             ? baleen_history_find (self->history, conversation) : NULL;
}

static void
show_message (BaleenNetworkWindow *self,
              BaleenNetworkEntry  *entry)
{
  gint64 message;
  BaleenConversation *conversation = find_message (self, entry, &message);

  if (conversation != NULL)
    g_signal_emit (self, signals[WANTED], 0, conversation, message);
}

static void
activated_cb (BaleenNetworkWindow *self,
              guint                position)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view));
  g_autoptr (BaleenNetworkEntry) entry = g_list_model_get_item (G_LIST_MODEL (model), position);

  show_message (self, entry);
}

static void
link_clicked_cb (GtkWidget   *button,
                 GtkListItem *item)
{
  show_message (BALEEN_NETWORK_WINDOW (gtk_widget_get_root (button)),
                gtk_list_item_get_item (item));
}

static void
set_up_link_cb (GtkListItemFactory *factory,
                GtkListItem        *item)
{
  GtkWidget *button = baleen_icon_button_new ("go-next-symbolic", _("Show Message"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (link_clicked_cb), item);
  gtk_list_item_set_child (item, button);
}

static void
bind_link_cb (GtkListItemFactory  *factory,
              GtkListItem         *item,
              BaleenNetworkWindow *self)
{
  gint64 message;

  gtk_widget_set_visible (gtk_list_item_get_child (item),
                          find_message (self, gtk_list_item_get_item (item), &message) != NULL);
}

static void
add_link_column (BaleenNetworkWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new ("", factory);

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_link_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_link_cb), self);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
}

/* ---- the window ----------------------------------------------------------------------- */

static void
update (BaleenNetworkWindow *self)
{
  BaleenNetworkLog *log = baleen_network_log_get ();
  const gboolean is_empty
      = g_list_model_get_n_items (baleen_network_log_get_entries (log)) == 0;
  const char *address = baleen_network_log_get_offered (log);
  g_autofree char *state = network_words_state (log);
  g_autofree char *offered
      = address != NULL ? g_strdup_printf (_("Offered at %s"), address) : NULL;

  gtk_label_set_text (GTK_LABEL (self->state), state);
  gtk_label_set_text (GTK_LABEL (self->offered), offered != NULL ? offered : "");
  gtk_widget_set_visible (self->offered, offered != NULL);
  gtk_widget_set_visible (self->scroller, !is_empty);
  gtk_widget_set_visible (self->empty, is_empty);
  gtk_widget_set_sensitive (self->copy, !is_empty);
  gtk_widget_set_sensitive (self->clear, !is_empty);
}

static void
copy_cb (BaleenNetworkWindow *self)
{
  g_autofree char *table = network_words_table (baleen_network_log_get ());

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
}

static void
clear_cb (BaleenNetworkWindow *self)
{
  baleen_network_log_clear (baleen_network_log_get ());
}

static int
compare_times (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const gint64 first = baleen_network_entry_get_time (BALEEN_NETWORK_ENTRY ((gpointer) a));
  const gint64 second = baleen_network_entry_get_time (BALEEN_NETWORK_ENTRY ((gpointer) b));

  return first < second ? GTK_ORDERING_LARGER
         : first > second ? GTK_ORDERING_SMALLER : GTK_ORDERING_EQUAL;
}

static GtkWidget *
build_header (BaleenNetworkWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy"));
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->copy);
  self->clear = gtk_button_new_with_label (_("Clear"));
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->clear);
  return header;
}

static GtkWidget *
sentence_new (const char *style)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0,
                      "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, "network-sentence");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
build_view (BaleenNetworkWindow *self)
{
  GListModel *entries = baleen_network_log_get_entries (baleen_network_log_get ());
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_times, NULL, NULL));
  GtkSortListModel *sorted = gtk_sort_list_model_new (g_object_ref (entries), sorter);
  GtkNoSelection *model = gtk_no_selection_new (G_LIST_MODEL (sorted));

  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (model));
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Network Log"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, i);
  add_link_column (self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Network Log"), -1);
}

static void
baleen_network_window_dispose (GObject *object)
{
  g_clear_object (&BALEEN_NETWORK_WINDOW (object)->history);
  G_OBJECT_CLASS (baleen_network_window_parent_class)->dispose (object);
}

static void
baleen_network_window_class_init (BaleenNetworkWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_network_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0,
                                       "window.close", NULL);
  signals[WANTED]
      = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, BALEEN_TYPE_CONVERSATION, G_TYPE_INT64);
}

static void
baleen_network_window_init (BaleenNetworkWindow *self)
{
}

GtkWidget *
baleen_network_window_new (BaleenHistory *history)
{
  BaleenNetworkWindow *self = g_object_new (BALEEN_TYPE_NETWORK_WINDOW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->history = g_object_ref (history);
  gtk_window_set_title (GTK_WINDOW (self), _("Network Log"));
  gtk_window_set_default_size (GTK_WINDOW (self), 720, 480);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 300);
  gtk_box_append (GTK_BOX (box), build_header (self));
  self->state = sentence_new (NULL);
  gtk_box_append (GTK_BOX (box), self->state);
  self->offered = sentence_new (NULL);
  gtk_box_append (GTK_BOX (box), self->offered);
  build_view (self);
  gtk_box_append (GTK_BOX (box), self->scroller);
  self->empty = sentence_new ("dim-label");
  gtk_label_set_text (GTK_LABEL (self->empty),
                      _("Searches, pages, downloads and answers from servers are listed here: "
                        "with whom, when and how much. What was said is not."));
  gtk_box_append (GTK_BOX (box), self->empty);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (baleen_network_log_get (), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
