#include "template-library.h"

#include "data-folder.h"
#include "template-parser.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

char *
baleen_template_library_get_own_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", "templates", NULL);
}

char *
baleen_template_library_get_own_path (const char *id)
{
  g_autofree char *folder = baleen_template_library_get_own_folder ();
  g_autofree char *name = g_strconcat (id, ".md", NULL);

  return g_build_filename (folder, name, NULL);
}

gboolean
baleen_template_library_is_own (const char *id)
{
  g_autofree char *path = baleen_template_library_get_own_path (id);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The Markdown files of a folder in the order of their names, so that which of two comes first
 * is no matter of chance. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && names->len < BALEEN_TEMPLATE_LIBRARY_MOST_FILES
         && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".md") && *name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_sort (names, compare_names);

  return names;
}

/* `here` has the ids of this folder. */
static void
add_file (BaleenTemplateLibrary *library,
          const char            *folder,
          const char            *name,
          GHashTable            *here)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  BaleenTemplate *template_ = baleen_template_load (path, &error);

  if (template_ == NULL)
    {
      g_ptr_array_add (library->problems, g_strdup (error->message));
      return;
    }
  if (!g_hash_table_contains (library->by_id, template_->id))
    {
      g_ptr_array_add (library->templates, template_);
      g_hash_table_insert (library->by_id, template_->id, template_);
      g_hash_table_add (here, template_->id);
      return;
    }
  /* One of the person's own in place of ours is meant; two in one folder are a mistake. */
  if (g_hash_table_contains (here, template_->id))
    g_ptr_array_add (library->problems,
                     g_strdup_printf (_("“%s” is left out: another template has the id “%s”."),
                                      name, template_->id));
  baleen_template_free (template_);
}

/* Returns how many files there are. */
static guint
add_folder (BaleenTemplateLibrary *library,
            const char            *folder)
{
  g_autoptr (GPtrArray) names = list_files (folder);
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < names->len; i++)
    add_file (library, folder, g_ptr_array_index (names, i), here);

  return names->len;
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const BaleenTemplate *one = *(const BaleenTemplate *const *) a;
  const BaleenTemplate *other = *(const BaleenTemplate *const *) b;
  int order = strcmp (one->language, other->language);

  return order != 0 ? order : g_utf8_collate (one->title, other->title);
}

BaleenTemplateLibrary *
baleen_template_library_new (void)
{
  BaleenTemplateLibrary *library = g_new0 (BaleenTemplateLibrary, 1);
  g_autofree char *own = baleen_template_library_get_own_folder ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = baleen_data_folder_find (&error);

  library->templates = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_template_free);
  library->problems = g_ptr_array_new_with_free_func (g_free);
  library->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  library->n_own = add_folder (library, own);
  if (data != NULL)
    {
      g_autofree char *shipped = g_build_filename (data, "templates", NULL);

      add_folder (library, shipped);
    }
  else
    g_ptr_array_add (library->problems, g_strdup (error->message));
  g_ptr_array_sort (library->templates, compare_titles);

  return library;
}

void
baleen_template_library_free (BaleenTemplateLibrary *library)
{
  if (library == NULL)
    return;

  g_hash_table_unref (library->by_id);
  g_ptr_array_unref (library->templates);
  g_ptr_array_unref (library->problems);
  g_free (library);
}

const BaleenTemplate *
baleen_template_library_find (BaleenTemplateLibrary  *library,
                              const char             *id,
                              GError                **error)
{
  const BaleenTemplate *template_;

  g_return_val_if_fail (library != NULL && id != NULL, NULL);

  template_ = g_hash_table_lookup (library->by_id, id);
  if (template_ == NULL)
    g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                 _("There is no template “%s”. “baleen templates list” shows those there are."),
                 id);

  return template_;
}

gboolean
baleen_template_matches (const BaleenTemplate *template_,
                         const char           *words)
{
  g_autofree char *tags = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  g_auto (GStrv) needles = NULL;

  if (*words == '\0')
    return TRUE;

  tags = g_strjoinv (" ", template_->tags);
  all = g_strjoin (" ", template_->id, template_->title, tags, template_->body,
                                    NULL);
  text = g_utf8_casefold (all, -1);
  folded = g_utf8_casefold (words, -1);
  needles = g_strsplit_set (folded, " \t", -1);
  for (gsize i = 0; needles[i] != NULL; i++)
    if (strstr (text, needles[i]) == NULL)
      return FALSE;

  return TRUE;
}

gboolean
baleen_template_library_save (const BaleenTemplate  *template_,
                              gboolean               may_replace,
                              GError               **error)
{
  g_autofree char *path = baleen_template_library_get_own_path (template_->id);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) problem = NULL;

  if (!may_replace && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   _("You have a template “%s” already. Give the new one another id."),
                   template_->id);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   _("The folder “%s” cannot be made: %s. Check its permissions."), folder,
                   g_strerror (errno));
      return FALSE;
    }

  if (g_file_set_contents (path, template_->source, -1, &problem))
    return TRUE;
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                 _("The template “%s” could not be kept: the disk is full. Make room there."),
                 template_->id);
  else
    g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static gboolean
looks_like_path (const char *text)
{
  return strchr (text, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (text, ".md")
         || g_file_test (text, G_FILE_TEST_IS_REGULAR);
}

BaleenTemplate *
baleen_template_library_open (const char  *id_or_path,
                              GError     **error)
{
  g_autoptr (BaleenTemplateLibrary) library = NULL;
  const BaleenTemplate *found;

  if (looks_like_path (id_or_path))
    return baleen_template_load (id_or_path, error);

  library = baleen_template_library_new ();
  found = baleen_template_library_find (library, id_or_path, error);

  return found != NULL
             ? baleen_template_parse (found->id, found->source, strlen (found->source), error)
             : NULL;
}
