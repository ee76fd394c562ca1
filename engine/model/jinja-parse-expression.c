/* Operators, from the weakest binding to the strongest. */
#include "jinja-parser.h"

typedef struct
{
  const char *sign;
  JinjaOperator operator;
} Sign;

static const Sign sum_signs[] = { { "+", JINJA_ADD }, { "-", JINJA_SUBTRACT }, { NULL } };
static const Sign product_signs[] = { { "*", JINJA_MULTIPLY },
                                      { "/", JINJA_DIVIDE },
                                      { "//", JINJA_FLOOR_DIVIDE },
                                      { "%", JINJA_REMAINDER },
                                      { NULL } };
static const Sign power_signs[] = { { "**", JINJA_POWER }, { NULL } };
static const Sign compare_signs[] = { { "==", JINJA_EQUAL },         { "!=", JINJA_NOT_EQUAL },
                                      { "<", JINJA_LESS },           { "<=", JINJA_LESS_EQUAL },
                                      { ">", JINJA_GREATER },        { ">=", JINJA_GREATER_EQUAL },
                                      { NULL } };

static const Sign *
find_sign (JinjaParser *parser,
           const Sign  *signs)
{
  for (; signs->sign != NULL; signs++)
    if (jinja_parser_at_operator (parser, signs->sign))
      return signs;
  return NULL;
}

static JinjaNode *
make_binary (JinjaParser *parser,
             const Sign  *sign,
             JinjaNode   *left)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_BINARY);

  node->left = left;
  node->name = sign->sign;
  node->operator = sign->operator;
  jinja_parser_next (parser);
  return node;
}

static JinjaNode *
parse_power (JinjaParser *parser)
{
  JinjaNode *node = jinja_parse_unary (parser, TRUE);
  const Sign *sign;

  while ((sign = find_sign (parser, power_signs)) != NULL)
    {
      node = make_binary (parser, sign, node);
      node->right = jinja_parse_unary (parser, TRUE);
    }
  return node;
}

static JinjaNode *
parse_product (JinjaParser *parser)
{
  JinjaNode *node = parse_power (parser);
  const Sign *sign;

  while ((sign = find_sign (parser, product_signs)) != NULL)
    {
      node = make_binary (parser, sign, node);
      node->right = parse_power (parser);
    }
  return node;
}

static JinjaNode *
parse_concat (JinjaParser *parser)
{
  JinjaNode *first = parse_product (parser);
  JinjaNodeList items = { NULL };
  JinjaNode *node;

  if (!jinja_parser_at_operator (parser, "~"))
    return first;
  node = jinja_parser_node (parser, JINJA_NODE_CONCAT);
  jinja_parser_add (parser, &items, first);
  while (jinja_parser_skip_operator (parser, "~"))
    jinja_parser_add (parser, &items, parse_product (parser));
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

static JinjaNode *
parse_sum (JinjaParser *parser)
{
  JinjaNode *node = parse_concat (parser);
  const Sign *sign;

  while ((sign = find_sign (parser, sum_signs)) != NULL)
    {
      node = make_binary (parser, sign, node);
      node->right = parse_concat (parser);
    }
  return node;
}

/* NULL where no comparison follows. */
static JinjaNode *
parse_comparison (JinjaParser *parser)
{
  static const Sign in = { "in", JINJA_IN }, not_in = { "not in", JINJA_NOT_IN };
  const Sign *sign = find_sign (parser, compare_signs);
  JinjaNode *node;

  if (sign == NULL && jinja_parser_at_word (parser, "in"))
    sign = &in;
  else if (sign == NULL && jinja_parser_at_word (parser, "not"))
    {
      const JinjaToken *ahead = jinja_parser_look (parser);

      if (ahead->kind != JINJA_TOKEN_NAME || !g_str_equal (ahead->name, "in"))
        return NULL;
      jinja_parser_next (parser);
      sign = &not_in;
    }
  if (sign == NULL)
    return NULL;
  node = make_binary (parser, sign, NULL);
  node->kind = JINJA_NODE_COMPARE;
  node->left = parse_sum (parser);
  return node;
}

static JinjaNode *
parse_compare (JinjaParser *parser)
{
  JinjaNode *first = parse_sum (parser);
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_COMPARE);
  JinjaNodeList items = { NULL };
  JinjaNode *item;

  while ((item = parse_comparison (parser)) != NULL)
    jinja_parser_add (parser, &items, item);
  if (items.n == 0)
    return first;
  node->left = first;
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

static JinjaNode *
parse_not (JinjaParser *parser)
{
  JinjaNode *node;

  if (!jinja_parser_at_word (parser, "not"))
    return parse_compare (parser);
  jinja_parser_enter (parser);
  node = jinja_parser_node (parser, JINJA_NODE_NOT);
  jinja_parser_next (parser);
  node->left = parse_not (parser);
  jinja_parser_leave (parser);
  return node;
}

static JinjaNode *
parse_and (JinjaParser *parser)
{
  JinjaNode *left = parse_not (parser);

  while (jinja_parser_at_word (parser, "and"))
    {
      JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_AND);

      jinja_parser_next (parser);
      node->left = left;
      node->right = parse_not (parser);
      left = node;
    }
  return left;
}

static JinjaNode *
parse_or (JinjaParser *parser)
{
  JinjaNode *left = parse_and (parser);

  while (jinja_parser_at_word (parser, "or"))
    {
      JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_OR);

      jinja_parser_next (parser);
      node->left = left;
      node->right = parse_and (parser);
      left = node;
    }
  return left;
}

JinjaNode *
jinja_parse_expression (JinjaParser *parser)
{
  JinjaNode *value;

  jinja_parser_enter (parser);
  value = parse_or (parser);
  while (jinja_parser_at_word (parser, "if"))
    {
      JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_CONDITION);

      jinja_parser_next (parser);
      node->right = value;
      node->left = parse_or (parser);
      if (jinja_parser_skip_word (parser, "else"))
        node->other = jinja_parse_expression (parser);
      value = node;
    }
  jinja_parser_leave (parser);
  return value;
}

static gboolean
at_tuple_end (JinjaParser *parser)
{
  return parser->token.kind == JINJA_TOKEN_VARIABLE_END
         || parser->token.kind == JINJA_TOKEN_BLOCK_END || jinja_parser_at_operator (parser, ")")
         || jinja_parser_at_word (parser, "recursive") || jinja_parser_at_word (parser, "in");
}

JinjaNode *
jinja_parse_tuple (JinjaParser *parser,
                   gboolean     allows_condition)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_TUPLE);
  JinjaNodeList items = { NULL };

  do
    {
      if (items.n > 0 && at_tuple_end (parser))
        break;
      jinja_parser_add (parser, &items, allows_condition ? jinja_parse_expression (parser)
                                                         : parse_or (parser));
      if (items.n == 1 && !jinja_parser_at_operator (parser, ","))
        return items.nodes[0];
    }
  while (jinja_parser_skip_operator (parser, ","));
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}
