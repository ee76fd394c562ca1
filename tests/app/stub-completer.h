/* A model that does what it is asked perfectly: of the sentences it is shown it knows which
 * hold the facts. Counts with the tokenizer of the built-in model, and stops the test when a
 * request and its answer could exceed the context by one token. */
#pragma once

#include "completer.h"

G_BEGIN_DECLS

typedef struct
{
  BaleenCompleter completer;
  const char *const *facts; /* NULL-terminated: the sentences worth saying */
  guint n_fillers;          /* other sentences that it names of each part, to be sorted out */
  gboolean repeats_itself;  /* at the end of prose: its first sentence comes again */
  gboolean has_bullets;     /* writes them even where prose is asked for */
  guint fails_at;           /* the call that gives nothing; 0: none */
  guint cancel_after;       /* calls; 0: never */
  guint n_calls;
  guint n_most;             /* prompt and room for the answer, the most of all calls */
  gpointer model;
} StubCompleter;

StubCompleter *stub_completer_new (guint              n_context,
                                   const char *const *facts);
void stub_completer_free (StubCompleter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StubCompleter, stub_completer_free)

G_END_DECLS
