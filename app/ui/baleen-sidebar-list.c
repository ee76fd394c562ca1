#include "baleen-sidebar-list.h"

#include <glib/gi18n.h>

/* ---- a heading -------------------------------------------------------------------------- */

struct _BaleenSidebarGroup
{
  GObject parent_instance;

  char *key;   /* (owned) */
  char *title; /* (owned) */
  guint n;
  gboolean can_close;
  gboolean is_closed;
};

G_DEFINE_FINAL_TYPE (BaleenSidebarGroup, baleen_sidebar_group, G_TYPE_OBJECT)

enum
{
  GROUP_PROP_0,
  GROUP_PROP_N,
  GROUP_PROP_IS_CLOSED,
  GROUP_N_PROPS,
};

static GParamSpec *group_properties[GROUP_N_PROPS];

static void
baleen_sidebar_group_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BaleenSidebarGroup *self = BALEEN_SIDEBAR_GROUP (object);

  if (property_id == GROUP_PROP_N)
    g_value_set_uint (value, self->n);
  else if (property_id == GROUP_PROP_IS_CLOSED)
    g_value_set_boolean (value, self->is_closed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
baleen_sidebar_group_finalize (GObject *object)
{
  BaleenSidebarGroup *self = BALEEN_SIDEBAR_GROUP (object);

  g_free (self->key);
  g_free (self->title);
  G_OBJECT_CLASS (baleen_sidebar_group_parent_class)->finalize (object);
}

static void
baleen_sidebar_group_class_init (BaleenSidebarGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = baleen_sidebar_group_get_property;
  object_class->finalize = baleen_sidebar_group_finalize;
  group_properties[GROUP_PROP_N] = g_param_spec_uint ("n", NULL, NULL, 0, G_MAXUINT, 0, flags);
  group_properties[GROUP_PROP_IS_CLOSED]
      = g_param_spec_boolean ("is-closed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, GROUP_N_PROPS, group_properties);
}

static void
baleen_sidebar_group_init (BaleenSidebarGroup *self)
{
}

const char *
baleen_sidebar_group_get_title (BaleenSidebarGroup *self)
{
  return self->title;
}

guint
baleen_sidebar_group_get_n (BaleenSidebarGroup *self)
{
  return self->n;
}

gboolean
baleen_sidebar_group_get_can_close (BaleenSidebarGroup *self)
{
  return self->can_close;
}

gboolean
baleen_sidebar_group_get_is_closed (BaleenSidebarGroup *self)
{
  return self->is_closed;
}

/* ---- the list --------------------------------------------------------------------------- */

/* Where a day's group begins, in microseconds since 1970. */
typedef struct
{
  gint64 today;
  gint64 yesterday;
  gint64 week;
  gint64 month;
} Days;

struct _BaleenSidebarList
{
  GObject parent_instance;

  BaleenHistory *history; /* (owned) */
  GSettings *settings;    /* (owned) */
  GPtrArray *items;       /* (owned) as they stand */
  GHashTable *groups;     /* (owned) key → BaleenSidebarGroup */
};

static void baleen_sidebar_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaleenSidebarList,
                               baleen_sidebar_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baleen_sidebar_list_list_model_init))

#define ARCHIVE_KEY "archive"

static GType
baleen_sidebar_list_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
baleen_sidebar_list_get_n_items (GListModel *model)
{
  return BALEEN_SIDEBAR_LIST (model)->items->len;
}

static gpointer
baleen_sidebar_list_get_item (GListModel *model,
                              guint       position)
{
  GPtrArray *items = BALEEN_SIDEBAR_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
baleen_sidebar_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baleen_sidebar_list_get_item_type;
  iface->get_n_items = baleen_sidebar_list_get_n_items;
  iface->get_item = baleen_sidebar_list_get_item;
}

static void
baleen_sidebar_list_finalize (GObject *object)
{
  BaleenSidebarList *self = BALEEN_SIDEBAR_LIST (object);

  g_object_unref (self->history);
  g_object_unref (self->settings);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->groups);
  G_OBJECT_CLASS (baleen_sidebar_list_parent_class)->finalize (object);
}

static void
baleen_sidebar_list_class_init (BaleenSidebarListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_sidebar_list_finalize;
}

static void
baleen_sidebar_list_init (BaleenSidebarList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

/* The archive is closed until it is opened, a folder open until it is closed: the setting holds
 * what is otherwise than usual. */
static gboolean
is_remembered (BaleenSidebarList *self,
               const char        *key)
{
  g_auto (GStrv) keys = g_settings_get_strv (self->settings, "turned-groups");

  return g_strv_contains ((const char *const *) keys, key);
}

static void
remember (BaleenSidebarList *self,
          const char        *key,
          gboolean           is_turned)
{
  g_auto (GStrv) keys = g_settings_get_strv (self->settings, "turned-groups");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], key))
      g_strv_builder_add (builder, keys[i]);
  if (is_turned)
    g_strv_builder_add (builder, key);
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "turned-groups", (const char *const *) kept);
}

static BaleenSidebarGroup *
get_group (BaleenSidebarList *self,
           const char        *key,
           const char        *title,
           gboolean           can_close)
{
  BaleenSidebarGroup *group = g_hash_table_lookup (self->groups, key);

  if (group != NULL)
    return group;

  group = g_object_new (BALEEN_TYPE_SIDEBAR_GROUP, NULL);
  group->key = g_strdup (key);
  group->title = g_strdup (title);
  group->can_close = can_close;
  group->is_closed
      = can_close && is_remembered (self, key) != g_str_equal (key, ARCHIVE_KEY);
  g_hash_table_insert (self->groups, group->key, group);
  return group;
}

static gint64
days_ago (GDateTime *midnight,
          int        days)
{
  g_autoptr (GDateTime) date = g_date_time_add_days (midnight, -days);

  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static void
find_days (Days *days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now), 0, 0, 0);

  days->today = days_ago (midnight, 0);
  days->yesterday = days_ago (midnight, 1);
  days->week = days_ago (midnight, 7);
  days->month = days_ago (midnight, 30);
}

static const char *
name_day (const Days *days,
          gint64      time)
{
  if (time >= days->today)
    return _("Today");
  if (time >= days->yesterday)
    return _("Yesterday");
  if (time >= days->week)
    return _("Previous 7 Days");
  if (time >= days->month)
    return _("Previous 30 Days");
  return _("Older");
}

static BaleenSidebarGroup *
group_of (BaleenSidebarList  *self,
          BaleenConversation *conversation,
          const Days         *days)
{
  const char *folder = baleen_conversation_get_folder (conversation);
  g_autofree char *key = NULL;
  const char *day;

  if (baleen_conversation_get_is_archived (conversation))
    return get_group (self, ARCHIVE_KEY, _("Archived"), TRUE);
  if (baleen_conversation_get_is_pinned (conversation))
    return get_group (self, "pinned", _("Pinned"), FALSE);
  if (folder != NULL)
    {
      key = g_strconcat ("folder:", folder, NULL);
      return get_group (self, key, folder, TRUE);
    }
  day = name_day (days, baleen_conversation_get_updated (conversation));
  key = g_strconcat ("day:", day, NULL);
  return get_group (self, key, day, FALSE);
}

/* Tells of what differs between the two ends only. */
static void
replace_items (BaleenSidebarList *self,
               GPtrArray         *items)
{
  g_autoptr (GPtrArray) old = self->items;
  guint head = 0, tail = 0;

  while (head < old->len && head < items->len && old->pdata[head] == items->pdata[head])
    head++;
  while (head + tail < old->len && head + tail < items->len
         && old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;
  self->items = items;
  if (head + tail < old->len || head + tail < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                items->len - head - tail);
}

static void
set_n (BaleenSidebarGroup *group,
       guint               n)
{
  if (group == NULL || group->n == n)
    return;

  group->n = n;
  g_object_notify_by_pspec (G_OBJECT (group), group_properties[GROUP_PROP_N]);
}

void
baleen_sidebar_list_update (BaleenSidebarList *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  GPtrArray *items = g_ptr_array_new_full (n + 8, g_object_unref);
  BaleenSidebarGroup *last = NULL;
  guint n_in_group = 0;
  Days days;

  find_days (&days);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaleenConversation) conversation
          = g_list_model_get_item (G_LIST_MODEL (self->history), i);
      BaleenSidebarGroup *group = group_of (self, conversation, &days);

      if (group != last)
        {
          set_n (last, n_in_group);
          n_in_group = 0;
          g_ptr_array_add (items, g_object_ref (group));
        }
      last = group;
      n_in_group++;
      if (!group->is_closed)
        g_ptr_array_add (items, g_steal_pointer (&conversation));
    }
  set_n (last, n_in_group);
  replace_items (self, items);
}

BaleenSidebarList *
baleen_sidebar_list_new (BaleenHistory *history,
                         GSettings     *settings)
{
  BaleenSidebarList *self = g_object_new (BALEEN_TYPE_SIDEBAR_LIST, NULL);

  self->history = g_object_ref (history);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (baleen_sidebar_list_update),
                           self, G_CONNECT_SWAPPED);
  baleen_sidebar_list_update (self);
  return self;
}

void
baleen_sidebar_list_toggle (BaleenSidebarList  *self,
                            BaleenSidebarGroup *group)
{
  g_return_if_fail (group->can_close);

  group->is_closed = !group->is_closed;
  remember (self, group->key, group->is_closed != g_str_equal (group->key, ARCHIVE_KEY));
  g_object_notify_by_pspec (G_OBJECT (group), group_properties[GROUP_PROP_IS_CLOSED]);
  baleen_sidebar_list_update (self);
}
