/* Pre-tokenizers: where text is cut before merging.
 *
 * A pre-tokenizer is a row of expressions. Each in turn cuts every piece there is so far into
 * its matches and the gaps between them; nothing is dropped, and no expression sees past the
 * piece it works on. They are published as regular expressions in the models' tokenizer.json
 * files; here each is a hand-written matcher, linear in the length of the text. */
#pragma once

#include <glib.h>

#include "unicode-table.h"

G_BEGIN_DECLS

typedef struct _BlnSplitter BlnSplitter;

/* A character with its classes. */
#define BLN_SPLIT_CHAR(character) ((character) << 11 | bln_unicode_classes (character))

/* Called for every piece in order; [start, end) counts characters. */
typedef void (*BlnPieceFunc) (gsize    start,
                              gsize    end,
                              gpointer user_data);

/* The pre-tokenizer of a `tokenizer.ggml.pre` name; NULL when we lack it. */
const BlnSplitter *bln_splitter_find (const char *name,
                                      gsize       length);

/* "deepseek-llm, …", all of them, for error messages; g_free. */
char *bln_splitter_list_names (void);

/* A piece that is a token as a whole is taken without merging. */
gboolean bln_splitter_ignores_merges (const BlnSplitter *splitter);

/* Beginning-of-sequence is added where the file does not say. */
gboolean bln_splitter_adds_bos (const BlnSplitter *splitter);

/* Its vocabulary is ordered by rank, so that merges can be told without a list. */
gboolean bln_splitter_ranks_by_id (const BlnSplitter *splitter);

void bln_splitter_run (const BlnSplitter *splitter,
                       const guint32     *chars, /* [n] of BLN_SPLIT_CHAR */
                       gsize              n,
                       BlnPieceFunc       func,
                       gpointer           user_data);

G_END_DECLS
