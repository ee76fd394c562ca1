#include "encoding.h"

#include <string.h>

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
  { "KOI8-R", " koi8-r koi8-u " },
  { "ISO-8859-5", " iso-8859-5 " },
  { "WINDOWS-1253", " windows-1253 cp1253 iso-8859-7 greek " },
  { "WINDOWS-1255", " windows-1255 cp1255 iso-8859-8 iso-8859-8-i hebrew " },
  { "WINDOWS-1256", " windows-1256 cp1256 " },
  { "ISO-2022-JP", " iso-2022-jp csiso2022jp " },
  { "TIS-620", " tis-620 windows-874 cp874 iso-8859-11 " },
  { "WINDOWS-1254", " windows-1254 cp1254 iso-8859-9 latin5 " },
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
