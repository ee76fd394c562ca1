#include "address.h"

#include <string.h>

typedef struct
{
  guint8 prefix[16];
  guint8 n_bits;
} Range;

/* IANA's special-purpose registry for IPv4 (RFC 6890 and its updates): everything in it that is
 * not globally reachable, and multicast. */
static const Range ranges4[] = {
  { { 0 }, 8 },               /* this network */
  { { 10 }, 8 },              /* private */
  { { 100, 64 }, 10 },        /* carriers' own */
  { { 127 }, 8 },             /* this computer */
  { { 169, 254 }, 16 },       /* link local, and the metadata of clouds */
  { { 172, 16 }, 12 },        /* private */
  { { 192, 0, 0 }, 24 },      /* protocols */
  { { 192, 0, 2 }, 24 },      /* documentation */
  { { 192, 31, 196 }, 24 },   /* AS112 */
  { { 192, 52, 193 }, 24 },   /* AMT */
  { { 192, 88, 99 }, 24 },    /* 6to4 relays, retired */
  { { 192, 168 }, 16 },       /* private */
  { { 192, 175, 48 }, 24 },   /* AS112 */
  { { 198, 18 }, 15 },        /* benchmarks */
  { { 198, 51, 100 }, 24 },   /* documentation */
  { { 203, 0, 113 }, 24 },    /* documentation */
  { { 224 }, 4 },             /* multicast */
  { { 240 }, 4 },             /* reserved, and broadcast */
};

/* What lies inside 2000::/3 and is not global unicast after all. Outside of it nothing is. */
static const Range ranges6[] = {
  { { 0x20, 0x01, 0x00 }, 23 },                   /* protocols: Teredo, ORCHID, benchmarks … */
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 },             /* documentation */
  { { 0x20, 0x02 }, 16 },                         /* 6to4: a tunnel to an IPv4 address */
  { { 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00 }, 48 }, /* AS112 */
  { { 0x3f, 0xfe }, 16 },                         /* 6bone, returned */
  { { 0x3f, 0xff }, 20 },                         /* documentation */
};

static gboolean
has_prefix (const guint8 *bytes,
            const Range  *range)
{
  guint n_whole = range->n_bits / 8, n_rest = range->n_bits % 8;

  if (memcmp (bytes, range->prefix, n_whole) != 0)
    return FALSE;

  return n_rest == 0
         || ((bytes[n_whole] ^ range->prefix[n_whole]) & (0xff << (8 - n_rest)) & 0xff) == 0;
}

static gboolean
is_in (const guint8 *bytes,
       const Range  *ranges,
       gsize         n_ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    if (has_prefix (bytes, &ranges[i]))
      return TRUE;

  return FALSE;
}

gboolean
baleen_address_is_public (const guint8 *bytes,
                          gsize         n_bytes)
{
  static const Range mapped = { { [10] = 0xff, [11] = 0xff }, 96 };
  static const Range translated = { { 0x00, 0x64, 0xff, 0x9b }, 96 };

  if (n_bytes == 4)
    return !is_in (bytes, ranges4, G_N_ELEMENTS (ranges4));
  g_return_val_if_fail (n_bytes == 16, FALSE);

  /* A mapped address connects to the IPv4 address itself; a network with NAT64 leads to the
   * one inside of the well-known prefix. */
  if (has_prefix (bytes, &mapped) || has_prefix (bytes, &translated))
    return baleen_address_is_public (bytes + 12, 4);

  return (bytes[0] & 0xe0) == 0x20 && !is_in (bytes, ranges6, G_N_ELEMENTS (ranges6));
}

gboolean
baleen_inet_address_is_public (GInetAddress *address)
{
  return baleen_address_is_public (g_inet_address_to_bytes (address),
                                   g_inet_address_get_native_size (address));
}
