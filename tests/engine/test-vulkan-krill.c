/* What the built-in model says on the processor, token by token, and what a Vulkan device would have
 * said in its place: the same, or something about as likely. The processor multiplies inputs
 * rounded to bytes, software devices do not. */
#include <string.h>

#include "device.h"
#include "engine-private.h"
#include "run-model.h"

#define N_WRITTEN 64
/* Where they differ, both leads together are at most this. */
#define NEAR_TIE 0.5

static const char *krill_path;

typedef struct
{
  const char *question;
  BlnThink think;
} Case;

static const Case cases[] = {
  { "How many times does the letter \"l\" appear in \"illegal\"?", BLN_THINK_ON },
  { "What is 347 + 58?", BLN_THINK_ON },
  { "Who are you?", BLN_THINK_OFF },
  { "What is the capital of Italy?", BLN_THINK_OFF },
  { "Explain why the sky is blue.", BLN_THINK_OFF },
  { "Write a short story about a whale that sings.", BLN_THINK_OFF },
};

/* Returns how many tokens, with the logits that each was chosen by. */
static guint
write_on_cpu (RunModel  *run,
              BlnPrompt *prompt,
              gint32     tokens[N_WRITTEN],
              float     *logits)
{
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (GError) error = NULL;

  bln_session_sync (session, prompt->tokens, prompt->n_tokens, NULL, &error);
  g_assert_no_error (error);
  for (guint n = 0; n < N_WRITTEN; n++)
    {
      float *own = logits + (gsize) n * run->n_vocabulary;

      run_model_step_all (run, &session, 1);
      memcpy (own, bln_session_get_logits (session), run->n_vocabulary * sizeof *own);
      tokens[n] = bln_likeliest (own, run->n_vocabulary);
      if (bln_model_token_ends (run->model, tokens[n]))
        return n + 1;
      bln_session_append (session, tokens[n], &error);
      g_assert_no_error (error);
    }
  return N_WRITTEN;
}

/* The device's logits where the same tokens came before. */
static void
follow_on_device (RunModel     *run,
                  BlnPrompt    *prompt,
                  const gint32 *tokens,
                  guint         n,
                  float        *logits)
{
  g_autoptr (BlnSession) session = run_model_session (run);
  g_autoptr (GError) error = NULL;

  bln_session_sync (session, prompt->tokens, prompt->n_tokens, NULL, &error);
  for (guint i = 0; i < n; i++)
    {
      run_model_step_all (run, &session, 1);
      memcpy (logits + (gsize) i * run->n_vocabulary, bln_session_get_logits (session),
              run->n_vocabulary * sizeof *logits);
      bln_session_append (session, tokens[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const BlnEngineOptions on_cpu = { .device = "cpu", .n_context = 512, .disable_mtp = TRUE };
  const BlnEngineOptions on_device = { .device = "vulkan", .n_context = 512, .disable_mtp = TRUE };
  const BlnMessage message = { .role = "user", .content = c->question };
  g_autoptr (RunModel) cpu = run_model_new_for_path (krill_path, &on_cpu);
  g_autoptr (RunModel) device = run_model_new_for_path (krill_path, &on_device);
  const gsize n_all = (gsize) N_WRITTEN * cpu->n_vocabulary;
  g_autofree float *expected = g_new (float, n_all);
  g_autofree float *found = g_new (float, n_all);
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnPrompt) prompt = bln_model_render_chat (cpu->model, &message, 1, c->think, &error);
  gint32 tokens[N_WRITTEN];
  guint n, n_other = 0;

  g_assert_no_error (error);
  n = write_on_cpu (cpu, prompt, tokens, expected);
  follow_on_device (device, prompt, tokens, n, found);
  for (guint i = 0; i < n; i++)
    {
      const float *x = expected + (gsize) i * cpu->n_vocabulary;
      const float *y = found + (gsize) i * cpu->n_vocabulary;
      const gint32 other = bln_likeliest (y, cpu->n_vocabulary);
      const double lead = x[tokens[i]] - x[other], device_lead = y[other] - y[tokens[i]];

      if (other == tokens[i])
        continue;
      n_other++;
      g_test_message ("token %u: %d leads %d by %.3f on the processor and is behind by %.3f on the "
                      "device", i, tokens[i], other, lead, device_lead);
      g_assert_cmpfloat (lead + device_lead, <=, NEAR_TIE);
    }
  g_test_message ("%u of %u tokens the same; logits differ by %.2g of their norm", n - n_other, n,
                  relative_difference (found, expected, (gsize) n * cpu->n_vocabulary));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) devices = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  krill_path = argv[1];
  devices = bln_vk_devices (&error);
  if (devices == NULL || devices->len == 0)
    {
      g_print ("1..0 # SKIP this machine has no Vulkan device\n");
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vulkan/krill/%u", i + 1);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
