/* Methods of lists, tuples, dicts, loops and cyclers. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-sort.h"

#define METHOD(name)                                             \
  static JinjaValue name (JinjaContext         *context,         \
                          JinjaValue            self,            \
                          const JinjaValue     *bound,           \
                          const JinjaArguments *arguments)

static JinjaList *
need_list (JinjaContext *context,
           JinjaValue    self)
{
  if (self.type != JINJA_LIST)
    jinja_fail (context->run, _("a tuple cannot be changed."));
  return self.list;
}

METHOD (method_append)
{
  jinja_list_append (context->run, need_list (context, self), bound[0]);
  return JINJA_VALUE_NONE;
}

METHOD (method_extend)
{
  jinja_list_extend (context->run, need_list (context, self),
                     jinja_iterate (context->run, bound[0]));
  return JINJA_VALUE_NONE;
}

METHOD (method_insert)
{
  JinjaList *list = need_list (context, self);
  gint64 at = jinja_argument_integer (context, bound[0], "index", 0);

  if (at < 0)
    at = MAX (0, at + (gint64) list->n_items);
  jinja_list_insert (context->run, list, at, bound[1]);
  return JINJA_VALUE_NONE;
}

METHOD (method_pop)
{
  JinjaList *list = need_list (context, self);
  gint64 at = jinja_argument_integer (context, bound[0], "index", -1);

  if (at < 0)
    at += list->n_items;
  if (at < 0 || at >= (gint64) list->n_items)
    jinja_fail (context->run, _("“pop” finds nothing at that place of the list."));
  return jinja_list_take (context->run, list, at);
}

static gssize
find_item (JinjaContext *context,
           JinjaValue    self,
           JinjaValue    item)
{
  for (gsize i = 0; i < self.list->n_items; i++)
    if (jinja_equal (context->run, self.list->items[i], item))
      return i;
  return -1;
}

METHOD (method_index)
{
  gssize found = find_item (context, self, bound[0]);

  if (found < 0)
    jinja_fail (context->run, _("“index” did not find what it looked for."));
  return jinja_integer (found);
}

METHOD (method_remove)
{
  gssize found = find_item (context, self, bound[0]);

  if (found < 0)
    jinja_fail (context->run, _("“remove” did not find what it looked for."));
  jinja_list_take (context->run, need_list (context, self), found);
  return JINJA_VALUE_NONE;
}

METHOD (method_count)
{
  gint64 n = 0;

  for (gsize i = 0; i < self.list->n_items; i++)
    n += jinja_equal (context->run, self.list->items[i], bound[0]);
  return jinja_integer (n);
}

METHOD (method_reverse)
{
  JinjaList *list = need_list (context, self);

  for (gsize i = 0; i < list->n_items / 2; i++)
    {
      JinjaValue value = list->items[i];

      jinja_work (context->run, 1);
      list->items[i] = list->items[list->n_items - 1 - i];
      list->items[list->n_items - 1 - i] = value;
    }
  return JINJA_VALUE_NONE;
}

METHOD (method_sort)
{
  JinjaList *list = need_list (context, self), *keys = jinja_list_new (context->run);

  jinja_list_extend (context->run, keys, list);
  jinja_sort (context->run, list->items, keys->items, list->n_items,
              jinja_argument_truth (context, bound[0], FALSE));
  return JINJA_VALUE_NONE;
}

METHOD (method_clear_list)
{
  need_list (context, self)->n_items = 0;
  return JINJA_VALUE_NONE;
}

METHOD (method_copy_list)
{
  JinjaList *copy = jinja_list_new (context->run);

  jinja_list_extend (context->run, copy, need_list (context, self));
  return jinja_list (copy);
}

const JinjaBuiltin jinja_list_methods[] = {
  { "append", "object", method_append },
  { "extend", "iterable", method_extend },
  { "insert", "index object", method_insert },
  { "pop", "index?", method_pop },
  { "index", "value", method_index },
  { "remove", "value", method_remove },
  { "count", "value", method_count },
  { "reverse", "", method_reverse },
  { "sort", "reverse?", method_sort },
  { "clear", "", method_clear_list },
  { "copy", "", method_copy_list },
  { NULL },
};

typedef enum
{
  VIEW_KEYS,
  VIEW_VALUES,
  VIEW_ITEMS,
} ViewKind;

static JinjaValue
make_view (JinjaContext *context,
           JinjaValue    self,
           ViewKind      kind)
{
  static const char *const names[] = { "dict_keys", "dict_values", "dict_items" };
  JinjaRun *run = context->run;
  JinjaList *list = jinja_list_new (run);

  for (gsize i = 0; i < self.dict->n_entries; i++)
    {
      JinjaEntry *entry = &self.dict->entries[i];

      jinja_list_append (run, list,
                         kind == VIEW_KEYS     ? entry->key
                         : kind == VIEW_VALUES ? entry->value
                                               : jinja_pair (run, entry->key, entry->value));
    }
  list->name = names[kind];
  return (JinjaValue) { .type = JINJA_VIEW, .list = list };
}

METHOD (method_keys)
{
  return make_view (context, self, VIEW_KEYS);
}

METHOD (method_values)
{
  return make_view (context, self, VIEW_VALUES);
}

METHOD (method_items)
{
  return make_view (context, self, VIEW_ITEMS);
}

static JinjaValue
or_none (JinjaValue value)
{
  return value.type == JINJA_MISSING ? JINJA_VALUE_NONE : value;
}

METHOD (method_get)
{
  JinjaValue *found = jinja_dict_find (context->run, self.dict, bound[0]);

  return found != NULL ? *found : or_none (bound[1]);
}

METHOD (method_setdefault)
{
  JinjaValue *found = jinja_dict_find (context->run, self.dict, bound[0]);

  if (found != NULL)
    return *found;
  jinja_dict_set (context->run, self.dict, bound[0], or_none (bound[1]));
  return or_none (bound[1]);
}

METHOD (method_pop_key)
{
  JinjaValue *found = jinja_dict_find (context->run, self.dict, bound[0]);
  JinjaValue value;

  if (found == NULL && bound[1].type == JINJA_MISSING)
    jinja_fail (context->run, _("“pop” did not find what it looked for."));
  if (found == NULL)
    return bound[1];
  value = *found;
  jinja_dict_remove (context->run, self.dict, bound[0]);
  return value;
}

METHOD (method_popitem)
{
  JinjaEntry last;

  if (self.dict->n_entries == 0)
    jinja_fail (context->run, _("“popitem” finds nothing in an empty dict."));
  last = self.dict->entries[self.dict->n_entries - 1];
  jinja_dict_remove (context->run, self.dict, last.key);
  return jinja_pair (context->run, last.key, last.value);
}

METHOD (method_update)
{
  JinjaRun *run = context->run;

  if (arguments->n_positional > 1
      || (arguments->n_positional == 1 && arguments->positional[0].type != JINJA_DICT))
    jinja_fail (run, _("“update” takes one dict."));
  if (arguments->n_positional == 1)
    {
      JinjaDict *from = jinja_dict_copy (run, arguments->positional[0].dict);

      for (gsize i = 0; i < from->n_entries; i++)
        jinja_dict_set (run, self.dict, from->entries[i].key, from->entries[i].value);
    }
  for (guint i = 0; i < arguments->n_named; i++)
    jinja_dict_set_text (run, self.dict, arguments->names[i], arguments->named[i]);
  return JINJA_VALUE_NONE;
}

METHOD (method_clear_dict)
{
  *self.dict = (JinjaDict) { NULL };
  return JINJA_VALUE_NONE;
}

METHOD (method_copy_dict)
{
  return jinja_dict (jinja_dict_copy (context->run, self.dict));
}

const JinjaBuiltin jinja_dict_methods[] = {
  { "items", "", method_items },
  { "keys", "", method_keys },
  { "values", "", method_values },
  { "get", "key default?", method_get },
  { "pop", "key default?", method_pop_key },
  { "popitem", "", method_popitem },
  { "setdefault", "key default?", method_setdefault },
  { "update", NULL, method_update },
  { "clear", "", method_clear_dict },
  { "copy", "", method_copy_dict },
  { NULL },
};

METHOD (method_cycle)
{
  if (arguments->n_positional == 0)
    jinja_fail (context->run, _("“cycle” needs something to go through."));
  return arguments->positional[self.loop->index % arguments->n_positional];
}

METHOD (method_changed)
{
  JinjaList *values = jinja_list_new (context->run);
  JinjaList *before = self.loop->last_changed;

  for (guint i = 0; i < arguments->n_positional; i++)
    jinja_list_append (context->run, values, arguments->positional[i]);
  self.loop->last_changed = values;
  return jinja_boolean (before == NULL
                        || !jinja_equal (context->run, jinja_list (before), jinja_list (values)));
}

const JinjaBuiltin jinja_loop_methods[] = {
  { "cycle", NULL, method_cycle },
  { "changed", NULL, method_changed },
  { NULL },
};

METHOD (method_next)
{
  JinjaCycle *cycle = self.cycle;
  JinjaValue item = cycle->items->items[cycle->position];

  cycle->position = (cycle->position + 1) % cycle->items->n_items;
  return item;
}

METHOD (method_reset)
{
  self.cycle->position = 0;
  return JINJA_VALUE_NONE;
}

const JinjaBuiltin jinja_cycler_methods[] = {
  { "next", "", method_next },
  { "reset", "", method_reset },
  { NULL },
};
