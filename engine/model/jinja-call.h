/* What a template can call: built-in functions, filters, tests and methods, and macros. */
#pragma once

#include "jinja-ast.h"

G_BEGIN_DECLS

typedef struct _JinjaContext JinjaContext;

typedef struct
{
  JinjaValue *positional;
  guint n_positional;
  const char **names;
  JinjaValue *named;
  guint n_named;
} JinjaArguments;

#define JINJA_MAX_PARAMETERS 5

/* `self` is what a filter, test or method works on. `bound` has the value of each parameter
 * in order, MISSING where it was not given; of a builtin without a list of parameters it is
 * NULL, and `arguments` are as they came. */
typedef JinjaValue (*JinjaBuiltinFunc) (JinjaContext         *context,
                                        JinjaValue            self,
                                        const JinjaValue     *bound,
                                        const JinjaArguments *arguments);

struct _JinjaBuiltin
{
  const char *name;
  const char *parameters; /* "old new count?": "?" may be left out; NULL: takes any */
  JinjaBuiltinFunc func;
};

/* Tables end with a NULL name. NULL where there is none of that name. */
const JinjaBuiltin *jinja_find_builtin (const JinjaBuiltin *table,
                                        const char         *name);
const JinjaBuiltin *jinja_find_filter (const char *name);
const JinjaBuiltin *jinja_find_test (const char *name);
const JinjaBuiltin *jinja_find_function (const char *name);
const JinjaBuiltin *jinja_find_method (JinjaValue  self,
                                       const char *name);

extern const JinjaBuiltin jinja_text_filters[];
extern const JinjaBuiltin jinja_layout_filters[];
extern const JinjaBuiltin jinja_number_filters[];
extern const JinjaBuiltin jinja_sequence_filters[];
extern const JinjaBuiltin jinja_select_filters[];
extern const JinjaBuiltin jinja_tests[];
extern const JinjaBuiltin jinja_functions[];
extern const JinjaBuiltin jinja_string_methods[];
extern const JinjaBuiltin jinja_list_methods[];
extern const JinjaBuiltin jinja_dict_methods[];
extern const JinjaBuiltin jinja_loop_methods[];
extern const JinjaBuiltin jinja_cycler_methods[];

JinjaValue jinja_call_builtin (JinjaContext         *context,
                               const JinjaBuiltin   *builtin,
                               JinjaValue            self,
                               const JinjaArguments *arguments);
/* Fails for what cannot be called. */
JinjaValue jinja_call (JinjaContext         *context,
                       JinjaValue            callee,
                       const JinjaArguments *arguments);
const char *jinja_macro_get_name (const JinjaMacro *macro);

/* Arguments as C has them. `name` is for the message of the failure. MISSING gives the
 * fallback. */
gint64 jinja_argument_integer (JinjaContext *context,
                               JinjaValue    argument,
                               const char   *name,
                               gint64        fallback);
/* (nullable) for MISSING and none */
JinjaString *jinja_argument_string (JinjaContext *context,
                                    JinjaValue    argument,
                                    const char   *name);
gboolean jinja_argument_truth (JinjaContext *context,
                               JinjaValue    argument,
                               gboolean      fallback);

G_END_DECLS
