/* Whatever fails on a graphics card, the answer goes on or a sentence says why not: failures
 * are injected by the layer in tests/vulkan-layer at call N, for many N. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "device.h"
#include "fault-layer.h"
#include "run-model.h"
#include "fixture-models.h"

/* Tokens that are read at once, then written one by one. */
#define N_PROMPT 12
#define N_WRITTEN 24
#define TOLERANCE 2e-4

static const FaultLayer *layer;

typedef struct
{
  FaultPlace place;
  VkResult result;
  guint n_times;
  const char *name;
} Kind;

static const Kind kinds[] = {
  { FAULT_SUBMIT, VK_ERROR_DEVICE_LOST, 1, "lost-at-submit" },
  { FAULT_SUBMIT, VK_ERROR_OUT_OF_DEVICE_MEMORY, 1, "full-at-submit" },
  { FAULT_SUBMIT, VK_ERROR_OUT_OF_HOST_MEMORY, 1, "host-full-at-submit" },
  { FAULT_WAIT, VK_ERROR_DEVICE_LOST, 1, "lost-at-wait" },
  { FAULT_WAIT, VK_TIMEOUT, 1, "timeout" },
  { FAULT_ALLOCATE, VK_ERROR_OUT_OF_DEVICE_MEMORY, 1, "full-at-allocation" },
  { FAULT_ALLOCATE, VK_ERROR_OUT_OF_HOST_MEMORY, 2, "host-full-at-allocation" },
  { FAULT_MAKE, VK_ERROR_OUT_OF_HOST_MEMORY, 1, "full-at-making" },
  { FAULT_MAKE, VK_ERROR_DEVICE_LOST, 1, "lost-at-making" },
  { FAULT_SUBMIT, VK_ERROR_DEVICE_LOST, G_MAXUINT, "lost-for-good" },
  { FAULT_ALLOCATE, VK_ERROR_OUT_OF_DEVICE_MEMORY, G_MAXUINT, "full-for-good" },
  { FAULT_WAIT, VK_TIMEOUT, G_MAXUINT, "never-done" }, /* the last: it leaves things behind */
};

typedef struct
{
  guint n_incidents;
  BlnIncident last;
} Heard;

static void
incident_cb (BlnIncident incident,
             const char *sentence,
             gpointer    user_data)
{
  Heard *heard = user_data;

  g_assert_cmpuint (strlen (sentence), >, 10);
  heard->n_incidents++;
  heard->last = incident;
}

/* The prompt at once, then token by token; the logits after each. NULL with an error where the
 * device gave up. */
static float *
run_through (BlnModel *model,
             Heard    *heard,
             GError  **error)
{
  const BlnEngineOptions options = { .device = heard != NULL ? "vulkan" : "cpu",
                                     .kv_type = BLN_KV_F32, .n_context = 64, .n_batch = 16,
                                     .incident = incident_cb, .user_data = heard };
  const guint n_vocabulary = bln_model_get_info (model)->n_vocabulary;
  g_autoptr (BlnEngine) engine = bln_engine_new (model, &options, error);
  g_autoptr (BlnSession) session = NULL;
  g_autofree float *logits = g_new0 (float, (gsize) N_WRITTEN * n_vocabulary);
  gint32 tokens[N_PROMPT + N_WRITTEN];
  gsize n_tokens;

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    tokens[i] = (gint32) (i * 7919 % n_vocabulary);
  if (engine != NULL)
    session = bln_session_new (engine, error);
  if (session == NULL)
    return NULL;
  for (guint i = 0; i < N_WRITTEN; i++)
    {
      if (!bln_session_sync (session, tokens, N_PROMPT + i, NULL, error))
        return NULL;
      while (bln_session_get_pending (session) > 0)
        if (!bln_engine_step (engine, &session, 1, error))
          {
            /* The text is kept, whatever becomes of the device. */
            g_assert_true (memcmp (bln_session_get_tokens (session, &n_tokens), tokens,
                                   (N_PROMPT + i) * sizeof *tokens) == 0);
            g_assert_cmpuint (n_tokens, ==, N_PROMPT + i);
            return NULL;
          }
      memcpy (logits + (gsize) i * n_vocabulary, bln_session_get_logits (session),
              n_vocabulary * sizeof *logits);
    }
  return g_steal_pointer (&logits);
}

typedef struct
{
  RunModel *run; /* (owned) */
  float *expected; /* (owned) */
  gsize n;
} Case;

static void
case_init (Case       *c,
           const char *name)
{
  FixtureModel model = fixture_model_named (name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions on_cpu = { .device = "cpu" };
  g_autoptr (GError) error = NULL;

  c->run = run_model_new (writer, &on_cpu);
  c->n = (gsize) N_WRITTEN * c->run->n_vocabulary;
  c->expected = run_through (c->run->model, NULL, &error);
  g_assert_no_error (error);
}

static void
case_clear (Case *c)
{
  run_model_free (c->run);
  g_free (c->expected);
}

/* One failure, at call `at`. FALSE when so many calls do not come. */
static gboolean
inject (Case       *c,
        const Kind *kind,
        guint       at)
{
  g_autoptr (GError) error = NULL;
  g_autofree float *logits = NULL;
  Heard heard = { 0 };
  gboolean struck;

  layer->arm (kind->place, kind->result, at, kind->n_times);
  logits = run_through (c->run->model, &heard, &error);
  struck = layer->has_struck ();
  layer->disarm ();
  if (logits != NULL)
    g_assert_cmpfloat (relative_difference (logits, c->expected, c->n), <=, TOLERANCE);
  else
    {
      g_assert_true (struck);
      g_assert_true (error->domain == BLN_ERROR);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
  g_test_message ("%s at %u: %s", kind->name, at,
                  !struck           ? "no such call"
                  : logits == NULL  ? error->message
                  : heard.n_incidents == 0 ? "loaded again"
                                           : "recovered");
  /* Nothing stays behind, but on a device that hangs: what it may still use is left to it. */
  if (kind->result != VK_TIMEOUT || kind->n_times == 1)
    g_assert_cmpuint (layer->count_objects (), ==, 0);
  return struck;
}

/* Each call after the other where BALEEN_TEST_ALL is set; else one while loading and one in a
 * pass. */
static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  guint n_struck = 0;
  Case c;

  case_init (&c, "tiny-dsv2lite");
  if (g_getenv ("BALEEN_TEST_ALL") != NULL)
    while (inject (&c, kind, n_struck + 1))
      n_struck++;
  else
    n_struck = inject (&c, kind, 3) + inject (&c, kind, 60);
  g_test_message ("%u failures", n_struck);
  g_assert_cmpuint (n_struck, >, 0);
  case_clear (&c);
}

/* ---- small cards ------------------------------------------------------------------------ */

/* Whatever a card has, the plan takes no more of it than nine tenths, leaves experts in system
 * memory rather than refuse, and what is computed so is the same. */
static void
test_small_card (void)
{
  BlnEngineOptions on_card = { .device = "vulkan", .kv_type = BLN_KV_F32, .n_context = 64,
                               .n_batch = 16 };
  BlnMemoryPlan all, least;
  guint n_split = 0;
  Case c;

  case_init (&c, "tiny-dsv3");
  g_assert_true (bln_model_plan_memory (c.run->model, &on_card, &all, NULL));
  g_assert_cmpuint (all.n_blocks_away, ==, 0);
  on_card.n_blocks_away = G_MAXUINT;
  g_assert_true (bln_model_plan_memory (c.run->model, &on_card, &least, NULL));
  g_assert_cmpuint (least.n_blocks_away, ==, all.n_blocks);
  on_card.n_blocks_away = 0;
  for (int step = 0; step <= 5; step++)
    {
      const guint64 room = all.card_total - (all.card_total - least.card_total) * step / 4;
      g_autoptr (GError) error = NULL;
      g_autofree float *logits = NULL;
      BlnMemoryPlan plan;
      Heard heard = { 0 };

      layer->pretend_memory ((room + 10) * 10 / 9);
      g_assert_true (bln_model_plan_memory (c.run->model, &on_card, &plan, NULL));
      g_assert_cmpint (plan.fits, ==, room >= least.card_total);
      logits = run_through (c.run->model, &heard, &error);
      if (plan.fits)
        {
          n_split += plan.n_blocks_away > 0;
          g_assert_cmpuint (plan.card_total, <=, room + 10);
          g_assert_no_error (error);
          g_assert_cmpfloat (relative_difference (logits, c.expected, c.n), <=, TOLERANCE);
        }
      else
        g_assert_error (error, BLN_ERROR, BLN_ERROR_MEMORY);
    }
  layer->disarm ();
  g_assert_cmpuint (n_split, >, 1);
  case_clear (&c);
}

/* Bindings that may span little cut matrices into pieces. */
static void
test_small_bindings (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree float *logits = NULL;
  Heard heard = { 0 };
  Case c;

  case_init (&c, "tiny-dsv3");
  layer->pretend_range (1 << 16);
  logits = run_through (c.run->model, &heard, &error);
  layer->disarm ();
  g_assert_no_error (error);
  g_assert_cmpfloat (relative_difference (logits, c.expected, c.n), <=, TOLERANCE);
  case_clear (&c);
}

/* ---- drivers ---------------------------------------------------------------------------- */

static void
test_old_driver (void)
{
  g_autoptr (GArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  Heard heard = { 0 };
  Case c;

  case_init (&c, "tiny-llama");
  layer->pretend_version (VK_API_VERSION_1_1);
  devices = bln_vk_devices (NULL);
  g_assert_cmpstr (g_array_index (devices, BlnVkDeviceInfo, 0).unfit, ==,
                   "its driver is older than Vulkan 1.2");
  g_assert_null (run_through (c.run->model, &heard, &error));
  layer->disarm ();
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, "older than Vulkan 1.2"));
  case_clear (&c);
}

/* ---- compiled shaders ------------------------------------------------------------------- */

static char *
find_pipeline_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "baleen", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pipelines"))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

/* Compiled shaders are kept; a file that is cut, changed or of another driver is never handed to
 * the driver, and is replaced. */
static void
test_pipeline_file (void)
{
  g_autofree char *first = NULL;
  g_autofree char *path = NULL;
  gsize n_first;
  Case c;

  case_init (&c, "tiny-llama");
  path = find_pipeline_file ();
  if (path != NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  g_clear_pointer (&path, g_free);
  for (guint round = 0; round < 4; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree float *logits = NULL;
      g_autofree char *kept = NULL;
      Heard heard = { 0 };
      gsize n_kept;

      logits = run_through (c.run->model, &heard, &error);
      g_assert_no_error (error);
      if (round == 0)
        {
          path = find_pipeline_file ();
          g_assert_nonnull (path);
          g_assert_true (g_file_get_contents (path, &first, &n_first, NULL));
        }
      g_assert_true (g_file_get_contents (path, &kept, &n_kept, NULL));
      g_assert_cmpmem (kept, n_kept, first, n_first);
      kept[round == 0 ? n_kept - 1 : 20] ^= 1;
      g_assert_true (g_file_set_contents (path, kept, (gssize) (round == 2 ? n_kept / 2 : n_kept),
                                          NULL));
    }
  case_clear (&c);
}

static void
step_all (BlnEngine   *engine,
          BlnSession **sessions,
          guint        n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    while (bln_session_get_pending (sessions[i]) > 0)
      {
        bln_engine_step (engine, sessions, n, &error);
        g_assert_no_error (error);
      }
}

/* Where the device is a card, shaders are compiled beside the upload: all that passes want, of one
 * sequence or of several, so that none is made later. */
static void
test_nothing_compiles_in_a_step (void)
{
  enum { MOST = 4 };
  const BlnEngineOptions options = { .device = "vulkan", .kv_type = BLN_KV_F32, .n_context = 64,
                                     .n_batch = 16, .n_sessions = MOST };
  const BlnSampling sampling = { .temperature = 0.5, .top_p = 0.9, .repetition_penalty = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnEngine) engine = NULL;
  g_autoptr (BlnSampler) sampler = NULL;
  BlnSession *sessions[MOST];
  gint32 tokens[N_PROMPT + 4];
  Case c;

  case_init (&c, "tiny-llama");
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    tokens[i] = (gint32) i;
  layer->pretend_card (TRUE);
  g_setenv ("BLN_VK_PATIENT", "1", TRUE);
  engine = bln_engine_new (c.run->model, &options, &error);
  g_assert_no_error (error);
  sampler = bln_sampler_new (c.run->model, &sampling);
  for (guint i = 0; i < MOST; i++)
    {
      sessions[i] = bln_session_new (engine, &error);
      g_assert_no_error (error);
    }
  /* From here on no shader can be made. */
  layer->arm_pipelines (TRUE);
  for (guint n = N_PROMPT; n <= G_N_ELEMENTS (tokens); n++)
    {
      const guint n_sessions = MIN (1u << (n - N_PROMPT), MOST);

      for (guint i = 0; i < n_sessions; i++)
        {
          bln_session_set_sampler (sessions[i], n % 2 == 0 ? sampler : NULL);
          bln_session_sync (sessions[i], tokens, n, NULL, &error);
          g_assert_no_error (error);
        }
      step_all (engine, sessions, n_sessions);
    }
  g_assert_false (layer->has_struck ());
  layer->arm_pipelines (FALSE);
  g_unsetenv ("BLN_VK_PATIENT");
  for (guint i = 0; i < MOST; i++)
    bln_session_free (sessions[i]);
  g_clear_pointer (&engine, bln_engine_free);
  layer->disarm ();
  case_clear (&c);
}

/* "auto" takes a card, never a processor that plays one, and says why it cannot take a card that is
 * there. */
static void
test_auto (void)
{
  Heard heard = { 0 };
  BlnEngineOptions options = { .device = "auto", .n_context = 64, .incident = incident_cb,
                               .user_data = &heard };
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnEngine) engine = NULL;
  Case c;

  case_init (&c, "tiny-llama");
  engine = bln_engine_new (c.run->model, &options, &error);
  g_assert_cmpuint (bln_engine_get_plan (engine)->card_total, ==, 0);
  g_clear_pointer (&engine, bln_engine_free);
  g_assert_cmpuint (heard.n_incidents, ==, 0);

  layer->pretend_card (TRUE);
  engine = bln_engine_new (c.run->model, &options, &error);
  g_assert_cmpuint (bln_engine_get_plan (engine)->card_total, >, 0);
  g_clear_pointer (&engine, bln_engine_free);
  g_assert_cmpuint (heard.n_incidents, ==, 0);

  layer->pretend_version (VK_API_VERSION_1_1);
  engine = bln_engine_new (c.run->model, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bln_engine_get_plan (engine)->card_total, ==, 0);
  g_assert_cmpuint (heard.n_incidents, ==, 1);
  g_assert_cmpint (heard.last, ==, BLN_INCIDENT_NO_CARD);
  layer->disarm ();
  case_clear (&c);
}

/* Run again as a process of its own, for a process has one loader. */
static void
check_without_vulkan (const char *words)
{
  const BlnEngineOptions on_card = { .device = "vulkan" };
  const BlnEngineOptions on_any = { .device = "auto" };
  FixtureModel model = fixture_model_named ("tiny-llama");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (RunModel) run = run_model_new (writer, &on_any);
  g_autoptr (GPtrArray) devices = bln_devices ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_null (bln_engine_new (run->model, &on_card, &error));
  g_assert_error (error, BLN_ERROR, BLN_ERROR_DEVICE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_no_driver (void)
{
  if (g_test_subprocess ())
    {
      check_without_vulkan ("no driver for Vulkan is installed");
      return;
    }
  g_setenv ("VK_DRIVER_FILES", "/nowhere.json", TRUE);
  g_setenv ("VK_ICD_FILENAMES", "/nowhere.json", TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
  g_unsetenv ("VK_DRIVER_FILES");
  g_unsetenv ("VK_ICD_FILENAMES");
  g_test_trap_assert_passed ();
}

static void
test_no_loader (void)
{
  const char *path = g_getenv ("LD_LIBRARY_PATH");
  g_autofree char *old = g_strdup (path);

  if (g_test_subprocess ())
    {
      check_without_vulkan ("Vulkan is not installed");
      return;
    }
  g_setenv ("LD_LIBRARY_PATH", g_getenv ("BALEEN_NO_LOADER"), TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
  if (old != NULL)
    g_setenv ("LD_LIBRARY_PATH", old, TRUE);
  else
    g_unsetenv ("LD_LIBRARY_PATH");
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GArray) devices = NULL;

  g_test_init (&argc, &argv, NULL);
  layer = fault_layer_open ();
  devices = bln_vk_devices (NULL);
  if (!g_test_subprocess () && (layer == NULL || devices == NULL || devices->len == 0))
    {
      puts ("1..0 # SKIP there is no Vulkan device to fail, or no layer to make it fail");
      return 0;
    }
  g_test_add_func ("/vulkan-faults/small-card", test_small_card);
  g_test_add_func ("/vulkan-faults/small-bindings", test_small_bindings);
  g_test_add_func ("/vulkan-faults/old-driver", test_old_driver);
  g_test_add_func ("/vulkan-faults/auto", test_auto);
  g_test_add_func ("/vulkan-faults/no-driver", test_no_driver);
  g_test_add_func ("/vulkan-faults/no-loader", test_no_loader);
  g_test_add_func ("/vulkan-faults/pipeline-file", test_pipeline_file);
  g_test_add_func ("/vulkan-faults/nothing-compiles-in-a-step", test_nothing_compiles_in_a_step);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/vulkan-faults/", kinds[i].name, NULL);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  return g_test_run ();
}
