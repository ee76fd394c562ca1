/* Eight neighbouring lanes, each with four numbers, have a block of 32: its bytes, scale and sums
 * in the form of what is staged. */
void
round_block (vec4 x, out uint bytes, out uvec4 scales)
{
  float highest = max (max (abs (x.x), abs (x.y)), max (abs (x.z), abs (x.w)));
  highest = max (highest, subgroupShuffleXor (highest, 1));
  highest = max (highest, subgroupShuffleXor (highest, 2));
  highest = max (highest, subgroupShuffleXor (highest, 4));
  const ivec4 b = ivec4 (roundEven (x * (highest > 0.0 ? 127.0 / highest : 0.0)));
  int sum = b.x + b.y + b.z + b.w;
  sum += subgroupShuffleXor (sum, 1);
  sum += subgroupShuffleXor (sum, 2);
  const int other = subgroupShuffleXor (sum, 4);
  const float scale = highest / 127.0;

  bytes = (uint (b.x) & 0xffu) | ((uint (b.y) & 0xffu) << 8) | ((uint (b.z) & 0xffu) << 16)
          | (uint (b.w) << 24);
  /* The first of the eight lanes has them in this order. */
  scales = uvec4 (floatBitsToUint (scale), floatBitsToUint (scale * float (sum)),
                  floatBitsToUint (scale * float (other)), 0);
}
