/* What single tokens are for: where a text begins, what ends an answer, what is never said. */
#pragma once

#include "tokenizer-vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  gint32 bos, eos, unknown; /* -1: none */
  gboolean adds_bos;
  GArray *ends;             /* (owned) of gint32, rising */
  GArray *banned;           /* (owned) of gint32, rising */
} BlnTokenRoles;

/* Tokens that end an answer become control tokens in `vocabulary`, whatever kind the file gives
 * them: some converters forget it. DAMAGED for an id that is no token. */
gboolean bln_token_roles_init (BlnTokenRoles *roles,
                               BlnVocabulary *vocabulary,
                               BlnGguf       *gguf,
                               gboolean       is_sentencepiece,
                               gboolean       adds_bos, /* where the file does not say */
                               GError       **error);
void bln_token_roles_clear (BlnTokenRoles *roles);

G_END_DECLS
