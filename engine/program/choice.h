/* What a sampler needs of a row's logits: the likely ones, and what all together weigh. A device
 * picks it out, so that hundreds of numbers come back instead of a hundred thousand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BLN_CHOICE_ROOM 2048
/* Larger vocabularies are looked at as a whole. */
#define BLN_CHOICE_TOKENS (1u << 20)

typedef struct
{
  /* What is wanted. */
  float temperature; /* of `mass`; 0: none is wanted */
  float reach;       /* how far below the best a logit may be */
  guint32 n_tokens;  /* only the first so many are looked at */

  /* What there is; infinite and invalid logits do not count. */
  guint32 n;         /* more than BLN_CHOICE_ROOM: too many, and none are here */
  float best;
  float mass;        /* sum of e^((logit - best) / temperature), to a part in a thousand */
  gint32 ids[BLN_CHOICE_ROOM]; /* ascending */
  float logits[BLN_CHOICE_ROOM];
} BlnChoice;

G_END_DECLS
