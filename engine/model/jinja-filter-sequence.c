/* Filters that take what can be gone through one by one. */
#include <glib/gi18n-lib.h>

#include "jinja-evaluate.h"
#include "jinja-item-path.h"
#include "jinja-print.h"
#include "jinja-sort.h"
#include "jinja-text.h"

static JinjaValue
filter_length (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  gssize length = jinja_length (context->run, self);

  if (length < 0)
    jinja_fail (context->run, _("%s has no length."), jinja_type_name (self));
  return jinja_integer (length);
}

static JinjaValue
filter_first (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  JinjaList *list;

  if (self.type == JINJA_STRING && self.string->length > 0)
    return jinja_get_item (context, self, jinja_integer (0));
  list = jinja_iterate (context->run, self);
  return list->n_items > 0 ? list->items[0] : jinja_undefined ("first");
}

static JinjaValue
filter_last (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  JinjaList *list;

  if (self.type == JINJA_ITERATOR)
    jinja_fail (context->run, _("an iterator has no last item. Make a list of it first."));
  if (self.type == JINJA_STRING && self.string->length > 0)
    return jinja_get_item (context, self, jinja_integer (-1));
  list = jinja_iterate (context->run, self);
  return list->n_items > 0 ? list->items[list->n_items - 1] : jinja_undefined ("last");
}

static JinjaList *
copy_items (JinjaContext *context,
            JinjaValue    self)
{
  JinjaList *copy = jinja_list_new (context->run);

  jinja_list_extend (context->run, copy, jinja_iterate (context->run, self));
  return copy;
}

static JinjaValue
filter_list (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  return jinja_list (copy_items (context, self));
}

static JinjaValue
filter_join (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaList *list = jinja_iterate (run, self);
  JinjaBuffer *buffer = jinja_buffer_new (run);

  for (gsize i = 0; i < list->n_items; i++)
    {
      if (i > 0 && bound[0].type != JINJA_MISSING)
        jinja_print (run, buffer, bound[0]);
      jinja_print (run, buffer,
                   jinja_follow_path (context, list->items[i], bound[1], JINJA_VALUE_MISSING));
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

static JinjaValue
filter_reverse (JinjaContext         *context,
                JinjaValue            self,
                const JinjaValue     *bound,
                const JinjaArguments *arguments)
{
  JinjaValue parts[3] = { JINJA_VALUE_NONE, JINJA_VALUE_NONE, jinja_integer (-1) };
  JinjaList *list, *reversed;

  if (self.type == JINJA_STRING)
    return jinja_cut (context, self, (JinjaValue) { .type = JINJA_SLICE, .slice = parts });
  list = jinja_iterate (context->run, self);
  reversed = jinja_list_new (context->run);
  for (gsize i = list->n_items; i > 0; i--)
    jinja_list_append (context->run, reversed, list->items[i - 1]);
  if (self.type == JINJA_ITERATOR)
    return jinja_list (reversed);
  return jinja_iterator (reversed, "list_reverseiterator");
}

/* A list for each item, with one key for each path between the commas of `path`. Equal items
 * that have no order, like none, may stand in such lists. */
static JinjaValue *
sort_keys (JinjaContext    *context,
           const JinjaList *list,
           JinjaValue       path,
           gboolean         is_case_sensitive)
{
  static const JinjaString comma = JINJA_ASCII (",");
  JinjaRun *run = context->run;
  JinjaValue *keys = jinja_new_array (run, JinjaValue, list->n_items);
  JinjaList *paths = jinja_list_new (run);

  if (path.type == JINJA_STRING)
    paths = jinja_text_split (run, path.string, &comma, -1, FALSE);
  else
    jinja_list_append (run, paths, path);
  for (gsize i = 0; i < list->n_items; i++)
    {
      JinjaList *parts = jinja_list_new (run);

      for (gsize j = 0; j < paths->n_items; j++)
        jinja_list_append (run, parts,
                           jinja_sort_key (context, list->items[i], paths->items[j],
                                           is_case_sensitive));
      keys[i] = jinja_list (parts);
    }
  return keys;
}

static JinjaValue
filter_sort (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  JinjaList *list = copy_items (context, self);
  gboolean is_case_sensitive = jinja_argument_truth (context, bound[1], FALSE);

  jinja_sort (context->run, list->items, sort_keys (context, list, bound[2], is_case_sensitive),
              list->n_items, jinja_argument_truth (context, bound[0], FALSE));
  return jinja_list (list);
}

static JinjaValue
filter_unique (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  gboolean is_case_sensitive = jinja_argument_truth (context, bound[0], FALSE);
  JinjaList *list = jinja_iterate (run, self), *unique = jinja_list_new (run);
  JinjaDict *seen = jinja_dict_new (run);

  for (gsize i = 0; i < list->n_items; i++)
    {
      JinjaValue key = jinja_sort_key (context, list->items[i], bound[1], is_case_sensitive);

      if (jinja_dict_find (run, seen, key) != NULL)
        continue;
      jinja_dict_set (run, seen, key, JINJA_VALUE_NONE);
      jinja_list_append (run, unique, list->items[i]);
    }
  return jinja_iterator (unique, "generator");
}

static JinjaValue
find_extreme (JinjaContext     *context,
              JinjaValue        self,
              const JinjaValue *bound,
              int               sign)
{
  gboolean is_case_sensitive = jinja_argument_truth (context, bound[0], FALSE);
  JinjaList *list = jinja_iterate (context->run, self);
  JinjaValue best_key = JINJA_VALUE_NONE;
  gsize best = 0;

  for (gsize i = 0; i < list->n_items; i++)
    {
      JinjaValue key = jinja_sort_key (context, list->items[i], bound[1], is_case_sensitive);

      if (i > 0 && sign * jinja_compare (context->run, key, best_key, "<") <= 0)
        continue;
      best = i;
      best_key = key;
    }
  return list->n_items > 0 ? list->items[best] : jinja_undefined (NULL);
}

static JinjaValue
filter_min (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  return find_extreme (context, self, bound, -1);
}

static JinjaValue
filter_max (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  return find_extreme (context, self, bound, 1);
}

static JinjaValue
filter_sum (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  JinjaList *list = jinja_iterate (context->run, self);
  JinjaValue sum = bound[1].type == JINJA_MISSING ? jinja_integer (0) : bound[1];

  for (gsize i = 0; i < list->n_items; i++)
    sum = jinja_binary (context, JINJA_ADD, "+", sum,
                        jinja_follow_path (context, list->items[i], bound[0],
                                           JINJA_VALUE_MISSING));
  return sum;
}

static gint64
need_count (JinjaContext *context,
            JinjaValue    argument,
            const char   *name)
{
  gint64 n = jinja_argument_integer (context, argument, name, 0);

  if (n <= 0)
    jinja_fail (context->run, _("the argument “%s” must be larger than zero."), name);
  return n;
}

static gboolean
is_given (JinjaValue argument)
{
  return argument.type != JINJA_MISSING && argument.type != JINJA_NONE;
}

static JinjaValue
filter_batch (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  gint64 size = need_count (context, bound[0], "linecount");
  JinjaList *list = jinja_iterate (run, self), *batches = jinja_list_new (run), *batch = NULL;

  for (gsize i = 0; i < list->n_items; i++)
    {
      if (batch == NULL || (gint64) batch->n_items == size)
        {
          batch = jinja_list_new (run);
          jinja_list_append (run, batches, jinja_list (batch));
        }
      jinja_list_append (run, batch, list->items[i]);
    }
  while (batch != NULL && is_given (bound[1]) && (gint64) batch->n_items < size)
    jinja_list_append (run, batch, bound[1]);
  return jinja_iterator (batches, "generator");
}

static JinjaValue
filter_slice (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  gint64 n_slices = need_count (context, bound[0], "slices");
  JinjaList *list = jinja_iterate (run, self), *slices = jinja_list_new (run);
  gint64 share = list->n_items / n_slices, n_larger = list->n_items % n_slices;
  gsize at = 0;

  for (gint64 i = 0; i < n_slices; i++)
    {
      JinjaList *slice = jinja_list_new (run);

      for (gint64 j = 0; j < share + (i < n_larger); j++)
        jinja_list_append (run, slice, list->items[at++]);
      if (is_given (bound[1]) && i >= n_larger)
        jinja_list_append (run, slice, bound[1]);
      jinja_list_append (run, slices, jinja_list (slice));
    }
  return jinja_iterator (slices, "generator");
}

static JinjaList *
dict_items (JinjaContext *context,
            JinjaDict    *dict)
{
  JinjaList *list = jinja_list_new (context->run);

  for (gsize i = 0; i < dict->n_entries; i++)
    jinja_list_append (context->run, list,
                       jinja_pair (context->run, dict->entries[i].key, dict->entries[i].value));
  return list;
}

static void
need_dict (JinjaContext *context,
           JinjaValue    self,
           const char   *filter)
{
  if (self.type != JINJA_DICT)
    jinja_fail (context->run, _("“%s” takes a dict, not %s."), filter, jinja_type_name (self));
}

static JinjaValue
filter_items (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  if (self.type == JINJA_UNDEFINED)
    return jinja_iterator (jinja_list_new (context->run), "generator");
  need_dict (context, self, "items");
  return jinja_iterator (dict_items (context, self.dict), "generator");
}

static JinjaValue
filter_dictsort (JinjaContext         *context,
                 JinjaValue            self,
                 const JinjaValue     *bound,
                 const JinjaArguments *arguments)
{
  gboolean is_case_sensitive = jinja_argument_truth (context, bound[0], FALSE);
  JinjaString *by = jinja_argument_string (context, bound[1], "by");
  gboolean by_value = by != NULL && jinja_string_is (by, "value");
  JinjaList *items;

  need_dict (context, self, "dictsort");
  if (by != NULL && !by_value && !jinja_string_is (by, "key"))
    jinja_fail (context->run, _("“dictsort” sorts by key or by value."));
  items = dict_items (context, self.dict);
  jinja_sort (context->run, items->items,
              sort_keys (context, items, jinja_integer (by_value), is_case_sensitive),
              items->n_items, jinja_argument_truth (context, bound[2], FALSE));
  return jinja_list (items);
}

static JinjaValue
filter_groupby (JinjaContext         *context,
                JinjaValue            self,
                const JinjaValue     *bound,
                const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  gboolean is_case_sensitive = jinja_argument_truth (context, bound[2], FALSE);
  JinjaList *list = copy_items (context, self), *groups = jinja_list_new (run), *group = NULL;
  JinjaValue *keys = jinja_new_array (run, JinjaValue, list->n_items);
  JinjaValue *sorted = jinja_new_array (run, JinjaValue, list->n_items);

  for (gsize i = 0; i < list->n_items; i++)
    sorted[i] = keys[i]
      = jinja_sort_key (context, jinja_follow_path (context, list->items[i], bound[0], bound[1]),
                        JINJA_VALUE_MISSING, is_case_sensitive);
  jinja_sort (run, list->items, keys, list->n_items, FALSE);
  jinja_sort (run, sorted, keys, list->n_items, FALSE);
  for (gsize i = 0; i < list->n_items; i++)
    {
      if (i == 0 || !jinja_equal (run, sorted[i], sorted[i - 1]))
        {
          JinjaValue name = jinja_follow_path (context, list->items[i], bound[0], bound[1]);
          JinjaValue pair;

          group = jinja_list_new (run);
          pair = jinja_pair (run, name, jinja_list (group));
          pair.list->name = "group";
          jinja_list_append (run, groups, pair);
        }
      jinja_list_append (run, group, list->items[i]);
    }
  return jinja_list (groups);
}

const JinjaBuiltin jinja_sequence_filters[] = {
  { "length", "", filter_length },
  { "count", "", filter_length },
  { "first", "", filter_first },
  { "last", "", filter_last },
  { "list", "", filter_list },
  { "join", "d? attribute?", filter_join },
  { "reverse", "", filter_reverse },
  { "sort", "reverse? case_sensitive? attribute?", filter_sort },
  { "unique", "case_sensitive? attribute?", filter_unique },
  { "min", "case_sensitive? attribute?", filter_min },
  { "max", "case_sensitive? attribute?", filter_max },
  { "sum", "attribute? start?", filter_sum },
  { "batch", "linecount fill_with?", filter_batch },
  { "slice", "slices fill_with?", filter_slice },
  { "items", "", filter_items },
  { "dictsort", "case_sensitive? by? reverse?", filter_dictsort },
  { "groupby", "attribute default? case_sensitive?", filter_groupby },
  { NULL },
};
