/* A parsed template. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

typedef struct _JinjaNode JinjaNode;

typedef enum
{
  /* Expressions */
  JINJA_NODE_CONSTANT,  /* value */
  JINJA_NODE_NAME,      /* name; builtin: the function of that name, if there is one */
  JINJA_NODE_LIST,      /* items */
  JINJA_NODE_TUPLE,     /* items */
  JINJA_NODE_DICT,      /* items: key, value, key, value… */
  JINJA_NODE_ATTRIBUTE, /* left.name */
  JINJA_NODE_ITEM,      /* left[right] */
  JINJA_NODE_SLICE,     /* left:right:other, each nullable */
  JINJA_NODE_CALL,      /* left (arguments) */
  JINJA_NODE_FILTER,    /* left | name (arguments); left is NULL where a block is filtered */
  JINJA_NODE_TEST,      /* left is name (arguments) */
  JINJA_NODE_NEGATE,    /* -left */
  JINJA_NODE_PLUS,      /* +left */
  JINJA_NODE_NOT,       /* not left */
  JINJA_NODE_AND,       /* left, right */
  JINJA_NODE_OR,        /* left, right */
  JINJA_NODE_CONDITION, /* right if left else other (nullable) */
  JINJA_NODE_BINARY,    /* left name right */
  JINJA_NODE_CONCAT,    /* items with ~ between */
  JINJA_NODE_COMPARE,   /* left, then the COMPARE nodes of items, each name left */
  /* Statements */
  JINJA_NODE_BODY,       /* items */
  JINJA_NODE_TEXT,       /* value */
  JINJA_NODE_OUTPUT,     /* left */
  JINJA_NODE_IF,         /* items: test, body, test, body…; other: else (nullable) */
  JINJA_NODE_FOR,        /* for left in right if other (nullable); items: body, else (nullable) */
  JINJA_NODE_SET,        /* left = right */
  JINJA_NODE_SET_BLOCK,  /* left = items[0], through the filters of right (nullable) */
  JINJA_NODE_MACRO,      /* name, macro */
  JINJA_NODE_CALL_BLOCK, /* left: a CALL; macro: the caller */
  JINJA_NODE_FILTER_BLOCK, /* items[0] through the filters of left */
  JINJA_NODE_WITH,         /* items: target, value, target, value…; other: the body */
  JINJA_NODE_SCOPE,        /* left: a body with names of its own */
  JINJA_NODE_BREAK,
  JINJA_NODE_CONTINUE,
} JinjaNodeKind;

typedef struct
{
  JinjaNode **positional;
  guint n_positional;
  const char **names; /* interned */
  JinjaNode **named;
  guint n_named;
  JinjaNode *rest;       /* (nullable) *rest */
  JinjaNode *rest_named; /* (nullable) **rest_named */
} JinjaArgumentNodes;

typedef struct
{
  const char *name; /* interned; "caller" for a call block */
  const char **parameters;
  JinjaNode **defaults; /* [n_parameters], each nullable */
  guint n_parameters;
  JinjaNode *body;
  gboolean takes_rest; /* its body speaks of varargs */
  gboolean takes_rest_named;
  gboolean takes_caller;
} JinjaMacroNode;

typedef enum
{
  JINJA_ADD,
  JINJA_SUBTRACT,
  JINJA_MULTIPLY,
  JINJA_DIVIDE,
  JINJA_FLOOR_DIVIDE,
  JINJA_REMAINDER,
  JINJA_POWER,
  JINJA_EQUAL,
  JINJA_NOT_EQUAL,
  JINJA_LESS,
  JINJA_LESS_EQUAL,
  JINJA_GREATER,
  JINJA_GREATER_EQUAL,
  JINJA_IN,
  JINJA_NOT_IN,
} JinjaOperator;

struct _JinjaNode
{
  JinjaNodeKind kind;
  guint line;
  const char *name;
  JinjaNode *left, *right, *other;
  JinjaNode **items;
  guint n_items;
  gboolean is_recursive; /* of a loop */
  union
  {
    JinjaValue value;
    JinjaMacroNode *macro;
    JinjaOperator operator;
    struct
    {
      const JinjaBuiltin *builtin; /* (nullable) unknown: an error when it is reached */
      JinjaArgumentNodes *arguments; /* (nullable) none */
    };
  };
};

G_END_DECLS
