/* One rendering of a Jinja template: its memory, its budget and its way out.
 *
 * A chat template is code from a file somebody found on the network. Everything it makes
 * lives in one arena with a limit; every piece of work is charged to one budget, so results
 * do not depend on how busy the machine is; and every recursion is counted. Whoever goes
 * over a limit, or finds the template wrong, calls jinja_fail(), which leaves by longjmp:
 * nothing between there and jinja_run_try() may own memory outside of the arena. */
#pragma once

#include <glib.h>
#include <setjmp.h>

G_BEGIN_DECLS

typedef struct _JinjaChunk JinjaChunk;
typedef struct _JinjaName JinjaName;

#define JINJA_MAX_SOURCE (1024 * 1024) /* bytes of template */
#define JINJA_MAX_NESTING 200          /* brackets and blocks inside each other */
#define JINJA_MAX_DEPTH 1000           /* evaluations inside each other */
#define JINJA_MAX_RANGE 100000         /* numbers in one range() */
#define JINJA_N_NAME_CHAINS 256

typedef struct
{
  JinjaChunk *chunks;
  gsize memory_left;
  gsize output_limit;
  guint64 work_left;
  guint depth;
  guint line; /* of what is being read or run; 0: its variables, which have none */
  JinjaName *names[JINJA_N_NAME_CHAINS];
  GDateTime *now; /* (nullable) the clock is asked when it is NULL */
  GError *error;
  jmp_buf failure;
} JinjaRun;

/* The limits: about 100 ms and 16 MiB for a template over a short chat, more in proportion
 * to `n_input` bytes of variables, which are the user's own. */
void jinja_run_init (JinjaRun  *run,
                     gsize      n_input,
                     GDateTime *now);
void jinja_run_clear (JinjaRun *run);

/* Calls `func` and returns TRUE, or FALSE with run->error set if it failed. */
typedef void (*JinjaRunFunc) (JinjaRun *run,
                              gpointer  user_data);
gboolean jinja_run_try (JinjaRun    *run,
                        JinjaRunFunc func,
                        gpointer     user_data);

/* Sets a TEMPLATE error that names the line, and does not return. */
G_NORETURN void jinja_fail (JinjaRun   *run,
                            const char *format,
                            ...) G_GNUC_PRINTF (2, 3);

/* Zeroed memory that lives as long as the run; never NULL. */
gpointer jinja_alloc (JinjaRun *run,
                      gsize     size);
/* The same without zeroes, byte-aligned: for text. */
gpointer jinja_alloc_bytes (JinjaRun *run,
                            gsize     size);
#define jinja_new(run, Type) ((Type *) jinja_alloc (run, sizeof (Type)))
/* `n` of them; `n` may be anything a template says. */
gpointer jinja_alloc_array (JinjaRun *run,
                            gsize     n,
                            gsize     size);
#define jinja_new_array(run, Type, n) ((Type *) jinja_alloc_array (run, n, sizeof (Type)))

/* Takes `units` of work from the budget; a unit is about 100 ns. */
void jinja_work (JinjaRun *run,
                 guint64   units);
/* The work of touching `n` bytes once. */
void jinja_work_bytes (JinjaRun *run,
                       gsize     n);

/* Around whatever calls itself. */
void jinja_enter (JinjaRun *run);
void jinja_leave (JinjaRun *run);

/* One pointer for all equal names. */
const char *jinja_intern (JinjaRun   *run,
                          const char *text,
                          gsize       length);

G_END_DECLS
