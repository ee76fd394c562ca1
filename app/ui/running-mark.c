#include "running-mark.h"

#include <glib/gstdio.h>
#include <utime.h>

#define NAME "running"

/* The sentence about it tells hours and minutes. */
#define SECONDS 60

struct _RunningMark
{
  char *path; /* (owned) */
  guint source;
};

/* Only the time of the file changes, which costs next to nothing. */
static gboolean
touch_cb (gpointer user_data)
{
  RunningMark *mark = user_data;

  g_utime (mark->path, NULL);
  return G_SOURCE_CONTINUE;
}

RunningMark *
running_mark_new (const char *folder,
                  gint64     *ended)
{
  RunningMark *mark = g_new0 (RunningMark, 1);
  GStatBuf status;

  mark->path = g_build_filename (folder, NAME, NULL);
  *ended = g_stat (mark->path, &status) == 0 ? status.st_mtime * G_USEC_PER_SEC : 0;
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents (mark->path, "", 0, NULL))
    mark->source = g_timeout_add_seconds (SECONDS, touch_cb, mark);
  return mark;
}

void
running_mark_free (RunningMark *mark)
{
  g_clear_handle_id (&mark->source, g_source_remove);
  g_unlink (mark->path);
  g_free (mark->path);
  g_free (mark);
}
