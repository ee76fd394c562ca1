/* What a program needs to answer a question: MODEL QUESTION. It sees the public header alone;
 * as a test it shows that this is enough. */
#include "bln-engine.h"

static gboolean
answer (BlnSession *session,
        BlnModel   *model,
        GError    **error)
{
  g_autoptr (BlnSampler) sampler = bln_sampler_new (model, &bln_model_get_info (model)->sampling);
  g_autoptr (BlnDetokenizer) detokenizer = bln_detokenizer_new (model, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);
  gint32 token;

  do
    {
      if (!bln_session_next (session, sampler, &token, error))
        return FALSE;
      bln_detokenizer_push (detokenizer, token, text);
      g_print ("%s", text->str);
      g_string_truncate (text, 0);
    }
  while (!bln_model_token_ends (model, token));
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  const BlnMessage message = { .role = "user", .content = argv[2] };
  g_autoptr (GError) error = NULL;
  g_autoptr (BlnModel) model = bln_model_open (argv[1], &error);
  g_autoptr (BlnEngine) engine = model != NULL ? bln_engine_new (model, NULL, &error) : NULL;
  g_autoptr (BlnSession) session = engine != NULL ? bln_session_new (engine, &error) : NULL;
  g_autoptr (BlnPrompt) prompt
      = session != NULL ? bln_model_render_chat (model, &message, 1, BLN_THINK_OFF, &error) : NULL;

  if (prompt != NULL
      && bln_session_sync (session, prompt->tokens, prompt->n_tokens, NULL, &error)
      && answer (session, model, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
