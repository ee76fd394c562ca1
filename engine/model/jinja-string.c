#include "jinja-string.h"

#include <glib/gi18n-lib.h>
#include <string.h>

JinjaString *
jinja_string_new (JinjaRun   *run,
                  const char *bytes,
                  gsize       length,
                  gboolean    is_input)
{
  JinjaString *string = jinja_new (run, JinjaString);

  string->bytes = bytes;
  string->length = length;
  string->n_chars = G_MAXSIZE;
  string->is_input = is_input;
  return string;
}

JinjaString *
jinja_string_from_text (JinjaRun   *run,
                        const char *text)
{
  gsize length = strlen (text);
  char *bytes = jinja_alloc_bytes (run, length);

  memcpy (bytes, text, length);
  return jinja_string_new (run, bytes, length, FALSE);
}

JinjaString *
jinja_string_cut (JinjaRun          *run,
                  const JinjaString *string,
                  gsize              start,
                  gsize              length)
{
  JinjaString *cut;

  g_assert (start <= string->length && length <= string->length - start);
  cut = jinja_string_new (run, string->bytes + start, length, string->is_input);
  if (string->mask != NULL)
    cut->mask = string->mask + start;
  if (length == string->length)
    {
      cut->buffer = string->buffer;
      cut->n_chars = string->n_chars;
    }
  return cut;
}

JinjaString *
jinja_string_join (JinjaRun          *run,
                   const JinjaString *left,
                   const JinjaString *right)
{
  JinjaBuffer *buffer = left->buffer;

  if (right->length == 0)
    return jinja_string_cut (run, left, 0, left->length);
  if (left->length == 0)
    return jinja_string_cut (run, right, 0, right->length);
  if (buffer == NULL || buffer->bytes != left->bytes || buffer->length != left->length)
    {
      buffer = jinja_buffer_new (run);
      jinja_buffer_add_string (run, buffer, left);
    }
  jinja_buffer_add_string (run, buffer, right);
  return jinja_buffer_to_string (run, buffer);
}

JinjaString *
jinja_string_repeat (JinjaRun          *run,
                     const JinjaString *string,
                     gint64             times)
{
  JinjaBuffer *buffer = jinja_buffer_new (run);
  gsize whole;

  if (times <= 0 || string->length == 0)
    return jinja_buffer_to_string (run, buffer);
  if (__builtin_mul_overflow (string->length, (gsize) times, &whole) || whole > run->memory_left)
    jinja_fail (run, _("it needs more memory than a template may use."));
  for (gint64 i = 0; i < times; i++)
    {
      jinja_work (run, 1);
      jinja_buffer_add_string (run, buffer, string);
    }
  return jinja_buffer_to_string (run, buffer);
}

const char *
jinja_string_to_text (JinjaRun          *run,
                      const JinjaString *string)
{
  char *text = jinja_alloc_bytes (run, string->length + 1);

  memcpy (text, string->bytes, string->length);
  text[string->length] = '\0';
  return text;
}

gsize
jinja_string_count (JinjaRun    *run,
                    JinjaString *string)
{
  if (string->n_chars == G_MAXSIZE)
    {
      gsize n = 0;

      jinja_work_bytes (run, string->length);
      for (gsize i = 0; i < string->length; i++)
        n += ((guint8) string->bytes[i] & 0xC0) != 0x80;
      string->n_chars = n;
    }
  return string->n_chars;
}

gsize
jinja_string_offset (JinjaRun    *run,
                     JinjaString *string,
                     gsize        index)
{
  gsize n_chars = jinja_string_count (run, string);
  const char *p = string->bytes;

  if (n_chars == string->length || index == 0)
    return index;
  if (index >= n_chars)
    return string->length;
  jinja_work_bytes (run, index * 4);
  for (gsize i = 0; i < index; i++)
    p = g_utf8_next_char (p);
  return p - string->bytes;
}

gunichar
jinja_string_get_char (const JinjaString *string,
                       gsize              offset,
                       gsize             *next)
{
  const char *p = string->bytes + offset;

  *next = g_utf8_next_char (p) - string->bytes;
  return g_utf8_get_char (p);
}

gboolean
jinja_string_is (const JinjaString *string,
                 const char        *text)
{
  gsize length = strlen (text);

  return string->length == length && memcmp (string->bytes, text, length) == 0;
}

gboolean
jinja_string_equal (JinjaRun          *run,
                    const JinjaString *left,
                    const JinjaString *right)
{
  if (left->length != right->length)
    return FALSE;
  jinja_work_bytes (run, left->length);
  return memcmp (left->bytes, right->bytes, left->length) == 0;
}

int
jinja_string_compare (JinjaRun          *run,
                      const JinjaString *left,
                      const JinjaString *right)
{
  gsize shorter = MIN (left->length, right->length);
  int order;

  /* The order of UTF-8 bytes is the order of characters. */
  jinja_work_bytes (run, shorter);
  order = memcmp (left->bytes, right->bytes, shorter);
  if (order != 0)
    return order < 0 ? -1 : 1;
  return left->length < right->length ? -1 : left->length > right->length;
}

gssize
jinja_string_find (JinjaRun          *run,
                   const JinjaString *string,
                   const JinjaString *needle,
                   gsize              from)
{
  const char *found;

  if (from > string->length)
    return -1;
  if (needle->length == 0)
    return from;
  found = memmem (string->bytes + from, string->length - from, needle->bytes, needle->length);
  jinja_work_bytes (run, found != NULL ? found - string->bytes - from : string->length - from);
  return found != NULL ? found - string->bytes : -1;
}

gssize
jinja_string_find_last (JinjaRun          *run,
                        const JinjaString *string,
                        const JinjaString *needle,
                        gsize              until)
{
  if (needle->length > until)
    return -1;
  for (gsize at = until - needle->length;; at--)
    {
      jinja_work_bytes (run, needle->length);
      if (memcmp (string->bytes + at, needle->bytes, needle->length) == 0)
        return at;
      if (at == 0)
        return -1;
    }
}

gboolean
jinja_string_starts (const JinjaString *string,
                     const JinjaString *prefix)
{
  return prefix->length <= string->length
         && memcmp (string->bytes, prefix->bytes, prefix->length) == 0;
}

gboolean
jinja_string_ends (const JinjaString *string,
                   const JinjaString *suffix)
{
  return suffix->length <= string->length
         && memcmp (string->bytes + string->length - suffix->length, suffix->bytes,
                    suffix->length) == 0;
}

static gboolean
is_among (const JinjaString *chars,
          gunichar           c)
{
  gsize next;

  if (chars == NULL)
    return jinja_is_space (c);
  for (gsize at = 0; at < chars->length; at = next)
    if (jinja_string_get_char (chars, at, &next) == c)
      return TRUE;
  return FALSE;
}

JinjaString *
jinja_string_strip (JinjaRun          *run,
                    const JinjaString *string,
                    const JinjaString *chars,
                    gboolean           left,
                    gboolean           right)
{
  gsize start = 0, end = string->length;
  gsize cost = chars != NULL ? 1 + chars->length / 16 : 1;
  gsize next;

  while (left && start < end)
    {
      jinja_work (run, cost);
      if (!is_among (chars, jinja_string_get_char (string, start, &next)))
        break;
      start = next;
    }
  while (right && start < end)
    {
      const char *last = g_utf8_prev_char (string->bytes + end);

      jinja_work (run, cost);
      if (!is_among (chars, g_utf8_get_char (last)))
        break;
      end = last - string->bytes;
    }
  return jinja_string_cut (run, string, start, end - start);
}

gboolean
jinja_is_space (gunichar c)
{
  if (c < 0x80)
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
         || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

JinjaBuffer *
jinja_buffer_new (JinjaRun *run)
{
  return jinja_new (run, JinjaBuffer);
}

static void
reserve (JinjaRun    *run,
         JinjaBuffer *buffer,
         gsize        more)
{
  gsize needed, capacity;
  char *bytes;

  if (__builtin_add_overflow (buffer->length, more, &needed) || needed > G_MAXSIZE / 4)
    jinja_fail (run, _("it needs more memory than a template may use."));
  if (needed <= buffer->capacity)
    return;
  capacity = MAX (needed + needed / 4, buffer->capacity * 2);
  capacity = MAX (capacity, 64);
  bytes = jinja_alloc_bytes (run, capacity);
  if (buffer->length > 0)
    memcpy (bytes, buffer->bytes, buffer->length);
  if (buffer->mask != NULL)
    {
      guint8 *mask = jinja_alloc_bytes (run, capacity);

      memcpy (mask, buffer->mask, buffer->length);
      buffer->mask = mask;
    }
  jinja_work_bytes (run, buffer->length);
  buffer->bytes = bytes;
  buffer->capacity = capacity;
}

static void
start_mask (JinjaRun    *run,
            JinjaBuffer *buffer)
{
  if (buffer->mask != NULL)
    return;
  buffer->mask = jinja_alloc_bytes (run, buffer->capacity);
  memset (buffer->mask, buffer->is_input, buffer->length);
}

void
jinja_buffer_add (JinjaRun    *run,
                  JinjaBuffer *buffer,
                  const char  *bytes,
                  gsize        length,
                  gboolean     is_input)
{
  if (length == 0)
    return;
  reserve (run, buffer, length);
  jinja_work_bytes (run, length);
  if (buffer->length == 0)
    {
      buffer->mask = NULL;
      buffer->is_input = !!is_input;
    }
  else if (buffer->mask == NULL && buffer->is_input != !!is_input)
    start_mask (run, buffer);
  memcpy (buffer->bytes + buffer->length, bytes, length);
  if (buffer->mask != NULL)
    memset (buffer->mask + buffer->length, !!is_input, length);
  buffer->length += length;
}

void
jinja_buffer_add_text (JinjaRun    *run,
                       JinjaBuffer *buffer,
                       const char  *text)
{
  jinja_buffer_add (run, buffer, text, strlen (text), FALSE);
}

void
jinja_buffer_add_cut (JinjaRun          *run,
                      JinjaBuffer       *buffer,
                      const JinjaString *string,
                      gsize              start,
                      gsize              length)
{
  if (string->mask == NULL)
    {
      jinja_buffer_add (run, buffer, string->bytes + start, length, string->is_input);
      return;
    }
  if (length == 0)
    return;
  reserve (run, buffer, length);
  jinja_work_bytes (run, 2 * length);
  start_mask (run, buffer);
  memcpy (buffer->bytes + buffer->length, string->bytes + start, length);
  memcpy (buffer->mask + buffer->length, string->mask + start, length);
  buffer->length += length;
}

void
jinja_buffer_add_string (JinjaRun          *run,
                         JinjaBuffer       *buffer,
                         const JinjaString *string)
{
  jinja_buffer_add_cut (run, buffer, string, 0, string->length);
}

void
jinja_buffer_add_char (JinjaRun    *run,
                       JinjaBuffer *buffer,
                       gunichar     c,
                       gboolean     is_input)
{
  char bytes[6];

  jinja_buffer_add (run, buffer, bytes, g_unichar_to_utf8 (c, bytes), is_input);
}

JinjaString *
jinja_buffer_to_string (JinjaRun    *run,
                        JinjaBuffer *buffer)
{
  JinjaString *string = jinja_string_new (run, buffer->bytes != NULL ? buffer->bytes : "",
                                          buffer->length, buffer->is_input);

  string->mask = buffer->mask;
  string->buffer = buffer;
  return string;
}

gboolean
jinja_string_is_input (const JinjaString *string,
                       gsize              offset)
{
  return string->mask != NULL ? string->mask[offset] : string->is_input;
}
