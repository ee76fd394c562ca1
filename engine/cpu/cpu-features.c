#include "cpu-features.h"

#include <string.h>

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>

/* State components of XCR0: SSE and AVX, and the three of AVX-512. */
#define XCR0_AVX 0x06u
#define XCR0_AVX512 0xe6u

static guint64
read_xcr0 (void)
{
  guint32 low, high;

  __asm__ volatile ("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((guint64) high << 32) | low;
}

static BlnCpuFeatures
detect_features (void)
{
  guint32 a, b, c, d, b7, c7;
  const guint32 leaf1_avx2 = bit_AVX | bit_FMA | bit_F16C | bit_OSXSAVE;
  const guint32 leaf7_avx512 =
    bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
  const guint32 leaf7c_avx512 = bit_AVX512VNNI | bit_AVX512VBMI;
  BlnCpuFeatures features = 0;
  guint64 saved;

  if (!__get_cpuid (1, &a, &b, &c, &d) || (c & leaf1_avx2) != leaf1_avx2)
    return 0;
  saved = read_xcr0 ();
  if ((saved & XCR0_AVX) != XCR0_AVX || !__get_cpuid_count (7, 0, &a, &b7, &c7, &d))
    return 0;
  if ((b7 & bit_AVX2) != 0)
    features |= BLN_CPU_AVX2;
  if ((b7 & leaf7_avx512) == leaf7_avx512 && (c7 & leaf7c_avx512) == leaf7c_avx512
      && (saved & XCR0_AVX512) == XCR0_AVX512)
    features |= BLN_CPU_AVX512;
  return features;
}

#else

static BlnCpuFeatures
detect_features (void)
{
  return 0;
}

#endif

BlnCpuFeatures
bln_cpu_get_features (void)
{
  static gsize once;

  /* One is added because g_once_init_leave() takes no zero. */
  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) detect_features () + 1);
  return (BlnCpuFeatures) (once - 1);
}

const char *
bln_cpu_name (guint       n_threads,
              const char *variant)
{
  g_autofree char *text = NULL;
  g_autofree char *name = g_strdup ("CPU");
  g_autofree char *whole = NULL;
  const char *line;

  if (g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL) &&
      (line = strstr (text, "model name")) != NULL && (line = strchr (line, ':')) != NULL)
    {
      g_free (name);
      name = g_strndup (line + 1, strcspn (line + 1, "\n"));
      g_strstrip (name);
    }
  whole = g_strdup_printf ("%s, %u %s, %s", name, n_threads, n_threads == 1 ? "thread" : "threads",
                           strcmp (variant, "avx512") == 0 ? "AVX-512 VNNI" :
                           strcmp (variant, "avx2") == 0 ? "AVX2" : "plain C");
  return g_intern_string (whole);
}
