/* Runs the real program as a user would, without a display, and tells what came of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int status;       /* what it exited with, minus the signal that ended it */
  char *out;        /* NUL added */
  gsize n_out;
  char *err;
} Outcome;

void outcome_clear (Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* `arguments` after the program's name, NULL-terminated. `input` may be NULL for none. The
 * program under test is $BALEEN_PROGRAM. */
Outcome program_run (const char        *input,
                     const char *const *arguments);

/* The same in a shell, where “$B” is the program and “$M” is `model`: for pipes and signals. */
Outcome program_run_script (const char *script,
                            const char *model);

/* A failed or wrong call: this status, nothing on standard output, one line on standard error
 * that has `needle` in it. */
void assert_refused (const Outcome *outcome,
                     int            status,
                     const char    *needle);

G_END_DECLS
