/* A hostile model file, as far as it can be taken without weights. */
#include "bln-engine.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
read_pair_cb (const char *key,
              const char *type,
              const char *value,
              gpointer    user_data)
{
  g_assert (g_utf8_validate (value, -1, NULL));
}

static void
check_error (GError *error)
{
  g_assert (error == NULL || (error->domain == BLN_ERROR &&
                              g_utf8_validate (error->message, -1, NULL)));
  g_clear_error (&error);
}

static void
speak (BlnModel *model)
{
  static const char text[] = "Hi, 12345! \xf0\x9f\xa6\x99 <s></s> ab  \xe4\xb8\xad\n";
  BlnMessage message = { "user", text, NULL };
  GError *error = NULL;
  gsize n_tokens = 0;
  g_autofree gint32 *tokens = bln_model_tokenize (model, text, -1,
                                                  BLN_TOKENIZE_SPECIAL | BLN_TOKENIZE_BOS,
                                                  &n_tokens, &error);
  g_autoptr (BlnDetokenizer) detokenizer = NULL;
  g_autoptr (GString) back = g_string_new (NULL);

  if (tokens == NULL)
    {
      check_error (error);
      return;
    }
  detokenizer = bln_detokenizer_new (model, TRUE);
  for (gsize i = 0; i < n_tokens; i++)
    bln_detokenizer_push (detokenizer, tokens[i], back);
  bln_detokenizer_finish (detokenizer, back);
  g_assert (g_utf8_validate_len (back->str, back->len, NULL));
  bln_prompt_free (bln_model_render_chat (model, &message, 1, BLN_THINK_OFF, &error));
  check_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static int fd = -1;
  g_autofree char *path = NULL;
  g_autoptr (BlnModel) model = NULL;
  GError *error = NULL;

  if (fd < 0)
    fd = memfd_create ("fuzz.gguf", 0);
  g_assert (ftruncate (fd, 0) == 0);
  g_assert (pwrite (fd, data, size, 0) == (gssize) size);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  model = bln_model_open (path, &error);
  check_error (error);
  if (model == NULL)
    return 0;
  error = NULL;
  bln_model_foreach_metadata (model, read_pair_cb, NULL);
  speak (model);
  bln_model_check (model, &error);
  check_error (error);
  return 0;
}
