#include "rope.h"

#include <math.h>

/* Which pair makes `turns` full turns over the original context, as a real number. */
static double
pair_of_turns (const BlnRope *rope,
               double         turns)
{
  return rope->n_rot * log (rope->original_context / (2 * G_PI * turns)) /
         (2 * log ((double) rope->base));
}

void
bln_rope_frequencies (const BlnRope *rope,
                      const float   *factors,
                      float         *frequencies)
{
  double low = 0, high = 1;

  if (rope->is_yarn)
    {
      low = MAX (0.0, floor (pair_of_turns (rope, rope->beta_fast)));
      high = MIN (rope->n_rot - 1.0, ceil (pair_of_turns (rope, rope->beta_slow)));
    }
  for (guint i = 0; i < rope->n_rot / 2; i++)
    {
      double f = pow (rope->base, -2.0 * i / rope->n_rot);

      if (factors != NULL)
        f /= factors[i];
      if (rope->is_yarn)
        {
          double ramp = CLAMP ((i - low) / MAX (0.001, high - low), 0.0, 1.0);
          double kept = (1 - ramp) * rope->ext_factor;

          f = f * kept + f / rope->factor * (1 - kept);
        }
      else
        f /= rope->factor;
      frequencies[i] = (float) f;
    }
}

void
bln_rope_angles (const BlnRope *rope,
                 const float   *frequencies,
                 guint          position,
                 float         *cos_sin)
{
  guint half = rope->n_rot / 2;

  for (guint i = 0; i < half; i++)
    {
      double angle = (double) position * frequencies[i];

      cos_sin[i] = (float) cos (angle) * rope->magnitude;
      cos_sin[half + i] = (float) sin (angle) * rope->magnitude;
    }
}
