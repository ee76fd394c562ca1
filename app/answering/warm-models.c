#include "warm-models.h"

#include "model-setup.h"

#include <glib/gstdio.h>
#include <string.h>

/* More are hardly switched between, and what they take is taken from other programs. */
#define MOST_MODELS 2u

typedef struct
{
  gpointer model;
  char *stamp;
  BaleenModelFacts facts;
} Warm;

static void
warm_close (BaleenWarmModels *self,
            Warm             *warm)
{
  self->backend->close (warm->model);
  baleen_model_facts_clear (&warm->facts);
  g_free (warm->stamp);
  g_free (warm);
}

void
baleen_warm_models_init (BaleenWarmModels    *self,
                         const BaleenBackend *backend)
{
  self->backend = backend;
  g_queue_init (&self->models);
}

char *
baleen_warm_models_make_stamp (const char *path,
                               const char *device)
{
  g_auto (BaleenModelSetup) setup = { 0 };
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return NULL;
  baleen_model_setup_load (&setup, path);
  return g_strdup_printf ("%s\n%s\n%s\n%u %d\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                          path, device, setup.adapter != NULL ? setup.adapter : "",
                          setup.n_context, baleen_model_setup_has_small_kv (&setup),
                          (gint64) status.st_size, (gint64) status.st_mtim.tv_sec,
                          status.st_mtim.tv_nsec);
}

gboolean
baleen_warm_models_is_same_file (const char *stamp,
                                 const char *other)
{
  const gsize length = stamp != NULL ? strcspn (stamp, "\n") : 0;

  return stamp != NULL && other != NULL && strcspn (other, "\n") == length
         && strncmp (stamp, other, length) == 0;
}

static gboolean
is_short_of_memory (BaleenWarmModels *self)
{
  return self->backend->has_room != NULL && !self->backend->has_room (NULL, NULL);
}

void
baleen_warm_models_put (BaleenWarmModels       *self,
                        gpointer                model,
                        const char             *stamp,
                        const BaleenModelFacts *facts)
{
  Warm *warm = g_new0 (Warm, 1);

  warm->model = model;
  warm->stamp = g_strdup (stamp);
  baleen_model_facts_copy (facts, &warm->facts);
  if (stamp == NULL)
    {
      warm_close (self, warm);
      return;
    }
  g_queue_push_head (&self->models, warm);
  while (self->models.length > MOST_MODELS)
    warm_close (self, g_queue_pop_tail (&self->models));
  if (is_short_of_memory (self))
    baleen_warm_models_drop (self);
}

gpointer
baleen_warm_models_take (BaleenWarmModels *self,
                         const char       *stamp,
                         BaleenModelFacts *facts)
{
  for (GList *l = self->models.head; l != NULL && stamp != NULL; l = l->next)
    {
      Warm *warm = l->data;
      gpointer model = warm->model;

      if (!g_str_equal (warm->stamp, stamp))
        continue;
      g_queue_delete_link (&self->models, l);
      *facts = warm->facts;
      g_free (warm->stamp);
      g_free (warm);
      return model;
    }
  return NULL;
}

gboolean
baleen_warm_models_drop (BaleenWarmModels *self)
{
  const gboolean had_some = self->models.length > 0;
  Warm *warm;

  while ((warm = g_queue_pop_head (&self->models)) != NULL)
    warm_close (self, warm);
  return had_some;
}
