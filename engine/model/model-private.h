/* What the files of BlnModel share. */
#pragma once

#include "model.h"

G_BEGIN_DECLS

struct _BlnModel
{
  gint n_references; /* (atomic) */
  BlnGguf *gguf;
  BlnTokenizer *tokenizer;  /* (nullable) */
  GError *tokenizer_error;  /* (nullable) why there is none though the file has a vocabulary */
  char *chat_template;      /* (nullable) */
  GError *template_error;   /* (nullable) why there is none though the file has a template */
  BlnModelInfo info;        /* its strings are owned */
};

/* Fills `model->info` from metadata and tensors; tokenizer and template are there already. */
gboolean bln_model_read_info (BlnModel *model,
                              GError  **error);
void bln_model_clear_info (BlnModel *model);

/* What the file recommends, else what its family was published with, else our own. */
void bln_model_read_sampling (BlnModel    *model,
                              BlnSampling *sampling);

G_END_DECLS
