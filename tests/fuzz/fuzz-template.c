/* A hostile chat template over hostile variables: source, NUL, JSON. */
#include "bln-engine.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

#define USUAL_VARIABLES \
  "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", " \
  "\"content\": \"<think>a</think>b\", \"tool_calls\": [{\"function\": {\"name\": \"f\", " \
  "\"arguments\": {\"x\": 1.5, \"y\": [null, true]}}}]}], \"add_generation_prompt\": true, " \
  "\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"tools\": null}"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *source = g_strndup ((const char *) data, size);
  gsize length = strlen (source);
  g_autofree char *variables =
    length + 1 < size ? g_strndup ((const char *) data + length + 1, size - length - 1)
                      : g_strdup (USUAL_VARIABLES);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 1, 2, 3, 4, 5);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = bln_render_template (NULL, source, variables, now, &error);

  g_assert ((text == NULL) == (error != NULL));
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
  g_assert (error == NULL || (error->domain == BLN_ERROR &&
                              g_utf8_validate (error->message, -1, NULL)));
  return 0;
}
