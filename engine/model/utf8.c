#include "utf8.h"

#include <string.h>

/* The second byte is where overlong forms, surrogates and what lies past U+10FFFF show. */
static gsize
lead_byte (guint8   lead,
           guint32 *bits,
           guint8  *low,
           guint8  *high)
{
  *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF)
    {
      *bits = lead & 0x1F;
      return 2;
    }
  if (lead >= 0xE0 && lead <= 0xEF)
    {
      *bits = lead & 0x0F;
      return 3;
    }
  if (lead >= 0xF0 && lead <= 0xF4)
    {
      *bits = lead & 0x07;
      return 4;
    }
  return 0;
}

gsize
bln_utf8_read (const char *bytes,
               gsize       n,
               guint32    *character,
               gboolean   *is_cut)
{
  const guint8 *in = (const guint8 *) bytes;
  guint32 bits = 0;
  guint8 low, high;
  gsize length;

  *is_cut = FALSE;
  if (in[0] < 0x80)
    {
      *character = in[0];
      return 1;
    }

  *character = BLN_REPLACEMENT;
  length = lead_byte (in[0], &bits, &low, &high);
  if (length == 0)
    return 1;
  for (gsize i = 1; i < length; i++)
    {
      if (i == n)
        {
          *is_cut = TRUE;
          return i;
        }
      if (in[i] < low || in[i] > high)
        return i;
      bits = bits << 6 | (in[i] & 0x3F);
      low = 0x80;
      high = 0xBF;
    }
  *character = bits;
  return length;
}

gboolean
bln_utf8_is_valid (const char *bytes,
                   gsize       n)
{
  gsize i = 0;

  while (i < n)
    {
      guint64 eight;
      guint32 character;
      gboolean is_cut;
      gsize length;

      if (n - i >= 8 && (memcpy (&eight, bytes + i, 8), (eight & 0x8080808080808080) == 0))
        {
          i += 8;
          continue;
        }
      length = bln_utf8_read (bytes + i, n - i, &character, &is_cut);
      if (character == BLN_REPLACEMENT &&
          (length != 3 || memcmp (bytes + i, "\xEF\xBF\xBD", 3) != 0))
        return FALSE;
      i += length;
    }
  return TRUE;
}
