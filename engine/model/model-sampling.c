/* Which sampling a model was published with. */
#include "model-private.h"

#include <string.h>

typedef struct
{
  const char *architecture; /* (nullable) */
  const char *name_part;    /* (nullable) in general.name or general.basename, lower case */
  float temperature;
  float top_p;
  gint32 top_k;
  float min_p;
  float repetition_penalty;
} Advice;

/* From the model cards and READMEs of each family; the first line that fits counts. Where a
 * card names no top-k or min-p, none was used. */
static const Advice table[] = {
  { NULL, "r1-distill", 0.6f, 0.95f, 0, 0, 1 },
  { NULL, "r1 distill", 0.6f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek-r1", 0.6f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek r1", 0.6f, 0.95f, 0, 0, 1 },
  { "deepseek4", NULL, 1, 1, 0, 0, 1 },
  { NULL, "deepseek-v3.1", 0.6f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek v3.1", 0.6f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek-v3", 0.3f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek v3", 0.3f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek-v2", 0.3f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek v2", 0.3f, 0.95f, 0, 0, 1 },
  { NULL, "deepseek-coder-v2", 0.3f, 0.95f, 0, 0, 1 },
  { NULL, "glm-4.7", 1, 0.95f, 0, 0.01f, 1 },
  { NULL, "glm 4.7", 1, 0.95f, 0, 0.01f, 1 },
  { NULL, "kimi-k2", 0.6f, 1, 0, 0, 1 },
  { NULL, "kimi k2", 0.6f, 1, 0, 0, 1 },
  { "qwen3", "instruct-2507", 0.7f, 0.8f, 20, 0, 1 },
  { "qwen3moe", "instruct-2507", 0.7f, 0.8f, 20, 0, 1 },
  { "qwen3", NULL, 0.6f, 0.95f, 20, 0, 1 },
  { "qwen3moe", NULL, 0.6f, 0.95f, 20, 0, 1 },
  { "qwen2", NULL, 0.7f, 0.8f, 20, 0, 1.05f },
  { "qwen2moe", NULL, 0.7f, 0.8f, 20, 0, 1.05f },
  { NULL, "smollm2", 0.2f, 0.9f, 0, 0, 1 },
  { NULL, "llama-3", 0.6f, 0.9f, 0, 0, 1 },
  { NULL, "llama 3", 0.6f, 0.9f, 0, 0, 1 },
  { "gemma3", NULL, 1, 0.95f, 64, 0, 1 },
  { NULL, NULL, 0.7f, 0.95f, 40, 0.05f, 1 },
};

/* Both names of the file in lower case, to look families up in. */
static char *
lower_names (BlnModel *model)
{
  BlnGgufString base_name = { "", 0 };
  g_autofree char *valid = NULL;
  g_autofree char *both = NULL;

  bln_gguf_get_string (model->gguf, "general.basename", &base_name, NULL);
  valid = g_utf8_make_valid (base_name.bytes, MIN (base_name.length, 1024));
  both = g_strconcat (model->info.name, "\n", valid, NULL);
  return g_ascii_strdown (both, -1);
}

static const Advice *
find_advice (BlnModel *model)
{
  g_autofree char *names = lower_names (model);
  const Advice *advice = table;

  while ((advice->architecture && strcmp (advice->architecture, model->info.architecture) != 0) ||
         (advice->name_part && strstr (names, advice->name_part) == NULL))
    advice++;
  return advice;
}

/* Advice that is out of its range is passed over: it harms nothing else in the file. */
static void
read_advised (BlnGguf    *gguf,
              const char *key,
              float       lowest,
              float       highest,
              float      *value)
{
  float advised = *value;

  if (bln_gguf_get_f32 (gguf, key, &advised, NULL) && advised >= lowest && advised <= highest)
    *value = advised;
}

void
bln_model_read_sampling (BlnModel    *model,
                         BlnSampling *sampling)
{
  const Advice *advice = find_advice (model);
  float top_k = advice->top_k, window = 64;

  *sampling = (BlnSampling) {
    .temperature = advice->temperature,
    .top_p = advice->top_p,
    .min_p = advice->min_p,
    .repetition_penalty = advice->repetition_penalty,
  };
  read_advised (model->gguf, "general.sampling.temp", 0, 10, &sampling->temperature);
  read_advised (model->gguf, "general.sampling.top_p", 0, 1, &sampling->top_p);
  read_advised (model->gguf, "general.sampling.min_p", 0, 1, &sampling->min_p);
  read_advised (model->gguf, "general.sampling.top_k", 0, 1000000, &top_k);
  read_advised (model->gguf, "general.sampling.penalty_repeat", 0.1f, 10,
                &sampling->repetition_penalty);
  read_advised (model->gguf, "general.sampling.penalty_last_n", 0, 65536, &window);
  sampling->top_k = top_k;
  sampling->penalty_window = window;
}
