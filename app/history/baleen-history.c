#include "baleen-history-private.h"

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
blank_free (Blank *blank)
{
  g_object_unref (blank->conversation);
  g_free (blank);
}

static void
baleen_history_finalize (GObject *object)
{
  BaleenHistory *self = BALEEN_HISTORY (object);

  g_clear_pointer (&self->watch, baleen_history_watch_free);
  g_ptr_array_unref (self->conversations);
  g_hash_table_unref (self->hidden);
  g_ptr_array_unref (self->blanks);
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
  self->hidden = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->blanks = g_ptr_array_new_with_free_func ((GDestroyNotify) blank_free);
  self->is_kept = TRUE;
}

typedef enum
{
  RANK_PINNED,
  RANK_FOLDER,
  RANK_USUAL,
  RANK_ARCHIVED,
} Rank;

static Rank
rank_of (BaleenConversation *conversation)
{
  if (baleen_conversation_get_is_archived (conversation))
    return RANK_ARCHIVED;
  if (baleen_conversation_get_is_pinned (conversation))
    return RANK_PINNED;
  return baleen_conversation_get_folder (conversation) != NULL ? RANK_FOLDER : RANK_USUAL;
}

static gboolean
comes_before (BaleenConversation *a,
              BaleenConversation *b)
{
  const Rank rank = rank_of (a);
  int order = (int) rank - (int) rank_of (b);

  if (order == 0 && rank == RANK_FOLDER)
    order = g_utf8_collate (baleen_conversation_get_folder (a),
                            baleen_conversation_get_folder (b));
  if (order == 0)
    return baleen_conversation_get_updated (a) > baleen_conversation_get_updated (b);
  return order < 0;
}

/* Five thousand conversations are sorted while they are read: halves, not steps. */
static guint
find_place (BaleenHistory      *self,
            BaleenConversation *conversation)
{
  guint low = 0, high = self->conversations->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (comes_before (conversation, self->conversations->pdata[middle]))
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

void
baleen_history_list (BaleenHistory      *self,
                     BaleenConversation *conversation)
{
  const guint position = find_place (self, conversation);

  g_ptr_array_insert (self->conversations, position, g_object_ref (conversation));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
baleen_history_unlist (BaleenHistory      *self,
                       BaleenConversation *conversation)
{
  guint position;

  if (!g_ptr_array_find (self->conversations, conversation, &position))
    return;
  g_ptr_array_remove_index (self->conversations, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* It belongs to another group now, even if its place is the same. */
static void
list_anew (BaleenHistory      *self,
           BaleenConversation *conversation)
{
  g_autoptr (BaleenConversation) held = g_object_ref (conversation);

  if (!g_ptr_array_find (self->conversations, conversation, NULL))
    return;
  baleen_history_unlist (self, conversation);
  baleen_history_list (self, conversation);
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

  baleen_history_unlist (self, conversation);
  baleen_history_list (self, conversation);
}

gboolean
baleen_history_is_hidden (BaleenHistory *self,
                          gint64         id)
{
  return g_hash_table_contains (self->hidden, &id);
}

BaleenConversation *
baleen_history_find (BaleenHistory *self,
                     gint64         id)
{
  for (guint i = 0; i < self->conversations->len; i++)
    if (baleen_conversation_get_id (self->conversations->pdata[i]) == id)
      return self->conversations->pdata[i];
  for (guint i = 0; i < self->blanks->len; i++)
    if (baleen_conversation_get_id (((Blank *) self->blanks->pdata[i])->conversation) == id)
      return ((Blank *) self->blanks->pdata[i])->conversation;
  return NULL;
}

static Blank *
add_blank (BaleenHistory      *self,
           BaleenConversation *conversation,
           gpointer            owner)
{
  Blank *blank = g_new (Blank, 1);

  blank->conversation = g_object_ref (conversation);
  blank->owner = owner;
  g_ptr_array_add (self->blanks, blank);
  return blank;
}

/* Of what was begun and never said only a draft is worth keeping. */
static void
take_record (BaleenHistory            *self,
             BaleenConversationRecord *record)
{
  g_autoptr (BaleenConversation) conversation = baleen_conversation_record_restore (record);

  if (record->head_id != 0)
    baleen_history_list (self, conversation);
  else if (*baleen_conversation_get_draft (conversation) != '\0' || self->blanks->len == 0)
    add_blank (self, conversation, NULL);
  else
    baleen_store_delete (self->store, record->id);
}

static gboolean
watch_cb (gpointer user_data)
{
  baleen_history_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* Those that were begun before the file was open stay. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenHistory) self = user_data;
  g_autoptr (GPtrArray) records
      = baleen_store_open_finish (BALEEN_STORE (source), result, NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    take_record (self, records->pdata[i]);
  if (baleen_store_get_path (self->store) != NULL)
    self->watch = baleen_history_watch_new (self->store, watch_cb, self);
  self->is_opened = TRUE;
  g_signal_emit (self, signals[OPENED], 0);
}

/* Of what we know, ours is the newer one, unless we never looked into it. */
static void
take_new (BaleenHistory            *self,
          BaleenConversationRecord *record)
{
  BaleenConversation *known = baleen_history_find (self, record->id);
  g_autoptr (BaleenConversation) conversation = NULL;

  if (known == NULL)
    {
      conversation = baleen_conversation_record_restore (record);
      baleen_history_list (self, conversation);
    }
  else if (!baleen_conversation_get_is_loaded (known)
           && record->updated > baleen_conversation_get_updated (known))
    {
      baleen_conversation_set_title (known, record->title);
      baleen_conversation_set_updated (known, record->updated);
      baleen_conversation_set_has_left (known, record->has_left);
      baleen_conversation_set_unloaded (known, record->head_id);
      sort (self, known);
    }
}

/* What was deleted here may come back by an import, but not by a look at what was there. */
void
baleen_history_take_in (BaleenHistory *self,
                        GPtrArray     *records)
{
  for (guint i = 0; i < records->len; i++)
    take_new (self, records->pdata[i]);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenHistory) self = user_data;
  g_autoptr (GPtrArray) records = g_task_propagate_pointer (G_TASK (result), NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      BaleenConversationRecord *record = records->pdata[i];

      if (record->head_id != 0 && !baleen_history_is_hidden (self, record->id))
        take_new (self, record);
    }
}

static void
list_again (BaleenDatabase *database,
            GTask          *task)
{
  GError *error = NULL;
  GPtrArray *records = baleen_database_list (database, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
baleen_history_refresh (BaleenHistory *self)
{
  baleen_store_run (self->store, list_again, NULL, NULL, NULL, listed_cb, g_object_ref (self));
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
baleen_history_new_temporary (BaleenHistory *self)
{
  BaleenConversation *conversation
      = baleen_conversation_new (baleen_store_next_id (self->store));

  baleen_conversation_set_is_temporary (conversation, TRUE);
  return conversation;
}

/* One's own, else one that nobody has, else a new one. */
BaleenConversation *
baleen_history_get_blank (BaleenHistory *self)
{
  return baleen_history_get_blank_of (self, NULL);
}

BaleenConversation *
baleen_history_get_blank_of (BaleenHistory *self,
                             gpointer       owner)
{
  g_autoptr (BaleenConversation) conversation = NULL;

  for (guint i = 0; i < self->blanks->len; i++)
    if (((Blank *) self->blanks->pdata[i])->owner == owner)
      return ((Blank *) self->blanks->pdata[i])->conversation;
  for (guint i = 0; i < self->blanks->len; i++)
    {
      Blank *blank = self->blanks->pdata[i];

      if (blank->owner == NULL)
        {
          blank->owner = owner;
          return blank->conversation;
        }
    }

  conversation = baleen_history_new_temporary (self);
  baleen_conversation_set_is_temporary (conversation, !self->is_kept);
  return add_blank (self, conversation, owner)->conversation;
}

void
baleen_history_release_blank (BaleenHistory *self,
                              gpointer       owner)
{
  for (guint i = 0; i < self->blanks->len; i++)
    if (((Blank *) self->blanks->pdata[i])->owner == owner)
      ((Blank *) self->blanks->pdata[i])->owner = NULL;
}

void
baleen_history_set_is_kept (BaleenHistory *self,
                            gboolean       is_kept)
{
  self->is_kept = is_kept;
  for (guint i = 0; i < self->blanks->len; i++)
    baleen_conversation_set_is_temporary (((Blank *) self->blanks->pdata[i])->conversation,
                                          !is_kept);
}

void
baleen_history_keep (BaleenHistory      *self,
                     BaleenConversation *conversation)
{
  g_autoptr (GPtrArray) messages = baleen_conversation_get_all (conversation);

  baleen_conversation_set_is_temporary (conversation, FALSE);
  baleen_store_save (self->store, conversation, NULL, FALSE);
  for (guint i = 0; i < messages->len; i++)
    baleen_store_save (self->store, conversation, messages->pdata[i], TRUE);
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

static void
remove_blank (BaleenHistory      *self,
              BaleenConversation *conversation)
{
  for (guint i = 0; i < self->blanks->len; i++)
    if (((Blank *) self->blanks->pdata[i])->conversation == conversation)
      {
        g_ptr_array_remove_index (self->blanks, i);
        return;
      }
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
  if (!g_ptr_array_find (self->conversations, conversation, NULL))
    baleen_history_list (self, conversation);
  else
    sort (self, conversation);
  remove_blank (self, conversation);
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
  list_anew (self, conversation);
  baleen_history_save (self, conversation, NULL, FALSE);
}

void
baleen_history_move (BaleenHistory      *self,
                     BaleenConversation *conversation,
                     const char         *folder)
{
  baleen_conversation_set_folder (conversation, folder);
  list_anew (self, conversation);
  baleen_history_save (self, conversation, NULL, FALSE);
}

void
baleen_history_archive (BaleenHistory      *self,
                        BaleenConversation *conversation,
                        gboolean            is_archived)
{
  baleen_conversation_set_is_archived (conversation, is_archived);
  list_anew (self, conversation);
  baleen_history_save (self, conversation, NULL, FALSE);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char **) a, *(const char **) b);
}

char **
baleen_history_get_folders (BaleenHistory *self)
{
  GPtrArray *folders = g_ptr_array_new ();

  for (guint i = 0; i < self->conversations->len; i++)
    {
      const char *folder = baleen_conversation_get_folder (self->conversations->pdata[i]);

      if (folder != NULL && !g_ptr_array_find_with_equal_func (folders, folder, g_str_equal, NULL))
        g_ptr_array_add (folders, g_strdup (folder));
    }
  g_ptr_array_sort (folders, compare_names);
  g_ptr_array_add (folders, NULL);
  return (char **) g_ptr_array_free (folders, FALSE);
}

static BaleenMessage *
copy_message (BaleenHistory      *self,
              BaleenConversation *conversation,
              BaleenMessage      *from)
{
  const BaleenState state = baleen_message_get_state (from);
  BaleenMessage *copy = baleen_history_add_message (
      self, conversation, baleen_conversation_get_head (conversation),
      baleen_message_get_role (from), baleen_message_get_text (from),
      baleen_state_is_running (state) || state == BALEEN_STATE_FAILED ? BALEEN_STATE_STOPPED
                                                                     : state);

  baleen_message_set_text (copy, baleen_message_get_text (from),
                           baleen_message_get_thought (from));
  baleen_message_set_sources (copy, baleen_message_get_sources (from));
  baleen_message_set_model (copy, baleen_message_get_model (from));
  baleen_message_set_think (copy, baleen_message_get_think (from));
  baleen_message_set_numbers (copy, baleen_message_get_numbers (from));
  baleen_message_set_created (copy, baleen_message_get_created (from));
  baleen_message_set_ended (copy, baleen_message_get_ended (from));
  baleen_history_save (self, conversation, copy, FALSE);
  return copy;
}

BaleenConversation *
baleen_history_branch (BaleenHistory      *self,
                       BaleenConversation *conversation,
                       BaleenMessage      *message)
{
  BaleenConversation *branch = baleen_history_get_blank (self);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (conversation));

  baleen_conversation_set_is_temporary (branch,
                                        baleen_conversation_get_is_temporary (conversation));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenMessage) from = g_list_model_get_item (G_LIST_MODEL (conversation), i);

      copy_message (self, branch, from);
      if (from == message)
        break;
    }
  return branch;
}
