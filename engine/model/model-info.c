/* What a file says of itself, counted and checked for sense. */
#include "model-private.h"

#include "chat-template.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <string.h>

/* A short text of the file as a C string that may be shown. */
static gboolean
read_text (BlnGguf     *gguf,
           const char  *key,
           const char **text,
           GError     **error)
{
  BlnGgufString value = { NULL, 0 };

  if (!bln_gguf_get_string (gguf, key, &value, error))
    return FALSE;
  if (value.length > 0)
    *text = bln_shown_text (value.bytes, value.length);
  return TRUE;
}

/* Keys of the architecture's own: "{a}.block_count". */
static gboolean
read_own_u32 (BlnModel   *model,
              const char *key,
              guint32    *value,
              GError    **error)
{
  g_autofree char *full_key = g_strconcat (model->info.architecture, ".", key, NULL);

  return bln_gguf_get_u32 (model->gguf, full_key, value, error);
}

static gboolean
read_names (BlnModel *model,
            GError  **error)
{
  BlnModelInfo *info = &model->info;

  if (!read_text (model->gguf, "general.architecture", &info->architecture, error) ||
      !read_text (model->gguf, "general.name", &info->name, error) ||
      !read_text (model->gguf, "general.license", &info->license, error))
    return FALSE;
  if (info->architecture == NULL)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: it does not say of which architecture it is. Choose a "
                     "complete GGUF file of a model."),
                   bln_gguf_get_base_name (model->gguf));
      return FALSE;
    }
  if (info->name == NULL)
    info->name = g_strdup (bln_gguf_get_base_name (model->gguf));
  return TRUE;
}

static gboolean
read_sizes (BlnModel *model,
            GError  **error)
{
  BlnModelInfo *info = &model->info;
  guint32 n_blocks = 0;
  /* May differ from layer to layer, and then the largest counts. */
  guint32 n_used[512] = { 0 };

  if (!read_own_u32 (model, "block_count", &n_blocks, error) ||
      !read_own_u32 (model, "nextn_predict_layers", &info->n_mtp_layers, error) ||
      !read_own_u32 (model, "context_length", &info->n_context, error) ||
      !read_own_u32 (model, "embedding_length", &info->n_embedding, error) ||
      !read_own_u32 (model, "expert_count", &info->n_experts, error))
    return FALSE;
  if (n_blocks > G_N_ELEMENTS (n_used) || info->n_mtp_layers > n_blocks)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: it claims %u layers, %u of them for prediction. Download "
                     "it again."),
                   bln_gguf_get_base_name (model->gguf), n_blocks, info->n_mtp_layers);
      return FALSE;
    }
  info->n_layers = n_blocks - info->n_mtp_layers;
  g_autofree char *used_key = g_strconcat (info->architecture, ".expert_used_count", NULL);
  if (!bln_gguf_get_u32_per_layer (model->gguf, used_key, n_used, n_blocks, error))
    return FALSE;
  for (guint i = 0; i < n_blocks; i++)
    info->n_experts_used = MAX (info->n_experts_used, n_used[i]);
  if (info->n_experts_used > info->n_experts)
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
                   _("“%s” is damaged: it uses %u of %u experts. Download it again."),
                   bln_gguf_get_base_name (model->gguf), info->n_experts_used, info->n_experts);
      return FALSE;
    }
  return TRUE;
}

/* Tokens of the vocabulary, else what the metadata say. The embedding table has to agree with
 * either: everybody after us takes ids below n_vocabulary for rows of it. */
static gboolean
read_vocabulary_size (BlnModel *model,
                      GError  **error)
{
  const BlnTensor *table = bln_gguf_find_tensor (model->gguf, "token_embd.weight");
  guint32 n_vocabulary = table ? MIN (table->ne[1], G_MAXINT32) : 0;

  if (!read_own_u32 (model, "vocab_size", &n_vocabulary, error))
    return FALSE;
  if (model->tokenizer != NULL)
    n_vocabulary = bln_tokenizer_get_size (model->tokenizer);
  model->info.n_vocabulary = n_vocabulary;
  if (table == NULL || table->ne[1] == n_vocabulary)
    return TRUE;
  g_set_error (error, BLN_ERROR, BLN_ERROR_DAMAGED,
               _("“%s” is damaged: its vocabulary has %u tokens and its embedding table %" PRIu64
                 ". Download it again."),
               bln_gguf_get_base_name (model->gguf), n_vocabulary, table->ne[1]);
  return FALSE;
}

/* ---- counted from tensors ---------------------------------------------------------- */

/* The number in "blk.N.", or -1. */
static gint64
block_of (const char *name)
{
  return g_str_has_prefix (name, "blk.") && g_ascii_isdigit (name[4])
           ? g_ascii_strtoll (name + 4, NULL, 10)
           : -1;
}

/* Parameters read for one token: of the experts a share, of the embedding table one row,
 * unless it serves as the head too. Blocks that only predict are not counted. */
static guint64
count_active (BlnModel        *model,
              const BlnTensor *tensor,
              guint64          n_elements)
{
  const BlnModelInfo *info = &model->info;

  if (block_of (tensor->name) >= (gint64) info->n_layers)
    return 0;
  if (strcmp (tensor->name, "token_embd.weight") == 0 &&
      bln_gguf_find_tensor (model->gguf, "output.weight") != NULL)
    return 0;
  if (strstr (tensor->name, "_exps.") != NULL && info->n_experts > 0)
    return n_elements / info->n_experts * info->n_experts_used;
  return n_elements;
}

static void
count_tensors (BlnModel *model)
{
  guint64 bytes_of_type[BLN_TYPE_COUNT] = { 0 };
  guint32 largest = 0;

  model->info.n_tensors = bln_gguf_get_n_tensors (model->gguf);
  for (guint i = 0; i < model->info.n_tensors; i++)
    {
      const BlnTensor *tensor = bln_gguf_get_tensor (model->gguf, i);
      guint64 n_elements = tensor->ne[0] * tensor->ne[1] * tensor->ne[2] * tensor->ne[3];

      model->info.n_parameters += n_elements;
      model->info.n_active_parameters += count_active (model, tensor, n_elements);
      model->info.n_bytes += tensor->n_bytes;
      bytes_of_type[tensor->type] += tensor->n_bytes;
      if (bytes_of_type[tensor->type] > bytes_of_type[largest])
        largest = tensor->type;
    }
  model->info.quantization = model->info.n_tensors > 0 ? bln_type_info (largest)->name : "";
}

gboolean
bln_model_read_info (BlnModel *model,
                     GError  **error)
{
  BlnModelInfo *info = &model->info;

  if (!read_names (model, error) || !read_sizes (model, error) ||
      !read_vocabulary_size (model, error))
    return FALSE;
  count_tensors (model);
  info->has_chat_template = model->chat_template != NULL;
  info->can_think = (model->chat_template != NULL &&
                     bln_chat_template_knows_thinking (model->chat_template)) ||
                    (model->tokenizer != NULL &&
                     bln_tokenizer_find (model->tokenizer, "<think>") >= 0);
  bln_model_read_sampling (model, &info->sampling);
  return TRUE;
}

void
bln_model_clear_info (BlnModel *model)
{
  g_free ((char *) model->info.name);
  g_free ((char *) model->info.architecture);
  g_free ((char *) model->info.license);
}
