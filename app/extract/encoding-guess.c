#include "encoding.h"

#include <string.h>

/* How much of a text is looked at before its encoding is decided. */
#define SAMPLE (256u << 10)
/* Of UTF-16 at least this share is in common scripts; of an alphabet's letters this share are
 * its ten most used. */
#define LEAST_USUAL 0.97
#define LEAST_COMMON 0.45
/* Of Thai letters. */
#define LEAST_VOWELS 0.33
/* Fewer letters than this say nothing. */
#define LEAST_LETTERS 12

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

/* What is written in UTF-16: letters of the common scripts and their marks. */
static gboolean
is_usual_unit (guint unit)
{
  static const struct { guint16 first, last; } usual[] = {
    { 0x20, 0x7e },     { 0xa0, 0x17f },    { 0x370, 0x4ff },   { 0x590, 0x6ff },
    { 0x2010, 0x203b }, { 0x3000, 0x30ff }, { 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 },
    { 0xff01, 0xff5e }, { 0x9, 0xa },       { 0xd, 0xd },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (unit >= usual[i].first && unit <= usual[i].last)
      return TRUE;
  return FALSE;
}

/* Bytes in the wrong order are letters of all scripts mixed, and many that are none. */
static const char *
guess_utf16 (const guint8 *bytes,
             gsize         n_bytes)
{
  gsize n_little = 0, n_big = 0, n = n_bytes / 2;

  for (gsize i = 0; i < n; i++)
    {
      n_little += is_usual_unit (bytes[2 * i] | bytes[2 * i + 1] << 8);
      n_big += is_usual_unit (bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
  if (MAX (n_little, n_big) < LEAST_USUAL * n || n_little == n_big)
    return NULL;
  return n_little > n_big ? "UTF-16LE" : "UTF-16BE";
}

/* Bytes that text of one byte or two a letter has by damage alone. */
static gsize
count_controls (const guint8 *bytes,
                gsize         n_bytes)
{
  gsize n = 0;

  for (gsize i = 0; i < n_bytes; i++)
    n += bytes[i] < 0x09;

  return n;
}

/* Shift_JIS is known by its hiragana. */
static gboolean
is_shift_jis (const guint8 *bytes,
              gsize         n_bytes)
{
  gsize n = 0, n_kana = 0, n_bad = 0;

  for (gsize i = 0; i + 1 < n_bytes; i++)
    {
      const guint8 lead = bytes[i], trail = bytes[i + 1];

      if (lead < 0x80 || (lead >= 0xa1 && lead <= 0xdf))
        continue;
      n++;
      n_kana += lead == 0x82 && trail >= 0x9f && trail <= 0xf1;
      n_bad += trail < 0x40 || trail == 0x7f || trail > 0xfc || lead == 0xa0 || lead > 0xfc;
      i++;
    }
  return n_kana * 5 > n && n_bad * 50 <= n;
}

/* Japanese and Korean stand in the same rows of bytes as Chinese: the one is known by its
 * hiragana, the other by keeping to the rows of hangul, which are not half of Chinese. */
static const char *
guess_japanese_or_korean (const guint8 *bytes,
                          gsize         n_bytes)
{
  gsize n = 0, n_kana = 0, n_hangul = 0, n_rare = 0, n_odd = 0;

  for (gsize i = 0; i + 1 < n_bytes; i++)
    {
      const gboolean is_half_kana = bytes[i] == 0x8e && bytes[i + 1] >= 0xa1;

      if (bytes[i] < 0x80)
        continue;
      /* Syllables that few words have stand in rows of their own. */
      n_rare += bytes[i] <= 0xc6 && bytes[i + 1] < 0xa1 && bytes[i + 1] > 0x40;
      n_odd += (bytes[i] < 0xa1 || bytes[i + 1] < 0xa1) && !is_half_kana;
      n += bytes[i] > 0xa3;
      n_kana += bytes[i] == 0xa4 && bytes[i + 1] <= 0xf3;
      n_hangul += bytes[i] >= 0xb0 && bytes[i] <= 0xc8;
      i++;
    }
  if (is_shift_jis (bytes, n_bytes))
    return "CP932";
  if (n_odd * 50 <= n && n_kana * 5 > n)
    return "EUC-JP";
  if (n_odd > n_rare || n_rare * 10 > n)
    return NULL;
  return n >= LEAST_LETTERS && n_hangul * 100 >= n * 97 ? "UHC" : NULL;
}

/* Thai has no byte for what other text of two bytes a letter has, more of its letters are vowels
 * and tones than chance would have it, and some stand where other alphabets have marks. */
static gboolean
is_thai (const guint8 *bytes,
         gsize         n_bytes)
{
  gsize n = 0, n_vowels = 0, n_low = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      if (bytes[i] < 0x80 || bytes[i] == 0xa0)
        continue;
      if (bytes[i] < 0xa1 || (bytes[i] > 0xda && bytes[i] < 0xdf) || bytes[i] > 0xfb)
        return FALSE;
      n++;
      n_low += bytes[i] < 0xc0;
      n_vowels += (bytes[i] >= 0xd0 && bytes[i] <= 0xda) || (bytes[i] >= 0xe0 && bytes[i] <= 0xe9);
    }

  return n >= LEAST_LETTERS && n_vowels >= LEAST_VOWELS * n && n_low * 6 >= n;
}

/* The ten letters that a language uses most, in an encoding of one byte a letter: they make some
 * two thirds of its text, and in any other encoding far less. */
static const struct
{
  const char *name;
  const char *letters;
} alphabets[] = {
  { "WINDOWS-1251", "\xee\xe5\xe0\xe8\xed\xf2\xf1\xf0\xe2\xeb" },
  { "KOI8-R", "\xcf\xc5\xc1\xc9\xce\xd4\xd3\xd2\xd7\xcc" },
  { "ISO-8859-5", "\xde\xd5\xd0\xd8\xdd\xe2\xe1\xe0\xd2\xdb" },
  { "WINDOWS-1253", "\xe1\xef\xe9\xe5\xf4\xf3\xed\xe7\xf5\xf1" },
  { "WINDOWS-1255", "\xe9\xe5\xe4\xec\xe0\xf8\xfa\xee\xe1\xf9" },
  { "WINDOWS-1256", "\xc7\xe1\xed\xe3\xe6\xe4\xd1\xca\xc8\xc9" },
};

static double
score_alphabet (const guint8 *bytes,
                gsize         n_bytes,
                const char   *letters)
{
  gsize n_high = 0, n_usual = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      n_high += bytes[i] >= 0xc0;
      n_usual += bytes[i] >= 0xc0 && strchr (letters, (char) bytes[i]) != NULL;
    }
  return n_high > 0 ? n_usual / (double) n_high : 0;
}

/* A script of its own, where nearly all letters are beyond ASCII; NULL for a Latin one. */
static const char *
guess_alphabet (const guint8 *bytes,
                gsize         n_bytes)
{
  gsize n_latin = 0, n_high = 0;
  const char *name = NULL;
  double best = LEAST_COMMON;

  for (gsize i = 0; i < n_bytes; i++)
    {
      n_latin += g_ascii_isalpha (bytes[i]);
      n_high += bytes[i] >= 0xc0;
    }
  if (n_high < LEAST_LETTERS || n_latin > n_high)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (alphabets); i++)
    {
      const double score = score_alphabet (bytes, n_bytes, alphabets[i].letters);

      if (score > best)
        {
          best = score;
          name = alphabets[i].name;
        }
    }
  return name;
}

/* Seven bits, and marks that say what the next ones mean. */
static gboolean
is_iso_2022_jp (const char *bytes,
                gsize       n_bytes)
{
  return g_strstr_len (bytes, n_bytes, "\033$B") != NULL
         || g_strstr_len (bytes, n_bytes, "\033$@") != NULL;
}

/* A zero is a character too, of which damaged files and logs have a few. */
static gboolean
is_utf8 (const char *bytes,
         gsize       n_bytes,
         gboolean    is_sample)
{
  const char *at = bytes, *end;

  while (!g_utf8_validate_len (at, bytes + n_bytes - at, &end))
    {
      /* The sample may end within a letter. */
      if (*end != '\0')
        return is_sample && bytes + n_bytes - end < 4 && end > bytes;
      at = end + 1;
    }

  return TRUE;
}

const char *
encoding_guess (const char *bytes,
                gsize       n_bytes)
{
  gsize n = MIN (n_bytes, SAMPLE);
  const guint8 *sample = (const guint8 *) bytes;
  const char *name;
  gboolean is_plain;
  gsize n_controls;
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
  n_controls = count_controls (sample, n);
  name = n_controls > 0 ? guess_utf16 (sample, n) : NULL;
  is_plain = is_utf8 (bytes, n, n < n_bytes);
  /* Latin text in UTF-16 would pass for UTF-8 as well, but every other byte of it is a zero. */
  if (name != NULL && !(is_plain && n_controls < n / 4))
    return name;
  if (is_plain)
    return is_iso_2022_jp (bytes, n) ? "ISO-2022-JP" : "UTF-8";
  if (is_thai (sample, n))
    return "TIS-620";

  name = guess_japanese_or_korean (sample, n);
  if (name != NULL)
    return name;
  gb = score_pairs (count_pairs (sample, n, FALSE));
  big5 = score_pairs (count_pairs (sample, n, TRUE));
  if (MAX (gb, big5) > 0.6)
    return gb >= big5 ? "GB18030" : "BIG5-HKSCS";
  name = guess_alphabet (sample, n);
  if (name == NULL)
    name = encoding_guess_latin (bytes, n);

  return name != NULL ? name : "WINDOWS-1252";
}
