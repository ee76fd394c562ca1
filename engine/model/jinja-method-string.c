/* Methods of strings. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-evaluate.h"
#include "jinja-format.h"
#include "jinja-print.h"
#include "jinja-text.h"

#define METHOD(name)                                             \
  static JinjaValue name (JinjaContext         *context,         \
                          JinjaValue            self,            \
                          const JinjaValue     *bound,           \
                          const JinjaArguments *arguments)

static JinjaString *
need_string (JinjaContext *context,
             JinjaValue    argument,
             const char   *name)
{
  JinjaString *string = jinja_argument_string (context, argument, name);

  if (string == NULL)
    jinja_fail (context->run, _("the argument “%s” must be a string, not %s."), name,
                jinja_type_name (argument));
  return string;
}

static JinjaValue
strip (JinjaContext     *context,
       JinjaValue        self,
       const JinjaValue *bound,
       gboolean          left,
       gboolean          right)
{
  JinjaString *chars = jinja_argument_string (context, bound[0], "chars");

  return jinja_string (jinja_string_strip (context->run, self.string, chars, left, right));
}

METHOD (method_strip)
{
  return strip (context, self, bound, TRUE, TRUE);
}

METHOD (method_lstrip)
{
  return strip (context, self, bound, TRUE, FALSE);
}

METHOD (method_rstrip)
{
  return strip (context, self, bound, FALSE, TRUE);
}

static JinjaValue
split (JinjaContext     *context,
       JinjaValue        self,
       const JinjaValue *bound,
       gboolean          from_right)
{
  JinjaString *separator = jinja_argument_string (context, bound[0], "sep");
  gint64 max = jinja_argument_integer (context, bound[1], "maxsplit", -1);

  return jinja_list (jinja_text_split (context->run, self.string, separator, max, from_right));
}

METHOD (method_split)
{
  return split (context, self, bound, FALSE);
}

METHOD (method_rsplit)
{
  return split (context, self, bound, TRUE);
}

METHOD (method_splitlines)
{
  return jinja_list (jinja_text_lines (context->run, self.string,
                                       jinja_argument_truth (context, bound[0], FALSE)));
}

static JinjaValue
partition (JinjaContext     *context,
           JinjaValue        self,
           const JinjaValue *bound,
           gboolean          from_right)
{
  JinjaRun *run = context->run;
  JinjaString *separator = need_string (context, bound[0], "sep");
  JinjaList *parts = jinja_text_split (run, self.string, separator, 1, from_right);
  JinjaList *result = jinja_list_new (run);

  if (parts->n_items == 2)
    {
      jinja_list_append (run, result, parts->items[0]);
      jinja_list_append (run, result, jinja_string (separator));
      jinja_list_append (run, result, parts->items[1]);
      return jinja_tuple (result);
    }
  for (guint i = 0; i < 3; i++)
    jinja_list_append (run, result, i == (from_right ? 2 : 0) ? self : jinja_text (run, ""));
  return jinja_tuple (result);
}

METHOD (method_partition)
{
  return partition (context, self, bound, FALSE);
}

METHOD (method_rpartition)
{
  return partition (context, self, bound, TRUE);
}

/* The part between the arguments `start` and `end`, both optional and counted as in slices;
 * `*offset` is its first character. NULL if `start` is beyond the end. */
static JinjaString *
part_of (JinjaContext *context,
         JinjaString  *string,
         JinjaValue    start,
         JinjaValue    end,
         gint64       *offset)
{
  gint64 n = jinja_string_count (context->run, string);
  gint64 from = start.type == JINJA_NONE ? 0 : jinja_argument_integer (context, start, "start", 0);
  gint64 to = end.type == JINJA_NONE ? n : jinja_argument_integer (context, end, "end", n);
  gsize from_byte, to_byte;

  from = from < 0 ? MAX (0, from + n) : from;
  to = CLAMP (to < 0 ? to + n : to, 0, n);
  *offset = from;
  if (from > n || from > to)
    return NULL;
  from_byte = jinja_string_offset (context->run, string, from);
  to_byte = jinja_string_offset (context->run, string, to);
  return jinja_string_cut (context->run, string, from_byte, to_byte - from_byte);
}

static gint64
find (JinjaContext     *context,
      JinjaValue        self,
      const JinjaValue *bound,
      gboolean          from_right)
{
  JinjaRun *run = context->run;
  JinjaString *needle = need_string (context, bound[0], "sub");
  gint64 offset;
  JinjaString *part = part_of (context, self.string, bound[1], bound[2], &offset);
  gssize found;

  if (part == NULL)
    return -1;
  found = from_right ? jinja_string_find_last (run, part, needle, part->length)
                     : jinja_string_find (run, part, needle, 0);
  if (found < 0)
    return -1;
  return offset + (gint64) jinja_string_count (run, jinja_string_cut (run, part, 0, found));
}

METHOD (method_find)
{
  return jinja_integer (find (context, self, bound, FALSE));
}

METHOD (method_rfind)
{
  return jinja_integer (find (context, self, bound, TRUE));
}

static JinjaValue
need_found (JinjaContext *context,
            gint64        index)
{
  if (index < 0)
    jinja_fail (context->run, _("“index” did not find what it looked for."));
  return jinja_integer (index);
}

METHOD (method_index)
{
  return need_found (context, find (context, self, bound, FALSE));
}

METHOD (method_rindex)
{
  return need_found (context, find (context, self, bound, TRUE));
}

METHOD (method_count)
{
  gint64 offset;
  JinjaString *part = part_of (context, self.string, bound[1], bound[2], &offset);
  JinjaString *needle = need_string (context, bound[0], "sub");

  return jinja_integer (part != NULL ? jinja_text_count (context->run, part, needle) : 0);
}

static JinjaValue
matches_end (JinjaContext     *context,
             JinjaValue        self,
             const JinjaValue *bound,
             gboolean (*matches) (const JinjaString *string,
                                  const JinjaString *end))
{
  gint64 offset;
  JinjaString *part = part_of (context, self.string, bound[1], bound[2], &offset);

  if (part == NULL)
    return jinja_boolean (FALSE);
  if (bound[0].type != JINJA_TUPLE)
    return jinja_boolean (matches (part, need_string (context, bound[0], "prefix")));
  for (gsize i = 0; i < bound[0].list->n_items; i++)
    if (matches (part, need_string (context, bound[0].list->items[i], "prefix")))
      return jinja_boolean (TRUE);
  return jinja_boolean (FALSE);
}

METHOD (method_startswith)
{
  return matches_end (context, self, bound, jinja_string_starts);
}

METHOD (method_endswith)
{
  return matches_end (context, self, bound, jinja_string_ends);
}

METHOD (method_removeprefix)
{
  JinjaString *prefix = need_string (context, bound[0], "prefix");

  if (!jinja_string_starts (self.string, prefix))
    return self;
  return jinja_string (jinja_string_cut (context->run, self.string, prefix->length,
                                         self.string->length - prefix->length));
}

METHOD (method_removesuffix)
{
  JinjaString *suffix = need_string (context, bound[0], "suffix");

  if (!jinja_string_ends (self.string, suffix))
    return self;
  return jinja_string (jinja_string_cut (context->run, self.string, 0,
                                         self.string->length - suffix->length));
}

METHOD (method_replace)
{
  return jinja_string (jinja_text_replace (context->run, self.string,
                                           need_string (context, bound[0], "old"),
                                           need_string (context, bound[1], "new"),
                                           jinja_argument_integer (context, bound[2], "count",
                                                                   -1)));
}

METHOD (method_lower)
{
  return jinja_string (jinja_text_lower (context->run, self.string));
}

METHOD (method_upper)
{
  return jinja_string (jinja_text_upper (context->run, self.string));
}

METHOD (method_title)
{
  return jinja_string (jinja_text_title (context->run, self.string, FALSE));
}

METHOD (method_capitalize)
{
  return jinja_string (jinja_text_capitalize (context->run, self.string));
}

METHOD (method_join)
{
  JinjaRun *run = context->run;
  JinjaList *list = jinja_iterate (run, bound[0]);
  JinjaBuffer *buffer = jinja_buffer_new (run);

  for (gsize i = 0; i < list->n_items; i++)
    {
      if (i > 0)
        jinja_buffer_add_string (run, buffer, self.string);
      jinja_buffer_add_string (run, buffer, need_string (context, list->items[i], "iterable"));
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

METHOD (method_format)
{
  return jinja_string (jinja_format_braces (context->run, self.string, arguments));
}

static JinjaValue
pad (JinjaContext     *context,
     JinjaValue        self,
     const JinjaValue *bound,
     gboolean          left,
     gboolean          right)
{
  JinjaString *fill = jinja_argument_string (context, bound[1], "fillchar");

  if (fill != NULL && jinja_string_count (context->run, fill) != 1)
    jinja_fail (context->run, _("text is filled up with one character."));
  return jinja_string (jinja_text_pad (context->run, self.string,
                                       jinja_argument_integer (context, bound[0], "width", 0),
                                       fill, left, right));
}

METHOD (method_center)
{
  return pad (context, self, bound, TRUE, TRUE);
}

METHOD (method_ljust)
{
  return pad (context, self, bound, FALSE, TRUE);
}

METHOD (method_rjust)
{
  return pad (context, self, bound, TRUE, FALSE);
}

METHOD (method_zfill)
{
  static const JinjaString zero = JINJA_ASCII ("0");
  JinjaRun *run = context->run;
  gint64 width = jinja_argument_integer (context, bound[0], "width", 0);
  JinjaString *string = self.string;
  gsize n_sign = string->length > 0 && (string->bytes[0] == '-' || string->bytes[0] == '+');
  JinjaString *digits = jinja_string_cut (run, string, n_sign, string->length - n_sign);

  digits = jinja_text_pad (run, digits, width - (gint64) n_sign, &zero, TRUE, FALSE);
  return jinja_string (jinja_string_join (run, jinja_string_cut (run, string, 0, n_sign), digits));
}

static JinjaValue
all_are (JinjaContext *context,
         JinjaValue    self,
         gboolean (*is_kind) (gunichar c))
{
  gsize next;

  jinja_work_bytes (context->run, self.string->length * 4);
  for (gsize at = 0; at < self.string->length; at = next)
    if (!is_kind (jinja_string_get_char (self.string, at, &next)))
      return jinja_boolean (FALSE);
  return jinja_boolean (self.string->length > 0);
}

METHOD (method_isdigit)
{
  return all_are (context, self, g_unichar_isdigit);
}

METHOD (method_isalpha)
{
  return all_are (context, self, g_unichar_isalpha);
}

METHOD (method_isalnum)
{
  return all_are (context, self, g_unichar_isalnum);
}

METHOD (method_isspace)
{
  return all_are (context, self, jinja_is_space);
}

static JinjaValue
ask_test (JinjaContext         *context,
          JinjaValue            self,
          const JinjaArguments *arguments,
          const char           *test)
{
  return jinja_call_builtin (context, jinja_find_test (test), self, arguments);
}

METHOD (method_isupper)
{
  return ask_test (context, self, arguments, "upper");
}

METHOD (method_islower)
{
  return ask_test (context, self, arguments, "lower");
}

const JinjaBuiltin jinja_string_methods[] = {
  { "strip", "chars?", method_strip },
  { "lstrip", "chars?", method_lstrip },
  { "rstrip", "chars?", method_rstrip },
  { "split", "sep? maxsplit?", method_split },
  { "rsplit", "sep? maxsplit?", method_rsplit },
  { "splitlines", "keepends?", method_splitlines },
  { "partition", "sep", method_partition },
  { "rpartition", "sep", method_rpartition },
  { "find", "sub start? end?", method_find },
  { "rfind", "sub start? end?", method_rfind },
  { "index", "sub start? end?", method_index },
  { "rindex", "sub start? end?", method_rindex },
  { "count", "sub start? end?", method_count },
  { "startswith", "prefix start? end?", method_startswith },
  { "endswith", "suffix start? end?", method_endswith },
  { "removeprefix", "prefix", method_removeprefix },
  { "removesuffix", "suffix", method_removesuffix },
  { "replace", "old new count?", method_replace },
  { "lower", "", method_lower },
  { "casefold", "", method_lower },
  { "upper", "", method_upper },
  { "title", "", method_title },
  { "capitalize", "", method_capitalize },
  { "join", "iterable", method_join },
  { "format", NULL, method_format },
  { "center", "width fillchar?", method_center },
  { "ljust", "width fillchar?", method_ljust },
  { "rjust", "width fillchar?", method_rjust },
  { "zfill", "width", method_zfill },
  { "isdigit", "", method_isdigit },
  { "isdecimal", "", method_isdigit },
  { "isnumeric", "", method_isdigit },
  { "isalpha", "", method_isalpha },
  { "isalnum", "", method_isalnum },
  { "isspace", "", method_isspace },
  { "isupper", "", method_isupper },
  { "islower", "", method_islower },
  { NULL },
};
