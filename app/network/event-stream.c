#include "event-stream.h"

#include <string.h>

#define MOST_EVENT (4 << 20)

struct _EventStream
{
  EventStreamFunc func;
  gpointer user_data;
  GString *line;  /* (owned) */
  GString *data;  /* (owned) of the event, its lines joined by newlines */
  gboolean has_data;
  gboolean is_after_return; /* a newline now belongs to the carriage return before it */
  gboolean is_over;
};

EventStream *
event_stream_new (EventStreamFunc func,
                  gpointer        user_data)
{
  EventStream *stream = g_new0 (EventStream, 1);

  stream->func = func;
  stream->user_data = user_data;
  stream->line = g_string_new (NULL);
  stream->data = g_string_new (NULL);

  return stream;
}

void
event_stream_free (EventStream *stream)
{
  g_string_free (stream->line, TRUE);
  g_string_free (stream->data, TRUE);
  g_free (stream);
}

static void
end_event (EventStream *stream)
{
  if (stream->has_data && !stream->func (stream->data->str, stream->user_data))
    stream->is_over = TRUE;
  g_string_truncate (stream->data, 0);
  stream->has_data = FALSE;
}

static void
end_line (EventStream *stream)
{
  const char *value;

  if (stream->line->len == 0)
    end_event (stream);
  else if (g_str_has_prefix (stream->line->str, "data:"))
    {
      value = stream->line->str + strlen ("data:");
      if (stream->has_data)
        g_string_append_c (stream->data, '\n');
      g_string_append (stream->data, *value == ' ' ? value + 1 : value);
      stream->has_data = TRUE;
    }
  g_string_truncate (stream->line, 0);
}

gboolean
event_stream_push (EventStream *stream,
                   const char  *bytes,
                   gsize        length)
{
  for (gsize i = 0; i < length && !stream->is_over; i++)
    {
      if (bytes[i] == '\n' && stream->is_after_return)
        stream->is_after_return = FALSE;
      else if (bytes[i] == '\n' || bytes[i] == '\r')
        {
          stream->is_after_return = bytes[i] == '\r';
          end_line (stream);
        }
      else
        {
          stream->is_after_return = FALSE;
          g_string_append_c (stream->line, bytes[i]);
        }
      stream->is_over |= stream->line->len + stream->data->len > MOST_EVENT;
    }

  return !stream->is_over;
}

void
event_stream_finish (EventStream *stream)
{
  if (!stream->is_over && stream->line->len > 0)
    end_line (stream);
  if (!stream->is_over)
    end_event (stream);
}
