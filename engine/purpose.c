/* What a GGUF file is for. Many lie beside language models and bear their names. */
#include "engine-private.h"

#include "adapter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  PURPOSE_PICTURES,
  PURPOSE_NUMBERS,
  PURPOSE_MEASUREMENTS,
} Purpose;

static const struct
{
  const char *architecture;
  Purpose purpose;
} others[] = {
  { "clip", PURPOSE_PICTURES },
  { "imatrix", PURPOSE_MEASUREMENTS },
  { "bert", PURPOSE_NUMBERS },
  { "nomic-bert", PURPOSE_NUMBERS },
  { "nomic-bert-moe", PURPOSE_NUMBERS },
  { "neo-bert", PURPOSE_NUMBERS },
  { "modern-bert", PURPOSE_NUMBERS },
  { "jina-bert-v2", PURPOSE_NUMBERS },
  { "jina-bert-v3", PURPOSE_NUMBERS },
  { "eurobert", PURPOSE_NUMBERS },
  { "t5encoder", PURPOSE_NUMBERS },
  { "gemma-embedding", PURPOSE_NUMBERS },
};

static void
explain (Purpose     purpose,
         const char *name,
         GError    **error)
{
  switch (purpose)
    {
    case PURPOSE_PICTURES:
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” only sees pictures for another model and writes nothing. Choose the "
                     "file of that model; pictures are not read here."), name);
      break;
    case PURPOSE_NUMBERS:
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” turns texts into numbers for searching and writes nothing. Choose a "
                     "model for chat."), name);
      break;
    case PURPOSE_MEASUREMENTS:
    default:
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” holds measurements that help to quantize a model, and no model. Choose "
                     "the file of the model."), name);
      break;
    }
}

gboolean
bln_check_purpose (BlnGguf *gguf,
                   GError **error)
{
  const char *name = bln_gguf_get_base_name (gguf);
  BlnGgufString architecture = { NULL, 0 };

  if (bln_gguf_is_adapter (gguf))
    {
      g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
                   _("“%s” is an adapter, which runs beside the model it was made for. Choose "
                     "that model, and this as its adapter."), name);
      return FALSE;
    }
  if (!bln_gguf_get_string (gguf, "general.architecture", &architecture, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strlen (others[i].architecture) == architecture.length
        && memcmp (others[i].architecture, architecture.bytes, architecture.length) == 0)
      {
        explain (others[i].purpose, name, error);
        return FALSE;
      }
  if (bln_gguf_get_n_tensors (gguf) > 0)
    return TRUE;

  g_set_error (error, BLN_ERROR, BLN_ERROR_UNSUPPORTED,
               _("“%s” holds a vocabulary and no weights: it can split text into tokens and "
                 "nothing more. Choose a complete file of this model."), name);
  return FALSE;
}
