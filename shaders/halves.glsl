/* 32 consecutive weights of a row as halves, in two steps, so that loads may run ahead of what
 * is computed: RAW_LOAD brings from the buffer what is needed, raw_halves() makes four vectors of
 * eight halves of it. Included once for each weight buffer, with RAW_LOAD the function's name and
 * DEQUANT, WORDS and WORDS4 as for dequant.glsl, which decodes the types that have no way of
 * their own here.
 *
 * Quants become halves by their bits: 0x6400 is 1024, and what stands in its low byte is added
 * to it. Scales are halves too, sixteen times as large, so that those of small weights are no
 * denormals; the product is brought back in the end. */

#ifndef RAW_ONCE
#define RAW_ONCE
#if TYPE == 2 || TYPE == 6
#define RAW_WORDS 2 /* quants; beside them */
#elif TYPE == 8 || TYPE == 12
#define RAW_WORDS 3
#elif TYPE == 13 || TYPE == 14
#define RAW_WORDS 5
#else
#define RAW_WORDS 4 /* halves as they are */
#endif
#define RAW_SCALE 16.0

/* Numbers in the four bytes of a word, less `offset` (1024 with it), times d, less m. */
uvec2
raw_four (uint word, float16_t offset, f16vec2 d, f16vec2 m)
{
  const uint low = (word & 0xffu) | ((word & 0xff00u) << 8) | 0x64006400u;
  const uint high = ((word >> 16) & 0xffu) | ((word >> 8) & 0xff0000u) | 0x64006400u;
  const f16vec2 back = f16vec2 (1.0 / RAW_SCALE);

  return uvec2 (packFloat2x16 (((unpackFloat2x16 (low) - offset) * d - m) * back),
                packFloat2x16 (((unpackFloat2x16 (high) - offset) * d - m) * back));
}

f16vec2
raw_scale (float d)
{
  return f16vec2 (float16_t (clamp (RAW_SCALE * d, -65504.0, 65504.0)));
}

void
raw_halves (uvec4 raw[RAW_WORDS], uint row, uint b, uint n_in, out uvec4 halves[4])
{
  const f16vec2 none = f16vec2 (0.0);
#if TYPE == 2 || TYPE == 6 /* Q4_0, Q5_0 */
  const uint block = row * (n_in / 32) + b;
  const f16vec2 d = raw_scale (unpackHalf2x16 (raw[1].x)[block & 1u]);
#if TYPE == 6
  const uint high = (block & 1u) != 0 ? raw[1].y : (raw[1].x >> 16) | (raw[1].y << 16);
  const float16_t offset = float16_t (1040.0);
#else
  const uint high = 0;
  const float16_t offset = float16_t (1032.0);
#endif

  [[unroll]] for (uint k = 0; k < 4; k++)
    [[unroll]] for (uint h = 0; h < 2; h++)
      {
        uint q = (raw[0][2 * (k & 1u) + h] >> (4 * (k >> 1))) & 0x0f0f0f0fu;
        /* Four bits in a row to the fifth bits of four bytes. */
        const uint four = (high >> (8 * k + 4 * h)) & 15u;

        q |= ((four * 0x00204081u) & 0x01010101u) << 4;
        const uvec2 two = raw_four (q, offset, d, none);
        halves[k][2 * h] = two.x;
        halves[k][2 * h + 1] = two.y;
      }
#elif TYPE == 8 /* Q8_0 */
  const uint block = row * (n_in / 32) + b;
  const f16vec2 d = raw_scale (unpackHalf2x16 (raw[2].x)[block & 1u]);

  [[unroll]] for (uint k = 0; k < 4; k++)
    halves[k] = uvec4 (raw_four (raw[k >> 1][2 * (k & 1u)] ^ 0x80808080u, float16_t (1152.0), d,
                                 none),
                       raw_four (raw[k >> 1][2 * (k & 1u) + 1] ^ 0x80808080u, float16_t (1152.0),
                                 d, none));
#elif TYPE == 12 || TYPE == 13 /* Q4_K, Q5_K */
  const uint sub = b & 7u;
  const uvec4 head = raw[0];
  const vec2 dm = unpackHalf2x16 (head.x);
  const uint shift = 8 * (sub & 3u);
  const uint s0 = (head.y >> shift) & 0xffu;
  const uint s1 = (head.z >> shift) & 0xffu;
  const uint s2 = (head.w >> shift) & 0xffu;
  const uint sc = sub < 4 ? s0 & 63u : (s2 & 15u) | ((s0 >> 6) << 4);
  const uint mn = sub < 4 ? s1 & 63u : (s2 >> 4) | ((s1 >> 6) << 4);
  const f16vec2 d = raw_scale (dm.x * float (sc));
  const f16vec2 m = raw_scale (dm.y * float (mn));

  [[unroll]] for (uint k = 0; k < 4; k++)
    [[unroll]] for (uint h = 0; h < 2; h++)
      {
        const uint at = 2 * (k & 1u) + h;
        uint q = (raw[1 + (k >> 1)][at] >> (4 * (sub & 1u))) & 0x0f0f0f0fu;

#if TYPE == 13
        q |= ((raw[3 + (k >> 1)][at] >> sub) & 0x01010101u) << 4;
#endif
        const uvec2 two = raw_four (q, float16_t (1024.0), d, m);
        halves[k][2 * h] = two.x;
        halves[k][2 * h + 1] = two.y;
      }
#elif TYPE == 14 /* Q6_K */
  const uint index = row * (n_in / 256) + (b >> 3);
  const uint k4 = b & 3u;
  const uint s = 2 * k4;
  const float d = unpackHalf2x16 (raw[4].y)[index & 1u];
  const int scales = int (raw[4].x);
  const f16vec2 ds[2] = f16vec2[2] (
    raw_scale (d * float (bitfieldExtract (scales, int (8 * (s & 3u)), 8))),
    raw_scale (d * float (bitfieldExtract (scales, int (8 * ((s + 1) & 3u)), 8))));

  [[unroll]] for (uint k = 0; k < 4; k++)
    [[unroll]] for (uint h = 0; h < 2; h++)
      {
        const uint at = 2 * (k & 1u) + h;
        const uint q = ((raw[k >> 1][at] >> (4 * (k4 >> 1))) & 0x0f0f0f0fu)
                       | (((raw[2 + (k >> 1)][at] >> (2 * k4)) & 0x03030303u) << 4);
        const uvec2 two = raw_four (q, float16_t (1056.0), ds[k >> 1], none);

        halves[k][2 * h] = two.x;
        halves[k][2 * h + 1] = two.y;
      }
#else
  halves = raw;
#endif
}
#endif

void
RAW_LOAD (uint row, uint b, uint n_in, uint side, out uvec4 raw[RAW_WORDS])
{
#if TYPE == 2 /* Q4_0 */
  const uint block = row * (n_in / 32) + b;

  raw[0] = WORDS4[block];
  raw[1].x = WORDS[side + (block >> 1)];
#elif TYPE == 6 /* Q5_0 */
  const uint block = row * (n_in / 32) + b;
  const uint beside = side + ((3 * block) >> 1);

  raw[0] = WORDS4[block];
  raw[1].x = WORDS[beside];
  raw[1].y = WORDS[beside + 1];
#elif TYPE == 8 /* Q8_0 */
  const uint block = row * (n_in / 32) + b;

  raw[0] = WORDS4[2 * block];
  raw[1] = WORDS4[2 * block + 1];
  raw[2].x = WORDS[side + (block >> 1)];
#elif TYPE == 12 || TYPE == 13 /* Q4_K, Q5_K */
#if TYPE == 12
  const uint super = (row * (n_in / 256) + (b >> 3)) * 9;
  const uint quants = super + 1 + 2 * ((b & 7u) >> 1);
#else
  const uint super = (row * (n_in / 256) + (b >> 3)) * 11;
  const uint quants = super + 3 + 2 * ((b & 7u) >> 1);

  raw[3] = WORDS4[super + 1];
  raw[4] = WORDS4[super + 2];
#endif
  raw[0] = WORDS4[super];
  raw[1] = WORDS4[quants];
  raw[2] = WORDS4[quants + 1];
#elif TYPE == 14 /* Q6_K */
  const uint index = row * (n_in / 256) + (b >> 3);
  const uint super = index * 13;
  const uint sub = b & 7u, a = sub >> 2, k4 = sub & 3u;
  const uint low = super + 4 * a + 2 * (k4 & 1u);

  raw[0] = WORDS4[low];
  raw[1] = WORDS4[low + 1];
  raw[2] = WORDS4[super + 8 + 2 * a];
  raw[3] = WORDS4[super + 8 + 2 * a + 1];
  raw[4].x = WORDS[4 * super + 48 + ((8 * a + 2 * k4) >> 2)];
  raw[4].y = WORDS[side + (index >> 1)];
#else
#if TYPE == 1 /* F16 */
  if (n_in % 8 == 0 && b * 32 + 32 <= n_in)
    {
      [[unroll]] for (uint k = 0; k < 4; k++)
        raw[k] = WORDS4[(row * (n_in / 8)) + 4 * b + k];
      return;
    }
#endif
  float v[32];

  DEQUANT (row, b, n_in, side, v);
  [[unroll]] for (uint k = 0; k < 4; k++)
    raw[k] = uvec4 (packHalf2x16 (vec2 (v[8 * k], v[8 * k + 1])),
                    packHalf2x16 (vec2 (v[8 * k + 2], v[8 * k + 3])),
                    packHalf2x16 (vec2 (v[8 * k + 4], v[8 * k + 5])),
                    packHalf2x16 (vec2 (v[8 * k + 6], v[8 * k + 7])));
#endif
}
