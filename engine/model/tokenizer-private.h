/* What opening and encoding share. */
#pragma once

#include "tokenizer-merge.h"
#include "tokenizer-pieces.h"
#include "tokenizer-roles.h"
#include "tokenizer-special.h"
#include "tokenizer-split.h"
#include "tokenizer.h"

G_BEGIN_DECLS

#define SPACE_MARK "▁" /* U+2581: a space in the texts of SentencePiece-style tokens */

struct _BlnTokenizer
{
  BlnVocabulary vocabulary;
  BlnMergeTable merges;
  BlnSpecials specials;
  BlnTokenRoles roles;
  BlnMergeRule rule;
  const BlnSplitter *splitter; /* (nullable): SentencePiece style */
  gboolean adds_space;         /* before a text, SentencePiece style */
  gboolean joins_words;        /* some token has a space after other characters */
  gint32 byte_symbols[256];    /* what the bytes of a byte-level text begin as */
  char *bos_text, *eos_text;   /* (nullable) */
  BlnPieces *pieces;           /* (nullable) (atomic): made when first asked for */
};

G_END_DECLS
