/* The interpreter: what templates mean, what they cannot do, and where their text came from. */
#include <locale.h>
#include <string.h>

#include "chat-template.h"
#include "jinja-cases.h"

static const char variables[] =
  "{\"a\":1,\"b\":\"text\",\"l\":[3,1,2],\"d\":{\"x\":1,\"y\":\"z\",\"items\":[1]},\"s\":\"  H"
  "ello World, hello  \",\"u\":\"你好 wörld ßtraße\",\"f\":1.5,\"n\":null,\"t\":true,\""
  "messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U"
  "1\"},{\"role\":\"assistant\",\"content\":\"A1\",\"tool_calls\":[{\"function\":{\"nam"
  "e\":\"f\",\"arguments\":{\"x\":1,\"y\":[1,2.5,null,true,\"q\\\"\\n\"]}}}]},{\"role\":\""
  "user\",\"content\":\"U2\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":"
  "\"get\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"properties\":{\"c"
  "ity\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}],\"bos_token\":\"<BOS>\",\"e"
  "os_token\":\"<EOS>\",\"add_generation_prompt\":true,\"e\":\"\",\"el\":[],\"ed\":{},"
  "\"nested\":{\"p\":{\"q\":[{\"r\":5},{\"r\":3}]}},\"people\":[{\"name\":\"bob\",\"age\":3"
  ",\"c\":{\"t\":\"x\"}},{\"name\":\"Al\",\"age\":5,\"c\":{\"t\":\"y\"}},{\"name\":\"al\",\"age\""
  ":4,\"c\":{\"t\":\"x\"}}]}";

static char *
render (const char *source,
        const char *json,
        GError    **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 1, 2, 3, 4, 5);
  BlnRendering rendering = { NULL };
  char *text;

  if (!bln_chat_template_render_json (source, json, now, &rendering, error))
    {
      g_assert_null (rendering.text);
      return NULL;
    }
  g_assert_cmpuint (strlen (rendering.text), ==, rendering.length);
  text = g_steal_pointer (&rendering.text);
  bln_rendering_clear (&rendering);
  return text;
}

static void
test_group (gconstpointer data)
{
  const char *group = data;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (jinja_cases); i++)
    {
      const JinjaCase *jinja_case = &jinja_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (!g_str_equal (jinja_case->group, group))
        continue;
      text = render (jinja_case->source, variables, &error);
      if (text == NULL)
        g_test_message ("%s: %s", jinja_case->source, error->message);
      g_assert_cmpstr (text, ==, jinja_case->expected);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* A wrong template, the line that is wrong, and what the message must speak of. */
static const struct
{
  const char *source;
  guint line;
  const char *word;
} wrong[] = {
  { "\n{% foo %}", 2, "foo" },
  { "{% if %}", 1, "ends too early" },
  { "a\n\n{{ }}", 3, "ends too early" },
  { "{% for x in [] %}", 1, "endfor" },
  { "{% if a %}{% endfor %}", 1, "endfor" },
  { "{% endif %}", 1, "endif" },
  { "{{ 'abc", 1, "quote" },
  { "{{ a b }}", 1, "“b”" },
  { "{{ (1 }}", 1, "}" },
  { "{# never", 1, "#}" },
  { "{% raw %}{{", 1, "endraw" },
  { "{{ a", 1, "inside of a tag" },
  { "{% break %}", 1, "break" },
  { "{{ b is string is lower }}", 1, "is" },
  { "{{ dict(1, a=2, 3) }}", 1, "argument" },
  { "{% set none = 1 %}", 1, "none" },
  { "{{ 99999999999999999999 }}", 1, "too large" },
  { "\n\n{{ b | nofilter }}", 3, "nofilter" },
  { "{{ b is notest }}", 1, "notest" },
  { "{{ nofunction() }}", 1, "nofunction" },
  { "{{ nothing.at }}", 1, "nothing" },
  { "{{ nothing['at'] }}", 1, "nothing" },
  { "{{ nothing + 1 }}", 1, "nothing" },
  { "{{ nothing | tojson }}", 1, "JSON" },
  { "{{ a() }}", 1, "called" },
  { "{{ 1 / 0 }}", 1, "zero" },
  { "{{ 1 % 0 }}", 1, "zero" },
  { "{{ 'a' + 1 }}", 1, "“+”" },
  { "{{ none < 1 }}", 1, "“<”" },
  { "{{ 5 in 'abc' }}", 1, "“in”" },
  { "{{ 5 | length }}", 1, "length" },
  { "{% for x in 5 %}{% endfor %}", 1, "one by one" },
  { "{% set x, y = [1] %}", 1, "2 names" },
  { "{% set d.x = 1 %}", 1, "namespace" },
  { "{{ {[1]: 2} }}", 1, "key" },
  { "{{ 9223372036854775807 + 1 }}", 1, "too large" },
  { "{{ 2 ** 64 }}", 1, "too large" },
  { "{{ 'x'.split('') }}", 1, "split" },
  { "{{ 'x'.index('y') }}", 1, "index" },
  { "{{ '%d' % 'x' }}", 1, "%d" },
  { "{{ '%s %s' % 1 }}", 1, "too few" },
  { "{{ '{'.format(1) }}", 1, "brace" },
  { "{% macro m(x) %}{% endmacro %}{{ m(1, 2) }}", 1, "“m”" },
  { "{% macro m(x) %}{% endmacro %}{{ m(q=2) }}", 1, "“q”" },
  { "{{ 'a' | replace('b') }}", 1, "new" },
  { "{{ 'a' | trim(x=1) }}", 1, "“x”" },
  { "{% for x in [1] %}{{ loop([1]) }}{% endfor %}", 1, "recursive" },
  { "{{ range(1, 2, 0) }}", 1, "zero" },
  { "{{ raise_exception('Only user roles') }}", 1, "Only user roles" },
};

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render (wrong[i].source, variables, &error);
      g_autofree char *line = g_strdup_printf ("line %u:", wrong[i].line);

      g_test_message ("%s: %s", wrong[i].source, error != NULL ? error->message : text);
      g_assert_null (text);
      g_assert_error (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
      g_assert_nonnull (strstr (error->message, line));
      g_assert_nonnull (strstr (error->message, wrong[i].word));
    }
}

static void
test_unknown_is_an_error_only_when_reached (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = render ("{% if false %}{{ b | nofilter }}{% endif %}ok", variables, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "ok");
}

static const char *const wrong_json[] = {
  "",       "[]",           "{",          "{\"a\"}",      "{\"a\":}",    "{\"a\":1,}",
  "{'a':1}", "{\"a\":01}", "{\"a\":1e}", "{\"a\":\"x}", "{\"a\":-}",   "{\"a\":1} 2",
  "nul",    "{\"a\":\"\\q\"}", "{\"a\":\"\\u12\"}", "{\"a\":[1 2]}", "{1:2}", "\xff",
};

static void
test_wrong_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_json); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = render ("x", wrong_json[i], &error);

      g_autofree char *shown = g_strescape (wrong_json[i], NULL);

      g_test_message ("%s", shown);
      g_assert_null (text);
      g_assert_error (error, BLN_ERROR, BLN_ERROR_TEMPLATE);
    }
}

static void
test_json_comes_back (void)
{
  static const char json[] = "{\"x\":{\"b\":[1,-2.5,1e3,true,false,null,\"q\\\"\\u4f60\\ud83d\\ude00\\n\\/\"],"
                             "\"a\":{},\"c\":[]}}";
  g_autoptr (GError) error = NULL;
  g_autofree char *text = render ("{{ x | tojson }}", json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "{\"b\": [1, -2.5, 1000.0, true, false, null, \"q\\\"你😀\\n/\"], \"a\": {}, "
                   "\"c\": []}");
}

/* The language of the desktop changes neither numbers nor dates. */
static void
test_locale_changes_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = setlocale (LC_ALL, NULL) != NULL ? g_strdup (setlocale (LC_ALL, NULL))
                                                             : NULL;
  g_autofree char *text = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8");
  text = render ("{{ 1.5 }} {{ '%.2f' % 2.25 }} {{ '3.5' | float }} {{ strftime_now('%B %a') }}",
                 "{}", &error);
  setlocale (LC_ALL, before);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "1.5 2.25 3.5 January Fri");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (jinja_cases); i++)
    {
      const char *group = jinja_cases[i].group;
      g_autofree char *path = g_strdup_printf ("/jinja/renders-as-jinja2/%s", group);

      if (i == 0 || !g_str_equal (group, jinja_cases[i - 1].group))
        g_test_add_data_func (path, group, test_group);
    }
  g_test_add_func ("/jinja/wrong-template-names-line-and-thing", test_wrong);
  g_test_add_func ("/jinja/unknown-filter-matters-only-when-reached",
                   test_unknown_is_an_error_only_when_reached);
  g_test_add_func ("/jinja/wrong-json-is-refused", test_wrong_json);
  g_test_add_func ("/jinja/json-comes-back", test_json_comes_back);
  g_test_add_func ("/jinja/locale-changes-nothing", test_locale_changes_nothing);
  return g_test_run ();
}
