/* Functions that every template has. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-date.h"
#include "jinja-evaluate.h"
#include "jinja-print.h"

/* Longer messages of raise_exception are cut. */
#define MAX_MESSAGE 1000

#define FUNCTION(name)                                           \
  static JinjaValue name (JinjaContext         *context,         \
                          JinjaValue            self,            \
                          const JinjaValue     *bound,           \
                          const JinjaArguments *arguments)

FUNCTION (function_range)
{
  JinjaRange *range = jinja_new (context->run, JinjaRange);
  gboolean is_one = bound[1].type == JINJA_MISSING;

  range->start = is_one ? 0 : jinja_argument_integer (context, bound[0], "start", 0);
  range->stop = jinja_argument_integer (context, is_one ? bound[0] : bound[1], "stop", 0);
  range->step = jinja_argument_integer (context, bound[2], "step", 1);
  if (range->step == 0)
    jinja_fail (context->run, _("“range” cannot have a step of zero."));
  if (jinja_range_length (range) > JINJA_MAX_RANGE)
    jinja_fail (context->run, _("“range” gives at most %d numbers."), JINJA_MAX_RANGE);
  return (JinjaValue) { .type = JINJA_RANGE, .range = range };
}

static JinjaDict *
make_dict (JinjaContext         *context,
           const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaDict *dict = jinja_dict_new (run);
  JinjaList *pairs = NULL;

  if (arguments->n_positional > 1)
    jinja_fail (run, _("a dict is made from one dict or list of pairs."));
  if (arguments->n_positional == 1 && arguments->positional[0].type == JINJA_DICT)
    dict = jinja_dict_copy (run, arguments->positional[0].dict);
  else if (arguments->n_positional == 1)
    pairs = jinja_iterate (run, arguments->positional[0]);
  for (gsize i = 0; pairs != NULL && i < pairs->n_items; i++)
    {
      JinjaList *pair = jinja_iterate (run, pairs->items[i]);

      if (pair->n_items != 2)
        jinja_fail (run, _("a dict is made from one dict or list of pairs."));
      jinja_dict_set (run, dict, pair->items[0], pair->items[1]);
    }
  for (guint i = 0; i < arguments->n_named; i++)
    jinja_dict_set_text (run, dict, arguments->names[i], arguments->named[i]);
  return dict;
}

FUNCTION (function_dict)
{
  return jinja_dict (make_dict (context, arguments));
}

FUNCTION (function_namespace)
{
  return (JinjaValue) { .type = JINJA_NAMESPACE, .dict = make_dict (context, arguments) };
}

FUNCTION (function_cycler)
{
  JinjaCycle *cycle = jinja_new (context->run, JinjaCycle);

  if (arguments->n_positional == 0)
    jinja_fail (context->run, _("“cycler” needs something to go through."));
  cycle->items = jinja_list_new (context->run);
  for (guint i = 0; i < arguments->n_positional; i++)
    jinja_list_append (context->run, cycle->items, arguments->positional[i]);
  return (JinjaValue) { .type = JINJA_CYCLER, .cycle = cycle };
}

FUNCTION (function_joiner)
{
  JinjaCycle *cycle = jinja_new (context->run, JinjaCycle);

  cycle->separator = bound[0].type == JINJA_MISSING
                       ? jinja_string_from_text (context->run, ", ")
                       : jinja_to_string (context->run, bound[0]);
  return (JinjaValue) { .type = JINJA_JOINER, .cycle = cycle };
}

FUNCTION (function_raise_exception)
{
  const char *text = jinja_string_to_text (context->run, jinja_to_string (context->run, bound[0]));
  gsize length = strlen (text);

  if (length > MAX_MESSAGE)
    length = g_utf8_find_prev_char (text, text + MAX_MESSAGE) - text;
  jinja_fail (context->run, _("it refuses this conversation: “%.*s”"), (int) length, text);
}

FUNCTION (function_strftime_now)
{
  return jinja_string (jinja_date_format (context->run,
                                          jinja_argument_string (context, bound[0], "format")));
}

const JinjaBuiltin jinja_functions[] = {
  { "range", "start stop? step?", function_range },
  { "dict", NULL, function_dict },
  { "namespace", NULL, function_namespace },
  { "cycler", NULL, function_cycler },
  { "joiner", "sep?", function_joiner },
  { "raise_exception", "message", function_raise_exception },
  { "strftime_now", "format", function_strftime_now },
  { NULL },
};
