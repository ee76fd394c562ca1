/* What a search did, line by line: one for each query and each page, in the order in which they
 * began. Plain data; main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_STEP_RUNNING,
  BALEEN_STEP_DONE,
  BALEEN_STEP_FAILED,
} BaleenStepState;

typedef struct
{
  char *subject; /* (owned) the query or the address that it is about */
  char *words;   /* (owned) what people read */
  char *detail;  /* (owned) (nullable) a page's title */
  BaleenStepState state;
} BaleenStep;

GPtrArray *baleen_steps_new (void); /* of BaleenStep */
/* Changes the step of that subject, or adds one. */
void baleen_steps_tell (GPtrArray       *steps,
                        const char      *subject,
                        const char      *words,
                        const char      *detail, /* (nullable) as it was */
                        BaleenStepState  state);
/* What still runs ended with the rest. */
void baleen_steps_end (GPtrArray *steps);
guint baleen_steps_count (GPtrArray      *steps,
                          BaleenStepState state);

G_END_DECLS
