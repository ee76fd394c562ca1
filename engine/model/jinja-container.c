/* Lists and dicts of a template run. */
#include "jinja-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Below this a dict is searched from its beginning. */
#define SMALL_DICT 8

JinjaList *
jinja_list_new (JinjaRun *run)
{
  return jinja_new (run, JinjaList);
}

static void
list_reserve (JinjaRun  *run,
              JinjaList *list,
              gsize      more)
{
  gsize capacity;
  JinjaValue *items;

  if (list->capacity - list->n_items >= more)
    return;
  capacity = MAX (list->n_items + more, list->capacity * 2);
  capacity = MAX (capacity, 4);
  items = jinja_new_array (run, JinjaValue, capacity);
  if (list->n_items > 0)
    memcpy (items, list->items, list->n_items * sizeof (JinjaValue));
  list->items = items;
  list->capacity = capacity;
}

void
jinja_list_append (JinjaRun  *run,
                   JinjaList *list,
                   JinjaValue value)
{
  jinja_work (run, 1);
  list_reserve (run, list, 1);
  list->items[list->n_items++] = value;
}

void
jinja_list_extend (JinjaRun        *run,
                   JinjaList       *list,
                   const JinjaList *from)
{
  gsize n = from->n_items;

  if (n == 0)
    return;
  jinja_work_bytes (run, n * sizeof (JinjaValue));
  list_reserve (run, list, n);
  memcpy (list->items + list->n_items, from->items, n * sizeof (JinjaValue));
  list->n_items += n;
}

void
jinja_list_insert (JinjaRun  *run,
                   JinjaList *list,
                   gsize      position,
                   JinjaValue value)
{
  position = MIN (position, list->n_items);
  jinja_list_append (run, list, value);
  jinja_work_bytes (run, (list->n_items - position) * sizeof (JinjaValue));
  memmove (list->items + position + 1, list->items + position,
           (list->n_items - 1 - position) * sizeof (JinjaValue));
  list->items[position] = value;
}

JinjaValue
jinja_list_take (JinjaRun  *run,
                 JinjaList *list,
                 gsize      position)
{
  JinjaValue value;

  g_assert (position < list->n_items);
  value = list->items[position];
  jinja_work_bytes (run, (list->n_items - position) * sizeof (JinjaValue));
  memmove (list->items + position, list->items + position + 1,
           (list->n_items - 1 - position) * sizeof (JinjaValue));
  list->n_items--;
  return value;
}

static guint32
hash_bytes (JinjaRun   *run,
            const char *bytes,
            gsize       length)
{
  guint32 hash = 2166136261u;

  jinja_work_bytes (run, length);
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) bytes[i]) * 16777619u;
  return hash;
}

static guint32
hash_number (JinjaRun *run,
             double    number)
{
  /* Equal numbers of different types must meet: 1, 1.0 and true are one key. */
  if (number == 0)
    number = 0;
  return hash_bytes (run, (const char *) &number, sizeof number);
}

static guint32
hash_key (JinjaRun  *run,
          JinjaValue key)
{
  guint32 hash = 17;

  switch (key.type)
    {
    case JINJA_UNDEFINED:
      return 1;
    case JINJA_NONE:
      return 2;
    case JINJA_BOOLEAN:
    case JINJA_INTEGER:
    case JINJA_FLOAT:
      return hash_number (run, jinja_to_double (key));
    case JINJA_STRING:
      return hash_bytes (run, key.string->bytes, key.string->length);
    case JINJA_TUPLE:
      jinja_enter (run);
      for (gsize i = 0; i < key.list->n_items; i++)
        hash = hash * 31 + hash_key (run, key.list->items[i]);
      jinja_leave (run);
      return hash;
    default:
      jinja_fail (run, _("%s cannot be the key of a dict."), jinja_type_name (key));
    }
}

JinjaDict *
jinja_dict_new (JinjaRun *run)
{
  return jinja_new (run, JinjaDict);
}

static gssize
find_entry (JinjaRun        *run,
            const JinjaDict *dict,
            JinjaValue       key,
            guint32          hash)
{
  if (dict->index == NULL)
    {
      for (gsize i = 0; i < dict->n_entries; i++)
        if (dict->entries[i].hash == hash && jinja_equal (run, dict->entries[i].key, key))
          return i;
      return -1;
    }
  for (gsize slot = hash & (dict->n_slots - 1); dict->index[slot] != 0;
       slot = (slot + 1) & (dict->n_slots - 1))
    {
      gsize i = dict->index[slot] - 1;

      jinja_work (run, 1);
      if (dict->entries[i].hash == hash && jinja_equal (run, dict->entries[i].key, key))
        return i;
    }
  return -1;
}

static void
add_to_index (JinjaRun  *run,
              JinjaDict *dict,
              gsize      i)
{
  gsize slot = dict->entries[i].hash & (dict->n_slots - 1);

  for (; dict->index[slot] != 0; slot = (slot + 1) & (dict->n_slots - 1))
    jinja_work (run, 1);
  dict->index[slot] = i + 1;
}

static void
rebuild_index (JinjaRun  *run,
               JinjaDict *dict)
{
  dict->index = NULL;
  if (dict->capacity <= SMALL_DICT)
    return;
  for (dict->n_slots = 32; dict->n_slots < dict->capacity * 2;)
    dict->n_slots *= 2;
  dict->index = jinja_new_array (run, guint32, dict->n_slots);
  for (gsize i = 0; i < dict->n_entries; i++)
    add_to_index (run, dict, i);
}

void
jinja_dict_set (JinjaRun  *run,
                JinjaDict *dict,
                JinjaValue key,
                JinjaValue value)
{
  guint32 hash = hash_key (run, key);
  gssize found = find_entry (run, dict, key, hash);

  if (found >= 0)
    {
      dict->entries[found].value = value;
      return;
    }
  if (dict->n_entries == dict->capacity)
    {
      JinjaEntry *entries;

      dict->capacity = MAX (SMALL_DICT / 2, dict->capacity * 2);
      entries = jinja_new_array (run, JinjaEntry, dict->capacity);
      if (dict->n_entries > 0)
        memcpy (entries, dict->entries, dict->n_entries * sizeof (JinjaEntry));
      dict->entries = entries;
      rebuild_index (run, dict);
    }
  dict->entries[dict->n_entries++] = (JinjaEntry) { key, value, hash };
  if (dict->index != NULL)
    add_to_index (run, dict, dict->n_entries - 1);
}

void
jinja_dict_set_text (JinjaRun   *run,
                     JinjaDict  *dict,
                     const char *key,
                     JinjaValue  value)
{
  jinja_dict_set (run, dict, jinja_text (run, key), value);
}

JinjaValue *
jinja_dict_find (JinjaRun        *run,
                 const JinjaDict *dict,
                 JinjaValue       key)
{
  gssize found = find_entry (run, dict, key, hash_key (run, key));

  return found >= 0 ? &dict->entries[found].value : NULL;
}

JinjaValue *
jinja_dict_find_text (JinjaRun        *run,
                      const JinjaDict *dict,
                      const char      *key)
{
  JinjaString string = { .bytes = key, .length = strlen (key), .n_chars = G_MAXSIZE };

  return jinja_dict_find (run, dict, jinja_string (&string));
}

void
jinja_dict_remove (JinjaRun  *run,
                   JinjaDict *dict,
                   JinjaValue key)
{
  gssize found = find_entry (run, dict, key, hash_key (run, key));

  if (found < 0)
    return;
  jinja_work_bytes (run, (dict->n_entries - found) * sizeof (JinjaEntry));
  memmove (dict->entries + found, dict->entries + found + 1,
           (dict->n_entries - 1 - found) * sizeof (JinjaEntry));
  dict->n_entries--;
  rebuild_index (run, dict);
}

JinjaDict *
jinja_dict_copy (JinjaRun        *run,
                 const JinjaDict *dict)
{
  JinjaDict *copy = jinja_dict_new (run);

  for (gsize i = 0; i < dict->n_entries; i++)
    jinja_dict_set (run, copy, dict->entries[i].key, dict->entries[i].value);
  return copy;
}
