#include "jinja-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

JinjaValue
jinja_undefined (const char *name)
{
  return (JinjaValue) { .type = JINJA_UNDEFINED, .name = name };
}

JinjaValue
jinja_boolean (gboolean boolean)
{
  return (JinjaValue) { .type = JINJA_BOOLEAN, .boolean = !!boolean };
}

JinjaValue
jinja_integer (gint64 integer)
{
  return (JinjaValue) { .type = JINJA_INTEGER, .integer = integer };
}

JinjaValue
jinja_float (double number)
{
  return (JinjaValue) { .type = JINJA_FLOAT, .number = number };
}

JinjaValue
jinja_string (JinjaString *string)
{
  return (JinjaValue) { .type = JINJA_STRING, .string = string };
}

JinjaValue
jinja_text (JinjaRun   *run,
            const char *text)
{
  return jinja_string (jinja_string_from_text (run, text));
}

JinjaValue
jinja_list (JinjaList *list)
{
  return (JinjaValue) { .type = JINJA_LIST, .list = list };
}

JinjaValue
jinja_tuple (JinjaList *list)
{
  return (JinjaValue) { .type = JINJA_TUPLE, .list = list };
}

JinjaValue
jinja_iterator (JinjaList  *list,
                const char *kind)
{
  list->name = kind;
  return (JinjaValue) { .type = JINJA_ITERATOR, .list = list };
}

JinjaValue
jinja_dict (JinjaDict *dict)
{
  return (JinjaValue) { .type = JINJA_DICT, .dict = dict };
}

JinjaValue
jinja_pair (JinjaRun  *run,
            JinjaValue first,
            JinjaValue second)
{
  JinjaList *pair = jinja_list_new (run);

  jinja_list_append (run, pair, first);
  jinja_list_append (run, pair, second);
  return jinja_tuple (pair);
}

const char *
jinja_type_name (JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_MISSING:
    case JINJA_UNDEFINED:
      return _("an undefined value");
    case JINJA_NONE:
      return _("none");
    case JINJA_BOOLEAN:
      return _("a boolean");
    case JINJA_INTEGER:
      return _("an integer");
    case JINJA_FLOAT:
      return _("a float");
    case JINJA_STRING:
      return _("a string");
    case JINJA_LIST:
      return _("a list");
    case JINJA_TUPLE:
      return _("a tuple");
    case JINJA_VIEW:
      return _("a dict view");
    case JINJA_ITERATOR:
      return _("an iterator");
    case JINJA_RANGE:
      return _("a range");
    case JINJA_DICT:
      return _("a dict");
    case JINJA_NAMESPACE:
      return _("a namespace");
    case JINJA_SLICE:
      return _("a slice");
    case JINJA_FUNCTION:
      return _("a function");
    case JINJA_METHOD:
      return _("a method");
    case JINJA_MACRO:
      return _("a macro");
    case JINJA_LOOP:
      return _("a loop");
    case JINJA_CYCLER:
      return _("a cycler");
    case JINJA_JOINER:
      return _("a joiner");
    }
  g_assert_not_reached ();
}

gboolean
jinja_is_integral (JinjaValue value)
{
  return value.type == JINJA_INTEGER || value.type == JINJA_BOOLEAN;
}

gboolean
jinja_is_number (JinjaValue value)
{
  return value.type == JINJA_FLOAT || jinja_is_integral (value);
}

gint64
jinja_to_integer (JinjaValue value)
{
  return value.type == JINJA_BOOLEAN ? value.boolean : value.integer;
}

double
jinja_to_double (JinjaValue value)
{
  return value.type == JINJA_FLOAT ? value.number : (double) jinja_to_integer (value);
}

guint64
jinja_range_length (const JinjaRange *range)
{
  __int128 span = (__int128) range->stop - range->start;
  __int128 step = range->step;

  if (step < 0)
    {
      span = -span;
      step = -step;
    }
  return span <= 0 ? 0 : (guint64) ((span + step - 1) / step);
}

gint64
jinja_range_get (const JinjaRange *range,
                 gsize             index)
{
  /* The sum fits, though its parts may not. */
  return (gint64) ((guint64) range->start + (guint64) index * (guint64) range->step);
}

gssize
jinja_length (JinjaRun  *run,
              JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_UNDEFINED:
      return 0;
    case JINJA_STRING:
      return jinja_string_count (run, value.string);
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_VIEW:
      return value.list->n_items;
    case JINJA_DICT:
      return value.dict->n_entries;
    case JINJA_RANGE:
      return jinja_range_length (value.range);
    default:
      return -1;
    }
}

gboolean
jinja_truth (JinjaRun  *run,
             JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_MISSING:
    case JINJA_UNDEFINED:
    case JINJA_NONE:
      return FALSE;
    case JINJA_BOOLEAN:
      return value.boolean;
    case JINJA_INTEGER:
      return value.integer != 0;
    case JINJA_FLOAT:
      return value.number != 0;
    case JINJA_STRING:
      return value.string->length > 0;
    default:
      return jinja_length (run, value) != 0;
    }
}

static gboolean
lists_equal (JinjaRun        *run,
             const JinjaList *left,
             const JinjaList *right)
{
  if (left->n_items != right->n_items)
    return FALSE;
  for (gsize i = 0; i < left->n_items; i++)
    if (!jinja_equal (run, left->items[i], right->items[i]))
      return FALSE;
  return TRUE;
}

static gboolean
dicts_equal (JinjaRun        *run,
             const JinjaDict *left,
             const JinjaDict *right)
{
  if (left->n_entries != right->n_entries)
    return FALSE;
  for (gsize i = 0; i < left->n_entries; i++)
    {
      JinjaValue *other = jinja_dict_find (run, right, left->entries[i].key);

      if (other == NULL || !jinja_equal (run, left->entries[i].value, *other))
        return FALSE;
    }
  return TRUE;
}

static gboolean
numbers_equal (JinjaValue left,
               JinjaValue right)
{
  if (jinja_is_integral (left) && jinja_is_integral (right))
    return jinja_to_integer (left) == jinja_to_integer (right);
  return jinja_to_double (left) == jinja_to_double (right);
}

gboolean
jinja_equal (JinjaRun  *run,
             JinjaValue left,
             JinjaValue right)
{
  gboolean equal;

  jinja_work (run, 1);
  if (jinja_is_number (left) && jinja_is_number (right))
    return numbers_equal (left, right);
  if (left.type != right.type)
    return FALSE;

  jinja_enter (run);
  switch (left.type)
    {
    case JINJA_UNDEFINED:
    case JINJA_NONE:
      equal = TRUE;
      break;
    case JINJA_STRING:
      equal = jinja_string_equal (run, left.string, right.string);
      break;
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_VIEW:
      equal = lists_equal (run, left.list, right.list);
      break;
    case JINJA_DICT:
      equal = dicts_equal (run, left.dict, right.dict);
      break;
    case JINJA_RANGE:
      equal = lists_equal (run, jinja_iterate (run, left), jinja_iterate (run, right));
      break;
    case JINJA_METHOD:
      equal = left.bound->method == right.bound->method
              && jinja_equal (run, left.bound->self, right.bound->self);
      break;
    default:
      equal = (gconstpointer) left.list == (gconstpointer) right.list;
      break;
    }
  jinja_leave (run);
  return equal;
}

static int
compare_numbers (JinjaValue left,
                 JinjaValue right)
{
  if (jinja_is_integral (left) && jinja_is_integral (right))
    {
      gint64 a = jinja_to_integer (left), b = jinja_to_integer (right);

      return a < b ? -1 : a > b;
    }
  else
    {
      double a = jinja_to_double (left), b = jinja_to_double (right);

      return a < b ? -1 : a > b;
    }
}

int
jinja_compare (JinjaRun   *run,
               JinjaValue  left,
               JinjaValue  right,
               const char *sign)
{
  jinja_work (run, 1);
  if (jinja_is_number (left) && jinja_is_number (right))
    return compare_numbers (left, right);
  if (left.type == JINJA_STRING && right.type == JINJA_STRING)
    return jinja_string_compare (run, left.string, right.string);
  if ((left.type == JINJA_LIST || left.type == JINJA_TUPLE) && left.type == right.type)
    {
      gsize shorter = MIN (left.list->n_items, right.list->n_items);
      int order = 0;

      jinja_enter (run);
      for (gsize i = 0; i < shorter && order == 0; i++)
        if (!jinja_equal (run, left.list->items[i], right.list->items[i]))
          order = jinja_compare (run, left.list->items[i], right.list->items[i], sign);
      jinja_leave (run);
      if (order != 0)
        return order;
      return left.list->n_items < right.list->n_items ? -1
                                                      : left.list->n_items > right.list->n_items;
    }
  jinja_fail (run, _("“%s” cannot compare %s with %s."), sign, jinja_type_name (left),
              jinja_type_name (right));
}

gboolean
jinja_contains (JinjaRun  *run,
                JinjaValue container,
                JinjaValue item)
{
  JinjaList *list;

  if (container.type == JINJA_STRING)
    {
      if (item.type != JINJA_STRING)
        jinja_fail (run, _("“in” cannot look for %s in a string."), jinja_type_name (item));
      return jinja_string_find (run, container.string, item.string, 0) >= 0;
    }
  if (container.type == JINJA_DICT)
    return jinja_dict_find (run, container.dict, item) != NULL;
  list = jinja_iterate (run, container);
  for (gsize i = 0; i < list->n_items; i++)
    if (jinja_equal (run, list->items[i], item))
      return TRUE;
  return FALSE;
}

gboolean
jinja_can_iterate (JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_UNDEFINED:
    case JINJA_STRING:
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_VIEW:
    case JINJA_ITERATOR:
    case JINJA_RANGE:
    case JINJA_DICT:
      return TRUE;
    default:
      return FALSE;
    }
}

static JinjaList *
iterate_string (JinjaRun    *run,
                JinjaString *string)
{
  JinjaList *list = jinja_list_new (run);
  gsize next;

  for (gsize at = 0; at < string->length; at = next)
    {
      jinja_string_get_char (string, at, &next);
      jinja_list_append (run, list, jinja_string (jinja_string_cut (run, string, at, next - at)));
    }
  return list;
}

static JinjaList *
iterate_range (JinjaRun         *run,
               const JinjaRange *range)
{
  JinjaList *list = jinja_list_new (run);
  gsize n = jinja_range_length (range);

  for (gsize i = 0; i < n; i++)
    jinja_list_append (run, list, jinja_integer (jinja_range_get (range, i)));
  return list;
}

JinjaList *
jinja_iterate (JinjaRun  *run,
               JinjaValue value)
{
  JinjaList *list;

  switch (value.type)
    {
    case JINJA_UNDEFINED:
      return jinja_list_new (run);
    case JINJA_STRING:
      return iterate_string (run, value.string);
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_VIEW:
      return value.list;
    case JINJA_ITERATOR:
      list = jinja_new (run, JinjaList);
      list->n_items = value.list->n_items - value.list->position;
      if (list->n_items > 0)
        list->items = value.list->items + value.list->position;
      value.list->position = value.list->n_items;
      return list;
    case JINJA_RANGE:
      return iterate_range (run, value.range);
    case JINJA_DICT:
      list = jinja_list_new (run);
      for (gsize i = 0; i < value.dict->n_entries; i++)
        jinja_list_append (run, list, value.dict->entries[i].key);
      return list;
    default:
      jinja_fail (run, _("%s is not something to go through one by one."),
                  jinja_type_name (value));
    }
}
