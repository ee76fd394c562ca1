/* Whatever completes prompts for the document method: an engine in this process, one behind
 * the engine service, a perfect stub in tests. Calls block, so they are made on a thread that
 * may wait; the functions of one completer are called by one thread at a time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text;   /* what the user says, whole; thinking is off */
  const char *shared; /* (nullable) a beginning of `text` that other requests have too: it is
                         computed once and kept */
  const char *state_path; /* (nullable) a file that keeps what `shared` comes to, beyond this
                             process; a completer may do without */
  guint max_tokens;
  float temperature;
  guint64 seed;
} BaleenCompletionRequest;

typedef struct
{
  const char *text; /* NULL: this one failed, and the others go on */
  guint n_prompt;   /* tokens */
  guint n_answer;
  gboolean is_cut;  /* max_tokens came before its end, or it said the same over and over */
} BaleenCompletionAnswer;

/* Called as soon as an answer is whole, in the order in which they end. FALSE with an error
 * ends the batch. */
typedef gboolean (*BaleenCompletedFunc) (gsize                         index,
                                         const BaleenCompletionAnswer *answer,
                                         gpointer                      user_data,
                                         GError                      **error);

typedef struct
{
  gpointer data;
  const char *model_key; /* tells models apart whose answers differ; a word for file names */
  guint n_context;       /* tokens that a prompt and its answer may have together */
  guint n_parallel;      /* requests that run side by side; 0: not known */
  guint n_part;          /* tokens of text from which the model takes points best; 0: any */
  guint n_passages;      /* and from which it answers a question best; 0: any */
  gboolean is_english_only;

  /* Tokens of a text by itself: for packing, where a sum is near enough. */
  gboolean (*count_text) (gpointer     data,
                          const char  *text,
                          gsize       *n_tokens,
                          GError     **error);
  /* Tokens of a whole prompt, as complete() will have them, to the token. */
  gboolean (*count_prompt) (gpointer     data,
                            const char  *text,
                            gsize       *n_tokens,
                            GError     **error);
  /* Answers all of them; FALSE when none could be. The same request gives the same answer
   * whatever runs beside it. When cancelled it returns FALSE with G_IO_ERROR_CANCELLED within a
   * token; answers that were whole have been handed over. */
  gboolean (*complete) (gpointer                       data,
                        const BaleenCompletionRequest *requests,
                        gsize                          n_requests,
                        BaleenCompletedFunc            func,
                        gpointer                       user_data,
                        GCancellable                  *cancellable,
                        GError                       **error);
} BaleenCompleter;

G_END_DECLS
