#include "byte-alphabet.h"

static inline gboolean
stands_for_itself (guint32 byte)
{
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xFF && byte != 0xAD);
}

/* Those that do not: 0x00–0x20, 0x7F–0xA0 and 0xAD. */
static inline guint32
to_character (guint8 byte)
{
  if (stands_for_itself (byte))
    return byte;
  if (byte <= 0x20)
    return 0x100 + byte;
  return byte == 0xAD ? 0x143 : 0x121 + (byte - 0x7F);
}

int
bln_byte_alphabet_read (guint32 character)
{
  if (character < 0x100)
    return stands_for_itself (character) ? (int) character : -1;
  if (character <= 0x120)
    return character - 0x100;
  if (character <= 0x142)
    return character - 0x121 + 0x7F;
  return character == 0x143 ? 0xAD : -1;
}

gsize
bln_byte_alphabet_write (const char *bytes,
                         gsize       n,
                         char       *out)
{
  char *to = out;

  for (gsize i = 0; i < n; i++)
    {
      guint32 character = to_character (bytes[i]);

      if (character < 0x80)
        *to++ = character;
      else
        {
          *to++ = 0xC0 | character >> 6;
          *to++ = 0x80 | (character & 0x3F);
        }
    }
  return to - out;
}
