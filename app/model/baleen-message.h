/* One turn of a conversation: what somebody wrote, and how its writing went. Knows no file,
 * no engine and no widget; lives on the main thread. */
#pragma once

#include "baleen-source.h"
#include "search-steps.h"

G_BEGIN_DECLS

typedef enum
{
  BALEEN_ROLE_SYSTEM,
  BALEEN_ROLE_USER,
  BALEEN_ROLE_ASSISTANT,
} BaleenRole;

/* The numbers are written to disk: append, never reorder. */
typedef enum
{
  BALEEN_STATE_DONE = 0,
  BALEEN_STATE_QUEUED = 1,      /* waits for the model or for another answer */
  BALEEN_STATE_LOADING = 2,     /* its model is being loaded */
  BALEEN_STATE_READING = 3,     /* prefill */
  BALEEN_STATE_THINKING = 4,
  BALEEN_STATE_ANSWERING = 5,
  BALEEN_STATE_STOPPED = 6,     /* by the user */
  BALEEN_STATE_CUT = 7,         /* by its limit */
  BALEEN_STATE_FAILED = 8,      /* see baleen_message_get_problem() */
  BALEEN_STATE_INTERRUPTED = 9, /* the program ended meanwhile */
  BALEEN_STATE_DELETED = 10,    /* empty: only its place in the tree is left */
} BaleenState;

/* Still being written, or about to be. */
gboolean baleen_state_is_running (BaleenState state);

/* What was measured while an answer was written. */
typedef struct
{
  gint64 n_prompt;       /* tokens */
  gint64 n_reused;       /* of them, not read again */
  gint64 n_read;         /* prefill so far, reused ones not counted */
  gint64 n_tokens;       /* thoughts and answer */
  double read_seconds;
  double write_seconds;
  double thought_seconds;
  double loaded;           /* of its model, from 0 to 1, while LOADING */
  guint wait_seconds;      /* until a server that is busy is asked again; 0: none is */
  gboolean is_thought_cut; /* thinking was ended by its budget */
} BaleenNumbers;

/* What a failed answer offers beside its sentence. */
typedef enum
{
  BALEEN_REMEDY_TRY_AGAIN = 0,
  BALEEN_REMEDY_CHOOSE_MODEL = 1,
  BALEEN_REMEDY_RELOAD = 2,
  BALEEN_REMEDY_NEW_CHAT = 3,
  BALEEN_REMEDY_CONTINUE = 4,
  BALEEN_REMEDY_SEARCH = 5, /* search again, or answer without */
  BALEEN_REMEDY_SEARCH_SERVICE = 6, /* choose another search service */
  BALEEN_REMEDY_SEARCH_KEY = 7,     /* change its key */
  BALEEN_REMEDY_SEARCH_WAIT = 8,    /* search when the service allows it again, or another */
  BALEEN_REMEDY_SEARCH_SET_UP = 9,  /* choose a search service */
  BALEEN_REMEDY_SMALLER_CONTEXT = 10, /* with less context the model would fit */
  BALEEN_REMEDY_MAKE_ROOM = 11, /* less of what was said goes along */
  BALEEN_REMEDY_LOCATE = 12,    /* show where the model is now */
} BaleenRemedy;

/* What belongs to a message beside its text: each is JSON, made and read by who knows about it. */
typedef enum
{
  BALEEN_PART_ATTACHMENTS, /* files that went with it */
  BALEEN_PART_TEMPLATE,    /* the form it was written in */
  BALEEN_PART_OUTLINE,     /* the sections of a long answer */
  BALEEN_PART_SERVER,      /* which one answered; see message-host.h */
  BALEEN_N_PARTS,
} BaleenMessagePart;

#define BALEEN_TYPE_MESSAGE (baleen_message_get_type ())
G_DECLARE_FINAL_TYPE (BaleenMessage, baleen_message, BALEEN, MESSAGE, GObject)

/* `id` is chosen by the caller and unique in a history; `parent_id` is 0 for a first
 * message. Created now, DONE. */
BaleenMessage *baleen_message_new (gint64      id,
                                   gint64      parent_id,
                                   BaleenRole  role,
                                   const char *text);

gint64 baleen_message_get_id (BaleenMessage *self);
gint64 baleen_message_get_parent_id (BaleenMessage *self);
BaleenRole baleen_message_get_role (BaleenMessage *self);

/* Microseconds since 1970. `ended` is 0 while running. */
gint64 baleen_message_get_created (BaleenMessage *self);
void baleen_message_set_created (BaleenMessage *self,
                                 gint64         created);
gint64 baleen_message_get_ended (BaleenMessage *self);
void baleen_message_set_ended (BaleenMessage *self,
                               gint64         ended);

const char *baleen_message_get_text (BaleenMessage *self);
gsize baleen_message_get_text_length (BaleenMessage *self);
const char *baleen_message_get_thought (BaleenMessage *self);
gsize baleen_message_get_thought_length (BaleenMessage *self);
void baleen_message_set_text (BaleenMessage *self,
                              const char    *text,
                              const char    *thought); /* (nullable) */
/* Emits ::grown once. Both are whole characters. */
void baleen_message_append (BaleenMessage *self,
                            const char    *text,     /* (nullable) */
                            const char    *thought); /* (nullable) */

BaleenState baleen_message_get_state (BaleenMessage *self);
/* Sets the end time as well when a running answer ends. Notifies "state". */
void baleen_message_set_state (BaleenMessage *self,
                               BaleenState    state);

/* A sentence for people, and what to do about it. Moves the message to FAILED. */
void baleen_message_fail (BaleenMessage *self,
                          const char    *problem,
                          BaleenRemedy   remedy);
const char *baleen_message_get_problem (BaleenMessage *self); /* (nullable) */
BaleenRemedy baleen_message_get_remedy (BaleenMessage *self);

const BaleenNumbers *baleen_message_get_numbers (BaleenMessage *self);
/* Notifies "numbers". */
void baleen_message_set_numbers (BaleenMessage       *self,
                                 const BaleenNumbers *numbers);

/* What is done before its writing begins, in words for people; NULL: nothing. Is not kept.
 * Notifies "numbers". */
const char *baleen_message_get_step (BaleenMessage *self);
void baleen_message_set_step (BaleenMessage *self,
                              const char    *step);

/* What its search did and does, of BaleenStep; empty for most answers. Is not kept. Notifies
 * "steps". */
GPtrArray *baleen_message_get_steps (BaleenMessage *self);
/* As baleen_steps_tell(). */
void baleen_message_tell_step (BaleenMessage   *self,
                               const char      *subject,
                               const char      *words,
                               const char      *detail,
                               BaleenStepState  state);
/* The search is over. */
void baleen_message_end_steps (BaleenMessage *self);

/* What is going to be searched for, once the user agrees; NULL: nobody is asked. Is not kept.
 * Notifies "queries". */
const char *const *baleen_message_get_queries (BaleenMessage *self);
void baleen_message_set_queries (BaleenMessage     *self,
                                 const char *const *queries); /* (nullable) */

const char *baleen_message_get_model (BaleenMessage *self); /* (nullable) its name */
void baleen_message_set_model (BaleenMessage *self,
                               const char    *model);
/* What its [n] refer to, of BaleenSource; empty for most answers. Notifies "sources". */
GPtrArray *baleen_message_get_sources (BaleenMessage *self);
void baleen_message_set_sources (BaleenMessage *self,
                                 GPtrArray     *sources); /* (nullable) */
gboolean baleen_message_get_think (BaleenMessage *self);
void baleen_message_set_think (BaleenMessage *self,
                               gboolean       think);
/* Web Search was on when it was asked. */
gboolean baleen_message_get_search (BaleenMessage *self);
void baleen_message_set_search (BaleenMessage *self,
                                gboolean       search);
/* Still to be read, but not sent to the model. Notifies "is-left-out". */
gboolean baleen_message_get_is_left_out (BaleenMessage *self);
void baleen_message_set_is_left_out (BaleenMessage *self,
                                     gboolean       is_left_out);

const char *baleen_message_get_part (BaleenMessage    *self,
                                     BaleenMessagePart part); /* (nullable) */
/* Notifies "parts". */
void baleen_message_set_part (BaleenMessage    *self,
                              BaleenMessagePart part,
                              const char       *json); /* (nullable) */

/* Out of sight, until that is undone or it becomes DELETED. */
void baleen_message_set_is_hidden (BaleenMessage *self,
                                   gboolean       is_hidden);
/* Hidden or deleted: neither shown nor sent. */
gboolean baleen_message_get_is_gone (BaleenMessage *self);

G_END_DECLS
