#include "jinja-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-print.h"

const JinjaBuiltin *
jinja_find_builtin (const JinjaBuiltin *table,
                    const char         *name)
{
  for (; table->name != NULL; table++)
    if (strcmp (table->name, name) == 0)
      return table;
  return NULL;
}

const JinjaBuiltin *
jinja_find_filter (const char *name)
{
  static const JinjaBuiltin *const tables[] = { jinja_text_filters, jinja_layout_filters,
                                                jinja_number_filters, jinja_sequence_filters,
                                                jinja_select_filters };
  const JinjaBuiltin *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tables) && found == NULL; i++)
    found = jinja_find_builtin (tables[i], name);
  return found;
}

const JinjaBuiltin *
jinja_find_test (const char *name)
{
  return jinja_find_builtin (jinja_tests, name);
}

const JinjaBuiltin *
jinja_find_function (const char *name)
{
  return jinja_find_builtin (jinja_functions, name);
}

const JinjaBuiltin *
jinja_find_method (JinjaValue  self,
                   const char *name)
{
  switch (self.type)
    {
    case JINJA_STRING:
      return jinja_find_builtin (jinja_string_methods, name);
    case JINJA_LIST:
    case JINJA_TUPLE:
      return jinja_find_builtin (jinja_list_methods, name);
    case JINJA_DICT:
      return jinja_find_builtin (jinja_dict_methods, name);
    case JINJA_LOOP:
      return jinja_find_builtin (jinja_loop_methods, name);
    case JINJA_CYCLER:
      return jinja_find_builtin (jinja_cycler_methods, name);
    default:
      return NULL;
    }
}

/* The index in "a b c?" of the parameter `name`; -1 if there is none. */
static int
find_parameter (const char *parameters,
                const char *name)
{
  gsize length = strlen (name);
  int index = 0;

  for (const char *p = parameters; *p != '\0'; index++)
    {
      gsize n = strcspn (p, " ?");

      if (n == length && memcmp (p, name, n) == 0)
        return index;
      p += strcspn (p, " ");
      p += *p == ' ';
    }
  return -1;
}

static guint
count_parameters (const char *parameters)
{
  guint n = *parameters != '\0';

  for (; *parameters != '\0'; parameters++)
    n += *parameters == ' ';
  return n;
}

static void
bind_arguments (JinjaContext         *context,
                const JinjaBuiltin   *builtin,
                const JinjaArguments *arguments,
                JinjaValue           *bound)
{
  const char *p = builtin->parameters;
  guint n = count_parameters (p);

  g_assert (n <= JINJA_MAX_PARAMETERS);
  if (arguments->n_positional > n)
    jinja_fail (context->run, _("“%s” takes at most %u arguments."), builtin->name, n);
  for (guint i = 0; i < n; i++)
    bound[i] = i < arguments->n_positional ? arguments->positional[i] : JINJA_VALUE_MISSING;
  for (guint i = 0; i < arguments->n_named; i++)
    {
      int index = find_parameter (p, arguments->names[i]);

      if (index < 0)
        jinja_fail (context->run, _("“%s” takes no argument “%s”."), builtin->name,
                    arguments->names[i]);
      if (bound[index].type != JINJA_MISSING)
        jinja_fail (context->run, _("the argument “%s” is given twice."), arguments->names[i]);
      bound[index] = arguments->named[i];
    }
  for (guint i = 0; i < n; i++)
    {
      gsize length = strcspn (p, " ");

      if (bound[i].type == JINJA_MISSING && p[length - 1] != '?')
        jinja_fail (context->run, _("“%s” lacks its argument “%.*s”."), builtin->name,
                    (int) length, p);
      p += length + (p[length] == ' ');
    }
}

JinjaValue
jinja_call_builtin (JinjaContext         *context,
                    const JinjaBuiltin   *builtin,
                    JinjaValue            self,
                    const JinjaArguments *arguments)
{
  JinjaValue bound[JINJA_MAX_PARAMETERS];

  jinja_work (context->run, 1);
  if (builtin->parameters == NULL)
    return builtin->func (context, self, NULL, arguments);
  bind_arguments (context, builtin, arguments, bound);
  return builtin->func (context, self, bound, arguments);
}

static JinjaValue
take_named (JinjaContext         *context,
            const JinjaArguments *arguments,
            const char           *name,
            gboolean             *is_used) /* [n_named] */
{
  for (guint i = 0; i < arguments->n_named; i++)
    if (!is_used[i] && strcmp (arguments->names[i], name) == 0)
      {
        is_used[i] = TRUE;
        return arguments->named[i];
      }
  return JINJA_VALUE_MISSING;
}

static void
bind_rest (JinjaContext         *context,
           const JinjaMacroNode *node,
           const JinjaArguments *arguments,
           const gboolean       *is_used)
{
  JinjaRun *run = context->run;
  JinjaDict *named = jinja_dict_new (run);
  JinjaList *rest = jinja_list_new (run);

  for (guint i = 0; i < arguments->n_named; i++)
    {
      if (is_used[i])
        continue;
      if (!node->takes_rest_named)
        jinja_fail (run, _("the macro “%s” takes no argument “%s”."), node->name,
                    arguments->names[i]);
      jinja_dict_set_text (run, named, arguments->names[i], arguments->named[i]);
    }
  for (guint i = node->n_parameters; i < arguments->n_positional; i++)
    jinja_list_append (run, rest, arguments->positional[i]);
  if (rest->n_items > 0 && !node->takes_rest)
    jinja_fail (run, _("the macro “%s” takes at most %u arguments."), node->name,
                node->n_parameters);
  if (node->takes_rest_named)
    jinja_scope_set (run, context->scope, jinja_intern (run, "kwargs", 6), jinja_dict (named));
  if (node->takes_rest)
    jinja_scope_set (run, context->scope, jinja_intern (run, "varargs", 7), jinja_tuple (rest));
}

/* Fills the scope of a macro's call. Defaults may speak of the parameters before them. */
static void
bind_macro (JinjaContext         *context,
            const JinjaMacroNode *node,
            const JinjaArguments *arguments)
{
  gboolean *is_used = jinja_new_array (context->run, gboolean, arguments->n_named);
  gboolean has_caller = FALSE;

  for (guint i = 0; i < node->n_parameters; i++)
    {
      const char *name = node->parameters[i];
      JinjaValue value = i < arguments->n_positional
                           ? arguments->positional[i]
                           : take_named (context, arguments, name, is_used);

      has_caller |= strcmp (name, "caller") == 0;
      if (value.type == JINJA_MISSING)
        value = node->defaults[i] != NULL ? jinja_evaluate (context, node->defaults[i])
                                          : jinja_undefined (name);
      jinja_scope_set (context->run, context->scope, name, value);
    }
  if (node->takes_caller && !has_caller)
    {
      JinjaValue caller = take_named (context, arguments, "caller", is_used);

      if (caller.type == JINJA_MISSING)
        caller = jinja_undefined ("caller");
      jinja_scope_set (context->run, context->scope, jinja_intern (context->run, "caller", 6),
                       caller);
    }
  bind_rest (context, node, arguments, is_used);
}

static JinjaValue
call_macro (JinjaContext         *context,
            const JinjaMacro     *macro,
            const JinjaArguments *arguments)
{
  JinjaScope *outer = context->scope;
  JinjaScope *scope = jinja_scope_new (context->run, macro->scope);
  JinjaString *text;

  context->scope = scope;
  bind_macro (context, macro->node, arguments);
  text = jinja_capture (context, macro->node->body, scope);
  context->scope = outer;
  return jinja_string (text);
}

const char *
jinja_macro_get_name (const JinjaMacro *macro)
{
  return macro->node->name;
}

static JinjaValue
call_joiner (JinjaContext *context,
             JinjaCycle   *joiner)
{
  if (joiner->position++ == 0)
    return jinja_text (context->run, "");
  return jinja_string (joiner->separator);
}

JinjaValue
jinja_call (JinjaContext         *context,
            JinjaValue            callee,
            const JinjaArguments *arguments)
{
  switch (callee.type)
    {
    case JINJA_FUNCTION:
      return jinja_call_builtin (context, callee.function, JINJA_VALUE_MISSING, arguments);
    case JINJA_METHOD:
      return jinja_call_builtin (context, callee.bound->method, callee.bound->self, arguments);
    case JINJA_MACRO:
      return call_macro (context, callee.macro, arguments);
    case JINJA_JOINER:
      return call_joiner (context, callee.cycle);
    case JINJA_LOOP:
      if (arguments->n_positional != 1)
        jinja_fail (context->run, _("a loop is called with what it goes through next."));
      return jinja_string (jinja_loop_again (context, callee.loop, arguments->positional[0]));
    case JINJA_UNDEFINED:
      jinja_fail (context->run, _("“%s” is undefined, so it cannot be called."),
                  callee.name != NULL ? callee.name : "…");
    default:
      jinja_fail (context->run, _("%s cannot be called."), jinja_type_name (callee));
    }
}

gint64
jinja_argument_integer (JinjaContext *context,
                        JinjaValue    argument,
                        const char   *name,
                        gint64        fallback)
{
  if (argument.type == JINJA_MISSING)
    return fallback;
  if (!jinja_is_integral (argument))
    jinja_fail (context->run, _("the argument “%s” must be a whole number, not %s."), name,
                jinja_type_name (argument));
  return jinja_to_integer (argument);
}

JinjaString *
jinja_argument_string (JinjaContext *context,
                       JinjaValue    argument,
                       const char   *name)
{
  if (argument.type == JINJA_MISSING || argument.type == JINJA_NONE)
    return NULL;
  if (argument.type != JINJA_STRING)
    jinja_fail (context->run, _("the argument “%s” must be a string, not %s."), name,
                jinja_type_name (argument));
  return argument.string;
}

gboolean
jinja_argument_truth (JinjaContext *context,
                      JinjaValue    argument,
                      gboolean      fallback)
{
  return argument.type == JINJA_MISSING ? fallback : jinja_truth (context->run, argument);
}
