/* What all forms of matvec share: buffers, constants, and what rides along behind a sum. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint LANES = 8;
#ifdef SINGLE
const uint COLS = 1;
#else
layout (constant_id = 2) const uint COLS = 1;
#endif
layout (constant_id = 3) const uint GLU = 0;   /* 0 none, 1 silu, 2 gelu; +2: the other factor
                                                  stands where the residual would */
layout (constant_id = 4) const uint MODE = 0;

#define HAS_UP (GLU == 1 || GLU == 2)
#define MODE_PLAIN 0u        /* z counts slabs, each with its own part of input and output */
#define MODE_EXPERTS_UP 1u   /* z counts slots of the row's chosen experts */
#define MODE_EXPERTS_DOWN 2u /* one output row sums all slots */
#define MODE_MERGED 3u       /* z counts heads, whose inputs are stretches to be added up */

#define BLN_PUSH_MATVEC
#include "push.h"

layout (binding = 0, std430) readonly buffer Weight
{
  uint weight[];
};
layout (binding = 0, std430) readonly buffer Weight4
{
  uvec4 weight4[];
};
layout (binding = 1, std430) readonly buffer Up
{
  uint up_weight[];
};
layout (binding = 1, std430) readonly buffer Up4
{
  uvec4 up_weight4[];
};
layout (binding = 2, std430) readonly buffer Arena
{
  float arena[];
};
layout (binding = 3, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 2, std430) readonly buffer Chosen
{
  uint chosen[];
};
layout (binding = 4, std430) writeonly buffer Result
{
  float result[]; /* the arena again, or logits */
};

float
activate (float x)
{
  if (GLU == 2 || GLU == 4)
    return 0.5 * x * (1.0 + tanh (0.7978845608028654 * (x + 0.044715 * x * x * x)));
  return x / (1.0 + exp (-x));
}

float
cluster_add (float x)
{
  for (uint m = LANES / 2; m > 0; m >>= 1)
    x += subgroupShuffleXor (x, m);
  return x;
}

/* What a sum becomes. */
float
finished (uint r, uint column, uint slab, float sum, float up_sum)
{
  float y = sum * push.scale;

  if (push.bias != NONE)
    y += parameters[push.bias + r];
  if (HAS_UP)
    {
      if (push.up_bias != NONE)
        up_sum += parameters[push.up_bias + r];
      y = activate (y) * up_sum;
    }
  if (push.softcap > 0.0)
    y = push.softcap * tanh (y / push.softcap);
  if (push.residual_offset != NONE)
    {
      const float other = arena[push.residual_offset + column * push.residual_stride
                                + slab * push.out_slab + r];
      y = GLU >= 3 ? activate (y) * other : y + other;
    }
  return y;
}

void
write_out (uint r, uint column, uint slab, float sum, float up_sum)
{
  result[push.out_offset + column * push.out_stride + slab * push.out_slab + r]
    = finished (r, column, slab, sum, up_sum);
}
