#include "baleen-conversation-row.h"

#include <glib/gi18n.h>

#include "baleen-words.h"

struct _BaleenConversationRow
{
  GtkListBoxRow parent_instance;

  BaleenConversation *conversation; /* (owned) */
  GtkWidget *title;
  GtkWidget *sign;
  GtkWidget *time;
};

G_DEFINE_FINAL_TYPE (BaleenConversationRow, baleen_conversation_row, GTK_TYPE_LIST_BOX_ROW)

/* At most one: what goes on now before what lasts. */
static const char *
choose_sign (BaleenConversation *conversation,
             const char        **words)
{
  if (baleen_conversation_get_is_running (conversation))
    {
      *words = _("being answered");
      return "content-loading-symbolic";
    }
  if (baleen_conversation_get_is_temporary (conversation))
    {
      *words = _("not saved");
      return "user-trash-symbolic";
    }
  if (baleen_conversation_get_is_pinned (conversation))
    {
      *words = _("pinned");
      return "view-pin-symbolic";
    }
  if (baleen_conversation_get_has_left (conversation))
    {
      *words = _("answered by another computer");
      return "baleen-network-symbolic";
    }
  *words = NULL;
  return NULL;
}

static void
update (BaleenConversationRow *self)
{
  const char *title = baleen_words_title (self->conversation);
  g_autofree char *time = baleen_words_day (baleen_conversation_get_updated (self->conversation),
                                            g_get_real_time ());
  const char *words;
  const char *sign = choose_sign (self->conversation, &words);
  g_autofree char *name = words != NULL ? g_strdup_printf ("%s, %s, %s", title, time, words)
                                        : g_strdup_printf ("%s, %s", title, time);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), sign);
  gtk_widget_set_visible (self->sign, sign != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
baleen_conversation_row_dispose (GObject *object)
{
  BaleenConversationRow *self = BALEEN_CONVERSATION_ROW (object);

  g_clear_object (&self->conversation);
  G_OBJECT_CLASS (baleen_conversation_row_parent_class)->dispose (object);
}

static void
baleen_conversation_row_class_init (BaleenConversationRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_conversation_row_dispose;
}

static void
baleen_conversation_row_init (BaleenConversationRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize",
                              PANGO_ELLIPSIZE_END, NULL);
  /* Said in the row's name. */
  self->sign = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "pixel-size", 12, NULL);
  self->time = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->sign, "dim-label");
  gtk_widget_add_css_class (self->time, "dim-label");
  gtk_widget_add_css_class (self->time, "caption");
  gtk_widget_add_css_class (self->time, "numeric");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->sign);
  gtk_box_append (GTK_BOX (box), self->time);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
baleen_conversation_row_new (BaleenConversation *conversation)
{
  static const char *const properties[]
      = { "notify::title",     "notify::updated",      "notify::is-pinned",
          "notify::is-running", "notify::is-temporary", "notify::has-left" };
  BaleenConversationRow *self = g_object_new (BALEEN_TYPE_CONVERSATION_ROW, NULL);

  self->conversation = g_object_ref (conversation);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (conversation, properties[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

BaleenConversation *
baleen_conversation_row_get_conversation (BaleenConversationRow *self)
{
  return self->conversation;
}
