/* PCG32 (XSH RR 64/32): M. E. O'Neill, “PCG: A Family of Simple Fast Space-Efficient
 * Statistically Good Algorithms for Random Number Generation”, 2014, section 6.3. The same
 * numbers on every machine. */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 state;
  guint64 increment; /* odd */
} BlnPcg32;

static inline guint32
bln_pcg32_next (BlnPcg32 *random)
{
  guint64 old = random->state;
  guint32 shifted = (guint32) (((old >> 18) ^ old) >> 27);
  guint32 turn = (guint32) (old >> 59);

  random->state = old * G_GUINT64_CONSTANT (6364136223846793005) + random->increment;
  return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

static inline void
bln_pcg32_seed (BlnPcg32 *random,
                guint64   seed,
                guint64   stream)
{
  random->state = 0;
  random->increment = (stream << 1) | 1;
  bln_pcg32_next (random);
  random->state += seed;
  bln_pcg32_next (random);
}

/* Uniform in [0, 1), 53 bits, from two numbers. */
static inline double
bln_pcg32_next_double (BlnPcg32 *random)
{
  guint64 high = bln_pcg32_next (random) >> 5;
  guint64 low = bln_pcg32_next (random) >> 6;

  return (high * 67108864.0 + low) * 0x1p-53;
}
