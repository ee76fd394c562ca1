#include "model-description.h"

#include "bln-engine.h"

void
baleen_model_description_free (BaleenModelDescription *description)
{
  g_free (description->name);
  g_free (description->architecture);
  g_free (description->license);
  g_free (description->quantization);
  g_free (description);
}

BaleenModelDescription *
baleen_model_description_new (const char *path,
                              GError    **error)
{
  g_autoptr (BlnModel) model = bln_model_open (path, error);
  const BlnModelInfo *info;
  BaleenModelDescription *description;

  if (model == NULL || !bln_model_check (model, error))
    return NULL;

  info = bln_model_get_info (model);
  description = g_new0 (BaleenModelDescription, 1);
  description->name = g_strdup (info->name);
  description->architecture = g_strdup (info->architecture);
  description->license = g_strdup (info->license);
  description->quantization = g_strdup (info->quantization);
  description->n_parameters = info->n_parameters;
  description->n_active_parameters = info->n_active_parameters;
  description->n_bytes = info->n_bytes;
  description->n_context = info->n_context;
  description->n_experts = info->n_experts;
  description->n_mtp_layers = info->n_mtp_layers;
  description->can_think = info->can_think;

  return description;
}
