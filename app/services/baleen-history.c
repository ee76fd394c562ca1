#include "baleen-history.h"

struct _BaleenHistory
{
  GObject parent_instance;

  BaleenStore *store;        /* (owned) */
  GPtrArray *conversations;  /* (owned) those listed, sorted */
  BaleenConversation *blank; /* (owned) (nullable) */
  gboolean is_opened;
};

static void baleen_history_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaleenHistory,
                               baleen_history,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baleen_history_list_model_init))

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
baleen_history_get_item_type (GListModel *model)
{
  return BALEEN_TYPE_CONVERSATION;
}

static guint
baleen_history_get_n_items (GListModel *model)
{
  return BALEEN_HISTORY (model)->conversations->len;
}

static gpointer
baleen_history_get_item (GListModel *model,
                         guint       position)
{
  BaleenHistory *self = BALEEN_HISTORY (model);

  return position < self->conversations->len
             ? g_object_ref (self->conversations->pdata[position])
             : NULL;
}

static void
baleen_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baleen_history_get_item_type;
  iface->get_n_items = baleen_history_get_n_items;
  iface->get_item = baleen_history_get_item;
}

static void
baleen_history_finalize (GObject *object)
{
  BaleenHistory *self = BALEEN_HISTORY (object);

  g_ptr_array_unref (self->conversations);
  g_clear_object (&self->blank);
  g_object_unref (self->store);
  G_OBJECT_CLASS (baleen_history_parent_class)->finalize (object);
}

static void
baleen_history_class_init (BaleenHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_history_finalize;

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_history_init (BaleenHistory *self)
{
  self->conversations = g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
comes_before (BaleenConversation *a,
              BaleenConversation *b)
{
  const gboolean is_pinned = baleen_conversation_get_is_pinned (a);

  if (is_pinned != baleen_conversation_get_is_pinned (b))
    return is_pinned;
  return baleen_conversation_get_updated (a) > baleen_conversation_get_updated (b);
}

static void
list (BaleenHistory      *self,
      BaleenConversation *conversation)
{
  guint position = 0;

  while (position < self->conversations->len
         && !comes_before (conversation, self->conversations->pdata[position]))
    position++;
  g_ptr_array_insert (self->conversations, position, g_object_ref (conversation));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
unlist (BaleenHistory      *self,
        BaleenConversation *conversation)
{
  guint position;

  if (!g_ptr_array_find (self->conversations, conversation, &position))
    return;
  g_ptr_array_remove_index (self->conversations, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Only a conversation that really changes place is moved: a move makes a new row. */
static void
sort (BaleenHistory      *self,
      BaleenConversation *conversation)
{
  g_autoptr (BaleenConversation) held = g_object_ref (conversation);
  GPtrArray *all = self->conversations;
  guint position;

  if (!g_ptr_array_find (all, conversation, &position))
    return;
  if ((position == 0 || comes_before (all->pdata[position - 1], conversation))
      && (position + 1 == all->len || comes_before (conversation, all->pdata[position + 1])))
    return;

  unlist (self, conversation);
  list (self, conversation);
}

/* Those that were begun before the file was open stay; there is but one blank. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenHistory) self = user_data;
  g_autoptr (GPtrArray) records
      = baleen_store_open_finish (BALEEN_STORE (source), result, NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      BaleenConversationRecord *record = records->pdata[i];
      g_autoptr (BaleenConversation) conversation
          = baleen_conversation_record_restore (record);

      if (record->head_id != 0)
        list (self, conversation);
      else if (self->blank == NULL)
        self->blank = g_steal_pointer (&conversation);
      else
        baleen_store_delete (self->store, record->id);
    }
  self->is_opened = TRUE;
  g_signal_emit (self, signals[OPENED], 0);
}

BaleenHistory *
baleen_history_new (BaleenStore *store)
{
  BaleenHistory *self = g_object_new (BALEEN_TYPE_HISTORY, NULL);

  self->store = g_object_ref (store);
  baleen_store_open_async (store, opened_cb, g_object_ref (self));
  return self;
}

gboolean
baleen_history_get_is_opened (BaleenHistory *self)
{
  return self->is_opened;
}

BaleenStore *
baleen_history_get_store (BaleenHistory *self)
{
  return self->store;
}

BaleenConversation *
baleen_history_get_blank (BaleenHistory *self)
{
  if (self->blank == NULL)
    self->blank = baleen_conversation_new (baleen_store_next_id (self->store));
  return self->blank;
}

typedef struct
{
  BaleenHistory *history;           /* (owned) */
  BaleenConversation *conversation; /* (owned) */
} Loading;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Loading *loading = user_data;
  g_autoptr (GPtrArray) records
      = baleen_store_load_finish (BALEEN_STORE (source), result, NULL);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; records != NULL && i < records->len; i++)
    g_ptr_array_add (messages, baleen_message_record_restore (records->pdata[i]));
  if (!baleen_conversation_get_is_loaded (loading->conversation))
    baleen_conversation_fill (loading->conversation, messages);
  g_object_unref (loading->conversation);
  g_object_unref (loading->history);
  g_free (loading);
}

void
baleen_history_load (BaleenHistory      *self,
                     BaleenConversation *conversation)
{
  Loading *loading;

  if (baleen_conversation_get_is_loaded (conversation))
    return;

  loading = g_new (Loading, 1);
  loading->history = g_object_ref (self);
  loading->conversation = g_object_ref (conversation);
  baleen_store_load_async (self->store, baleen_conversation_get_id (conversation), loaded_cb,
                           loading);
}

BaleenMessage *
baleen_history_add_message (BaleenHistory      *self,
                            BaleenConversation *conversation,
                            BaleenMessage      *parent,
                            BaleenRole          role,
                            const char         *text,
                            BaleenState         state)
{
  g_autoptr (BaleenMessage) message
      = baleen_message_new (baleen_store_next_id (self->store),
                            parent != NULL ? baleen_message_get_id (parent) : 0, role, text);

  baleen_message_set_state (message, state);
  baleen_conversation_add (conversation, message);
  if (conversation == self->blank)
    {
      list (self, conversation);
      g_clear_object (&self->blank);
    }
  else
    {
      sort (self, conversation);
    }
  baleen_store_save (self->store, conversation, message, role == BALEEN_ROLE_USER);
  return message;
}

void
baleen_history_save (BaleenHistory      *self,
                     BaleenConversation *conversation,
                     BaleenMessage      *message,
                     gboolean            is_lasting)
{
  baleen_store_save (self->store, conversation, message, is_lasting);
}

void
baleen_history_rename (BaleenHistory      *self,
                       BaleenConversation *conversation,
                       const char         *title)
{
  baleen_conversation_set_title (conversation, title);
  baleen_conversation_set_title_source (conversation, BALEEN_TITLE_USER);
  baleen_history_save (self, conversation, NULL, FALSE);
}

void
baleen_history_pin (BaleenHistory      *self,
                    BaleenConversation *conversation,
                    gboolean            is_pinned)
{
  baleen_conversation_set_is_pinned (conversation, is_pinned);
  sort (self, conversation);
  baleen_history_save (self, conversation, NULL, FALSE);
}

void
baleen_history_hide (BaleenHistory      *self,
                     BaleenConversation *conversation)
{
  unlist (self, conversation);
}

void
baleen_history_put_back (BaleenHistory      *self,
                         BaleenConversation *conversation)
{
  list (self, conversation);
}

void
baleen_history_delete (BaleenHistory      *self,
                       BaleenConversation *conversation)
{
  baleen_store_delete (self->store, baleen_conversation_get_id (conversation));
}
