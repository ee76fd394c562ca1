#include "kernels.h"

#include "cpu-features.h"
#include "kernels-c.h"
#include "kernels-x86.h"
#include "x16.h"

enum { VARIANT_C, VARIANT_AVX2, VARIANT_AVX512, N_VARIANTS };

static BlnKernels tables[N_VARIANTS];

/* The functions that fill a table are compiled with the instructions of its kernels and use
 * them: only those of this machine may be called. */
static void
init_tables (const gboolean *has)
{
  for (guint i = 0; i < N_VARIANTS; i++)
    {
      tables[i].name = "c";
      bln_kernels_init_c_dot (&tables[i]);
      bln_kernels_init_c_vector (&tables[i]);
      bln_kernels_init_c_attention (&tables[i]);
    }
#ifdef __x86_64__
  for (guint i = VARIANT_AVX2; i < N_VARIANTS && has[VARIANT_AVX2]; i++)
    {
      tables[i].name = "avx2";
      bln_kernels_init_avx2_dot (&tables[i]);
      bln_kernels_init_avx2_float (&tables[i]);
    }
  if (has[VARIANT_AVX512])
    {
      tables[VARIANT_AVX512].name = "avx512";
      bln_kernels_init_avx512_dot (&tables[VARIANT_AVX512]);
      bln_kernels_init_avx512_float (&tables[VARIANT_AVX512]);
    }
#endif
}

const BlnKernels *
bln_kernels_get (const char *variant)
{
  static gsize once;
  gboolean has[N_VARIANTS] = { TRUE, FALSE, FALSE };

#ifdef __x86_64__
  const BlnCpuFeatures features = bln_cpu_get_features ();

  has[VARIANT_AVX2] = (features & BLN_CPU_AVX2) != 0;
  has[VARIANT_AVX512] = has[VARIANT_AVX2] && (features & BLN_CPU_AVX512) != 0;
#endif
  if (g_once_init_enter (&once))
    {
      init_tables (has);
      g_once_init_leave (&once, 1);
    }
  for (gint i = N_VARIANTS - 1; i >= 0; i--)
    if (has[i] && (variant == NULL || g_str_equal (variant, tables[i].name)))
      return &tables[i];
  return NULL;
}

BlnActivation
bln_activation_for_type (BlnType type)
{
  const BlnTypeInfo *info = bln_type_info (type);

  if (info->block_elements == 32)
    return BLN_ACTIVATION_A32;
  return info->block_elements == 256 ? BLN_ACTIVATION_A256 : BLN_ACTIVATION_F32;
}

gsize
bln_activation_tile_bytes (BlnActivation activation,
                           gsize         n_in,
                           guint         width)
{
  switch (activation)
    {
    case BLN_ACTIVATION_A32:
      return n_in / 32 * BLN_A32_BYTES (width);
    case BLN_ACTIVATION_A256:
      return n_in / 256 * BLN_A256_BYTES (width);
    default:
      return (n_in + 15) / 16 * 16 * sizeof (float) * width;
    }
}
