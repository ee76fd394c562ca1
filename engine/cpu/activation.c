/* Activations for the integer kernels: see BlnActivation. */
#include "matmul.h"

#include "x16.h"

#include <string.h>

static void
copy_padded (const float *x,
             gsize        n_in,
             float       *tile)
{
  gsize padded = (n_in + 15) / 16 * 16;

  memcpy (tile, x, n_in * sizeof (float));
  memset (tile + n_in, 0, (padded - n_in) * sizeof (float));
}

void
bln_activation_quantize (const BlnKernels *kernels,
                         BlnActivation     activation,
                         const float      *x,
                         gsize             n_in,
                         void             *tile)
{
  switch (activation)
    {
    case BLN_ACTIVATION_A32:
      kernels->quantize_a32 (x, n_in, tile);
      break;
    case BLN_ACTIVATION_A256:
      kernels->quantize_a256 (x, n_in, tile);
      break;
    default:
      copy_padded (x, n_in, tile);
      break;
    }
}

/* A block is a few fields of fixed size for each column, one field after another. Inline, so
 * that the sizes are known where they are copied. */
static inline __attribute__ ((always_inline)) void
gather_fields (const gsize       *field_bytes,
               guint              n_fields,
               gsize              n_blocks,
               const void *const *columns,
               guint              n,
               guint              width,
               guint8            *out)
{
  gsize in = 0;

  for (gsize b = 0; b < n_blocks; b++)
#pragma GCC unroll 4
    for (guint f = 0; f < n_fields; f++)
      {
        for (guint c = 0; c < n; c++)
          memcpy (out + c * field_bytes[f], (const guint8 *) columns[c] + in, field_bytes[f]);
        if (n < width)
          memset (out + n * field_bytes[f], 0, (width - n) * field_bytes[f]);
        out += width * field_bytes[f];
        in += field_bytes[f];
      }
}

void
bln_activation_gather (BlnActivation      activation,
                       gsize              n_in,
                       const void *const *columns,
                       guint              n,
                       guint              width,
                       void              *tile)
{
  const gsize fields_32[] = { 32, 4, 4 };
  const gsize fields_256[] = { 256, 4, 32, 16 };
  const gsize fields_float[] = { 64 };

  switch (activation)
    {
    case BLN_ACTIVATION_A32:
      gather_fields (fields_32, 3, n_in / 32, columns, n, width, tile);
      break;
    case BLN_ACTIVATION_A256:
      gather_fields (fields_256, 4, n_in / 256, columns, n, width, tile);
      break;
    default:
      gather_fields (fields_float, 1, (n_in + 15) / 16, columns, n, width, tile);
      break;
    }
}
