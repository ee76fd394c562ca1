/* A unit of 32 weights (unit.glsl) as signed bytes: two halves of 16, each weight d * byte - m
 * of its half. Which sixteen places of the row the halves are is half_places()'s answer: blocks
 * of 256 pair the low nibbles of sixteen bytes with their high ones. */
struct Unit
{
  uvec4 a, b, c, d; /* quants, and whatever the type has beside them */
  uint e, f;
};

struct Half
{
  uvec4 bytes;
  float d, m;
};

#if TYPE == 20 || TYPE == 23 || TYPE == 39
shared uint byte_table[16];

/* Before the first unit is decoded, and a barrier behind it. */
void
fill_byte_table ()
{
#if TYPE == 39
  const int table[16] = int[16] (0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12);
#else
  const int table[16] = int[16] (-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69,
                                 89, 113);
#endif
  if (gl_LocalInvocationID.x == 0)
    [[unroll]] for (uint i = 0; i < 16; i++)
      byte_table[i] = uint (table[i]) & 0xffu;
}

uint
looked_up (uint nibbles)
{
  return byte_table[nibbles & 15u] | (byte_table[(nibbles >> 8) & 15u] << 8)
         | (byte_table[(nibbles >> 16) & 15u] << 16) | (byte_table[(nibbles >> 24) & 15u] << 24);
}
#else
void
fill_byte_table ()
{
}
#endif

/* Bits 0 … 3 to the lowest bits of four bytes. */
uint
spread_bits (uint bits)
{
  return ((bits & 15u) * 0x00204081u) & 0x01010101u;
}

/* The half-blocks of 16 that a unit's halves are, counted from the row's beginning. */
uvec2
half_places (uint u)
{
#if TYPE == 12 || TYPE == 13
  const uint first = 2 * (u & ~7u) + 4 * ((u >> 1) & 3u) + (u & 1u);
  return uvec2 (first, first + 2);
#elif TYPE == 14
  const uint first = 2 * (u & ~7u) + 8 * ((u >> 2) & 1u) + 2 * ((u >> 1) & 1u) + (u & 1u);
  return uvec2 (first, first + 4);
#else
  return uvec2 (2 * u, 2 * u + 1);
#endif
}

void
decode_unit (Unit unit, uint u, out Half low, out Half high)
{
  const uvec4 nibble = uvec4 (0x0f0f0f0fu);

  low.m = high.m = 0.0;
#if TYPE == 2 /* Q4_0 */
  low.bytes = unit.a & nibble;
  high.bytes = (unit.a >> 4) & nibble;
  low.d = high.d = unpackHalf2x16 (unit.e).x;
  low.m = high.m = 8.0 * low.d;

#elif TYPE == 3 /* Q4_1 */
  const vec2 dm = unpackHalf2x16 (unit.e);

  low.bytes = unit.a & nibble;
  high.bytes = (unit.a >> 4) & nibble;
  low.d = high.d = dm.x;
  low.m = high.m = -dm.y;

#elif TYPE == 6 || TYPE == 7 /* Q5_0, Q5_1 */
  const vec2 dm = unpackHalf2x16 (unit.e);

  low.bytes = unit.a & nibble;
  high.bytes = (unit.a >> 4) & nibble;
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      low.bytes[k] |= spread_bits (unit.f >> (4 * k)) << 4;
      high.bytes[k] |= spread_bits (unit.f >> (4 * k + 16)) << 4;
    }
  low.d = high.d = dm.x;
#if TYPE == 6
  low.m = high.m = 16.0 * dm.x;
#else
  low.m = high.m = -dm.y;
#endif

#elif TYPE == 8 /* Q8_0 */
  low.bytes = unit.a;
  high.bytes = unit.b;
  low.d = high.d = unpackHalf2x16 (unit.e).x;

#elif TYPE == 10 /* Q2_K */
  const uint shift = 2 * (u & 3u);
  const vec2 dm = unpackHalf2x16 (unit.e);

  low.bytes = (unit.a >> shift) & 0x03030303u;
  high.bytes = (unit.b >> shift) & 0x03030303u;
  low.d = dm.x * float (unit.f & 15u);
  low.m = dm.y * float ((unit.f >> 4) & 15u);
  high.d = dm.x * float ((unit.f >> 8) & 15u);
  high.m = dm.y * float ((unit.f >> 12) & 15u);

#elif TYPE == 11 /* Q3_K */
  const uint shift = 2 * (u & 3u);
  const float d = unpackHalf2x16 (unit.e).x;

  low.bytes = ((unit.a >> shift) & 0x03030303u) | (((unit.c >> (u & 7u)) & 0x01010101u) << 2);
  high.bytes = ((unit.b >> shift) & 0x03030303u) | (((unit.d >> (u & 7u)) & 0x01010101u) << 2);
  low.d = d * (float (unit.f & 63u) - 32.0);
  high.d = d * (float ((unit.f >> 8) & 63u) - 32.0);
  low.m = 4.0 * low.d;
  high.m = 4.0 * high.d;

#elif TYPE == 12 || TYPE == 13 /* Q4_K, Q5_K */
  const uint sub = (u & 6u);
  const vec2 dm = unpackHalf2x16 (unit.b.x);
  const uint shift = 8 * (sub & 3u);
  const uint s0 = unit.b.y >> shift, s1 = unit.b.z >> shift, s2 = unit.b.w >> shift;
  /* Scales of both blocks in the two low bytes, and mins. */
  const uint scales = sub < 4 ? s0 & 0x3f3fu : (s2 & 0x0f0fu) | ((s0 >> 2) & 0x3030u);
  const uint mins = sub < 4 ? s1 & 0x3f3fu : ((s2 >> 4) & 0x0f0fu) | ((s1 >> 2) & 0x3030u);

  low.bytes = unit.a & nibble;
  high.bytes = (unit.a >> 4) & nibble;
#if TYPE == 13
  low.bytes |= ((unit.c >> sub) & 0x01010101u) << 4;
  high.bytes |= ((unit.c >> (sub + 1)) & 0x01010101u) << 4;
#endif
  low.d = dm.x * float (scales & 0xffu);
  low.m = dm.y * float (mins & 0xffu);
  high.d = dm.x * float ((scales >> 8) & 0xffu);
  high.m = dm.y * float ((mins >> 8) & 0xffu);

#elif TYPE == 14 /* Q6_K */
  const uint a = (u >> 2) & 1u;
  const uint j = (u >> 1) & 1u;
  const int shift = int (8 * (u & 3u));
  const int scale0 = bitfieldExtract (int (a == 0 ? unit.b.x : unit.b.z), shift, 8);
  const int scale1 = bitfieldExtract (int (a == 0 ? unit.b.y : unit.b.w), shift, 8);
  const float d = unpackHalf2x16 (unit.e).x;

  low.bytes = (unit.a & nibble) | (((unit.c >> (2 * j)) & 0x03030303u) << 4);
  high.bytes = ((unit.a >> 4) & nibble) | (((unit.c >> (2 * j + 4)) & 0x03030303u) << 4);
  low.d = d * float (scale0);
  high.d = d * float (scale1);
  low.m = 32.0 * low.d;
  high.m = 32.0 * high.d;

#else /* IQ4_NL, IQ4_XS, MXFP4 */
  [[unroll]] for (uint k = 0; k < 4; k++)
    {
      low.bytes[k] = looked_up (unit.a[k]);
      high.bytes[k] = looked_up (unit.a[k] >> 4);
    }
#if TYPE == 20
  low.d = unpackHalf2x16 (unit.e).x;
#elif TYPE == 39
  const uint e = unit.e & 0xffu;

  /* 2^(e-128); the two smallest are denormal and decode to zero where the device flushes. */
  low.d = uintBitsToFloat (e >= 2 ? (e - 1) << 23 : 0x00200000u << e);
#else
  const uint sub = u & 7u;
  const uint bits = ((unit.f >> (4 * sub)) & 15u) | (((unit.e >> (16 + 2 * sub)) & 3u) << 4);

  low.d = unpackHalf2x16 (unit.e).x * (float (bits) - 32.0);
#endif
  high.d = low.d;
#endif
}
