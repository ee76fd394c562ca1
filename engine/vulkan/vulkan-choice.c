/* What a sampler needs of the logits, picked out on the device (shaders/choice.comp). */
#include "vulkan-run.h"

#include <string.h>

#define CHOICE_LANES 256u
#define BLOCK (4 * CHOICE_LANES)
/* Behind those of the routers. */
#define CHOICE_COUNTER 32u

guint32
bln_vk_choice_blocks (guint32 n_vocab)
{
  return (n_vocab + BLOCK - 1) / BLOCK;
}

gsize
bln_vk_choice_bytes (void)
{
  return (3 + 2 * BLN_CHOICE_ROOM) * sizeof (guint32);
}

void
bln_vk_record_choice (BlnVkRun *run,
                      guint32   n_vocab)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { CHOICE_LANES };
  const BlnChoicePush push = {
    .n_vocab = n_vocab, .wishes = backend->wishes, .blocks = backend->scratch,
    .counter = backend->counters + CHOICE_COUNTER, .room = BLN_CHOICE_ROOM,
  };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->logits), bln_vk_whole (&backend->step),
                                    bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->choice) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_choice, constants,
                                             G_N_ELEMENTS (constants));

  bln_vk_commands_barrier (&run->commands);
  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, bln_vk_choice_blocks (n_vocab), 1, 1);
}

void
bln_vk_choice_wish (BlnVkBackend    *backend,
                    const BlnChoice *choice)
{
  guint32 *words = (guint32 *) backend->step.mapped + backend->wishes;

  memcpy (&words[0], &choice->temperature, sizeof (float));
  memcpy (&words[1], &choice->reach, sizeof (float));
  words[2] = choice->n_tokens;
}

void
bln_vk_choice_read (const BlnVkBackend *backend,
                    BlnChoice          *choice)
{
  const guint32 *words = backend->choice.mapped;
  const guint32 n = MIN (words[0], BLN_CHOICE_ROOM);

  choice->n = words[0];
  memcpy (&choice->best, &words[1], sizeof (float));
  memcpy (&choice->mass, &words[2], sizeof (float));
  memcpy (choice->ids, &words[3], n * sizeof (gint32));
  memcpy (choice->logits, &words[3 + BLN_CHOICE_ROOM], n * sizeof (float));
}

gboolean
bln_vk_get_logits (BlnBackend *base,
                   float      *logits,
                   GError    **error)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  const gsize n_bytes = backend->weights->config.n_vocab * sizeof (float);
  BlnVkRun run = { .backend = backend };

  if (!bln_vk_run_begin (&run, error))
    return FALSE;
  bln_vk_commands_copy (&run.commands, &backend->logits, 0, &backend->read_logits, 0, n_bytes);
  if (!bln_vk_run_submit_and_wait (&run, error))
    return FALSE;
  memcpy (logits, backend->read_logits.mapped, n_bytes);
  return TRUE;
}
