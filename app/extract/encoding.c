#include "encoding.h"

#include <string.h>

/* How much of a text is looked at before its encoding is decided. */
#define SAMPLE (256u << 10)

static const struct
{
  const char *name;   /* as iconv has it */
  const char *others; /* what else it is called, in lower case, between spaces */
} encodings[] = {
  { "UTF-8", " utf8 utf-8 " },
  { "UTF-16LE", " utf-16le utf-16 unicode " },
  { "UTF-16BE", " utf-16be " },
  { "UTF-32LE", " utf-32le utf-32 " },
  { "UTF-32BE", " utf-32be " },
  { "GB18030", " gb2312 gbk gb18030 x-gbk cp936 euc-cn " },
  { "BIG5-HKSCS", " big5 big5-hkscs cp950 x-x-big5 " },
  { "EUC-JP", " euc-jp x-euc-jp " },
  { "CP932", " shift_jis shift-jis sjis x-sjis cp932 windows-31j " },
  { "UHC", " euc-kr ks_c_5601-1987 cp949 uhc " },
  { "WINDOWS-1251", " windows-1251 cp1251 " },
  { "KOI8-R", " koi8-r " },
  { "ISO-8859-2", " iso-8859-2 latin2 " },
  { "WINDOWS-1250", " windows-1250 cp1250 " },
  { "WINDOWS-1252", " windows-1252 cp1252 iso-8859-1 latin1 us-ascii ascii iso8859-1 " },
  { "ISO-8859-15", " iso-8859-15 latin9 " },
};

static GIConv converters[G_N_ELEMENTS (encodings)];

void
encoding_init (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (converters[i] == NULL)
      converters[i] = g_iconv_open ("UTF-8", encodings[i].name);
}

static int
find_encoding (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *needle = g_strdup_printf (" %s ", g_strstrip (lower));

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (strstr (encodings[i].others, needle) != NULL
        || g_ascii_strcasecmp (encodings[i].name, name) == 0)
      return i;

  return -1;
}

/* Characters that no Chinese text is without: 的一是不了在人有 and 他這/这, 中. */
static const guint16 frequent_gb[] = { 0xb5c4, 0xd2bb, 0xcac7, 0xb2bb, 0xc1cb, 0xd4da,
                                       0xc8cb, 0xd3d0, 0xcbfb, 0xd5e2, 0xd6d0 };
static const guint16 frequent_big5[] = { 0xaaba, 0xa440, 0xac4f, 0xa4a3, 0xa446, 0xa662,
                                         0xa448, 0xa6b3, 0xa54c, 0xb36f, 0xa4a4 };

typedef struct
{
  gsize n_pairs;
  gsize n_common; /* in the block of common characters, or marks */
  gsize n_frequent;
  gsize n_broken; /* high bytes that begin no pair */
} PairCount;

static gboolean
is_one_of (const guint16 *codes,
           gsize          n_codes,
           guint          code)
{
  for (gsize i = 0; i < n_codes; i++)
    if (codes[i] == code)
      return TRUE;

  return FALSE;
}

static PairCount
count_pairs (const guint8 *bytes,
             gsize         n_bytes,
             gboolean      is_big5)
{
  PairCount count = { 0 };

  for (gsize i = 0; i < n_bytes; i++)
    {
      guint8 lead = bytes[i], trail = i + 1 < n_bytes ? bytes[i + 1] : 0;
      guint code = lead << 8 | trail;
      gboolean is_trail = trail >= 0x40 && trail != 0x7f && trail != 0xff;

      if (lead < 0x80)
        continue;
      /* A sample may end within a pair. */
      if (i + 1 == n_bytes)
        break;
      if (!is_big5 && trail >= '0' && trail <= '9' && i + 3 < n_bytes)
        {
          i += 3;
          count.n_pairs++;
          continue;
        }
      if (!is_trail || lead == 0x80 || lead == 0xff || (is_big5 && trail > 0x7e && trail < 0xa1))
        {
          count.n_broken++;
          continue;
        }
      count.n_pairs++;
      if (is_big5)
        {
          count.n_common += lead >= 0xa1 && lead <= 0xc6;
          count.n_frequent
              += is_one_of (frequent_big5, G_N_ELEMENTS (frequent_big5), code);
        }
      else
        {
          count.n_common += trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3)
                                              || (lead >= 0xb0 && lead <= 0xd7));
          count.n_frequent += is_one_of (frequent_gb, G_N_ELEMENTS (frequent_gb), code);
        }
      i++;
    }

  return count;
}

/* The share of pairs that are common in the encoding, between 0 and 1, more for the most
 * frequent characters and less for bytes that fit nowhere. */
static double
score_pairs (PairCount count)
{
  double n = count.n_pairs;

  if (count.n_pairs == 0 || count.n_broken * 50 > count.n_pairs)
    return 0;
  return count.n_common / n + 2 * MIN (count.n_frequent / n, 0.25);
}

/* Text in UTF-16 has a zero in every other byte wherever it is Latin, and spaces and line ends
 * even in Chinese. */
static const char *
guess_utf16 (const guint8 *bytes,
             gsize         n_bytes)
{
  gsize n_little = 0, n_big = 0;

  for (gsize i = 0; i + 1 < n_bytes; i += 2)
    {
      n_big += bytes[i] == 0 && bytes[i + 1] != 0;
      n_little += bytes[i + 1] == 0 && bytes[i] != 0;
    }
  if (n_little > 8 * n_big && n_little * 200 > n_bytes)
    return "UTF-16LE";
  if (n_big > 8 * n_little && n_big * 200 > n_bytes)
    return "UTF-16BE";

  return NULL;
}

static gboolean
is_utf8 (const char *bytes,
         gsize       n_bytes,
         gboolean    is_sample)
{
  const char *end;

  if (g_utf8_validate_len (bytes, n_bytes, &end))
    return TRUE;
  /* The sample may end within a letter. */
  return is_sample && bytes + n_bytes - end < 4 && end > bytes;
}

const char *
encoding_guess (const char *bytes,
                gsize       n_bytes)
{
  gsize n = MIN (n_bytes, SAMPLE);
  const guint8 *sample = (const guint8 *) bytes;
  const char *utf16;
  double gb, big5;

  if (n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return "UTF-8";
  if (n >= 4 && memcmp (bytes, "\xff\xfe\0\0", 4) == 0)
    return "UTF-32LE";
  if (n >= 4 && memcmp (bytes, "\0\0\xfe\xff", 4) == 0)
    return "UTF-32BE";
  if (n >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return "UTF-16LE";
  if (n >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return "UTF-16BE";
  utf16 = memchr (bytes, 0, n) != NULL ? guess_utf16 (sample, n) : NULL;
  if (utf16 != NULL)
    return utf16;
  if (is_utf8 (bytes, n, n < n_bytes))
    return "UTF-8";

  gb = score_pairs (count_pairs (sample, n, FALSE));
  big5 = score_pairs (count_pairs (sample, n, TRUE));
  if (MAX (gb, big5) > 0.6)
    return gb >= big5 ? "GB18030" : "BIG5-HKSCS";

  return "WINDOWS-1252";
}

/* Latin text with one broken letter is still UTF-8; where most high bytes are broken it never
 * was. */
static gboolean
is_mostly_utf8 (const char *bytes,
                gsize       n_bytes)
{
  gsize n_good = 0, n_bad = 0;

  for (gsize i = 0; i < n_bytes;)
    {
      gunichar letter = g_utf8_get_char_validated (bytes + i, n_bytes - i);

      if ((letter & 0x80000000) != 0)
        n_bad++, i++;
      else
        {
          n_good += letter >= 0x80;
          i += letter == 0 ? 1 : g_utf8_next_char (bytes + i) - (bytes + i);
        }
    }

  return n_good > 4 * n_bad;
}

/* Windows-1252 without the C library: five of its bytes are no letters there. */
static gboolean
take_latin (GString *text,
            guint8   byte)
{
  static const guint16 letters[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
  };
  gunichar letter = byte >= 0x80 && byte < 0xa0 ? letters[byte - 0x80] : byte;

  g_string_append_unichar (text, letter != 0 ? letter : 0xfffd);
  return letter != 0;
}

static void
decode_latin (GString    *text,
              const char *bytes,
              gsize       n_bytes,
              guint      *n_bad)
{
  for (gsize i = 0; i < n_bytes; i++)
    if (bytes[i] != '\0')
      *n_bad += !take_latin (text, bytes[i]);
}

/* A byte that begins no letter becomes U+FFFD and the next one is tried; in encodings of two
 * or four bytes a whole unit. */
static void
decode_with (GString    *text,
             GIConv      converter,
             gsize       unit,
             const char *bytes,
             gsize       n_bytes,
             guint      *n_bad)
{
  char *in = (char *) bytes;
  gsize n_left = n_bytes;
  char block[16384];

  g_iconv (converter, NULL, NULL, NULL, NULL);
  while (n_left > 0)
    {
      char *out = block;
      gsize n_free = sizeof block;
      gsize n_before = n_left;
      gsize result = g_iconv (converter, &in, &n_left, &out, &n_free);

      g_string_append_len (text, block, out - block);
      if (result != (gsize) -1 || (n_free < 32 && n_left < n_before))
        continue;
      g_string_append (text, "\xef\xbf\xbd");
      ++*n_bad;
      in += MIN (unit, n_left);
      n_left -= MIN (unit, n_left);
      g_iconv (converter, NULL, NULL, NULL, NULL);
    }
}

static gsize
get_unit (const char *name)
{
  return g_str_has_prefix (name, "UTF-16") ? 2 : g_str_has_prefix (name, "UTF-32") ? 4 : 1;
}

/* What the text says of itself, unless its bytes show that it is wrong. */
static const char *
choose (const char *bytes,
        gsize       n_bytes,
        const char *declared)
{
  const char *guess = encoding_guess (bytes, n_bytes);
  int i = declared != NULL ? find_encoding (declared) : -1;

  if (g_str_has_prefix (guess, "UTF-") || i < 0 || g_str_has_prefix (encodings[i].name, "UTF-"))
    return !g_str_has_prefix (guess, "UTF-") && is_mostly_utf8 (bytes, n_bytes) ? "UTF-8"
                                                                                 : guess;
  return encodings[i].name;
}

char *
encoding_decode (const char *bytes,
                 gsize       n_bytes,
                 const char *declared,
                 gsize      *length,
                 guint      *n_bad)
{
  const char *name = choose (bytes, n_bytes, declared);
  GIConv converter = converters[find_encoding (name)];
  GString *text = g_string_sized_new (n_bytes);

  *n_bad = 0;
  if (g_str_equal (name, "WINDOWS-1252") || converter == NULL || converter == (GIConv) -1)
    decode_latin (text, bytes, n_bytes, n_bad);
  else
    decode_with (text, converter, get_unit (name), bytes, n_bytes, n_bad);
  if (g_str_has_prefix (text->str, "\xef\xbb\xbf"))
    g_string_erase (text, 0, 3);
  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] == '\0')
      text->str[i] = ' ';
  *length = text->len;

  return g_string_free (text, FALSE);
}
