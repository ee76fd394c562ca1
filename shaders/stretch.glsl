/* Which positions split `index` of `n` takes of [begin, end): stretches of a multiple of 64, so
 * that short sequences are not torn to pieces. Depends on the position alone, never on what
 * else is in the batch. */
uvec2
stretch_of (uint begin, uint end, uint index, uint n)
{
  const uint size = ((end - begin + n - 1) / n + 63) / 64 * 64;
  const uint from = begin + index * size;

  return uvec2 (min (from, end), min (from + size, end));
}
