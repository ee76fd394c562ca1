/* What a sampler needs of the logits, picked out on the device (shaders/choice.comp). */
#include "vulkan-run.h"

#include <string.h>

#define CHOICE_LANES (BLN_CHOICE_BLOCK / 4)
/* Of what is found, in front of numbers and logits. */
#define HEAD_WORDS 3u

guint32
bln_vk_choice_blocks (guint32 n_vocab)
{
  return (n_vocab + BLN_CHOICE_BLOCK - 1) / BLN_CHOICE_BLOCK;
}

/* Words that are found of a row. */
static guint32
found_stride (guint32 n_vocab)
{
  return HEAD_WORDS + 2 * BLN_CHOICE_ROOM + bln_vk_choice_blocks (n_vocab);
}

gsize
bln_vk_choice_bytes (guint32 n_vocab)
{
  return (gsize) BLN_MAX_OUT * found_stride (n_vocab) * sizeof (guint32);
}

void
bln_vk_record_choice (BlnVkRun *run,
                      guint32   n_logits,
                      guint32   n_vocab)
{
  BlnVkBackend *backend = run->backend;
  const guint32 constants[] = { CHOICE_LANES };
  const BlnChoicePush push = {
    .n_vocab = n_vocab, .wishes = backend->wishes, .blocks = backend->scratch,
    .counter = backend->counters + BLN_VK_CHOICE_COUNTER, .room = BLN_CHOICE_ROOM,
    .stride = found_stride (n_vocab),
  };
  const BlnVkBinding bindings[] = { bln_vk_whole (&backend->logits), bln_vk_whole (&backend->step),
                                    bln_vk_whole (&backend->arena),
                                    bln_vk_whole (&backend->choice) };
  VkPipeline pipeline = bln_vk_run_pipeline (run, &bln_vk_shader_choice, constants,
                                             G_N_ELEMENTS (constants));

  if (pipeline != VK_NULL_HANDLE)
    bln_vk_commands_dispatch (&run->commands, pipeline, bindings, G_N_ELEMENTS (bindings), &push,
                              sizeof push, bln_vk_choice_blocks (n_logits), run->batch->n_out, 1);
}

void
bln_vk_choice_wish (BlnVkBackend        *backend,
                    guint                row,
                    const BlnChoice     *choice)
{
  const BlnChoiceWish none = { 0 };
  const BlnChoiceWish *wish = choice != NULL ? &choice->wish : &none;
  guint32 *words = (guint32 *) backend->step.mapped + backend->wishes + BLN_VK_WISH_WORDS * row;

  memcpy (&words[0], &wish->temperature, sizeof (float));
  memcpy (&words[1], &wish->reach, sizeof (float));
  words[2] = wish->n_tokens;
}

void
bln_vk_choice_read (const BlnVkBackend *backend,
                    guint               row,
                    BlnChoice          *choice)
{
  const guint32 n_vocab = backend->weights->config.n_vocab;
  const guint32 *words = (const guint32 *) backend->choice.mapped
                         + (gsize) row * found_stride (n_vocab);
  const guint32 *numbers = words + HEAD_WORDS;
  const guint32 n = MIN (words[0], BLN_CHOICE_ROOM);

  choice->n = words[0];
  memcpy (&choice->best, &words[1], sizeof (float));
  memcpy (&choice->mass, &words[2], sizeof (float));
  memcpy (choice->ids, numbers, n * sizeof (gint32));
  memcpy (choice->logits, numbers + BLN_CHOICE_ROOM, n * sizeof (float));
  if (choice->wish.temperature > 0)
    memcpy (choice->block_mass, numbers + 2 * BLN_CHOICE_ROOM,
            bln_vk_choice_blocks (n_vocab) * sizeof (float));
}

gboolean
bln_vk_get_logits (BlnBackend *base,
                   guint       row,
                   float      *logits,
                   GError    **error)
{
  BlnVkBackend *backend = (BlnVkBackend *) base;
  const gsize n_bytes = backend->weights->config.n_vocab * sizeof (float);
  BlnVkRun run = { .backend = backend };

  if (!bln_vk_run_begin (&run, error))
    return FALSE;
  bln_vk_commands_copy (&run.commands, &backend->logits, row * n_bytes, &backend->read_logits, 0,
                        n_bytes);
  if (!bln_vk_run_submit_and_wait (&run, error))
    return FALSE;
  memcpy (logits, backend->read_logits.mapped, n_bytes);
  return TRUE;
}
