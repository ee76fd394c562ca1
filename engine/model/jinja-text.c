#include "jinja-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LARGE_SHARP_S 0x1E9E

/* `previous` is the character before, 0 for the first. */
typedef gunichar (*MapFunc) (gunichar c,
                             gunichar previous);

static gunichar
map_lower (gunichar c,
           gunichar previous)
{
  return g_unichar_tolower (c);
}

static gunichar
map_upper (gunichar c,
           gunichar previous)
{
  return c == 0xDF ? LARGE_SHARP_S : g_unichar_toupper (c);
}

static gunichar
map_first (gunichar c,
           gboolean is_first)
{
  if (is_first && c == 0xDF)
    return LARGE_SHARP_S;
  return is_first ? g_unichar_totitle (c) : g_unichar_tolower (c);
}

static gunichar
map_capital (gunichar c,
             gunichar previous)
{
  return map_first (c, previous == 0);
}

static gunichar
map_title (gunichar c,
           gunichar previous)
{
  return map_first (c, !(g_unichar_isupper (previous) || g_unichar_islower (previous)
                         || g_unichar_istitle (previous)));
}

static gunichar
map_title_by_space (gunichar c,
                    gunichar previous)
{
  gboolean is_first = previous == 0 || jinja_is_space (previous)
                      || (previous < 0x80 && strchr ("-({[<", previous) != NULL);

  return is_first ? map_upper (c, previous) : g_unichar_tolower (c);
}

static JinjaString *
map_chars (JinjaRun          *run,
           const JinjaString *string,
           MapFunc            map)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);
  gunichar previous = 0;
  gsize next;

  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);
      gboolean is_input = jinja_string_is_input (string, at);
      gunichar mapped = map (c, previous);

      /* The one letter in common use whose large form is two. */
      if (mapped == LARGE_SHARP_S && c != mapped)
        jinja_buffer_add (run, buffer, map == map_capital || map == map_title ? "Ss" : "SS", 2,
                          is_input);
      else
        jinja_buffer_add_char (run, buffer, mapped, is_input);
      previous = c;
    }
  return jinja_buffer_to_string (run, buffer);
}

JinjaString *
jinja_text_lower (JinjaRun          *run,
                  const JinjaString *string)
{
  return map_chars (run, string, map_lower);
}

JinjaString *
jinja_text_upper (JinjaRun          *run,
                  const JinjaString *string)
{
  return map_chars (run, string, map_upper);
}

JinjaString *
jinja_text_capitalize (JinjaRun          *run,
                       const JinjaString *string)
{
  return map_chars (run, string, map_capital);
}

JinjaString *
jinja_text_title (JinjaRun          *run,
                  const JinjaString *string,
                  gboolean           by_space)
{
  return map_chars (run, string, by_space ? map_title_by_space : map_title);
}

/* An empty `old` stands before every character and at the end. */
static JinjaString *
insert_between (JinjaRun          *run,
                const JinjaString *string,
                const JinjaString *new,
                gint64             count)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);
  gsize next;

  for (gsize at = 0; at < string->length; at = next)
    {
      jinja_string_get_char (string, at, &next);
      if (count != 0)
        jinja_buffer_add_string (run, buffer, new);
      count -= count > 0;
      jinja_buffer_add_cut (run, buffer, string, at, next - at);
    }
  if (count != 0)
    jinja_buffer_add_string (run, buffer, new);
  return jinja_buffer_to_string (run, buffer);
}

JinjaString *
jinja_text_replace (JinjaRun          *run,
                    const JinjaString *string,
                    const JinjaString *old,
                    const JinjaString *new,
                    gint64             count)
{
  JinjaBuffer *buffer;
  gsize start = 0;
  gssize at;

  if (old->length == 0)
    return insert_between (run, string, new, count);
  at = jinja_string_find (run, string, old, 0);
  if (at < 0 || count == 0)
    return jinja_string_cut (run, string, 0, string->length);
  buffer = jinja_buffer_new (run);
  for (; at >= 0 && count != 0; at = jinja_string_find (run, string, old, start))
    {
      jinja_buffer_add_cut (run, buffer, string, start, at - start);
      jinja_buffer_add_string (run, buffer, new);
      start = at + old->length;
      count -= count > 0;
    }
  jinja_buffer_add_cut (run, buffer, string, start, string->length - start);
  return jinja_buffer_to_string (run, buffer);
}

static void
add_part (JinjaRun          *run,
          JinjaList         *list,
          const JinjaString *string,
          gsize              start,
          gsize              end)
{
  jinja_list_append (run, list, jinja_string (jinja_string_cut (run, string, start, end - start)));
}

static void
reverse (JinjaList *list)
{
  for (gsize i = 0; i < list->n_items / 2; i++)
    {
      JinjaValue value = list->items[i];

      list->items[i] = list->items[list->n_items - 1 - i];
      list->items[list->n_items - 1 - i] = value;
    }
}

static JinjaList *
split_words (JinjaRun          *run,
             const JinjaString *string,
             gint64             max)
{
  JinjaList *list = jinja_list_new (run);
  const JinjaString *rest = jinja_string_strip (run, string, NULL, TRUE, FALSE);
  gsize start = 0, next;
  gboolean is_word = FALSE;

  for (gsize at = 0; at < rest->length; at = next)
    {
      gboolean is_space = jinja_is_space (jinja_string_get_char (rest, at, &next));

      jinja_work_bytes (run, 8);
      if (is_word && is_space)
        {
          add_part (run, list, rest, start, at);
          max -= max > 0;
          is_word = FALSE;
        }
      else if (!is_word && !is_space)
        {
          start = at;
          is_word = TRUE;
          if (max == 0)
            break;
        }
    }
  if (is_word)
    add_part (run, list, rest, start, rest->length);
  return list;
}

static JinjaList *
split_words_from_right (JinjaRun          *run,
                        const JinjaString *string,
                        gint64             max)
{
  JinjaList *list = jinja_list_new (run);
  const JinjaString *rest = jinja_string_strip (run, string, NULL, FALSE, TRUE);

  while (rest->length > 0)
    {
      gsize at = rest->length;

      while (at > 0 && max != 0)
        {
          const char *last = g_utf8_prev_char (rest->bytes + at);

          jinja_work_bytes (run, 8);
          if (jinja_is_space (g_utf8_get_char (last)))
            break;
          at = last - rest->bytes;
        }
      if (max == 0)
        at = 0;
      add_part (run, list, rest, at, rest->length);
      rest = jinja_string_strip (run, jinja_string_cut (run, rest, 0, at), NULL, FALSE, TRUE);
      max -= max > 0;
    }
  reverse (list);
  return list;
}

JinjaList *
jinja_text_split (JinjaRun          *run,
                  const JinjaString *string,
                  const JinjaString *separator,
                  gint64             max,
                  gboolean           from_right)
{
  JinjaList *list = jinja_list_new (run);
  gsize start = 0, end = string->length;
  gssize at;

  if (separator == NULL)
    return from_right ? split_words_from_right (run, string, max)
                      : split_words (run, string, max);
  if (separator->length == 0)
    jinja_fail (run, _("a string cannot be split at nothing."));
  if (!from_right)
    {
      for (; max != 0 && (at = jinja_string_find (run, string, separator, start)) >= 0;
           max -= max > 0)
        {
          add_part (run, list, string, start, at);
          start = at + separator->length;
        }
      add_part (run, list, string, start, end);
      return list;
    }
  for (; max != 0 && (at = jinja_string_find_last (run, string, separator, end)) >= 0;
       max -= max > 0)
    {
      add_part (run, list, string, at + separator->length, end);
      end = at;
    }
  add_part (run, list, string, 0, end);
  reverse (list);
  return list;
}

static gboolean
ends_line (gunichar c)
{
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028
         || c == 0x2029;
}

JinjaList *
jinja_text_lines (JinjaRun          *run,
                  const JinjaString *string,
                  gboolean           keeps_ends)
{
  JinjaList *list = jinja_list_new (run);
  gsize start = 0, next;

  for (gsize at = 0; at < string->length; at = next)
    {
      gunichar c = jinja_string_get_char (string, at, &next);

      jinja_work_bytes (run, 4);
      if (!ends_line (c))
        continue;
      if (c == '\r' && next < string->length && string->bytes[next] == '\n')
        next++;
      add_part (run, list, string, start, keeps_ends ? next : at);
      start = next;
    }
  if (start < string->length)
    add_part (run, list, string, start, string->length);
  return list;
}

gint64
jinja_text_count (JinjaRun    *run,
                  JinjaString *string,
                  JinjaString *needle)
{
  gint64 n = 0;
  gssize at;

  if (needle->length == 0)
    return jinja_string_count (run, string) + 1;
  for (gsize from = 0; (at = jinja_string_find (run, string, needle, from)) >= 0; n++)
    from = at + needle->length;
  return n;
}

JinjaString *
jinja_text_pad (JinjaRun          *run,
                JinjaString       *string,
                gint64             width,
                const JinjaString *fill,
                gboolean           left,
                gboolean           right)
{
  gint64 missing = width - (gint64) jinja_string_count (run, string);
  JinjaString space = JINJA_ASCII (" ");
  gint64 before;
  JinjaString *padded;

  if (width < 0 || missing <= 0)
    return string;
  if (fill == NULL)
    fill = &space;
  /* Python puts the odd one on the left if the width is odd. */
  before = !right ? missing : !left ? 0 : missing / 2 + (missing & width & 1);
  padded = jinja_string_join (run, jinja_string_repeat (run, fill, before), string);
  return jinja_string_join (run, padded, jinja_string_repeat (run, fill, missing - before));
}
