#include "json-parsing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Far more than any of our formats has, tool schemas that clients send included. */
#define DEPTH_AT_MOST 128
#define NUL_ESCAPE "\\u0000"
#define REPLACEMENT_ESCAPE "\\ufffd"

gboolean
baleen_json_is_deeper (const char *bytes,
                       gssize      length,
                       guint       most)
{
  const gsize n_bytes = length < 0 ? strlen (bytes) : length;
  gboolean is_text = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < n_bytes; i++)
    if (is_text && bytes[i] == '\\')
      i++;
    else if (bytes[i] == '"')
      is_text = !is_text;
    else if (!is_text && (bytes[i] == '[' || bytes[i] == '{') && ++depth > most)
      return TRUE;
    else if (!is_text && (bytes[i] == ']' || bytes[i] == '}') && depth > 0)
      depth--;

  return FALSE;
}

/* NULL where there is none, which is nearly always. */
static char *
replace_nul_escapes (const char *bytes,
                     gsize       length)
{
  const gsize size = strlen (NUL_ESCAPE);
  char *copy;

  if (g_strstr_len (bytes, length, NUL_ESCAPE) == NULL)
    return NULL;

  copy = g_memdup2 (bytes, length);
  for (gsize i = 0; i + size <= length; i++)
    if (copy[i] == '\\')
      {
        if (memcmp (copy + i, NUL_ESCAPE, size) == 0)
          memcpy (copy + i, REPLACEMENT_ESCAPE, size);
        i++;
      }

  return copy;
}

/* json-glib quotes the place by bytes, perhaps the half of a character. */
static void
make_valid (GError **error)
{
  char *message;

  if (error == NULL || g_utf8_validate ((*error)->message, -1, NULL))
    return;
  message = g_utf8_make_valid ((*error)->message, -1);
  g_free ((*error)->message);
  (*error)->message = message;
}

JsonNode *
baleen_json_parse (const char *bytes,
                   gssize      length,
                   GError    **error)
{
  const gsize n_bytes = length < 0 ? strlen (bytes) : length;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *replaced = NULL;

  if (baleen_json_is_deeper (bytes, n_bytes, DEPTH_AT_MOST))
    {
      g_set_error_literal (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_PARSE,
                           _("it is nested too deeply"));
      return NULL;
    }
  replaced = replace_nul_escapes (bytes, n_bytes);
  if (!json_parser_load_from_data (parser, replaced != NULL ? replaced : bytes, n_bytes, error))
    {
      make_valid (error);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

JsonNode *
baleen_json_parse_file (const char *path,
                        GError    **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (path, &bytes, &length, error)
             ? baleen_json_parse (bytes, length, error)
             : NULL;
}
