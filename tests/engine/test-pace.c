/* Whatever a card can do, what it is given at once stays short once it is known: a pass of many
 * rows is cut between ops, and where one op alone is too long it gets fewer rows. The card is a
 * simulation with a speed of its own for each kind of op. */
#include <math.h>

#include "engine-private.h"
#include "fixture-models.h"
#include "pace.h"
#include "run-model.h"

#define N_BATCH 512u
#define N_PROMPT 16384u

typedef struct
{
  BlnVkPace pace;
  double ns_per_unit[BLN_OP_HEAD + 1]; /* the truth */
} Card;

/* What the pace expects of an op, at the card's own speed. */
static double
true_ns (const Card     *card,
         const BlnOp    *op,
         const BlnBatch *batch)
{
  BlnVkPace truth = card->pace;

  for (guint i = 0; i < G_N_ELEMENTS (truth.ns_per_unit); i++)
    truth.ns_per_unit[i] = card->ns_per_unit[i];
  return bln_vk_pace_expect (&truth, op, batch);
}

static void
run_pass (Card             *card,
          const BlnProgram *program,
          guint             first,
          guint             n_rows)
{
  const BlnSpan span = { NULL, 0, n_rows, first };
  const BlnBatch batch = { .n_rows = n_rows, .spans = &span, .n_spans = 1 };
  double ns = 0;

  for (guint i = 0; i < program->ops->len; i++)
    {
      const BlnOp *op = &g_array_index (program->ops, BlnOp, i);

      if (op->kind == BLN_OP_HEAD)
        continue;
      if (bln_vk_pace_is_full (&card->pace, op, &batch))
        {
          bln_vk_pace_submit (&card->pace);
          bln_vk_pace_learn (&card->pace, ns);
          ns = 0;
        }
      bln_vk_pace_add (&card->pace, op, &batch);
      ns += true_ns (card, op, &batch);
    }
  bln_vk_pace_submit (&card->pace);
  bln_vk_pace_learn (&card->pace, ns);
}

/* Reads a long prompt; the longest pass there was, in rows. */
static guint
read_prompt (Card             *card,
             const BlnProgram *program)
{
  guint most = 0;

  for (guint first = 0, n; first < N_PROMPT; first += n)
    {
      n = bln_vk_pace_rows (&card->pace, program, MIN (N_BATCH, N_PROMPT - first));
      g_assert_cmpuint (n, >, 0);
      run_pass (card, program, first, n);
      most = MAX (most, n);
    }
  return most;
}

/* `speed`: of the slowest card that is expected; each kind of op a little different. */
static void
check_speed (const BlnProgram *program,
             double            speed,
             GRand            *rand)
{
  Card card;
  guint most;

  bln_vk_pace_init (&card.pace);
  for (guint i = 0; i < G_N_ELEMENTS (card.ns_per_unit); i++)
    card.ns_per_unit[i] = card.pace.ns_per_unit[i] / speed * g_rand_double_range (rand, 0.7, 1);
  most = read_prompt (&card, program);
  g_test_message ("speed %.3g: %" G_GUINT64_FORMAT " submissions, 99%% within %.1f ms, longest "
                  "%.1f ms, %u rows at most", speed, card.pace.n,
                  bln_vk_pace_percentile (&card.pace, 99) / 1e6, card.pace.longest_ns / 1e6, most);
  g_assert_cmpfloat (bln_vk_pace_percentile (&card.pace, 99), <=, 100e6);
  g_assert_cmpfloat (card.pace.longest_ns, <=, 300e6);
  /* A fast card is not held up by short work. */
  if (speed >= 1000)
    {
      guint64 before = card.pace.n;

      run_pass (&card, program, 0, N_BATCH);
      g_assert_cmpuint (card.pace.n - before, <=, 2);
      g_assert_cmpuint (most, ==, N_BATCH);
    }
}

/* tiny-dsv3 as large as a model of some billions: only the sizes in its ops count here. */
static void
enlarge (BlnProgram *program,
         guint       factor)
{
  for (guint i = 0; i < program->weights->all->len; i++)
    {
      BlnWeight *weight = g_ptr_array_index (program->weights->all, i);

      weight->n_in *= factor;
      weight->n_out *= weight->is_vector ? 1 : factor;
    }
  for (guint i = 0; i < program->ops->len; i++)
    {
      BlnOp *op = &g_array_index (program->ops, BlnOp, i);

      op->mla.n_head *= 4;
      op->mla.n_nope *= 8;
      op->mla.n_value *= 8;
    }
}

static void
test_cards (void)
{
  FixtureModel model = fixture_model_named ("tiny-dsv3");
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  const BlnEngineOptions options = { .device = "cpu" };
  g_autoptr (RunModel) run = run_model_new (writer, &options);
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  enlarge (run->engine->program, 64);
  for (double speed = 1; speed <= 1e5; speed *= sqrt (10))
    check_speed (run->engine->program, speed, rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pace/no-submission-is-long-on-any-card", test_cards);
  return g_test_run ();
}
