#include "model-address.h"

#include "download.h"
#include "exchange.h"
#include "json-parsing.h"
#include "streaming.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define USUAL_QUANTIZATION "Q4_K_M"
#define LIST_SECONDS 30
#define MOST_PARTS 999
#define MODELSCOPE "https://modelscope.cn"
#define HF_MIRROR "hf-mirror.com"

void
baleen_model_file_free (BaleenModelFile *file)
{
  g_free (file->url);
  g_strfreev (file->mirrors);
  g_free (file->name);
  g_free (file->sha256);
  g_free (file);
}

static BaleenModelFile *
file_new (const char *url,
          const char *name,
          const char *sha256,
          guint64     n_bytes)
{
  BaleenModelFile *file = g_new0 (BaleenModelFile, 1);

  file->url = g_strdup (url);
  file->name = g_strdup (name);
  file->sha256 = sha256 != NULL && baleen_download_is_sha256 (sha256) ? g_strdup (sha256) : NULL;
  file->n_bytes = n_bytes;

  return file;
}

static GPtrArray *
files_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);
}

/* ---- choosing ---------------------------------------------------------------------------- */

/* What parts of a split model have in common: “a/model-00002-of-00003.gguf” → “a/model”. */
static char *
get_stem (const char *path)
{
  g_autofree char *base = g_strndup (path, strlen (path) - strlen (".gguf"));
  g_autoptr (GRegex) regex = g_regex_new ("-[0-9]{5}-of-[0-9]{5}$", 0, 0, NULL);

  return g_regex_replace_literal (regex, base, -1, 0, "", 0, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(const BaleenModelFile *const *) a)->name,
                 (*(const BaleenModelFile *const *) b)->name);
}

static GPtrArray *
take_parts (GPtrArray  *files,
            const char *stem)
{
  GPtrArray *parts = files_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const BaleenModelFile *file = files->pdata[i];
      g_autofree char *own = get_stem (file->name);

      if (g_str_equal (own, stem))
        g_ptr_array_add (parts,
                         file_new (file->url, file->name, file->sha256, file->n_bytes));
    }
  g_ptr_array_sort (parts, compare_names);

  return parts;
}

static gboolean
has_word (const char *stem,
          const char *word)
{
  g_autofree char *low_stem = g_ascii_strdown (stem, -1);
  g_autofree char *low_word = g_ascii_strdown (word, -1);
  const char *at = low_stem;

  while ((at = strstr (at, low_word)) != NULL)
    {
      char before = at > low_stem ? at[-1] : '-', after = at[strlen (low_word)];

      if (!g_ascii_isalnum (before) && before != '_' && !g_ascii_isalnum (after) && after != '_')
        return TRUE;
      at++;
    }

  return FALSE;
}

GPtrArray *
baleen_model_address_choose (GPtrArray  *files,
                             const char *word,
                             GError    **error)
{
  g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *names = NULL;
  const char *chosen = NULL;
  guint n_fitting = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *stem = get_stem (((BaleenModelFile *) files->pdata[i])->name);

      if (!g_ptr_array_find_with_equal_func (stems, stem, g_str_equal, NULL))
        g_ptr_array_add (stems, g_steal_pointer (&stem));
    }
  for (guint i = 0; i < stems->len; i++)
    if (has_word (stems->pdata[i], word != NULL ? word : USUAL_QUANTIZATION))
      {
        chosen = stems->pdata[i];
        n_fitting++;
      }
  if (word == NULL && stems->len == 1)
    return take_parts (files, stems->pdata[0]);
  if (n_fitting == 1)
    return take_parts (files, chosen);

  g_ptr_array_add (stems, NULL);
  names = g_strjoinv (", ", (char **) stems->pdata);
  if (stems->len == 1)
    g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                         _("There is no GGUF file in this repository. Look for one whose name "
                           "ends with GGUF."));
  else
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                 _("There are several models in this repository; say which one behind a colon, "
                   "like “:Q8_0”: %s"), names);
  return NULL;
}

/* ---- lists of repositories --------------------------------------------------------------- */

static gboolean
ignore_cb (const char *data,
           gpointer    user_data)
{
  return TRUE;
}

static JsonNode *
get_json (const char   *url,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_auto (BaleenStreamed) streamed = { 0 };
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  JsonNode *root;

  if (!baleen_streaming_run (&streamed, message, BALEEN_PURPOSE_DOWNLOAD, LIST_SECONDS, ignore_cb,
                             NULL, cancellable, error))
    return NULL;
  if (streamed.status == 404 || streamed.status == 401)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                   _("%s has no such repository, or does not show it to everybody. Check its "
                     "name."), host);
      return NULL;
    }
  root = streamed.status == 200 ? baleen_json_parse (streamed.body, -1, NULL) : NULL;
  if (root == NULL)
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                 _("%s does not say which files the repository has (%u). Try again later."), host,
                 streamed.status);

  return root;
}

static JsonNode *
get_member (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

static const char *
get_text (JsonNode   *node,
          const char *name)
{
  JsonNode *member = get_member (node, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member)
                 && json_node_get_value_type (member) == G_TYPE_STRING
             ? json_node_get_string (member) : NULL;
}

static guint64
get_count (JsonNode   *node,
           const char *name)
{
  JsonNode *member = get_member (node, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member)
                 && json_node_get_value_type (member) == G_TYPE_INT64
             ? MAX (0, json_node_get_int (member)) : 0;
}

/* Each file with the member names that this place uses. */
static GPtrArray *
read_list (JsonNode   *list,
           const char *file_prefix,
           const char *path_name,
           const char *size_name,
           const char *digest_parent,
           const char *digest_name)
{
  GPtrArray *files = files_new ();
  JsonArray *items = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      const char *path = get_text (item, path_name);
      JsonNode *holder = digest_parent != NULL ? get_member (item, digest_parent) : item;
      g_autofree char *escaped = NULL, *url = NULL;

      /* A projector of pictures is no model of its own. */
      if (path == NULL || !g_str_has_suffix (path, ".gguf") || strstr (path, "mmproj") != NULL)
        continue;
      escaped = g_uri_escape_string (path, "/", FALSE);
      url = g_strconcat (file_prefix, escaped, NULL);
      g_ptr_array_add (files, file_new (url, path, get_text (holder, digest_name),
                                        get_count (item, size_name)));
    }

  return files;
}

/* What stands in for Hugging Face, or it; with one slash at the end. */
static char *
make_base (const char *mirror)
{
  const char *base = mirror != NULL && *mirror != '\0' ? mirror : BALEEN_HUGGING_FACE;

  return g_str_has_suffix (base, "/") ? g_strdup (base) : g_strconcat (base, "/", NULL);
}

static GPtrArray *
list_hugging_face (const char   *repository,
                   const char   *mirror,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autofree char *base = make_base (mirror);
  g_autofree char *url
      = g_strdup_printf ("%sapi/models/%s/tree/main?recursive=true", base, repository);
  g_autofree char *prefix = g_strdup_printf ("%s%s/resolve/main/", base, repository);
  g_autoptr (JsonNode) root = get_json (url, cancellable, error);

  return root != NULL ? read_list (root, prefix, "path", "size", "lfs", "oid") : NULL;
}

GPtrArray *
baleen_model_address_read_modelscope (const char *repository,
                                      JsonNode   *root)
{
  g_autofree char *prefix
      = g_strdup_printf (MODELSCOPE "/models/%s/resolve/master/", repository);

  return read_list (get_member (get_member (root, "Data"), "Files"), prefix, "Path", "Size", NULL,
                    "Sha256");
}

static GPtrArray *
list_modelscope (const char   *repository,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autofree char *url = g_strdup_printf (
      MODELSCOPE "/api/v1/models/%s/repo/files?Recursive=true", repository);
  g_autoptr (JsonNode) root = get_json (url, cancellable, error);

  return root != NULL ? baleen_model_address_read_modelscope (repository, root) : NULL;
}

/* Who writes the address of this mirror means it: what it stands in for cannot be reached from
 * everywhere. */
static const char *
choose_mirror (const char *site,
               const char *mirror)
{
  return strstr (site, HF_MIRROR) != NULL ? "https://" HF_MIRROR : mirror;
}

/* ---- addresses --------------------------------------------------------------------------- */

/* Names here are file names: folders of the repository stay there. */
static GPtrArray *
name_files (GPtrArray *files,
            GError   **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      BaleenModelFile *file = files->pdata[i];
      char *name = baleen_download_make_name (file->name, ".gguf");

      if (name == NULL)
        {
          g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                       _("“%s” names no file."), file->name);
          g_ptr_array_unref (files);
          return NULL;
        }
      g_free (file->name);
      file->name = name;
    }

  return files;
}

/* As people copy them: without “https://”, with the short name of the site, of the page about a
 * file instead of the file. What Hugging Face has may come from a mirror. */
static char *
complete_address (const char *address,
                  const char *mirror)
{
  static const struct { const char *page, *file; } pages[] = {
    { "/blob/", "/resolve/" }, { "/file/view/", "/resolve/" },
  };
  g_autoptr (GRegex) site = g_regex_new ("^(https://)?(hf\\.co|huggingface\\.co)/", 0, 0, NULL);
  g_autoptr (GRegex) other
      = g_regex_new ("^(hf-mirror\\.com|(www\\.)?modelscope\\.(cn|ai))/", 0, 0, NULL);
  g_autofree char *base = make_base (mirror);
  g_autofree char *whole = g_regex_replace_literal (site, address, -1, 0, base, 0, NULL);
  char *text = g_regex_match (other, whole, 0, NULL) ? g_strconcat ("https://", whole, NULL)
                                                     : g_strdup (whole);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_auto (GStrv) halves = g_strsplit (text, pages[i].page, 2);

      if (g_strv_length (halves) != 2)
        continue;
      g_free (text);
      text = g_strjoin (pages[i].file, halves[0], halves[1], NULL);
    }

  return text;
}

/* Of a split model all parts, whichever of them was named. */
static GPtrArray *
list_parts (const char *url,
            const char *path)
{
  g_autoptr (GRegex) regex = g_regex_new ("-[0-9]{5}-of-([0-9]{5})\\.gguf", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *count = NULL;
  GPtrArray *files = files_new ();
  guint64 n = 1;

  if (g_regex_match (regex, path, 0, &match))
    {
      count = g_match_info_fetch (match, 1);
      n = g_ascii_strtoull (count, NULL, 10);
    }
  if (n < 2 || n > MOST_PARTS)
    {
      g_ptr_array_add (files, file_new (url, path, NULL, 0));
      return files;
    }
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *part = g_strdup_printf ("-%05u-of-%s.gguf", i, count);
      g_autofree char *part_url = g_regex_replace_literal (regex, url, -1, 0, part, 0, NULL);
      g_autofree char *part_path = g_regex_replace_literal (regex, path, -1, 0, part, 0, NULL);

      g_ptr_array_add (files, file_new (part_url, part_path, NULL, 0));
    }

  return files;
}

static GPtrArray *
resolve_file (const char *address,
              const char *mirror,
              GError    **error)
{
  g_autofree char *whole = complete_address (address, mirror);
  g_autoptr (GUri) uri = baleen_web_address_parse (whole, error);
  g_autofree char *text = uri != NULL ? g_uri_to_string (uri) : NULL;

  return uri != NULL ? name_files (list_parts (text, g_uri_get_path (uri)), error) : NULL;
}

GPtrArray *
baleen_model_address_resolve (const char   *address,
                              const char   *mirror,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "^(?:(?<site>(?:https://)?(?:huggingface\\.co|hf\\.co|hf-mirror\\.com)|hf:|"
      "(?:https://)?(?:www\\.)?modelscope\\.(?:cn|ai)/models|ms:)/?)?"
      "(?<repository>[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*?)"
      "(?:/tree/[^:]*|/files|/summary|/)?"
      "(?::(?<word>[A-Za-z0-9._-]+))?$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *site = NULL, *repository = NULL, *word = NULL;
  g_autoptr (GPtrArray) files = NULL, chosen = NULL;

  if (!g_regex_match (regex, address, 0, &match))
    return resolve_file (address, mirror, error);
  site = g_match_info_fetch_named (match, "site");
  repository = g_match_info_fetch_named (match, "repository");
  word = g_match_info_fetch_named (match, "word");
  files = strstr (site, "modelscope") != NULL || g_str_equal (site, "ms:")
              ? list_modelscope (repository, cancellable, error)
              : list_hugging_face (repository, choose_mirror (site, mirror), cancellable, error);
  if (files == NULL)
    return NULL;
  chosen = baleen_model_address_choose (files, *word != '\0' ? word : NULL, error);

  return chosen != NULL ? name_files (g_steal_pointer (&chosen), error) : NULL;
}
