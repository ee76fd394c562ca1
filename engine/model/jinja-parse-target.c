/* What can be given a value: a name, a tuple of names, an attribute of a namespace. */
#include <glib/gi18n-lib.h>

#include "jinja-parser.h"

static JinjaNode *
parse_one_target (JinjaParser *parser)
{
  static const char *const constants[] = { "true", "True", "false", "False", "none", "None" };
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_NAME);
  JinjaNode *attribute;

  if (jinja_parser_skip_operator (parser, "("))
    {
      jinja_parser_enter (parser);
      node = jinja_parse_target (parser);
      jinja_parser_leave (parser);
      jinja_parser_expect_operator (parser, ")");
      return node;
    }
  if (parser->token.kind != JINJA_TOKEN_NAME)
    jinja_parser_refuse (parser);
  node->name = jinja_parser_next (parser).name;
  for (gsize i = 0; i < G_N_ELEMENTS (constants); i++)
    if (g_str_equal (node->name, constants[i]))
      jinja_fail (parser->run, _("“%s” cannot be given another value."), node->name);
  if (!jinja_parser_skip_operator (parser, "."))
    return node;
  attribute = jinja_parser_node (parser, JINJA_NODE_ATTRIBUTE);
  attribute->left = node;
  attribute->name = jinja_parser_expect_name (parser);
  return attribute;
}

static gboolean
at_target_end (JinjaParser *parser)
{
  return parser->token.kind == JINJA_TOKEN_BLOCK_END || jinja_parser_at_word (parser, "in")
         || jinja_parser_at_operator (parser, "=") || jinja_parser_at_operator (parser, ")");
}

JinjaNode *
jinja_parse_target (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_TUPLE);
  JinjaNodeList items = { NULL };

  do
    {
      if (items.n > 0 && at_target_end (parser))
        break;
      jinja_parser_add (parser, &items, parse_one_target (parser));
      if (items.n == 1 && !jinja_parser_at_operator (parser, ","))
        return items.nodes[0];
    }
  while (jinja_parser_skip_operator (parser, ","));
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}
