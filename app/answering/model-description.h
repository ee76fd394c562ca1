/* What a model's file says of itself, for people who choose one: its header is read, no weight. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *architecture;
  char *license;      /* (nullable) */
  char *quantization; /* “Q4_K” */
  guint64 n_parameters;
  guint64 n_active_parameters; /* of a mixture of experts: computed with for each token */
  guint64 n_bytes;
  guint n_context;             /* as trained */
  guint n_experts;             /* 0: dense */
  guint n_mtp_layers;
  gboolean can_think;
} BaleenModelDescription;

/* Opens the file: not on the main thread. The error is a sentence for people, also where the file
 * is sound and cannot be run. */
BaleenModelDescription *baleen_model_description_new (const char *path,
                                                      GError    **error);
void baleen_model_description_free (BaleenModelDescription *description);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenModelDescription, baleen_model_description_free)

G_END_DECLS
