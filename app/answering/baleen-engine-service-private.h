/* What the service's two sides share: baleen-engine-service.c is called from the main thread
 * and others, baleen-engine-thread.c is the engine thread. */
#pragma once

#include "baleen-engine-service.h"
#include "engine-queue.h"
#include "warm-models.h"

#include <gio/gio.h>

G_BEGIN_DECLS

struct _BaleenEngineService
{
  GObject parent_instance;

  const BaleenBackend *backend;
  GThread *thread; /* (owned) (nullable) once closed */

  BaleenEngineStatus status;
  char *path;         /* (owned) (nullable) */
  char *loading_path; /* (owned) (nullable) */
  char *device;       /* (owned) for the next load */
  BaleenModelFacts facts;
  double loaded;      /* of the model being loaded, 0 … 1 */

  BaleenDeviceListener listener;
  int told_step; /* the engine thread's: of loading, in hundredths */
  GMemoryMonitor *memory_monitor; /* (owned) */

  BaleenWarmModels warm;          /* the engine thread's, as what follows */
  char *stamp;                    /* (owned) (nullable) of the model */
  BaleenModelFacts model_facts;   /* of it, as it was opened */
  gpointer model; /* (owned) (nullable) the engine thread's; the pointer under both locks */
  GRWLock model_lock; /* held for reading while somebody counts: the model stays */

  GMutex lock; /* for what follows */
  GCond cond;  /* there is something to do */
  GQueue tasks;              /* (owned) of BaleenEngineTask */
  BaleenEngineTask *running; /* (nullable) held by the engine thread */
  guint idle_seconds;
  gboolean is_closing;
};

/* How a load went, on its way to the main thread. */
typedef struct
{
  BaleenEngineService *service; /* (owned) */
  char *path;                   /* (owned) */
  BaleenModelFacts facts;
  GError *error; /* (owned) (nullable) */
} BaleenEngineLoadReport;

/* Main thread; takes the report. */
gboolean baleen_engine_service_loaded_cb (gpointer user_data);

/* Main thread: how far loading is, and what the device went through. */
void baleen_engine_service_tell_loaded (BaleenEngineService *self,
                                        double               fraction);
void baleen_engine_service_tell_news (BaleenEngineService *self,
                                      BaleenDeviceNews     news,
                                      const char          *sentence);

/* From now on those are called for what a device says on the engine thread
 * (engine-listener.c). */
void baleen_engine_service_listen (BaleenEngineService *self);

/* The thread's function, given the service; returns once it is closing. */
gpointer baleen_engine_thread_run (gpointer user_data);

G_END_DECLS
