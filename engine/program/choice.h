/* What a sampler needs of a row's logits: the likely ones, and what all together weigh. A device
 * picks it out, so that hundreds of numbers come back instead of a hundred thousand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BLN_CHOICE_ROOM 2048
/* Of a mass, which a device sums up in F32: at most a few millionths come from e^x (Vulkan allows
 * 3 + 2 |x| units in the last place), from the quotient in x and from some thirty additions. */
#define BLN_CHOICE_ERROR 1e-4
/* Larger vocabularies are looked at as a whole. */
#define BLN_CHOICE_TOKENS (1u << 20)
/* Neighbours whose mass is told as one. */
#define BLN_CHOICE_BLOCK 1024u

typedef struct
{
  float temperature; /* of `mass`; 0: none is wanted */
  float reach;       /* how far below the best a logit may be */
  guint32 n_tokens;  /* only the first so many are looked at */
} BlnChoiceWish;

typedef struct
{
  BlnChoiceWish wish;

  /* What there is; infinite and invalid logits do not count. */
  guint32 n;         /* more than BLN_CHOICE_ROOM: too many, and none are here */
  float best;
  float mass;        /* sum of e^((logit - best) / temperature), to BLN_CHOICE_ERROR */
  float block_mass[BLN_CHOICE_TOKENS / BLN_CHOICE_BLOCK]; /* the same of each block; not
                        anything without a temperature */
  gint32 ids[BLN_CHOICE_ROOM]; /* ascending */
  float logits[BLN_CHOICE_ROOM];
} BlnChoice;

G_END_DECLS
