#include "baleen-find-bar.h"

#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "found-words.h"
#include "search-text.h"

/* A place where the words stand. */
typedef struct
{
  BaleenMessage *message; /* in the conversation's path */
  guint nth;              /* in the message */
} Place;

/* What a message shows, kept while something is looked for in it. */
typedef struct
{
  gsize length; /* of the message, when it was read */
  GPtrArray *texts;
} Texts;

struct _BaleenFindBar
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *entry;
  GtkWidget *count;

  BaleenConversation *conversation; /* (owned) (nullable) */
  GArray *places;                   /* (owned) of Place */
  GHashTable *texts;                /* (owned) BaleenMessage → Texts: what was read of it */
  guint at;
};

G_DEFINE_FINAL_TYPE (BaleenFindBar, baleen_find_bar, GTK_TYPE_WIDGET)

enum
{
  FOUND,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell (BaleenFindBar *self)
{
  const char *text = baleen_find_bar_get_text (self);
  g_autofree char *words = NULL;

  if (*text == '\0')
    words = g_strdup ("");
  else if (self->places->len == 0)
    words = g_strdup (_("Not found"));
  else
    words = g_strdup_printf (_("%u of %u"), self->at + 1, self->places->len);
  gtk_label_set_text (GTK_LABEL (self->count), words);
  gtk_widget_set_visible (self->count, *words != '\0');
  if (*text != '\0' && self->places->len == 0)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  if (self->places->len > 0)
    {
      const Place *place = &g_array_index (self->places, Place, self->at);

      g_signal_emit (self, signals[FOUND], 0, place->message, place->nth);
    }
  else
    {
      g_signal_emit (self, signals[FOUND], 0, NULL, 0);
    }
}

static void
texts_free (gpointer data)
{
  Texts *texts = data;

  g_ptr_array_unref (texts->texts);
  g_free (texts);
}

/* One that is still being written is read anew when it has grown. */
static GPtrArray *
read_message (BaleenFindBar *self,
              BaleenMessage *message)
{
  Texts *texts = g_hash_table_lookup (self->texts, message);

  if (texts == NULL || texts->length != baleen_message_get_text_length (message))
    {
      texts = g_new (Texts, 1);
      texts->length = baleen_message_get_text_length (message);
      texts->texts = found_words_list_texts (message);
      g_hash_table_insert (self->texts, g_object_ref (message), texts);
    }
  return texts->texts;
}

static void
add_places (BaleenFindBar *self,
            BaleenMessage *message,
            const char    *needle)
{
  GPtrArray *texts = read_message (self, message);
  guint nth = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr (GArray) spans = baleen_search_text_find (texts->pdata[i], needle, FALSE);

      for (guint j = 0; j < spans->len; j++, nth++)
        g_array_append_vals (self->places, &(Place) { message, nth }, 1);
    }
}

static void
list_places (BaleenFindBar *self)
{
  const char *needle = baleen_find_bar_get_text (self);
  const guint n = self->conversation != NULL
                      ? g_list_model_get_n_items (G_LIST_MODEL (self->conversation))
                      : 0;

  g_array_set_size (self->places, 0);
  for (guint i = 0; *needle != '\0' && i < n; i++)
    {
      g_autoptr (BaleenMessage) message
          = g_list_model_get_item (G_LIST_MODEL (self->conversation), i);

      add_places (self, message, needle);
    }
}

/* From the end, where the reader usually is. */
static void
find (BaleenFindBar *self)
{
  list_places (self);
  self->at = self->places->len > 0 ? self->places->len - 1 : 0;
  tell (self);
}

void
baleen_find_bar_move (BaleenFindBar *self,
                      int            direction)
{
  /* An answer may have grown since. */
  list_places (self);
  if (self->places->len == 0)
    return;
  self->at = (MIN (self->at, self->places->len - 1) + self->places->len + direction)
             % self->places->len;
  tell (self);
}

static void
previous_cb (BaleenFindBar *self)
{
  baleen_find_bar_move (self, -1);
}

static void
next_cb (BaleenFindBar *self)
{
  baleen_find_bar_move (self, 1);
}

/* The conversation changed: places of messages that are gone must not be kept. */
static void
items_changed_cb (BaleenFindBar *self)
{
  if (baleen_find_bar_get_is_open (self))
    find (self);
}

static void
mode_cb (BaleenFindBar *self)
{
  if (baleen_find_bar_get_is_open (self))
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_array_set_size (self->places, 0);
  g_hash_table_remove_all (self->texts);
  g_signal_emit (self, signals[FOUND], 0, NULL, 0);
  g_signal_emit (self, signals[CLOSED], 0);
}

void
baleen_find_bar_set_conversation (BaleenFindBar      *self,
                                  BaleenConversation *conversation)
{
  if (self->conversation == conversation)
    return;

  baleen_find_bar_close (self);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

void
baleen_find_bar_open (BaleenFindBar *self)
{
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->bar), TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

gboolean
baleen_find_bar_close (BaleenFindBar *self)
{
  if (!baleen_find_bar_get_is_open (self))
    return FALSE;
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->bar), FALSE);
  return TRUE;
}

gboolean
baleen_find_bar_get_is_open (BaleenFindBar *self)
{
  return gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->bar));
}

const char *
baleen_find_bar_get_text (BaleenFindBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
baleen_find_bar_dispose (GObject *object)
{
  BaleenFindBar *self = BALEEN_FIND_BAR (object);

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  G_OBJECT_CLASS (baleen_find_bar_parent_class)->dispose (object);
}

static void
baleen_find_bar_class_init (BaleenFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_find_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, BALEEN_TYPE_MESSAGE, G_TYPE_UINT);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_find_bar_init (BaleenFindBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *previous = baleen_icon_button_new ("go-up-symbolic", _("Previous Place"));
  GtkWidget *next = baleen_icon_button_new ("go-down-symbolic", _("Next Place"));

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->texts = g_hash_table_new_full (NULL, NULL, g_object_unref, texts_free);
  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_object_set (self->entry, "placeholder-text", _("Find in this conversation"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Find in this conversation"), -1);
  self->count = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_box_append (GTK_BOX (box), previous);
  gtk_box_append (GTK_BOX (box), next);

  self->bar = gtk_search_bar_new ();
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->bar), box);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->bar), GTK_EDITABLE (self->entry));
  gtk_search_bar_set_show_close_button (GTK_SEARCH_BAR (self->bar), FALSE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  g_signal_connect_swapped (self->bar, "notify::search-mode-enabled", G_CALLBACK (mode_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (find), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->entry, "previous-match", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (baleen_find_bar_close), self);
  g_signal_connect_swapped (previous, "clicked", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (next, "clicked", G_CALLBACK (next_cb), self);
}
