/* One thread that owns the model and does one thing after the other: loading, answering. All
 * of this is called on the main thread and returns at once. */
#pragma once

#include "baleen-answer-job.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_ENGINE_EMPTY, /* no model, nothing asked */
  BALEEN_ENGINE_LOADING,
  BALEEN_ENGINE_READY,
} BaleenEngineStatus;

#define BALEEN_TYPE_ENGINE_SERVICE (baleen_engine_service_get_type ())
G_DECLARE_FINAL_TYPE (BaleenEngineService,
                      baleen_engine_service,
                      BALEEN,
                      ENGINE_SERVICE,
                      GObject)

BaleenEngineService *baleen_engine_service_new (const BaleenBackend *backend);

/* Loads after what is running. Only when the new model stands is the old one given up: a load
 * that fails keeps it and emits ::load-failed (char *path, char *sentence, int remedy). */
void baleen_engine_service_load (BaleenEngineService *self,
                                 const char          *path);

/* Answers with the model loaded by then. Needs READY. */
void baleen_engine_service_answer (BaleenEngineService *self,
                                   BaleenAnswerJob     *job);
/* The job ends as STOPPED within a token, before it began too. */
void baleen_engine_service_stop (BaleenEngineService *self,
                                 BaleenAnswerJob     *job);

/* Stops everything and joins the thread. */
void baleen_engine_service_close (BaleenEngineService *self);

/* Changes are told by notify::status; a load of another model passes LOADING. */
BaleenEngineStatus baleen_engine_service_get_status (BaleenEngineService *self);
/* Of the model that answers now; NULL without one. */
const char *baleen_engine_service_get_path (BaleenEngineService *self);
const BaleenModelFacts *baleen_engine_service_get_facts (BaleenEngineService *self);
/* What is being loaded; NULL when nothing is. */
const char *baleen_engine_service_get_loading_path (BaleenEngineService *self);

G_END_DECLS
