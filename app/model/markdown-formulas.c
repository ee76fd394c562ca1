#include "markdown-formulas.h"

#include <string.h>

/* Two code points that are no characters and never will be: U+FDD0 and U+FDD1. Between them
 * stands the formula's number. Markdown takes them for letters. */
#define MARK_BEGIN "\357\267\220"
#define MARK_END "\357\267\221"
#define MARK_BYTES 3

/* A lone $ far away from the next one is money. */
#define LONGEST_INLINE 400
#define LONGEST_DISPLAY 4000

static void
formula_clear (gpointer data)
{
  BaleenFormula *formula = data;

  g_free (formula->raw);
  g_free (formula->latex);
}

GArray *
baleen_formulas_new (void)
{
  GArray *formulas = g_array_new (FALSE, FALSE, sizeof (BaleenFormula));

  g_array_set_clear_func (formulas, formula_clear);
  return formulas;
}

/* ---- code, in which nothing is a formula ------------------------------------------------ */

/* `c` is not the NUL that ends the text. */
static gsize
run_length (const char *p,
            char        c)
{
  gsize n = 0;

  while (p[n] == c)
    n++;
  return n;
}

/* Behind a fenced block that begins with the line at `line`; NULL when none does. */
static const char *
skip_fence (const char *line)
{
  const char *p = line + strspn (line, " >\t");
  const char fence = *p;
  const gsize n = fence == '`' || fence == '~' ? run_length (p, fence) : 0;

  if (n < 3)
    return NULL;
  while ((p = strchr (p, '\n')) != NULL)
    {
      const char *start = p + 1 + strspn (p + 1, " >\t");
      const gsize n_here = run_length (start, fence);

      if (n_here >= n && start[n_here + strspn (start + n_here, " \t")] == '\n')
        return start + n_here;
      p++;
    }
  return line + strlen (line);
}

/* Behind the code span whose backticks begin at `p`; behind the backticks when it is none. */
static const char *
skip_code (const char *p)
{
  const gsize n = run_length (p, '`');

  for (const char *q = strchr (p + n, '`'); q != NULL; q = strchr (q, '`'))
    {
      const gsize n_here = run_length (q, '`');

      if (n_here == n)
        return q + n;
      q += n_here;
    }
  return p + n;
}

/* ---- formulas ------------------------------------------------------------------------- */

static gboolean
has_blank_line (const char *start,
                const char *end)
{
  for (const char *p = start; p < end; p++)
    if (*p == '\n' && p + 1 + strspn (p + 1, " \t") < end && p[1 + strspn (p + 1, " \t")] == '\n')
      return TRUE;
  return FALSE;
}

static gboolean
is_blank (const char *start,
          const char *end)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  return start == end;
}

/* “$5 to 10$” is money, “\[sic\]” a word in brackets. */
static gboolean
looks_like_maths (const char *start,
                  const char *end)
{
  for (const char *p = start; p < end; p++)
    if (strchr ("\\^_=+<>{}", *p) != NULL)
      return TRUE;
  return FALSE;
}

/* The end of a formula from `start` on, at `closer`; NULL when it is none. */
static const char *
find_end (const char *start,
          const char *closer,
          gsize       longest,
          gboolean    is_growing)
{
  const gsize length = strnlen (start, longest + strlen (closer));
  const char *end = g_strstr_len (start, length, closer);

  if (end == NULL && is_growing && length <= longest)
    end = start + length;
  if (end == NULL || is_blank (start, end)
      || has_blank_line (start, end))
    return NULL;
  return end;
}

/* One dollar on each side, as Pandoc takes it. */
static const char *
find_dollar_end (const char *start)
{
  const char *end = start;

  if (g_ascii_isspace (*start) || *start == '\0')
    return NULL;
  do
    {
      end = strpbrk (end, "$\\");
      if (end != NULL && *end == '\\')
        end += end[1] != '\0' ? 2 : 1;
      else
        break;
    }
  while (*end != '\0');
  if (end == NULL || *end != '$' || end - start > LONGEST_INLINE || g_ascii_isspace (end[-1])
      || g_ascii_isdigit (end[1]) || has_blank_line (start, end))
    return NULL;
  if (g_ascii_isdigit (*start) && memchr (start, ' ', end - start) != NULL
      && !looks_like_maths (start, end))
    return NULL;
  return end;
}

static void
add_formula (GArray     *formulas,
             GString    *out,
             const char *begin,
             const char *start,
             const char *end,
             const char *after,
             gboolean    is_display)
{
  const BaleenFormula formula = {
    .raw = g_strndup (begin, after - begin),
    .latex = g_strstrip (g_strndup (start, end - start)),
    .is_display = is_display,
  };

  g_string_append_printf (out, MARK_BEGIN "%u" MARK_END, formulas->len);
  g_array_append_val (formulas, formula);
}

/* If a formula begins at `p`, takes it and returns where the text goes on. */
static const char *
take_formula (const char *p,
              gboolean    is_growing,
              GArray     *formulas,
              GString    *out)
{
  const char *end = NULL;
  const char *closer = "$";
  gsize n = 1;

  if (g_str_has_prefix (p, "$$"))
    end = find_end (p + (n = 2), closer = "$$", LONGEST_DISPLAY, is_growing);
  else if (*p == '$')
    end = find_dollar_end (p + n);
  else if (g_str_has_prefix (p, "\\("))
    end = find_end (p + (n = 2), closer = "\\)", LONGEST_INLINE * 4, is_growing);
  else if (g_str_has_prefix (p, "\\["))
    end = find_end (p + (n = 2), closer = "\\]", LONGEST_DISPLAY, is_growing);
  if (end == NULL || (p[1] == '[' && !looks_like_maths (p + 2, end)))
    return NULL;

  n = *end != '\0' ? strlen (closer) : 0;
  add_formula (formulas, out, p, p + strlen (closer), end, end + n,
               closer[0] == '\\' ? closer[1] == ']' : closer[1] == '$');
  return end + n;
}

char *
baleen_formulas_take (const char *text,
                      gboolean    is_growing,
                      GArray     *formulas)
{
  GString *out = g_string_sized_new (strlen (text) + 16);
  gboolean is_line_start = TRUE;

  for (const char *p = text; *p != '\0';)
    {
      const char *after = is_line_start ? skip_fence (p) : NULL;

      is_line_start = FALSE;
      if (after == NULL && *p == '`')
        after = skip_code (p);
      if (after != NULL)
        {
          g_string_append_len (out, p, after - p);
          p = after;
          continue;
        }
      after = *p == '$' || *p == '\\' ? take_formula (p, is_growing, formulas, out) : NULL;
      if (after != NULL)
        {
          p = after;
          continue;
        }
      if (*p == '\\' && p[1] != '\0' && g_ascii_ispunct (p[1]))
        {
          g_string_append_len (out, p, 2);
          p += 2;
          continue;
        }
      is_line_start = *p == '\n';
      g_string_append_c (out, *p++);
    }
  return g_string_free (out, FALSE);
}

const BaleenFormula *
baleen_formulas_at (GArray      *formulas,
                    const char  *p,
                    const char  *end,
                    const char **after)
{
  guint64 number;
  char *digits_end;

  if (end - p < 2 * MARK_BYTES + 1 || memcmp (p, MARK_BEGIN, MARK_BYTES) != 0)
    return NULL;
  number = g_ascii_strtoull (p + MARK_BYTES, &digits_end, 10);
  if (end - digits_end < MARK_BYTES || memcmp (digits_end, MARK_END, MARK_BYTES) != 0
      || number >= formulas->len)
    return NULL;

  *after = digits_end + MARK_BYTES;
  return &g_array_index (formulas, BaleenFormula, number);
}

char *
baleen_formulas_put_back (GArray     *formulas,
                          const char *text,
                          gssize      length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  GString *out = g_string_sized_new (end - text + 1);

  while (text < end)
    {
      const char *after;
      const BaleenFormula *formula = baleen_formulas_at (formulas, text, end, &after);

      if (formula == NULL)
        {
          g_string_append_c (out, *text++);
          continue;
        }
      g_string_append (out, formula->raw);
      text = after;
    }
  return g_string_free (out, FALSE);
}
