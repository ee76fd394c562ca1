/* What both forms of attention over tiles share (FlashAttention, arXiv 2205.14135). A workgroup
 * takes ROWS rows of one head past all keys that they see, COLUMNS at a time; a key is N_KEY
 * numbers, the last N_KEY2 of them from a second buffer. Weights are powers of two. */

#define BLN_PUSH_FLASH
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};

const float LOWEST = -1.0e30;
const float LOG2_E = 1.4426950408889634;

/* Of the workgroup. */
uint first_tile_row, head, kv_head;

uint
row_position (uint tile_row)
{
  return push.first_position + first_tile_row + tile_row;
}

uint
batch_row (uint tile_row)
{
  return push.first_row + min (first_tile_row + tile_row, push.n_rows - 1);
}

float
query_scale (uint tile_row)
{
  float scale = push.scale * LOG2_E;

  if (push.temperature_scale != 0.0)
    scale *= 1.0 + push.temperature_scale * log (floor (float (row_position (tile_row))
                                                        / float (push.temperature_length)) + 1.0);
  return scale;
}

/* The keys that any row of the tile sees. */
uint
first_column ()
{
  const uint position = push.first_position + first_tile_row;

  return push.n_window != 0 && position + 1 > push.n_window ? position + 1 - push.n_window : 0;
}

uint
end_column (uint rows)
{
  return push.first_position + min (first_tile_row + rows, push.n_rows);
}

bool
is_seen (uint position, uint column)
{
  return column <= position && (push.n_window == 0 || column + push.n_window > position);
}

void
find_place (uint rows)
{
  first_tile_row = (gl_NumWorkGroups.y - 1 - gl_WorkGroupID.y) * rows;
  head = push.first_head + gl_WorkGroupID.x;
  kv_head = gl_WorkGroupID.x / push.heads_per_kv;
}
