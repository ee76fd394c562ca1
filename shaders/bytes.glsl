/* Four numbers of a cache of Q8_0 (engine/kv-cache.h) as halves. */
uvec2
halves_of (uint word, float scale)
{
  const int four = int (word);

  return uvec2 (packHalf2x16 (scale * vec2 (bitfieldExtract (four, 0, 8),
                                            bitfieldExtract (four, 8, 8))),
                packHalf2x16 (scale * vec2 (bitfieldExtract (four, 16, 8),
                                            bitfieldExtract (four, 24, 8))));
}
