/* Filters that take numbers or anything. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-json.h"
#include "jinja-print.h"

static JinjaValue
filter_default (JinjaContext         *context,
                JinjaValue            self,
                const JinjaValue     *bound,
                const JinjaArguments *arguments)
{
  gboolean replaces_false = jinja_argument_truth (context, bound[1], FALSE);

  if (self.type != JINJA_UNDEFINED && !(replaces_false && !jinja_truth (context->run, self)))
    return self;
  return bound[0].type == JINJA_MISSING ? jinja_text (context->run, "") : bound[0];
}

static JinjaValue
filter_abs (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  if (!jinja_is_number (self))
    jinja_fail (context->run, _("“%s” takes a number, not %s."), "abs", jinja_type_name (self));
  if (self.type == JINJA_FLOAT)
    return jinja_float (fabs (self.number));
  if (jinja_to_integer (self) >= 0)
    return jinja_integer (jinja_to_integer (self));
  return jinja_binary (context, JINJA_SUBTRACT, "-", jinja_integer (0), self);
}

/* The text without "_" between digits and white space around it; NULL if it is too long for
 * a number. */
static gboolean
plain_number (JinjaContext      *context,
              const JinjaString *string,
              char               text[128])
{
  JinjaString *bare = jinja_string_strip (context->run, string, NULL, TRUE, TRUE);
  gsize n = 0;

  for (gsize i = 0; i < bare->length; i++)
    {
      gboolean joins = bare->bytes[i] == '_' && i > 0 && i + 1 < bare->length
                       && g_ascii_isalnum (bare->bytes[i - 1])
                       && g_ascii_isalnum (bare->bytes[i + 1]);

      if (joins)
        continue;
      if (n == 127 || bare->bytes[i] == '\0')
        return FALSE;
      text[n++] = bare->bytes[i];
    }
  text[n] = '\0';
  return n > 0;
}

static gboolean
parse_float (const char *text,
             double     *number)
{
  char *end;

  if (strpbrk (text, "xXpP") != NULL)
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && end != text && !g_ascii_isspace (text[0]);
}

static gboolean
parse_integer (const char *text,
               guint       base,
               gint64     *number)
{
  gboolean is_negative = *text == '-';
  GError *error = NULL;
  char digits[130];

  if (*text == '-' || *text == '+')
    text++;
  if (text[0] == '0'
      && ((base == 16 && g_ascii_tolower (text[1]) == 'x')
          || (base == 8 && g_ascii_tolower (text[1]) == 'o')
          || (base == 2 && g_ascii_tolower (text[1]) == 'b')))
    text += 2;
  g_snprintf (digits, sizeof digits, "%s%s", is_negative ? "-" : "", text);
  if (*text == '-' || *text == '+'
      || !g_ascii_string_to_signed (digits, base, G_MININT64, G_MAXINT64, number, &error))
    {
      g_clear_error (&error);
      return FALSE;
    }
  return TRUE;
}

static JinjaValue
filter_int (JinjaContext         *context,
            JinjaValue            self,
            const JinjaValue     *bound,
            const JinjaArguments *arguments)
{
  JinjaValue fallback = bound[0].type == JINJA_MISSING ? jinja_integer (0) : bound[0];
  gint64 base = jinja_argument_integer (context, bound[1], "base", 10);
  double number = NAN;
  gint64 integer;
  char text[128];

  if (base < 2 || base > 36)
    jinja_fail (context->run, _("the argument “%s” is out of range."), "base");
  if (jinja_is_integral (self))
    return jinja_integer (jinja_to_integer (self));
  if (self.type == JINJA_FLOAT)
    number = self.number;
  else if (self.type == JINJA_STRING && plain_number (context, self.string, text))
    {
      if (parse_integer (text, base, &integer))
        return jinja_integer (integer);
      if (!parse_float (text, &number))
        return fallback;
    }
  else if (self.type == JINJA_UNDEFINED)
    jinja_fail (context->run, _("“%s” is undefined, so “%s” cannot be computed."),
                self.name != NULL ? self.name : "…", "int");
  if (!isfinite (number))
    return fallback;
  if (fabs (number) >= 9.2e18)
    jinja_fail (context->run, _("a number becomes too large."));
  return jinja_integer ((gint64) number);
}

static JinjaValue
filter_float (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  char text[128];
  double number;

  if (jinja_is_number (self))
    return jinja_float (jinja_to_double (self));
  if (self.type == JINJA_UNDEFINED)
    jinja_fail (context->run, _("“%s” is undefined, so “%s” cannot be computed."),
                self.name != NULL ? self.name : "…", "float");
  if (self.type == JINJA_STRING && plain_number (context, self.string, text)
      && parse_float (text, &number))
    return jinja_float (number);
  return bound[0].type == JINJA_MISSING ? jinja_float (0) : bound[0];
}

/* To the nearest decimal, the even one of two that are as near, as round() does. */
static double
round_decimal (double number,
               gint64 precision)
{
  char format[16], text[400];
  double scale;

  if (!isfinite (number) || precision > 300)
    return number;
  if (precision < -300)
    return 0;
  if (precision < 0)
    {
      scale = pow (10, -precision);
      return nearbyint (number / scale) * scale;
    }
  g_snprintf (format, sizeof format, "%%.%df", (int) MIN (precision, 60));
  g_ascii_formatd (text, sizeof text, format, number);
  return g_ascii_strtod (text, NULL);
}

static JinjaValue
filter_round (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  gint64 precision = jinja_argument_integer (context, bound[0], "precision", 0);
  JinjaString *method = jinja_argument_string (context, bound[1], "method");
  gboolean is_common = method == NULL || jinja_string_is (method, "common");
  double scale, number;

  if (!jinja_is_number (self))
    jinja_fail (context->run, _("“%s” takes a number, not %s."), "round", jinja_type_name (self));
  if (is_common && jinja_is_integral (self) && precision >= 0)
    return jinja_integer (jinja_to_integer (self));
  number = jinja_to_double (self);
  if (is_common)
    {
      number = round_decimal (number, precision);
      if (!jinja_is_integral (self))
        return jinja_float (number);
      return filter_int (context, jinja_float (number),
                         (JinjaValue[]) { JINJA_VALUE_MISSING, JINJA_VALUE_MISSING }, arguments);
    }
  if (!jinja_string_is (method, "ceil") && !jinja_string_is (method, "floor"))
    jinja_fail (context->run, _("“round” knows the methods common, ceil and floor."));
  scale = pow (10, precision);
  number *= scale;
  return jinja_float ((jinja_string_is (method, "ceil") ? ceil (number) : floor (number)) / scale);
}

/* The indentation that the argument of tojson asks for: a number of spaces, or text. */
static JinjaString *
json_indent (JinjaContext *context,
             JinjaValue    argument)
{
  static const JinjaString space = JINJA_ASCII (" ");

  if (argument.type == JINJA_MISSING || argument.type == JINJA_NONE)
    return NULL;
  if (argument.type == JINJA_STRING)
    return argument.string;
  return jinja_string_repeat (context->run, &space,
                              jinja_argument_integer (context, argument, "indent", 0));
}

static JinjaValue
filter_tojson (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaJsonStyle style = {
    .is_ascii = jinja_argument_truth (context, bound[0], FALSE),
    .indent = json_indent (context, bound[1]),
    .is_sorted = jinja_argument_truth (context, bound[3], FALSE),
  };
  JinjaValue separators = bound[2];

  style.item_separator = jinja_string_from_text (run, style.indent != NULL ? "," : ", ");
  style.key_separator = jinja_string_from_text (run, ": ");
  if (separators.type != JINJA_MISSING && separators.type != JINJA_NONE)
    {
      JinjaList *pair = jinja_iterate (run, separators);

      if (pair->n_items != 2 || pair->items[0].type != JINJA_STRING
          || pair->items[1].type != JINJA_STRING)
        jinja_fail (run, _("the separators of “tojson” are two strings."));
      style.item_separator = pair->items[0].string;
      style.key_separator = pair->items[1].string;
    }
  return jinja_string (jinja_json_print (run, self, &style));
}

static JinjaValue
filter_attr (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  JinjaString *name = jinja_argument_string (context, bound[0], "name");

  if (name == NULL)
    return jinja_undefined (NULL);
  if (self.type == JINJA_DICT)
    self = jinja_dict (jinja_dict_new (context->run));
  return jinja_get_attribute (context, self, jinja_string_to_text (context->run, name));
}

const JinjaBuiltin jinja_number_filters[] = {
  { "default", "default_value? boolean?", filter_default },
  { "d", "default_value? boolean?", filter_default },
  { "abs", "", filter_abs },
  { "int", "default? base?", filter_int },
  { "float", "default?", filter_float },
  { "round", "precision? method?", filter_round },
  { "tojson", "ensure_ascii? indent? separators? sort_keys?", filter_tojson },
  { "attr", "name", filter_attr },
  { NULL },
};
