#include "markdown-entities.h"

#include <string.h>

static const struct
{
  const char *name;
  gunichar c;
} entities[] = {
  { "amp", '&' },        { "lt", '<' },         { "gt", '>' },         { "quot", '"' },
  { "apos", '\'' },      { "nbsp", 0xa0 },      { "iexcl", 0xa1 },     { "cent", 0xa2 },
  { "pound", 0xa3 },     { "yen", 0xa5 },       { "sect", 0xa7 },      { "copy", 0xa9 },
  { "laquo", 0xab },     { "reg", 0xae },       { "deg", 0xb0 },       { "plusmn", 0xb1 },
  { "sup2", 0xb2 },      { "sup3", 0xb3 },      { "micro", 0xb5 },     { "para", 0xb6 },
  { "middot", 0xb7 },    { "raquo", 0xbb },     { "frac14", 0xbc },    { "frac12", 0xbd },
  { "frac34", 0xbe },    { "iquest", 0xbf },    { "agrave", 0xe0 },    { "aacute", 0xe1 },
  { "auml", 0xe4 },      { "ccedil", 0xe7 },    { "egrave", 0xe8 },    { "eacute", 0xe9 },
  { "ntilde", 0xf1 },    { "ouml", 0xf6 },      { "uuml", 0xfc },      { "szlig", 0xdf },
  { "times", 0xd7 },     { "divide", 0xf7 },    { "alpha", 0x3b1 },    { "beta", 0x3b2 },
  { "gamma", 0x3b3 },    { "delta", 0x3b4 },    { "lambda", 0x3bb },   { "mu", 0x3bc },
  { "pi", 0x3c0 },       { "sigma", 0x3c3 },    { "omega", 0x3c9 },    { "Delta", 0x394 },
  { "Sigma", 0x3a3 },    { "Omega", 0x3a9 },    { "ensp", 0x2002 },    { "emsp", 0x2003 },
  { "thinsp", 0x2009 },  { "ndash", 0x2013 },   { "mdash", 0x2014 },   { "lsquo", 0x2018 },
  { "rsquo", 0x2019 },   { "ldquo", 0x201c },   { "rdquo", 0x201d },   { "bull", 0x2022 },
  { "hellip", 0x2026 },  { "prime", 0x2032 },   { "euro", 0x20ac },    { "trade", 0x2122 },
  { "larr", 0x2190 },    { "uarr", 0x2191 },    { "rarr", 0x2192 },    { "darr", 0x2193 },
  { "harr", 0x2194 },    { "rArr", 0x21d2 },    { "forall", 0x2200 },  { "part", 0x2202 },
  { "exist", 0x2203 },   { "empty", 0x2205 },   { "isin", 0x2208 },    { "sum", 0x2211 },
  { "minus", 0x2212 },   { "radic", 0x221a },   { "infin", 0x221e },   { "cap", 0x2229 },
  { "cup", 0x222a },     { "int", 0x222b },     { "asymp", 0x2248 },   { "ne", 0x2260 },
  { "le", 0x2264 },      { "ge", 0x2265 },
};

/* One character, or 0. `p` is behind the &, `length` ends before the semicolon. */
static gunichar
decode (const char *p,
        gsize       length)
{
  if (*p == '#')
    {
      const gboolean is_hex = length > 1 && (p[1] == 'x' || p[1] == 'X');
      const guint64 value = g_ascii_strtoull (p + (is_hex ? 2 : 1), NULL, is_hex ? 16 : 10);

      /* A control character would be one more way to hide something. */
      if (value > G_MAXUINT32 || !g_unichar_validate (value)
          || g_unichar_iscntrl ((gunichar) value))
        return 0;
      return value;
    }

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length && memcmp (entities[i].name, p, length) == 0)
      return entities[i].c;
  return 0;
}

char *
baleen_markdown_decode_entities (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      const gsize length = *p == '&' ? strspn (p + 1, "#0123456789abcdefghijklmnopqrstuvwxyz"
                                                      "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                                     : 0;
      const gunichar c
          = length > 0 && length < 32 && p[1 + length] == ';' ? decode (p + 1, length) : 0;

      if (c == 0)
        {
          g_string_append_c (out, *p++);
          continue;
        }
      g_string_append_unichar (out, c);
      p += length + 2;
    }
  return g_string_free (out, FALSE);
}
