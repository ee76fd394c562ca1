/* Jinja source to a tree. */
#pragma once

#include "jinja-ast.h"
#include "jinja-lexer.h"

G_BEGIN_DECLS

typedef struct
{
  JinjaRun *run;
  JinjaLexer lexer;
  JinjaToken token; /* the one to be read next */
  JinjaToken ahead; /* the one after it, */
  gboolean has_ahead; /* if it was looked at */
  guint nesting;
  guint n_loops;         /* around what is read, for break and continue */
  JinjaMacroNode *macro; /* (nullable) the one whose body is read */
} JinjaParser;

/* The body of a whole template. Fails with the line of what is wrong. */
JinjaNode *jinja_parse (JinjaRun   *run,
                        const char *source);

/* ---- between the files of the parser ---- */

/* Nodes that are collected before their number is known. */
typedef struct
{
  JinjaNode **nodes;
  guint n;
  guint capacity;
} JinjaNodeList;

JinjaNode *jinja_parser_node (JinjaParser  *parser,
                              JinjaNodeKind kind);
void jinja_parser_add (JinjaParser   *parser,
                       JinjaNodeList *list,
                       JinjaNode     *node);
JinjaToken jinja_parser_next (JinjaParser *parser);
const JinjaToken *jinja_parser_look (JinjaParser *parser);
gboolean jinja_parser_at_word (JinjaParser *parser,
                               const char  *word);
gboolean jinja_parser_at_operator (JinjaParser *parser,
                                   const char  *sign);
gboolean jinja_parser_skip_word (JinjaParser *parser,
                                 const char  *word);
gboolean jinja_parser_skip_operator (JinjaParser *parser,
                                     const char  *sign);
void jinja_parser_expect_word (JinjaParser *parser,
                               const char  *word);
void jinja_parser_expect_operator (JinjaParser *parser,
                                   const char  *sign);
const char *jinja_parser_expect_name (JinjaParser *parser);
G_NORETURN void jinja_parser_refuse (JinjaParser *parser); /* what stands here */
void jinja_parser_enter (JinjaParser *parser);
void jinja_parser_leave (JinjaParser *parser);

JinjaNode *jinja_parse_expression (JinjaParser *parser);
/* A value with its signs, subscripts and calls, and with filters and tests if it
 * `takes_filters`. */
JinjaNode *jinja_parse_unary (JinjaParser *parser,
                              gboolean     takes_filters);
/* One expression, or a tuple of them without brackets; without "if" where
 * `allows_condition` is FALSE. */
JinjaNode *jinja_parse_tuple (JinjaParser *parser,
                              gboolean     allows_condition);
/* A name, a tuple of names, or name.attribute. */
JinjaNode *jinja_parse_target (JinjaParser *parser);
/* "| filter | filter", the first one given `inner`. */
JinjaNode *jinja_parse_filters (JinjaParser *parser,
                                JinjaNode   *inner);
JinjaNode *jinja_parse_filter (JinjaParser *parser,
                               JinjaNode   *inner);

G_END_DECLS
