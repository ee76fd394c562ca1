#include "jinja-literal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static guint
read_hex (JinjaRun    *run,
          const char **p,
          guint        n_digits)
{
  guint value = 0;

  for (guint i = 0; i < n_digits; i++, (*p)++)
    {
      int digit = g_ascii_xdigit_value (**p);

      if (digit < 0)
        jinja_fail (run, _("a “\\x”, “\\u” or “\\U” in a string lacks hexadecimal digits."));
      value = value << 4 | digit;
    }
  return value;
}

static gunichar
read_code_point (JinjaRun    *run,
                 const char **p,
                 char         kind)
{
  gunichar c = read_hex (run, p, kind == 'x' ? 2 : kind == 'u' ? 4 : 8);

  if (c >= 0xD800 && c < 0xDC00 && (*p)[0] == '\\' && (*p)[1] == 'u')
    {
      const char *low_at = *p + 2;
      gunichar low = read_hex (run, &low_at, 4);

      if (low >= 0xDC00 && low < 0xE000)
        {
          *p = low_at;
          return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
  return g_unichar_validate (c) ? c : 0xFFFD;
}

static void
read_escape (JinjaRun    *run,
             JinjaBuffer *buffer,
             const char **p)
{
  static const char names[] = "\\'\"abfnrtv";
  static const char values[] = "\\'\"\a\b\f\n\r\t\v";
  char c = *(*p)++;
  const char *found = strchr (names, c);

  if (c == '\n')
    return;
  if (found != NULL)
    jinja_buffer_add (run, buffer, &values[found - names], 1, FALSE);
  else if (c == 'x' || c == 'u' || c == 'U')
    jinja_buffer_add_char (run, buffer, read_code_point (run, p, c), FALSE);
  else if (c >= '0' && c <= '7')
    {
      guint value = c - '0';

      for (guint i = 0; i < 2 && **p >= '0' && **p <= '7'; i++, (*p)++)
        value = value * 8 + (**p - '0');
      jinja_buffer_add_char (run, buffer, value, FALSE);
    }
  else
    {
      /* Python keeps the backslash of an escape that it does not know. */
      (*p)--;
      jinja_buffer_add (run, buffer, "\\", 1, FALSE);
    }
}

JinjaValue
jinja_literal_string (JinjaRun    *run,
                      const char  *p,
                      const char **end)
{
  const char stops[] = { *p, '\\', '\0' };
  char quote = *p++;
  const char *start = p;
  JinjaBuffer *buffer = NULL;

  for (;;)
    {
      p += strcspn (p, stops);
      if (*p == '\0' || (*p == '\\' && p[1] == '\0'))
        jinja_fail (run, _("a string has no closing quote."));
      if (*p == quote && buffer == NULL)
        break;
      if (buffer == NULL)
        buffer = jinja_buffer_new (run);
      jinja_buffer_add (run, buffer, start, p - start, FALSE);
      if (*p == quote)
        break;
      p++;
      read_escape (run, buffer, &p);
      start = p;
    }
  *end = p + 1;
  if (buffer != NULL)
    return jinja_string (jinja_buffer_to_string (run, buffer));
  return jinja_string (jinja_string_new (run, start, p - start, FALSE));
}

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p) || (*p == '_' && g_ascii_isdigit (p[1])))
    p++;
  return p;
}

static JinjaValue
read_integer (JinjaRun   *run,
              const char *digits,
              guint       base)
{
  char *rest;
  gint64 value;

  errno = 0;
  value = g_ascii_strtoll (digits, &rest, base);
  if (errno != 0)
    jinja_fail (run, _("the number %s is too large."), digits);
  if (*rest != '\0')
    jinja_fail (run, _("“%s” is not a number."), digits);
  return jinja_integer (value);
}

JinjaValue
jinja_literal_number (JinjaRun    *run,
                      const char  *p,
                      const char **end)
{
  const char *stop = p;
  gboolean is_float = FALSE;
  guint base = 10;
  char digits[64];
  gsize n = 0;

  if (*p == '0' && strchr ("xXoObB", p[1]) != NULL && p[1] != '\0')
    {
      base = g_ascii_tolower (p[1]) == 'x' ? 16 : g_ascii_tolower (p[1]) == 'o' ? 8 : 2;
      p += 2;
      for (stop = p; g_ascii_isxdigit (*stop) || *stop == '_';)
        stop++;
    }
  else
    {
      stop = skip_digits (p);
      if (*stop == '.' && g_ascii_isdigit (stop[1]))
        {
          is_float = TRUE;
          stop = skip_digits (stop + 1);
        }
      if ((*stop == 'e' || *stop == 'E')
          && (g_ascii_isdigit (stop[1])
              || ((stop[1] == '+' || stop[1] == '-') && g_ascii_isdigit (stop[2]))))
        {
          is_float = TRUE;
          stop = skip_digits (stop + 2);
        }
    }
  *end = stop;
  for (; p < stop; p++)
    {
      if (*p == '_')
        continue;
      if (n + 1 == sizeof digits)
        jinja_fail (run, _("a number has too many digits."));
      digits[n++] = *p;
    }
  digits[n] = '\0';
  return is_float ? jinja_float (g_ascii_strtod (digits, NULL)) : read_integer (run, digits, base);
}
