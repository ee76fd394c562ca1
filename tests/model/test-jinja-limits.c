/* Hostile templates end soon, and small. */
#include <string.h>
#include <sys/resource.h>

#include "chat-template.h"
#include "own-time.h"

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#else
#define IS_SANITIZED FALSE
#endif

#define MAX_SECONDS 0.1
#define MAX_KIB (16 * 1024)

static char *
repeat (const char *before,
        const char *part,
        guint       n,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static long
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* Must fail with a TEMPLATE error that has `word` in it. */
static void
check_stopped (const char *source,
               const char *word)
{
  long before = peak_kib ();
  double fastest = G_MAXDOUBLE;

  /* The machine may be busy: the best of three is what the work itself takes. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      BlnRendering rendering = { NULL };
      double start = own_time ();
      gboolean is_done = bln_chat_template_render_json (source, "{}", NULL, &rendering, &error);

      fastest = MIN (fastest, own_time () - start);
      if (error != NULL)
        g_test_message ("%.60s: %s (%.1f ms)", source, error->message, fastest * 1000);
      g_assert_false (is_done);
      g_assert_error (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
      g_assert_nonnull (strstr (error->message, word));
    }
  if (IS_SANITIZED)
    return;
  g_assert_cmpfloat (fastest, <, MAX_SECONDS);
  g_assert_cmpint (peak_kib () - before, <, MAX_KIB);
}

static const struct
{
  const char *path;
  const char *before, *part, *after; /* the part 10,000 times */
  const char *word;
} nested[] = {
  { "parentheses", "{{ ", "(", "1 }}", "nest" },
  { "brackets", "{{ ", "[", "1 }}", "nest" },
  { "braces", "{{ ", "{1:", "1 }}", "nest" },
  { "subscripts", "{{ a", "[a", "1 }}", "nest" },
  { "calls", "{{ ", "f(", "1 }}", "nest" },
  { "not", "{{ ", "not ", "1 }}", "nest" },
  { "minus", "{{ ", "- ", "1 }}", "nest" },
  { "conditions", "{{ ", "1 if 0 else ", "1 }}", "nest" },
  { "targets", "{% for ", "(", "a in [] %}{% endfor %}", "nest" },
  { "if", "", "{% if 1 %}", "", "nest" },
  { "for", "", "{% for a in [1] %}", "", "nest" },
  { "macro", "", "{% macro m() %}", "", "nest" },
  { "set", "", "{% set a %}", "", "nest" },
  { "filter", "", "{% filter upper %}", "", "nest" },
  { "sums", "{{ 1", "+1", " }}", "deeply" },
  { "attributes", "{{ a", ".b", " }}", "deeply" },
  { "filters", "{{ a", "|upper", " }}", "deeply" },
  { "tests", "{{ 1", " is odd", " }}", "is" },
  { "logic", "{{ 0", " or 0", " }}", "deeply" },
  { "items", "{{ a", "[0]", " }}", "deeply" },
};

static void
test_nested (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *source = repeat (nested[i].before, nested[i].part, 10000, nested[i].after);

  check_stopped (source, nested[i].word);
}

static const struct
{
  const char *path;
  const char *source;
} endless[] = {
  { "range", "{% for i in range(10**9) %}x{% endfor %}" },
  { "range-in-range",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}" },
  { "macro-calls-itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}" },
  { "macro-tree",
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}"
    "{{ f(90) }}" },
  { "macros-call-each-other",
    "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}" },
  { "caller", "{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{{ f() }}" },
  { "loop-calls-itself", "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}" },
  { "repeated-string", "{{ 'a' * 10**9 }}" },
  { "repeated-list", "{{ [1] * 10**9 }}" },
  { "repeated-string-far", "{{ 'a' * 10**18 }}" },
  { "doubling",
    "{% set n = namespace(s='abcdefgh') %}{% for i in range(64) %}{% set n.s = n.s + n.s %}"
    "{% endfor %}" },
  { "doubling-by-join",
    "{% set n = namespace(s='abcdefgh') %}{% for i in range(64) %}"
    "{% set n.s = [n.s, n.s] | join %}{% endfor %}" },
  { "doubling-by-replace",
    "{% set n = namespace(s='aaaaaaaa') %}{% for i in range(64) %}"
    "{% set n.s = n.s | replace('a', 'aa') %}{% endfor %}" },
  { "doubling-list",
    "{% set l = [1] %}{% for i in range(64) %}{% set _ = l.extend(l) %}{% endfor %}" },
  { "list-in-list",
    "{% set n = namespace(s=[]) %}{% for i in range(99999) %}{% set n.s = [n.s] %}{% endfor %}"
    "{{ n.s }}" },
  { "list-in-itself", "{% set l = [] %}{% set _ = l.append(l) %}{{ l }}" },
  { "dict-in-itself", "{% set d = {} %}{% set _ = d.update(d=d) %}{{ d | tojson }}" },
  { "lists-in-each-other",
    "{% set a = [] %}{% set b = [] %}{% set _ = a.append(b) %}{% set _ = b.append(a) %}"
    "{{ a == b }}" },
  { "output",
    "{% set s = 'x' * 100000 %}{% for i in range(1000) %}{{ s }}{% endfor %}" },
  { "wide-format", "{{ '%999999999d' % 1 }}" },
  { "wide-center", "{{ 'x' | center(999999999) }}" },
  { "wide-indent", "{{ 'x\ny' | indent(999999999) }}" },
  { "wide-json", "{{ [1] | tojson(indent=999999999) }}" },
  { "many-batches", "{{ [1] | batch(999999999, 0) | list }}" },
  { "many-slices", "{{ [1] | slice(999999999) | list }}" },
  { "search-in-search",
    "{% set s = 'a' * 100000 %}{% for i in range(99999) %}{% if 'ab' in s %}{% endif %}"
    "{% endfor %}" },
  { "index-in-index",
    "{% set s = 'é' * 100000 %}{% for i in range(99999) %}{% if s[i] %}{% endif %}{% endfor %}" },
  { "take-from-the-front",
    "{% set l = range(50000) | list %}{% for i in range(50000) %}{% set _ = l.pop(0) %}"
    "{% endfor %}" },
  { "sort-in-loop",
    "{% set l = range(9999) | list %}{% for i in range(9999) %}{% if l | sort %}{% endif %}"
    "{% endfor %}" },
  { "floats", "{% for i in range(99999) %}{% if (i / 7) | string %}{% endif %}{% endfor %}" },
  { "long-floats",
    "{% for i in range(99999) %}{% if '%.60f' % 1e300 %}{% endif %}{% endfor %}" },
  { "dates",
    "{% for i in range(99999) %}{% if strftime_now('%c%c%c%c%c') %}{% endif %}{% endfor %}" },
  { "power", "{{ 9 ** 9 ** 9 }}" },
};

static void
test_endless (gconstpointer data)
{
  check_stopped (endless[GPOINTER_TO_UINT (data)].source, "stopped at line");
}

static void
test_long_source (void)
{
  g_autofree char *source = repeat ("", "x", 2 * 1024 * 1024, "");

  check_stopped (source, "longer");
}

static void
test_many_tags (void)
{
  g_autofree char *source = repeat ("", "{{a}}", 200000, "");

  check_stopped (source, "memory");
}

static void
test_deep_variables (void)
{
  g_autofree char *open = repeat ("{\"a\":", "[", 10000, "");
  g_autofree char *json = repeat (open, "]", 10000, "}");
  g_autoptr (GError) error = NULL;
  BlnRendering rendering = { NULL };

  g_assert_false (bln_chat_template_render_json ("x", json, NULL, &rendering, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
  g_assert_nonnull (strstr (error->message, "deeply"));
}

/* Every prefix of a template is a template or an error, never a crash. */
static void
test_cut_anywhere (void)
{
  static const char source[]
    = "{#- c -#}{%- macro m(a, b='x\\n', c=[1, {'k': 2.5}]) -%}{{ a ~ b | join(',') }}"
      "{%- endmacro -%}{% raw %}{{{% endraw %}{% for x, (y, z) in l if x is not none recursive %}"
      "{{ m(x, *y, **z)[1:-1:2].k }}{% else %}{% break %}{% endfor %}"
      "{% call(v) m(1) %}{{ v }}{% endcall %}{% set a, b = 1, 2 %}{% set c | upper %}{% endset %}"
      "{% filter trim %}é{% endfilter %}{% with q = 1 %}{% endwith %}{% if a not in b %}"
      "{% elif 1 < 2 <= 3 %}{% endif %}";

  for (gsize n = 0; n <= strlen (source); n++)
    {
      g_autofree char *cut = g_strndup (source, n);
      g_autoptr (GError) error = NULL;
      BlnRendering rendering = { NULL };

      if (bln_chat_template_render_json (cut, "{}", NULL, &rendering, &error))
        bln_rendering_clear (&rendering);
      else
        g_assert_error (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
    }
}

/* A long history is the user's own, and some templates look back at every message. */
static void
test_long_chat_renders (void)
{
  static const char source[]
    = "{% for m in messages %}{% set n = namespace(found=false) %}"
      "{% for j in range(loop.index0 - 1, -1, -1) %}"
      "{% if not n.found and messages[j].role == 'user' %}{% set n.found = true %}{% endif %}"
      "{% endfor %}<{{ m.role }}>{{ m.content }}{% endfor %}";
  BlnMessage messages[400];
  g_autoptr (GError) error = NULL;
  BlnRendering rendering = { NULL };
  gboolean is_done;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    messages[i] = (BlnMessage) { i % 2 == 0 ? "user" : "assistant", "Yes?", NULL };
  is_done = bln_chat_template_render_messages (source, messages, G_N_ELEMENTS (messages),
                                               BLN_THINK_MODEL, NULL, NULL, NULL, &rendering,
                                               &error);
  g_assert_no_error (error);
  g_assert_true (is_done);
  g_assert_cmpuint (rendering.length, ==, 200 * strlen ("<user>Yes?<assistant>Yes?"));
  bln_rendering_clear (&rendering);
}

/* A document of some megabytes passes through the usual shapes. */
static void
test_long_document_renders (void)
{
  g_autofree char *document = repeat ("", "Wort für Wort. ", 250000, "");
  BlnMessage message = { "user", document, NULL };
  g_autoptr (GError) error = NULL;
  BlnRendering rendering = { NULL };
  gboolean is_done;

  is_done = bln_chat_template_render_messages (
    "{% for m in messages %}{% set content = m.content.split('</think>')[-1] | trim %}"
    "{{ '<|im_start|>' + m.role + '\\n' + content + '<|im_end|>' + '\\n' }}{% endfor %}",
    &message, 1, BLN_THINK_MODEL, NULL, NULL, NULL, &rendering, &error);
  g_assert_no_error (error);
  g_assert_true (is_done);
  g_assert_cmpuint (rendering.length, >, strlen (document));
  bln_rendering_clear (&rendering);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (nested); i++)
    {
      g_autofree char *path = g_strdup_printf ("/jinja/deep-nesting-is-refused/%s", nested[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_nested);
    }
  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    {
      g_autofree char *path = g_strdup_printf ("/jinja/endless-is-stopped/%s", endless[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_endless);
    }
  g_test_add_func ("/jinja/endless-is-stopped/long-source", test_long_source);
  g_test_add_func ("/jinja/endless-is-stopped/many-tags", test_many_tags);
  g_test_add_func ("/jinja/deep-nesting-is-refused/variables", test_deep_variables);
  g_test_add_func ("/jinja/cut-template-never-crashes", test_cut_anywhere);
  g_test_add_func ("/jinja/long-chat-renders", test_long_chat_renders);
  g_test_add_func ("/jinja/long-document-renders", test_long_document_renders);
  return g_test_run ();
}
