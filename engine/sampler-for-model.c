#include "sampler.h"

#include "model.h"

BlnSampler *
bln_sampler_new (BlnModel          *model,
                 const BlnSampling *sampling)
{
  guint32 n_vocabulary = bln_model_get_info (model)->n_vocabulary;
  BlnTokenizer *tokenizer = bln_model_get_tokenizer (model);
  const gint32 *banned = NULL;
  guint32 n_tokens = n_vocabulary;
  gsize n_banned = 0;

  if (tokenizer != NULL)
    {
      banned = bln_tokenizer_get_banned (tokenizer, &n_banned);
      n_tokens = bln_tokenizer_get_size (tokenizer);
    }
  return bln_sampler_new_for (n_vocabulary, n_tokens, banned, n_banned, sampling);
}
