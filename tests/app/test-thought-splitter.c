#include "thought-splitter.h"

#include <string.h>

typedef struct
{
  const char *name;
  BaleenThoughtStart start;
  const char *text;
  const char *thought;
  const char *answer;
} Case;

static const Case cases[] = {
  { "opened-by-the-prompt", BALEEN_THOUGHT_START_INSIDE,
    "two and two\n</think>\n\nfour", "two and two\n", "four" },
  { "one-leading-newline-goes", BALEEN_THOUGHT_START_INSIDE,
    "\n\nhm</think>yes", "\nhm", "yes" },
  { "empty-thought", BALEEN_THOUGHT_START_INSIDE, "\n</think>\n\nyes", "", "yes" },
  { "opener-written-by-the-model", BALEEN_THOUGHT_START_MAYBE,
    "\n <think>\nhm</think>\nyes", "hm", "yes" },
  { "opener-written-twice", BALEEN_THOUGHT_START_INSIDE,
    "<think>\nhm</think>\nyes", "hm", "yes" },
  { "no-opener-is-all-answer", BALEEN_THOUGHT_START_MAYBE, " a <think> b", "", " a <think> b" },
  { "stray-closer", BALEEN_THOUGHT_START_MAYBE, "hm\n</think>\n\nyes", "hm\n", "yes" },
  { "stray-closer-outside", BALEEN_THOUGHT_START_OUTSIDE, "hm</think>yes", "hm", "yes" },
  { "outside-an-opener-is-text", BALEEN_THOUGHT_START_OUTSIDE, "<think>a", "", "<think>a" },
  { "only-one-closer-counts", BALEEN_THOUGHT_START_INSIDE,
    "a</think>b</think>c", "a", "b</think>c" },
  { "never-closed-is-thought", BALEEN_THOUGHT_START_INSIDE, "\nhm, well", "hm, well", "" },
  { "half-a-closer-is-thought", BALEEN_THOUGHT_START_INSIDE, "hm </thi", "hm </thi", "" },
  { "half-a-closer-is-answer", BALEEN_THOUGHT_START_MAYBE, "a < b </t", "", "a < b </t" },
  { "half-an-opener-is-answer", BALEEN_THOUGHT_START_MAYBE, " <thi", "", " <thi" },
  { "angle-brackets-stay", BALEEN_THOUGHT_START_INSIDE,
    "if a << b </ c </</think>1 << 2", "if a << b </ c </", "1 << 2" },
  { "chinese", BALEEN_THOUGHT_START_INSIDE, "想一想</think>\n\n你好", "想一想", "你好" },
  { "nothing", BALEEN_THOUGHT_START_MAYBE, "", "", "" },
  { "only-space", BALEEN_THOUGHT_START_MAYBE, " \n", "", " \n" },
};

static void
check (const Case *c,
       gsize       piece_length)
{
  g_autoptr (BaleenThoughtSplitter) splitter = baleen_thought_splitter_new (c->start);
  gsize length = strlen (c->text);

  for (gsize at = 0; at < length; at += piece_length)
    baleen_thought_splitter_push (splitter, c->text + at, MIN (piece_length, length - at));
  baleen_thought_splitter_finish (splitter);

  g_assert_cmpstr (baleen_thought_splitter_get_thought (splitter)->str, ==, c->thought);
  g_assert_cmpstr (baleen_thought_splitter_get_answer (splitter)->str, ==, c->answer);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  for (gsize piece_length = 1; piece_length <= strlen (c->text) + 1; piece_length++)
    check (c, piece_length);
}

static void
test_streams_at_once (void)
{
  g_autoptr (BaleenThoughtSplitter) splitter
      = baleen_thought_splitter_new (BALEEN_THOUGHT_START_INSIDE);

  g_assert_true (baleen_thought_splitter_is_thinking (splitter));
  baleen_thought_splitter_push (splitter, "one <", -1);
  g_assert_cmpstr (baleen_thought_splitter_get_thought (splitter)->str, ==, "one ");
  baleen_thought_splitter_push (splitter, "3</think>", -1);
  g_assert_cmpstr (baleen_thought_splitter_get_thought (splitter)->str, ==, "one <3");
  g_assert_false (baleen_thought_splitter_is_thinking (splitter));
  baleen_thought_splitter_push (splitter, "yes <", -1);
  g_assert_cmpstr (baleen_thought_splitter_get_answer (splitter)->str, ==, "yes <");
}

static void
test_tells_of_a_move (void)
{
  g_autoptr (BaleenThoughtSplitter) splitter
      = baleen_thought_splitter_new (BALEEN_THOUGHT_START_MAYBE);

  g_assert_false (baleen_thought_splitter_push (splitter, "hm", -1));
  g_assert_cmpstr (baleen_thought_splitter_get_answer (splitter)->str, ==, "hm");
  g_assert_true (baleen_thought_splitter_push (splitter, "</think>yes", -1));
  g_assert_cmpstr (baleen_thought_splitter_get_answer (splitter)->str, ==, "yes");
  g_assert_cmpstr (baleen_thought_splitter_get_thought (splitter)->str, ==, "hm");
}

static void
test_keeps_zero_bytes (void)
{
  g_autoptr (BaleenThoughtSplitter) splitter
      = baleen_thought_splitter_new (BALEEN_THOUGHT_START_INSIDE);
  const GString *answer;

  baleen_thought_splitter_push (splitter, "a\0b</think>c\0d", 14);
  baleen_thought_splitter_finish (splitter);
  answer = baleen_thought_splitter_get_answer (splitter);
  g_assert_cmpmem (answer->str, answer->len, "c\0d", 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/thought-splitter/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/thought-splitter/streams-at-once", test_streams_at_once);
  g_test_add_func ("/thought-splitter/tells-of-a-move", test_tells_of_a_move);
  g_test_add_func ("/thought-splitter/keeps-zero-bytes", test_keeps_zero_bytes);

  return g_test_run ();
}
