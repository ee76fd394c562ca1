/* object.name, object[key] and object[a:b:c]. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"

static JinjaValue
loop_attribute (const JinjaLoop *loop,
                const char      *name)
{
  gint64 index = loop->index, n = loop->n_items;

  if (strcmp (name, "index") == 0)
    return jinja_integer (index + 1);
  if (strcmp (name, "index0") == 0)
    return jinja_integer (index);
  if (strcmp (name, "revindex") == 0)
    return jinja_integer (n - index);
  if (strcmp (name, "revindex0") == 0)
    return jinja_integer (n - index - 1);
  if (strcmp (name, "first") == 0)
    return jinja_boolean (index == 0);
  if (strcmp (name, "last") == 0)
    return jinja_boolean (index == n - 1);
  if (strcmp (name, "length") == 0)
    return jinja_integer (n);
  if (strcmp (name, "depth") == 0)
    return jinja_integer (loop->depth + 1);
  if (strcmp (name, "depth0") == 0)
    return jinja_integer (loop->depth);
  if (strcmp (name, "previtem") == 0 && index > 0)
    return jinja_loop_get_item (loop, index - 1);
  if (strcmp (name, "nextitem") == 0 && index + 1 < n)
    return jinja_loop_get_item (loop, index + 1);
  return jinja_undefined (name);
}

static JinjaValue
macro_attribute (JinjaContext     *context,
                 const JinjaMacro *macro,
                 const char       *name)
{
  JinjaList *list;

  if (strcmp (name, "name") == 0)
    return jinja_text (context->run, macro->node->name);
  if (strcmp (name, "caller") == 0)
    return jinja_boolean (macro->node->takes_caller);
  if (strcmp (name, "catch_varargs") == 0)
    return jinja_boolean (macro->node->takes_rest);
  if (strcmp (name, "catch_kwargs") == 0)
    return jinja_boolean (macro->node->takes_rest_named);
  if (strcmp (name, "arguments") != 0)
    return jinja_undefined (name);
  list = jinja_list_new (context->run);
  for (guint i = 0; i < macro->node->n_parameters; i++)
    jinja_list_append (context->run, list,
                       jinja_text (context->run, macro->node->parameters[i]));
  return jinja_tuple (list);
}

static JinjaValue
own_attribute (JinjaContext *context,
               JinjaValue    object,
               const char   *name)
{
  JinjaValue *found;

  switch (object.type)
    {
    case JINJA_NAMESPACE:
      found = jinja_dict_find_text (context->run, object.dict, name);
      return found != NULL ? *found : jinja_undefined (name);
    case JINJA_LOOP:
      return loop_attribute (object.loop, name);
    case JINJA_MACRO:
      return macro_attribute (context, object.macro, name);
    case JINJA_TUPLE:
      /* The pairs of groupby have names for their two sides. */
      if (object.list->name != NULL && strcmp (name, "grouper") == 0)
        return object.list->items[0];
      if (object.list->name != NULL && strcmp (name, "list") == 0)
        return object.list->items[1];
      return jinja_undefined (name);
    case JINJA_CYCLER:
      if (strcmp (name, "current") == 0)
        return object.cycle->items->items[object.cycle->position];
      return jinja_undefined (name);
    default:
      return jinja_undefined (name);
    }
}

static void
refuse_undefined (JinjaContext *context,
                  JinjaValue    object,
                  const char   *name)
{
  if (object.type == JINJA_UNDEFINED)
    jinja_fail (context->run, _("“%s” is undefined, so it has no “%s”."),
                object.name != NULL ? object.name : "…", name);
}

/* What the object has besides its items; `name` must live as long as the run. */
static JinjaValue
find_attribute (JinjaContext *context,
                JinjaValue    object,
                const char   *name)
{
  const JinjaBuiltin *method = jinja_find_method (object, name);
  JinjaBound *bound;

  if (method == NULL)
    return own_attribute (context, object, name);
  bound = jinja_new (context->run, JinjaBound);
  bound->self = object;
  bound->method = method;
  return (JinjaValue) { .type = JINJA_METHOD, .bound = bound };
}

JinjaValue
jinja_get_attribute (JinjaContext *context,
                     JinjaValue    object,
                     const char   *name)
{
  JinjaValue value;

  refuse_undefined (context, object, name);
  value = find_attribute (context, object, name);
  if (value.type == JINJA_UNDEFINED && object.type == JINJA_DICT)
    {
      JinjaValue *found = jinja_dict_find_text (context->run, object.dict, name);

      if (found != NULL)
        return *found;
    }
  return value;
}

static gboolean
get_at (JinjaContext *context,
        JinjaValue    object,
        gint64        index,
        JinjaValue   *item)
{
  JinjaRun *run = context->run;
  gint64 n;

  if (object.type != JINJA_STRING && object.type != JINJA_LIST && object.type != JINJA_TUPLE
      && object.type != JINJA_RANGE)
    return FALSE;
  n = jinja_length (run, object);
  if (index < 0)
    index += n;
  if (index < 0 || index >= n)
    return FALSE;
  if (object.type == JINJA_STRING)
    {
      gsize start = jinja_string_offset (run, object.string, index), next;

      jinja_string_get_char (object.string, start, &next);
      *item = jinja_string (jinja_string_cut (run, object.string, start, next - start));
    }
  else if (object.type == JINJA_RANGE)
    *item = jinja_integer (jinja_range_get (object.range, index));
  else
    *item = object.list->items[index];
  return TRUE;
}

JinjaValue
jinja_get_item (JinjaContext *context,
                JinjaValue    object,
                JinjaValue    key)
{
  const char *name = NULL;
  JinjaValue item;

  if (key.type == JINJA_STRING)
    name = jinja_string_to_text (context->run, key.string);
  refuse_undefined (context, object, name != NULL ? name : "[…]");
  if (key.type == JINJA_SLICE)
    return jinja_cut (context, object, key);
  if (object.type == JINJA_DICT && key.type != JINJA_LIST && key.type != JINJA_DICT)
    {
      JinjaValue *found = jinja_dict_find (context->run, object.dict, key);

      if (found != NULL)
        return *found;
    }
  if (jinja_is_integral (key) && get_at (context, object, jinja_to_integer (key), &item))
    return item;
  if (name != NULL)
    return find_attribute (context, object, name);
  return jinja_undefined (NULL);
}

/* One end of a slice, brought into [low, high]. */
static gint64
slice_end (JinjaValue end,
           gint64     fallback,
           gint64     n,
           gint64     low,
           gint64     high)
{
  gint64 index;

  if (end.type == JINJA_NONE)
    return fallback;
  index = jinja_to_integer (end);
  if (index < 0)
    index = index < -n ? low : index + n;
  return CLAMP (index, low, high);
}

static JinjaValue
cut_string (JinjaContext *context,
            JinjaString  *string,
            gint64        start,
            gint64        stop,
            gint64        step)
{
  JinjaRun *run = context->run;
  JinjaBuffer *buffer;

  if (step == 1)
    {
      gsize from = jinja_string_offset (run, string, MIN (start, stop));
      gsize to = jinja_string_offset (run, string, stop);

      return jinja_string (jinja_string_cut (run, string, from, start < stop ? to - from : 0));
    }
  buffer = jinja_buffer_new (run);
  for (; step > 0 ? start < stop : start > stop; start += step)
    {
      gsize at = jinja_string_offset (run, string, start), next;

      jinja_string_get_char (string, at, &next);
      jinja_buffer_add_cut (run, buffer, string, at, next - at);
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

/* What would stand at `index`, before the first and behind the last too. */
static gint64
clamped_number (const JinjaRange *range,
                gint64            index)
{
  __int128 number = range->start + (__int128) index * range->step;

  return (gint64) CLAMP (number, G_MININT64, G_MAXINT64);
}

static JinjaValue
cut_range (JinjaRun         *run,
           const JinjaRange *range,
           gint64            start,
           gint64            stop,
           gint64            step)
{
  JinjaRange *cut = jinja_new (run, JinjaRange);

  cut->start = clamped_number (range, start);
  cut->stop = clamped_number (range, stop);
  if (__builtin_mul_overflow (range->step, step, &cut->step))
    jinja_fail (run, _("a number becomes too large."));
  return (JinjaValue) { .type = JINJA_RANGE, .range = cut };
}

JinjaValue
jinja_cut (JinjaContext *context,
           JinjaValue    object,
           JinjaValue    slice)
{
  JinjaRun *run = context->run;
  gint64 step = slice.slice[2].type == JINJA_NONE ? 1 : jinja_to_integer (slice.slice[2]);
  gint64 n, start, stop;
  JinjaList *list, *cut;

  if (object.type != JINJA_STRING && object.type != JINJA_LIST && object.type != JINJA_TUPLE
      && object.type != JINJA_RANGE)
    jinja_fail (run, _("%s cannot be cut into slices."), jinja_type_name (object));
  if (step == 0)
    jinja_fail (run, _("a slice cannot have a step of zero."));
  n = jinja_length (run, object);
  step = CLAMP (step, -n - 1, n + 1);
  start = slice_end (slice.slice[0], step > 0 ? 0 : n - 1, n, step > 0 ? 0 : -1,
                     step > 0 ? n : n - 1);
  stop = slice_end (slice.slice[1], step > 0 ? n : -1, n, step > 0 ? 0 : -1,
                    step > 0 ? n : n - 1);
  if (object.type == JINJA_STRING)
    return cut_string (context, object.string, start, stop, step);
  if (object.type == JINJA_RANGE)
    return cut_range (run, object.range, start, stop, step);
  list = object.list;
  cut = jinja_list_new (run);
  for (; step > 0 ? start < stop : start > stop; start += step)
    jinja_list_append (run, cut, list->items[start]);
  return (JinjaValue) { .type = object.type, .list = cut };
}
