/* Tokens drawn from choices of logits while a graphics card fails: those that the processor gives
 * without any failure, with drafts and where somebody looks at all logits in between. */
#include "fault-layer.h"
#include "fixture-models.h"
#include "run-model.h"

#define N FIXTURE_N_PROMPT
#define N_TOKENS 24

static const FaultLayer *layer;

/* By drafting, or step by step with a look at all logits before every third token; where fetching
 * them fails they are computed again. */
static gboolean
draw (BlnEngine  *engine,
      BlnSession *session,
      BlnSampler *sampler,
      gboolean    drafts,
      gint32     *token,
      GError    **error)
{
  gsize n;

  if (drafts)
    return bln_session_next (session, sampler, token, error);
  bln_session_set_sampler (session, sampler);
  while (bln_session_get_pending (session) > 0)
    if (!bln_engine_step (engine, &session, 1, error))
      return FALSE;
  bln_session_get_tokens (session, &n);
  if (n % 3 == 0)
    bln_session_get_logits (session);
  return bln_session_sample (session, sampler, token, error)
         && bln_session_append (session, *token, error);
}

/* Returns how many tokens came before an error, if any did. */
static guint
write_answer (BlnModel   *model,
              const char *device,
              gboolean    drafts,
              gint32      tokens[N_TOKENS],
              GError    **error)
{
  const BlnEngineOptions options = { .device = device, .kv_type = BLN_KV_F32, .n_context = 64,
                                     .n_batch = 16 };
  const BlnSampling sampling = { .temperature = 0.6, .top_p = 0.95, .repetition_penalty = 1,
                                 .seed = 2 };
  g_autoptr (BlnSampler) sampler = bln_sampler_new (model, &sampling);
  g_autoptr (BlnEngine) engine = bln_engine_new (model, &options, error);
  g_autoptr (BlnSession) session = engine != NULL ? bln_session_new (engine, error) : NULL;
  guint n = 0;

  if (session == NULL || !bln_session_sync (session, fixture_prompt, N, NULL, error))
    return 0;
  while (n < N_TOKENS && draw (engine, session, sampler, drafts, &tokens[n], error))
    n++;
  return n;
}

/* FALSE when so many submissions do not come. */
static gboolean
inject (BlnModel     *model,
        gboolean      drafts,
        const gint32 *expected,
        guint         at)
{
  g_autoptr (GError) error = NULL;
  gint32 tokens[N_TOKENS];
  gboolean struck;
  guint n;

  layer->arm (FAULT_SUBMIT, VK_ERROR_DEVICE_LOST, at, 1);
  n = write_answer (model, "vulkan", drafts, tokens, &error);
  struck = layer->has_struck ();
  layer->disarm ();
  g_assert_no_error (error);
  g_assert_cmpmem (tokens, n * sizeof *tokens, expected, N_TOKENS * sizeof *expected);
  g_assert_cmpuint (layer->count_objects (), ==, 0);
  return struck;
}

/* Every submission where BALEEN_TEST_ALL is set, else every thirteenth. */
static void
test_drawn (gconstpointer data)
{
  const gboolean drafts = GPOINTER_TO_INT (data);
  const guint stride = g_getenv ("BALEEN_TEST_ALL") != NULL ? 1 : 13;
  const BlnEngineOptions on_cpu = { .device = "cpu" };
  FixtureModel shape = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = NULL;
  g_autoptr (RunModel) run = NULL;
  g_autoptr (GError) error = NULL;
  gint32 expected[N_TOKENS];
  guint n_struck = 0;

  shape.n_mtp = 1;
  shape.n_layers++;
  writer = fixture_model_build (&shape);
  run = run_model_new (writer, &on_cpu);
  write_answer (run->model, "cpu", drafts, expected, &error);
  g_assert_no_error (error);
  while (inject (run->model, drafts, expected, 1 + n_struck * stride))
    n_struck++;
  g_test_message ("%u failures", n_struck);
  g_assert_cmpuint (n_struck, >, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  layer = fault_layer_open ();
  if (layer == NULL)
    {
      g_print ("1..0 # SKIP no Vulkan, or this was started without the layer\n");
      return 0;
    }
  g_test_add_data_func ("/vulkan-faults/drawn/with-drafts", GINT_TO_POINTER (TRUE), test_drawn);
  g_test_add_data_func ("/vulkan-faults/drawn/with-looks", GINT_TO_POINTER (FALSE), test_drawn);
  return g_test_run ();
}
