#include "reading-store.h"

#include <glib/gstdio.h>
#include <string.h>

/* What trimming may take away: a state, which only spares time, or all of a document. */
typedef struct
{
  char *path; /* (owned) */
  guint64 n_bytes;
  gint64 used; /* seconds */
  gboolean is_state;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->path);
  g_free (entry);
}

static Entry *
entry_new (const char *path,
           gboolean    is_state)
{
  Entry *entry = g_new0 (Entry, 1);
  GStatBuf status;

  entry->path = g_strdup (path);
  entry->is_state = is_state;
  if (g_stat (path, &status) == 0)
    {
      entry->used = status.st_mtime;
      entry->n_bytes = is_state ? status.st_size : 0;
    }
  return entry;
}

static guint64
get_file_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

static void
list_document (GPtrArray  *entries,
               const char *folder)
{
  Entry *whole = entry_new (folder, FALSE);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".state"))
        g_ptr_array_add (entries, entry_new (path, TRUE));
      else
        whole->n_bytes += get_file_size (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_add (entries, whole);
}

static GPtrArray *
list (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autofree char *cache
      = g_build_filename (g_get_user_cache_dir (), "baleen", "documents", NULL);
  GDir *dir = g_dir_open (cache, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (cache, name, NULL);

      list_document (entries, folder);
    }
  g_clear_pointer (&dir, g_dir_close);

  return entries;
}

static guint64
get_sum (GPtrArray *entries)
{
  guint64 sum = 0;

  for (guint i = 0; i < entries->len; i++)
    sum += ((Entry *) entries->pdata[i])->n_bytes;

  return sum;
}

guint64
baleen_reading_cache_get_size (void)
{
  g_autoptr (GPtrArray) entries = list ();

  return get_sum (entries);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Entry *entry_a = *(Entry *const *) a, *entry_b = *(Entry *const *) b;

  if (entry_a->is_state != entry_b->is_state)
    return entry_a->is_state ? -1 : 1;
  return entry_a->used < entry_b->used ? -1 : entry_a->used > entry_b->used;
}

static void
take_away (const Entry *entry)
{
  GDir *dir;
  const char *name;

  if (entry->is_state)
    {
      g_unlink (entry->path);
      return;
    }
  dir = g_dir_open (entry->path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (entry->path, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (entry->path);
}

void
baleen_reading_cache_trim (guint64 most_bytes)
{
  g_autoptr (GPtrArray) entries = list ();
  guint64 sum = get_sum (entries);

  g_ptr_array_sort (entries, compare);
  for (guint i = 0; i < entries->len && (sum > most_bytes || most_bytes == 0); i++)
    {
      Entry *entry = entries->pdata[i];

      take_away (entry);
      sum -= entry->n_bytes;
    }
}
