/* A backend that answers from a script: what it says, how fast, and when it fails. */
#pragma once

#include "baleen-backend.h"

G_BEGIN_DECLS

const BaleenBackend *fake_backend_get (void);

/* What every answer from now on is: a thought (nullable) and a text, one word every so many
 * microseconds. Any thread. */
void fake_backend_set_answer (const char *thought,
                              const char *text,
                              guint       word_microseconds);
/* Before its next answer it is busy for so many seconds, or until it is hurried. Any thread. */
void fake_backend_set_busy (guint seconds);
/* From now on every answer, of batches too, is what this makes of the request; NULL ends it. Any
 * thread. */
void fake_backend_set_writer (char *(*writer) (const BaleenRequest *request));
/* Answers fail with this sentence after their text; NULL ends it. */
void fake_backend_set_failure (const char  *sentence,
                               BaleenRemedy remedy);
/* The next answer begins with this of its device, once. */
void fake_backend_set_news (BaleenDeviceNews news,
                            const char      *sentence);
/* The prompt takes so many passes of 100 tokens, one every so many microseconds. */
void fake_backend_set_prompt (guint n_passes,
                              guint pass_microseconds);

/* Loading has come so far and goes no further, until it is set to 0. */
void fake_backend_set_loading (int percent);

/* So many pieces of the model are still to be prepared, a millisecond each; < 0: without end. */
void fake_backend_set_unprepared (gint n);
gint fake_backend_get_unprepared (void);

/* What every item of a batch is answered with; NULL: the words of its own request. */
void fake_backend_set_batch_answer (const char *answer); /* (nullable) */

/* Models opened from now on answer on that server; NULL: on this computer. Static. */
void fake_backend_set_host (const char *host);

/* How much of a request fits; a token is four bytes, and 8,192 fit at first. */
void fake_backend_set_context (guint n_tokens);

/* How many turns the last request had, and the text of the last of them. */
guint fake_backend_get_n_turns (void);
char *fake_backend_dup_last_turn (void);
char *fake_backend_dup_begun (void);

G_END_DECLS
