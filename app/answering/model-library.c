#include "model-library.h"

#include "data-folder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".gguf"

BaleenCatalogue *
baleen_catalogue_load (GError **error)
{
  g_autofree char *folder = baleen_data_folder_find (error);
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;
  gsize length;

  if (folder == NULL)
    return NULL;

  path = g_build_filename (folder, "catalogue.json", NULL);
  if (!g_file_get_contents (path, &json, &length, error))
    return NULL;

  return baleen_catalogue_new (json, length, g_get_language_names (), error);
}

static GMutex own_lock;
static char *own_folder; /* (owned) (nullable) */

void
baleen_model_library_set_own_folder (const char *folder)
{
  g_mutex_lock (&own_lock);
  g_free (own_folder);
  own_folder = folder != NULL && *folder != '\0' ? g_strdup (folder) : NULL;
  g_mutex_unlock (&own_lock);
}

static char *
dup_own_folder (void)
{
  char *folder;

  g_mutex_lock (&own_lock);
  folder = g_strdup (own_folder);
  g_mutex_unlock (&own_lock);

  return folder != NULL ? folder
                        : g_build_filename (g_get_user_data_dir (), "baleen", "models", NULL);
}

char **
baleen_model_library_get_folders (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *data_folder = baleen_data_folder_find (NULL);
  g_autofree char *own = dup_own_folder ();

  g_strv_builder_add (builder, own);
  if (data_folder != NULL)
    {
      g_autofree char *shipped = g_build_filename (data_folder, "models", NULL);

      g_strv_builder_add (builder, shipped);
    }

  return g_strv_builder_end (builder);
}

/* “name-00002-of-00003.gguf”: how many bytes before the part number, 0 for a file that is no
 * part of a split. */
static gsize
split_stem_length (const char *base_name)
{
  static const char pattern[] = "-00000-of-00000" SUFFIX;
  gsize length = strlen (base_name);
  gsize n_pattern = strlen (pattern);
  const char *tail;

  if (length <= n_pattern)
    return 0;

  tail = base_name + length - n_pattern;
  for (gsize i = 0; i < n_pattern; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (tail[i]) : tail[i] != pattern[i])
      return 0;

  return length - n_pattern;
}

char *
baleen_model_library_name_file (const char *base_name)
{
  gsize n_stem = split_stem_length (base_name);

  if (!g_str_has_suffix (base_name, SUFFIX))
    return NULL;
  if (n_stem == 0)
    return g_strndup (base_name, strlen (base_name) - strlen (SUFFIX));
  if (!g_str_has_prefix (base_name + n_stem, "-00001-"))
    return NULL;

  return g_strndup (base_name, n_stem);
}

GPtrArray *
baleen_model_library_list_parts (const char *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *base_name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  const gsize n_stem = split_stem_length (base_name);
  const guint64 n_parts
      = n_stem > 0 ? g_ascii_strtoull (base_name + n_stem + strlen ("-00000-of-"), NULL, 10) : 0;

  if (n_stem == 0)
    g_ptr_array_add (parts, g_strdup (path));
  for (guint64 i = 1; i <= n_parts; i++)
    {
      g_autofree char *part
          = g_strdup_printf ("%.*s-%05u-of-%05u" SUFFIX, (int) n_stem, base_name, (guint) i,
                             (guint) n_parts);

      g_ptr_array_add (parts, g_build_filename (folder, part, NULL));
    }
  return parts;
}

char *
baleen_model_library_name_part (const char *name,
                                const char *path)
{
  g_autofree char *base_name = g_path_get_basename (path);
  const gsize n_stem = split_stem_length (base_name);

  return g_strconcat (name, n_stem > 0 ? base_name + n_stem : SUFFIX, NULL);
}

gboolean
baleen_model_library_remove (const char *name,
                             GError    **error)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *path = baleen_model_library_resolve (name, error);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autoptr (GPtrArray) parts = NULL;

  if (path == NULL)
    return FALSE;
  if (!g_str_equal (folder, folders[0]))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                   _("“%s” is not in Baleen's own folder and stays where it is: %s"), name, path);
      return FALSE;
    }
  /* The first part last: without it nobody would know of the others. */
  parts = baleen_model_library_list_parts (path);
  for (guint i = parts->len; i-- > 0;)
    if (g_unlink (parts->pdata[i]) != 0 && errno != ENOENT)
      {
        g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                     _("“%s” could not be removed. Look whether its folder may be written."),
                     (char *) parts->pdata[i]);
        return FALSE;
      }

  return TRUE;
}

typedef gboolean (*FileFunc) (const char *path,
                              const char *name,
                              gpointer    user_data);

/* Calls `func` for each model file until it returns TRUE. */
static void
foreach_file (FileFunc func,
              gpointer user_data)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  gboolean is_done = FALSE;

  for (gsize i = 0; folders[i] != NULL && !is_done; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *base_name;

      while (dir != NULL && !is_done && (base_name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folders[i], base_name, NULL);
          g_autofree char *name = baleen_model_library_name_file (base_name);

          if (name != NULL)
            is_done = func (path, name, user_data);
        }
    }
}

typedef struct
{
  const char *wanted;
  char *path; /* (owned) (nullable) */
} Search;

static gboolean
match_file_cb (const char *path,
               const char *name,
               gpointer    user_data)
{
  Search *search = user_data;
  g_autofree char *base_name = g_path_get_basename (path);

  if (!g_str_equal (name, search->wanted) && !g_str_equal (base_name, search->wanted))
    return FALSE;

  search->path = g_strdup (path);
  return TRUE;
}

static char *
find_file (const char *wanted)
{
  Search search = { wanted, NULL };

  foreach_file (match_file_cb, &search);
  return search.path;
}

static gboolean
collect_name_cb (const char *path,
                 const char *name,
                 gpointer    user_data)
{
  GPtrArray *names = user_data;

  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));

  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
baleen_model_library_list (void)
{
  GPtrArray *names = g_ptr_array_new ();

  foreach_file (collect_name_cb, names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

static char *
resolve_built_in (GError **error)
{
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (error);
  const BaleenCatalogueEntry *entry;
  char *path;

  if (catalogue == NULL)
    return NULL;

  entry = baleen_catalogue_get_default (catalogue);
  path = find_file (entry->file);
  if (path == NULL)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 _("The built-in model “%s” is not there. Install Baleen again, or name "
                   "another model with --model."),
                 entry->file);

  return path;
}

static char *
resolve_name (const char *name)
{
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_load (NULL);
  const BaleenCatalogueEntry *entry;

  entry = catalogue != NULL ? baleen_catalogue_find_id (catalogue, name) : NULL;

  return find_file (entry != NULL ? entry->file : name);
}

char *
baleen_model_library_resolve (const char  *name,
                              GError     **error)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *shown = NULL;
  char *path;

  if (name == NULL)
    return resolve_built_in (error);
  if (g_file_test (name, G_FILE_TEST_EXISTS) || strchr (name, G_DIR_SEPARATOR) != NULL)
    return g_strdup (name);

  path = resolve_name (name);
  if (path != NULL)
    return path;

  names = baleen_model_library_list ();
  joined = g_strjoinv (", ", names);
  shown = g_filename_display_name (name);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
               _("“%s” is neither a file nor a model in the library. Give a path to a GGUF "
                 "file or one of: %s."),
               shown, joined);
  return NULL;
}
