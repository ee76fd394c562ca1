#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Norms a head where the model norms heads, rotates its rotated part by the row's angles
 * (RoFormer, arXiv 2104.09864), and puts it into the arena or into the KV cache. One workgroup a
 * head of a row, one subgroup where nothing may be shared; the head may be written over itself.
 * A cache of Q8_0 (engine/kv-cache.h) gets bytes, four of them from one lane. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint PER_LANE = 16; /* values a lane holds at most */
layout (constant_id = 2) const uint TO_CACHE = 0;  /* 0 arena, 1 F32 cache, 2 F16 cache, 3 Q8_0 */
layout (constant_id = 3) const uint SUBGROUPS = 1;
layout (constant_id = 4) const uint STAGED = 1;    /* values of a head, for a cache of Q8_0 */

#define BLN_PUSH_ROPE
#include "push.h"

layout (binding = 0, std430) buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 2, std430) readonly buffer Angles
{
  float angles[]; /* for each row: cosines, then sines */
};
layout (binding = 2, std430) readonly buffer Step
{
  uint step_words[];
};
layout (binding = 3, std430) writeonly buffer Cache32
{
  float cache[];
};
layout (binding = 3, std430) writeonly buffer Cache16
{
  float16_t cache16[];
};
layout (binding = 3, std430) writeonly buffer CacheBytes
{
  uint cache_bytes[]; /* four each */
};

shared float partial[64];
shared float staged[STAGED];

float
group_add (float x)
{
  x = subgroupAdd (x);
  if (SUBGROUPS == 1)
    return x;
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = x;
  barrier ();
  x = 0.0;
  for (uint i = 0; i < gl_NumSubgroups; i++)
    x += partial[i];
  return x;
}

float
value_at (uint base, uint i, float rms)
{
  const float x = arena[base + i];

  if (push.norm_width == 0 || i < push.norm_first || i >= push.norm_first + push.norm_width)
    return x;
  return x * rms * parameters[push.norm + i - push.norm_first];
}

float
rotated_at (uint base, uint row, uint i, float rms)
{
  const uint half_rot = push.n_rot / 2;
  const uint j = i - push.rot_first;

  if (i < push.rot_first || j >= push.n_rot)
    return value_at (base, i, rms);
  const uint pair = push.is_neox != 0 ? j % half_rot : j / 2;
  const bool is_second = push.is_neox != 0 ? j >= half_rot : (j & 1u) != 0;
  const uint other = push.is_neox != 0 ? (is_second ? i - half_rot : i + half_rot)
                                       : (is_second ? i - 1 : i + 1);
  const uint at = push.angles + row * push.n_rot + pair;
  const float c = angles[at];
  const float s = angles[at + half_rot];
  const float x = value_at (base, i, rms);
  const float y = value_at (base, other, rms);

  return is_second ? y * s + x * c : x * c - y * s;
}

uint
byte_of (float x, float scale)
{
  return uint (int (clamp (round (x / scale), -127.0, 127.0))) & 0xffu;
}

/* Heads are multiples of four wide. */
void
write_bytes (uint row_at, uint head)
{
  const uint n_groups = (push.n_width + 31) / 32;

  for (uint word = gl_LocalInvocationID.x; word < push.n_width / 4; word += gl_WorkGroupSize.x)
    {
      const uint group = word / 8;
      float most = 0.0;

      [[unroll]] for (uint i = 0; i < 32; i++)
        {
          const float x = abs (staged[min (group * 32 + i, push.n_width - 1)]);

          most = x > most || isnan (x) ? x : most; /* what is not finite makes the group so */
        }
      const float16_t halved = float16_t (most / 127.0);
      const float scale = float (halved);
      uint four = 0;

      if (scale > 0.0 && !isinf (scale))
        [[unroll]] for (uint i = 0; i < 4; i++)
          four |= byte_of (staged[word * 4 + i], scale) << (8 * i);
      cache_bytes[(row_at + head * push.out_head) / 4 + word] = four;
      if (word % 8 == 0)
        cache16[(row_at + push.out_scales) / 2 + head * n_groups + group] = halved;
    }
}

void
main ()
{
  const uint head = gl_WorkGroupID.x;
  const uint row = push.first_row + gl_WorkGroupID.y;
  const uint base = push.in_offset + row * push.in_stride + head * push.in_head;
  float rms = 1.0;
  float values[PER_LANE];

  if (push.norm_width > 0)
    {
      float sum = 0.0;

      [[unroll]] for (uint k = 0; k < PER_LANE; k++)
        {
          const uint i = k * gl_WorkGroupSize.x + gl_LocalInvocationID.x;
          const float x = i < push.norm_width ? arena[base + push.norm_first + i] : 0.0;
          sum += x * x;
        }
      rms = inversesqrt (group_add (sum) / float (push.norm_width) + push.eps);
    }
  /* All is read before anything is written. */
  [[unroll]] for (uint k = 0; k < PER_LANE; k++)
    {
      const uint i = k * gl_WorkGroupSize.x + gl_LocalInvocationID.x;
      values[k] = i < push.n_width ? rotated_at (base, row, i, rms) : 0.0;
    }
  if (SUBGROUPS == 1)
    subgroupBarrier ();
  else
    barrier ();
  const uint place = TO_CACHE != 0 ? step_words[push.positions + row] : row;
  const uint out_row = push.out_offset + place * push.out_stride;
  const uint out_base = out_row + head * push.out_head;
  [[unroll]] for (uint k = 0; k < PER_LANE; k++)
    {
      const uint i = k * gl_WorkGroupSize.x + gl_LocalInvocationID.x;

      if (i >= push.n_width)
        break;
      if (TO_CACHE == 0)
        arena[out_base + i] = values[k];
      else if (TO_CACHE == 1)
        cache[out_base + i] = values[k];
      else if (TO_CACHE == 3)
        staged[i] = values[k];
      else
        cache16[out_base + i] = float16_t (clamp (values[k], -65504.0, 65504.0));
    }
  if (TO_CACHE == 3)
    {
      barrier ();
      write_bytes (out_row, head);
    }
}
