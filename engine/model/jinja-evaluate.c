/* Expressions. */
#include "jinja-evaluate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-print.h"

static JinjaValue
evaluate_name (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaValue value = jinja_scope_get (context->run, context->scope, node->name);

  if (value.type != JINJA_MISSING)
    return value;
  if (node->builtin != NULL)
    return (JinjaValue) { .type = JINJA_FUNCTION, .function = node->builtin };
  return jinja_undefined (node->name);
}

static JinjaList *
evaluate_items (JinjaContext    *context,
                const JinjaNode *node)
{
  JinjaList *list = jinja_list_new (context->run);

  for (guint i = 0; i < node->n_items; i++)
    jinja_list_append (context->run, list, jinja_evaluate (context, node->items[i]));
  return list;
}

static JinjaValue
evaluate_dict (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaDict *dict = jinja_dict_new (context->run);

  for (guint i = 0; i < node->n_items; i += 2)
    {
      JinjaValue key = jinja_evaluate (context, node->items[i]);

      jinja_dict_set (context->run, dict, key, jinja_evaluate (context, node->items[i + 1]));
    }
  return jinja_dict (dict);
}

static JinjaValue
evaluate_slice_part (JinjaContext    *context,
                     const JinjaNode *node)
{
  JinjaValue value = node != NULL ? jinja_evaluate (context, node) : JINJA_VALUE_NONE;

  if (value.type != JINJA_NONE && !jinja_is_integral (value))
    jinja_fail (context->run, _("the ends of a slice are whole numbers, not %s."),
                jinja_type_name (value));
  return value;
}

static JinjaValue
evaluate_slice (JinjaContext    *context,
                const JinjaNode *node)
{
  JinjaValue *parts = jinja_new_array (context->run, JinjaValue, 3);

  parts[0] = evaluate_slice_part (context, node->left);
  parts[1] = evaluate_slice_part (context, node->right);
  parts[2] = evaluate_slice_part (context, node->other);
  return (JinjaValue) { .type = JINJA_SLICE, .slice = parts };
}

static JinjaValue
evaluate_concat (JinjaContext    *context,
                 const JinjaNode *node)
{
  JinjaRun *run = context->run;
  JinjaString *text = jinja_to_string (run, jinja_evaluate (context, node->items[0]));

  /* Joined one by one, so that what is built up piece by piece grows where it lies. */
  for (guint i = 1; i < node->n_items; i++)
    text = jinja_string_join (run, text,
                              jinja_to_string (run, jinja_evaluate (context, node->items[i])));
  return jinja_string (text);
}

static JinjaValue
evaluate_compare (JinjaContext    *context,
                  const JinjaNode *node)
{
  JinjaValue left = jinja_evaluate (context, node->left);

  for (guint i = 0; i < node->n_items; i++)
    {
      const JinjaNode *item = node->items[i];
      JinjaValue right = jinja_evaluate (context, item->left);

      if (!jinja_compare_by (context, item->operator, item->name, left, right))
        return jinja_boolean (FALSE);
      left = right;
    }
  return jinja_boolean (TRUE);
}

static void
add_named (JinjaContext   *context,
           JinjaArguments *arguments,
           const char     *name,
           JinjaValue      value)
{
  for (guint i = 0; i < arguments->n_named; i++)
    if (strcmp (arguments->names[i], name) == 0)
      jinja_fail (context->run, _("the argument “%s” is given twice."), name);
  arguments->names[arguments->n_named] = name;
  arguments->named[arguments->n_named++] = value;
}

static void
add_rest_named (JinjaContext   *context,
                JinjaArguments *arguments,
                JinjaDict      *rest)
{
  for (gsize i = 0; rest != NULL && i < rest->n_entries; i++)
    {
      JinjaString *key = rest->entries[i].key.string;

      if (rest->entries[i].key.type != JINJA_STRING)
        jinja_fail (context->run, _("the names of arguments are strings."));
      add_named (context, arguments, jinja_intern (context->run, key->bytes, key->length),
                 rest->entries[i].value);
    }
}

/* The values of `nodes` (nullable). `caller` is one more, unless it is MISSING. */
static JinjaArguments *
evaluate_arguments (JinjaContext             *context,
                    const JinjaArgumentNodes *nodes,
                    JinjaValue                caller)
{
  static const JinjaArgumentNodes none;
  JinjaRun *run = context->run;
  JinjaArguments *arguments = jinja_new (run, JinjaArguments);
  JinjaList *positional = jinja_list_new (run);
  JinjaDict *rest_named = NULL;
  guint n_named;

  if (nodes == NULL)
    nodes = &none;
  for (guint i = 0; i < nodes->n_positional; i++)
    jinja_list_append (run, positional, jinja_evaluate (context, nodes->positional[i]));
  if (nodes->rest != NULL)
    jinja_list_extend (run, positional,
                       jinja_iterate (run, jinja_evaluate (context, nodes->rest)));
  if (nodes->rest_named != NULL)
    {
      JinjaValue rest = jinja_evaluate (context, nodes->rest_named);

      if (rest.type != JINJA_DICT)
        jinja_fail (run, _("“**” takes a dict, not %s."), jinja_type_name (rest));
      rest_named = rest.dict;
    }

  n_named = nodes->n_named + (rest_named != NULL ? rest_named->n_entries : 0) + 1;
  arguments->positional = positional->items;
  arguments->n_positional = positional->n_items;
  arguments->names = jinja_new_array (run, const char *, n_named);
  arguments->named = jinja_new_array (run, JinjaValue, n_named);
  for (guint i = 0; i < nodes->n_named; i++)
    add_named (context, arguments, nodes->names[i], jinja_evaluate (context, nodes->named[i]));
  add_rest_named (context, arguments, rest_named);
  if (caller.type != JINJA_MISSING)
    add_named (context, arguments, "caller", caller);
  return arguments;
}

JinjaValue
jinja_evaluate_call (JinjaContext    *context,
                     const JinjaNode *node,
                     JinjaValue       caller)
{
  JinjaValue callee = jinja_evaluate (context, node->left);
  JinjaArguments *arguments = evaluate_arguments (context, node->arguments, caller);
  JinjaValue result;

  context->run->line = node->line;
  jinja_enter (context->run);
  result = jinja_call (context, callee, arguments);
  jinja_leave (context->run);
  return result;
}

static JinjaValue
apply_filter (JinjaContext    *context,
              const JinjaNode *node,
              JinjaValue       value)
{
  JinjaArguments *arguments;

  if (node->builtin == NULL)
    {
      context->run->line = node->line;
      jinja_fail (context->run, _("there is no filter “%s”."), node->name);
    }
  arguments = evaluate_arguments (context, node->arguments, JINJA_VALUE_MISSING);
  context->run->line = node->line;
  return jinja_call_builtin (context, node->builtin, value, arguments);
}

JinjaValue
jinja_evaluate_filters (JinjaContext    *context,
                        const JinjaNode *node,
                        JinjaValue       value)
{
  if (node == NULL)
    return value;
  jinja_enter (context->run);
  value = jinja_evaluate_filters (context, node->left, value);
  jinja_leave (context->run);
  return apply_filter (context, node, value);
}

static JinjaValue
evaluate_test (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaValue value = jinja_evaluate (context, node->left);
  JinjaArguments *arguments;

  context->run->line = node->line;
  if (node->builtin == NULL)
    jinja_fail (context->run, _("there is no test “%s”."), node->name);
  arguments = evaluate_arguments (context, node->arguments, JINJA_VALUE_MISSING);
  return jinja_call_builtin (context, node->builtin, value, arguments);
}

static JinjaValue
evaluate_sign (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaValue value = jinja_evaluate (context, node->left);

  if (value.type == JINJA_FLOAT)
    return jinja_float (node->kind == JINJA_NODE_NEGATE ? -value.number : value.number);
  if (!jinja_is_integral (value))
    jinja_fail (context->run, _("a sign needs a number, not %s."), jinja_type_name (value));
  if (node->kind == JINJA_NODE_PLUS)
    return jinja_integer (jinja_to_integer (value));
  return jinja_binary (context, JINJA_SUBTRACT, "-", jinja_integer (0), value);
}

static JinjaValue
evaluate_condition (JinjaContext    *context,
                    const JinjaNode *node)
{
  if (jinja_truth (context->run, jinja_evaluate (context, node->left)))
    return jinja_evaluate (context, node->right);
  if (node->other != NULL)
    return jinja_evaluate (context, node->other);
  return jinja_undefined (NULL);
}

static JinjaValue
evaluate_logic (JinjaContext    *context,
                const JinjaNode *node)
{
  JinjaValue left = jinja_evaluate (context, node->left);

  if (jinja_truth (context->run, left) == (node->kind == JINJA_NODE_OR))
    return left;
  return jinja_evaluate (context, node->right);
}

static JinjaValue
evaluate_binary (JinjaContext    *context,
                 const JinjaNode *node)
{
  JinjaValue left = jinja_evaluate (context, node->left);
  JinjaValue right = jinja_evaluate (context, node->right);

  context->run->line = node->line;
  return jinja_binary (context, node->operator, node->name, left, right);
}

static JinjaValue
evaluate_item (JinjaContext    *context,
               const JinjaNode *node)
{
  JinjaValue object = jinja_evaluate (context, node->left);
  JinjaValue key = jinja_evaluate (context, node->right);

  context->run->line = node->line;
  return jinja_get_item (context, object, key);
}

static JinjaValue
evaluate_kind (JinjaContext    *context,
               const JinjaNode *node)
{
  switch (node->kind)
    {
    case JINJA_NODE_CONSTANT:
      return node->value;
    case JINJA_NODE_NAME:
      return evaluate_name (context, node);
    case JINJA_NODE_LIST:
      return jinja_list (evaluate_items (context, node));
    case JINJA_NODE_TUPLE:
      return jinja_tuple (evaluate_items (context, node));
    case JINJA_NODE_DICT:
      return evaluate_dict (context, node);
    case JINJA_NODE_ATTRIBUTE:
      return jinja_get_attribute (context, jinja_evaluate (context, node->left), node->name);
    case JINJA_NODE_ITEM:
      return evaluate_item (context, node);
    case JINJA_NODE_SLICE:
      return evaluate_slice (context, node);
    case JINJA_NODE_CALL:
      return jinja_evaluate_call (context, node, JINJA_VALUE_MISSING);
    case JINJA_NODE_FILTER:
      return apply_filter (context, node, jinja_evaluate (context, node->left));
    case JINJA_NODE_TEST:
      return evaluate_test (context, node);
    case JINJA_NODE_NEGATE:
    case JINJA_NODE_PLUS:
      return evaluate_sign (context, node);
    case JINJA_NODE_NOT:
      return jinja_boolean (!jinja_truth (context->run, jinja_evaluate (context, node->left)));
    case JINJA_NODE_AND:
    case JINJA_NODE_OR:
      return evaluate_logic (context, node);
    case JINJA_NODE_CONDITION:
      return evaluate_condition (context, node);
    case JINJA_NODE_BINARY:
      return evaluate_binary (context, node);
    case JINJA_NODE_CONCAT:
      return evaluate_concat (context, node);
    case JINJA_NODE_COMPARE:
      return evaluate_compare (context, node);
    default:
      g_assert_not_reached ();
    }
}

JinjaValue
jinja_evaluate (JinjaContext    *context,
                const JinjaNode *node)
{
  JinjaValue value;

  jinja_work (context->run, 1);
  jinja_enter (context->run);
  context->run->line = node->line;
  value = evaluate_kind (context, node);
  jinja_leave (context->run);
  return value;
}
