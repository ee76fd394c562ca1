/* Jinja source to tokens, with the white space rules of trim_blocks and lstrip_blocks. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

typedef enum
{
  JINJA_TOKEN_END,
  JINJA_TOKEN_DATA,           /* string: text outside of tags */
  JINJA_TOKEN_VARIABLE_BEGIN, /* {{ */
  JINJA_TOKEN_VARIABLE_END,
  JINJA_TOKEN_BLOCK_BEGIN, /* {% */
  JINJA_TOKEN_BLOCK_END,
  JINJA_TOKEN_NAME,     /* name */
  JINJA_TOKEN_STRING,   /* value */
  JINJA_TOKEN_NUMBER,   /* value */
  JINJA_TOKEN_OPERATOR, /* name */
} JinjaTokenKind;

typedef struct
{
  JinjaTokenKind kind;
  guint line;
  const char *name; /* of a name: interned; of an operator: static */
  JinjaValue value;
} JinjaToken;

typedef enum
{
  JINJA_LEXER_TEXT,
  JINJA_LEXER_VARIABLE,
  JINJA_LEXER_BLOCK,
} JinjaLexerState;

typedef struct
{
  JinjaRun *run;
  const char *p;
  guint line;
  JinjaLexerState state;
  gboolean starts_line; /* what came before ended with a newline */
  char brackets[JINJA_MAX_NESTING];
  guint n_brackets;
} JinjaLexer;

/* `source` is NUL-terminated UTF-8. */
void jinja_lexer_init (JinjaLexer *lexer,
                       JinjaRun   *run,
                       const char *source);
JinjaToken jinja_lexer_next (JinjaLexer *lexer);

G_END_DECLS
