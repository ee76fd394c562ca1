/* What the expression and statement parts of the parser share. */
#include "jinja-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

JinjaNode *
jinja_parser_node (JinjaParser  *parser,
                   JinjaNodeKind kind)
{
  JinjaNode *node = jinja_new (parser->run, JinjaNode);

  node->kind = kind;
  node->line = parser->token.line;
  return node;
}

void
jinja_parser_add (JinjaParser   *parser,
                  JinjaNodeList *list,
                  JinjaNode     *node)
{
  if (list->n == list->capacity)
    {
      guint capacity = MAX (4, list->capacity * 2);
      JinjaNode **nodes = jinja_new_array (parser->run, JinjaNode *, capacity);

      if (list->n > 0)
        memcpy (nodes, list->nodes, list->n * sizeof (JinjaNode *));
      list->nodes = nodes;
      list->capacity = capacity;
    }
  list->nodes[list->n++] = node;
}

JinjaToken
jinja_parser_next (JinjaParser *parser)
{
  JinjaToken token = parser->token;

  parser->token = parser->has_ahead ? parser->ahead : jinja_lexer_next (&parser->lexer);
  parser->has_ahead = FALSE;
  parser->run->line = parser->token.line;
  return token;
}

const JinjaToken *
jinja_parser_look (JinjaParser *parser)
{
  if (!parser->has_ahead)
    parser->ahead = jinja_lexer_next (&parser->lexer);
  parser->has_ahead = TRUE;
  return &parser->ahead;
}

static gboolean
token_is (const JinjaToken *token,
          JinjaTokenKind    kind,
          const char       *name)
{
  return token->kind == kind && strcmp (token->name, name) == 0;
}

gboolean
jinja_parser_at_word (JinjaParser *parser,
                      const char  *word)
{
  return token_is (&parser->token, JINJA_TOKEN_NAME, word);
}

gboolean
jinja_parser_at_operator (JinjaParser *parser,
                          const char  *sign)
{
  return token_is (&parser->token, JINJA_TOKEN_OPERATOR, sign);
}

gboolean
jinja_parser_skip_word (JinjaParser *parser,
                        const char  *word)
{
  gboolean is_there = jinja_parser_at_word (parser, word);

  if (is_there)
    jinja_parser_next (parser);
  return is_there;
}

gboolean
jinja_parser_skip_operator (JinjaParser *parser,
                            const char  *sign)
{
  gboolean is_there = jinja_parser_at_operator (parser, sign);

  if (is_there)
    jinja_parser_next (parser);
  return is_there;
}

void
jinja_parser_expect_word (JinjaParser *parser,
                          const char  *word)
{
  if (!jinja_parser_skip_word (parser, word))
    jinja_fail (parser->run, _("“%s” is missing."), word);
}

void
jinja_parser_expect_operator (JinjaParser *parser,
                              const char  *sign)
{
  if (!jinja_parser_skip_operator (parser, sign))
    jinja_fail (parser->run, _("“%s” is missing."), sign);
}

const char *
jinja_parser_expect_name (JinjaParser *parser)
{
  if (parser->token.kind != JINJA_TOKEN_NAME)
    jinja_fail (parser->run, _("a name is missing."));
  return jinja_parser_next (parser).name;
}

void
jinja_parser_refuse (JinjaParser *parser)
{
  switch (parser->token.kind)
    {
    case JINJA_TOKEN_NAME:
    case JINJA_TOKEN_OPERATOR:
      jinja_fail (parser->run, _("“%s” is not expected here."), parser->token.name);
    case JINJA_TOKEN_STRING:
      jinja_fail (parser->run, _("a string is not expected here."));
    case JINJA_TOKEN_NUMBER:
      jinja_fail (parser->run, _("a number is not expected here."));
    case JINJA_TOKEN_VARIABLE_END:
    case JINJA_TOKEN_BLOCK_END:
      jinja_fail (parser->run, _("the tag ends too early."));
    default:
      jinja_fail (parser->run, _("the template ends too early."));
    }
}

void
jinja_parser_enter (JinjaParser *parser)
{
  if (parser->nesting == JINJA_MAX_NESTING)
    jinja_fail (parser->run, _("it nests too deeply."));
  parser->nesting++;
}

void
jinja_parser_leave (JinjaParser *parser)
{
  parser->nesting--;
}
