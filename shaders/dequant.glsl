/* 32 consecutive weights of a row, decoded. Included once for each weight buffer of a shader,
 * with DEQUANT the function's name, WORDS its buffer as 32-bit words, WORDS4 the same as vectors
 * of four, and TYPE the number of
 * the type as in GGUF files. Blocks lie as in the file where their size is a multiple of
 * sixteen bytes, or none of it can be had; what stands beside the sixteen-byte quants of the
 * others (scales, high bits) is in a plane of its own that begins at word `side`
 * (engine/vulkan/vulkan-model.c).
 *
 * `row` counts rows of all slabs, `b` blocks of 32 within the row. F32, F16 and BF16 rows may
 * end inside a block: the rest is zero. */

/* Eight words, or four, from a multiple of four words: two loads or one. */
#define DEQUANT_LOAD8(to, from) \
  { \
    const uvec4 load_a = WORDS4[(from) >> 2]; \
    const uvec4 load_b = WORDS4[((from) >> 2) + 1]; \
    to[0] = load_a.x; to[1] = load_a.y; to[2] = load_a.z; to[3] = load_a.w; \
    to[4] = load_b.x; to[5] = load_b.y; to[6] = load_b.z; to[7] = load_b.w; \
  }

#if TYPE == 2 || TYPE == 8 || TYPE == 20
#define DEQUANT_SIDE_HALF(i) \
  (unpackHalf2x16 (WORDS[side + ((i) >> 1)])[(i) & 1u])
#endif

void
DEQUANT (uint row, uint b, uint n_in, uint side, out float v[32])
{
#if TYPE == 0 /* F32 */
  const uint base = row * n_in + b * 32;
  if ((base & 3u) == 0 && b * 32 + 32 <= n_in)
    {
      [[unroll]] for (uint k = 0; k < 8; k++)
        {
          const vec4 four = uintBitsToFloat (WORDS4[(base >> 2) + k]);
          v[4 * k] = four.x;
          v[4 * k + 1] = four.y;
          v[4 * k + 2] = four.z;
          v[4 * k + 3] = four.w;
        }
      return;
    }
  [[unroll]] for (uint i = 0; i < 32; i++)
    v[i] = b * 32 + i < n_in ? uintBitsToFloat (WORDS[base + i]) : 0.0;

#elif TYPE == 1 || TYPE == 30 /* F16, BF16 */
  const uint base = row * n_in + b * 32;
  [[unroll]] for (uint i = 0; i < 32; i++)
    {
      const uint e = base + i;
      float f = 0.0;
      if (b * 32 + i < n_in)
        {
          const uint word = WORDS[e >> 1];
#if TYPE == 1
          f = unpackHalf2x16 (word)[e & 1u];
#else
          f = uintBitsToFloat ((e & 1u) == 0 ? word << 16 : word & 0xffff0000u);
#endif
        }
      v[i] = f;
    }

#elif TYPE == 2 /* Q4_0 */
  const uint block = row * (n_in / 32) + b;
  const float d = DEQUANT_SIDE_HALF (block);
  const uvec4 quants = WORDS4[block];
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      const uint q = quants[k];
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          v[4 * k + i] = d * (float ((q >> (8 * i)) & 15u) - 8.0);
          v[4 * k + i + 16] = d * (float ((q >> (8 * i + 4)) & 15u) - 8.0);
        }
    }

#elif TYPE == 3 /* Q4_1 */
  const uint block = row * (n_in / 32) + b;
  const vec2 dm = unpackHalf2x16 (WORDS[side + block]);
  const uvec4 quants = WORDS4[block];
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      const uint q = quants[k];
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          v[4 * k + i] = dm.x * float ((q >> (8 * i)) & 15u) + dm.y;
          v[4 * k + i + 16] = dm.x * float ((q >> (8 * i + 4)) & 15u) + dm.y;
        }
    }

#elif TYPE == 6 || TYPE == 7 /* Q5_0, Q5_1 */
  const uint block = row * (n_in / 32) + b;
#if TYPE == 6
  /* Three halves beside each block: the scale, then the high bits. */
  const uint beside = side + ((3 * block) >> 1);
  const uint beside0 = WORDS[beside], beside1 = WORDS[beside + 1];
  const bool is_odd = (block & 1u) != 0;
  const vec2 dm = vec2 (unpackHalf2x16 (beside0)[block & 1u], 0.0);
  const uint high = is_odd ? beside1 : (beside0 >> 16) | (beside1 << 16);
  const float offset = 16.0;
#else
  const vec2 dm = unpackHalf2x16 (WORDS[side + 2 * block]);
  const uint high = WORDS[side + 2 * block + 1];
  const float offset = 0.0;
#endif
  const uvec4 quants = WORDS4[block];
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      const uint q = quants[k];
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          const uint j = 4 * k + i;
          const uint lo = ((q >> (8 * i)) & 15u) | (((high >> j) & 1u) << 4);
          const uint hi = ((q >> (8 * i + 4)) & 15u) | (((high >> (j + 16)) & 1u) << 4);
          v[j] = dm.x * (float (lo) - offset) + dm.y;
          v[j + 16] = dm.x * (float (hi) - offset) + dm.y;
        }
    }

#elif TYPE == 8 /* Q8_0 */
  const uint block = row * (n_in / 32) + b;
  const float d = DEQUANT_SIDE_HALF (block);
  uint quants[8];
  DEQUANT_LOAD8 (quants, block * 8)
  [[unroll]] for (uint k = 0; k < 8; k++)
    {
      const int q = int (quants[k]);
      [[unroll]] for (int i = 0; i < 4; i++)
        v[4 * k + i] = d * float (bitfieldExtract (q, 8 * i, 8));
    }

#elif TYPE == 10 /* Q2_K */
  const uint super = (row * (n_in / 256) + (b >> 3)) * 21;
  const uint sub = b & 7u;
  const vec2 dm = unpackHalf2x16 (WORDS[super + 20]);
  [[unroll]] for (uint h = 0; h < 2; h++)
    {
      const uint s = 2 * sub + h;
      const uint scale = (WORDS[super + (s >> 2)] >> (8 * (s & 3u))) & 0xffu;
      const float d = dm.x * float (scale & 15u);
      const float m = dm.y * float (scale >> 4);
      [[unroll]] for (uint k = 0; k < 4; k++)
        {
          const uint q = WORDS[super + 4 + 8 * (sub >> 2) + 4 * h + k] >> (2 * (sub & 3u));
          [[unroll]] for (uint i = 0; i < 4; i++)
            v[16 * h + 4 * k + i] = d * float ((q >> (8 * i)) & 3u) - m;
        }
    }

#elif TYPE == 11 /* Q3_K */
  const uint index = row * (n_in / 256) + (b >> 3);
  const uint super = index * 27;
  const uint sub = b & 7u;
  const float d = unpackHalf2x16 (WORDS[side + (index >> 1)])[index & 1u];
  [[unroll]] for (uint h = 0; h < 2; h++)
    {
      const uint s = 2 * sub + h;
      const uint low_byte = (WORDS[super + 24 + ((s & 7u) >> 2)] >> (8 * (s & 3u))) & 0xffu;
      const uint low = s < 8 ? low_byte & 15u : low_byte >> 4;
      const uint high = (WORDS[super + 26] >> (8 * (s & 3u) + 2 * (s >> 2))) & 3u;
      const float ds = d * (float (low | (high << 4)) - 32.0);
      [[unroll]] for (uint k = 0; k < 4; k++)
        {
          const uint q = WORDS[super + 8 + 8 * (sub >> 2) + 4 * h + k] >> (2 * (sub & 3u));
          const uint hm = WORDS[super + 4 * h + k] >> sub;
          [[unroll]] for (uint i = 0; i < 4; i++)
            v[16 * h + 4 * k + i] = ds * (float ((q >> (8 * i)) & 3u)
                                          - (((hm >> (8 * i)) & 1u) != 0 ? 0.0 : 4.0));
        }
    }

#elif TYPE == 12 || TYPE == 13 /* Q4_K, Q5_K */
#if TYPE == 12
  const uint super = (row * (n_in / 256) + (b >> 3)) * 36;
  const uint quants = super + 4;
#else
  const uint super = (row * (n_in / 256) + (b >> 3)) * 44;
  const uint quants = super + 12;
#endif
  const uint sub = b & 7u;
  const uvec4 head = WORDS4[super >> 2];
  const vec2 dm = unpackHalf2x16 (head.x);
  const uint shift = 8 * (sub & 3u);
  const uint s0 = (head.y >> shift) & 0xffu; /* S[j] or S[j-4] */
  const uint s1 = (head.z >> shift) & 0xffu; /* S[j+4] or S[j] */
  const uint s2 = (head.w >> shift) & 0xffu; /* S[j+8] or S[j+4] */
  const uint sc = sub < 4 ? s0 & 63u : (s2 & 15u) | ((s0 >> 6) << 4);
  const uint mn = sub < 4 ? s1 & 63u : (s2 >> 4) | ((s1 >> 6) << 4);
  const float d = dm.x * float (sc);
  const float m = dm.y * float (mn);
  const uint nibble = 4 * (sub & 1u);
  uint low8[8];
  DEQUANT_LOAD8 (low8, quants + 8 * (sub >> 1))
#if TYPE == 13
  uint high8[8];
  DEQUANT_LOAD8 (high8, super + 4)
#endif
  [[unroll]] for (uint k = 0; k < 8; k++)
    {
      const uint q = low8[k] >> nibble;
#if TYPE == 13
      const uint high = high8[k] >> sub;
#endif
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          uint value = (q >> (8 * i)) & 15u;
#if TYPE == 13
          value |= ((high >> (8 * i)) & 1u) << 4;
#endif
          v[4 * k + i] = d * float (value) - m;
        }
    }

#elif TYPE == 14 /* Q6_K */
  const uint index = row * (n_in / 256) + (b >> 3);
  const uint super = index * 52;
  const uint sub = b & 7u;
  const uint a = sub >> 2;
  const uint k4 = sub & 3u;
  const float d = unpackHalf2x16 (WORDS[side + (index >> 1)])[index & 1u];
  const uint s = 8 * a + 2 * k4;
  const int scales = int (WORDS[super + 48 + (s >> 2)]);
  const float d0 = d * float (bitfieldExtract (scales, int (8 * (s & 3u)), 8));
  const float d1 = d * float (bitfieldExtract (scales, int (8 * ((s + 1) & 3u)), 8));
  uint low8[8], high8[8];
  DEQUANT_LOAD8 (low8, super + 16 * a + 8 * (k4 & 1u))
  DEQUANT_LOAD8 (high8, super + 32 + 8 * a)
  [[unroll]] for (uint k = 0; k < 8; k++)
    {
      const uint low = low8[k] >> (4 * (k4 >> 1));
      const uint high = high8[k] >> (2 * k4);
      [[unroll]] for (uint i = 0; i < 4; i++)
        v[4 * k + i] = (k < 4 ? d0 : d1)
                       * (float (((low >> (8 * i)) & 15u) | (((high >> (8 * i)) & 3u) << 4)) - 32.0);
    }

#elif TYPE == 20 || TYPE == 23 || TYPE == 39 /* IQ4_NL, IQ4_XS, MXFP4 */
#if TYPE == 39
  const float table[16] = float[16] (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0,
                                     0.0, -1.0, -2.0, -3.0, -4.0, -6.0, -8.0, -12.0);
#else
  const float table[16] = float[16] (-127.0, -104.0, -83.0, -65.0, -49.0, -35.0, -22.0, -10.0,
                                     1.0, 13.0, 25.0, 38.0, 53.0, 69.0, 89.0, 113.0);
#endif
#if TYPE == 20
  const uint block = row * (n_in / 32) + b;
  const uint quants = block * 4;
  const float d = DEQUANT_SIDE_HALF (block);
#elif TYPE == 39
  const uint block = row * (n_in / 32) + b;
  const uint quants = block * 4;
  const uint e = (WORDS[side + (block >> 2)] >> (8 * (block & 3u))) & 0xffu;
  /* 2^(e-128); the two smallest are denormal and decode to zero where the device flushes. */
  const float d = uintBitsToFloat (e >= 2 ? (e - 1) << 23 : 0x00200000u << e);
#else
  const uint super = (row * (n_in / 256) + (b >> 3)) * 34;
  const uint sub = b & 7u;
  const uint quants = super + 2 + 4 * sub;
  const uint head = WORDS[super];
  const uint low = (WORDS[super + 1] >> (8 * (sub >> 1) + 4 * (sub & 1u))) & 15u;
  const uint high = (head >> (16 + 2 * sub)) & 3u;
  const float d = unpackHalf2x16 (head).x * (float (low | (high << 4)) - 32.0);
#endif
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      const uint q = WORDS[quants + k];
      [[unroll]] for (uint i = 0; i < 4; i++)
        {
          v[4 * k + i] = d * table[(q >> (8 * i)) & 15u];
          v[4 * k + i + 16] = d * table[(q >> (8 * i + 4)) & 15u];
        }
    }
#else
#error "a type that no shader decodes"
#endif
}

#undef DEQUANT_SIDE_HALF
#undef DEQUANT_LOAD8
