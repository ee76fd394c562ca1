/* What one dispatch costs a round in which its workgroups read memory and then wait for one
 * another: whether all blocks of a model could be one dispatch. */
#include "bench-vulkan.h"

#include "push.h"
#include "shaders.h"

#include <stdio.h>

#define MEETING_BYTES 256
/* Some seconds: more than any round takes. */
#define PATIENCE 20000000u

typedef struct
{
  VkPipeline pipeline;
  BlnMeetPush push;
  guint groups;
} Rounds;

static void
record_rounds (Bench         *bench,
               BlnVkCommands *commands,
               gpointer       data)
{
  const Rounds *rounds = data;
  const guint64 end = bench->arena.n_bytes - MEETING_BYTES;
  const BlnVkBinding bindings[] = {
    { &bench->weights, 0, bench->weights.n_bytes },
    { &bench->arena, 0, end },
    { &bench->arena, end, MEETING_BYTES },
    { &bench->out, 0, bench->out.n_bytes },
  };

  bln_vk_commands_dispatch (commands, rounds->pipeline, bindings, G_N_ELEMENTS (bindings),
                            &rounds->push, sizeof rounds->push, rounds->groups, 1, 1);
}

/* New memory holds anything. */
static void
record_clearing (Bench         *bench,
                 BlnVkCommands *commands,
                 gpointer       data)
{
  vkCmdFillBuffer (commands->buffer, bench->arena.buffer, 0, VK_WHOLE_SIZE, 0);
}

static void
bench_rounds (Bench  *bench,
              guint32 width,
              guint   groups,
              guint32 ahead,
              gboolean across)
{
  const guint32 constants[] = { width, ahead, across };
  const guint64 sizes[] = { 0, 720000, 2400000, 6500000, 12000000, 20000000 };
  Rounds rounds = { .groups = groups };
  GError *error = NULL;

  if (!bln_vk_pipelines_make (&bench->pipelines, bln_vk_shader_meet, constants,
                              G_N_ELEMENTS (constants), 0, &rounds.pipeline, &error))
    bench_die (error);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint input = 0; input <= 512; input += 512)
      {
        double us;

        if (i > 0 && input == 0)
          continue;
        rounds.push = (BlnMeetPush){
          .n_rounds = 90, .n_vectors = (guint32) (sizes[i] / 16), .input_vectors = input,
          .patience = PATIENCE,
        };
        *(guint32 *) bench->out.mapped = 0;
        us = bench_time (bench, record_rounds, &rounds) / rounds.push.n_rounds;
        if (*(const guint32 *) bench->out.mapped != 0)
          {
            printf ("{\"what\":\"meeting\",\"groups\":%u,\"lanes\":%u,"
                    "\"broke_up\":true}\n", groups, width);
            break;
          }
        printf ("{\"what\":\"meeting\",\"bytes\":%" G_GUINT64_FORMAT ",\"groups\":%u,"
                "\"lanes\":%u,\"ahead\":%u,\"across\":%d,\"input\":%u,\"us\":%.3f,"
                "\"gb_per_s\":%.1f}\n",
                sizes[i], groups, width, ahead, across, input * 16, us, sizes[i] / us / 1e3);
        fflush (stdout);
      }
  vkDestroyPipeline (bench->device->device, rounds.pipeline, NULL);
}

void
bench_meetings (Bench *bench)
{
  const struct { guint32 width; guint a_processor; } forms[] = {
    { 256, 1 }, { 256, 2 }, { 512, 1 }, { 512, 2 }, { 1024, 1 },
  };

  bench_time (bench, record_clearing, NULL);
  /* One alone waits for nobody; more might wait for ever. */
  if (bench->device->info.is_software)
    {
      bench_rounds (bench, 256, 1, 4, FALSE);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint across = 0; across <= 1; across++)
      {
        bench_rounds (bench, forms[i].width, 132 * forms[i].a_processor, 4, across);
        if (forms[i].width < 1024)
          bench_rounds (bench, forms[i].width, 132 * forms[i].a_processor, 8, across);
      }
}
