#include "found-models.h"

#include "json-parsing.h"
#include "model-library.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".gguf"
/* Folders below each other, and files in all: nobody has more models, and some links go in
 * circles. */
#define MOST_LEVELS 6
#define MOST_ENTRIES 20000
/* Of a manifest; real ones have a thousand bytes. */
#define MOST_MANIFEST_BYTES (1 << 20)

typedef struct
{
  GPtrArray *models;   /* (owned) */
  GHashTable *seen;    /* (owned) real paths */
  GCancellable *cancellable;
  const char *program;
  guint n_entries;
} Scan;

void
baleen_found_model_free (BaleenFoundModel *model)
{
  g_free (model->program);
  g_free (model->name);
  g_free (model->path);
  g_free (model);
}

/* ---- files ------------------------------------------------------------------------------- */

/* As a file may be called: no slash, no leading dot. */
static char *
make_name (const char *text)
{
  char *name = g_strdelimit (g_utf8_make_valid (text, -1), "/\\:\n\t ", '-');

  for (char *at = name; *at == '.'; at++)
    *at = '_';
  return name;
}

static guint64
get_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) ? (guint64) status.st_size : 0;
}

/* Of the parts that stand beside the first one. */
static guint64
get_size_of_all (const char *path)
{
  g_autoptr (GPtrArray) parts = baleen_model_library_list_parts (path);
  guint64 n_bytes = 0;

  for (guint i = 0; i < parts->len; i++)
    n_bytes += get_size (parts->pdata[i]);
  return n_bytes;
}

static void
add (Scan       *scan,
     const char *path,
     const char *name)
{
  g_autofree char *real = realpath (path, NULL);
  BaleenFoundModel *model;

  if (real == NULL || get_size (path) == 0 || g_hash_table_contains (scan->seen, real))
    return;
  g_hash_table_add (scan->seen, g_strdup (real));
  model = g_new0 (BaleenFoundModel, 1);
  model->program = g_strdup (scan->program);
  model->name = make_name (name);
  model->path = g_strdup (path);
  model->n_bytes = get_size_of_all (path);
  g_ptr_array_add (scan->models, model);
}

static gboolean
may_go_on (Scan *scan)
{
  return ++scan->n_entries <= MOST_ENTRIES && !g_cancellable_is_cancelled (scan->cancellable);
}

/* Every GGUF file under the folder, of a split the first one. */
static void
scan_folder (Scan       *scan,
             const char *folder,
             guint       level)
{
  g_autoptr (GDir) dir = level < MOST_LEVELS ? g_dir_open (folder, 0, NULL) : NULL;
  const char *base_name;

  while (dir != NULL && (base_name = g_dir_read_name (dir)) != NULL && may_go_on (scan))
    {
      g_autofree char *path = g_build_filename (folder, base_name, NULL);
      g_autofree char *name = baleen_model_library_name_file (base_name);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        scan_folder (scan, path, level + 1);
      else if (name != NULL && !g_str_has_prefix (base_name, "mmproj"))
        add (scan, path, name);
    }
}

static void
scan_in (Scan       *scan,
         const char *program,
         const char *folder, /* (nullable) */
         ...) G_GNUC_NULL_TERMINATED;

/* A folder by its parts. */
static void
scan_in (Scan       *scan,
         const char *program,
         const char *folder,
         ...)
{
  g_autofree char *path = NULL;
  va_list parts;

  if (folder == NULL || *folder == '\0')
    return;
  va_start (parts, folder);
  path = g_build_filename_valist (folder, &parts);
  va_end (parts);
  scan->program = program;
  scan_folder (scan, path, 0);
}

/* ---- Ollama ------------------------------------------------------------------------------ */

/* "sha256:" and 64 digits, as the name of a blob; NULL for anything else. */
static char *
name_blob (const char *digest)
{
  static const char prefix[] = "sha256:";
  const char *digits;

  if (digest == NULL || !g_str_has_prefix (digest, prefix))
    return NULL;
  digits = digest + strlen (prefix);
  if (strlen (digits) != 64 || strspn (digits, "0123456789abcdef") != 64)
    return NULL;
  return g_strconcat ("sha256-", digits, NULL);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : NULL;
}

/* The blob of the layer that is the model; NULL where there is none. */
static char *
read_manifest (const char *path)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *layers;

  if (get_size (path) > MOST_MANIFEST_BYTES)
    return NULL;
  root = baleen_json_parse_file (path, NULL);
  layers = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
               ? json_object_get_member (json_node_get_object (root), "layers") : NULL;
  if (layers == NULL || !JSON_NODE_HOLDS_ARRAY (layers))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (layers)); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (layers), i);
      JsonObject *layer = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (layer != NULL
          && g_strcmp0 (get_text (layer, "mediaType"), "application/vnd.ollama.image.model") == 0)
        return name_blob (get_text (layer, "digest"));
    }
  return NULL;
}

/* manifests/REGISTRY/OWNER/NAME/TAG; the folder's name and the file's are what people say. */
static void
scan_manifests (Scan       *scan,
                const char *blobs,
                const char *folder,
                const char *folder_name,
                guint       level)
{
  g_autoptr (GDir) dir = level < MOST_LEVELS ? g_dir_open (folder, 0, NULL) : NULL;
  const char *base_name;

  while (dir != NULL && (base_name = g_dir_read_name (dir)) != NULL && may_go_on (scan))
    {
      g_autofree char *path = g_build_filename (folder, base_name, NULL);
      g_autofree char *blob = NULL, *blob_path = NULL, *name = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          scan_manifests (scan, blobs, path, base_name, level + 1);
          continue;
        }
      blob = read_manifest (path);
      if (blob == NULL)
        continue;
      blob_path = g_build_filename (blobs, blob, NULL);
      name = g_str_equal (base_name, "latest") ? g_strdup (folder_name)
                                               : g_strjoin ("-", folder_name, base_name, NULL);
      add (scan, blob_path, name);
    }
}

static void
scan_ollama (Scan       *scan,
             const char *folder)
{
  g_autofree char *manifests = g_build_filename (folder, "manifests", NULL);
  g_autofree char *blobs = g_build_filename (folder, "blobs", NULL);

  scan->program = "Ollama";
  scan_manifests (scan, blobs, manifests, "", 0);
}

static void
scan_all_ollama (Scan       *scan,
                 const char *home)
{
  const char *named = g_getenv ("OLLAMA_MODELS");
  g_autofree char *own = g_build_filename (home, ".ollama", "models", NULL);
  static const char *const services[] = { "/usr/share/ollama/.ollama/models",
                                          "/var/lib/ollama/models" };

  if (named != NULL && *named != '\0')
    scan_ollama (scan, named);
  scan_ollama (scan, own);
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    scan_ollama (scan, services[i]);
}

/* ---- others ------------------------------------------------------------------------------ */

static void
scan_gpt4all (Scan       *scan,
              const char *home)
{
  g_autoptr (GKeyFile) settings = g_key_file_new ();
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "nomic.ai", "GPT4All.ini",
                                            NULL);
  g_autofree char *named = NULL;

  if (g_key_file_load_from_file (settings, path, G_KEY_FILE_NONE, NULL))
    named = g_key_file_get_string (settings, "General", "modelPath", NULL);
  scan_in (scan, "GPT4All", named, NULL);
  scan_in (scan, "GPT4All", g_get_user_data_dir (), "nomic.ai", "GPT4All", NULL);
}

/* Snapshots are links with the files' own names; what they lead to has none. */
static void
scan_hugging_face (Scan       *scan,
                   const char *home)
{
  static const char program[] = "Hugging Face";

  scan_in (scan, program, g_getenv ("HF_HUB_CACHE"), NULL);
  scan_in (scan, program, g_getenv ("HUGGINGFACE_HUB_CACHE"), NULL);
  scan_in (scan, program, g_getenv ("HF_HOME"), "hub", NULL);
  scan_in (scan, program, g_get_user_cache_dir (), "huggingface", "hub", NULL);
  scan_in (scan, program, home, ".cache", "huggingface", "hub", NULL);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const BaleenFoundModel *x = *(BaleenFoundModel *const *) a, *y = *(BaleenFoundModel *const *) b;
  const int by_program = strcmp (x->program, y->program);

  return by_program != 0 ? by_program : strcmp (x->name, y->name);
}

static void
mark_linked (GPtrArray *models)
{
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, free, NULL);
  g_auto (GStrv) names = baleen_model_library_list ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = baleen_model_library_resolve (names[i], NULL);
      char *real = path != NULL ? realpath (path, NULL) : NULL;

      if (real != NULL)
        g_hash_table_add (there, real);
    }
  for (guint i = 0; i < models->len; i++)
    {
      BaleenFoundModel *model = models->pdata[i];
      g_autofree char *real = realpath (model->path, NULL);

      model->is_linked = real != NULL && g_hash_table_contains (there, real);
    }
}

GPtrArray *
baleen_found_models_scan (GCancellable *cancellable)
{
  const char *home = g_get_home_dir ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Scan scan = {
    .models = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_found_model_free),
    .seen = seen,
    .cancellable = cancellable,
  };

  scan_in (&scan, "LM Studio", home, ".lmstudio", "models", NULL);
  scan_in (&scan, "LM Studio", home, ".cache", "lm-studio", "models", NULL);
  scan_all_ollama (&scan, home);
  scan_gpt4all (&scan, home);
  scan_hugging_face (&scan, home);
  mark_linked (scan.models);
  g_ptr_array_sort (scan.models, compare);

  return scan.models;
}

/* ---- links ------------------------------------------------------------------------------- */

static gboolean
fail_link (const char *path,
           int         failure,
           GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
               _("“%s” could not be put into the library: %s. Look whether its folder may be "
                 "written."), shown, g_strerror (failure));
  return FALSE;
}

/* A link of this name to this file; one that is there already is as good. */
static gboolean
link_part (const char *part,
           const char *to,
           GError    **error)
{
  g_autofree char *target = g_canonicalize_filename (part, NULL);
  g_autofree char *there = NULL;

  if (symlink (target, to) == 0)
    return TRUE;
  if (errno != EEXIST)
    return fail_link (to, errno, error);
  there = g_file_read_link (to, NULL);
  return g_strcmp0 (there, target) == 0 || fail_link (to, EEXIST, error);
}

/* “name”, or “name-2” where something else has that name. */
static char *
find_free_name (const char *folder,
                const char *wanted,
                const char *path)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (wanted) : g_strdup_printf ("%s-%u", wanted, i);
      g_autofree char *file = baleen_model_library_name_part (name, path);
      g_autofree char *to = g_build_filename (folder, file, NULL);
      g_autofree char *there = g_file_read_link (to, NULL);

      if ((there == NULL && !g_file_test (to, G_FILE_TEST_EXISTS))
          || g_strcmp0 (there, path) == 0)
        return g_steal_pointer (&name);
    }
}

char *
baleen_model_library_link (const char *path,
                           const char *wanted,
                           GError    **error)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *target = g_canonicalize_filename (path, NULL);
  g_autofree char *base_name = g_path_get_basename (target);
  g_autofree char *own = baleen_model_library_name_file (base_name);
  g_autofree char *valid = make_name (wanted != NULL ? wanted : own != NULL ? own : base_name);
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) parts = baleen_model_library_list_parts (target);

  if (g_mkdir_with_parents (folders[0], 0700) != 0)
    return fail_link (folders[0], errno, error), NULL;
  name = find_free_name (folders[0], valid, target);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *file = baleen_model_library_name_part (name, parts->pdata[i]);
      g_autofree char *to = g_build_filename (folders[0], file, NULL);

      if (!link_part (parts->pdata[i], to, error))
        return NULL;
    }

  return g_steal_pointer (&name);
}

char *
baleen_found_model_link (const BaleenFoundModel *model,
                         GError                **error)
{
  return baleen_model_library_link (model->path, model->name, error);
}
