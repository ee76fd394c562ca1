#include "baleen-query-card.h"

#include <glib/gi18n.h>

#include "baleen-wrap-layout.h"

struct _BaleenQueryCard
{
  GtkWidget parent_instance;

  BaleenMessage *message; /* (owned) */
  GtkWidget *box;
  GtkWidget *lines;
  GtkWidget *search;
};

G_DEFINE_FINAL_TYPE (BaleenQueryCard, baleen_query_card, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Lines that were emptied are not searched for. */
static char **
dup_queries (BaleenQueryCard *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GtkWidget *line = gtk_widget_get_first_child (self->lines); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    {
      g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (line)));

      if (*g_strstrip (text) != '\0')
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
changed_cb (BaleenQueryCard *self)
{
  g_auto (GStrv) queries = dup_queries (self);

  gtk_widget_set_sensitive (self->search, queries[0] != NULL);
}

static void
search_cb (BaleenQueryCard *self)
{
  g_auto (GStrv) queries = dup_queries (self);

  if (queries[0] == NULL)
    return;
  baleen_message_set_queries (self->message, (const char *const *) queries);
  g_signal_emit (self, signals[DECIDED], 0, TRUE);
}

static void
answer_cb (BaleenQueryCard *self)
{
  g_signal_emit (self, signals[DECIDED], 0, FALSE);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  GtkWidget *first = gtk_widget_get_first_child (BALEEN_QUERY_CARD (widget)->lines);

  return first != NULL && gtk_widget_grab_focus (first);
}

static void
baleen_query_card_dispose (GObject *object)
{
  BaleenQueryCard *self = BALEEN_QUERY_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->message);
  G_OBJECT_CLASS (baleen_query_card_parent_class)->dispose (object);
}

static void
baleen_query_card_class_init (BaleenQueryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_query_card_dispose;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
baleen_query_card_init (BaleenQueryCard *self)
{
  GtkWidget *buttons = baleen_wrap_box_new (6);
  GtkWidget *answer = gtk_button_new_with_label (_("Answer Without Searching"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "note");
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->search = gtk_button_new_with_label (_("Search"));
  g_signal_connect_swapped (self->search, "clicked", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (answer, "clicked", G_CALLBACK (answer_cb), self);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (answer))), TRUE);
  gtk_box_append (GTK_BOX (buttons), self->search);
  gtk_box_append (GTK_BOX (buttons), answer);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_box_append (GTK_BOX (self->box), buttons);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Query"), -1);
}

GtkWidget *
baleen_query_card_new (BaleenMessage *message)
{
  BaleenQueryCard *self = g_object_new (BALEEN_TYPE_QUERY_CARD, NULL);
  const char *const *queries = baleen_message_get_queries (message);

  self->message = g_object_ref (message);
  for (guint i = 0; queries[i] != NULL; i++)
    {
      GtkWidget *line = g_object_new (GTK_TYPE_ENTRY, "text", queries[i], NULL);

      gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Query"), -1);
      g_signal_connect_swapped (line, "changed", G_CALLBACK (changed_cb), self);
      g_signal_connect_swapped (line, "activate", G_CALLBACK (search_cb), self);
      gtk_box_append (GTK_BOX (self->lines), line);
    }
  return GTK_WIDGET (self);
}
