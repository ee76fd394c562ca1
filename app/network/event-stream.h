/* Server-sent events as they come in, cut anywhere (WHATWG HTML, 9.2.6). Only their data
 * matters here; pure text work. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EventStream EventStream;

/* FALSE ends the stream. */
typedef gboolean (*EventStreamFunc) (const char *data,
                                     gpointer    user_data);

EventStream *event_stream_new (EventStreamFunc func,
                               gpointer        user_data);
void event_stream_free (EventStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EventStream, event_stream_free)

/* FALSE once the function ended it, or one event is larger than any should be. */
gboolean event_stream_push (EventStream *stream,
                            const char  *bytes,
                            gsize        length);
/* What servers forget: the empty line after the last event. */
void event_stream_finish (EventStream *stream);

G_END_DECLS
