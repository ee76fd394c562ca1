#include "download-state.h"

#include <errno.h>
#include <glib/gstdio.h>

#define GROUP "download"

DownloadState *
download_state_load (const char *part_path)
{
  DownloadState *state = g_new0 (DownloadState, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  state->path = g_strconcat (part_path, ".state", NULL);
  state->next_path = g_strconcat (part_path, ".state.new", NULL);
  if (g_key_file_load_from_file (file, state->path, G_KEY_FILE_NONE, NULL))
    {
      state->url = g_key_file_get_string (file, GROUP, "url", NULL);
      state->etag = g_key_file_get_string (file, GROUP, "etag", NULL);
      state->sha256 = g_key_file_get_string (file, GROUP, "sha256", NULL);
      state->n_total = g_key_file_get_uint64 (file, GROUP, "bytes", NULL);
    }

  return state;
}

void
download_state_free (DownloadState *state)
{
  g_free (state->path);
  g_free (state->next_path);
  g_free (state->url);
  g_free (state->etag);
  g_free (state->sha256);
  g_free (state);
}

/* Without a version to name, a server would give the rest of whatever is there now; a checksum
 * tells in the end. */
gboolean
download_state_is_of (const DownloadState *state,
                      const char          *url,
                      const char          *sha256)
{
  if (sha256 != NULL && g_strcmp0 (state->sha256, sha256) == 0)
    return TRUE;

  return g_strcmp0 (state->url, url) == 0 && state->etag != NULL;
}

void
download_state_move (DownloadState *state,
                     const char    *url)
{
  if (g_strcmp0 (state->url, url) == 0)
    return;
  g_free (state->url);
  state->url = g_strdup (url);
  g_clear_pointer (&state->etag, g_free);
}

void
download_state_reset (DownloadState *state,
                      const char    *url,
                      const char    *sha256)
{
  g_free (state->url);
  state->url = g_strdup (url);
  g_free (state->sha256);
  state->sha256 = g_strdup (sha256);
  g_clear_pointer (&state->etag, g_free);
  state->n_total = 0;
}

void
download_state_set_etag (DownloadState *state,
                         const char    *etag)
{
  if (etag == NULL || etag[0] != '"')
    return;
  g_free (state->etag);
  state->etag = g_strdup (etag);
}

gboolean
download_state_save (DownloadState *state,
                     GError       **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  if (state->url != NULL)
    g_key_file_set_string (file, GROUP, "url", state->url);
  if (state->etag != NULL)
    g_key_file_set_string (file, GROUP, "etag", state->etag);
  if (state->sha256 != NULL)
    g_key_file_set_string (file, GROUP, "sha256", state->sha256);
  g_key_file_set_uint64 (file, GROUP, "bytes", state->n_total);
  text = g_key_file_to_data (file, NULL, NULL);

  /* Under a name of our own until it is whole: a kill leaves at most that one, which the next
   * save overwrites. */
  if (!g_file_set_contents_full (state->next_path, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  if (g_rename (state->next_path, state->path) == 0)
    return TRUE;
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

void
download_state_remove (DownloadState *state)
{
  g_unlink (state->path);
  g_unlink (state->next_path);
}
