/* Blocks back into text: as Markdown that gives the same blocks when it is parsed, as the
 * words that are displayed, and as HTML. */
#pragma once

#include "baleen-block.h"

G_BEGIN_DECLS

/* Of an array of BaleenBlock. */
char *baleen_blocks_to_markdown (GPtrArray *blocks);
char *baleen_blocks_to_plain (GPtrArray *blocks);
/* A fragment for a body: no remote thing is loaded by it. */
char *baleen_blocks_to_html (GPtrArray *blocks);

/* One block's words on one or more lines; a table with tabs between its cells. */
char *baleen_block_to_plain (const BaleenBlock *block);

G_END_DECLS
