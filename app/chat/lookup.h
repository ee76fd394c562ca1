/* What the chat needs of whatever searches the web for an answer: web/web-lookup.c does it, a
 * script in tests. All of it is called on the main thread and returns at once. */
#pragma once

#include "baleen-source.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a search is doing, in words for people. */
typedef void (*BaleenLookupStepFunc) (const char *words,
                                      gpointer    user_data);

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
} BaleenLookup;

G_END_DECLS
