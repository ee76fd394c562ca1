/* Takes a model file through everything that a person can do with one, as far as it goes. */
#pragma once

#include "gguf-writer.h"

G_BEGIN_DECLS

/* Opens, counts, checks, tokenizes, renders, plans, loads, runs a prompt and a few tokens.
 * Asserts that every refusal is a sentence in our domain. Returns how far it came. */
typedef enum
{
  HOSTILE_REFUSED_AT_OPEN,
  HOSTILE_REFUSED_AT_CHECK,
  HOSTILE_REFUSED_AT_LOAD,
  HOSTILE_REFUSED_AT_STEP,
  HOSTILE_RAN,
} HostileOutcome;

HostileOutcome hostile_model_run (const char *path);

/* Changes a few things in bytes[0 … n_bytes): integers replaced by ends of ranges and small
 * numbers, bits flipped, stretches copied over others. */
void hostile_mutate (GRand  *random,
                     guint8 *bytes,
                     gsize   n_bytes);

/* The same one level up, so that most results get past the container: keys with other numbers
 * or of other kinds or gone, tensors of other types and shapes or gone. */
void hostile_spoil (GRand      *random,
                    GgufWriter *writer,
                    const char *architecture);

G_END_DECLS
