/* How long each of at most `n` stretches of `length` positions is: a multiple of `grain`, so
 * that short sequences are not torn to pieces. Depends on the position alone, never on what
 * else is in the batch. */
uint
stretch_size (uint length, uint n, uint grain)
{
  return ((length + n - 1) / n + grain - 1) / grain * grain;
}

/* Which positions stretch `index` of `n` takes of [begin, end). */
uvec2
stretch_of (uint begin, uint end, uint index, uint n)
{
  const uint size = stretch_size (end - begin, n, 64);
  const uint from = begin + index * size;

  return uvec2 (min (from, end), min (from + size, end));
}
