#include "points.h"

#include "coach.h"

#include <string.h>

#define LEAST_POINTS 2

static void
take_lines (BaleenPoints *self,
            const char   *question)
{
  g_auto (GStrv) lines = g_strsplit (question, "\n", -1);
  g_autoptr (GRegex) item
      = g_regex_new ("^\\s*(?:\\d+[.)、．]|[-*•])\\s*(\\S.*?)\\s*$", G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GString) opening = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GMatchInfo) info = NULL;

      if (g_regex_match (item, lines[i], 0, &info))
        g_ptr_array_add (self->list, g_match_info_fetch (info, 1));
      else if (self->list->len == 0)
        g_string_append_printf (opening, "%s\n", lines[i]);
    }
  g_free (self->opening);
  self->opening = g_strstrip (g_strdup (opening->str));
}

/* Where the sentence that begins at `text` ends. A full stop in a number ends none. */
static const char *
find_end (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (c == '?' || c == 0xff1f || c == 0x3002 || c == 0xff01
          || ((c == '.' || c == '!') && g_ascii_isspace (*next)))
        return next;
    }
  return text + strlen (text);
}

/* What is no question goes before all, since it tells what they are about. */
static void
take_questions (BaleenPoints *self,
                const char   *question)
{
  g_autoptr (GString) opening = g_string_new (NULL);
  const char *end;

  g_ptr_array_set_size (self->list, 0);
  for (const char *p = question; *p != '\0'; p = end)
    {
      g_autofree char *sentence = NULL;

      end = find_end (p);
      sentence = g_strstrip (g_strndup (p, end - p));
      if (g_str_has_suffix (sentence, "?") || g_str_has_suffix (sentence, "？"))
        g_ptr_array_add (self->list, g_steal_pointer (&sentence));
      else if (*sentence != '\0')
        g_string_append_printf (opening, "%s%s", opening->len > 0 ? " " : "", sentence);
    }
  g_free (self->opening);
  self->opening = g_strdup (opening->str);
}

/* Many things in one sentence or without question marks: the coach's better wording has them as
 * a list, below a line that is not part of the question. */
static void
take_what_coach_finds (BaleenPoints *self,
                       const char   *question)
{
  g_autoptr (BaleenAdvice) advice = baleen_coach_read (question, NULL, 0);

  for (guint i = 0; i < advice->hints->len; i++)
    {
      const BaleenHint *hint = advice->hints->pdata[i];

      if (hint->kind != BALEEN_HINT_LONG_MIXED)
        continue;
      g_ptr_array_set_size (self->list, 0);
      take_lines (self, hint->suggestion);
      g_clear_pointer (&self->opening, g_free);
      self->opening = g_strdup ("");
    }
}

BaleenPoints *
baleen_points_new (const char *question)
{
  g_autoptr (BaleenPoints) self = g_new0 (BaleenPoints, 1);

  self->list = g_ptr_array_new_with_free_func (g_free);
  take_lines (self, question);
  if (self->list->len < LEAST_POINTS)
    take_what_coach_finds (self, question);
  if (self->list->len < LEAST_POINTS)
    take_questions (self, question);
  return self->list->len >= LEAST_POINTS ? g_steal_pointer (&self) : NULL;
}

void
baleen_points_free (BaleenPoints *self)
{
  if (self == NULL)
    return;

  g_free (self->opening);
  g_ptr_array_unref (self->list);
  g_free (self);
}

char *
baleen_points_ask (const BaleenPoints *self,
                   guint               i)
{
  const char *point = self->list->pdata[i];

  return i == 0 && *self->opening != '\0' ? g_strconcat (self->opening, "\n\n", point, NULL)
                                          : g_strdup (point);
}

char *
baleen_points_get_heading (const BaleenPoints *self,
                           guint               i)
{
  return g_strdup_printf ("## %u. %s", i + 1, (const char *) self->list->pdata[i]);
}

BaleenOutline *
baleen_points_to_outline (const BaleenPoints *self)
{
  BaleenOutline *outline = baleen_outline_new ();

  outline->is_points = TRUE;
  outline->writes_all = TRUE;
  outline->opening = g_strdup (self->opening);
  for (guint i = 0; i < self->list->len; i++)
    baleen_outline_add (outline, self->list->pdata[i]);
  return outline;
}
