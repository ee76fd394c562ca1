#include "model-private.h"

#include "chat-template.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* The largest published template has 30 KB. */
#define MAX_TEMPLATE_LENGTH (1u << 20)

/* A template that cannot be used is no reason not to open the file: the error is kept for
 * those who want to render it. */
static gboolean
read_chat_template (BlnModel *model,
                    GError  **error)
{
  BlnGgufString source = { NULL, 0 };

  if (!bln_gguf_get_string (model->gguf, "tokenizer.chat_template", &source, error))
    return FALSE;
  if (source.length == 0)
    return TRUE;
  if (source.length > MAX_TEMPLATE_LENGTH)
    g_set_error (&model->template_error, BLN_ERROR, BLN_ERROR_TEMPLATE,
                 _("The chat template of “%s” is longer than %u bytes and cannot be used. Choose "
                   "another file of this model."),
                 bln_gguf_get_base_name (model->gguf), MAX_TEMPLATE_LENGTH);
  else if (!g_utf8_validate_len (source.bytes, source.length, NULL))
    g_set_error (&model->template_error, BLN_ERROR, BLN_ERROR_TEMPLATE,
                 _("The chat template of “%s” is no valid text and cannot be used. Choose another "
                   "file of this model."),
                 bln_gguf_get_base_name (model->gguf));
  else
    model->chat_template = g_strndup (source.bytes, source.length);
  return TRUE;
}

/* A vocabulary that we lack is kept as an error too; a damaged one is refused. */
static gboolean
read_tokenizer (BlnModel *model,
                GError  **error)
{
  g_autoptr (GError) tokenizer_error = NULL;

  model->tokenizer = bln_tokenizer_new (model->gguf, &tokenizer_error);
  if (tokenizer_error == NULL)
    return TRUE;
  if (g_error_matches (tokenizer_error, BLN_ERROR, BLN_ERROR_UNSUPPORTED))
    {
      model->tokenizer_error = g_steal_pointer (&tokenizer_error);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&tokenizer_error));
  return FALSE;
}

BlnModel *
bln_model_open (const char *path,
                GError    **error)
{
  g_autoptr (BlnModel) model = NULL;
  BlnGguf *gguf;

  g_return_val_if_fail (path != NULL, NULL);

  gguf = bln_gguf_open (path, error);
  if (gguf == NULL)
    return NULL;
  model = g_new0 (BlnModel, 1);
  model->n_references = 1;
  model->gguf = gguf;
  if (!read_tokenizer (model, error) || !read_chat_template (model, error) ||
      !bln_model_read_info (model, error))
    return NULL;
  return g_steal_pointer (&model);
}

BlnModel *
bln_model_ref (BlnModel *model)
{
  g_atomic_int_inc (&model->n_references);
  return model;
}

void
bln_model_unref (BlnModel *model)
{
  if (model == NULL || !g_atomic_int_dec_and_test (&model->n_references))
    return;
  bln_model_clear_info (model);
  g_clear_pointer (&model->tokenizer, bln_tokenizer_free);
  bln_gguf_free (model->gguf);
  g_clear_error (&model->tokenizer_error);
  g_clear_error (&model->template_error);
  g_free (model->chat_template);
  g_free (model);
}

BlnGguf *
bln_model_get_gguf (BlnModel *model)
{
  return model->gguf;
}

BlnTokenizer *
bln_model_get_tokenizer (BlnModel *model)
{
  return model->tokenizer;
}

const BlnModelInfo *
bln_model_get_info (BlnModel *model)
{
  return &model->info;
}

const char *
bln_model_get_path (BlnModel *model)
{
  return bln_gguf_get_path (model->gguf);
}

gsize
bln_model_get_n_bytes (BlnModel *model)
{
  gsize n_bytes = bln_gguf_get_n_bytes (model->gguf);

  return model->tokenizer ? n_bytes + bln_tokenizer_get_n_bytes (model->tokenizer) : n_bytes;
}

void
bln_model_foreach_metadata (BlnModel       *model,
                            BlnMetadataFunc func,
                            gpointer        user_data)
{
  bln_gguf_foreach_metadata (model->gguf, func, user_data);
}

void
bln_model_foreach_tensor (BlnModel     *model,
                          BlnTensorFunc func,
                          gpointer      user_data)
{
  for (guint i = 0; i < bln_gguf_get_n_tensors (model->gguf); i++)
    {
      const BlnTensor *tensor = bln_gguf_get_tensor (model->gguf, i);

      func (tensor->name, bln_type_info (tensor->type)->name, tensor->ne, tensor->n_dims,
            tensor->n_bytes, user_data);
    }
}

/* ---- text and tokens --------------------------------------------------------------- */

gboolean
bln_model_check_vocabulary (BlnModel *model,
                            GError  **error)
{
  if (model->tokenizer_error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (model->tokenizer_error));
  return FALSE;
}

static gboolean
demand_tokenizer (BlnModel *model,
                  GError  **error)
{
  if (model->tokenizer != NULL)
    return TRUE;
  if (bln_model_check_vocabulary (model, error))
    g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                 _("“%s” has no vocabulary, so it cannot read or write text. Choose a complete "
                   "file of this model."),
                 bln_gguf_get_base_name (model->gguf));
  return FALSE;
}

gint32 *
bln_model_tokenize (BlnModel        *model,
                    const char      *text,
                    gssize           length,
                    BlnTokenizeFlags flags,
                    gsize           *n_tokens,
                    GError         **error)
{
  if (!demand_tokenizer (model, error))
    return NULL;
  return bln_tokenizer_encode (model->tokenizer, text, length < 0 ? strlen (text) : (gsize) length,
                               NULL, flags, n_tokens, error);
}

const char *
bln_model_token_bytes (BlnModel *model,
                       gint32    token,
                       gboolean  with_special,
                       gsize    *length,
                       GError  **error)
{
  if (!demand_tokenizer (model, error))
    return NULL;
  if (token < 0 || (guint32) token >= bln_tokenizer_get_size (model->tokenizer))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_ARGUMENT,
                   _("There is no token %d in “%s”: its %u tokens are counted from 0."), token,
                   bln_gguf_get_base_name (model->gguf),
                   bln_tokenizer_get_size (model->tokenizer));
      return NULL;
    }
  return bln_tokenizer_token_bytes (model->tokenizer, token, with_special, length);
}

gboolean
bln_model_token_ends (BlnModel *model,
                      gint32    token)
{
  return model->tokenizer != NULL && bln_tokenizer_ends (model->tokenizer, token);
}

/* ---- chat -------------------------------------------------------------------------- */

static const char *
demand_template (BlnModel *model,
                 GError  **error)
{
  if (model->template_error != NULL)
    {
      g_propagate_error (error, g_error_copy (model->template_error));
      return NULL;
    }
  return model->chat_template ? model->chat_template : bln_chat_template_plain ();
}

/* A template may open the thoughts whether one asked for them or not. Closing them at once is
 * what such models take as an answer without thinking; those that open them with a line break
 * were trained on an empty line between the tags, the others on nothing. */
static void
close_thought (BlnRendering *rendering)
{
  gboolean has_lines = g_str_has_suffix (rendering->text, "\n");
  const char *closing = has_lines ? "\n</think>\n\n" : "</think>";
  gsize n = strlen (closing);

  rendering->text = g_realloc (rendering->text, rendering->length + n + 1);
  memcpy (rendering->text + rendering->length, closing, n + 1);
  rendering->is_input = g_realloc (rendering->is_input, rendering->length + n);
  memset (rendering->is_input + rendering->length, 0, n);
  rendering->length += n;
}

static BlnThought
find_thought (BlnModel           *model,
              const BlnRendering *rendering)
{
  BlnThought thought = bln_thought_from_prompt (rendering->text, rendering->length);

  return thought == BLN_THOUGHT_MAYBE && !model->info.can_think ? BLN_THOUGHT_NONE : thought;
}

static const char *
text_or_empty (const char *text)
{
  return text ? text : "";
}

static gboolean
render_messages (BlnModel         *model,
                 const char       *source,
                 const BlnMessage *messages,
                 gsize             n_messages,
                 BlnThink          think,
                 BlnRendering     *rendering,
                 GError          **error)
{
  const char *bos_token = NULL, *eos_token = NULL;

  if (model->tokenizer != NULL)
    {
      bos_token = bln_tokenizer_get_bos_text (model->tokenizer);
      eos_token = bln_tokenizer_get_eos_text (model->tokenizer);
    }
  return bln_chat_template_render_messages (source, messages, n_messages, think,
                                            text_or_empty (bos_token), text_or_empty (eos_token),
                                            NULL, rendering, error);
}

static BlnPrompt *
render_prompt (BlnModel         *model,
               const char       *source,
               const BlnMessage *messages,
               gsize             n_messages,
               BlnThink          think,
               GError          **error)
{
  BlnRendering rendering = { NULL, 0, NULL };
  g_autoptr (BlnPrompt) prompt = NULL;

  if (!render_messages (model, source, messages, n_messages, think, &rendering, error))
    return NULL;
  prompt = g_new0 (BlnPrompt, 1);
  prompt->thought = find_thought (model, &rendering);
  if (think == BLN_THINK_OFF && prompt->thought == BLN_THOUGHT_OPEN)
    {
      close_thought (&rendering);
      prompt->thought = BLN_THOUGHT_NONE;
    }
  prompt->tokens = bln_tokenizer_encode (model->tokenizer, rendering.text, rendering.length,
                                         rendering.is_input,
                                         BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS,
                                         &prompt->n_tokens, error);
  prompt->text = g_steal_pointer (&rendering.text);
  bln_rendering_clear (&rendering);
  return prompt->tokens ? g_steal_pointer (&prompt) : NULL;
}

BlnPrompt *
bln_model_render_chat (BlnModel         *model,
                       const BlnMessage *messages,
                       gsize             n_messages,
                       BlnThink          think,
                       GError          **error)
{
  const char *source;

  if (!demand_tokenizer (model, error))
    return NULL;
  source = demand_template (model, error);
  return source ? render_prompt (model, source, messages, n_messages, think, error) : NULL;
}

BlnPrompt *
bln_model_render_plain_chat (BlnModel         *model,
                             const BlnMessage *messages,
                             gsize             n_messages,
                             BlnThink          think,
                             GError          **error)
{
  if (!demand_tokenizer (model, error))
    return NULL;
  return render_prompt (model, bln_chat_template_plain (), messages, n_messages, think, error);
}

gboolean
bln_model_check_chat_template (BlnModel *model,
                               GError  **error)
{
  static const BlnMessage messages[] = {
    { "user", "Hello", NULL },
    { "assistant", "Hello", NULL },
    { "user", "Hello", NULL },
  };
  BlnRendering rendering = { NULL, 0, NULL };
  const char *source = demand_template (model, error);

  if (source == NULL
      || !render_messages (model, source, messages, G_N_ELEMENTS (messages), BLN_THINK_MODEL,
                           &rendering, error))
    return FALSE;
  bln_rendering_clear (&rendering);
  return TRUE;
}

void
bln_prompt_free (BlnPrompt *prompt)
{
  if (prompt == NULL)
    return;
  g_free (prompt->text);
  g_free (prompt->tokens);
  g_free (prompt);
}

char *
bln_render_template (BlnModel   *model,
                     const char *source,
                     const char *variables_json,
                     GDateTime  *now,
                     GError    **error)
{
  BlnRendering rendering = { NULL, 0, NULL };
  char *text;

  g_return_val_if_fail (model != NULL || source != NULL, NULL);

  if (source == NULL)
    source = demand_template (model, error);
  if (source == NULL ||
      !bln_chat_template_render_json (source, variables_json, now, &rendering, error))
    return NULL;
  text = g_steal_pointer (&rendering.text);
  bln_rendering_clear (&rendering);
  return text;
}
