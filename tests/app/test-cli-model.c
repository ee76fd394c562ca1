#include "run-program.h"

#include "chat-model.h"
#include "fixture-models.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define RUN(input, ...) program_run (input, (const char *const[]) { __VA_ARGS__, NULL })

static char *folder;
static char *parrot;   /* thinks, then says “Whales sing at night.” */
static char *endless;  /* never ends */
static char *fixture;

static const char *const thoughts[] = { "What", " do", " whales", NULL };
static const char *const answer[] = { "Whales", " sing", " at", " night.", NULL };

static char *
write_model (GgufWriter *writer,
             const char *base_name)
{
  char *path = g_build_filename (folder, base_name, NULL);

  gguf_writer_write (writer, path);
  gguf_writer_free (writer);
  return path;
}

static JsonNode *
parse_json (const Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (outcome->out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (root);
  return root;
}

static JsonObject *
get_result (JsonArray  *results,
            const char *what)
{
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);

      if (g_str_equal (json_object_get_string_member (result, "what"), what))
        return result;
    }

  g_error ("no “%s” among the results", what);
}

/* By a link: what is taken out of the library again stays where it lay. */
static void
test_models_add (void)
{
  g_autofree char *cut = g_build_filename (folder, "cut.gguf", NULL);
  g_auto (Outcome) added = RUN (NULL, "models", "add", parrot);
  g_auto (Outcome) listed = RUN (NULL, "models", "list");
  g_auto (Outcome) removed = RUN (NULL, "models", "remove", "parrot");
  g_auto (Outcome) after = RUN (NULL, "models", "list");
  g_auto (Outcome) unknown = RUN (NULL, "models", "add", "nothing");
  g_auto (Outcome) damaged = { 0 };

  g_assert_cmpint (added.status, ==, 0);
  g_assert_cmpstr (added.out, ==, "parrot\n");
  g_assert_nonnull (strstr (listed.out, "parrot\t"));
  g_assert_cmpint (removed.status, ==, 0);
  g_assert_null (strstr (after.out, "parrot\t"));
  g_assert_true (g_file_test (parrot, G_FILE_TEST_IS_REGULAR));
  assert_refused (&unknown, 2, "--url");
  g_assert_true (g_file_set_contents (cut, "GGUF", -1, NULL));
  damaged = RUN (NULL, "models", "add", cut);
  assert_refused (&damaged, 1, "cut.gguf");
}

/* What cannot be meant is said before anything is asked of the network. */
static void
test_models_get_refuses (void)
{
  static const char *const addresses[] = { "", "nothing", "nothing:Q4_K_M" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_auto (Outcome) outcome = RUN (NULL, "models", "get", addresses[i]);

      assert_refused (&outcome, 1, "neither in the catalogue nor an address");
    }
}

static void
test_tokens_round_trip (void)
{
  static const char text[] = "Whales sing\n<|im_end|> 鲸 \xf0\x9f\x90\x8b";
  g_auto (Outcome) ids = RUN (text, "tokens", "--model", parrot);
  g_auto (Outcome) plain = RUN (text, "tokens", "--no-special", "--model", parrot);
  g_auto (Outcome) back = RUN (ids.out, "tokens", "--decode", "--model", parrot);
  g_auto (Outcome) plain_back = RUN (plain.out, "tokens", "--decode", "--model", parrot);

  g_assert_cmpint (ids.status, ==, 0);
  g_assert_cmpint (plain.status, ==, 0);
  g_assert_cmpstr (strchr (ids.out, '\n'), ==, "\n");
  g_assert_nonnull (strstr (ids.out, ",257,"));
  g_assert_null (strstr (plain.out, ",257,"));
  g_assert_cmpstr (back.out, ==, text);
  g_assert_cmpstr (plain_back.out, ==, text);
}

static void
test_decode_refuses (void)
{
  g_auto (Outcome) word = RUN ("[1,\"a\"]", "tokens", "--decode", "--model", parrot);
  g_auto (Outcome) large = RUN ("[99999]", "tokens", "--decode", "--model", parrot);
  g_auto (Outcome) object = RUN ("{}", "tokens", "--decode", "--model", parrot);

  assert_refused (&word, 1, "Element 1");
  assert_refused (&large, 1, "99999");
  assert_refused (&object, 1, "JSON array");
}

static void
test_inspect (void)
{
  g_auto (Outcome) text = RUN (NULL, "inspect", parrot);
  g_auto (Outcome) json = RUN (NULL, "inspect", "--json", parrot);
  g_autoptr (JsonNode) root = parse_json (&json);
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.out, "Parrot"));
  g_assert_true (json_object_get_boolean_member (object, "runs"));
  g_assert_cmpstr (json_object_get_string_member (object, "architecture"), ==, "llama");
  g_assert_cmpint (json_object_get_int_member (object, "context"), ==, 4096);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "memory")), >=,
                   2);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "tensors")), >,
                   5);
}

static void
test_inspect_plan_and_program (void)
{
  g_auto (Outcome) plan = RUN (NULL, "inspect", "--plan", "--context", "512", parrot);
  g_auto (Outcome) program = RUN (NULL, "inspect", "--program", parrot);

  g_assert_cmpint (plan.status, ==, 0);
  g_assert_nonnull (strstr (plan.out, "512"));
  g_assert_cmpint (program.status, ==, 0);
  g_assert_nonnull (strstr (program.out, "blk.0"));
}

/* What lies beside language models, and an architecture that is none of ours. */
static void
test_inspect_says_why_not (void)
{
  static const struct { const char *architecture, *words; } cases[] = {
    { "walrus", "walrus" },
    { "clip", "only sees pictures" },
    { "nomic-bert", "numbers for searching" },
    { "imatrix", "help to quantize" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FixtureModel model = fixture_model_named ("tiny-llama");
      GgufWriter *writer = fixture_model_build (&model);
      g_autofree char *path = NULL;

      gguf_writer_set_string (writer, "general.architecture", cases[i].architecture);
      path = write_model (writer, "other.gguf");
      {
        g_auto (Outcome) json = RUN (NULL, "inspect", "--json", path);
        g_auto (Outcome) ask = RUN (NULL, "logits", "--tokens", "1", "--model", path);
        g_auto (Outcome) add = RUN (NULL, "models", "add", path);
        g_autoptr (JsonNode) root = parse_json (&json);
        JsonObject *object = json_node_get_object (root);

        g_assert_cmpint (json.status, ==, 0);
        g_assert_false (json_object_get_boolean_member (object, "runs"));
        g_assert_nonnull (strstr (json_object_get_string_member (object, "reason"),
                                  cases[i].words));
        assert_refused (&ask, 1, cases[i].words);
        assert_refused (&add, 1, cases[i].words);
      }
    }
}

static void
test_inspect_refuses_damage (void)
{
  g_autofree char *path = g_build_filename (folder, "cut.gguf", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (fixture, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, length - 1000, &error);
  g_assert_no_error (error);
  {
    g_auto (Outcome) outcome = RUN (NULL, "inspect", path);

    assert_refused (&outcome, 1, "cut.gguf");
  }
}

/* The numbers of one printed row. */
static double *
parse_row (const char *line,
           guint      *n)
{
  g_auto (GStrv) pieces = g_strsplit (line, ",", -1);
  double *row;

  g_assert_cmpint (line[0], ==, '[');
  *n = g_strv_length (pieces);
  row = g_new (double, *n);
  for (guint i = 0; i < *n; i++)
    row[i] = g_ascii_strtod (pieces[i] + (i == 0), NULL);
  return row;
}

static void
check_logits (const Outcome *outcome,
              guint          first_position,
              const float   *expected)
{
  g_auto (GStrv) lines = g_strsplit (outcome->out, "\n", -1);
  guint n_lines = g_strv_length (lines) - 1;

  g_assert_cmpstr (outcome->err, ==, "");
  g_assert_cmpint (outcome->status, ==, 0);
  g_assert_cmpstr (lines[n_lines], ==, "");
  g_assert_cmpuint (first_position + n_lines, ==, FIXTURE_N_PROMPT);
  for (guint line = 0; line < n_lines; line++)
    {
      guint n;
      g_autofree double *row = parse_row (lines[line], &n);

      g_assert_cmpuint (n, ==, FIXTURE_N_VOCABULARY);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (
            row[i], expected[(first_position + line) * FIXTURE_N_VOCABULARY + i], 1e-4);
    }
}

static void
test_logits (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "engine", "data",
                                                 "fixture-logits.txt", NULL);
  g_autofree float *expected = fixture_read_expected (path, "tiny-dsv3",
                                                      FIXTURE_N_PROMPT * FIXTURE_N_VOCABULARY);
  g_autoptr (GString) tokens = g_string_new (NULL);

  for (guint i = 0; i < FIXTURE_N_PROMPT; i++)
    g_string_append_printf (tokens, "%s%d", i > 0 ? "," : "", fixture_prompt[i]);
  {
    g_auto (Outcome) last = RUN (NULL, "logits", "--model", fixture, "--tokens", tokens->str);
    g_auto (Outcome) each
        = RUN (NULL, "logits", "--model", fixture, "--tokens", tokens->str, "--each");
    g_auto (Outcome) chunks = RUN (NULL, "logits", "--model", fixture, "--tokens", tokens->str,
                                   "--each", "--chunk", "5", "--threads", "1");
    g_auto (Outcome) outside = RUN (NULL, "logits", "--model", fixture, "--tokens", "64");

    g_auto (Outcome) document = RUN (NULL, "logits", "--model", fixture, "--tokens", tokens->str,
                                     "--each", "--json");
    g_autoptr (JsonNode) rows = parse_json (&document);

    g_assert_cmpint (json_array_get_length (json_node_get_array (rows)), ==, FIXTURE_N_PROMPT);
    check_logits (&last, FIXTURE_N_PROMPT - 1, expected);
    check_logits (&each, 0, expected);
    check_logits (&chunks, 0, expected);
    assert_refused (&outside, 1, "64");
  }
}

/* The perplexity of a text, from the logits that `logits` prints. */
static double
perplexity_by_logits (const char *ids)
{
  g_autofree char *list = g_strndup (ids + 1, strlen (ids) - 3); /* without “[” and “]\n” */
  g_auto (Outcome) outcome
      = RUN (NULL, "logits", "--model", parrot, "--tokens", list, "--each");
  g_auto (GStrv) numbers = g_strsplit (list, ",", -1);
  g_auto (GStrv) lines = g_strsplit (outcome.out, "\n", -1);
  guint n_tokens = g_strv_length (numbers);
  double sum = 0;

  for (guint t = 0; t + 1 < n_tokens; t++)
    {
      guint n;
      g_autofree double *row = parse_row (lines[t], &n);
      double total = 0;

      for (guint i = 0; i < n; i++)
        total += exp (row[i]);
      sum += log (total) - row[atoi (numbers[t + 1])];
    }

  return exp (sum / (n_tokens - 1));
}

static void
test_perplexity (void)
{
  static const char text[] = "<|im_start|>assistant\nWhales sing";
  g_auto (Outcome) outcome = RUN (text, "perplexity", "--model", parrot);
  g_auto (Outcome) ids = RUN (text, "tokens", "--model", parrot);
  g_auto (Outcome) empty = RUN ("", "perplexity", "--model", parrot);
  g_auto (Outcome) large = RUN (text, "perplexity", "--model", parrot, "--context", "3");
  g_autoptr (JsonNode) root = parse_json (&outcome);
  JsonObject *object = json_node_get_object (root);
  double expected = perplexity_by_logits (ids.out);

  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "perplexity"), expected,
                                  expected * 1e-3);
  assert_refused (&empty, 1, "two tokens");
  assert_refused (&large, 1, "--context");
}

static void
test_bench (void)
{
  g_auto (Outcome) outcome
      = RUN (NULL, "bench", "--model", parrot, "--depth", "0,8", "--prompt", "4,16",
             "--generate", "4", "--sequences", "2", "--repeat", "1", "--threads", "1");
  g_autoptr (JsonNode) root = parse_json (&outcome);
  JsonArray *results = json_node_get_array (root);
  JsonObject *decode = get_result (results, "decode");
  JsonObject *memory = get_result (results, "memory");

  g_assert_cmpint (outcome.status, ==, 0);
  /* load, two depths of two prefills and a decode, memory */
  g_assert_cmpint (json_array_get_length (results), ==, 8);
  g_assert_cmpfloat (json_object_get_double_member (get_result (results, "load"), "seconds"), >,
                     0);
  g_assert_cmpint (json_object_get_int_member (decode, "sequences"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (decode, "tokens_per_second"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (decode, "bytes_per_token"), >, 0);
  g_assert_cmpint (json_object_get_int_member (memory, "predicted"), >, 0);
}

static void
test_ask (void)
{
  g_auto (Outcome) outcome = RUN (NULL, "ask", "--model", parrot, "--think", "--seed", "1",
                                  "What", "do", "whales", "do?");

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (outcome.out, ==, "Whales sing at night.\n");
  g_assert_nonnull (strstr (outcome.err, "What do whales"));
}

static void
test_ask_json (void)
{
  g_auto (Outcome) outcome
      = RUN ("What do whales do?\n", "ask", "--model", parrot, "--think", "--json", "-");
  g_autoptr (JsonNode) root = parse_json (&outcome);
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpstr (json_object_get_string_member (object, "answer"), ==,
                   "Whales sing at night.");
  g_assert_cmpstr (json_object_get_string_member (object, "thinking"), ==, "What do whales");
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "Parrot");
  g_assert_cmpstr (json_object_get_string_member (object, "stop"), ==, "end");
  /* three words of thought, the closer, four words of answer */
  g_assert_cmpint (json_object_get_int_member (object, "answer_tokens"), ==, 8);
  g_assert_cmpint (json_object_get_int_member (object, "prompt_tokens"), >, 10);
}

static void
test_ask_points (void)
{
  g_auto (Outcome) both
      = RUN (NULL, "ask", "--model", parrot, "--json", "--max-tokens", "4", "--points", "One? Two?");
  g_auto (Outcome) single = RUN (NULL, "ask", "--model", parrot, "--points", "One?");

  g_assert_cmpint (both.status, ==, 0);
  g_assert_nonnull (strstr (both.out, "\"question\" : \"Two?\""));
  g_assert_nonnull (strstr (both.out, "## 2. Two?"));
  assert_refused (&single, 2, "--points");
}

/* What is sent is what “templates render” prints, with the question below it. */
static void
test_ask_template (void)
{
  g_auto (Outcome) asked
      = RUN (NULL, "ask", "--model", parrot, "--json", "--template", "letter", "--set",
             "recipient=Bo {{facts}}", "--set", "purpose=tea", "It is cold.");
  g_auto (Outcome) rendered = RUN (NULL, "templates", "render", "letter", "--set",
                                   "recipient=Bo {{facts}}", "--set", "purpose=tea");
  g_auto (Outcome) filled = RUN (NULL, "ask", "--model", parrot, "--json", "--template", "translate",
                                 "--set", "target=Latin", "Whales sing");
  g_auto (Outcome) missing = RUN (NULL, "ask", "--model", parrot, "--template", "letter", "Hi");
  g_auto (Outcome) unknown = RUN (NULL, "ask", "--model", parrot, "--template", "lettter", "Hi");
  g_autoptr (JsonNode) root = parse_json (&asked);
  g_autoptr (JsonNode) filled_root = parse_json (&filled);
  g_autofree char *expected = g_strconcat (rendered.out, "\n\nIt is cold.", NULL);

  g_assert_nonnull (strstr (rendered.out, "Bo {{facts}}"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "prompt"), ==,
                   expected);
  g_assert_true (g_str_has_suffix (
      json_object_get_string_member (json_node_get_object (filled_root), "prompt"),
      "## Text\nWhales sing"));
  assert_refused (&missing, 1, "“recipient”");
  assert_refused (&unknown, 1, "“lettter”");
}

static void
test_ask_at_once (void)
{
  g_auto (Outcome) outcome = RUN (NULL, "ask", "--model", parrot, "--no-think", "--json", "Hi");
  g_autoptr (JsonNode) root = parse_json (&outcome);

  g_assert_false (json_object_has_member (json_node_get_object (root), "thinking"));
}

static void
test_ask_length (void)
{
  g_auto (Outcome) outcome
      = RUN (NULL, "ask", "--model", endless, "--max-tokens", "7", "--json", "Hi");
  g_auto (Outcome) full = RUN (NULL, "ask", "--model", endless, "--context", "64", "Hi");
  g_auto (Outcome) long_prompt
      = RUN (NULL, "ask", "--model", endless, "--context", "16", "How do whales sleep?");
  g_autoptr (JsonNode) root = parse_json (&outcome);
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "stop"), ==, "length");
  g_assert_cmpint (json_object_get_int_member (object, "answer_tokens"), ==, 7);
  g_assert_cmpint (full.status, ==, 0);
  g_assert_nonnull (strstr (full.err, "was cut"));
  assert_refused (&long_prompt, 1, "16");
}

static void
test_ask_interrupted (void)
{
  static const char *const signals[] = { "INT", "TERM" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autofree char *script = g_strdup_printf (
          "\"$B\" ask --model \"$M\" --context 16777216 --json Hi & "
          "sleep 0.5; kill -%s $!; wait $!; echo \"status $?\" >&2", signals[i]);
      g_auto (Outcome) outcome = program_run_script (script, endless);
      g_autoptr (JsonNode) root = parse_json (&outcome);
      JsonObject *object = json_node_get_object (root);

      g_assert_cmpstr (outcome.err, ==, "status 130\n");
      g_assert_cmpstr (json_object_get_string_member (object, "stop"), ==, "cancelled");
      g_assert_true (g_str_has_prefix (json_object_get_string_member (object, "answer"),
                                       "Round"));
    }
}

static void
test_ask_into_closed_pipe (void)
{
  g_auto (Outcome) outcome = program_run_script (
      "(\"$B\" ask --model \"$M\" --context 16777216 Hi; echo $? >&2) | head -c 20", endless);

  g_assert_cmpstr (outcome.err, ==, "0\n");
  g_assert_cmpuint (outcome.n_out, ==, 20);
}

static void
test_chat (void)
{
  g_auto (Outcome) outcome
      = RUN ("Hello\n\nAgain\n/new\n/fly\n/think\nOnce more\n/quit\nNever\n", "chat",
             "--temporary", "--model", parrot);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (outcome.out, ==,
                   "Whales sing at night.\nWhales sing at night.\nWhales sing at night.\n");
  g_assert_nonnull (strstr (outcome.err, "“/fly”"));
  g_assert_nonnull (strstr (outcome.err, "What do whales"));
}

static void
test_chat_without_command (void)
{
  g_auto (Outcome) outcome = RUN ("Hello", "--temporary", "--model", parrot);

  g_assert_cmpint (outcome.status, ==, 0);
  g_assert_cmpstr (outcome.out, ==, "Whales sing at night.\n");
}

static void
test_chat_overflow (void)
{
  g_auto (Outcome) outcome
      = RUN ("Hello\nHello\nHello\n/new\nHello\n", "chat", "--temporary", "--model", parrot,
             "--context", "80");

  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_nonnull (strstr (outcome.err, "/new"));
  g_assert_true (g_str_has_suffix (outcome.out, "Whales sing at night.\n"));
}

/* What a person writes is no control token of the plain template either. */
static void
test_broken_template (void)
{
  g_autofree char *path = NULL;
  GgufWriter *writer = chat_model_build (thoughts, answer, FALSE);

  gguf_writer_set_string (writer, "tokenizer.chat_template",
                          "{% for m in messages %}{{ m.content }}{% endfour %}");
  path = write_model (writer, "broken.gguf");
  {
    g_auto (Outcome) ask
        = RUN (NULL, "ask", "--json", "--max-tokens", "4", "--model", path, "Hi<|im_end|>");
    g_auto (Outcome) chat = RUN ("Hello\nAgain\n", "chat", "--temporary", "--max-tokens", "4",
                                 "--model", path);
    g_auto (Outcome) render
        = RUN ("{\"messages\":[]}", "render", "--model", path);
    g_autoptr (JsonNode) root = parse_json (&ask);
    const char *said;

    g_assert_cmpint (ask.status, ==, 0);
    g_assert_nonnull (strstr (ask.err, "“broken.gguf” cannot be used. A plain one is used"));
    g_assert_nonnull (strstr (ask.err, "endfour"));
    g_assert_nonnull (root);

    g_assert_cmpint (chat.status, ==, 0);
    said = strstr (chat.err, "A plain one is used");
    g_assert_nonnull (said);
    g_assert_null (strstr (said + 1, "A plain one is used"));

    /* Who asks for the template itself is told why there is none. */
    g_assert_cmpint (render.status, ==, 1);
  }
}

int
main (int    argc,
      char **argv)
{
  static const char *const rounds[] = { "Round", " and", " round", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("cli-XXXXXX", &error);
  g_assert_no_error (error);
  /* The program's library is its own, not that of whoever runs the tests. */
  data = g_build_filename (folder, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  parrot = write_model (chat_model_build (thoughts, answer, FALSE), "parrot.gguf");
  endless = write_model (chat_model_build (NULL, rounds, TRUE), "endless.gguf");
  fixture = write_model (fixture_model_build (&model), "fixture.gguf");

  g_test_add_func ("/cli/tokens-round-trip", test_tokens_round_trip);
  g_test_add_func ("/cli/decode-refuses-other-json", test_decode_refuses);
  g_test_add_func ("/cli/models-add-links-a-file", test_models_add);
  g_test_add_func ("/cli/models-get-refuses-what-is-no-address", test_models_get_refuses);
  g_test_add_func ("/cli/inspect-describes", test_inspect);
  g_test_add_func ("/cli/inspect-prints-plan-and-program", test_inspect_plan_and_program);
  g_test_add_func ("/cli/inspect-says-why-not", test_inspect_says_why_not);
  g_test_add_func ("/cli/inspect-refuses-damage", test_inspect_refuses_damage);
  g_test_add_func ("/cli/logits-are-exact", test_logits);
  g_test_add_func ("/cli/perplexity-is-that-of-the-logits", test_perplexity);
  g_test_add_func ("/cli/bench-measures-everything", test_bench);
  g_test_add_func ("/cli/ask-answers", test_ask);
  g_test_add_func ("/cli/ask-json-has-all-keys", test_ask_json);
  g_test_add_func ("/cli/ask-sends-the-filled-template", test_ask_template);
  g_test_add_func ("/cli/ask-answers-point-after-point", test_ask_points);
  g_test_add_func ("/cli/ask-at-once-has-no-thinking", test_ask_at_once);
  g_test_add_func ("/cli/ask-stops-at-the-limit", test_ask_length);
  g_test_add_func ("/cli/ask-interrupted-prints-what-it-has", test_ask_interrupted);
  g_test_add_func ("/cli/ask-into-closed-pipe-is-quiet", test_ask_into_closed_pipe);
  g_test_add_func ("/cli/chat-keeps-turns", test_chat);
  g_test_add_func ("/cli/no-command-no-display-talks-here", test_chat_without_command);
  g_test_add_func ("/cli/chat-survives-overflow", test_chat_overflow);
  g_test_add_func ("/cli/broken-template-is-said-and-replaced", test_broken_template);
  status = g_test_run ();

  folder_remove (folder);
  return status;
}
