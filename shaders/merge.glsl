/* Adds up the stretches of attend-latent.comp for one head of one row, in their order. The lanes
 * stand in groups that each take every so-manieth stretch and eight latents a lane. */
layout (binding = 5, std430) readonly buffer Partials
{
  float partials[];
};
layout (binding = 5, std430) readonly buffer Partials4
{
  uvec4 partials4[];
};
layout (binding = 6, std430) readonly buffer Step
{
  uint step_words[];
};

#include "stretch.glsl"

const uint MERGED_WIDTH = ROW_UNITS * 32;

shared float split_weight[N_SPLITS];
shared vec4 merged[MODE == MODE_MERGED ? MERGE_GROUPS * MERGED_WIDTH / 4 : 1];
shared float merge_partial[64];

vec4
merged_at (uint i)
{
  vec4 sum = vec4 (0.0);

  [[unroll]] for (uint g = 0; g < MERGE_GROUPS; g++)
    sum += merged[(g * MERGED_WIDTH + i) / 4];
  return sum;
}

/* push.n_used: how many heads there are. */
void
merge_stretches (uint row, uint head)
{
  const uint length = step_words[push.positions + row] + 1;
  const uint size = stretch_size (length, N_SPLITS, GRAIN);
  const uint n = (length + size - 1) / size;
  const uint lane = gl_LocalInvocationID.x;
  const uint first = row * N_SPLITS * push.n_used + head;
  const bool is_one = lane < n;
  const uint meta = META + 2 * (first + min (lane, n - 1) * push.n_used);
  const float highest = partials[meta];
  float top = subgroupMax (highest);

  if (gl_SubgroupInvocationID == 0)
    merge_partial[gl_SubgroupID] = top;
  barrier ();
  for (uint g = 0; g < gl_NumSubgroups; g++)
    top = max (top, merge_partial[g]);
  barrier ();
  const float weight = is_one ? partials[meta + 1] * exp2 (highest - top) : 0.0;
  const float part = subgroupAdd (weight);
  if (gl_SubgroupInvocationID == 0)
    merge_partial[gl_SubgroupID] = part;
  barrier ();
  float total = 0.0;
  for (uint g = 0; g < gl_NumSubgroups; g++)
    total += merge_partial[g];
  if (lane < N_SPLITS)
    split_weight[lane] = weight / total;
  barrier ();

  const uint vectors = MERGED_WIDTH / 8;
  const uint group = lane / vectors;
  const uint v = lane % vectors;
  vec4 low = vec4 (0.0), high = vec4 (0.0);

  if (group < MERGE_GROUPS)
    {
      for (uint s = group; s < n; s += MERGE_GROUPS * 4)
        {
          uvec4 halves[4];

          [[unroll]] for (uint k = 0; k < 4; k++)
            halves[k] = partials4[(first + min (s + k * MERGE_GROUPS, n - 1) * push.n_used)
                                  * vectors + v];
          [[unroll]] for (uint k = 0; k < 4; k++)
            {
              const uint at = s + k * MERGE_GROUPS;
              const float w = at < n ? split_weight[at] : 0.0;

              low += w * vec4 (unpackHalf2x16 (halves[k].x), unpackHalf2x16 (halves[k].y));
              high += w * vec4 (unpackHalf2x16 (halves[k].z), unpackHalf2x16 (halves[k].w));
            }
        }
      merged[(group * MERGED_WIDTH + v * 8) / 4] = low;
      merged[(group * MERGED_WIDTH + v * 8) / 4 + 1] = high;
    }
  barrier ();
}
