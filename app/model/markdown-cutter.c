#include "markdown-cutter.h"

#include <string.h>

/* A part larger than this is cut at the next line, or anywhere: parsing it again thirty times
 * a second would be felt. */
#define LARGEST_PART 16384
#define LARGEST_CODE (1 << 20)

/* A bracket that has waited so long is a bracket. */
#define LONGEST_HELD 24

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

static gboolean
is_blank (const char *line)
{
  line += strspn (line, " \t\r");
  return *line == '\n' || *line == '\0';
}

/* How many fence signs a line begins with, 0 if it is no fence. */
static gsize
fence_length (const char *line,
              char       *sign)
{
  const char *p = line + strspn (line, " \t>");
  gsize n = 0;

  while (p[n] == *p && (*p == '`' || *p == '~'))
    n++;
  *sign = *p;
  return n >= 3 ? n : 0;
}

static gboolean
begins_item (const char *line)
{
  const char *p = line;

  if (strchr ("-*+", *p) != NULL && *p != '\0')
    return p[1] == ' ' || p[1] == '\t';
  while (g_ascii_isdigit (*p))
    p++;
  return p > line && (*p == '.' || *p == ')') && (p[1] == ' ' || p[1] == '\t');
}

typedef struct
{
  const char *line;
  gboolean in_list;  /* the part began with a list: a later item belongs to it */
  gsize n_fence;     /* 0 outside of code */
  char fence_sign;
  const char *maths; /* (nullable) what ends the formula we are in */
} Scan;

/* All signs of formulas have two letters. */
static gboolean
is_sign (const char *at,
         const char *sign)
{
  return at[0] == sign[0] && at[1] == sign[1];
}

/* A displayed formula may hold anything but an empty line. */
static void
scan_maths (Scan       *self,
            const char *line,
            const char *end)
{
  for (const char *p = line; p < end; p++)
    {
      if (self->maths != NULL)
        {
          if (is_sign (p, self->maths))
            {
              self->maths = NULL;
              p++;
            }
        }
      else if (is_sign (p, "$$") || is_sign (p, "\\["))
        {
          self->maths = *p == '$' ? "$$" : "\\]";
          p++;
        }
    }
}

static void
scan_line (Scan       *self,
           const char *line,
           const char *end)
{
  char sign;
  const gsize n = fence_length (line, &sign);

  if (self->n_fence > 0)
    {
      const char *after = line + strspn (line, " \t>");

      if (n >= self->n_fence && sign == self->fence_sign && is_blank (after + n))
        self->n_fence = 0;
      return;
    }
  if (n > 0)
    {
      self->n_fence = n;
      self->fence_sign = sign;
      return;
    }
  if (is_blank (line))
    self->maths = NULL;
  else
    scan_maths (self, line, end);
}

/* Behind the last space of what may be too long, else between two characters. */
static gsize
cut_anywhere (const char *text)
{
  gsize cut = LARGEST_PART;

  for (gsize i = cut; i > LARGEST_PART / 2; i--)
    if (text[i - 1] == ' ' || text[i - 1] == '\n')
      return i;
  while ((text[cut] & 0xc0) == 0x80)
    cut--;
  return cut;
}

gsize
baleen_markdown_next_cut (const char *text)
{
  const char *first = text + strspn (text, " \t\r\n");
  Scan scan = { .in_list = begins_item (first) };
  gboolean was_blank = FALSE;
  gboolean has_words = FALSE;

  for (const char *line = text; *line != '\0';)
    {
      const char *next = next_line (line);
      const gboolean is_empty = is_blank (line);
      const gboolean is_inside = scan.n_fence > 0 || scan.maths != NULL;

      if (has_words && was_blank && !is_empty && !is_inside && *line != ' ' && *line != '\t'
          && *line != '>' && !(scan.in_list && begins_item (line)) && next[-1] == '\n')
        return line - text;
      scan.in_list = scan.in_list || (!is_inside && begins_item (line));
      /* What comes after the largest part is cut off below, however long its line is. */
      scan_line (&scan, line, MIN (next, text + LARGEST_PART));
      was_blank = is_empty && scan.n_fence == 0;
      has_words = has_words || !is_empty;
      line = next;
      if (line - text > (scan.n_fence > 0 ? LARGEST_CODE : LARGEST_PART))
        return cut_anywhere (text);
    }
  return 0;
}

/* ---- the end of a growing text -------------------------------------------------------- */

/* The last paragraph, and whether the end is in code. */
static const char *
find_tail (const char *text,
           gboolean   *in_code)
{
  const char *tail = text;
  Scan scan = { 0 };

  for (const char *line = text; *line != '\0';)
    {
      const char *next = next_line (line);
      const gboolean was_code = scan.n_fence > 0;

      scan_line (&scan, line, next);
      if (is_blank (line) || was_code)
        tail = next;
      line = next;
    }
  *in_code = scan.n_fence > 0;
  return tail;
}

/* Only marks of which a list, a rule, a heading or a fence may become. */
static gboolean
is_undecided_line (const char *line)
{
  const char *p = line + strspn (line, " \t");

  if (*p == '\0')
    return FALSE;
  if (strspn (p, "-=*_#>+`~:| \t") == strlen (p))
    return TRUE;
  p += strspn (p, "0123456789");
  return p[0] == '\0' || ((p[0] == '.' || p[0] == ')') && p[1] == '\0');
}

static const char *
last_line (const char *tail)
{
  const char *end = strrchr (tail, '\n');

  return end != NULL ? end + 1 : tail;
}

/* The first two lines of a table show whether it is one. */
static gboolean
may_become_table (const char *tail)
{
  const char *second = strchr (tail, '\n');

  return *tail == '|' && (second == NULL || strchr (second + 1, '\n') == NULL);
}

/* Where what is held back begins; NULL when nothing is. */
static const char *
find_held (const char *tail)
{
  const char *line = last_line (tail);
  const char *bracket = strrchr (line, '[');
  const char *end = tail + strlen (tail);
  const char *p = end;

  if (may_become_table (tail))
    return tail;
  if (is_undecided_line (line))
    return line;
  if (bracket != NULL && strchr (bracket, ']') == NULL && end - bracket < LONGEST_HELD)
    return bracket;
  while (p > line && strchr ("*_`~[$\\<!&", p[-1]) != NULL)
    p--;
  return p < end ? p : NULL;
}

/* An address that is not closed yet is not shown: the words of its link are. */
static void
close_link (GString *text,
            gsize    from)
{
  char *address = g_strrstr (text->str + from, "](");
  char *bracket;

  if (address == NULL || strchr (address, ')') != NULL || strchr (address, ' ') != NULL)
    return;
  *address = '\0';
  bracket = strrchr (text->str + from, '[');
  if (bracket == NULL)
    {
      *address = ']';
      return;
    }
  g_string_truncate (text, address - text->str);
  g_string_erase (text, bracket - text->str, 1);
}

/* Closes what is open at the end: code, strong, emphasis, struck, from the inside out. */
static void
close_styles (GString *text,
              gsize    from)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  static char marks[][3] = { "**", "__", "~~", "*" };
  const char *p = text->str + from;

  while (*p != '\0')
    {
      const char *mark = NULL;
      gsize n = strspn (p, "`");
      guint at;

      if (*p == '\\' && p[1] != '\0')
        {
          p += 2;
          continue;
        }
      if (n > 0)
        {
          g_autofree char *run = g_strndup (p, n);
          const char *end = strstr (p + n, run);

          if (end == NULL && n < 3)
            {
              g_string_append (text, run);
              return;
            }
          p = end != NULL ? end + n : p + n;
          continue;
        }
      for (guint i = 0; mark == NULL && i < G_N_ELEMENTS (marks); i++)
        if (g_str_has_prefix (p, marks[i]))
          mark = marks[i];
      if (mark == NULL)
        {
          p++;
          continue;
        }
      n = strlen (mark);
      if (g_ptr_array_find (open, mark, &at))
        g_ptr_array_set_size (open, at);
      else if (p[n] != '\0' && !g_ascii_isspace (p[n]))
        g_ptr_array_add (open, (gpointer) mark);
      p += n;
    }
  if (open->len > 0)
    while (text->len > from && g_ascii_isspace (text->str[text->len - 1]))
      g_string_truncate (text, text->len - 1);
  for (guint i = open->len; i > 0; i--)
    g_string_append (text, open->pdata[i - 1]);
}

char *
baleen_markdown_complete (const char *text,
                          gboolean    hold,
                          gboolean   *is_held)
{
  GString *out = g_string_new (text);
  gboolean in_code;
  const char *tail = find_tail (text, &in_code);
  const char *held = NULL;

  if (in_code)
    held = strspn (last_line (text), " \t`~") == strlen (last_line (text))
                   && *last_line (text) != '\0'
               ? last_line (text)
               : NULL;
  else
    held = find_held (tail);
  *is_held = held != NULL && hold;
  if (*is_held)
    g_string_truncate (out, held - text);
  if (!in_code && (gsize) (tail - text) < out->len)
    {
      close_link (out, tail - text);
      close_styles (out, tail - text);
    }
  return g_string_free (out, FALSE);
}

/* “[name]: https://…” and perhaps a title in quotes. A line that only looks like one would be
 * a paragraph in every part that it is put before. */
static gboolean
is_definition (const char *line,
               const char *end)
{
  const char *close = *line == '[' ? memchr (line, ']', end - line) : NULL;
  const char *p;

  if (close == NULL || close == line + 1 || close[1] != ':')
    return FALSE;
  p = close + 2 + strspn (close + 2, " \t<");
  if (!g_str_has_prefix (p, "http://") && !g_str_has_prefix (p, "https://"))
    return FALSE;
  p += strcspn (p, " \t\r\n");
  p += strspn (p, " \t\r");
  return p >= end || *p == '\n' || (*p == '"' && memchr (p + 1, '"', end - p - 1) != NULL);
}

void
baleen_markdown_collect_definitions (const char *text,
                                     gsize       length,
                                     GString    *definitions)
{
  const char *end = text + length;

  for (const char *line = text; line < end; line = next_line (line))
    if (is_definition (line, MIN (next_line (line), end)))
      {
        g_string_append_len (definitions, line, MIN (next_line (line), end) - line);
        g_string_append_c (definitions, '\n');
      }
}
