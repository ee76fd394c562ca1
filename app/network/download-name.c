#include "download.h"

#include <string.h>

#define LONGEST_NAME 200

gboolean
baleen_download_is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

char *
baleen_download_make_name (const char *address,
                           const char *suffix)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : address;
  const char *last = strrchr (path, '/');
  g_autofree char *plain = g_uri_unescape_string (last != NULL ? last + 1 : path, NULL);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || strchr ("-_.", *p) != NULL)
      g_string_append_c (name, *p);
  if (g_str_has_suffix (name->str, suffix))
    g_string_truncate (name, name->len - strlen (suffix));
  while (name->len > 0 && (name->str[0] == '.' || name->str[0] == '-'))
    g_string_erase (name, 0, 1);
  g_string_truncate (name, MIN (name->len, LONGEST_NAME - strlen (suffix)));
  if (name->len == 0)
    return NULL;
  g_string_append (name, suffix);

  return g_string_free (g_steal_pointer (&name), FALSE);
}
