/* What a device says on the engine thread, on its way to the main thread. */
#include "baleen-engine-service-private.h"

/* Loading is told in steps that people see. */
#define STEPS 100

typedef struct
{
  BaleenEngineService *service; /* (owned) */
  double loaded;
  BaleenDeviceNews news;
  char *sentence;               /* (owned) (nullable) NULL: it is about loading */
} Report;

static gboolean
report_cb (gpointer user_data)
{
  Report *report = user_data;

  if (report->sentence != NULL)
    baleen_engine_service_tell_news (report->service, report->news, report->sentence);
  else
    baleen_engine_service_tell_loaded (report->service, report->loaded);
  g_object_unref (report->service);
  g_free (report->sentence);
  g_free (report);
  return G_SOURCE_REMOVE;
}

static void
post (BaleenEngineService *self,
      Report               content)
{
  Report *report = g_memdup2 (&content, sizeof content);

  report->service = g_object_ref (self);
  g_main_context_invoke (NULL, report_cb, report);
}

static void
loaded (double   fraction,
        gpointer user_data)
{
  BaleenEngineService *self = user_data;
  const int step = (int) (fraction * STEPS);

  if (step == self->told_step)
    return;
  self->told_step = step;
  post (self, (Report) { .loaded = (double) step / STEPS });
}

static void
news (BaleenDeviceNews what,
      const char      *sentence,
      gpointer         user_data)
{
  post (user_data, (Report) { .news = what, .sentence = g_strdup (sentence) });
}

/* Loading makes way when the program is closing, and for another model. */
static gboolean
is_cancelled (gpointer user_data)
{
  BaleenEngineService *self = user_data;
  gboolean is_closing;

  g_mutex_lock (&self->lock);
  is_closing = self->is_closing;
  g_mutex_unlock (&self->lock);
  return is_closing;
}

void
baleen_engine_service_listen (BaleenEngineService *self)
{
  self->listener = (BaleenDeviceListener) {
    .loaded = loaded, .news = news, .is_cancelled = is_cancelled, .user_data = self,
  };
}
