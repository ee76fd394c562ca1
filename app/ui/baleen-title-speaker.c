#include "baleen-title-speaker.h"

struct _BaleenTitleSpeaker
{
  GtkWindow *window; /* outlives us */
  char *title;       /* (owned) */
  char *words;       /* (owned) (nullable) said or about to be */
  gint64 changed;    /* monotonic */
  guint change_source;
  guint end_source;
};

/* Of all windows: nothing is to be said. */
static gboolean is_silent;

#define LEAST_MICROSECONDS G_USEC_PER_SEC
#define SAID_SECONDS 5

BaleenTitleSpeaker *
baleen_title_speaker_new (GtkWindow *window)
{
  BaleenTitleSpeaker *self = g_new0 (BaleenTitleSpeaker, 1);

  self->window = window;
  self->title = g_strdup ("");
  return self;
}

void
baleen_title_speaker_free (BaleenTitleSpeaker *self)
{
  g_clear_handle_id (&self->change_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  g_free (self->title);
  g_free (self->words);
  g_free (self);
}

static gboolean
end_cb (gpointer user_data)
{
  BaleenTitleSpeaker *self = user_data;

  self->end_source = 0;
  g_clear_pointer (&self->words, g_free);
  gtk_window_set_title (self->window, self->title);
  return G_SOURCE_REMOVE;
}

static gboolean
change_cb (gpointer user_data)
{
  BaleenTitleSpeaker *self = user_data;
  g_autofree char *title = self->words != NULL
                               ? g_strdup_printf ("%s — %s", self->words, self->title)
                               : g_strdup (self->title);

  self->change_source = 0;
  self->changed = g_get_monotonic_time ();
  gtk_window_set_title (self->window, title);
  g_clear_handle_id (&self->end_source, g_source_remove);
  if (self->words != NULL)
    self->end_source = g_timeout_add_seconds (SAID_SECONDS, end_cb, self);
  return G_SOURCE_REMOVE;
}

/* What is said within the same second replaces what waits. */
static void
change (BaleenTitleSpeaker *self)
{
  const gint64 wait = self->changed + LEAST_MICROSECONDS - g_get_monotonic_time ();

  if (self->change_source != 0)
    return;
  if (wait <= 0)
    change_cb (self);
  else
    self->change_source = g_timeout_add (wait / 1000 + 1, change_cb, self);
}

void
baleen_title_speaker_set_title (BaleenTitleSpeaker *self,
                                const char         *title)
{
  if (g_str_equal (self->title, title))
    return;

  g_free (self->title);
  self->title = g_strdup (title);
  g_clear_pointer (&self->words, g_free);
  change (self);
}

void
baleen_title_speaker_set_speaks (gboolean speaks)
{
  is_silent = !speaks;
}

void
baleen_title_speaker_say (BaleenTitleSpeaker *self,
                          const char         *words)
{
  if (is_silent)
    return;
  g_free (self->words);
  self->words = g_strdup (words);
  change (self);
}
