#include "baleen-conversation.h"

#include "message-tree.h"

struct _BaleenConversation
{
  GObject parent_instance;

  gint64 id;
  gint64 created;
  gint64 updated;
  char *title; /* (owned) (nullable) */
  BaleenTitleSource title_source;
  gboolean is_pinned;
  gboolean is_archived;
  gboolean is_temporary;
  gboolean has_left;
  char *folder; /* (owned) (nullable) */
  gboolean think;
  gboolean search;
  char *draft; /* (owned) */
  int draft_cursor;
  char *draft_parts[BALEEN_N_PARTS]; /* (owned) (nullable) */
  gboolean is_loaded;
  gboolean is_running;
  gint64 unloaded_head; /* id */

  BaleenMessageTree *tree; /* (owned) */
  GPtrArray *path;         /* (owned) those shown */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_UPDATED,
  PROP_IS_PINNED,
  PROP_IS_ARCHIVED,
  PROP_IS_TEMPORARY,
  PROP_HAS_LEFT,
  PROP_FOLDER,
  PROP_THINK,
  PROP_IS_LOADED,
  PROP_IS_RUNNING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void baleen_conversation_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaleenConversation,
                               baleen_conversation,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baleen_conversation_list_model_init))

/* Enough for one line of the sidebar at any width it has. */
#define TITLE_CHARS 60

static GType
baleen_conversation_get_item_type (GListModel *model)
{
  return BALEEN_TYPE_MESSAGE;
}

static guint
baleen_conversation_get_n_items (GListModel *model)
{
  return BALEEN_CONVERSATION (model)->path->len;
}

static gpointer
baleen_conversation_get_item (GListModel *model,
                              guint       position)
{
  BaleenConversation *self = BALEEN_CONVERSATION (model);

  return position < self->path->len ? g_object_ref (self->path->pdata[position]) : NULL;
}

static void
baleen_conversation_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baleen_conversation_get_item_type;
  iface->get_n_items = baleen_conversation_get_n_items;
  iface->get_item = baleen_conversation_get_item;
}

static void
baleen_conversation_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BaleenConversation *self = BALEEN_CONVERSATION (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->updated);
      break;
    case PROP_IS_PINNED:
      g_value_set_boolean (value, self->is_pinned);
      break;
    case PROP_IS_ARCHIVED:
      g_value_set_boolean (value, self->is_archived);
      break;
    case PROP_IS_TEMPORARY:
      g_value_set_boolean (value, self->is_temporary);
      break;
    case PROP_HAS_LEFT:
      g_value_set_boolean (value, self->has_left);
      break;
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_THINK:
      g_value_set_boolean (value, self->think);
      break;
    case PROP_IS_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    case PROP_IS_RUNNING:
      g_value_set_boolean (value, self->is_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
baleen_conversation_finalize (GObject *object)
{
  BaleenConversation *self = BALEEN_CONVERSATION (object);

  g_free (self->title);
  g_free (self->folder);
  g_free (self->draft);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    g_free (self->draft_parts[i]);
  g_ptr_array_unref (self->path);
  baleen_message_tree_free (self->tree);
  G_OBJECT_CLASS (baleen_conversation_parent_class)->finalize (object);
}

static void
baleen_conversation_class_init (BaleenConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = baleen_conversation_get_property;
  object_class->finalize = baleen_conversation_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_UPDATED]
      = g_param_spec_int64 ("updated", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_IS_PINNED] = g_param_spec_boolean ("is-pinned", NULL, NULL, FALSE, flags);
  properties[PROP_IS_ARCHIVED]
      = g_param_spec_boolean ("is-archived", NULL, NULL, FALSE, flags);
  properties[PROP_IS_TEMPORARY]
      = g_param_spec_boolean ("is-temporary", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_LEFT] = g_param_spec_boolean ("has-left", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  properties[PROP_THINK] = g_param_spec_boolean ("think", NULL, NULL, FALSE, flags);
  properties[PROP_IS_LOADED] = g_param_spec_boolean ("is-loaded", NULL, NULL, FALSE, flags);
  properties[PROP_IS_RUNNING] = g_param_spec_boolean ("is-running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baleen_conversation_init (BaleenConversation *self)
{
  self->created = self->updated = g_get_real_time ();
  self->draft = g_strdup ("");
  self->is_loaded = TRUE;
  self->tree = baleen_message_tree_new ();
  self->path = g_ptr_array_new_with_free_func (g_object_unref);
}

BaleenConversation *
baleen_conversation_new (gint64 id)
{
  BaleenConversation *self = g_object_new (BALEEN_TYPE_CONVERSATION, NULL);

  self->id = id;
  return self;
}

/* The first line of the first thing said, cut between characters. */
static char *
first_words (const char *text)
{
  g_autofree char *line = NULL;
  const char *end;

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  /* A heading, as of a form's first field, says less than what stands below it. */
  end = strchr (text, '\n');
  if (*text == '#' && end != NULL)
    return first_words (end + 1);
  end = strchr (text, '\n');
  line = g_strstrip (end != NULL ? g_strndup (text, end - text) : g_strdup (text));
  if (g_utf8_strlen (line, -1) <= TITLE_CHARS)
    return g_steal_pointer (&line);

  *g_utf8_offset_to_pointer (line, TITLE_CHARS - 1) = '\0';
  return g_strconcat (g_strchomp (line), "…", NULL);
}

/* Tells listeners of the part that differs only, so that rows above a branch stay. */
static void
show_path (BaleenConversation *self,
           BaleenMessage      *head)
{
  GPtrArray *path = baleen_message_tree_get_path (self->tree, head);
  GPtrArray *old = self->path;
  guint same = 0;

  while (same < path->len && same < old->len && path->pdata[same] == old->pdata[same])
    same++;
  self->path = path;
  if (same < path->len || same < old->len)
    g_list_model_items_changed (G_LIST_MODEL (self), same, old->len - same, path->len - same);
  g_ptr_array_unref (old);
}

void
baleen_conversation_fill (BaleenConversation *self,
                          GPtrArray          *messages)
{
  GPtrArray *all = baleen_message_tree_get_all (self->tree);
  BaleenMessage *head;

  for (guint i = 0; i < messages->len; i++)
    baleen_message_tree_add (self->tree, messages->pdata[i]);
  baleen_message_tree_sort (self->tree);

  head = baleen_message_tree_find (self->tree, self->unloaded_head);
  if (head == NULL && all->len > 0)
    head = all->pdata[all->len - 1];
  show_path (self, head);
  self->is_loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADED]);
}

void
baleen_conversation_add (BaleenConversation *self,
                         BaleenMessage      *message)
{
  baleen_message_tree_add (self->tree, message);
  if (self->title_source == BALEEN_TITLE_WORDS && self->title == NULL
      && baleen_message_get_role (message) == BALEEN_ROLE_USER)
    {
      self->title = first_words (baleen_message_get_text (message));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
    }
  show_path (self, message);
  baleen_conversation_set_updated (self, g_get_real_time ());
}

BaleenMessage *
baleen_conversation_get_message (BaleenConversation *self,
                                 gint64              id)
{
  return baleen_message_tree_find (self->tree, id);
}

BaleenMessage *
baleen_conversation_get_head (BaleenConversation *self)
{
  return self->path->len > 0 ? self->path->pdata[self->path->len - 1] : NULL;
}

gint64
baleen_conversation_get_head_id (BaleenConversation *self)
{
  BaleenMessage *head = baleen_conversation_get_head (self);

  if (!self->is_loaded)
    return self->unloaded_head;
  return head != NULL ? baleen_message_get_id (head) : 0;
}

static gpointer
hold_message (gconstpointer message,
              gpointer      data)
{
  return g_object_ref (BALEEN_MESSAGE ((gpointer) message));
}

GPtrArray *
baleen_conversation_get_all (BaleenConversation *self)
{
  return g_ptr_array_copy (baleen_message_tree_get_all (self->tree), hold_message, NULL);
}

BaleenMessage *
baleen_conversation_get_running (BaleenConversation *self)
{
  GPtrArray *all = baleen_message_tree_get_all (self->tree);

  for (guint i = all->len; i > 0; i--)
    {
      BaleenMessage *message = all->pdata[i - 1];

      if (baleen_state_is_running (baleen_message_get_state (message)))
        return message;
    }
  return NULL;
}

guint
baleen_conversation_get_n_siblings (BaleenConversation *self,
                                    BaleenMessage      *message,
                                    guint              *position)
{
  g_autoptr (GPtrArray) siblings = baleen_message_tree_get_siblings (self->tree, message);

  if (position != NULL)
    g_ptr_array_find (siblings, message, position);
  return siblings->len;
}

void
baleen_conversation_show_sibling (BaleenConversation *self,
                                  BaleenMessage      *message,
                                  guint               position)
{
  g_autoptr (GPtrArray) siblings = baleen_message_tree_get_siblings (self->tree, message);

  g_return_if_fail (position < siblings->len);

  show_path (self, baleen_message_tree_get_end (self->tree, siblings->pdata[position]));
}

void
baleen_conversation_show_message (BaleenConversation *self,
                                  BaleenMessage      *message)
{
  if (!g_ptr_array_find (self->path, message, NULL))
    show_path (self, baleen_message_tree_get_end (self->tree, message));
}

BaleenMessage *
baleen_conversation_get_parent (BaleenConversation *self,
                                BaleenMessage      *message)
{
  return baleen_message_tree_get_parent (self->tree, message);
}

GPtrArray *
baleen_conversation_hide_turn (BaleenConversation *self,
                               BaleenMessage      *message)
{
  GPtrArray *turn = baleen_message_tree_get_turn (self->tree, message);
  BaleenMessage *head = baleen_conversation_get_head (self);

  for (guint i = 0; i < turn->len; i++)
    baleen_message_set_is_hidden (turn->pdata[i], TRUE);
  show_path (self, head);
  return turn;
}

void
baleen_conversation_unhide (BaleenConversation *self,
                            GPtrArray          *turn)
{
  BaleenMessage *head = baleen_conversation_get_head (self);

  for (guint i = 0; i < turn->len; i++)
    baleen_message_set_is_hidden (turn->pdata[i], FALSE);
  /* What was last said is below it; if nothing is, the turn itself is the end again. */
  if (head == NULL || baleen_message_get_id (head) < baleen_message_get_id (turn->pdata[0]))
    head = turn->pdata[turn->len - 1];
  show_path (self, head);
}

gint64
baleen_conversation_get_id (BaleenConversation *self)
{
  return self->id;
}

gint64
baleen_conversation_get_created (BaleenConversation *self)
{
  return self->created;
}

void
baleen_conversation_set_created (BaleenConversation *self,
                                 gint64              created)
{
  self->created = created;
}

gint64
baleen_conversation_get_updated (BaleenConversation *self)
{
  return self->updated;
}

void
baleen_conversation_set_updated (BaleenConversation *self,
                                 gint64              updated)
{
  self->updated = updated;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED]);
}

const char *
baleen_conversation_get_title (BaleenConversation *self)
{
  return self->title;
}

void
baleen_conversation_set_title (BaleenConversation *self,
                               const char         *title)
{
  if (g_strcmp0 (self->title, title) == 0)
    return;

  g_free (self->title);
  self->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

BaleenTitleSource
baleen_conversation_get_title_source (BaleenConversation *self)
{
  return self->title_source;
}

void
baleen_conversation_set_title_source (BaleenConversation *self,
                                      BaleenTitleSource   source)
{
  self->title_source = source;
}

gboolean
baleen_conversation_get_is_pinned (BaleenConversation *self)
{
  return self->is_pinned;
}

void
baleen_conversation_set_is_pinned (BaleenConversation *self,
                                   gboolean            is_pinned)
{
  if (self->is_pinned == is_pinned)
    return;

  self->is_pinned = is_pinned;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PINNED]);
}

const char *
baleen_conversation_get_folder (BaleenConversation *self)
{
  return self->folder;
}

void
baleen_conversation_set_folder (BaleenConversation *self,
                                const char         *folder)
{
  if (g_strcmp0 (self->folder, folder) == 0)
    return;

  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}

gboolean
baleen_conversation_get_is_archived (BaleenConversation *self)
{
  return self->is_archived;
}

void
baleen_conversation_set_is_archived (BaleenConversation *self,
                                     gboolean            is_archived)
{
  if (self->is_archived == is_archived)
    return;

  self->is_archived = is_archived;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ARCHIVED]);
}

gboolean
baleen_conversation_get_is_temporary (BaleenConversation *self)
{
  return self->is_temporary;
}

void
baleen_conversation_set_is_temporary (BaleenConversation *self,
                                      gboolean            is_temporary)
{
  if (self->is_temporary == is_temporary)
    return;

  self->is_temporary = is_temporary;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_TEMPORARY]);
}

gboolean
baleen_conversation_get_has_left (BaleenConversation *self)
{
  return self->has_left;
}

void
baleen_conversation_set_has_left (BaleenConversation *self,
                                  gboolean            has_left)
{
  if (self->has_left == has_left)
    return;

  self->has_left = has_left;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_LEFT]);
}

gboolean
baleen_conversation_get_search (BaleenConversation *self)
{
  return self->search;
}

void
baleen_conversation_set_search (BaleenConversation *self,
                                gboolean            search)
{
  self->search = search;
}

gboolean
baleen_conversation_get_think (BaleenConversation *self)
{
  return self->think;
}

void
baleen_conversation_set_think (BaleenConversation *self,
                               gboolean            think)
{
  if (self->think == think)
    return;

  self->think = think;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THINK]);
}

const char *
baleen_conversation_get_draft (BaleenConversation *self)
{
  return self->draft;
}

int
baleen_conversation_get_draft_cursor (BaleenConversation *self)
{
  return self->draft_cursor;
}

void
baleen_conversation_set_draft (BaleenConversation *self,
                               const char         *draft,
                               int                 cursor)
{
  g_free (self->draft);
  self->draft = g_strdup (draft);
  self->draft_cursor = cursor;
}

const char *
baleen_conversation_get_draft_part (BaleenConversation *self,
                                    BaleenMessagePart   part)
{
  return self->draft_parts[part];
}

void
baleen_conversation_set_draft_part (BaleenConversation *self,
                                    BaleenMessagePart   part,
                                    const char         *json)
{
  g_free (self->draft_parts[part]);
  self->draft_parts[part] = g_strdup (json);
}

gboolean
baleen_conversation_get_is_loaded (BaleenConversation *self)
{
  return self->is_loaded;
}

void
baleen_conversation_set_unloaded (BaleenConversation *self,
                                  gint64              head_id)
{
  self->is_loaded = FALSE;
  self->unloaded_head = head_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADED]);
}

gboolean
baleen_conversation_get_is_running (BaleenConversation *self)
{
  return self->is_running;
}

void
baleen_conversation_set_is_running (BaleenConversation *self,
                                    gboolean            is_running)
{
  if (self->is_running == is_running)
    return;

  self->is_running = is_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_RUNNING]);
}
