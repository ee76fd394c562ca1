#include "asked-model.h"

#include "batch-completer.h"
#include "opening.h"

/* Here, by a file. */
static gboolean
open_model (BaleenAskedModel *self,
            guint             most,
            GError          **error)
{
  g_autoptr (BlnModel) model = baleen_open_model (self->options, error);

  if (model == NULL)
    return FALSE;
  self->engine = baleen_open_answering_engine (
      self->options, model, MIN (bln_model_get_info (model)->n_context, most), 1, error);
  if (self->engine == NULL)
    return FALSE;
  self->name = g_strdup (bln_model_get_info (model)->name);
  self->completer = baleen_batch_completer_new_for_engine (self->engine, 1);
  self->session = bln_session_new (self->engine, error);

  return self->session != NULL;
}

/* Elsewhere, by a server. */
static gboolean
open_endpoint (BaleenAskedModel *self,
               guint             most,
               GError          **error)
{
  if (self->options->n_context > 0)
    most = self->options->n_context;
  self->endpoint = baleen_endpoints_find (self->options->model, error);
  if (self->endpoint == NULL)
    return FALSE;
  self->completer = baleen_batch_completer_new_for_backend (
      baleen_endpoint_backend_get (), self->options->model, &self->name, error);
  if (self->completer == NULL)
    return FALSE;
  self->completer->n_context = MIN (self->completer->n_context, most);

  return TRUE;
}

gboolean
baleen_asked_model_open (BaleenAskedModel    *self,
                         const BaleenOptions *options,
                         guint                most,
                         GError             **error)
{
  *self = (BaleenAskedModel) { options };

  return baleen_endpoint_is_name (options->model) ? open_endpoint (self, most, error)
                                                  : open_model (self, most, error);
}

void
baleen_asked_model_clear (BaleenAskedModel *self)
{
  g_clear_pointer (&self->session, bln_session_free);
  g_clear_pointer (&self->completer, baleen_batch_completer_free);
  g_clear_pointer (&self->engine, baleen_close_engine);
  g_clear_pointer (&self->endpoint, baleen_endpoint_free);
  g_clear_pointer (&self->name, g_free);
}

gboolean
baleen_asked_model_answer (BaleenAskedModel    *self,
                           const BaleenRequest *request,
                           BaleenGeneration    *generation,
                           GError             **error)
{
  return self->endpoint != NULL
             ? baleen_answer_run_endpoint (generation, self->endpoint, request, self->options,
                                           TRUE, error)
             : baleen_answer_run (generation, self->engine, self->session, request, self->options,
                                  TRUE, error);
}
