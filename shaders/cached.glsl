/* One element of the KV cache, whatever it holds: CACHE_TYPE 0 floats, 1 halves, 2 bytes. `i`
 * counts elements, bytes where those are, and `scale` is then the half of its group. The shader
 * has these buffers, and they are the same. */
#define CACHE_IS_BYTES (CACHE_TYPE == 2)

layout (binding = 1, std430) readonly buffer Cache32
{
  float cache[];
};
layout (binding = 1, std430) readonly buffer Cache16
{
  float16_t cache16[];
};
layout (binding = 1, std430) readonly buffer Cache8
{
  int cache8[]; /* four each */
};

float
cached (uint i, uint scale)
{
  if (CACHE_TYPE == 2)
    return float (cache16[scale]) * float (bitfieldExtract (cache8[i >> 2], int (8 * (i & 3u)), 8));
  return CACHE_TYPE == 1 ? float (cache16[i]) : cache[i];
}
