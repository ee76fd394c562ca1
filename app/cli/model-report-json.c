#include "model-report.h"

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

/* What was set with few digits is written so: 0.3, not 0.30000001192092896. */
static void
add_number (JsonBuilder *builder,
            const char  *name,
            float        number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.7g", number);
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, g_ascii_strtod (digits, NULL));
}

static void
add_sampling (JsonBuilder       *builder,
              const BlnSampling *sampling)
{
  json_builder_set_member_name (builder, "sampling");
  json_builder_begin_object (builder);
  add_number (builder, "temperature", sampling->temperature);
  add_number (builder, "top_p", sampling->top_p);
  add_count (builder, "top_k", MAX (sampling->top_k, 0));
  add_number (builder, "min_p", sampling->min_p);
  add_number (builder, "repetition_penalty", sampling->repetition_penalty);
  json_builder_end_object (builder);
}

static void
add_info (JsonBuilder        *builder,
          const BlnModelInfo *info)
{
  add_text (builder, "name", info->name);
  add_text (builder, "architecture", info->architecture);
  add_text (builder, "license", info->license);
  add_text (builder, "quantization", info->quantization);
  add_count (builder, "parameters", info->n_parameters);
  add_count (builder, "active_parameters", info->n_active_parameters);
  add_count (builder, "tensor_bytes", info->n_bytes);
  add_count (builder, "layers", info->n_layers);
  add_count (builder, "mtp_layers", info->n_mtp_layers);
  add_count (builder, "context", info->n_context);
  add_count (builder, "embedding", info->n_embedding);
  add_count (builder, "vocabulary", info->n_vocabulary);
  add_count (builder, "experts", info->n_experts);
  add_count (builder, "experts_used", info->n_experts_used);
  add_flag (builder, "has_chat_template", info->has_chat_template);
  add_flag (builder, "can_think", info->can_think);
  add_sampling (builder, &info->sampling);
}

static void
add_adapter (JsonBuilder          *builder,
             const BlnAdapterInfo *info)
{
  json_builder_set_member_name (builder, "adapter");
  json_builder_begin_object (builder);
  add_text (builder, "name", info->name);
  add_text (builder, "architecture", info->architecture);
  add_text (builder, "base", info->base_name);
  add_count (builder, "rank", info->rank);
  add_number (builder, "alpha", info->alpha);
  add_count (builder, "matrices", info->n_matrices);
  add_count (builder, "parameters", info->n_parameters);
  add_count (builder, "tensor_bytes", info->n_bytes);
  json_builder_end_object (builder);
}

static void
add_plan_members (JsonBuilder           *builder,
                  const BaleenMemoryRow *row)
{
  add_count (builder, "context", row->plan.n_context);
  add_count (builder, "weights_mapped", row->plan.weights_mapped);
  add_count (builder, "weights_repacked", row->plan.weights_repacked);
  add_count (builder, "kv_cache", row->plan.kv_cache);
  add_count (builder, "activations", row->plan.activations);
  add_count (builder, "vocabulary", row->plan.vocabulary);
  add_count (builder, "total", row->plan.total);
  add_count (builder, "available", row->plan.available);
  if (row->plan.card_total > 0)
    {
      add_count (builder, "card_weights", row->plan.card_weights);
      add_count (builder, "card_kv_cache", row->plan.card_kv_cache);
      add_count (builder, "card_activations", row->plan.card_activations);
      add_count (builder, "card_total", row->plan.card_total);
      add_count (builder, "card_available", row->plan.card_available);
      add_count (builder, "blocks", row->plan.n_blocks);
      add_count (builder, "blocks_away", row->plan.n_blocks_away);
    }
  add_flag (builder, "fits", row->plan.fits);
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
  add_text (builder, "key", key);
  add_text (builder, "type", type);
  add_text (builder, "value", value);
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
  add_text (builder, "name", name);
  add_text (builder, "type", type);
  json_builder_set_member_name (builder, "dims");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_dims; i++)
    json_builder_add_int_value (builder, dims[i]);
  json_builder_end_array (builder);
  add_count (builder, "bytes", n_bytes);
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
  add_text (builder, "device", row->device);
  add_count (builder, "threads", row->plan.n_threads);
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
  add_text (builder, "verdict", verdicts[fit->verdict]);
  add_text (builder, "sentence", sentence);
  add_text (builder, "device", fit->device);
  add_count (builder, "context", fit->n_context);
  add_count (builder, "weights", fit->weights);
  add_count (builder, "kv_cache", fit->kv_cache);
  add_count (builder, "working_space", fit->working_space);
  add_count (builder, "needed", fit->needed);
  add_count (builder, "free", fit->free);
  add_number (builder, "tokens_per_second", (float) fit->tokens_per_second);
  add_number (builder, "tokens_per_second_full", (float) fit->tokens_per_second_full);
  add_flag (builder, "learned", fit->is_learned);
  json_builder_end_object (builder);
}

JsonNode *
baleen_model_report_to_json (const BaleenModelReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *file = g_filename_display_name (report->path);

  json_builder_begin_object (builder);
  add_text (builder, "file", file);
  add_count (builder, "bytes", report->n_file_bytes);
  add_flag (builder, "runs", report->runs);
  if (report->reason != NULL)
    add_text (builder, "reason", report->reason);
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
    add_text (builder, "program", report->program);
  if (report->model != NULL)
    add_contents (builder, report->model);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
