#include "jinja-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "jinja-print.h"
#include "jinja-text.h"

#define MAX_PRECISION 60
#define NUMBER_WORK 100

typedef struct
{
  char align; /* '<' '>' '^' '=' or 0 for the type's own */
  JinjaString *fill; /* (nullable) a space */
  char sign;  /* '+', ' ' or 0 */
  gboolean is_alternate;
  gboolean has_commas;
  gint64 width;
  gint64 precision; /* -1: none */
  char type;        /* 0: as str() has it */
} Spec;

/* strchr() would find the NUL that ends the list. */
static gboolean
is_among (char        c,
          const char *list)
{
  return c != '\0' && strchr (list, c) != NULL;
}

static gint64
read_number (JinjaRun    *run,
             const char **p,
             const char  *end)
{
  gint64 number = 0;

  for (; *p < end && g_ascii_isdigit (**p); (*p)++)
    {
      number = number * 10 + (**p - '0');
      if (number > G_MAXINT32)
        jinja_fail (run, _("a format asks for too many characters."));
    }
  return number;
}

static void
add_commas (GString *digits,
            gsize    n_whole)
{
  for (gsize at = n_whole; at > 3; at -= 3)
    g_string_insert_c (digits, at - 3, ',');
}

/* The digits of a number, without its sign. The text is short, and freed before anything can
 * fail. */
static JinjaString *
number_digits (JinjaRun   *run,
               JinjaValue  value,
               const Spec *spec)
{
  char type = spec->type, text[512], format[16];
  gint64 precision = spec->precision < 0 ? 6 : MIN (spec->precision, MAX_PRECISION);
  double number = fabs (jinja_to_double (value));
  GString *digits;
  JinjaString *string;

  jinja_work (run, NUMBER_WORK);
  if (type == 'd' || type == 'i' || type == 'u' || type == 'x' || type == 'X' || type == 'o')
    {
      gint64 integer = value.type == JINJA_FLOAT ? (gint64) CLAMP (value.number, -9e18, 9e18)
                                                 : jinja_to_integer (value);
      guint64 magnitude = integer < 0 ? 0 - (guint64) integer : (guint64) integer;

      g_snprintf (text, sizeof text,
                  type == 'x'   ? "%" G_GINT64_MODIFIER "x"
                  : type == 'X' ? "%" G_GINT64_MODIFIER "X"
                  : type == 'o' ? "%" G_GINT64_MODIFIER "o"
                                : "%" G_GUINT64_FORMAT,
                  magnitude);
    }
  else if (!isfinite (number))
    g_strlcpy (text, isnan (number) ? "nan" : "inf", sizeof text);
  else if (type == '%')
    {
      g_snprintf (format, sizeof format, "%%.%df", (int) precision);
      g_ascii_formatd (text, sizeof text - 1, format, number * 100);
      g_strlcat (text, "%", sizeof text);
    }
  else
    {
      g_snprintf (format, sizeof format, "%%.%d%c", (int) precision, type);
      g_ascii_formatd (text, sizeof text, format, number);
    }
  digits = g_string_new (text);
  if (spec->has_commas)
    add_commas (digits, strspn (text, "0123456789"));
  g_strlcpy (text, digits->str, sizeof text);
  g_string_free (digits, TRUE);
  string = jinja_string_from_text (run, text);
  return string;
}

static gboolean
is_negative (JinjaValue value)
{
  return value.type == JINJA_FLOAT ? signbit (value.number) && !isnan (value.number)
                                   : jinja_to_integer (value) < 0;
}

static void
add_padded (JinjaRun    *run,
            JinjaBuffer *buffer,
            JinjaString *sign,
            JinjaString *body,
            const Spec  *spec,
            char         align)
{
  if (align == '=')
    {
      JinjaString *padded = jinja_text_pad (run, body, spec->width - (gint64) sign->length,
                                            spec->fill, TRUE, FALSE);

      jinja_buffer_add_string (run, buffer, sign);
      jinja_buffer_add_string (run, buffer, padded);
      return;
    }
  body = jinja_string_join (run, sign, body);
  if (align == '^')
    {
      gint64 missing = spec->width - (gint64) jinja_string_count (run, body);

      /* format() puts the odd space on the right, unlike center(). */
      if (missing > 0)
        body = jinja_text_pad (run, body, spec->width - (missing + 1) / 2, spec->fill, TRUE,
                               FALSE);
      align = '<';
    }
  body = jinja_text_pad (run, body, spec->width, spec->fill, align == '>', align == '<');
  jinja_buffer_add_string (run, buffer, body);
}

static void
add_number (JinjaRun    *run,
            JinjaBuffer *buffer,
            JinjaValue   value,
            const Spec  *spec)
{
  const char *sign = is_negative (value) ? "-"
                     : spec->sign == '+' ? "+"
                     : spec->sign == ' ' ? " "
                                         : "";
  char prefix[8];

  g_snprintf (prefix, sizeof prefix, "%s%s", sign,
              !spec->is_alternate                          ? ""
              : spec->type == 'x' || spec->type == 'X'     ? (spec->type == 'x' ? "0x" : "0X")
              : spec->type == 'o'                          ? "0o"
                                                           : "");
  add_padded (run, buffer, jinja_string_from_text (run, prefix),
              number_digits (run, value, spec), spec, spec->align != 0 ? spec->align : '>');
}

static void
add_text (JinjaRun    *run,
          JinjaBuffer *buffer,
          JinjaString *text,
          const Spec  *spec,
          char         align)
{
  if (spec->precision >= 0 && spec->precision < (gint64) jinja_string_count (run, text))
    text = jinja_string_cut (run, text, 0, jinja_string_offset (run, text, spec->precision));
  add_padded (run, buffer, jinja_string_from_text (run, ""), text, spec, align);
}

static JinjaString *
repr_of (JinjaRun  *run,
         JinjaValue value)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);

  jinja_print_repr (run, buffer, value);
  return jinja_buffer_to_string (run, buffer);
}

/* ---- percent ---- */

static const char *
read_percent_spec (JinjaRun   *run,
                   const char *p,
                   const char *end,
                   Spec       *spec)
{
  gboolean is_left = FALSE, is_zero = FALSE;

  for (; p < end && is_among (*p, "-+ #0"); p++)
    {
      is_left |= *p == '-';
      is_zero |= *p == '0';
      spec->is_alternate |= *p == '#';
      if (*p == '+' || (*p == ' ' && spec->sign == 0))
        spec->sign = *p;
    }
  spec->width = read_number (run, &p, end);
  if (p < end && *p == '.')
    {
      p++;
      spec->precision = read_number (run, &p, end);
    }
  while (p < end && (*p == 'l' || *p == 'h' || *p == 'L'))
    p++;
  if (p == end)
    jinja_fail (run, _("a format is not complete."));
  spec->type = *p;
  spec->align = is_left ? '<' : '>';
  if (is_zero && !is_left && is_among (*p, "diouxXeEfFgG"))
    {
      spec->align = '=';
      spec->fill = jinja_string_from_text (run, "0");
    }
  return p + 1;
}

static void
add_by_percent (JinjaRun    *run,
                JinjaBuffer *buffer,
                JinjaValue   value,
                Spec        *spec)
{
  if (spec->type == 's' || spec->type == 'r' || spec->type == 'a')
    {
      add_text (run, buffer,
                spec->type == 's' ? jinja_to_string (run, value) : repr_of (run, value), spec,
                spec->align);
      return;
    }
  if (spec->type == 'c')
    {
      add_text (run, buffer, jinja_to_string (run, value), spec, spec->align);
      return;
    }
  if (!is_among (spec->type, "diouxXeEfFgG"))
    jinja_fail (run, _("there is no format “%%%c”."), spec->type);
  if (!jinja_is_number (value))
    jinja_fail (run, _("the format “%%%c” takes a number, not %s."), spec->type,
                jinja_type_name (value));
  add_number (run, buffer, value, spec);
}

static JinjaValue
named_value (JinjaRun    *run,
             JinjaValue   values,
             const char **p,
             const char  *end)
{
  const char *close = memchr (*p, ')', end - *p);
  JinjaValue *found;
  JinjaString *name;

  if (close == NULL || values.type != JINJA_DICT)
    jinja_fail (run, _("a format with a name takes a dict."));
  name = jinja_string_new (run, *p + 1, close - *p - 1, FALSE);
  found = jinja_dict_find (run, values.dict, jinja_string (name));
  if (found == NULL)
    jinja_fail (run, _("the format has no value “%s”."), jinja_string_to_text (run, name));
  *p = close + 1;
  return *found;
}

JinjaString *
jinja_format_percent (JinjaRun          *run,
                      const JinjaString *format,
                      JinjaValue         values)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);
  const char *start = format->bytes, *end = start + format->length, *p;
  gsize n = values.type == JINJA_TUPLE ? values.list->n_items : 1, used = 0;
  gboolean is_named = FALSE;

  while ((p = memchr (start, '%', end - start)) != NULL)
    {
      Spec spec = { .precision = -1 };
      JinjaValue value;

      jinja_buffer_add_cut (run, buffer, format, start - format->bytes, p - start);
      p++;
      if (p < end && *p == '%')
        {
          jinja_buffer_add_cut (run, buffer, format, p - format->bytes, 1);
          start = p + 1;
          continue;
        }
      if (p < end && *p == '(')
        {
          value = named_value (run, values, &p, end);
          is_named = TRUE;
          start = read_percent_spec (run, p, end, &spec);
        }
      else
        {
          start = read_percent_spec (run, p, end, &spec);
          if (used >= n)
            jinja_fail (run, _("the format has too few values."));
          value = values.type == JINJA_TUPLE ? values.list->items[used] : values;
          used++;
        }
      add_by_percent (run, buffer, value, &spec);
    }
  if (used < n && !is_named && values.type != JINJA_DICT && values.type != JINJA_LIST)
    jinja_fail (run, _("the format has too many values."));
  jinja_buffer_add_cut (run, buffer, format, start - format->bytes, end - start);
  return jinja_buffer_to_string (run, buffer);
}

/* ---- braces ---- */

static void
read_brace_spec (JinjaRun   *run,
                 const char *p,
                 const char *end,
                 Spec       *spec)
{
  const char *second = p < end ? g_utf8_next_char (p) : end;

  if (second < end && is_among (*second, "<>^="))
    {
      spec->fill = jinja_string_new (run, p, second - p, FALSE);
      spec->align = *second;
      p = second + 1;
    }
  else if (p < end && is_among (*p, "<>^="))
    spec->align = *p++;
  if (p < end && is_among (*p, "+- "))
    spec->sign = *p++ == '-' ? 0 : p[-1];
  if (p < end && *p == '#')
    {
      spec->is_alternate = TRUE;
      p++;
    }
  if (p < end && *p == '0' && spec->align == 0)
    {
      spec->align = '=';
      spec->fill = jinja_string_from_text (run, "0");
    }
  spec->width = read_number (run, &p, end);
  if (p < end && *p == ',')
    {
      spec->has_commas = TRUE;
      p++;
    }
  if (p < end && *p == '.')
    {
      p++;
      spec->precision = read_number (run, &p, end);
    }
  if (p < end)
    spec->type = *p++;
  if (p < end || (spec->type != 0 && !is_among (spec->type, "sdxXoeEfFgG%")))
    jinja_fail (run, _("the format “%.*s” is not one that templates may use."), (int) (end - p),
                p);
}

static JinjaValue
find_field (JinjaRun             *run,
            const JinjaArguments *arguments,
            const char           *name,
            gsize                 length,
            guint                *n_automatic)
{
  guint64 index = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (name[i]))
        {
          for (guint j = 0; j < arguments->n_named; j++)
            if (strlen (arguments->names[j]) == length
                && memcmp (arguments->names[j], name, length) == 0)
              return arguments->named[j];
          jinja_fail (run, _("the format has no value “%.*s”."), (int) length, name);
        }
      index = MIN (index * 10 + (name[i] - '0'), G_MAXUINT32);
    }
  if (length == 0)
    index = (*n_automatic)++;
  if (index >= arguments->n_positional)
    jinja_fail (run, _("the format has too few values."));
  return arguments->positional[index];
}

/* `p` is behind the "{", `end` at the "}". */
static void
add_field (JinjaRun             *run,
           JinjaBuffer          *buffer,
           const char           *p,
           const char           *end,
           const JinjaArguments *arguments,
           guint                *n_automatic)
{
  const char *colon = memchr (p, ':', end - p);
  const char *name_end = colon != NULL ? colon : end;
  const char *mark = memchr (p, '!', name_end - p);
  Spec spec = { .precision = -1 };
  JinjaValue value;
  gboolean is_number;

  if (mark != NULL)
    name_end = mark;
  value = find_field (run, arguments, p, name_end - p, n_automatic);
  if (mark != NULL)
    value = jinja_string (mark[1] == 'r' ? repr_of (run, value) : jinja_to_string (run, value));
  if (colon != NULL)
    read_brace_spec (run, colon + 1, end, &spec);

  is_number = jinja_is_number (value) && value.type != JINJA_BOOLEAN;
  if (spec.type != 0 && spec.type != 's' && !jinja_is_number (value))
    jinja_fail (run, _("the format “%%%c” takes a number, not %s."), spec.type,
                jinja_type_name (value));
  if (spec.type == 0 && value.type == JINJA_INTEGER)
    spec.type = 'd';
  else if (spec.type == 0 && value.type == JINJA_FLOAT && spec.precision >= 0)
    spec.type = 'g';
  if (spec.type != 0 && spec.type != 's')
    add_number (run, buffer, value, &spec);
  else
    add_text (run, buffer, jinja_to_string (run, value), &spec,
              spec.align != 0 ? spec.align : is_number ? '>' : '<');
}

JinjaString *
jinja_format_braces (JinjaRun             *run,
                     const JinjaString    *format,
                     const JinjaArguments *arguments)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);
  gsize start = 0, length = format->length;
  guint n_automatic = 0;

  for (gsize at = 0; at < length; at++)
    {
      char c = format->bytes[at];
      const char *close;

      if (c != '{' && c != '}')
        continue;
      jinja_work (run, 1);
      jinja_buffer_add_cut (run, buffer, format, start, at - start);
      if (at + 1 < length && format->bytes[at + 1] == c)
        {
          start = ++at;
          continue;
        }
      close = c == '{' ? memchr (format->bytes + at, '}', length - at) : NULL;
      if (close == NULL)
        jinja_fail (run, _("a format has a brace without its partner."));
      add_field (run, buffer, format->bytes + at + 1, close, arguments, &n_automatic);
      at = close - format->bytes;
      start = at + 1;
    }
  jinja_buffer_add_cut (run, buffer, format, start, length - start);
  return jinja_buffer_to_string (run, buffer);
}
