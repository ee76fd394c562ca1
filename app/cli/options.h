/* The options that every command takes, and reading them. */
#pragma once

#include "bln-engine.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BaleenCommand BaleenCommand;

typedef struct
{
  const char *model;  /* (nullable) as written */
  const char *adapter; /* (nullable) a path */
  const char *device; /* "auto" if not given */
  guint n_threads;    /* 0: not given, as below */
  guint n_context;
  BlnKvType kv_type;  /* what earlier tokens are kept in */
  guint max_tokens;
  guint n_blocks_away; /* of commands that have the option */
  BlnThink think;
  gboolean json;
  const char *seed_text, *temperature_text, *top_p_text, *top_k_text, *min_p_text;
  BlnSampling sampling; /* what was given of it; see baleen_options_get_sampling() */
} BaleenOptions;

/* Takes the command's own options and the common ones out of argv, which begins with the
 * command's name, and leaves the rest, NULL-terminated. FALSE with `*status` when there is
 * nothing left to do: --help was printed, or the use was wrong and that was said. The strings
 * of `options` live as long as the program. */
gboolean baleen_options_parse (BaleenOptions       *options,
                               const BaleenCommand *command,
                               char              ***argv,
                               int                 *status);

/* What the model recommends, changed by what was given. Without --seed a new one each time. */
BlnSampling baleen_options_get_sampling (const BaleenOptions *options,
                                         BlnModel            *model);

/* A whole number of an option, in its limits; the error says what it must be. */
gboolean baleen_parse_count (const char *option,
                             const char *text,
                             guint64     least,
                             guint64     most,
                             guint64    *value,
                             GError    **error);
/* Whole numbers with commas between: an array of guint64, NULL on error. */
GArray *baleen_parse_counts (const char *option,
                             const char *text,
                             guint64     least,
                             guint64     most,
                             GError    **error);

/* Says on standard error what is wrong with the use and where to read more; returns the exit
 * status for it. */
int baleen_wrong_use (const char *command,
                      const char *format,
                      ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
