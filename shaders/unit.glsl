/* Loads a unit, 32 weights of a row as one lane takes them: two 16-byte loads at most, and no
 * byte that another lane loads too except headers. Included once for each weight buffer, with
 * LOAD_UNIT the function's name, WORDS and WORDS4 its buffer. Blocks lie as dequant.glsl says.
 *
 * `row` counts rows of all slabs, `u` units within the row. Units of blocks of 32 are those
 * blocks; units of blocks of 256 are what unit-bytes.glsl says. */
Unit
LOAD_UNIT (uint row, uint u, uint n_in, uint side)
{
  Unit unit;

#if TYPE == 2 || TYPE == 20 || TYPE == 39 /* Q4_0, IQ4_NL, MXFP4 */
  const uint block = row * (n_in / 32) + u;

  unit.a = WORDS4[block];
#if TYPE == 39
  unit.e = WORDS[side + (block >> 2)] >> (8 * (block & 3u));
#else
  unit.e = WORDS[side + (block >> 1)] >> (16 * (block & 1u));
#endif

#elif TYPE == 3 /* Q4_1 */
  const uint block = row * (n_in / 32) + u;

  unit.a = WORDS4[block];
  unit.e = WORDS[side + block];

#elif TYPE == 6 /* Q5_0: three halves beside each block */
  const uint block = row * (n_in / 32) + u;
  const uint beside = side + ((3 * block) >> 1);
  const uint beside0 = WORDS[beside], beside1 = WORDS[beside + 1];

  unit.a = WORDS4[block];
  unit.e = beside0 >> (16 * (block & 1u));
  unit.f = (block & 1u) != 0 ? beside1 : (beside0 >> 16) | (beside1 << 16);

#elif TYPE == 7 /* Q5_1 */
  const uint block = row * (n_in / 32) + u;

  unit.a = WORDS4[block];
  unit.e = WORDS[side + 2 * block];
  unit.f = WORDS[side + 2 * block + 1];

#elif TYPE == 8 /* Q8_0 */
  const uint block = row * (n_in / 32) + u;

  unit.a = WORDS4[block * 2];
  unit.b = WORDS4[block * 2 + 1];
  unit.e = WORDS[side + (block >> 1)] >> (16 * (block & 1u));

#elif TYPE == 10 || TYPE == 11 /* Q2_K, Q3_K */
  const uint index = row * (n_in / 256) + (u >> 3);
  const uint sub = u & 7u;
#if TYPE == 10
  const uint super = index * 21;
  const uint quants = super + 4 + 8 * (sub >> 2);

  unit.e = WORDS[super + 20];
  unit.f = WORDS[super + (sub >> 1)] >> (16 * (sub & 1u));
#else
  const uint super = index * 27;
  const uint quants = super + 8 + 8 * (sub >> 2);

  unit.e = WORDS[side + (index >> 1)] >> (16 * (index & 1u));
  unit.f = (WORDS[super + 24 + ((sub & 3u) >> 1)] >> (16 * (sub & 1u) + (sub < 4 ? 0 : 4)))
           & 0x0f0fu;
  unit.f |= ((WORDS[super + 26] >> (16 * (sub & 1u) + 2 * (sub >> 1))) & 0x0303u) << 4;
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      unit.c[k] = WORDS[super + k];
      unit.d[k] = WORDS[super + 4 + k];
    }
#endif
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      unit.a[k] = WORDS[quants + k];
      unit.b[k] = WORDS[quants + 4 + k];
    }

#elif TYPE == 12 /* Q4_K */
  const uint super = (row * (n_in / 256) + (u >> 3)) * 9;

  unit.a = WORDS4[super + 1 + (u & 7u)];
  unit.b = WORDS4[super];

#elif TYPE == 13 /* Q5_K */
  const uint super = (row * (n_in / 256) + (u >> 3)) * 11;

  unit.a = WORDS4[super + 3 + (u & 7u)];
  unit.b = WORDS4[super];
  unit.c = WORDS4[super + 1 + (u & 1u)];

#elif TYPE == 14 /* Q6_K */
  const uint index = row * (n_in / 256) + (u >> 3);

  unit.a = WORDS4[index * 13 + (u & 7u)];
  unit.b = WORDS4[index * 13 + 12];
  unit.c = WORDS4[index * 13 + 8 + 2 * ((u >> 2) & 1u) + (u & 1u)];
  unit.e = WORDS[side + (index >> 1)] >> (16 * (index & 1u));

#elif TYPE == 23 /* IQ4_XS */
  const uint super = (row * (n_in / 256) + (u >> 3)) * 34;

  unit.e = WORDS[super];
  unit.f = WORDS[super + 1];
  [[unroll]] for (uint k = 0; k < 4; k++)
    unit.a[k] = WORDS[super + 2 + 4 * (u & 7u) + k];
#else
#error "a type whose products are not of integers"
#endif
  return unit;
}
