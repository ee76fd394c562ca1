#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

/* Rows as tiles want them: normed where there is a norm, F16 where matrix units multiply them,
 * zeros up to a multiple of 32 behind. One workgroup a row. */

layout (local_size_x_id = 0) in;
layout (constant_id = 1) const uint OUT_HALVES = 1;

#define BLN_PUSH_PREPARE
#include "push.h"

layout (binding = 0, std430) readonly buffer Arena
{
  float arena[];
};
layout (binding = 1, std430) readonly buffer Parameters
{
  float parameters[];
};
layout (binding = 2, std430) writeonly buffer Prepared
{
  float prepared[];
};
layout (binding = 2, std430) writeonly buffer Prepared16
{
  float16_t prepared16[];
};

shared float partial[128];

float
inverse_rms (uint base)
{
  float sum = 0.0;

  for (uint i = gl_LocalInvocationID.x; i < push.width; i += gl_WorkGroupSize.x)
    sum += arena[base + i] * arena[base + i];
  sum = subgroupAdd (sum);
  if (gl_SubgroupInvocationID == 0)
    partial[gl_SubgroupID] = sum;
  barrier ();
  sum = 0.0;
  for (uint i = 0; i < gl_NumSubgroups; i++)
    sum += partial[i];
  return inversesqrt (sum / float (push.width) + push.eps);
}

void
main ()
{
  const uint base = push.in_offset + gl_WorkGroupID.x * push.in_stride;
  const uint out_base = gl_WorkGroupID.x * push.out_stride;
  float rms = 1.0;

  if (push.norm != NONE)
    rms = inverse_rms (base);
  for (uint i = gl_LocalInvocationID.x; i < push.out_stride; i += gl_WorkGroupSize.x)
    {
      float x = 0.0;

      if (i < push.width)
        x = arena[base + i] * rms * (push.norm != NONE ? parameters[push.norm + i] : 1.0);
      if (OUT_HALVES != 0)
        prepared16[out_base + i] = float16_t (clamp (x, -65504.0, 65504.0));
      else
        prepared[out_base + i] = x;
    }
}
