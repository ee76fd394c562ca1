#include "formula-text.h"

#include <string.h>

#include "formula-symbols.h"

/* Deeper nesting than any formula that people read. */
#define DEEPEST 40

typedef struct
{
  const char *p;
  guint depth;
  gboolean is_failed; /* something has no form as text */
} Reader;

static char *read_group (Reader *self);

/* ---- putting together ------------------------------------------------------------------- */

static gboolean
is_simple (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && *p != '.')
      return FALSE;
  return TRUE;
}

/* In brackets unless it is one number or name. */
static char *
bracket (const char *text)
{
  return is_simple (text) ? g_strdup (text) : g_strdup_printf ("(%s)", text);
}

/* All of it in small characters; NULL when one has no small form. */
static char *
shift (const char *text,
       gunichar    (*small) (gunichar))
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      const gunichar shifted = c == 0x2212 ? small ('-') : small (c);

      if (*p == ' ')
        continue;
      if (shifted == 0)
        return NULL;
      g_string_append_unichar (out, shifted);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_shifted (Reader  *self,
             GString *out,
             char     sign)
{
  g_autofree char *what = read_group (self);
  g_autofree char *stripped = g_strstrip (g_strdup (what));
  g_autofree char *small
      = shift (stripped, sign == '^' ? baleen_formula_raised : baleen_formula_lowered);
  g_autofree char *bracketed = bracket (stripped);
  gboolean had_space = FALSE;

  /* “lim ” and its kin end with a space that belongs behind what is below them. */
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    {
      g_string_truncate (out, out->len - 1);
      had_space = TRUE;
    }
  /* A ring above a number are degrees. */
  if (sign == '^' && g_str_equal (stripped, "∘"))
    g_string_append (out, "°");
  else if (small != NULL)
    g_string_append (out, small);
  else
    g_string_append_printf (out, "%c%s", sign, bracketed);
  if (had_space)
    g_string_append_c (out, ' ');
}

/* ---- reading -------------------------------------------------------------------------- */

static void
skip_space (Reader *self)
{
  while (g_ascii_isspace (*self->p))
    self->p++;
}

/* A name of letters, or one sign. */
static const char *
read_name (Reader *self,
           gsize  *length)
{
  const char *name = self->p;

  while (g_ascii_isalpha (*self->p))
    self->p++;
  if (self->p == name && *self->p != '\0')
    self->p = g_utf8_next_char (self->p);
  *length = self->p - name;
  return name;
}

/* What stands between braces, as it is. */
static char *
read_raw (Reader *self)
{
  const char *start;
  int depth = 0;

  skip_space (self);
  if (*self->p != '{')
    {
      self->is_failed = TRUE;
      return g_strdup ("");
    }
  start = ++self->p;
  for (; *self->p != '\0'; self->p++)
    if (*self->p == '{')
      depth++;
    else if (*self->p == '}' && depth-- == 0)
      return g_strndup (start, self->p++ - start);
  self->is_failed = TRUE;
  return g_strdup (start);
}

static void
add_fraction (Reader  *self,
              GString *out)
{
  g_autofree char *above = read_group (self);
  g_autofree char *below = read_group (self);
  g_autofree char *above_bracketed = bracket (g_strstrip (above));
  g_autofree char *below_bracketed = bracket (g_strstrip (below));

  g_string_append_printf (out, "%s/%s", above_bracketed, below_bracketed);
}

static void
add_root (Reader  *self,
          GString *out)
{
  static const char *const roots[] = { "3", "∛", "4", "∜" };
  const char *sign = "√";

  skip_space (self);
  if (*self->p == '[')
    {
      const char *end = strchr (self->p, ']');
      g_autofree char *degree = end != NULL ? g_strndup (self->p + 1, end - self->p - 1) : NULL;

      sign = NULL;
      for (guint i = 0; degree != NULL && i < G_N_ELEMENTS (roots); i += 2)
        if (g_str_equal (degree, roots[i]))
          sign = roots[i + 1];
      if (sign == NULL)
        {
          g_autofree char *small = degree != NULL ? shift (degree, baleen_formula_raised) : NULL;

          if (small == NULL)
            {
              self->is_failed = TRUE;
              return;
            }
          g_string_append (out, small);
          sign = "√";
        }
      self->p = end + 1;
    }
  {
    g_autofree char *what = read_group (self);
    g_autofree char *bracketed = bracket (g_strstrip (what));

    g_string_append_printf (out, "%s%s", sign, bracketed);
  }
}

/* A mark above every character: a combining one behind each. */
static void
add_accent (Reader     *self,
            GString    *out,
            const char *mark)
{
  g_autofree char *what = read_group (self);

  for (const char *p = g_strstrip (what); *p != '\0'; p = g_utf8_next_char (p))
    {
      g_string_append_unichar (out, g_utf8_get_char (p));
      if (*p != ' ')
        g_string_append (out, mark);
    }
}

static void
add_blackboard (Reader  *self,
                GString *out)
{
  g_autofree char *what = read_raw (self);

  for (const char *p = what; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = baleen_formula_blackboard (g_utf8_get_char (p));

      g_string_append_unichar (out, c != 0 ? c : g_utf8_get_char (p));
    }
}

/* Behind \begin{…}: rows become lines or parts of one line, cells stand side by side. */
static void
enter_environment (Reader  *self,
                   GString *out)
{
  static const char *const known[] = { "aligned", "align",   "align*",  "gather", "gathered",
                                       "gather*", "split",   "cases",   "matrix", "pmatrix",
                                       "bmatrix", "vmatrix", "equation", "equation*", "array",
                                       NULL };
  g_autofree char *name = read_raw (self);

  if (!g_strv_contains (known, name))
    self->is_failed = TRUE;
  if (g_str_equal (name, "array"))
    g_free (read_raw (self));
  if (g_str_equal (name, "cases"))
    g_string_append (out, "{ ");
  else if (g_str_has_suffix (name, "matrix"))
    g_string_append (out, g_str_equal (name, "vmatrix") ? "|" : "[");
  skip_space (self);
}

static void
leave_environment (Reader  *self,
                   GString *out)
{
  g_autofree char *name = read_raw (self);

  if (g_str_has_suffix (name, "matrix"))
    g_string_append (out, g_str_equal (name, "vmatrix") ? "|" : "]");
}

static gboolean
is_name (const char *name,
         gsize       length,
         const char *expected)
{
  return strlen (expected) == length && memcmp (name, expected, length) == 0;
}

static gboolean
is_one_of (const char        *name,
           gsize              length,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (is_name (name, length, names[i]))
      return TRUE;
  return FALSE;
}

/* \left( and \right. : the bracket stays, the point goes. */
static void
skip_delimiter (Reader *self)
{
  skip_space (self);
  if (*self->p == '.')
    self->p++;
}

static const char *
accent_of (const char *name,
           gsize       length)
{
  static const char *const accents[][2] = {
    { "hat", "\314\202" },      { "widehat", "\314\202" }, { "bar", "\314\204" },
    { "overline", "\314\205" }, { "vec", "\342\203\227" }, { "dot", "\314\207" },
    { "ddot", "\314\210" },     { "tilde", "\314\203" },   { "widetilde", "\314\203" },
    { "underline", "\314\262" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (is_name (name, length, accents[i][0]))
      return accents[i][1];
  return NULL;
}

static void
add_command (Reader  *self,
             GString *out)
{
  static const char *const words[] = { "text",   "textrm", "textbf", "textit",
                                       "mbox",   "textsf", "texttt", NULL };
  static const char *const plain[] = { "mathrm",       "mathbf", "mathit", "mathsf",  "mathcal",
                                       "operatorname", "boldsymbol",       "bm",      "mathfrak",
                                       "mathscr",      "boxed",            "mathtt",  NULL };
  static const char *const fractions[] = { "frac", "dfrac", "tfrac", NULL };
  static const char *const sides[] = { "left", "right", NULL };
  gsize length;
  const char *name = read_name (self, &length);
  const char *symbol = baleen_formula_symbol (name, length);
  const char *accent = accent_of (name, length);
  g_autofree char *inside = NULL;

  if (symbol != NULL)
    g_string_append (out, symbol);
  else if (accent != NULL)
    add_accent (self, out, accent);
  else if (is_name (name, length, "\\"))
    g_string_append_c (out, '\n');
  else if (is_one_of (name, length, fractions))
    add_fraction (self, out);
  else if (is_name (name, length, "sqrt"))
    add_root (self, out);
  else if (is_name (name, length, "mathbb"))
    add_blackboard (self, out);
  else if (is_one_of (name, length, words))
    g_string_append (out, inside = read_raw (self));
  else if (is_one_of (name, length, plain))
    g_string_append (out, inside = read_group (self));
  else if (is_one_of (name, length, sides))
    skip_delimiter (self);
  else if (is_name (name, length, "begin"))
    enter_environment (self, out);
  else if (is_name (name, length, "end"))
    leave_environment (self, out);
  else
    self->is_failed = TRUE;
}

static void
add_char (Reader  *self,
          GString *out)
{
  const char c = *self->p;
  const char *next = g_utf8_next_char (self->p);

  if (c == '=' || c == '<' || c == '>' || c == '+')
    g_string_append_printf (out, " %c ", c);
  else if (c == '-')
    g_string_append (out, out->len == 0 || strchr ("([{,=", out->str[out->len - 1]) != NULL
                              ? "−"
                              : " − ");
  else if (c == '\'')
    g_string_append (out, "′");
  else if (c == '&')
    g_string_append (out, "  ");
  else if (c == '~')
    g_string_append_c (out, ' ');
  else if (!g_ascii_isspace (c))
    g_string_append_len (out, self->p, next - self->p);
  self->p = next;
}

static void
read_until (Reader  *self,
            GString *out,
            char     closer)
{
  while (*self->p != '\0' && *self->p != closer && !self->is_failed)
    switch (*self->p)
      {
      case '\\':
        self->p++;
        add_command (self, out);
        break;
      case '{':
        {
          g_autofree char *inside = read_group (self);

          g_string_append (out, inside);
        }
        break;
      case '^':
      case '_':
        self->p++;
        add_shifted (self, out, self->p[-1]);
        break;
      case '}':
        self->is_failed = TRUE;
        break;
      default:
        add_char (self, out);
        break;
      }
}

/* What is in braces, or one character or command without. */
static char *
read_group (Reader *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  skip_space (self);
  if (*self->p == '\0' || *self->p == '}' || ++self->depth > DEEPEST)
    {
      self->is_failed = TRUE;
      return g_strdup ("");
    }
  if (*self->p == '{')
    {
      self->p++;
      read_until (self, out, '}');
      if (*self->p == '}')
        self->p++;
      else
        self->is_failed = TRUE;
    }
  else if (*self->p == '\\')
    {
      self->p++;
      add_command (self, out);
    }
  else
    {
      g_string_append_len (out, self->p, g_utf8_next_char (self->p) - self->p);
      self->p = g_utf8_next_char (self->p);
    }
  self->depth--;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* One space where there are several, none at the ends of lines. */
static char *
tidy (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      const char last = out->len > 0 ? out->str[out->len - 1] : '\n';

      if (*p == ' ' && (last == ' ' || last == '\n' || p[1] == '\n' || p[1] == '\0'))
        continue;
      if (*p == '\n' && last == '\n')
        continue;
      if ((*p == ')' || *p == ',') && last == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, *p);
    }
  return g_strchomp (g_string_free (out, FALSE));
}

char *
baleen_formula_to_text (const char *latex)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Reader reader = { .p = latex };

  read_until (&reader, out, '\0');
  if (reader.is_failed)
    return NULL;
  return tidy (out->str);
}
