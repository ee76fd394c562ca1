#include "loose-tree.h"

/* Ids of imported messages stay behind those that are given out meanwhile. */
#define BEHIND (60 * (gint64) G_USEC_PER_SEC)

BaleenLooseMessage *
baleen_loose_message_new (const char *key,
                          const char *parent)
{
  BaleenLooseMessage *message = g_new0 (BaleenLooseMessage, 1);

  message->key = g_strdup (key);
  message->parent = g_strdup (parent);
  return message;
}

void
baleen_loose_message_free (BaleenLooseMessage *message)
{
  g_free (message->key);
  g_free (message->parent);
  g_clear_pointer (&message->record, baleen_message_record_free);
  g_free (message->thought);
  g_free (message);
}

/* A message on its way down the tree, with what it inherits. */
typedef struct
{
  guint at;
  BaleenMessageRecord *above; /* (nullable) */
  gboolean is_only_child;     /* all the way from `above` */
  char *thought;              /* (owned) (nullable) */
} Step;

/* An id that is no time of ours would put old things beside new ones. */
#define EARLIEST ((gint64) 946684800 * G_USEC_PER_SEC)

typedef struct
{
  GPtrArray *messages;
  GPtrArray **children; /* (owned) (nullable) indices, one array a message */
  gboolean *is_seen;    /* (owned) */
  gint64 *ids;          /* (owned) what each became; 0 before */
  GQueue steps;         /* (owned) of Step */
  GHashTable *used;     /* (owned) set of &id */
  GPtrArray *settled;   /* (owned) */
  gboolean is_joined;
  gint64 created;
  gint64 latest;
  gint64 highest; /* id given out */
} Tree;

static void
push (Tree                *tree,
      guint                at,
      BaleenMessageRecord *above,
      gboolean             is_only_child,
      const char          *thought)
{
  Step *step = g_new (Step, 1);

  *step = (Step) { at, above, is_only_child, g_strdup (thought) };
  tree->is_seen[at] = TRUE;
  g_queue_push_tail (&tree->steps, step);
}

static gint64
choose_id (Tree                *tree,
           BaleenMessageRecord *record,
           BaleenMessageRecord *above)
{
  const gint64 latest = tree->latest + BEHIND;
  gint64 id = CLAMP (record->created, 1, tree->latest);

  /* An id of ours that was given out a moment ago is still that of the same message. */
  if (record->id >= EARLIEST && record->id <= latest)
    id = record->id;
  if (above != NULL)
    id = MAX (id, above->id + 1);
  /* Many of one time: looking for the next free one each time would take for ever. */
  if (g_hash_table_contains (tree->used, &id))
    id = tree->highest + 1;
  tree->highest = MAX (tree->highest, id);
  return id;
}

static void
join (char      **text,
      const char *more)
{
  char *joined;

  if (more == NULL || *more == '\0')
    return;
  joined = *text != NULL && **text != '\0' ? g_strconcat (*text, "\n\n", more, NULL)
                                           : g_strdup (more);
  g_free (*text);
  *text = joined;
}

static BaleenMessageRecord *
settle (Tree                *tree,
        BaleenMessageRecord *record,
        BaleenMessageRecord *above)
{
  if (record->created == 0)
    record->created = above != NULL ? above->created : tree->created;
  record->id = choose_id (tree, record, above);
  record->parent_id = above != NULL ? above->id : 0;
  g_ptr_array_add (tree->settled, record);
  g_hash_table_add (tree->used, &record->id);
  return record;
}

/* Takes the record of one message and gives the one that those below hang on. */
static BaleenMessageRecord *
take (Tree *tree,
      Step *step)
{
  BaleenLooseMessage *message = tree->messages->pdata[step->at];
  BaleenMessageRecord *record = g_steal_pointer (&message->record);

  if (record == NULL)
    {
      join (&step->thought, message->thought);
      return step->above;
    }
  if (record->role != BALEEN_ROLE_ASSISTANT)
    return settle (tree, record, step->above);

  join (&step->thought, record->thought);
  g_free (record->thought);
  record->thought = g_steal_pointer (&step->thought);
  if (!tree->is_joined || !step->is_only_child || step->above == NULL
      || step->above->role != BALEEN_ROLE_ASSISTANT)
    return settle (tree, record, step->above);

  join (&step->above->text, record->text);
  join (&step->above->thought, record->thought);
  step->above->state = record->state;
  baleen_message_record_free (record);
  return step->above;
}

static void
walk (Tree *tree)
{
  Step *step;

  while ((step = g_queue_pop_head (&tree->steps)) != NULL)
    {
      const gboolean is_passing
          = ((BaleenLooseMessage *) tree->messages->pdata[step->at])->record == NULL;
      BaleenMessageRecord *below = take (tree, step);
      GPtrArray *children = tree->children[step->at];
      const gboolean is_alone = children != NULL && children->len == 1;

      tree->ids[step->at] = below != NULL ? below->id : 0;
      for (guint i = 0; children != NULL && i < children->len; i++)
        {
          const guint child = GPOINTER_TO_UINT (children->pdata[i]);

          if (!tree->is_seen[child])
            push (tree, child, below, is_alone && (!is_passing || step->is_only_child),
                  step->thought);
        }
      g_free (step->thought);
      g_free (step);
    }
}

/* Which message hangs on which; those that hang on none go first. */
static void
link_messages (Tree       *tree,
               GHashTable *by_key)
{
  for (guint i = 0; i < tree->messages->len; i++)
    {
      const BaleenLooseMessage *message = tree->messages->pdata[i];
      gpointer value;
      guint parent;

      if (message->parent == NULL
          || !g_hash_table_lookup_extended (by_key, message->parent, NULL, &value)
          || (parent = GPOINTER_TO_UINT (value)) == i)
        {
          push (tree, i, NULL, TRUE, NULL);
          continue;
        }
      if (tree->children[parent] == NULL)
        tree->children[parent] = g_ptr_array_new ();
      g_ptr_array_add (tree->children[parent], GUINT_TO_POINTER (i));
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 first = (*(BaleenMessageRecord **) a)->id;
  const gint64 second = (*(BaleenMessageRecord **) b)->id;

  return first < second ? -1 : first > second;
}

GPtrArray *
baleen_loose_tree_settle (GPtrArray  *messages,
                          const char *head,
                          gboolean    is_joined,
                          gint64      created,
                          gint64     *head_id)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  Tree tree = {
    .messages = messages,
    .children = g_new0 (GPtrArray *, messages->len + 1),
    .is_seen = g_new0 (gboolean, messages->len + 1),
    .ids = g_new0 (gint64, messages->len + 1),
    .steps = G_QUEUE_INIT,
    .used = g_hash_table_new (g_int64_hash, g_int64_equal),
    .settled = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_message_record_free),
    .is_joined = is_joined,
    .created = created,
    .latest = g_get_real_time () - BEHIND,
  };
  gpointer value;

  for (guint i = 0; i < messages->len; i++)
    {
      const BaleenLooseMessage *message = messages->pdata[i];

      if (message->key != NULL && !g_hash_table_contains (by_key, message->key))
        g_hash_table_insert (by_key, message->key, GUINT_TO_POINTER (i));
    }
  link_messages (&tree, by_key);
  walk (&tree);
  /* What no walk from the top reaches goes in circles. */
  for (guint i = 0; i < messages->len; i++)
    if (!tree.is_seen[i])
      {
        push (&tree, i, NULL, TRUE, NULL);
        walk (&tree);
      }

  g_ptr_array_sort (tree.settled, compare_ids);
  *head_id = 0;
  if (head != NULL && g_hash_table_lookup_extended (by_key, head, NULL, &value))
    *head_id = tree.ids[GPOINTER_TO_UINT (value)];
  if (*head_id == 0 && tree.settled->len > 0)
    *head_id = ((BaleenMessageRecord *) tree.settled->pdata[tree.settled->len - 1])->id;
  for (guint i = 0; i < messages->len; i++)
    g_clear_pointer (&tree.children[i], g_ptr_array_unref);
  g_hash_table_unref (tree.used);
  g_free (tree.children);
  g_free (tree.is_seen);
  g_free (tree.ids);
  return tree.settled;
}
