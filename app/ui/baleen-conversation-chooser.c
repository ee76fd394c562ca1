#include "baleen-conversation-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-words.h"

struct _BaleenConversationChooser
{
  AdwWindow parent_instance;

  BaleenConversation *except; /* (owned) */
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *stack; /* the list, or that there is none */
  GtkFilterListModel *model; /* (owned) */
  GtkCustomFilter *filter;   /* (owned) */
  char *words;               /* (owned) (nullable) what is looked for, folded */
};

G_DEFINE_FINAL_TYPE (BaleenConversationChooser, baleen_conversation_chooser, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  BaleenConversationChooser *self = user_data;
  g_autofree char *title = NULL;

  if (item == self->except)
    return FALSE;
  if (self->words == NULL)
    return TRUE;
  title = g_utf8_casefold (baleen_words_title (item), -1);
  return strstr (title, self->words) != NULL;
}

static void
show_whether_any (BaleenConversationChooser *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "none");
}

static void
searched_cb (BaleenConversationChooser *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_free (self->words);
  self->words = *words != '\0' ? g_utf8_casefold (words, -1) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_whether_any (self);
}

static void
activated_cb (BaleenConversationChooser *self,
              guint                      position)
{
  g_autoptr (BaleenConversation) conversation
      = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (conversation == NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, conversation);
  gtk_window_close (GTK_WINDOW (self));
}

/* Enter in the field takes the first that is found. */
static void
entered_cb (BaleenConversationChooser *self)
{
  activated_cb (self, 0);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                                   PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *time = gtk_label_new (NULL);

  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (row, "chosen-row");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), time);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  BaleenConversation *conversation = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *time
      = baleen_words_day (baleen_conversation_get_updated (conversation), g_get_real_time ());

  gtk_label_set_text (GTK_LABEL (title), baleen_words_title (conversation));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), time);
}

static void
baleen_conversation_chooser_finalize (GObject *object)
{
  BaleenConversationChooser *self = BALEEN_CONVERSATION_CHOOSER (object);

  g_object_unref (self->except);
  g_object_unref (self->model);
  g_object_unref (self->filter);
  g_free (self->words);
  G_OBJECT_CLASS (baleen_conversation_chooser_parent_class)->finalize (object);
}

static void
baleen_conversation_chooser_class_init (BaleenConversationChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_conversation_chooser_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0,
                                       "window.close", NULL);
  signals[CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, BALEEN_TYPE_CONVERSATION);
}

static void
baleen_conversation_chooser_init (BaleenConversationChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *none = gtk_label_new (_("No conversation is called so"));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->entry = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Title"), "css-classes",
                              (const char *const[]) { "model-search", NULL }, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Title"), -1);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Conversations"), -1);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "focusable",
                FALSE, "child", self->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Conversations"), -1);
  gtk_widget_add_css_class (none, "dim-label");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activated_cb), self);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWindow *
baleen_conversation_chooser_new (GtkWindow          *owner,
                                 BaleenHistory      *history,
                                 BaleenConversation *except)
{
  BaleenConversationChooser *self = g_object_new (
      BALEEN_TYPE_CONVERSATION_CHOOSER, "title", _("Take from Conversation"), "transient-for",
      owner, "modal", TRUE, "destroy-with-parent", TRUE, "default-width", 420, "default-height",
      480, "width-request", 300, NULL);
  GtkSelectionModel *selection;

  self->except = g_object_ref (except);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->model = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (history)),
                                           GTK_FILTER (g_object_ref (self->filter)));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), selection);
  g_object_unref (selection);
  show_whether_any (self);
  gtk_widget_grab_focus (self->entry);
  return GTK_WINDOW (self);
}
