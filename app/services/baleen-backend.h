/* What the engine service needs of a thing that answers: the engine in this process today,
 * a script in tests. All but stop() are called on the engine thread. */
#pragma once

#include "baleen-message.h"
#include "thought-splitter.h"

G_BEGIN_DECLS

/* What is known of a model once it is loaded. */
typedef struct
{
  char *name; /* (owned) */
  gint64 n_context;
  gboolean can_think;
} BaleenModelFacts;

typedef struct
{
  BaleenRole role;
  char *text;    /* (owned) */
  char *thought; /* (owned) (nullable) */
} BaleenTurn;

typedef struct
{
  GPtrArray *turns; /* (owned) of BaleenTurn */
  gboolean think;
  gint64 max_tokens;
  /* What is there of the answer already, when it is to be continued. */
  char *begun_text;    /* (owned) (nullable) */
  char *begun_thought; /* (owned) (nullable) */
} BaleenRequest;

BaleenRequest *baleen_request_new (gboolean think);
void baleen_request_free (BaleenRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenRequest, baleen_request_free)
void baleen_request_add (BaleenRequest *request,
                         BaleenRole     role,
                         const char    *text,
                         const char    *thought); /* (nullable) */

/* Where an answer goes while it is written; see baleen-answer-job.h. */
typedef struct _BaleenAnswerJob BaleenAnswerJob;

#define BALEEN_BACKEND_ERROR (baleen_backend_error_quark ())
GQuark baleen_backend_error_quark (void);
/* Codes are BaleenRemedy. */

typedef struct
{
  /* NULL with a sentence for people. */
  gpointer (*open) (const char       *path,
                    BaleenModelFacts *facts,
                    GError          **error);
  void (*close) (gpointer model);

  /* Writes an answer into the job; returns when it has ended, with how: DONE, CUT or STOPPED,
   * or FAILED with an error. */
  BaleenState (*answer) (gpointer             model,
                         const BaleenRequest *request,
                         BaleenAnswerJob     *job,
                         GError             **error);

  /* Asks answer() to return within a token; stays asked until resume(). Any thread. */
  void (*stop) (gpointer model);
  void (*resume) (gpointer model);
} BaleenBackend;

/* The engine in this process. */
const BaleenBackend *baleen_local_backend_get (void);

G_END_DECLS
