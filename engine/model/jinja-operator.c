/* Arithmetic and comparison, as Python does them. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "jinja-evaluate.h"
#include "jinja-format.h"

G_NORETURN static void
refuse (JinjaContext *context,
        const char   *sign,
        JinjaValue    left,
        JinjaValue    right)
{
  if (left.type == JINJA_UNDEFINED || right.type == JINJA_UNDEFINED)
    {
      const char *name = left.type == JINJA_UNDEFINED ? left.name : right.name;

      jinja_fail (context->run, _("“%s” is undefined, so “%s” cannot be computed."),
                  name != NULL ? name : "…", sign);
    }
  jinja_fail (context->run, _("“%s” cannot be computed for %s and %s."), sign,
              jinja_type_name (left), jinja_type_name (right));
}

G_NORETURN static void
refuse_size (JinjaContext *context)
{
  jinja_fail (context->run, _("a number becomes too large."));
}

static gint64
floor_divide (gint64 left,
              gint64 right)
{
  gint64 quotient = left / right;

  return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

static gint64
remainder_of (gint64 left,
              gint64 right)
{
  gint64 remainder = left % right;

  return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
}

static double
remainder_of_floats (double left,
                     double right)
{
  double remainder = fmod (left, right);

  if (remainder != 0 && (remainder < 0) != (right < 0))
    return remainder + right;
  return remainder != 0 ? remainder : copysign (0, right);
}

static gint64
integer_power (JinjaContext *context,
               gint64        base,
               gint64        exponent)
{
  gint64 result = 1;

  for (; exponent > 0; exponent /= 2)
    {
      if (exponent % 2 == 1 && __builtin_mul_overflow (result, base, &result))
        refuse_size (context);
      if (exponent > 1 && __builtin_mul_overflow (base, base, &base))
        refuse_size (context);
    }
  return result;
}

static JinjaValue
compute_integers (JinjaContext *context,
                  JinjaOperator operator,
                  gint64        left,
                  gint64        right)
{
  gboolean is_over = FALSE;
  gint64 result = 0;

  switch (operator)
    {
    case JINJA_ADD:
      is_over = __builtin_add_overflow (left, right, &result);
      break;
    case JINJA_SUBTRACT:
      is_over = __builtin_sub_overflow (left, right, &result);
      break;
    case JINJA_MULTIPLY:
      is_over = __builtin_mul_overflow (left, right, &result);
      break;
    case JINJA_FLOOR_DIVIDE:
      is_over = left == G_MININT64 && right == -1;
      result = is_over ? 0 : floor_divide (left, right);
      break;
    case JINJA_REMAINDER:
      result = right == -1 ? 0 : remainder_of (left, right);
      break;
    default:
      result = integer_power (context, left, right);
      break;
    }
  if (is_over)
    refuse_size (context);
  return jinja_integer (result);
}

static JinjaValue
compute_floats (JinjaOperator operator,
                double        left,
                double        right)
{
  switch (operator)
    {
    case JINJA_ADD:
      return jinja_float (left + right);
    case JINJA_SUBTRACT:
      return jinja_float (left - right);
    case JINJA_MULTIPLY:
      return jinja_float (left * right);
    case JINJA_DIVIDE:
      return jinja_float (left / right);
    case JINJA_FLOOR_DIVIDE:
      return jinja_float (floor ((left - remainder_of_floats (left, right)) / right + 0.5));
    case JINJA_REMAINDER:
      return jinja_float (remainder_of_floats (left, right));
    default:
      return jinja_float (pow (left, right));
    }
}

static JinjaValue
compute_numbers (JinjaContext *context,
                 JinjaOperator operator,
                 JinjaValue    left,
                 JinjaValue    right)
{
  gboolean divides = operator == JINJA_DIVIDE || operator == JINJA_FLOOR_DIVIDE
                     || operator == JINJA_REMAINDER;
  gboolean is_whole = jinja_is_integral (left) && jinja_is_integral (right);

  if (divides && jinja_to_double (right) == 0)
    jinja_fail (context->run, _("a number is divided by zero."));
  if (operator == JINJA_POWER && jinja_to_double (left) == 0 && jinja_to_double (right) < 0)
    jinja_fail (context->run, _("a number is divided by zero."));
  if (is_whole && operator == JINJA_POWER && jinja_to_integer (right) < 0)
    is_whole = FALSE;
  if (is_whole && operator != JINJA_DIVIDE)
    return compute_integers (context, operator, jinja_to_integer (left), jinja_to_integer (right));
  return compute_floats (operator, jinja_to_double (left), jinja_to_double (right));
}

static JinjaValue
repeat_list (JinjaContext *context,
             JinjaValue    value,
             gint64        times)
{
  JinjaList *list = jinja_list_new (context->run);

  for (gint64 i = 0; i < times && value.list->n_items > 0; i++)
    {
      jinja_work (context->run, 1);
      jinja_list_extend (context->run, list, value.list);
    }
  return (JinjaValue) { .type = value.type, .list = list };
}

static gboolean
is_list (JinjaValue value)
{
  return value.type == JINJA_LIST || value.type == JINJA_TUPLE;
}

static gboolean
try_repeat (JinjaContext *context,
            JinjaValue    value,
            JinjaValue    times,
            JinjaValue   *result)
{
  if (!jinja_is_integral (times))
    return FALSE;
  if (value.type == JINJA_STRING)
    *result = jinja_string (jinja_string_repeat (context->run, value.string,
                                                 jinja_to_integer (times)));
  else if (is_list (value))
    *result = repeat_list (context, value, jinja_to_integer (times));
  else
    return FALSE;
  return TRUE;
}

JinjaValue
jinja_binary (JinjaContext *context,
              JinjaOperator operator,
              const char   *sign,
              JinjaValue    left,
              JinjaValue    right)
{
  JinjaValue result;

  jinja_work (context->run, 1);
  if (jinja_is_number (left) && jinja_is_number (right))
    return compute_numbers (context, operator, left, right);
  if (operator == JINJA_ADD && left.type == JINJA_STRING && right.type == JINJA_STRING)
    return jinja_string (jinja_string_join (context->run, left.string, right.string));
  if (operator == JINJA_ADD && is_list (left) && left.type == right.type)
    {
      JinjaList *list = jinja_list_new (context->run);

      jinja_list_extend (context->run, list, left.list);
      jinja_list_extend (context->run, list, right.list);
      return (JinjaValue) { .type = left.type, .list = list };
    }
  if (operator == JINJA_MULTIPLY
      && (try_repeat (context, left, right, &result)
          || try_repeat (context, right, left, &result)))
    return result;
  if (operator == JINJA_REMAINDER && left.type == JINJA_STRING)
    return jinja_string (jinja_format_percent (context->run, left.string, right));
  refuse (context, sign, left, right);
}

gboolean
jinja_compare_by (JinjaContext *context,
                  JinjaOperator operator,
                  const char   *sign,
                  JinjaValue    left,
                  JinjaValue    right)
{
  JinjaRun *run = context->run;

  switch (operator)
    {
    case JINJA_EQUAL:
      return jinja_equal (run, left, right);
    case JINJA_NOT_EQUAL:
      return !jinja_equal (run, left, right);
    case JINJA_IN:
      return jinja_contains (run, right, left);
    case JINJA_NOT_IN:
      return !jinja_contains (run, right, left);
    case JINJA_LESS:
      return jinja_compare (run, left, right, sign) < 0;
    case JINJA_LESS_EQUAL:
      return jinja_compare (run, left, right, sign) <= 0;
    case JINJA_GREATER:
      return jinja_compare (run, left, right, sign) > 0;
    case JINJA_GREATER_EQUAL:
      return jinja_compare (run, left, right, sign) >= 0;
    default:
      g_assert_not_reached ();
    }
}
