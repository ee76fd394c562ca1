/* Statements: what stands between "{%" and "%}". */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-call.h"
#include "jinja-parser.h"

/* Up to a tag that begins with one of the `ends` (NULL-terminated; NULL at the top), which
 * is left to be read. */
static JinjaNode *parse_body (JinjaParser       *parser,
                              const char *const *ends);

static void
end_block (JinjaParser *parser)
{
  if (parser->token.kind != JINJA_TOKEN_BLOCK_END)
    jinja_parser_refuse (parser);
  jinja_parser_next (parser);
}

/* A body that ends with the one tag `end`, which is read too. */
static JinjaNode *
parse_body_until (JinjaParser *parser,
                  const char  *end)
{
  const char *const ends[] = { end, NULL };
  JinjaNode *body;

  end_block (parser);
  body = parse_body (parser, ends);
  jinja_parser_expect_word (parser, end);
  return body;
}

static JinjaNode *
parse_if (JinjaParser *parser)
{
  static const char *const ends[] = { "elif", "else", "endif", NULL };
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_IF);
  JinjaNodeList items = { NULL };

  do
    {
      jinja_parser_add (parser, &items, jinja_parse_tuple (parser, FALSE));
      end_block (parser);
      jinja_parser_add (parser, &items, parse_body (parser, ends));
    }
  while (jinja_parser_skip_word (parser, "elif"));
  if (jinja_parser_skip_word (parser, "else"))
    node->other = parse_body_until (parser, "endif");
  else
    jinja_parser_expect_word (parser, "endif");
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

static JinjaNode *
parse_for (JinjaParser *parser)
{
  static const char *const ends[] = { "else", "endfor", NULL };
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_FOR);

  node->left = jinja_parse_target (parser);
  jinja_parser_expect_word (parser, "in");
  node->right = jinja_parse_tuple (parser, FALSE);
  if (jinja_parser_skip_word (parser, "if"))
    node->other = jinja_parse_expression (parser);
  node->is_recursive = jinja_parser_skip_word (parser, "recursive");
  node->items = jinja_new_array (parser->run, JinjaNode *, 2);
  node->n_items = 2;
  end_block (parser);
  parser->n_loops++;
  node->items[0] = parse_body (parser, ends);
  parser->n_loops--;
  if (jinja_parser_skip_word (parser, "else"))
    node->items[1] = parse_body_until (parser, "endfor");
  else
    jinja_parser_expect_word (parser, "endfor");
  return node;
}

static JinjaNode *
parse_set (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_SET);

  node->left = jinja_parse_target (parser);
  if (jinja_parser_skip_operator (parser, "="))
    {
      node->right = jinja_parse_tuple (parser, TRUE);
      return node;
    }
  node->kind = JINJA_NODE_SET_BLOCK;
  node->right = jinja_parse_filters (parser, NULL);
  node->items = jinja_new_array (parser->run, JinjaNode *, 1);
  node->n_items = 1;
  node->items[0] = parse_body_until (parser, "endset");
  return node;
}

static void
parse_parameters (JinjaParser    *parser,
                  JinjaMacroNode *macro)
{
  JinjaNodeList names = { NULL }, defaults = { NULL };

  jinja_parser_expect_operator (parser, "(");
  while (!jinja_parser_at_operator (parser, ")"))
    {
      JinjaNode *name = jinja_parser_node (parser, JINJA_NODE_NAME);
      JinjaNode *fallback = NULL;

      name->name = jinja_parser_expect_name (parser);
      if (jinja_parser_skip_operator (parser, "="))
        fallback = jinja_parse_expression (parser);
      else if (defaults.n > 0 && defaults.nodes[defaults.n - 1] != NULL)
        jinja_fail (parser->run, _("a parameter without a default follows one with a default."));
      jinja_parser_add (parser, &names, name);
      jinja_parser_add (parser, &defaults, fallback);
      if (!jinja_parser_skip_operator (parser, ","))
        break;
    }
  jinja_parser_expect_operator (parser, ")");
  macro->parameters = jinja_new_array (parser->run, const char *, names.n);
  for (guint i = 0; i < names.n; i++)
    macro->parameters[i] = names.nodes[i]->name;
  macro->defaults = defaults.nodes;
  macro->n_parameters = names.n;
}

/* The parameters, which may be absent, are read by now. */
static void
parse_macro_body (JinjaParser    *parser,
                  JinjaMacroNode *macro,
                  const char     *end)
{
  JinjaMacroNode *outer = parser->macro;
  guint n_loops = parser->n_loops;

  /* A loop around a macro is not one that the macro could leave. */
  parser->macro = macro;
  parser->n_loops = 0;
  macro->body = parse_body_until (parser, end);
  parser->n_loops = n_loops;
  parser->macro = outer;
}

static JinjaNode *
parse_macro (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_MACRO);

  node->macro = jinja_new (parser->run, JinjaMacroNode);
  node->name = node->macro->name = jinja_parser_expect_name (parser);
  parse_parameters (parser, node->macro);
  parse_macro_body (parser, node->macro, "endmacro");
  return node;
}

static JinjaNode *
parse_call_block (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_CALL_BLOCK);

  node->macro = jinja_new (parser->run, JinjaMacroNode);
  node->macro->name = jinja_intern (parser->run, "caller", 6);
  if (jinja_parser_at_operator (parser, "("))
    parse_parameters (parser, node->macro);
  node->left = jinja_parse_expression (parser);
  if (node->left->kind != JINJA_NODE_CALL)
    jinja_fail (parser->run, _("“call” needs the call of a macro."));
  parse_macro_body (parser, node->macro, "endcall");
  return node;
}

static JinjaNode *
parse_filter_block (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_FILTER_BLOCK);

  node->left = jinja_parse_filters (parser, jinja_parse_filter (parser, NULL));
  node->items = jinja_new_array (parser->run, JinjaNode *, 1);
  node->n_items = 1;
  node->items[0] = parse_body_until (parser, "endfilter");
  return node;
}

static JinjaNode *
parse_with (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_WITH);
  JinjaNodeList items = { NULL };

  while (parser->token.kind != JINJA_TOKEN_BLOCK_END)
    {
      if (items.n > 0)
        jinja_parser_expect_operator (parser, ",");
      jinja_parser_add (parser, &items, jinja_parse_target (parser));
      jinja_parser_expect_operator (parser, "=");
      jinja_parser_add (parser, &items, jinja_parse_expression (parser));
    }
  node->items = items.nodes;
  node->n_items = items.n;
  node->other = parse_body_until (parser, "endwith");
  return node;
}

static JinjaNode *
parse_generation (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_SCOPE);

  node->left = parse_body_until (parser, "endgeneration");
  return node;
}

static JinjaNode *
parse_leave_loop (JinjaParser  *parser,
                  JinjaNodeKind kind)
{
  if (parser->n_loops == 0)
    jinja_fail (parser->run, _("“break” and “continue” belong inside of a loop."));
  return jinja_parser_node (parser, kind);
}

static JinjaNode *
parse_break (JinjaParser *parser)
{
  return parse_leave_loop (parser, JINJA_NODE_BREAK);
}

static JinjaNode *
parse_continue (JinjaParser *parser)
{
  return parse_leave_loop (parser, JINJA_NODE_CONTINUE);
}

static const struct
{
  const char *name;
  JinjaNode *(*parse) (JinjaParser *parser);
} statements[] = {
  { "if", parse_if },
  { "for", parse_for },
  { "set", parse_set },
  { "macro", parse_macro },
  { "call", parse_call_block },
  { "filter", parse_filter_block },
  { "with", parse_with },
  { "generation", parse_generation },
  { "break", parse_break },
  { "continue", parse_continue },
};

static JinjaNode *
parse_statement (JinjaParser *parser)
{
  const char *name = jinja_parser_expect_name (parser);

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (g_str_equal (name, statements[i].name))
      {
        JinjaNode *node = statements[i].parse (parser);

        end_block (parser);
        return node;
      }
  if (g_str_has_prefix (name, "end") || g_str_equal (name, "else") || g_str_equal (name, "elif"))
    jinja_fail (parser->run, _("“%s” ends nothing that is open."), name);
  jinja_fail (parser->run, _("there is no statement “%s”."), name);
}

static JinjaNode *
parse_output (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_OUTPUT);

  jinja_parser_next (parser);
  node->left = jinja_parse_tuple (parser, TRUE);
  if (parser->token.kind != JINJA_TOKEN_VARIABLE_END)
    jinja_parser_refuse (parser);
  jinja_parser_next (parser);
  return node;
}

static JinjaNode *
parse_text (JinjaParser *parser)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_TEXT);

  node->value = jinja_parser_next (parser).value;
  return node;
}

static gboolean
at_any_word (JinjaParser       *parser,
             const char *const *words)
{
  for (; words != NULL && *words != NULL; words++)
    if (jinja_parser_at_word (parser, *words))
      return TRUE;
  return FALSE;
}

static JinjaNode *
parse_body (JinjaParser       *parser,
            const char *const *ends)
{
  JinjaNode *node = jinja_parser_node (parser, JINJA_NODE_BODY);
  JinjaNodeList items = { NULL };
  gboolean is_over = FALSE;

  jinja_parser_enter (parser);
  while (!is_over)
    switch (parser->token.kind)
      {
      case JINJA_TOKEN_DATA:
        jinja_parser_add (parser, &items, parse_text (parser));
        break;
      case JINJA_TOKEN_VARIABLE_BEGIN:
        jinja_parser_add (parser, &items, parse_output (parser));
        break;
      case JINJA_TOKEN_BLOCK_BEGIN:
        jinja_parser_next (parser);
        is_over = at_any_word (parser, ends);
        if (!is_over)
          jinja_parser_add (parser, &items, parse_statement (parser));
        break;
      default:
        if (ends != NULL)
          jinja_fail (parser->run, _("the template ends where “%s” is missing."),
                      ends[g_strv_length ((char **) ends) - 1]);
        is_over = TRUE;
        break;
      }
  jinja_parser_leave (parser);
  node->items = items.nodes;
  node->n_items = items.n;
  return node;
}

JinjaNode *
jinja_parse (JinjaRun   *run,
             const char *source)
{
  JinjaParser parser;

  memset (&parser, 0, sizeof parser);
  parser.run = run;
  jinja_lexer_init (&parser.lexer, run, source);
  jinja_parser_next (&parser);
  return parse_body (&parser, NULL);
}
