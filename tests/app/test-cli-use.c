#include "run-program.h"

#include <glib/gstdio.h>
#include <string.h>

#define RUN(input, ...) program_run (input, (const char *const[]) { __VA_ARGS__, NULL })

static void
test_help (void)
{
  static const char *const commands[] = {
    "ask", "chat", "inspect", "bench", "tokens", "render", "logits", "perplexity",
    "templates", "coach",
  };
  g_auto (Outcome) all = RUN (NULL, "--help");

  g_assert_cmpint (all.status, ==, 0);
  g_assert_cmpstr (all.err, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Outcome) one = RUN (NULL, commands[i], "--help");
      g_autofree char *use = g_strdup_printf ("baleen %s", commands[i]);

      g_assert_cmpint (one.status, ==, 0);
      g_assert_cmpstr (one.err, ==, "");
      g_assert_nonnull (strstr (one.out, use));
      g_assert_nonnull (strstr (one.out, "--json"));
      g_assert_nonnull (strstr (all.out, use));
    }
}

/* Half an installation ends in a sentence, not in an abort. */
static void
test_away_from_its_data (void)
{
  g_auto (Outcome) outcome = program_run_script (
      "d=$(mktemp -d) && cp \"$B\" \"$d/baleen\" && XDG_DATA_DIRS=\"$d\" \"$d/baleen\" models list;"
      "s=$?; rm -r \"$d\"; exit $s", "");

  if (outcome.status == 0)
    g_test_skip ("Baleen is installed here");
  else
    assert_refused (&outcome, 1, "Install Baleen again");
}

/* A sanitizer takes addresses for all memory that there could be. */
#ifdef __SANITIZE_ADDRESS__
#define LIMIT ""
#else
#define LIMIT "ulimit -v 4000000; "
#endif

/* An argument may be long, and a device endless; what is said of them is neither. */
static void
test_without_end (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_auto (Outcome) named = RUN (NULL, "inspect", name);
  g_auto (Outcome) endless = program_run_script (
      LIMIT "timeout 20 \"$B\" render --template /dev/zero", "");

  assert_refused (&named, 1, "neither a file nor a model");
  g_assert_cmpuint (strlen (named.err), <, 2000);
  g_assert_nonnull (strstr (named.err, "Give a path"));
  g_assert_cmpint (endless.status, ==, 1);
  g_assert_cmpuint (strlen (endless.err), <, 200);
}

/* Options that mean nothing to a command are taken, since a caller need not know, and not
 * listed. */
static void
test_common_options (void)
{
  g_auto (Outcome) ask = RUN (NULL, "ask", "--help");
  g_auto (Outcome) tokens = RUN (NULL, "tokens", "--help");
  g_auto (Outcome) list = RUN (NULL, "templates", "list", "--temperature", "0", "--threads", "1");

  g_assert_nonnull (strstr (ask.out, "--temperature"));
  g_assert_nonnull (strstr (ask.out, "--threads"));
  g_assert_nonnull (strstr (tokens.out, "--model"));
  g_assert_null (strstr (tokens.out, "--temperature"));
  g_assert_null (strstr (tokens.out, "--threads"));
  g_assert_cmpint (list.status, ==, 0);
}

typedef struct
{
  const char *arguments; /* with spaces between */
  const char *needle;
} WrongUse;

static const WrongUse wrong_uses[] = {
  { "swim", "“swim”" },
  { "compress file.pdf", "“compress”" },
  { "ask --set a=b hi", "--template" },
  { "coach hello", "“coach”" },
  { "ask", "“ask” needs a question" },
  { "ask --search --document x hi", "--search" },
  { "ask --document x --document y hi", "--document" },
  { "ask --threads 0 hi", "--threads" },
  { "ask --threads -1 hi", "--threads" },
  { "ask --threads many hi", "“many”" },
  { "ask --threads 99999999999999999999 hi", "--threads" },
  { "ask --context 0 hi", "--context" },
  { "ask --context 1e3 hi", "“1e3”" },
  { "ask --temperature hot hi", "“hot”" },
  { "ask --temperature nan hi", "“nan”" },
  { "ask --temperature -1 hi", "“-1”" },
  { "ask --top-p 1.5 hi", "--top-p" },
  { "ask --min-p 0,5 hi", "“0,5”" },
  { "ask --top-k -3 hi", "--top-k" },
  { "ask --seed x hi", "--seed" },
  { "ask --max-tokens 0 hi", "--max-tokens" },
  { "ask --device gpu hi", "“gpu”" },
  { "ask --device vulkan:x hi", "“vulkan:x”" },
  { "ask --think --no-think hi", "--no-think" },
  { "ask --model", "--model" },
  { "chat hello", "“chat”" },
  { "tokens text", "“tokens”" },
  { "render --now yesterday", "“yesterday”" },
  { "logits", "--tokens" },
  { "logits --tokens 1,x", "“x”" },
  { "logits --tokens 1,,2", "--tokens" },
  { "logits --tokens 1 --chunk 0", "--chunk" },
  { "bench --repeat 0", "--repeat" },
  { "bench --depth 1,b", "“b”" },
  { "inspect a b", "“inspect”" },
  { "templates", "“templates”" },
  { "templates swim", "“templates”" },
  { "templates show", "“templates show”" },
};

static void
test_wrong_use (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_uses); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (wrong_uses[i].arguments, " ", -1);
      g_auto (Outcome) outcome = program_run ("", (const char *const *) arguments);

      g_test_message ("%s", wrong_uses[i].arguments);
      assert_refused (&outcome, 2, wrong_uses[i].needle);
      g_assert_nonnull (strstr (outcome.err, "--help"));
    }
}

static void
test_bad_files (void)
{
  static const char *const commands[] = { "inspect", "tokens", "perplexity", "bench" };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (Outcome) missing = RUN ("", commands[i], "--model", "/no/such/file.gguf");
      g_auto (Outcome) folder = RUN ("", commands[i], "--model", "/tmp");
      g_auto (Outcome) unknown = RUN ("", commands[i], "--model", "narwhal");
      g_auto (Outcome) other = RUN ("", commands[i], "--model", "/bin/sh");

      assert_refused (&missing, 1, "file.gguf");
      assert_refused (&folder, 1, "tmp");
      assert_refused (&unknown, 1, "“narwhal”");
      assert_refused (&other, 1, "sh");
    }
}

static void
test_render_needs_no_model (void)
{
  static const char source[] = "{{ bos_token }}{% for m in messages %}[{{ m.content }}]\n"
                               "{% endfor %}{{ strftime_now('%d %b %Y %H:%M') }}";
  static const char variables[]
      = "{\"bos_token\":\"<s>\",\"messages\":[{\"role\":\"user\",\"content\":\"你好 <&\"}]}";
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("render-XXXXXX.jinja", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, source, -1, &error);
  g_assert_no_error (error);
  {
    g_auto (Outcome) outcome
        = RUN (variables, "render", "--template", path, "--now", "2026-01-02T03:04:05");
    g_auto (Outcome) broken = RUN ("{", "render", "--template", path);

    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_cmpstr (outcome.out, ==, "<s>[你好 <&]\n02 Jan 2026 03:04");
    assert_refused (&broken, 1, "JSON");
  }
  g_unlink (path);
  {
    g_auto (Outcome) gone = RUN ("{}", "render", "--template", path);

    assert_refused (&gone, 1, "render-");
  }
}

static void
test_full_disk (void)
{
  g_auto (Outcome) outcome = program_run_script ("\"$B\" --help > /dev/full", "");

  assert_refused (&outcome, 1, "Standard output");
}

/* No other file of the program's is waited for or written to in their place. */
static void
test_closed_standard_files (void)
{
  g_auto (Outcome) input = program_run_script ("timeout 60 \"$B\" coach <&-", "");
  g_auto (Outcome) output = program_run_script ("timeout 60 \"$B\" templates list >&-", "");
  g_auto (Outcome) all = program_run_script ("timeout 60 \"$B\" --help <&- >&- 2>&-", "");

  assert_refused (&input, 1, "Standard input");
  assert_refused (&output, 1, "Standard output");
  g_assert_cmpint (all.status, ==, 1);
}

static void
test_closed_pipe_is_quiet (void)
{
  g_auto (Outcome) outcome
      = program_run_script ("(\"$B\" --help; echo $? >&2) | true", "");

  g_assert_cmpstr (outcome.err, ==, "0\n");
}

/* A small system has the translation and no Chinese locale. */
static void
test_chinese (void)
{
  g_auto (Outcome) chinese = program_run_script (
      "env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG=zh_CN.UTF-8 \"$B\" ask", "");
  g_auto (Outcome) plain = program_run_script ("LC_ALL=C LANGUAGE=zh_CN \"$B\" ask", "");

  assert_refused (&chinese, 2, "需要一个问题");
  assert_refused (&plain, 2, "needs a question");
}

/* The folder that the preferences name, which the window uses too; what lies there and is no
 * model has a line that says so. */
static void
test_models_folder (void)
{
  g_auto (Outcome) outcome = program_run_script (
      "d=$(mktemp -d) && mkdir -p \"$d/models\" \"$d/config/glib-2.0/settings\""
      " && printf \"[org/baleen/Baleen]\\nmodels-folder='%s'\\n\" \"$d/models\""
      " >\"$d/config/glib-2.0/settings/keyfile\" && printf nothing >\"$d/models/chosen.gguf\""
      " && XDG_CONFIG_HOME=\"$d/config\" GSETTINGS_BACKEND=keyfile \"$B\" models list;"
      " rm -r \"$d\"",
      "");

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "/models/chosen.gguf"));
  g_assert_nonnull (strstr (outcome.out, "“chosen.gguf” is not a model"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/help-of-every-command", test_help);
  g_test_add_func ("/cli/away-from-its-data", test_away_from_its_data);
  g_test_add_func ("/cli/nothing-is-without-end", test_without_end);
  g_test_add_func ("/cli/help-lists-what-a-command-uses", test_common_options);
  g_test_add_func ("/cli/wrong-use-is-status-2", test_wrong_use);
  g_test_add_func ("/cli/bad-files-are-named", test_bad_files);
  g_test_add_func ("/cli/render-needs-no-model", test_render_needs_no_model);
  g_test_add_func ("/cli/full-disk-is-told", test_full_disk);
  g_test_add_func ("/cli/closed-standard-files-are-told", test_closed_standard_files);
  g_test_add_func ("/cli/closed-pipe-is-quiet", test_closed_pipe_is_quiet);

  g_test_add_func ("/cli/models-lie-in-the-chosen-folder", test_models_folder);
  g_test_add_func ("/cli/speaks-chinese-without-its-locale", test_chinese);

  return g_test_run ();
}
