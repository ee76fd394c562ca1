/* Filters that take text. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-format.h"
#include "jinja-print.h"
#include "jinja-text.h"

static JinjaValue
filter_lower (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  return jinja_string (jinja_text_lower (context->run, jinja_to_string (context->run, self)));
}

static JinjaValue
filter_upper (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  return jinja_string (jinja_text_upper (context->run, jinja_to_string (context->run, self)));
}

static JinjaValue
filter_capitalize (JinjaContext         *context,
                   JinjaValue            self,
                   const JinjaValue     *bound,
                   const JinjaArguments *arguments)
{
  return jinja_string (jinja_text_capitalize (context->run, jinja_to_string (context->run, self)));
}

static JinjaValue
filter_title (JinjaContext         *context,
              JinjaValue            self,
              const JinjaValue     *bound,
              const JinjaArguments *arguments)
{
  return jinja_string (jinja_text_title (context->run, jinja_to_string (context->run, self), TRUE));
}

static JinjaValue
filter_trim (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  JinjaString *chars = jinja_argument_string (context, bound[0], "chars");

  return jinja_string (jinja_string_strip (context->run, jinja_to_string (context->run, self),
                                           chars, TRUE, TRUE));
}

static JinjaValue
filter_replace (JinjaContext         *context,
                JinjaValue            self,
                const JinjaValue     *bound,
                const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  gint64 count = -1;

  if (bound[2].type != JINJA_NONE)
    count = jinja_argument_integer (context, bound[2], "count", -1);
  return jinja_string (jinja_text_replace (run, jinja_to_string (run, self),
                                           jinja_to_string (run, bound[0]),
                                           jinja_to_string (run, bound[1]), count));
}

static JinjaValue
filter_string (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  return jinja_string (jinja_to_string (context->run, self));
}

/* What has no markup is always safe: nothing is escaped unless a template asks for it. */
static JinjaValue
filter_safe (JinjaContext         *context,
             JinjaValue            self,
             const JinjaValue     *bound,
             const JinjaArguments *arguments)
{
  return filter_string (context, self, bound, arguments);
}

static const char *
escape_of (char c)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\'':
      return "&#39;";
    case '"':
      return "&#34;";
    default:
      return NULL;
    }
}

static JinjaValue
filter_escape (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaString *string = jinja_to_string (run, self);
  JinjaBuffer *buffer = jinja_buffer_new (run);
  gsize start = 0;

  jinja_work_bytes (run, string->length * 4);
  for (gsize at = 0; at < string->length; at++)
    {
      const char *escape = escape_of (string->bytes[at]);

      if (escape == NULL)
        continue;
      jinja_buffer_add_cut (run, buffer, string, start, at - start);
      jinja_buffer_add (run, buffer, escape, strlen (escape), jinja_string_is_input (string, at));
      start = at + 1;
    }
  jinja_buffer_add_cut (run, buffer, string, start, string->length - start);
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

/* "<…>" and "<!--…-->" away, white space to single spaces. */
static JinjaValue
filter_striptags (JinjaContext         *context,
                  JinjaValue            self,
                  const JinjaValue     *bound,
                  const JinjaArguments *arguments)
{
  static const JinjaString comment = JINJA_ASCII ("<!--");
  static const JinjaString comment_end = JINJA_ASCII ("-->");
  static const JinjaString tag = JINJA_ASCII ("<");
  static const JinjaString tag_end = JINJA_ASCII (">");
  static const JinjaString space = JINJA_ASCII (" ");
  JinjaRun *run = context->run;
  JinjaString *string = jinja_to_string (run, self);
  JinjaBuffer *buffer;
  JinjaList *words;

  for (guint pass = 0; pass < 2; pass++)
    {
      const JinjaString *open = pass == 0 ? &comment : &tag;
      const JinjaString *close = pass == 0 ? &comment_end : &tag_end;
      gsize start = 0;
      gssize at, end;

      buffer = jinja_buffer_new (run);
      while ((at = jinja_string_find (run, string, open, start)) >= 0
             && (end = jinja_string_find (run, string, close, at)) >= 0)
        {
          jinja_buffer_add_cut (run, buffer, string, start, at - start);
          start = end + close->length;
        }
      jinja_buffer_add_cut (run, buffer, string, start, string->length - start);
      string = jinja_buffer_to_string (run, buffer);
    }
  words = jinja_text_split (run, string, NULL, -1, FALSE);
  buffer = jinja_buffer_new (run);
  for (gsize i = 0; i < words->n_items; i++)
    {
      if (i > 0)
        jinja_buffer_add_string (run, buffer, &space);
      jinja_buffer_add_string (run, buffer, words->items[i].string);
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

static JinjaValue
filter_wordcount (JinjaContext         *context,
                  JinjaValue            self,
                  const JinjaValue     *bound,
                  const JinjaArguments *arguments)
{
  JinjaString *string = jinja_to_string (context->run, self);
  gboolean was_word = FALSE;
  gint64 n = 0;
  gsize next;

  jinja_work_bytes (context->run, string->length * 8);
  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);
      gboolean is_word = c == '_' || g_unichar_isalnum (c);

      n += is_word && !was_word;
      was_word = is_word;
    }
  return jinja_integer (n);
}

static void
add_quoted (JinjaRun          *run,
            JinjaBuffer       *buffer,
            const JinjaString *string,
            gboolean           is_query)
{
  jinja_work (run, string->length);
  for (gsize at = 0; at < string->length; at++)
    {
      char c = string->bytes[at];
      char text[4];

      if (g_ascii_isalnum (c) || (c != '\0' && strchr ("_.-~", c) != NULL)
          || (!is_query && c == '/'))
        g_snprintf (text, sizeof text, "%c", c);
      else if (is_query && c == ' ')
        g_strlcpy (text, "+", sizeof text);
      else
        g_snprintf (text, sizeof text, "%%%02X", (guint8) c);
      jinja_buffer_add (run, buffer, text, strlen (text), jinja_string_is_input (string, at));
    }
}

static JinjaValue
filter_urlencode (JinjaContext         *context,
                  JinjaValue            self,
                  const JinjaValue     *bound,
                  const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaBuffer *buffer = jinja_buffer_new (run);

  if (self.type != JINJA_DICT)
    add_quoted (run, buffer, jinja_to_string (run, self), FALSE);
  for (gsize i = 0; self.type == JINJA_DICT && i < self.dict->n_entries; i++)
    {
      if (i > 0)
        jinja_buffer_add_text (run, buffer, "&");
      add_quoted (run, buffer, jinja_to_string (run, self.dict->entries[i].key), TRUE);
      jinja_buffer_add_text (run, buffer, "=");
      add_quoted (run, buffer, jinja_to_string (run, self.dict->entries[i].value), TRUE);
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

static JinjaValue
filter_format (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  JinjaRun *run = context->run;
  JinjaValue values;

  if (arguments->n_named > 0)
    {
      values = jinja_dict (jinja_dict_new (run));
      for (guint i = 0; i < arguments->n_named; i++)
        jinja_dict_set_text (run, values.dict, arguments->names[i], arguments->named[i]);
    }
  else
    {
      values = jinja_tuple (jinja_list_new (run));
      for (guint i = 0; i < arguments->n_positional; i++)
        jinja_list_append (run, values.list, arguments->positional[i]);
    }
  return jinja_string (jinja_format_percent (run, jinja_to_string (run, self), values));
}

const JinjaBuiltin jinja_text_filters[] = {
  { "lower", "", filter_lower },
  { "upper", "", filter_upper },
  { "capitalize", "", filter_capitalize },
  { "title", "", filter_title },
  { "trim", "chars?", filter_trim },
  { "replace", "old new count?", filter_replace },
  { "string", "", filter_string },
  { "safe", "", filter_safe },
  { "escape", "", filter_escape },
  { "e", "", filter_escape },
  { "forceescape", "", filter_escape },
  { "striptags", "", filter_striptags },
  { "wordcount", "", filter_wordcount },
  { "urlencode", "", filter_urlencode },
  { "format", NULL, filter_format },
  { NULL },
};
