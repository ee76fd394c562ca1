/* One thread that owns the model and does one thing after the other: loading, answering, and
 * in the time that is left batches, by their priority. All of this is called on the main
 * thread and returns at once, unless it says otherwise. */
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

/* Loads after what is running. What was loaded before stays in memory while there is enough, so
 * that switching back takes no time. Only when the new model stands is the old one given up: a load
 * that fails keeps it and emits ::load-failed (char *path, char *sentence, int remedy).
 *
 * A device that goes wrong and is mended, while loading or answering, emits ::device-news (int
 * news, a BaleenDeviceNews; char *sentence). */
void baleen_engine_service_load (BaleenEngineService *self,
                                 const char          *path);

/* Answers with the model loaded by then. Needs READY. */
void baleen_engine_service_answer (BaleenEngineService *self,
                                   BaleenAnswerJob     *job);
/* The job ends as STOPPED within a token, before it began too. */
void baleen_engine_service_stop (BaleenEngineService *self,
                                 BaleenAnswerJob     *job);

/* Runs a batch below the conversation: it stands still while something of a higher priority
 * is done and goes on afterwards. Items are told as they end, in the caller's main context; so
 * is the end. Any thread that has a main context of its own. Errors are BALEEN_BACKEND_ERROR:
 * no model, no memory, or another model was loaded meanwhile; or G_IO_ERROR_CANCELLED. Items
 * told before stay told. */
void baleen_engine_service_run_batch_async (BaleenEngineService *self,
                                            BaleenBatch         *batch,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean baleen_engine_service_run_batch_finish (BaleenEngineService *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
/* The same for a thread that does nothing else meanwhile; never the main thread. */
gboolean baleen_engine_service_run_batch (BaleenEngineService *self,
                                          BaleenBatch         *batch,
                                          GCancellable        *cancellable,
                                          GError             **error);

/* What the prompt of a request comes to with the model that is loaded. Takes as long as its
 * text is: some milliseconds for a thousand tokens. Any thread. */
BaleenPromptCount *baleen_engine_service_count (BaleenEngineService *self,
                                                const BaleenRequest *request,
                                                GError             **error);

/* Where models loaded from now on run: "auto", "cpu", "vulkan" or "vulkan:N". */
void baleen_engine_service_set_device (BaleenEngineService *self,
                                       const char          *device);
/* Gives device and memory back once nothing was asked for so many seconds; 0, the default:
 * never. The next answer takes them again. */
void baleen_engine_service_set_idle_seconds (BaleenEngineService *self,
                                             guint                seconds);
/* The same now, after what is running. */
void baleen_engine_service_sleep (BaleenEngineService *self);

/* As when the system says that memory is short: gives back what models hold that were switched
 * away from, and with `sleeps` what the current one holds, once it does not answer. */
void baleen_engine_service_relieve (BaleenEngineService *self,
                                    gboolean             sleeps);

/* Stops everything and joins the thread. */
void baleen_engine_service_close (BaleenEngineService *self);

/* Changes are told by notify::status; a load of another model passes LOADING. */
BaleenEngineStatus baleen_engine_service_get_status (BaleenEngineService *self);
/* How much of the model being loaded has reached its device, 0 … 1; 0 where that is not known.
 * Changes come with notify::status. */
double baleen_engine_service_get_loaded (BaleenEngineService *self);
/* Of the model that answers now; NULL without one. */
const char *baleen_engine_service_get_path (BaleenEngineService *self);
const BaleenModelFacts *baleen_engine_service_get_facts (BaleenEngineService *self);
/* What is being loaded; NULL when nothing is. */
const char *baleen_engine_service_get_loading_path (BaleenEngineService *self);

G_END_DECLS
