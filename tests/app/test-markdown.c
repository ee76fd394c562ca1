/* Markdown into blocks and back: what models write, what nobody should, and a text that grows. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "formula-text.h"
#include "markdown-cutter.h"
#include "markdown-parser.h"
#include "markdown-writer.h"
#include "own-time.h"

/* One line a block: path, marker, kind and words, spans in brackets. */
static void
describe_rich (GString              *out,
               const BaleenRichText *rich)
{
  static const char signs[] = "SEXClcm";
  guint from = 0;

  for (guint i = 0; i < rich->spans->len; i++)
    {
      const BaleenSpan *span = &g_array_index (rich->spans, BaleenSpan, i);

      g_string_append_len (out, rich->text->str + from, span->start - from);
      g_string_append_c (out, '{');
      for (guint bit = 0; bit < 7; bit++)
        if ((span->style & (1u << bit)) != 0)
          g_string_append_c (out, signs[bit]);
      g_string_append_c (out, ' ');
      g_string_append_len (out, rich->text->str + span->start, span->end - span->start);
      if ((span->style & BALEEN_SPAN_LINK) != 0)
        g_string_append_printf (out, "@%s", span->target);
      if ((span->style & BALEEN_SPAN_CITATION) != 0)
        g_string_append_printf (out, "#%d", span->number);
      g_string_append_c (out, '}');
      from = span->end;
    }
  g_string_append (out, rich->text->str + from);
}

static char *
describe (GPtrArray *blocks)
{
  static const char *const kinds[] = { "text", "head", "code", "maths", "table", "rule" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const BaleenBlock *block = blocks->pdata[i];

      g_string_append_printf (out, "%s%s%s%s", i > 0 ? "|" : "", block->path,
                              block->marker != NULL ? block->marker : "",
                              block->task == BALEEN_TASK_DONE   ? "x"
                              : block->task == BALEEN_TASK_OPEN ? "o"
                                                                : "");
      g_string_append_printf (out, "%s", kinds[block->kind]);
      if (block->kind == BALEEN_BLOCK_HEADING)
        g_string_append_printf (out, "%d", block->level);
      if (block->language != NULL)
        g_string_append_printf (out, "(%s)", block->language);
      g_string_append_c (out, ':');
      describe_rich (out, block->rich);
      for (guint k = 0; block->cells != NULL && k < block->cells->len; k++)
        {
          g_string_append_c (out, k % block->n_columns == 0 ? '/' : ';');
          describe_rich (out, block->cells->pdata[k]);
        }
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *markdown;
  const char *expected;
} cases[] = {
  { "One\nline\n\nTwo", "text:One\nline|text:Two" },
  { "# A *b*\n\nSet\n---\n", "head1:A {E b}|head2:Set" },
  { "a **b *c* d** `e` ~~f~~", "text:a {S b }{SE c}{S  d} {C e} {X f}" },
  { "- a\n- b\n  - c\n    more\n- d", "--text:a|--text:b|---text:c\nmore|--text:d" },
  { "3. a\n4. b\n\n   para\n", "-3.text:a|-4.text:b|-text:para" },
  { "- [ ] open\n- [x] done", "--otext:open|--xtext:done" },
  { "> a\n> > b\n\n> - c", ">text:a|>>text:b|>--text:c" },
  { "```python\nprint(1)\n\n  x\n```", "code(python):print(1)\n\n  x" },
  { "~~~\nnever closed", "code:never closed" },
  { "| a | b |\n|---|--:|\n| 1 | `x` |", "table:/a;b/1;{C x}" },
  { "| a |\n|---|\n| x<br>y |", "table:/a/x\ny" },
  { "a\n\n---\n\nb", "text:a|rule:|text:b" },
  { "[t](https://x.org/a_b) and <mailto:a@b.c>",
    "text:{l t@https://x.org/a_b} and {l mailto:a@b.c@mailto:a@b.c}" },
  { "see https://x.org/a now", "text:see {l https://x.org/a@https://x.org/a} now" },
  { "[t](javascript:alert(1)) [f](file:///etc/passwd)", "text:t f" },
  { "![cat](https://x.org/cat.png)", "text:{l cat@https://x.org/cat.png}" },
  { "![x](data:image/png;base64,AA)", "text:x" },
  { "Rose.[1][12] [citation:3] [0] [x] [1](https://x.org)",
    "text:Rose.{c [1]#1}{c [12]#12} {c [citation:3]#3} [0] [x] {l 1@https://x.org}" },
  { "<b>no</b> &amp; &lt; &#65; &nonsense; <script>x</script>",
    "text:<b>no</b> & < A &nonsense; <script>x</script>" },
  { "costs $5 and $10", "text:costs $5 and $10" },
  { "so $x_1^2$ and \\(a*b*c\\)", "text:so {m x₁²} and {m a*b*c}" },
  { "We have\n\\[ x_1 = \\frac{a+b}{2} \\]\nso", "text:We have|maths:x₁ = (a + b)/2|text:so" },
  { "$$\n\\unknown{x}\n$$", "maths:\\unknown{x}" },
  { "`$x$` and `\\(y\\)`", "text:{C $x$} and {C \\(y\\)}" },
  { "```\n$x$\n```", "code:$x$" },
  { "- - a", "--text:|---text:a" },
  { "- ", "--text:" },
  { "a  \nb\\\nc", "text:a\nb\nc" },
  { "[a][b]\n\n[b]: https://x.org", "text:{l a@https://x.org}" },
  { "    indented", "text:indented" },
  { "**粗体**和*斜体*，`代码`。", "text:{S 粗体}和{E 斜体}，{C 代码}。" },
  { "![x](a[)[1] b](z)\n\n[c](https://x.org)", "text:x{c [1]#1} b|text:{l c@https://x.org}" },
  { "", "" },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (cases[i].markdown);
      g_autofree char *got = describe (blocks);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* The Markdown of blocks gives the same blocks. */
static void
assert_round_trip (const char *markdown)
{
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (markdown);
  g_autofree char *written = baleen_blocks_to_markdown (blocks);
  g_autoptr (GPtrArray) again = baleen_markdown_parse_all (written);
  g_autofree char *expected = describe (blocks);
  g_autofree char *got = describe (again);

  if (g_strcmp0 (expected, got) != 0)
    g_test_message ("of:\n%s\nwritten:\n%s", markdown, written);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_round_trip (void)
{
  static const char *const more[] = {
    "1\\. no list\n\\# no heading\n\\- no item\n\\> no quote",
    "a\\*b\\_c \\[x](y) 2*3*4 snake_case_name",
    "``a`b`` ` `` `",
    "````\n```\ninner\n```\n````",
    "- a\n\n  ```c\n  int x;\n  ```\n\n- b\n\n  > q\n  >\n  > r\n",
    "> ```\n> code\n> ```\n> after",
    "1. a\n   - b\n     1. c\n\n        d\n2. e",
    "| a \\| b | c |\n|:--|:-:|\n| `x` | [l](https://x.org) |",
    "**a *b*** and *c **d** e* and ***f***",
    "[**bold** link](https://x.org/(a))",
    "an [empty]() and an [emptier](<>) link, ![no picture]()",
    "x\\\\(y\\\\) \\$5 \\$6 &amp;amp;",
    "a [x = 1] b",
    "+ plus\n\n= equals\n=",
    "# Heading with `code` and [l](https://x.org)\n\ntext\n\n***\n\nmore",
    "mail a@b.org and www.x.org and https://x.org",
    "- [x] done\n  - [ ] inner\n- plain\n\npara",
    "line one\nline two\n- list right after\n- again",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_round_trip (cases[i].markdown);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    assert_round_trip (more[i]);
}

static void
test_plain_and_html (void)
{
  g_autoptr (GPtrArray) blocks = baleen_markdown_parse_all (
      "# T\n\n1. **a** <b>\n2. b\n\n> q\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n"
      "[l](https://x.org/?a=1&b=\"2\")");
  g_autofree char *plain = baleen_blocks_to_plain (blocks);
  g_autofree char *html = baleen_blocks_to_html (blocks);

  g_assert_cmpstr (plain, ==, "T\n\n1. a <b>\n2. b\n\nq\n\nx\ty\n1\t2\n\nl");
  g_assert_nonnull (strstr (html, "<h1>T</h1>"));
  g_assert_nonnull (strstr (html, "<ol start=\"1\"><li><p><strong>a</strong> &lt;b&gt;</p>"));
  g_assert_nonnull (strstr (html, "<blockquote>\n<p>q</p>\n</blockquote>"));
  g_assert_nonnull (strstr (html, "<th>x</th><th>y</th>"));
  g_assert_nonnull (strstr (html, "href=\"https://x.org/?a=1&amp;b=%222%22\"")
                    ?: strstr (html, "href=\"https://x.org/?a=1&amp;b=&quot;2&quot;\""));
}

static void
test_formulas (void)
{
  static const char *const formulas[][2] = {
    { "E = mc^2", "E = mc²" },
    { "\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/2a" },
    { "\\sum_{i=1}^{n} i", "∑ᵢ₌₁ⁿi" },
    { "x \\in \\mathbb{R}^n", "x ∈ ℝⁿ" },
    { "\\alpha + \\beta \\le \\infty", "α + β ≤ ∞" },
    { "\\text{if } x > 0", "if x > 0" },
    { "90^\\circ", "90°" },
    { "\\left( a \\right)", "(a)" },
    { "\\lim_{x \\to 0} f(x)", "lim_(x → 0) f(x)" },
    { "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "a = b\nc = d" },
    { "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "[1 2\n3 4]" },
    { "\\hat{x}", "x\314\202" },
    { "\\weird{x}", NULL },
    { "a }", NULL },
    { "{a", NULL },
    { "\\frac{a}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *text = baleen_formula_to_text (formulas[i][0]);

      g_assert_cmpstr (text, ==, formulas[i][1]);
    }
}

static const char long_text[]
    = "# Title\n\nIntro with **bold**, `code` and [a link](https://x.org/path).\n"
      "Second line.\n\n- one\n- two\n\n  inside\n\n- three\n\n1. first\n2. second\n\n"
      "```python\ndef f():\n\n    return 1\n```\n\n> quoted\n>\n> more\n\n"
      "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nAs \\[ x = 1 \\] and $y$.\n\n"
      "Setext\n======\n\n***\n\nLast [1] word 漢字 *emphasis*.\n";

/* However far the text has come, what is above the cut is what the whole text has there. */
static void
test_growing (void)
{
  g_autoptr (GPtrArray) whole = baleen_markdown_parse_all (long_text);
  g_autofree char *expected = describe (whole);

  for (gsize n = 1; n <= strlen (long_text); n++)
    {
      g_autofree char *part = g_strndup (long_text, n);
      const char *rest = part;
      g_autoptr (GString) got = g_string_new (NULL);
      gsize cut;

      if (!g_utf8_validate (part, -1, NULL))
        continue;
      while ((cut = baleen_markdown_next_cut (rest)) > 0)
        {
          g_autofree char *done = g_strndup (rest, cut);
          g_autoptr (GPtrArray) blocks = baleen_markdown_parse (done, NULL, FALSE);
          g_autofree char *words = describe (blocks);

          g_string_append_printf (got, "%s%s", got->len > 0 ? "|" : "", words);
          rest += cut;
        }
      if (!g_str_has_prefix (expected, got->str))
        g_test_message ("after %zu bytes", n);
      g_assert_cmpint (strncmp (expected, got->str, got->len), ==, 0);
    }
}

static void
test_completion (void)
{
  static const struct
  {
    const char *text;
    const char *completed; /* while it is held */
  } ends[] = {
    { "a **bo", "a **bo**" },
    { "a *b", "a *b*" },
    { "a `co", "a `co`" },
    { "a [li", "a " },
    { "a [link](https://x.o", "a link" },
    { "text\n-", "text\n" },
    { "text\n--", "text\n" },
    { "text\n#", "text\n" },
    { "text **", "text " },
    { "| a | b |\n|--", "" },
    { "```c\nint x;\n``", "```c\nint x;\n" },
    { "```c\nint *x", "```c\nint *x" },
    { "done.", "done." },
    { "1", "" },
    { "a ~~b", "a ~~b~~" },
    { "**a *b", "**a *b***" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gboolean is_held;
      g_autofree char *held = baleen_markdown_complete (ends[i].text, TRUE, &is_held);

      g_assert_cmpstr (held, ==, ends[i].completed);
    }
}

/* Random pieces of markup put together: valid blocks, no crash, and a round trip that at least
 * keeps the letters. */
static void
test_hostile (void)
{
  static const char *const pieces[]
      = { "*",    "**",  "_",    "`",    "```",  "```\n", "\n",    "\n\n", "- ",   "1. ", "> ",
          "|",    "|--", "|\n",  "[",    "]",    "](",    ")",     "$",    "$$",   "\\(", "\\)",
          "\\[",  "\\]", "#",    "---",  "~~",   "<",     ">",     "&",    "&amp;", "a",  "word ",
          "漢",   "\342\200\256", "\357\267\220" "0\357\267\221", "\\", "!", "![x](", "https://a.b",
          "    ", "\t",  "[1]",  "<br>", "\r\n", "\\frac{", "}",   "^",    "{",    "=",   "🐳" };
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const guint n = g_rand_int_range (rand, 1, 60);
      g_autoptr (GPtrArray) blocks = NULL;
      g_autofree char *markdown = NULL;
      g_autofree char *html = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *completed = NULL;
      gboolean is_held;

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      completed = baleen_markdown_complete (text->str, round % 2 == 0, &is_held);
      g_assert_true (g_utf8_validate (completed, -1, NULL));
      g_assert_cmpuint (baleen_markdown_next_cut (text->str), <=, text->len);
      blocks = baleen_markdown_parse (completed, NULL, round % 2 == 0);
      for (guint i = 0; i < blocks->len; i++)
        g_assert_true (g_utf8_validate (((BaleenBlock *) blocks->pdata[i])->rich->text->str, -1,
                                        NULL));
      markdown = baleen_blocks_to_markdown (blocks);
      html = baleen_blocks_to_html (blocks);
      plain = baleen_blocks_to_plain (blocks);
      g_assert_true (g_utf8_validate (markdown, -1, NULL));
      g_assert_true (g_utf8_validate (html, -1, NULL));
      g_assert_true (g_utf8_validate (plain, -1, NULL));
    }
}

/* Nothing that is repeated takes long: a part is parsed thirty times a second. */
static void
test_time (void)
{
  static const char *const units[]
      = { "x",  "[",   "[a](", "*a ", "**a", "`", "``` ", "> ", "- ",   "|",    "$x",  "\\(x ",
          "<b", "&a",  "\\[x ", "_a_", "~~", "a\n", "\n",  "1. ", "![", "[1]", "https://a.b/ ",
          "- a\n  ", ">", "| a ", "`a``b" };
  double longest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;
      g_autofree char *part = NULL;
      gsize cut;
      double start, took;

      while (text->len < 40000)
        g_string_append (text, units[i]);
      cut = baleen_markdown_next_cut (text->str);
      part = g_strndup (text->str, cut > 0 ? cut : text->len);
      start = own_time ();
      blocks = baleen_markdown_parse (part, NULL, TRUE);
      took = (own_time () - start) * 1e3;
      if (took > 20)
        g_test_message ("%zu bytes of “%s”: %.1f ms", strlen (part), units[i], took);
      longest = MAX (longest, took);
      for (guint k = 0; k < blocks->len; k++)
        {
          const BaleenBlock *block = blocks->pdata[k];

          if (block->kind == BALEEN_BLOCK_TEXT && block->rich->text->len > 3000)
            g_test_message ("“%s” makes a text of %zu bytes", units[i], block->rich->text->len);
          g_assert_true (block->kind != BALEEN_BLOCK_TEXT || block->rich->text->len <= 3000);
        }
    }
  g_test_message ("the longest took %.1f ms", longest);
  g_assert_cmpfloat (longest, <, 400);
}

/* A line without an end is cut as quickly as any other text: its rest is not read for each part. */
static void
test_long_line (void)
{
  const gsize length = 10 << 20;
  g_autofree char *text = g_malloc (length + 1);
  const double start = own_time ();
  double seconds;
  gsize cut, at = 0;

  memset (text, 'x', length);
  text[length] = '\0';
  while ((cut = baleen_markdown_next_cut (text + at)) > 0)
    at += cut;
  seconds = own_time () - start;
  g_test_message ("%zu of %zu bytes cut in %.2f s", at, length, seconds);
  g_assert_cmpuint (length - at, <=, 16384);
  g_assert_cmpfloat (seconds, <, 5);
}

/* Texts end where memory ends, so that one byte more is a crash. */
static void
test_end (void)
{
  static const char *const ends[] = {
    "", " ", "\n", "\n ", "\n\t", "\n>", "\n> ", "`", "``", "```", "```\n", "```\n ", "\n~~~",
    "$", "$$", "$$x", "$x\\", "\\", "\\(", "\\(x\\", "\\[", "\\begin{", "[", "[1", "[citation:",
    "](", "<", "<br", "&", "&am", "#", "\n- ", "\n1.", "\n1. ", "|", "\n|-", "*", "**", "_", "!",
    "![", "http:",
  };
  const gsize page = sysconf (_SC_PAGESIZE);
  char *memory = mmap (NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (memory != MAP_FAILED);
  g_assert_cmpint (mprotect (memory + page, page, PROT_NONE), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ends) * G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = g_strconcat ("Some words", ends[i / G_N_ELEMENTS (ends)],
                                           ends[i % G_N_ELEMENTS (ends)], NULL);
      char *last = memory + page - strlen (text) - 1;

      strcpy (last, text);
      g_ptr_array_unref (baleen_markdown_parse (last, NULL, TRUE));
      g_ptr_array_unref (baleen_markdown_parse (last, NULL, FALSE));
      g_assert_cmpuint (baleen_markdown_next_cut (last), <=, strlen (text));
    }
  munmap (memory, 2 * page);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown/everything-models-write-becomes-blocks", test_kinds);
  g_test_add_func ("/markdown/blocks-written-give-the-same-blocks", test_round_trip);
  g_test_add_func ("/markdown/plain-and-html-hold-the-words", test_plain_and_html);
  g_test_add_func ("/markdown/formulas-can-be-read", test_formulas);
  g_test_add_func ("/markdown/what-is-above-a-cut-never-changes", test_growing);
  g_test_add_func ("/markdown/open-ends-are-closed-or-held-back", test_completion);
  g_test_add_func ("/markdown/whatever-comes-becomes-valid-text", test_hostile);
  g_test_add_func ("/markdown/nothing-behind-the-end-is-read", test_end);
  g_test_add_func ("/markdown/nothing-repeated-takes-long", test_time);
  g_test_add_func ("/markdown/long-lines-are-cut-quickly", test_long_line);
  return g_test_run ();
}
