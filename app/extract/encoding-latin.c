/* Latin letters with one byte each: the same bytes are other letters in the west, the middle of
 * Europe and Turkey, and each language is known by the few that it uses. */
#include "encoding.h"

#include <string.h>

/* Fewer letters than this say nothing. */
#define LEAST_LETTERS 4
/* At least so many of the letters beyond ASCII belong to the language, and so many more than to
 * any of the west. */
#define LEAST_OWN 0.95
#define LEAST_AHEAD 0.05

/* All small letters beyond ASCII that a language writes. */
static const struct
{
  const char *name;
  const char *letters;
} languages[] = {
  { "WINDOWS-1252", "\xe9\xe8\xe0\xe7\xea\xf9\xf4\xee\xe2\xfb\xeb\xef\x9c\xe6\xff" }, /* French */
  { "WINDOWS-1252", "\xe4\xf6\xfc\xdf" },                                           /* German */
  { "WINDOWS-1252", "\xe1\xe9\xed\xf3\xfa\xf1\xfc\xbf\xa1\xe0\xe8\xf2\xe7\xef" },     /* Spanish */
  { "WINDOWS-1252", "\xe3\xf5\xe7\xe1\xe9\xed\xf3\xfa\xe2\xea\xf4\xe0" },           /* Portuguese */
  { "WINDOWS-1252", "\xe0\xe8\xe9\xec\xf2\xf9" },                                   /* Italian */
  { "WINDOWS-1252", "\xe5\xe4\xf6\xe6\xf8\xe9\xf5\xfc\x9a\x9e" },                   /* of the north */
  { "WINDOWS-1252", "\xfe\xf0\xe1\xe9\xed\xf3\xfa\xfd\xe6\xf6" },                   /* Icelandic */
  { "ISO-8859-2", "\xb1\xe6\xea\xb3\xf1\xf3\xb6\xbc\xbf" },                         /* Polish */
  { "WINDOWS-1250", "\xb9\xe6\xea\xb3\xf1\xf3\x9c\x9f\xbf" },
  { "ISO-8859-2", "\xec\xb9\xe8\xf8\xbe\xfd\xe1\xed\xe9\xf9\xfa\xbb\xef\xf2\xf3" },  /* Czech */
  { "WINDOWS-1250", "\xec\x9a\xe8\xf8\x9e\xfd\xe1\xed\xe9\xf9\xfa\x9d\xef\xf2\xf3" },
  { "ISO-8859-2", "\xb9\xe8\xbe\xfd\xe1\xed\xe9\xfa\xbb\xef\xf2\xf3\xf4\xb5\xe5\xe0\xe4" }, /* Slovak */
  { "WINDOWS-1250", "\x9a\xe8\x9e\xfd\xe1\xed\xe9\xfa\x9d\xef\xf2\xf3\xf4\xbe\xe5\xe0\xe4" },
  { "ISO-8859-2", "\xe8\xe6\xb9\xbe\xf0" },                                         /* Croatian */
  { "WINDOWS-1250", "\xe8\xe6\x9a\x9e\xf0" },
  { "WINDOWS-1250", "\xe1\xe9\xed\xf3\xf6\xf5\xfa\xfc\xfb" },                       /* Hungarian */
  { "WINDOWS-1250", "\xe3\xe2\xee\xba\xfe" },                                       /* Romanian */
  { "WINDOWS-1254", "\xfe\xfd\xf0\xfc\xf6\xe7\xe2\xee" },                           /* Turkish */
};

/* The small letter of a large one, and 0 for a mark. In some of the encodings a few of these
 * marks are letters; they are rare in all of their languages. */
static guint8
get_small (guint8 byte)
{
  static const char marks[] = "\x80\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99"
                              "\x9b\xa0\xa7\xa9\xab\xad\xae\xb0\xb7";

  if (byte < 0x80 || strchr (marks, (char) byte) != NULL)
    return 0;
  if (byte >= 0xc0 && byte <= 0xde && byte != 0xd7)
    return byte + 0x20;
  if ((byte >= 0x8a && byte <= 0x8f) || (byte > 0xa1 && byte <= 0xaf))
    return byte + 0x10;
  return byte;
}

/* The share of the letters beyond ASCII, which `counts` has by their bytes, that a language has. */
static double
score (const guint *counts,
       guint        n_letters,
       const char  *letters)
{
  guint n = 0;

  for (const char *p = letters; *p != '\0'; p++)
    n += counts[(guint8) *p];
  return n / (double) n_letters;
}

const char *
encoding_guess_latin (const char *bytes,
                      gsize       n_bytes)
{
  guint counts[256] = { 0 };
  guint n_letters = 0;
  double west = 0, best = 0;
  const char *name = NULL;

  for (gsize i = 0; i < n_bytes; i++)
    {
      const guint8 letter = get_small (bytes[i]);

      counts[letter] += letter != 0;
      n_letters += letter != 0;
    }
  if (n_letters < LEAST_LETTERS)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const double own = score (counts, n_letters, languages[i].letters);

      if (g_str_equal (languages[i].name, "WINDOWS-1252"))
        west = MAX (west, own);
      else if (own > best)
        {
          best = own;
          name = languages[i].name;
        }
    }

  return best >= LEAST_OWN && best > west + LEAST_AHEAD ? name : NULL;
}
