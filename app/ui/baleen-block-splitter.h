/* Where a text may be cut into blocks: paragraphs and fenced code. Pure text work. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean is_code;
  char *language; /* (owned) (nullable) what stands behind an opening fence */
  char *text;     /* (owned) without fences and without newlines at its end */
  gboolean is_closed; /* more text behind it will not change it */
  gsize length;       /* bytes of the source up to the next block */
} BaleenBlock;

/* The first block of `text`; FALSE when there is nothing but white space. While `is_growing`,
 * a beginning of a fence at the very end is held back. */
gboolean baleen_block_next (const char  *text,
                            gboolean     is_growing,
                            BaleenBlock *block);
void baleen_block_clear (BaleenBlock *block);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaleenBlock, baleen_block_clear)

G_END_DECLS
