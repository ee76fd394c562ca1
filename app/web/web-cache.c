#include "web-cache.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* Files beyond this many go, the oldest first. */
#define MOST_FILES 400
#define DAY_SECONDS (24 * 60 * 60)

static gint kept_seconds = DAY_SECONDS; /* (atomic) */

/* The type goes into the name, so that a newer program never reads an older one's form. */
static char *
get_path (const char *kind,
          const char *key,
          const char *type)
{
  g_autofree char *all = g_strjoin ("\n", kind, type, key, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_build_filename (g_get_user_cache_dir (), "baleen", "web", digest, NULL);
}

static gboolean
is_old (const char *path,
        guint       most_seconds)
{
  const gint64 kept = g_atomic_int_get (&kept_seconds);
  GStatBuf status;

  return g_stat (path, &status) != 0
         || g_get_real_time () / G_USEC_PER_SEC - status.st_mtime
                > (most_seconds > 0 ? MIN (kept, most_seconds) : kept);
}

GVariant *
baleen_web_cache_get (const char *kind,
                      const char *key,
                      const char *type,
                      guint       most_seconds)
{
  g_autofree char *path = get_path (kind, key, type);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  if (is_old (path, most_seconds) || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (text, length);
  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  return g_variant_is_normal_form (value) ? g_steal_pointer (&value) : NULL;
}

typedef struct
{
  char *path;
  gint64 time;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->path);
  g_free (kept);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const Kept *one = *(const Kept *const *) a, *other = *(const Kept *const *) b;

  return (one->time > other->time) - (one->time < other->time);
}

static void
prune (const char *folder,
       gint64      oldest,
       guint       most)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (kept_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Kept *kept = g_new0 (Kept, 1);
      GStatBuf status;

      kept->path = g_build_filename (folder, name, NULL);
      kept->time = g_stat (kept->path, &status) == 0 ? status.st_mtime : 0;
      g_ptr_array_add (files, kept);
    }
  g_ptr_array_sort (files, compare_times);
  for (guint i = 0; i < files->len; i++)
    {
      const Kept *kept = files->pdata[i];

      if (kept->time < oldest || files->len - i > most)
        g_unlink (kept->path);
    }
}

void
baleen_web_cache_put (const char *kind,
                      const char *key,
                      GVariant   *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autofree char *path = get_path (kind, key, g_variant_get_type_string (owned));
  g_autofree char *folder = g_path_get_dirname (path);
  const int seconds = g_atomic_int_get (&kept_seconds);

  if (seconds == 0 || g_mkdir_with_parents (folder, 0700) != 0)
    return;
  prune (folder, g_get_real_time () / G_USEC_PER_SEC - seconds, MOST_FILES);
  g_file_set_contents_full (path, g_variant_get_data (owned), g_variant_get_size (owned),
                            G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

void
baleen_web_cache_set_days (guint days)
{
  g_atomic_int_set (&kept_seconds, (int) days * DAY_SECONDS);
  if (days == 0)
    baleen_web_cache_clear ();
}

void
baleen_web_cache_clear (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "baleen", "web", NULL);

  prune (folder, G_MAXINT64, 0);
}
