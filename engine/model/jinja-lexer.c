#include "jinja-lexer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-literal.h"

/* Longer ones first. */
static const char *const operators[] = {
  "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(",
  ")",  "{",  "}",  ">",  "<",  "=",  ".", ":", "|", ",", ";",
};

void
jinja_lexer_init (JinjaLexer *lexer,
                  JinjaRun   *run,
                  const char *source)
{
  gsize length = strlen (source), n = 0;
  char *copy = jinja_alloc_bytes (run, length + 1);

  /* Every kind of newline becomes "\n", and one at the very end is dropped. */
  for (gsize i = 0; i < length; i++)
    {
      if (source[i] == '\r' && source[i + 1] == '\n')
        continue;
      copy[n++] = source[i] == '\r' ? '\n' : source[i];
    }
  if (n > 0 && copy[n - 1] == '\n')
    n--;
  copy[n] = '\0';
  jinja_work_bytes (run, length);

  memset (lexer, 0, sizeof *lexer);
  lexer->run = run;
  lexer->p = copy;
  lexer->line = 1;
  lexer->starts_line = TRUE;
}

static void
advance (JinjaLexer *lexer,
         const char *to)
{
  for (; lexer->p < to; lexer->p++)
    lexer->line += *lexer->p == '\n';
}

static const char *
skip_space (const char *p)
{
  while (*p != '\0' && jinja_is_space (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static JinjaToken
make_token (JinjaLexer    *lexer,
            JinjaTokenKind kind,
            const char    *name)
{
  return (JinjaToken) { .kind = kind, .line = lexer->line, .name = name };
}

static const char *
find_tag (JinjaLexer *lexer)
{
  const char *p = lexer->p;

  for (; (p = strchr (p, '{')) != NULL; p++)
    if (p[1] == '{' || p[1] == '%' || p[1] == '#')
      return p;
  return NULL;
}

/* Where the text before a tag ends, after "{%-" or lstrip_blocks took white space away. */
static const char *
strip_before (JinjaLexer *lexer,
              const char *start,
              const char *end,
              char        sign,
              gboolean    is_variable)
{
  const char *line_start = end;

  if (sign == '-')
    {
      while (end > start)
        {
          const char *last = g_utf8_prev_char (end);

          if (!jinja_is_space (g_utf8_get_char (last)))
            break;
          end = last;
        }
      return end;
    }
  if (sign == '+' || is_variable)
    return end;
  while (line_start > start && line_start[-1] != '\n')
    line_start--;
  if (line_start == start && !lexer->starts_line)
    return end;
  return skip_space (line_start) >= end ? line_start : end;
}

/* Past the end of a tag, given where its "%}" or "#}" begins: "-" takes all white space
 * after it, "+" nothing, and else trim_blocks takes one newline. */
static void
pass_end (JinjaLexer *lexer,
          const char *mark,
          char        sign,
          gboolean    trims)
{
  const char *after = mark + 2;

  if (sign == '-')
    after = skip_space (after);
  else if (sign != '+' && trims && *after == '\n')
    after++;
  lexer->starts_line = after[-1] == '\n';
  advance (lexer, after);
}

static void
pass_comment (JinjaLexer *lexer,
              const char *tag)
{
  const char *end = strstr (tag + 2, "#}");
  char sign = '\0';

  if (end == NULL)
    jinja_fail (lexer->run, _("a comment has no “#}”."));
  /* "{#-#}" has one sign, which belongs to its beginning. */
  if (end > tag + 2 && (end[-1] == '-' || end[-1] == '+')
      && !(end - 1 == tag + 2))
    sign = end[-1];
  pass_end (lexer, end, sign, TRUE);
}

/* If `p`, after "{%" and its sign, is "raw %}": where the "%}" begins. */
static const char *
match_word_tag (const char *p,
                const char *word,
                char       *sign)
{
  p = skip_space (p);
  if (!g_str_has_prefix (p, word))
    return NULL;
  p = skip_space (p + strlen (word));
  *sign = *p == '-' || *p == '+' ? *p++ : '\0';
  return g_str_has_prefix (p, "%}") ? p : NULL;
}

static JinjaToken
make_data (JinjaLexer *lexer,
           const char *start,
           const char *end)
{
  JinjaToken token = make_token (lexer, JINJA_TOKEN_DATA, NULL);

  token.value = jinja_string (jinja_string_new (lexer->run, start, end - start, FALSE));
  return token;
}

static JinjaToken
read_raw (JinjaLexer *lexer,
          const char *begin_mark,
          char        begin_sign)
{
  const char *start, *tag, *end = NULL;
  char sign = '\0', end_sign = '\0';
  JinjaToken token;

  if (begin_sign == '+')
    jinja_fail (lexer->run, _("“raw” cannot end with “+%%}”."));
  pass_end (lexer, begin_mark, begin_sign, FALSE);
  start = lexer->p;
  for (tag = start; (tag = strstr (tag, "{%")) != NULL; tag += 2)
    {
      sign = tag[2] == '-' || tag[2] == '+' ? tag[2] : '\0';
      end = match_word_tag (tag + 2 + (sign != '\0'), "endraw", &end_sign);
      if (end != NULL)
        break;
    }
  if (tag == NULL)
    jinja_fail (lexer->run, _("“raw” has no “endraw”."));
  token = make_data (lexer, start, strip_before (lexer, start, tag, sign, FALSE));
  advance (lexer, tag);
  pass_end (lexer, end, end_sign, TRUE);
  return token;
}

static gboolean
read_text (JinjaLexer *lexer,
           JinjaToken *token)
{
  const char *start = lexer->p;
  const char *tag = find_tag (lexer);
  const char *end, *raw = NULL;
  char kind, sign, raw_sign = '\0';

  if (tag == NULL)
    {
      end = start + strlen (start);
      *token = *start != '\0' ? make_data (lexer, start, end)
                              : make_token (lexer, JINJA_TOKEN_END, NULL);
      advance (lexer, end);
      return TRUE;
    }

  kind = tag[1];
  sign = tag[2] == '-' || tag[2] == '+' ? tag[2] : '\0';
  end = strip_before (lexer, start, tag, sign, kind == '{');
  if (end > start)
    {
      /* The tag itself is met on the next call, when there is no text before it. */
      *token = make_data (lexer, start, end);
      advance (lexer, tag);
      lexer->starts_line = FALSE;
      return TRUE;
    }
  advance (lexer, tag);
  lexer->run->line = lexer->line;
  if (kind == '#')
    {
      pass_comment (lexer, tag);
      return FALSE;
    }
  if (kind == '%')
    raw = match_word_tag (tag + 2 + (sign != '\0'), "raw", &raw_sign);
  if (raw != NULL)
    {
      *token = read_raw (lexer, raw, raw_sign);
      return TRUE;
    }
  *token = make_token (lexer, kind == '{' ? JINJA_TOKEN_VARIABLE_BEGIN : JINJA_TOKEN_BLOCK_BEGIN,
                       NULL);
  lexer->state = kind == '{' ? JINJA_LEXER_VARIABLE : JINJA_LEXER_BLOCK;
  advance (lexer, tag + 2 + (sign != '\0'));
  return TRUE;
}

static gboolean
read_tag_end (JinjaLexer *lexer,
              JinjaToken *token)
{
  gboolean is_variable = lexer->state == JINJA_LEXER_VARIABLE;
  const char *p = lexer->p;
  char sign = *p == '-' || (*p == '+' && !is_variable) ? *p++ : '\0';

  if (lexer->n_brackets > 0 || !g_str_has_prefix (p, is_variable ? "}}" : "%}"))
    return FALSE;
  *token = make_token (lexer, is_variable ? JINJA_TOKEN_VARIABLE_END : JINJA_TOKEN_BLOCK_END,
                       NULL);
  pass_end (lexer, p, sign, !is_variable);
  lexer->state = JINJA_LEXER_TEXT;
  return TRUE;
}

static void
balance (JinjaLexer *lexer,
         char        c)
{
  if (c == '(' || c == '[' || c == '{')
    {
      if (lexer->n_brackets == JINJA_MAX_NESTING)
        jinja_fail (lexer->run, _("brackets are nested too deeply."));
      lexer->brackets[lexer->n_brackets++] = c == '(' ? ')' : c + 2;
    }
  else if (c == ')' || c == ']' || c == '}')
    {
      if (lexer->n_brackets == 0 || lexer->brackets[lexer->n_brackets - 1] != c)
        jinja_fail (lexer->run, _("“%c” closes nothing."), c);
      lexer->n_brackets--;
    }
}

static JinjaToken
read_operator (JinjaLexer *lexer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (lexer->p, operators[i]))
      {
        JinjaToken token = make_token (lexer, JINJA_TOKEN_OPERATOR, operators[i]);

        if (operators[i][1] == '\0')
          balance (lexer, operators[i][0]);
        advance (lexer, lexer->p + strlen (operators[i]));
        return token;
      }
  jinja_fail (lexer->run, _("“%.*s” is not expected here."),
              (int) (g_utf8_next_char (lexer->p) - lexer->p), lexer->p);
}

static JinjaToken
read_name (JinjaLexer *lexer)
{
  JinjaToken token = make_token (lexer, JINJA_TOKEN_NAME, NULL);
  const char *end = lexer->p;

  while (*end == '_' || g_unichar_isalnum (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  token.name = jinja_intern (lexer->run, lexer->p, end - lexer->p);
  lexer->p = end;
  return token;
}

static JinjaToken
read_literal (JinjaLexer *lexer)
{
  gboolean is_string = *lexer->p == '"' || *lexer->p == '\'';
  JinjaToken token = make_token (lexer, is_string ? JINJA_TOKEN_STRING : JINJA_TOKEN_NUMBER, NULL);
  const char *end;

  if (is_string)
    token.value = jinja_literal_string (lexer->run, lexer->p, &end);
  else
    token.value = jinja_literal_number (lexer->run, lexer->p, &end);
  advance (lexer, end);
  return token;
}

JinjaToken
jinja_lexer_next (JinjaLexer *lexer)
{
  JinjaToken token;
  gunichar c;

  jinja_work (lexer->run, 1);
  while (lexer->state == JINJA_LEXER_TEXT)
    if (read_text (lexer, &token))
      return token;

  advance (lexer, skip_space (lexer->p));
  lexer->run->line = lexer->line;
  if (read_tag_end (lexer, &token))
    return token;
  if (*lexer->p == '\0')
    jinja_fail (lexer->run, _("the template ends inside of a tag."));
  c = g_utf8_get_char (lexer->p);
  if (g_ascii_isdigit (*lexer->p) || c == '"' || c == '\'')
    return read_literal (lexer);
  if (c == '_' || g_unichar_isalpha (c))
    return read_name (lexer);
  return read_operator (lexer);
}
