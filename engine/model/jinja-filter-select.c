/* Filters that ask a filter or a test about each item. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-item-path.h"

static const char *
need_name (JinjaContext *context,
           JinjaValue    value)
{
  if (value.type != JINJA_STRING)
    jinja_fail (context->run, _("the name of a filter or test is a string, not %s."),
                jinja_type_name (value));
  return jinja_string_to_text (context->run, value.string);
}

/* What is empty, none among it, has no items for these filters. */
static JinjaList *
items_of (JinjaContext *context,
          JinjaValue    self)
{
  if (!jinja_truth (context->run, self))
    return jinja_list_new (context->run);
  return jinja_iterate (context->run, self);
}

static JinjaArguments
without_first (const JinjaArguments *arguments,
               guint                 n)
{
  JinjaArguments rest = *arguments;

  rest.positional += n;
  rest.n_positional -= n;
  return rest;
}

static JinjaValue
named_argument (const JinjaArguments *arguments,
                const char           *name)
{
  for (guint i = 0; i < arguments->n_named; i++)
    if (strcmp (arguments->names[i], name) == 0)
      return arguments->named[i];
  return JINJA_VALUE_MISSING;
}

static JinjaValue
filter_map (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  JinjaList *list = items_of (context, self);
  JinjaList *mapped = jinja_list_new (context->run);
  JinjaValue path = named_argument (arguments, "attribute");
  JinjaValue fallback = named_argument (arguments, "default");
  const JinjaBuiltin *filter = NULL;
  JinjaArguments rest = { NULL };

  if (arguments->n_positional > 0)
    {
      const char *name = need_name (context, arguments->positional[0]);

      filter = jinja_find_filter (name);
      rest = without_first (arguments, 1);
      if (filter == NULL)
        jinja_fail (context->run, _("there is no filter “%s”."), name);
    }
  else if (path.type == JINJA_MISSING)
    jinja_fail (context->run, _("“map” needs a filter or an attribute."));
  for (gsize i = 0; i < list->n_items; i++)
    {
      JinjaValue item = list->items[i];

      item = filter != NULL ? jinja_call_builtin (context, filter, item, &rest)
                            : jinja_follow_path (context, item, path, fallback);
      jinja_list_append (context->run, mapped, item);
    }
  return jinja_iterator (mapped, "generator");
}

/* The items for which the test named in the arguments, or else their truth, is `wanted`; of
 * the items themselves, or of the attribute that is the first argument. */
static JinjaValue
choose (JinjaContext         *context,
        JinjaValue            self,
        const JinjaArguments *arguments,
        gboolean              by_attribute,
        gboolean              wanted)
{
  JinjaList *list = items_of (context, self);
  JinjaList *chosen = jinja_list_new (context->run);
  JinjaValue path = JINJA_VALUE_MISSING;
  const JinjaBuiltin *test = NULL;
  JinjaArguments rest = *arguments;

  if (by_attribute && rest.n_positional == 0)
    jinja_fail (context->run, _("the name of an attribute is missing."));
  if (by_attribute)
    {
      path = rest.positional[0];
      rest = without_first (&rest, 1);
    }
  if (rest.n_positional > 0)
    {
      const char *name = need_name (context, rest.positional[0]);

      test = jinja_find_test (name);
      rest = without_first (&rest, 1);
      if (test == NULL)
        jinja_fail (context->run, _("there is no test “%s”."), name);
    }
  for (gsize i = 0; i < list->n_items; i++)
    {
      JinjaValue value = jinja_follow_path (context, list->items[i], path, JINJA_VALUE_MISSING);

      if (test != NULL)
        value = jinja_call_builtin (context, test, value, &rest);
      if (jinja_truth (context->run, value) == wanted)
        jinja_list_append (context->run, chosen, list->items[i]);
    }
  return jinja_iterator (chosen, "generator");
}

static JinjaValue
filter_select (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  return choose (context, self, arguments, FALSE, TRUE);
}

static JinjaValue
filter_reject (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  return choose (context, self, arguments, FALSE, FALSE);
}

static JinjaValue
filter_selectattr (JinjaContext         *context,
                   JinjaValue            self,
                   const JinjaValue     *bound,
                   const JinjaArguments *arguments)
{
  return choose (context, self, arguments, TRUE, TRUE);
}

static JinjaValue
filter_rejectattr (JinjaContext         *context,
                   JinjaValue            self,
                   const JinjaValue     *bound,
                   const JinjaArguments *arguments)
{
  return choose (context, self, arguments, TRUE, FALSE);
}

const JinjaBuiltin jinja_select_filters[] = {
  { "map", NULL, filter_map },
  { "select", NULL, filter_select },
  { "reject", NULL, filter_reject },
  { "selectattr", NULL, filter_selectattr },
  { "rejectattr", NULL, filter_rejectattr },
  { NULL },
};
