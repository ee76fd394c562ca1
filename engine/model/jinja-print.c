#include "jinja-print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "jinja-call.h"

/* Finding the shortest decimal of a float takes several attempts. */
#define FLOAT_WORK 100

/* The shortest decimal that reads back as `number`: 1.0, 0.1, 1e+16, inf. */
static void
write_float (double number,
             char   text[JINJA_FLOAT_SIZE])
{
  char digits[JINJA_FLOAT_SIZE], *e;
  int precision, exponent;

  if (!isfinite (number))
    {
      strcpy (text, isnan (number) ? "nan" : number > 0 ? "inf" : "-inf");
      return;
    }
  for (precision = 0; precision < 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", precision);
      g_ascii_formatd (digits, sizeof digits, format, number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }
  e = strchr (digits, 'e');
  exponent = atoi (e + 1);
  if (exponent < -4 || exponent >= 16)
    {
      *e = '\0';
      g_snprintf (text, JINJA_FLOAT_SIZE, "%se%c%02d", digits, exponent < 0 ? '-' : '+',
                  ABS (exponent));
    }
  else
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%df", MAX (1, precision - exponent));
      g_ascii_formatd (text, JINJA_FLOAT_SIZE, format, number);
    }
}

static void
print_items (JinjaRun        *run,
             JinjaBuffer     *buffer,
             const JinjaList *list)
{
  for (gsize i = 0; i < list->n_items; i++)
    {
      if (i > 0)
        jinja_buffer_add_text (run, buffer, ", ");
      jinja_print_repr (run, buffer, list->items[i]);
    }
}

static void
print_dict (JinjaRun        *run,
            JinjaBuffer     *buffer,
            const JinjaDict *dict)
{
  jinja_buffer_add_text (run, buffer, "{");
  for (gsize i = 0; i < dict->n_entries; i++)
    {
      if (i > 0)
        jinja_buffer_add_text (run, buffer, ", ");
      jinja_print_repr (run, buffer, dict->entries[i].key);
      jinja_buffer_add_text (run, buffer, ": ");
      jinja_print_repr (run, buffer, dict->entries[i].value);
    }
  jinja_buffer_add_text (run, buffer, "}");
}

static void
print_escape (JinjaRun    *run,
              JinjaBuffer *buffer,
              gunichar     c,
              gboolean     is_input)
{
  char text[16];

  if (c == '\n' || c == '\r' || c == '\t')
    g_snprintf (text, sizeof text, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
  else if (c < 0x100)
    g_snprintf (text, sizeof text, "\\x%02x", c);
  else if (c < 0x10000)
    g_snprintf (text, sizeof text, "\\u%04x", c);
  else
    g_snprintf (text, sizeof text, "\\U%08x", c);
  jinja_buffer_add (run, buffer, text, strlen (text), is_input);
}

/* Python escapes whatever it does not call printable: white space but the space, controls,
 * format characters, surrogates and what is not assigned. */
static gboolean
is_printable (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_SPACE_SEPARATOR:
      return c == ' ';
    default:
      return TRUE;
    }
}

static void
print_quoted (JinjaRun          *run,
              JinjaBuffer       *buffer,
              const JinjaString *string)
{
  gboolean has_single = memchr (string->bytes, '\'', string->length) != NULL;
  gboolean has_double = memchr (string->bytes, '"', string->length) != NULL;
  char quote = has_single && !has_double ? '"' : '\'';
  gsize start = 0, next;

  jinja_buffer_add (run, buffer, &quote, 1, FALSE);
  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);
      gboolean is_input = jinja_string_is_input (string, at);

      jinja_work_bytes (run, 16);
      if (c != '\\' && c != (gunichar) quote && is_printable (c))
        continue;
      jinja_buffer_add_cut (run, buffer, string, start, at - start);
      if (c == '\\' || c == (gunichar) quote)
        {
          jinja_buffer_add (run, buffer, "\\", 1, is_input);
          jinja_buffer_add_char (run, buffer, c, is_input);
        }
      else
        print_escape (run, buffer, c, is_input);
      start = next;
    }
  jinja_buffer_add_cut (run, buffer, string, start, string->length - start);
  jinja_buffer_add (run, buffer, &quote, 1, FALSE);
}

static void
print_around (JinjaRun        *run,
              JinjaBuffer     *buffer,
              const char      *before,
              const JinjaList *list,
              const char      *after)
{
  jinja_buffer_add_text (run, buffer, before);
  print_items (run, buffer, list);
  jinja_buffer_add_text (run, buffer, after);
}

static void
print_number (JinjaRun    *run,
              JinjaBuffer *buffer,
              JinjaValue   value)
{
  char text[JINJA_FLOAT_SIZE];

  if (value.type == JINJA_FLOAT)
    {
      jinja_work (run, FLOAT_WORK);
      write_float (value.number, text);
    }
  else
    g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value.integer);
  jinja_buffer_add_text (run, buffer, text);
}

static void
print_range (JinjaRun         *run,
             JinjaBuffer      *buffer,
             const JinjaRange *range)
{
  char text[96];

  if (range->step == 1)
    g_snprintf (text, sizeof text, "range(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                range->start, range->stop);
  else
    g_snprintf (text, sizeof text,
                "range(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                range->start, range->stop, range->step);
  jinja_buffer_add_text (run, buffer, text);
}

static void
print_named (JinjaRun    *run,
             JinjaBuffer *buffer,
             const char  *kind,
             const char  *name)
{
  jinja_buffer_add_text (run, buffer, "<");
  jinja_buffer_add_text (run, buffer, kind);
  if (name != NULL)
    {
      jinja_buffer_add_text (run, buffer, " ");
      jinja_buffer_add_text (run, buffer, name);
    }
  jinja_buffer_add_text (run, buffer, ">");
}

static void
print_object (JinjaRun    *run,
              JinjaBuffer *buffer,
              JinjaValue   value)
{
  switch (value.type)
    {
    case JINJA_NAMESPACE:
      jinja_buffer_add_text (run, buffer, "<Namespace ");
      print_dict (run, buffer, value.dict);
      jinja_buffer_add_text (run, buffer, ">");
      break;
    case JINJA_ITERATOR:
      print_named (run, buffer, value.list->name, "object");
      break;
    case JINJA_FUNCTION:
      print_named (run, buffer, "function", value.function->name);
      break;
    case JINJA_METHOD:
      print_named (run, buffer, "built-in method", value.bound->method->name);
      break;
    case JINJA_MACRO:
      print_named (run, buffer, "Macro", jinja_macro_get_name (value.macro));
      break;
    default:
      print_named (run, buffer, "object", NULL);
      break;
    }
}

void
jinja_print_repr (JinjaRun    *run,
                  JinjaBuffer *buffer,
                  JinjaValue   value)
{
  jinja_enter (run);
  switch (value.type)
    {
    case JINJA_MISSING:
    case JINJA_UNDEFINED:
      jinja_buffer_add_text (run, buffer, "Undefined");
      break;
    case JINJA_NONE:
      jinja_buffer_add_text (run, buffer, "None");
      break;
    case JINJA_BOOLEAN:
      jinja_buffer_add_text (run, buffer, value.boolean ? "True" : "False");
      break;
    case JINJA_INTEGER:
    case JINJA_FLOAT:
      print_number (run, buffer, value);
      break;
    case JINJA_STRING:
      print_quoted (run, buffer, value.string);
      break;
    case JINJA_LIST:
      print_around (run, buffer, "[", value.list, "]");
      break;
    case JINJA_TUPLE:
      print_around (run, buffer, "(", value.list, value.list->n_items == 1 ? ",)" : ")");
      break;
    case JINJA_VIEW:
      jinja_buffer_add_text (run, buffer, value.list->name);
      print_around (run, buffer, "([", value.list, "])");
      break;
    case JINJA_DICT:
      print_dict (run, buffer, value.dict);
      break;
    case JINJA_RANGE:
      print_range (run, buffer, value.range);
      break;
    default:
      print_object (run, buffer, value);
      break;
    }
  jinja_leave (run);
}

void
jinja_print (JinjaRun    *run,
             JinjaBuffer *buffer,
             JinjaValue   value)
{
  if (value.type == JINJA_STRING)
    jinja_buffer_add_string (run, buffer, value.string);
  else if (value.type != JINJA_UNDEFINED)
    jinja_print_repr (run, buffer, value);
}

JinjaString *
jinja_to_string (JinjaRun  *run,
                 JinjaValue value)
{
  JinjaBuffer *buffer;

  if (value.type == JINJA_STRING)
    return value.string;
  buffer = jinja_buffer_new (run);
  jinja_print (run, buffer, value);
  return jinja_buffer_to_string (run, buffer);
}
