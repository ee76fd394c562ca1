#include "history-file.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* A command holds the lock for the moment in which it brings an old history up to date. */
#define LOCK_TRIES 20
#define LOCK_MICROSECONDS 50000

#define LANES 8

char *
baleen_history_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", NULL);
}

/* GApplication lets one program of a session run; this also covers another session, another
 * user's login and a copy started without a session bus. */
gboolean
baleen_history_take_lock (const char *folder,
                          int        *lock)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);

  *lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  for (guint i = 0; *lock >= 0; i++)
    {
      if (flock (*lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return TRUE;
      if (i == LOCK_TRIES)
        {
          baleen_history_drop_lock (*lock);
          *lock = -1;
          return FALSE;
        }
      g_usleep (LOCK_MICROSECONDS);
    }
  return TRUE;
}

void
baleen_history_drop_lock (int lock)
{
  if (lock >= 0)
    close (lock);
}

static BaleenDatabase *
bring_up_to_date (const char *folder,
                  const char *path,
                  GError    **error)
{
  BaleenDatabase *database;
  int lock;

  g_mkdir_with_parents (folder, 0700);
  if (!baleen_history_take_lock (folder, &lock))
    {
      g_set_error_literal (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_OLDER,
                           _("an older Baleen is using it; close it first"));
      return NULL;
    }
  database = baleen_database_open (path, BALEEN_DATABASE_ALONE, error);
  baleen_history_drop_lock (lock);
  return database;
}

static void
make_sentence (GError **error)
{
  g_autofree char *sentence
      = g_error_matches (*error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_NEWER)
            ? g_strdup_printf (
                  _("History was written by a newer Baleen (%s). Update to open it."),
                  (*error)->message)
            : g_strdup_printf (_("History could not be opened: %s."), (*error)->message);

  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&sentence);
}

gboolean
baleen_history_may_be_looked_at (const char   *folder,
                                 const GError *trouble)
{
  return g_error_matches (trouble, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_FULL)
         || g_access (folder, W_OK) != 0;
}

/* Not where the program before was killed: what it had not yet moved into the file itself would be
 * missing. */
BaleenDatabase *
baleen_history_look_into (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "history.sqlite", NULL);
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  GStatBuf left;

  if (g_stat (journal, &left) == 0 && left.st_size > 0)
    return NULL;
  return baleen_database_open (path, BALEEN_DATABASE_LOOKING, NULL);
}

BaleenDatabase *
baleen_history_open_beside (const char *folder,
                            gboolean    is_written,
                            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "history.sqlite", NULL);
  g_autoptr (GError) trouble = NULL;
  BaleenDatabase *database;

  if (!is_written && !g_file_test (path, G_FILE_TEST_EXISTS))
    return baleen_database_open (NULL, BALEEN_DATABASE_ALONE, error);

  if (is_written)
    g_mkdir_with_parents (folder, 0700);
  database = baleen_database_open (path, BALEEN_DATABASE_BESIDE, &trouble);
  if (g_error_matches (trouble, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_OLDER))
    {
      g_clear_error (&trouble);
      database = bring_up_to_date (folder, path, &trouble);
    }
  if (database == NULL && !is_written && baleen_history_may_be_looked_at (folder, trouble))
    database = baleen_history_look_into (folder);
  if (database != NULL)
    return database;

  make_sentence (&trouble);
  g_propagate_error (error, g_steal_pointer (&trouble));
  return NULL;
}

gint64
baleen_history_next_id (gint64 last,
                        guint  lane)
{
  const gint64 now = g_get_real_time ();
  const gint64 id = now - now % LANES + lane;
  const gint64 next = last - last % LANES + LANES + lane;

  return MAX (id, next);
}

guint
baleen_history_lane_beside (void)
{
  return 1 + getpid () % (LANES - 1);
}
