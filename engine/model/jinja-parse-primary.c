/* Expressions without operators between them: values, subscripts, calls, filters and tests. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-call.h"
#include "jinja-parser.h"

static JinjaNode *
parse_list (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_LIST);
  JinjaNodeList items = { NULL };

  jinja_parser_expect_operator (parser, "[");
  while (!jinja_parser_at_operator (parser, "]"))
    {
      jinja_parser_add (parser, &items, jinja_parse_expression (parser));
      if (!jinja_parser_skip_operator (parser, ","))
        break;
    }
  jinja_parser_expect_operator (parser, "]");
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

static JinjaNode *
parse_dict (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_DICT);
  JinjaNodeList items = { NULL };

  jinja_parser_expect_operator (parser, "{");
  while (!jinja_parser_at_operator (parser, "}"))
    {
      jinja_parser_add (parser, &items, jinja_parse_expression (parser));
      jinja_parser_expect_operator (parser, ":");
      jinja_parser_add (parser, &items, jinja_parse_expression (parser));
      if (!jinja_parser_skip_operator (parser, ","))
        break;
    }
  jinja_parser_expect_operator (parser, "}");
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

static JinjaNode *
parse_parentheses (JinjaParser *parser)
{
  JinjaNode *node;

  jinja_parser_expect_operator (parser, "(");
  if (jinja_parser_at_operator (parser, ")"))
    node = jinja_parser_node (parser, JINJA_NODE_TUPLE);
  else
    node = jinja_parse_tuple (parser, TRUE);
  jinja_parser_expect_operator (parser, ")");
  return node;
}

static JinjaNode *
parse_strings (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_CONSTANT);

  node->value = jinja_parser_next (parser).value;
  while (parser->token.kind == JINJA_TOKEN_STRING)
    {
      JinjaString *more = jinja_parser_next (parser).value.string;

      node->value = jinja_string (jinja_string_join (parser->run, node->value.string, more));
    }
  return node;
}

static JinjaNode *
parse_name (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_NAME);
  const char *name = jinja_parser_next (parser).name;

  node->name = name;
  if (g_str_equal (name, "true") || g_str_equal (name, "True") || g_str_equal (name, "false")
      || g_str_equal (name, "False"))
    {
      node->kind = JINJA_NODE_CONSTANT;
      node->value = jinja_boolean (name[0] == 't' || name[0] == 'T');
    }
  else if (g_str_equal (name, "none") || g_str_equal (name, "None"))
    {
      node->kind = JINJA_NODE_CONSTANT;
      node->value = JINJA_VALUE_NONE;
    }
  else
    node->builtin = jinja_find_function (name);

  if (parser->macro != NULL)
    {
      parser->macro->takes_rest |= g_str_equal (name, "varargs");
      parser->macro->takes_rest_named |= g_str_equal (name, "kwargs");
      parser->macro->takes_caller |= g_str_equal (name, "caller");
    }
  return node;
}

static JinjaNode *
parse_primary (JinjaParser *parser)
{
  JinjaNode *node;

  switch (parser->token.kind)
    {
    case JINJA_TOKEN_NAME:
      return parse_name (parser);
    case JINJA_TOKEN_STRING:
      return parse_strings (parser);
    case JINJA_TOKEN_NUMBER:
      node = jinja_parser_node (parser, JINJA_NODE_CONSTANT);
      node->value = jinja_parser_next (parser).value;
      return node;
    default:
      break;
    }
  if (jinja_parser_at_operator (parser, "("))
    return parse_parentheses (parser);
  if (jinja_parser_at_operator (parser, "["))
    return parse_list (parser);
  if (jinja_parser_at_operator (parser, "{"))
    return parse_dict (parser);
  jinja_parser_refuse (parser);
}

static JinjaNode *
parse_slice_part (JinjaParser *parser)
{
  if (jinja_parser_at_operator (parser, ":") || jinja_parser_at_operator (parser, "]")
      || jinja_parser_at_operator (parser, ","))
    return NULL;
  return jinja_parse_expression (parser);
}

static JinjaNode *
parse_subscript_part (JinjaParser *parser)
{
  JinjaNode *slice = jinja_parser_node (parser, JINJA_NODE_SLICE);
  JinjaNode *first = parse_slice_part (parser);

  if (!jinja_parser_skip_operator (parser, ":"))
    {
      if (first == NULL)
        jinja_parser_refuse (parser);
      return first;
    }
  slice->left = first;
  slice->right = parse_slice_part (parser);
  if (jinja_parser_skip_operator (parser, ":"))
    slice->other = parse_slice_part (parser);
  return slice;
}

static JinjaNode *
parse_subscript (JinjaParser *parser,
                 JinjaNode   *inner)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_ITEM);
  JinjaNodeList parts = { NULL };

  jinja_parser_expect_operator (parser, "[");
  do
    {
      if (parts.n > 0 && jinja_parser_at_operator (parser, "]"))
        break;
      jinja_parser_add (parser, &parts, parse_subscript_part (parser));
    }
  while (jinja_parser_skip_operator (parser, ","));
  jinja_parser_expect_operator (parser, "]");
  node->left = inner;
  node->right = parts.nodes[0];
  if (parts.n > 1)
    {
      node->right = jinja_parser_node (parser, JINJA_NODE_TUPLE);
      node->right->items = parts.nodes;
      node->right->n_items = parts.n;
    }
  return node;
}

static JinjaNode *
parse_attribute (JinjaParser *parser,
                 JinjaNode   *inner)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_ATTRIBUTE);

  jinja_parser_expect_operator (parser, ".");
  node->left = inner;
  if (parser->token.kind == JINJA_TOKEN_NUMBER && parser->token.value.type == JINJA_INTEGER)
    {
      node->kind = JINJA_NODE_ITEM;
      node->right = parse_primary (parser);
    }
  else
    node->name = jinja_parser_expect_name (parser);
  return node;
}

static void
parse_argument (JinjaParser        *parser,
                JinjaArgumentNodes *arguments,
                JinjaNodeList      *positional,
                JinjaNodeList      *named,
                JinjaNodeList      *names)
{
  const JinjaToken *ahead;
  gboolean is_named = FALSE;

  if (jinja_parser_skip_operator (parser, "**"))
    {
      arguments->rest_named = jinja_parse_expression (parser);
      return;
    }
  if (jinja_parser_skip_operator (parser, "*"))
    {
      arguments->rest = jinja_parse_expression (parser);
      return;
    }
  if (parser->token.kind == JINJA_TOKEN_NAME)
    {
      ahead = jinja_parser_look (parser);
      is_named = ahead->kind == JINJA_TOKEN_OPERATOR && g_str_equal (ahead->name, "=");
    }
  if (is_named)
    {
      JinjaNode *name = jinja_parser_node (parser, JINJA_NODE_NAME);

      name->name = jinja_parser_next (parser).name;
      jinja_parser_next (parser);
      jinja_parser_add (parser, names, name);
      jinja_parser_add (parser, named, jinja_parse_expression (parser));
      return;
    }
  if (named->n > 0 || arguments->rest != NULL || arguments->rest_named != NULL)
    jinja_fail (parser->run, _("an argument without a name follows one with a name."));
  jinja_parser_add (parser, positional, jinja_parse_expression (parser));
}

static JinjaArgumentNodes *
parse_arguments (JinjaParser *parser)
{
  JinjaArgumentNodes *arguments = jinja_new (parser->run, JinjaArgumentNodes);
  JinjaNodeList positional = { NULL }, named = { NULL }, names = { NULL };

  jinja_parser_expect_operator (parser, "(");
  while (!jinja_parser_at_operator (parser, ")"))
    {
      parse_argument (parser, arguments, &positional, &named, &names);
      if (!jinja_parser_skip_operator (parser, ","))
        break;
    }
  jinja_parser_expect_operator (parser, ")");
  arguments->positional = positional.nodes;
  arguments->n_positional = positional.n;
  arguments->named = named.nodes;
  arguments->n_named = named.n;
  arguments->names = jinja_new_array (parser->run, const char *, names.n);
  for (guint i = 0; i < names.n; i++)
    arguments->names[i] = names.nodes[i]->name;
  return arguments;
}

static JinjaNode *
parse_call (JinjaParser *parser,
            JinjaNode   *inner)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_CALL);

  node->left = inner;
  node->arguments = parse_arguments (parser);
  return node;
}

static JinjaNode *
parse_postfix (JinjaParser *parser,
               JinjaNode   *node)
{
  for (;;)
    {
      if (jinja_parser_at_operator (parser, "."))
        node = parse_attribute (parser, node);
      else if (jinja_parser_at_operator (parser, "["))
        node = parse_subscript (parser, node);
      else if (jinja_parser_at_operator (parser, "("))
        node = parse_call (parser, node);
      else
        return node;
    }
}

static gboolean
starts_test_argument (JinjaParser *parser)
{
  static const char *const others[] = { "else", "or", "and", "if", "in", "not" };

  switch (parser->token.kind)
    {
    case JINJA_TOKEN_STRING:
    case JINJA_TOKEN_NUMBER:
      return TRUE;
    case JINJA_TOKEN_NAME:
      if (jinja_parser_at_word (parser, "is"))
        jinja_fail (parser->run, _("“is” cannot follow another “is”."));
      for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
        if (jinja_parser_at_word (parser, others[i]))
          return FALSE;
      return TRUE;
    default:
      return jinja_parser_at_operator (parser, "[") || jinja_parser_at_operator (parser, "{");
    }
}

static JinjaNode *
parse_test (JinjaParser *parser,
            JinjaNode   *inner)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_TEST);
  gboolean is_negated;

  jinja_parser_expect_word (parser, "is");
  is_negated = jinja_parser_skip_word (parser, "not");
  node->left = inner;
  node->name = jinja_parser_expect_name (parser);
  node->builtin = jinja_find_test (node->name);
  if (jinja_parser_at_operator (parser, "("))
    node->arguments = parse_arguments (parser);
  else if (starts_test_argument (parser))
    {
      JinjaArgumentNodes *arguments = jinja_new (parser->run, JinjaArgumentNodes);
      JinjaNodeList positional = { NULL };

      jinja_parser_add (parser, &positional, parse_postfix (parser, parse_primary (parser)));
      arguments->positional = positional.nodes;
      arguments->n_positional = positional.n;
      node->arguments = arguments;
    }
  if (is_negated)
    {
      JinjaNode *negation = jinja_parser_node (parser, JINJA_NODE_NOT);

      negation->left = node;
      return negation;
    }
  return node;
}

JinjaNode *
jinja_parse_filter (JinjaParser *parser,
                    JinjaNode   *inner)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_FILTER);

  node->left = inner;
  node->name = jinja_parser_expect_name (parser);
  node->builtin = jinja_find_filter (node->name);
  if (jinja_parser_at_operator (parser, "("))
    node->arguments = parse_arguments (parser);
  return node;
}

JinjaNode *
jinja_parse_filters (JinjaParser *parser,
                     JinjaNode   *inner)
{
  while (jinja_parser_skip_operator (parser, "|"))
    inner = jinja_parse_filter (parser, inner);
  return inner;
}

JinjaNode *
jinja_parse_unary (JinjaParser *parser,
                   gboolean     takes_filters)
{
  JinjaNode *node;

  jinja_parser_enter (parser);
  if (jinja_parser_at_operator (parser, "-") || jinja_parser_at_operator (parser, "+"))
    {
      node = jinja_parser_node (parser, jinja_parser_at_operator (parser, "-")
                                          ? JINJA_NODE_NEGATE
                                          : JINJA_NODE_PLUS);
      jinja_parser_next (parser);
      node->left = jinja_parse_unary (parser, FALSE);
    }
  else
    node = parse_primary (parser);
  node = parse_postfix (parser, node);
  while (takes_filters)
    {
      if (jinja_parser_at_operator (parser, "|"))
        node = jinja_parse_filters (parser, node);
      else if (jinja_parser_at_word (parser, "is"))
        node = parse_test (parser, node);
      else if (jinja_parser_at_operator (parser, "("))
        node = parse_call (parser, node);
      else
        break;
    }
  jinja_parser_leave (parser);
  return node;
}
