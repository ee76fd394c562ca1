/* Tests: what may follow "is". */
#include "jinja-evaluate.h"
#include "jinja-print.h"

#define TEST(name, condition)                                     \
  static JinjaValue name (JinjaContext         *context,          \
                          JinjaValue            self,             \
                          const JinjaValue     *bound,            \
                          const JinjaArguments *arguments)        \
  {                                                               \
    return jinja_boolean (condition);                             \
  }

/* Whether the remainder of a division is `wanted`. */
static gboolean
leaves (JinjaContext *context,
        JinjaValue    self,
        JinjaValue    divisor,
        gint64        wanted)
{
  JinjaValue remainder = jinja_binary (context, JINJA_REMAINDER, "%", self, divisor);

  return jinja_equal (context->run, remainder, jinja_integer (wanted));
}

/* Has letters, and all of them are of one case. */
static gboolean
has_case (JinjaContext *context,
          JinjaValue    self,
          gboolean      is_upper)
{
  JinjaString *string = jinja_to_string (context->run, self);
  gboolean found = FALSE;
  gsize next;

  jinja_work_bytes (context->run, string->length * 4);
  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);

      if (is_upper ? g_unichar_islower (c) : g_unichar_isupper (c))
        return FALSE;
      found |= is_upper ? g_unichar_isupper (c) : g_unichar_islower (c);
    }
  return found;
}

static gboolean
is_same (JinjaContext *context,
         JinjaValue    left,
         JinjaValue    right)
{
  if (left.type != right.type)
    return FALSE;
  switch (left.type)
    {
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_DICT:
      return left.list == right.list;
    default:
      return jinja_equal (context->run, left, right);
    }
}

static gboolean
is_sequence (JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_UNDEFINED:
    case JINJA_STRING:
    case JINJA_LIST:
    case JINJA_TUPLE:
    case JINJA_DICT:
    case JINJA_RANGE:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_callable (JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_UNDEFINED:
    case JINJA_FUNCTION:
    case JINJA_METHOD:
    case JINJA_MACRO:
    case JINJA_LOOP:
    case JINJA_JOINER:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
names_builtin (JinjaContext        *context,
               JinjaValue           value,
               const JinjaBuiltin *(*find) (const char *name))
{
  return value.type == JINJA_STRING
         && find (jinja_string_to_text (context->run, value.string)) != NULL;
}

static gboolean
compares (JinjaContext *context,
          JinjaOperator operator,
          const char   *sign,
          JinjaValue    left,
          JinjaValue    right)
{
  return jinja_compare_by (context, operator, sign, left, right);
}

TEST (test_defined, self.type != JINJA_UNDEFINED)
TEST (test_undefined, self.type == JINJA_UNDEFINED)
TEST (test_none, self.type == JINJA_NONE)
TEST (test_boolean, self.type == JINJA_BOOLEAN)
TEST (test_true, self.type == JINJA_BOOLEAN && self.boolean)
TEST (test_false, self.type == JINJA_BOOLEAN && !self.boolean)
TEST (test_integer, self.type == JINJA_INTEGER)
TEST (test_float, self.type == JINJA_FLOAT)
TEST (test_number, jinja_is_number (self))
TEST (test_string, self.type == JINJA_STRING)
TEST (test_mapping, self.type == JINJA_DICT)
TEST (test_sequence, is_sequence (self))
TEST (test_iterable, jinja_can_iterate (self) || self.type == JINJA_LOOP)
TEST (test_callable, is_callable (self))
TEST (test_escaped, FALSE)
TEST (test_odd, leaves (context, self, jinja_integer (2), 1))
TEST (test_even, leaves (context, self, jinja_integer (2), 0))
TEST (test_divisibleby, leaves (context, self, bound[0], 0))
TEST (test_lower, has_case (context, self, FALSE))
TEST (test_upper, has_case (context, self, TRUE))
TEST (test_sameas, is_same (context, self, bound[0]))
TEST (test_filter, names_builtin (context, self, jinja_find_filter))
TEST (test_test, names_builtin (context, self, jinja_find_test))
TEST (test_in, jinja_contains (context->run, bound[0], self))
TEST (test_eq, compares (context, JINJA_EQUAL, "==", self, bound[0]))
TEST (test_ne, compares (context, JINJA_NOT_EQUAL, "!=", self, bound[0]))
TEST (test_lt, compares (context, JINJA_LESS, "<", self, bound[0]))
TEST (test_le, compares (context, JINJA_LESS_EQUAL, "<=", self, bound[0]))
TEST (test_gt, compares (context, JINJA_GREATER, ">", self, bound[0]))
TEST (test_ge, compares (context, JINJA_GREATER_EQUAL, ">=", self, bound[0]))

const JinjaBuiltin jinja_tests[] = {
  { "defined", "", test_defined },
  { "undefined", "", test_undefined },
  { "none", "", test_none },
  { "boolean", "", test_boolean },
  { "true", "", test_true },
  { "false", "", test_false },
  { "integer", "", test_integer },
  { "float", "", test_float },
  { "number", "", test_number },
  { "string", "", test_string },
  { "mapping", "", test_mapping },
  { "sequence", "", test_sequence },
  { "iterable", "", test_iterable },
  { "callable", "", test_callable },
  { "escaped", "", test_escaped },
  { "odd", "", test_odd },
  { "even", "", test_even },
  { "divisibleby", "num", test_divisibleby },
  { "lower", "", test_lower },
  { "upper", "", test_upper },
  { "sameas", "other", test_sameas },
  { "filter", "", test_filter },
  { "test", "", test_test },
  { "in", "seq", test_in },
  { "eq", "other", test_eq },
  { "equalto", "other", test_eq },
  { "==", "other", test_eq },
  { "ne", "other", test_ne },
  { "!=", "other", test_ne },
  { "lt", "other", test_lt },
  { "lessthan", "other", test_lt },
  { "<", "other", test_lt },
  { "le", "other", test_le },
  { "<=", "other", test_le },
  { "gt", "other", test_gt },
  { "greaterthan", "other", test_gt },
  { ">", "other", test_gt },
  { "ge", "other", test_ge },
  { ">=", "other", test_ge },
  { NULL },
};
