/* What the chat needs of whatever searches the web for an answer: web/web-lookup.c does it, a
 * script in tests. All of it is called on the main thread and returns at once. */
#pragma once

#include "baleen-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a search is doing, in words for people. */
typedef struct
{
  const char *status;  /* (nullable) of all of it, in one line */
  const char *subject; /* (nullable) the query or address whose line in the list this is */
  const char *words;
  const char *detail;  /* (nullable) */
  BaleenStepState state;
} BaleenLookupStep;

typedef void (*BaleenLookupStepFunc) (const BaleenLookupStep *step,
                                      gpointer                user_data);

typedef struct
{
  const char *question;
  const char *const *queries; /* (nullable) what to search for; NULL: as suggest() has it */
  gsize n_characters;         /* of all passages together */
  const char *message;        /* for the network log */
  gboolean is_private;        /* leave no copy on the disk */
  BaleenLookupStepFunc step;
  gpointer step_data;
} BaleenLookupOrder;

/* A question with what was found for it, as a model is asked. */
typedef struct
{
  char *prompt;   /* (owned) */
  gpointer frame; /* (owned) what take_answer() needs to know */
  /* The answer with its citations as [n], of `sources` only. */
  char *(*take_answer) (gpointer    frame,
                        GPtrArray  *sources,
                        const char *answer);
  GDestroyNotify frame_free;
} BaleenFinding;

void baleen_finding_free (BaleenFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenFinding, baleen_finding_free)

typedef struct
{
  gpointer data;

  /* The host that is asked; NULL while no search service is set up. */
  char *(*dup_host) (gpointer data);
  /* What would be searched for. NULL-terminated, at least one. */
  char **(*suggest) (gpointer    data,
                     const char *question);
  /* Gives sources, at least one, or an error in words. Cancelling means: use what is there. */
  void (*search_async) (gpointer                 data,
                        const BaleenLookupOrder *order,
                        GCancellable            *cancellable,
                        GAsyncReadyCallback      callback,
                        gpointer                 user_data);
  GPtrArray *(*search_finish) (GAsyncResult *result,
                               GError      **error);
  /* `is_small`: for a model that reads best in small parts. */
  BaleenFinding *(*frame) (gpointer    data,
                           const char *question,
                           GPtrArray  *sources,
                           gboolean    is_small);

  /* These may be NULL. */

  /* What to ask a model for words to search for; `earlier` (nullable) is what the user asked
   * before. And those in its reply that have to do with what was asked; at least one. */
  char *(*make_words_prompt) (gpointer    data,
                              const char *question,
                              const char *earlier);
  char **(*read_words) (gpointer    data,
                        const char *question,
                        const char *earlier,
                        const char *reply);
  /* What can be done about an error of a search. */
  BaleenRemedy (*get_remedy) (const GError *error);
  /* When the service may be asked again, as g_get_real_time() has it; 0: now. */
  gint64 (*get_free_at) (gpointer data);
} BaleenLookup;

G_END_DECLS
