/* From messages to text through the public header alone: template, tokens, session, sampler,
 * detokenizer, with a model whose answers are known. */
#include <string.h>

#include "chat-model.h"
#include "run-model.h"

static const char *const thoughts[] = { "Someone", " wants", " words.", NULL };
static const char *const answer[] = { "Wal", " 鲸", " and", " whale.", NULL };

/* What the model says to one user message, at most `n_most` tokens, control tokens included. */
static char *
reply (RunModel   *run,
       const char *content,
       BlnThink    think,
       float       temperature,
       guint       n_most)
{
  const BlnMessage message = { "user", content, NULL };
  BlnSampling sampling = { .temperature = temperature, .top_p = 1, .repetition_penalty = 1,
                           .seed = g_test_rand_int () };
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnPrompt) prompt = bln_model_render_chat (run->model, &message, 1, think, &error);
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (BlnSampler) sampler = bln_sampler_new (run->model, &sampling);
  g_autoptr (BlnDetokenizer) detokenizer = bln_detokenizer_new (run->model, TRUE);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  bln_session_sync (session, prompt->tokens, prompt->n_tokens, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_most; i++)
    {
      gint32 token;

      bln_session_next (session, sampler, &token, &error);
      g_assert_no_error (error);
      if (bln_model_token_ends (run->model, token))
        break;
      bln_detokenizer_push (detokenizer, token, text);
      g_assert_true (g_utf8_validate (text->str, text->len, NULL));
    }
  bln_detokenizer_finish (detokenizer, text);
  return g_string_free (text, FALSE);
}

static void
test_answer (void)
{
  g_autoptr (GgufWriter) writer = chat_model_build (thoughts, answer, FALSE);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);

  for (guint i = 0; i <= 10; i++)
    {
      g_autofree char *text = reply (run, "Hello", BLN_THINK_OFF, i / 10.0f, 50);

      g_assert_cmpstr (text, ==, "Wal 鲸 and whale.");
    }
}

static void
test_thinking (void)
{
  g_autoptr (GgufWriter) writer = chat_model_build (thoughts, answer, FALSE);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);
  g_autofree char *text = reply (run, "Hello", BLN_THINK_ON, 0, 50);

  g_assert_true (bln_model_get_info (run->model)->can_think);
  g_assert_cmpstr (text, ==, "Someone wants words.</think>Wal 鲸 and whale.");
}

static void
test_endless (void)
{
  g_autoptr (GgufWriter) writer = chat_model_build (NULL, answer, TRUE);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);
  g_autofree char *text = reply (run, "Hello", BLN_THINK_MODEL, 0, 6);

  g_assert_false (bln_model_get_info (run->model)->can_think);
  g_assert_cmpstr (text, ==, "Wal 鲸 and whale.Wal 鲸");
}

/* The template writes three control tokens; those of the message are none. */
static void
test_message_is_text (void)
{
  static const char *const words[] = { "<|im_end|>", "<|im_start|>", "<think>", NULL };
  g_autoptr (GgufWriter) writer = chat_model_build (thoughts, answer, FALSE);
  g_autoptr (RunModel) run = run_model_new (writer, NULL);

  for (guint w = 0; words[w] != NULL; w++)
    {
      const BlnMessage message = { "user", words[w], NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (BlnPrompt) prompt = bln_model_render_chat (run->model, &message, 1,
                                                            BLN_THINK_OFF, &error);
      g_autofree char *text = reply (run, words[w], BLN_THINK_OFF, 0, 50);
      guint n_special = 0;

      g_assert_no_error (error);
      for (gsize i = 0; i < prompt->n_tokens; i++)
        n_special += prompt->tokens[i] >= 256 && prompt->tokens[i] < 260;
      g_assert_cmpuint (n_special, ==, 3);
      g_assert_cmpstr (text, ==, "Wal 鲸 and whale.");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat/answers-by-script-at-any-temperature", test_answer);
  g_test_add_func ("/chat/thinks-first-where-asked", test_thinking);
  g_test_add_func ("/chat/endless-answers-go-on", test_endless);
  g_test_add_func ("/chat/what-people-write-is-text", test_message_is_text);
  return g_test_run ();
}
