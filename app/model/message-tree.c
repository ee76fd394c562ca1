#include "message-tree.h"

struct _BaleenMessageTree
{
  GPtrArray *messages; /* (owned) all of them, oldest first */
  GHashTable *by_id;   /* (owned) &message id → BaleenMessage */
};

BaleenMessageTree *
baleen_message_tree_new (void)
{
  BaleenMessageTree *self = g_new (BaleenMessageTree, 1);

  self->messages = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
baleen_message_tree_free (BaleenMessageTree *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->messages);
  g_free (self);
}

void
baleen_message_tree_add (BaleenMessageTree *self,
                         BaleenMessage     *message)
{
  gint64 *key = g_new (gint64, 1);

  *key = baleen_message_get_id (message);
  g_ptr_array_add (self->messages, g_object_ref (message));
  g_hash_table_insert (self->by_id, key, message);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 first = baleen_message_get_id (*(BaleenMessage **) a);
  const gint64 second = baleen_message_get_id (*(BaleenMessage **) b);

  return first < second ? -1 : first > second;
}

void
baleen_message_tree_sort (BaleenMessageTree *self)
{
  g_ptr_array_sort (self->messages, compare_ids);
}

GPtrArray *
baleen_message_tree_get_all (BaleenMessageTree *self)
{
  return self->messages;
}

BaleenMessage *
baleen_message_tree_find (BaleenMessageTree *self,
                          gint64             id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

/* Deleted ones too. */
static BaleenMessage *
get_parent_in_tree (BaleenMessageTree *self,
                    BaleenMessage     *message)
{
  const gint64 parent_id = baleen_message_get_parent_id (message);
  guint position = 0;

  if (parent_id == 0)
    return NULL;
  if (parent_id < baleen_message_get_id (message))
    {
      BaleenMessage *parent = baleen_message_tree_find (self, parent_id);

      if (parent != NULL)
        return parent;
    }

  g_ptr_array_find (self->messages, message, &position);
  return position > 0 ? self->messages->pdata[position - 1] : NULL;
}

BaleenMessage *
baleen_message_tree_get_parent (BaleenMessageTree *self,
                                BaleenMessage     *message)
{
  do
    message = get_parent_in_tree (self, message);
  while (message != NULL && baleen_message_get_is_gone (message));
  return message;
}

static BaleenMessage *
newest_child (BaleenMessageTree *self,
              BaleenMessage     *message)
{
  for (guint i = self->messages->len; i > 0; i--)
    if (!baleen_message_get_is_gone (self->messages->pdata[i - 1])
        && baleen_message_tree_get_parent (self, self->messages->pdata[i - 1]) == message)
      return self->messages->pdata[i - 1];
  return NULL;
}

BaleenMessage *
baleen_message_tree_get_end (BaleenMessageTree *self,
                             BaleenMessage     *message)
{
  BaleenMessage *end = message;

  for (BaleenMessage *m = message; m != NULL; m = newest_child (self, m))
    end = m;
  return end;
}

GPtrArray *
baleen_message_tree_get_path (BaleenMessageTree *self,
                              BaleenMessage     *head)
{
  GPtrArray *path = g_ptr_array_new_with_free_func (g_object_unref);

  if (head != NULL && baleen_message_get_is_gone (head))
    head = baleen_message_tree_get_parent (self, head);
  for (BaleenMessage *m = head; m != NULL; m = baleen_message_tree_get_parent (self, m))
    g_ptr_array_add (path, g_object_ref (m));
  for (guint i = 0; i < path->len / 2; i++)
    {
      gpointer other = path->pdata[path->len - 1 - i];

      path->pdata[path->len - 1 - i] = path->pdata[i];
      path->pdata[i] = other;
    }
  return path;
}

GPtrArray *
baleen_message_tree_get_siblings (BaleenMessageTree *self,
                                  BaleenMessage     *message)
{
  GPtrArray *siblings = g_ptr_array_new ();
  BaleenMessage *parent = baleen_message_tree_get_parent (self, message);

  for (guint i = 0; i < self->messages->len; i++)
    if (!baleen_message_get_is_gone (self->messages->pdata[i])
        && baleen_message_tree_get_parent (self, self->messages->pdata[i]) == parent)
      g_ptr_array_add (siblings, self->messages->pdata[i]);
  return siblings;
}

GPtrArray *
baleen_message_tree_get_turn (BaleenMessageTree *self,
                              BaleenMessage     *message)
{
  GPtrArray *turn = g_ptr_array_new_with_free_func (g_object_unref);
  BaleenMessage *question = message;

  if (baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT)
    question = baleen_message_tree_get_parent (self, message);
  if (question == NULL || baleen_message_get_role (question) != BALEEN_ROLE_USER)
    question = message;
  for (guint i = 0; i < self->messages->len; i++)
    {
      BaleenMessage *other = self->messages->pdata[i];

      if (other == question
          || (!baleen_message_get_is_gone (other)
              && baleen_message_tree_get_parent (self, other) == question
              && baleen_message_get_role (other) == BALEEN_ROLE_ASSISTANT))
        g_ptr_array_add (turn, g_object_ref (other));
    }
  return turn;
}
