#include "clipboard-formats.h"

#include <string.h>

static void
add_bytes (GPtrArray  *providers,
           const char *type,
           const char *text)
{
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return;
  bytes = g_bytes_new (text, strlen (text));
  g_ptr_array_add (providers, gdk_content_provider_new_for_bytes (type, bytes));
}

void
clipboard_set_formats (GdkClipboard *clipboard,
                       const char   *text,
                       const char   *markdown,
                       const char   *html)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  g_autoptr (GdkContentProvider) all = NULL;

  g_ptr_array_add (providers, gdk_content_provider_new_typed (G_TYPE_STRING, text));
  add_bytes (providers, "text/markdown", markdown);
  add_bytes (providers, "text/html", html);
  all = gdk_content_provider_new_union ((GdkContentProvider **) providers->pdata, providers->len);
  gdk_clipboard_set_content (clipboard, all);
}
