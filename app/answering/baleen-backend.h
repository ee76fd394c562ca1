/* What the engine service needs of a thing that answers: the engine in this process today,
 * a script in tests. All but stop(), resume() and count() are called on the engine thread. */
#pragma once

#include "baleen-batch.h"
#include "baleen-prompt-count.h"
#include "baleen-request.h"

G_BEGIN_DECLS

/* What is known of a model once it is loaded. */
typedef struct
{
  char *name;  /* (owned) */
  char *place; /* (owned) (nullable) what of it lies where, in words */
  char *host;  /* (owned) (nullable) where what is asked goes; NULL: nowhere */
  char *adapter; /* (owned) (nullable) that runs beside it: its name */
  gint64 n_context;
  gboolean can_think;
  guint n_parallel; /* sequences that there is memory for side by side; 0: not known */
} BaleenModelFacts;

void baleen_model_facts_clear (BaleenModelFacts *facts);
/* `to` holds nothing yet. */
void baleen_model_facts_copy (const BaleenModelFacts *from,
                              BaleenModelFacts       *to);

/* What a device does on its own: it went wrong and was mended; or what a model's file lacks. */
typedef enum
{
  BALEEN_DEVICE_RECOVERED, /* the answer goes on */
  BALEEN_DEVICE_MOVED,     /* with less on the card: slower */
  BALEEN_DEVICE_LEFT,      /* without the card, which may be tried again */
  BALEEN_DEVICE_ABSENT,    /* without a card that is there and cannot be used */
  BALEEN_DEVICE_PLAIN,     /* the chat template cannot be used; a plain one stands in */
} BaleenDeviceNews;

/* Who is told of it, and how far loading is. Called on the engine thread, as long as the model is
 * open. */
typedef struct
{
  void (*loaded) (double   fraction,
                  gpointer user_data);
  void (*news) (BaleenDeviceNews news,
                const char      *sentence, /* for people */
                gpointer         user_data);
  gboolean (*is_cancelled) (gpointer user_data); /* loading shall end */
  gpointer user_data;
} BaleenDeviceListener;

/* Where an answer goes while it is written; see baleen-answer-job.h. */
typedef struct _BaleenAnswerJob BaleenAnswerJob;

/* How the items of a batch come back; nothing is the receiver's. */
typedef void (*BaleenBackendItemFunc) (BaleenBatch            *batch,
                                       guint                   item,
                                       const BaleenGeneration *generation,
                                       const GError           *error,
                                       gpointer                user_data);

#define BALEEN_BACKEND_ERROR (baleen_backend_error_quark ())
GQuark baleen_backend_error_quark (void);
/* Codes are BaleenRemedy. */

typedef struct
{
  /* NULL with a sentence for people. `device` is "auto", "cpu", "vulkan" or "vulkan:N". */
  gpointer (*open) (const char                 *path,
                    const char                 *device,
                    const BaleenDeviceListener *listener, /* outlives the model */
                    BaleenModelFacts           *facts,
                    GError                    **error);
  void (*close) (gpointer model);

  /* (nullable: always) Whether a model could be opened beside what is loaded and lie where it lies
   * best; with a NULL path, whether others have memory left. */
  gboolean (*has_room) (const char *path,
                        const char *device);

  /* Gives back what answering needs, device and memory, but not what counting does. The next
   * answer or batch takes it again. */
  void (*sleep) (gpointer model);

  /* (nullable) A little of what the next answer would else have to wait for, in some 20 ms. FALSE
   * when nothing is left. */
  gboolean (*prepare) (gpointer model);

  /* Writes an answer into the job; returns when it has ended, with how: DONE, CUT or STOPPED,
   * or FAILED with an error. */
  BaleenState (*answer) (gpointer             model,
                         const BaleenRequest *request,
                         BaleenAnswerJob     *job,
                         GError             **error);

  /* A batch, in steps after each of which something else may be answered. step() is FALSE when
   * there is nothing more to do. Ending it early is allowed; end() before close(). */
  gpointer (*begin_batch) (gpointer              model,
                           BaleenBatch          *batch,
                           BaleenBackendItemFunc func,
                           gpointer              user_data,
                           GError              **error);
  gboolean (*step_batch) (gpointer run);
  void (*end_batch) (gpointer run);

  /* Asks answer() and step_batch() to return within a token; stays asked until resume(). Any
   * thread. */
  void (*stop) (gpointer model);
  void (*resume) (gpointer model);

  /* What the prompt of a request comes to. Any thread. */
  BaleenPromptCount *(*count) (gpointer             model,
                               const BaleenRequest *request,
                               GError             **error);
} BaleenBackend;

/* The engine in this process. */
const BaleenBackend *baleen_local_backend_get (void);
/* A server that speaks OpenAI's interface; see endpoint.h. */
const BaleenBackend *baleen_endpoint_backend_get (void);
/* Whichever the name of a model asks for. */
const BaleenBackend *baleen_any_backend_get (void);

G_END_DECLS
