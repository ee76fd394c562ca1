/* Ctrl-C and its kin. A thread of its own waits for the signals, so nothing happens inside a
 * signal handler and no signal ever ends the program by itself.
 *
 * Before baleen_interrupt_begin() a signal ends the program with status 130 at once. After
 * it the first one is noted and stops the engine, so that what there is can still be printed;
 * the second ends the program. */
#pragma once

#include "bln-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* First thing in main(), before there are other threads: they inherit the mask. Also makes
 * a closed pipe an error of write() instead of a signal. */
void baleen_interrupt_init (void);

void baleen_interrupt_begin (void);

/* The engine to stop; NULL before it is freed. */
void baleen_interrupt_set_engine (BlnEngine *engine);
/* What is cancelled on the thread that waits for signals; NULL before it goes. */
void baleen_interrupt_set_cancellable (GCancellable *cancellable);

gboolean baleen_interrupt_is_raised (void);
/* Whether what was raised asks for the end of the program rather than of an answer: anything
 * but Ctrl-C. */
gboolean baleen_interrupt_is_final (void);
/* Forgets a Ctrl-C that was heeded, and lets the engine run again. */
void baleen_interrupt_reset (void);

/* Readable while a signal is raised: for poll(). */
int baleen_interrupt_get_fd (void);

G_END_DECLS
