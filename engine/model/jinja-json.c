#include "jinja-json.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "jinja-print.h"
#include "jinja-sort.h"

#define MAX_JSON_DEPTH 256

typedef struct
{
  JinjaRun *run;
  const char *text;
  const char *p;
  guint depth;
} Reader;

G_NORETURN static void
refuse (Reader     *reader,
        const char *what)
{
  jinja_fail (reader->run, _("the variables are not JSON at byte %zu: %s"),
              (gsize) (reader->p - reader->text), what);
}

static void
skip_space (Reader *reader)
{
  while (*reader->p == ' ' || *reader->p == '\t' || *reader->p == '\n' || *reader->p == '\r')
    reader->p++;
}

static guint
read_hex4 (Reader *reader)
{
  guint value = 0;

  for (guint i = 0; i < 4; i++, reader->p++)
    {
      int digit = g_ascii_xdigit_value (*reader->p);

      if (digit < 0)
        refuse (reader, _("“\\u” needs four hexadecimal digits."));
      value = value << 4 | digit;
    }
  return value;
}

static gunichar
read_unicode_escape (Reader *reader)
{
  gunichar c = read_hex4 (reader);

  if (c >= 0xD800 && c < 0xDC00 && reader->p[0] == '\\' && reader->p[1] == 'u')
    {
      const char *low_at = reader->p;
      gunichar low;

      reader->p += 2;
      low = read_hex4 (reader);
      if (low >= 0xDC00 && low < 0xE000)
        return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      reader->p = low_at;
    }
  return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
}

static void
read_escape (Reader      *reader,
             JinjaBuffer *buffer)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *found;

  reader->p++;
  if (*reader->p == 'u')
    {
      reader->p++;
      jinja_buffer_add_char (reader->run, buffer, read_unicode_escape (reader), TRUE);
      return;
    }
  found = *reader->p != '\0' ? strchr (names, *reader->p) : NULL;
  if (found == NULL)
    refuse (reader, _("there is no such escape."));
  jinja_buffer_add (reader->run, buffer, &values[found - names], 1, TRUE);
  reader->p++;
}

static JinjaString *
read_string (Reader *reader)
{
  const char *start = ++reader->p;
  JinjaBuffer *buffer = NULL;

  for (;;)
    {
      gsize n = strcspn (reader->p, "\"\\");

      reader->p += n;
      if (*reader->p == '\0')
        refuse (reader, _("a string does not end."));
      jinja_work_bytes (reader->run, n);
      if (buffer == NULL && *reader->p == '"')
        break;
      if (buffer == NULL)
        buffer = jinja_buffer_new (reader->run);
      jinja_buffer_add (reader->run, buffer, start, reader->p - start, TRUE);
      if (*reader->p == '"')
        break;
      read_escape (reader, buffer);
      start = reader->p;
    }
  reader->p++;
  if (buffer != NULL)
    return jinja_buffer_to_string (reader->run, buffer);
  return jinja_string_new (reader->run, start, reader->p - 1 - start, TRUE);
}

static JinjaValue
read_number (Reader *reader)
{
  const char *start = reader->p;
  gboolean is_float = FALSE;
  char *end;
  gint64 integer;
  double number;

  if (*reader->p == '-')
    reader->p++;
  if (!g_ascii_isdigit (*reader->p) || (*reader->p == '0' && g_ascii_isdigit (reader->p[1])))
    refuse (reader, _("this is not a value."));
  while (g_ascii_isdigit (*reader->p))
    reader->p++;
  if (*reader->p == '.' && g_ascii_isdigit (reader->p[1]))
    for (is_float = TRUE, reader->p++; g_ascii_isdigit (*reader->p);)
      reader->p++;
  if (*reader->p == 'e' || *reader->p == 'E')
    {
      is_float = TRUE;
      reader->p++;
      if (*reader->p == '+' || *reader->p == '-')
        reader->p++;
      if (!g_ascii_isdigit (*reader->p))
        refuse (reader, _("an exponent has no digits."));
      while (g_ascii_isdigit (*reader->p))
        reader->p++;
    }
  jinja_work_bytes (reader->run, 8 * (reader->p - start));
  errno = 0;
  integer = g_ascii_strtoll (start, &end, 10);
  if (!is_float && errno == 0)
    return jinja_integer (integer);
  number = g_ascii_strtod (start, &end);
  return jinja_float (number);
}

static JinjaValue read_value (Reader *reader);

static JinjaValue
read_array (Reader *reader)
{
  JinjaList *list = jinja_list_new (reader->run);

  reader->p++;
  skip_space (reader);
  if (*reader->p == ']')
    {
      reader->p++;
      return jinja_list (list);
    }
  for (;;)
    {
      jinja_list_append (reader->run, list, read_value (reader));
      skip_space (reader);
      if (*reader->p == ']')
        break;
      if (*reader->p != ',')
        refuse (reader, _("“,” or “]” is missing."));
      reader->p++;
    }
  reader->p++;
  return jinja_list (list);
}

static JinjaValue
read_object (Reader *reader)
{
  JinjaDict *dict = jinja_dict_new (reader->run);

  reader->p++;
  skip_space (reader);
  if (*reader->p == '}')
    {
      reader->p++;
      return jinja_dict (dict);
    }
  for (;;)
    {
      JinjaString *key;
      JinjaValue value;

      skip_space (reader);
      if (*reader->p != '"')
        refuse (reader, _("a key in quotes is missing."));
      key = read_string (reader);
      skip_space (reader);
      if (*reader->p != ':')
        refuse (reader, _("“:” is missing."));
      reader->p++;
      value = read_value (reader);
      jinja_dict_set (reader->run, dict, jinja_string (key), value);
      skip_space (reader);
      if (*reader->p == '}')
        break;
      if (*reader->p != ',')
        refuse (reader, _("“,” or “}” is missing."));
      reader->p++;
    }
  reader->p++;
  return jinja_dict (dict);
}

static gboolean
skip_word (Reader     *reader,
           const char *word)
{
  if (!g_str_has_prefix (reader->p, word))
    return FALSE;
  reader->p += strlen (word);
  return TRUE;
}

static JinjaValue
read_value (Reader *reader)
{
  JinjaValue value;

  jinja_work (reader->run, 1);
  if (++reader->depth > MAX_JSON_DEPTH)
    refuse (reader, _("it nests too deeply."));
  skip_space (reader);
  if (*reader->p == '{')
    value = read_object (reader);
  else if (*reader->p == '[')
    value = read_array (reader);
  else if (*reader->p == '"')
    value = jinja_string (read_string (reader));
  else if (skip_word (reader, "true"))
    value = jinja_boolean (TRUE);
  else if (skip_word (reader, "false"))
    value = jinja_boolean (FALSE);
  else if (skip_word (reader, "null"))
    value = JINJA_VALUE_NONE;
  else if (skip_word (reader, "NaN"))
    value = jinja_float (NAN);
  else if (skip_word (reader, "Infinity"))
    value = jinja_float (INFINITY);
  else if (skip_word (reader, "-Infinity"))
    value = jinja_float (-INFINITY);
  else
    value = read_number (reader);
  reader->depth--;
  return value;
}

JinjaValue
jinja_json_parse (JinjaRun   *run,
                  const char *text)
{
  Reader reader = { run, text, text, 0 };
  JinjaValue value;

  value = read_value (&reader);
  skip_space (&reader);
  if (*reader.p != '\0')
    refuse (&reader, _("there is more after the end."));
  return value;
}

/* ---- printing ---- */

typedef struct
{
  JinjaRun *run;
  JinjaBuffer *buffer;
  const JinjaJsonStyle *style;
  guint depth;
} Writer;

static void
write_text (Writer     *writer,
            const char *text)
{
  jinja_buffer_add_text (writer->run, writer->buffer, text);
}

static void
write_char (Writer  *writer,
            gunichar c,
            gboolean is_input)
{
  static const char names[] = "\"\\bfnrt";
  static const char values[] = "\"\\\b\f\n\r\t";
  const char *found = c < 0x80 && c != 0 ? strchr (values, c) : NULL;
  char text[16];

  if (found != NULL)
    g_snprintf (text, sizeof text, "\\%c", names[found - values]);
  else if (c < 0x10000)
    g_snprintf (text, sizeof text, "\\u%04x", c);
  else
    g_snprintf (text, sizeof text, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10),
                0xDC00 + ((c - 0x10000) & 0x3FF));
  jinja_buffer_add (writer->run, writer->buffer, text, strlen (text), is_input);
}

static void
write_string (Writer            *writer,
              const JinjaString *string)
{
  gsize start = 0, next;

  write_text (writer, "\"");
  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);

      if (c >= 0x20 && c != '"' && c != '\\' && !(writer->style->is_ascii && c >= 0x7F))
        continue;
      jinja_buffer_add_cut (writer->run, writer->buffer, string, start, at - start);
      write_char (writer, c, jinja_string_is_input (string, at));
      start = next;
    }
  jinja_work_bytes (writer->run, string->length * 2);
  jinja_buffer_add_cut (writer->run, writer->buffer, string, start, string->length - start);
  write_text (writer, "\"");
}

static void
write_line_break (Writer *writer)
{
  if (writer->style->indent == NULL)
    return;
  write_text (writer, "\n");
  for (guint i = 0; i < writer->depth; i++)
    jinja_buffer_add_string (writer->run, writer->buffer, writer->style->indent);
}

static void write_value (Writer    *writer,
                         JinjaValue value);

static void
write_list (Writer          *writer,
            const JinjaList *list)
{
  if (list->n_items == 0)
    {
      write_text (writer, "[]");
      return;
    }
  write_text (writer, "[");
  writer->depth++;
  for (gsize i = 0; i < list->n_items; i++)
    {
      if (i > 0)
        jinja_buffer_add_string (writer->run, writer->buffer, writer->style->item_separator);
      write_line_break (writer);
      write_value (writer, list->items[i]);
    }
  writer->depth--;
  write_line_break (writer);
  write_text (writer, "]");
}

static void
write_scalar (Writer    *writer,
              JinjaValue value)
{
  switch (value.type)
    {
    case JINJA_NONE:
      write_text (writer, "null");
      break;
    case JINJA_BOOLEAN:
      write_text (writer, value.boolean ? "true" : "false");
      break;
    case JINJA_FLOAT:
      if (!isfinite (value.number))
        {
          write_text (writer, isnan (value.number) ? "NaN"
                              : value.number > 0   ? "Infinity"
                                                   : "-Infinity");
          break;
        }
      G_GNUC_FALLTHROUGH;
    case JINJA_INTEGER:
      jinja_print (writer->run, writer->buffer, value);
      break;
    default:
      jinja_fail (writer->run, _("%s cannot be written as JSON."), jinja_type_name (value));
    }
}

static void
write_key (Writer    *writer,
           JinjaValue key)
{
  if (key.type == JINJA_STRING)
    {
      write_string (writer, key.string);
      return;
    }
  write_text (writer, "\"");
  write_scalar (writer, key);
  write_text (writer, "\"");
}

static void
write_dict (Writer          *writer,
            const JinjaDict *dict)
{
  if (dict->n_entries == 0)
    {
      write_text (writer, "{}");
      return;
    }
  if (writer->style->is_sorted)
    dict = jinja_sort_dict (writer->run, dict);
  write_text (writer, "{");
  writer->depth++;
  for (gsize i = 0; i < dict->n_entries; i++)
    {
      if (i > 0)
        jinja_buffer_add_string (writer->run, writer->buffer, writer->style->item_separator);
      write_line_break (writer);
      write_key (writer, dict->entries[i].key);
      jinja_buffer_add_string (writer->run, writer->buffer, writer->style->key_separator);
      write_value (writer, dict->entries[i].value);
    }
  writer->depth--;
  write_line_break (writer);
  write_text (writer, "}");
}

static void
write_value (Writer    *writer,
             JinjaValue value)
{
  jinja_enter (writer->run);
  jinja_work (writer->run, 1);
  if (value.type == JINJA_STRING)
    write_string (writer, value.string);
  else if (value.type == JINJA_LIST || value.type == JINJA_TUPLE)
    write_list (writer, value.list);
  else if (value.type == JINJA_DICT)
    write_dict (writer, value.dict);
  else
    write_scalar (writer, value);
  jinja_leave (writer->run);
}

JinjaString *
jinja_json_print (JinjaRun             *run,
                  JinjaValue            value,
                  const JinjaJsonStyle *style)
{
  Writer writer = { run, jinja_buffer_new (run), style, 0 };

  write_value (&writer, value);
  return jinja_buffer_to_string (run, writer.buffer);
}
