#include "downloads-file.h"

#include "download.h"
#include "json-parsing.h"
#include "json-reading.h"
#include "json-writing.h"

#include <glib/gstdio.h>
#include <string.h>

void
baleen_kept_download_free (BaleenKeptDownload *kept)
{
  g_object_unref (kept->download);
  g_free (kept);
}

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", "downloads.json", NULL);
}

/* ---- reading ---------------------------------------------------------------------------- */

/* A name is a file in the folder and nothing else. */
static gboolean
is_name (const char *name)
{
  return name != NULL && *name != '\0' && *name != '.' && strchr (name, '/') == NULL;
}

static char **
read_mirrors (JsonArray *array)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *url = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (url != NULL)
        g_strv_builder_add (urls, url);
    }

  return n > 0 ? g_strv_builder_end (urls) : NULL;
}

static GPtrArray *
read_files (JsonArray *array)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = baleen_json_object (json_array_get_element (array, i));
      BaleenModelFile *file = g_new0 (BaleenModelFile, 1);

      file->url = baleen_json_dup_string (object, "url");
      file->mirrors = read_mirrors (baleen_json_get_array (object, "mirrors"));
      file->name = baleen_json_dup_string (object, "name");
      file->sha256 = baleen_json_dup_string (object, "sha256");
      file->n_bytes = MAX (baleen_json_get_whole (object, "bytes"), 0);
      if (file->url != NULL && is_name (file->name))
        g_ptr_array_add (files, file);
      else
        baleen_model_file_free (file);
    }

  return files;
}

static BaleenKeptDownload *
read_one (JsonObject *object)
{
  g_autofree char *title = baleen_json_dup_string (object, "title");
  g_autofree char *folder = baleen_json_dup_string (object, "folder");
  g_autoptr (GPtrArray) files = read_files (baleen_json_get_array (object, "files"));
  BaleenKeptDownload *kept;

  if (title == NULL || folder == NULL || files->len == 0)
    return NULL;
  kept = g_new0 (BaleenKeptDownload, 1);
  kept->download = baleen_model_download_new (title, g_steal_pointer (&files), folder);
  baleen_model_download_set_about_bytes (kept->download,
                                         MAX (baleen_json_get_whole (object, "about"), 0));
  kept->was_paused = baleen_json_get_flag (object, "paused");
  kept->cancelled = baleen_json_get_whole (object, "cancelled");

  return kept;
}

GPtrArray *
baleen_downloads_file_load (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_kept_download_free);
  g_autofree char *path = get_path ();
  g_autoptr (JsonNode) root = baleen_json_parse_file (path, NULL);
  JsonArray *array;

  array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      BaleenKeptDownload *kept = read_one (baleen_json_object (json_array_get_element (array, i)));

      if (kept != NULL)
        g_ptr_array_add (all, kept);
    }

  return all;
}

/* ---- writing ---------------------------------------------------------------------------- */

static void
write_mirrors (JsonBuilder *builder,
               char       **mirrors)
{
  json_builder_set_member_name (builder, "mirrors");
  json_builder_begin_array (builder);
  for (gsize i = 0; mirrors[i] != NULL; i++)
    json_builder_add_string_value (builder, mirrors[i]);
  json_builder_end_array (builder);
}

static void
write_one (JsonBuilder              *builder,
           const BaleenKeptDownload *kept)
{
  GPtrArray *files = baleen_model_download_get_files (kept->download);

  json_builder_begin_object (builder);
  baleen_json_add_text_if_any (builder, "title", baleen_model_download_get_title (kept->download));
  baleen_json_add_text_if_any (builder, "folder",
                               baleen_model_download_get_folder (kept->download));
  baleen_json_add_whole (builder, "about", baleen_model_download_get_n_total (kept->download));
  baleen_json_add_flag (builder, "paused", kept->was_paused);
  baleen_json_add_whole (builder, "cancelled", kept->cancelled);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const BaleenModelFile *file = files->pdata[i];

      json_builder_begin_object (builder);
      baleen_json_add_text_if_any (builder, "url", file->url);
      if (file->mirrors != NULL)
        write_mirrors (builder, file->mirrors);
      baleen_json_add_text_if_any (builder, "name", file->name);
      baleen_json_add_text_if_any (builder, "sha256", file->sha256);
      baleen_json_add_whole (builder, "bytes", file->n_bytes);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* A folder that cannot be written costs the going on by itself, and nothing else: the parts know
 * where they are from. */
void
baleen_downloads_file_save (GPtrArray *kept)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < kept->len; i++)
    write_one (builder, kept->pdata[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

void
baleen_downloads_file_remove_parts (BaleenModelDownload *download)
{
  GPtrArray *files = baleen_model_download_get_files (download);

  for (guint i = 0; i < files->len; i++)
    {
      const BaleenModelFile *file = files->pdata[i];
      g_autofree char *base = g_build_filename (
          baleen_model_download_get_folder (download), file->name, NULL);

      baleen_download_forget (base);
    }
}
