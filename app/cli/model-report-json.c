#include "json-writing.h"
#include "model-report.h"

/* What was set with few digits is written so: 0.3, not 0.30000001192092896. */
static void
add_number (JsonBuilder *builder,
            const char  *name,
            float        number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.7g", number);
  baleen_json_add_number (builder, name, g_ascii_strtod (digits, NULL));
}

static void
add_sampling (JsonBuilder       *builder,
              const BlnSampling *sampling)
{
  json_builder_set_member_name (builder, "sampling");
  json_builder_begin_object (builder);
  add_number (builder, "temperature", sampling->temperature);
  add_number (builder, "top_p", sampling->top_p);
  baleen_json_add_whole (builder, "top_k", MAX (sampling->top_k, 0));
  add_number (builder, "min_p", sampling->min_p);
  add_number (builder, "repetition_penalty", sampling->repetition_penalty);
  json_builder_end_object (builder);
}

static void
add_info (JsonBuilder        *builder,
          const BlnModelInfo *info)
{
  baleen_json_add_text (builder, "name", info->name);
  baleen_json_add_text (builder, "architecture", info->architecture);
  baleen_json_add_text (builder, "license", info->license);
  baleen_json_add_text (builder, "quantization", info->quantization);
  baleen_json_add_whole (builder, "parameters", info->n_parameters);
  baleen_json_add_whole (builder, "active_parameters", info->n_active_parameters);
  baleen_json_add_whole (builder, "tensor_bytes", info->n_bytes);
  baleen_json_add_whole (builder, "layers", info->n_layers);
  baleen_json_add_whole (builder, "mtp_layers", info->n_mtp_layers);
  baleen_json_add_whole (builder, "context", info->n_context);
  baleen_json_add_whole (builder, "embedding", info->n_embedding);
  baleen_json_add_whole (builder, "vocabulary", info->n_vocabulary);
  baleen_json_add_whole (builder, "experts", info->n_experts);
  baleen_json_add_whole (builder, "experts_used", info->n_experts_used);
  baleen_json_add_flag (builder, "has_chat_template", info->has_chat_template);
  baleen_json_add_flag (builder, "can_think", info->can_think);
  add_sampling (builder, &info->sampling);
}

static void
add_adapter (JsonBuilder          *builder,
             const BlnAdapterInfo *info)
{
  json_builder_set_member_name (builder, "adapter");
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "name", info->name);
  baleen_json_add_text (builder, "architecture", info->architecture);
  baleen_json_add_text (builder, "base", info->base_name);
  baleen_json_add_whole (builder, "rank", info->rank);
  add_number (builder, "alpha", info->alpha);
  baleen_json_add_whole (builder, "matrices", info->n_matrices);
  baleen_json_add_whole (builder, "parameters", info->n_parameters);
  baleen_json_add_whole (builder, "tensor_bytes", info->n_bytes);
  json_builder_end_object (builder);
}

static void
add_plan_members (JsonBuilder           *builder,
                  const BaleenMemoryRow *row)
{
  baleen_json_add_whole (builder, "context", row->plan.n_context);
  baleen_json_add_whole (builder, "weights_mapped", row->plan.weights_mapped);
  baleen_json_add_whole (builder, "weights_repacked", row->plan.weights_repacked);
  baleen_json_add_whole (builder, "kv_cache", row->plan.kv_cache);
  baleen_json_add_whole (builder, "activations", row->plan.activations);
  baleen_json_add_whole (builder, "vocabulary", row->plan.vocabulary);
  baleen_json_add_whole (builder, "total", row->plan.total);
  baleen_json_add_whole (builder, "available", row->plan.available);
  if (row->plan.card_total > 0)
    {
      baleen_json_add_whole (builder, "card_weights", row->plan.card_weights);
      baleen_json_add_whole (builder, "card_kv_cache", row->plan.card_kv_cache);
      baleen_json_add_whole (builder, "card_activations", row->plan.card_activations);
      baleen_json_add_whole (builder, "card_total", row->plan.card_total);
      baleen_json_add_whole (builder, "card_available", row->plan.card_available);
      baleen_json_add_whole (builder, "blocks", row->plan.n_blocks);
      baleen_json_add_whole (builder, "blocks_away", row->plan.n_blocks_away);
    }
  baleen_json_add_flag (builder, "fits", row->plan.fits);
}

static void
add_memory (JsonBuilder             *builder,
            const BaleenModelReport *report)
{
  json_builder_set_member_name (builder, "memory");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->memory->len; i++)
    {
      json_builder_begin_object (builder);
      add_plan_members (builder, &g_array_index (report->memory, BaleenMemoryRow, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_metadata_cb (const char *key,
                 const char *type,
                 const char *value,
                 gpointer    user_data)
{
  JsonBuilder *builder = user_data;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "key", key);
  baleen_json_add_text (builder, "type", type);
  baleen_json_add_text (builder, "value", value);
  json_builder_end_object (builder);
}

static void
add_tensor_cb (const char    *name,
               const char    *type,
               const guint64 *dims,
               guint          n_dims,
               guint64        n_bytes,
               gpointer       user_data)
{
  JsonBuilder *builder = user_data;

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "name", name);
  baleen_json_add_text (builder, "type", type);
  json_builder_set_member_name (builder, "dims");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_dims; i++)
    json_builder_add_int_value (builder, dims[i]);
  json_builder_end_array (builder);
  baleen_json_add_whole (builder, "bytes", n_bytes);
  json_builder_end_object (builder);
}

static void
add_contents (JsonBuilder *builder,
              BlnModel    *model)
{
  json_builder_set_member_name (builder, "metadata");
  json_builder_begin_array (builder);
  bln_model_foreach_metadata (model, add_metadata_cb, builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "tensors");
  json_builder_begin_array (builder);
  bln_model_foreach_tensor (model, add_tensor_cb, builder);
  json_builder_end_array (builder);
}

static void
add_plan (JsonBuilder           *builder,
          const BaleenMemoryRow *row)
{
  json_builder_set_member_name (builder, "plan");
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "device", row->device);
  baleen_json_add_whole (builder, "threads", row->plan.n_threads);
  add_plan_members (builder, row);
  json_builder_end_object (builder);
}

void
baleen_model_report_add_fit (JsonBuilder     *builder,
                             const BaleenFit *fit)
{
  static const char *const verdicts[] = {
    [BALEEN_FIT_CARD] = "card",
    [BALEEN_FIT_SPLIT] = "split",
    [BALEEN_FIT_PROCESSOR] = "processor",
    [BALEEN_FIT_NOWHERE] = "nowhere",
  };
  g_autofree char *sentence = baleen_fit_describe (fit, NULL, 0);

  json_builder_set_member_name (builder, "fit");
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "verdict", verdicts[fit->verdict]);
  baleen_json_add_text (builder, "sentence", sentence);
  baleen_json_add_text (builder, "device", fit->device);
  baleen_json_add_whole (builder, "context", fit->n_context);
  baleen_json_add_whole (builder, "weights", fit->weights);
  baleen_json_add_whole (builder, "kv_cache", fit->kv_cache);
  baleen_json_add_whole (builder, "working_space", fit->working_space);
  baleen_json_add_whole (builder, "needed", fit->needed);
  baleen_json_add_whole (builder, "free", fit->free);
  add_number (builder, "tokens_per_second", (float) fit->tokens_per_second);
  add_number (builder, "tokens_per_second_full", (float) fit->tokens_per_second_full);
  baleen_json_add_flag (builder, "learned", fit->is_learned);
  json_builder_end_object (builder);
}

JsonNode *
baleen_model_report_to_json (const BaleenModelReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *file = g_filename_display_name (report->path);

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "file", file);
  baleen_json_add_whole (builder, "bytes", report->n_file_bytes);
  baleen_json_add_flag (builder, "runs", report->runs);
  if (report->reason != NULL)
    baleen_json_add_text (builder, "reason", report->reason);
  if (report->model != NULL)
    add_info (builder, bln_model_get_info (report->model));
  if (report->adapter != NULL)
    add_adapter (builder, bln_adapter_get_info (report->adapter));
  add_memory (builder, report);
  if (report->plan != NULL)
    add_plan (builder, report->plan);
  if (report->fit != NULL)
    baleen_model_report_add_fit (builder, report->fit);
  if (report->program != NULL)
    baleen_json_add_text (builder, "program", report->program);
  if (report->model != NULL)
    add_contents (builder, report->model);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
