/* What a paragraph becomes once it is whole: one block, or several. */
#pragma once

#include "baleen-block.h"

G_BEGIN_DECLS

/* Parts the last of some BaleenBlocks, a paragraph. A displayed formula stands on a line of its
 * own, wherever in a paragraph it was written; the number of its span tells it from one within the
 * line. What is too long for one label goes on in another. */
void baleen_blocks_part_last (GPtrArray *blocks);

/* A text as it was written, its marks too. */
GPtrArray *baleen_blocks_of_plain (const char *text);

G_END_DECLS
