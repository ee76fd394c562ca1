#include "baleen-downloads.h"

#include <sys/statvfs.h>

#include "downloads-file.h"

struct _BaleenDownloads
{
  GObject parent_instance;

  GPtrArray *all;       /* (owned) of BaleenModelDownload */
  GPtrArray *cancelled; /* (owned) of BaleenKeptDownload, until their week is over */
  gboolean is_closed;
};

enum
{
  CHANGED,
  ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- list model ------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return BALEEN_TYPE_MODEL_DOWNLOAD;
}

static guint
get_n_items (GListModel *model)
{
  return BALEEN_DOWNLOADS (model)->all->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *all = BALEEN_DOWNLOADS (model)->all;

  return position < all->len ? g_object_ref (all->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BaleenDownloads,
                               baleen_downloads,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- what is kept ----------------------------------------------------------------------- */

static BaleenKeptDownload *
keep (BaleenModelDownload *download,
      gint64               cancelled)
{
  BaleenKeptDownload *kept = g_new0 (BaleenKeptDownload, 1);
  const BaleenModelDownloadState state = baleen_model_download_get_state (download);

  kept->download = g_object_ref (download);
  kept->was_paused
      = state == BALEEN_MODEL_DOWNLOAD_PAUSED || state == BALEEN_MODEL_DOWNLOAD_FAILED;
  kept->cancelled = cancelled;

  return kept;
}

static void
save (BaleenDownloads *self)
{
  g_autoptr (GPtrArray) kept
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_kept_download_free);

  if (self->is_closed)
    return;
  for (guint i = 0; i < self->all->len; i++)
    if (baleen_model_download_get_state (self->all->pdata[i]) != BALEEN_MODEL_DOWNLOAD_DONE)
      g_ptr_array_add (kept, keep (self->all->pdata[i], 0));
  for (guint i = 0; i < self->cancelled->len; i++)
    {
      const BaleenKeptDownload *old = self->cancelled->pdata[i];

      g_ptr_array_add (kept, keep (old->download, old->cancelled));
    }
  baleen_downloads_file_save (kept);
}

/* ---- whose turn it is ------------------------------------------------------------------- */

static gboolean
is_active (BaleenModelDownload *download)
{
  const BaleenModelDownloadState state = baleen_model_download_get_state (download);

  return state < BALEEN_MODEL_DOWNLOAD_PAUSED;
}

static void
begin_next (BaleenDownloads *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->all->len; i++)
    n_running += baleen_model_download_is_running (self->all->pdata[i]);
  for (guint i = 0; i < self->all->len && n_running < BALEEN_DOWNLOADS_AT_ONCE; i++)
    {
      BaleenModelDownload *download = self->all->pdata[i];

      if (baleen_model_download_get_state (download) == BALEEN_MODEL_DOWNLOAD_QUEUED
          && !baleen_model_download_is_running (download))
        {
          baleen_model_download_run (download);
          n_running++;
        }
    }
}

static void
changed_cb (BaleenDownloads     *self,
            BaleenModelDownload *download)
{
  const BaleenModelDownloadState state = baleen_model_download_get_state (download);

  if (self->is_closed)
    return;
  if (!baleen_model_download_is_running (download))
    {
      save (self);
      begin_next (self);
    }
  if (state == BALEEN_MODEL_DOWNLOAD_DONE)
    g_signal_emit (self, signals[ARRIVED], 0, download);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
append (BaleenDownloads     *self,
        BaleenModelDownload *download)
{
  g_ptr_array_add (self->all, g_object_ref (download));
  g_signal_connect_object (download, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), self->all->len - 1, 0, 1);
}

static void
take_out (BaleenDownloads     *self,
          BaleenModelDownload *download)
{
  guint position;

  if (!g_ptr_array_find (self->all, download, &position))
    return;
  g_signal_handlers_disconnect_by_func (download, changed_cb, self);
  g_ptr_array_remove_index (self->all, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static const char *
get_file (BaleenModelDownload *download)
{
  return ((const BaleenModelFile *) baleen_model_download_get_files (download)->pdata[0])->name;
}

BaleenModelDownload *
baleen_downloads_find (BaleenDownloads *self,
                       const char      *file)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (get_file (self->all->pdata[i]), file)
        && baleen_model_download_get_state (self->all->pdata[i]) != BALEEN_MODEL_DOWNLOAD_DONE)
      return self->all->pdata[i];

  return NULL;
}

static void
forget_cancelled (BaleenDownloads *self,
                  const char      *file)
{
  for (guint i = self->cancelled->len; i > 0; i--)
    {
      const BaleenKeptDownload *kept = self->cancelled->pdata[i - 1];

      if (g_str_equal (get_file (kept->download), file))
        g_ptr_array_remove_index (self->cancelled, i - 1);
    }
}

void
baleen_downloads_add (BaleenDownloads     *self,
                      BaleenModelDownload *download)
{
  if (baleen_downloads_find (self, get_file (download)) != NULL)
    return;
  forget_cancelled (self, get_file (download));
  append (self, download);
  baleen_downloads_resume (self, download);
}

void
baleen_downloads_pause (BaleenDownloads     *self,
                        BaleenModelDownload *download)
{
  baleen_model_download_pause (download);
  save (self);
}

void
baleen_downloads_resume (BaleenDownloads     *self,
                         BaleenModelDownload *download)
{
  baleen_model_download_queue (download);
  save (self);
  begin_next (self);
}

void
baleen_downloads_cancel (BaleenDownloads     *self,
                         BaleenModelDownload *download)
{
  g_autoptr (BaleenModelDownload) kept = g_object_ref (download);
  const gboolean is_done
      = baleen_model_download_get_state (download) == BALEEN_MODEL_DOWNLOAD_DONE;

  take_out (self, kept);
  baleen_model_download_pause (kept);
  if (!is_done)
    g_ptr_array_add (self->cancelled, keep (kept, g_get_real_time () / G_USEC_PER_SEC));
  save (self);
  begin_next (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- all of them together --------------------------------------------------------------- */

guint
baleen_downloads_get_n_active (BaleenDownloads *self)
{
  guint n = 0;

  for (guint i = 0; i < self->all->len; i++)
    n += is_active (self->all->pdata[i]);

  return n;
}

double
baleen_downloads_get_fraction (BaleenDownloads *self)
{
  guint64 n_done = 0, n_total = 0;

  for (guint i = 0; i < self->all->len; i++)
    {
      BaleenModelDownload *download = self->all->pdata[i];

      if (is_active (download) && baleen_model_download_get_n_total (download) > 0)
        {
          n_done += baleen_model_download_get_n_done (download);
          n_total += baleen_model_download_get_n_total (download);
        }
    }

  return n_total > 0 ? MIN (1, n_done / (double) n_total) : -1;
}

guint64
baleen_downloads_get_free_bytes (const char *folder)
{
  g_autofree char *path = g_strdup (folder);
  struct statvfs status;

  while (statvfs (path, &status) != 0)
    {
      char *parent = g_path_get_dirname (path);

      if (g_str_equal (parent, path))
        {
          g_free (parent);
          return 0;
        }
      g_free (path);
      path = parent;
    }

  return (guint64) status.f_bavail * status.f_frsize;
}

/* ---- life ------------------------------------------------------------------------------- */

static void
take_up (BaleenDownloads *self)
{
  const gint64 week_ago = g_get_real_time () / G_USEC_PER_SEC
                          - (gint64) BALEEN_DOWNLOADS_KEPT_DAYS * 24 * 60 * 60;
  g_autoptr (GPtrArray) kept = baleen_downloads_file_load ();

  for (guint i = 0; i < kept->len; i++)
    {
      const BaleenKeptDownload *old = kept->pdata[i];

      if (old->cancelled > week_ago)
        g_ptr_array_add (self->cancelled, keep (old->download, old->cancelled));
      else if (old->cancelled > 0)
        baleen_downloads_file_remove_parts (old->download);
      else
        append (self, old->download);
      if (old->cancelled == 0 && old->was_paused)
        baleen_model_download_pause (old->download);
    }
  begin_next (self);
}

void
baleen_downloads_close (BaleenDownloads *self)
{
  save (self);
  self->is_closed = TRUE;
  for (guint i = 0; i < self->all->len; i++)
    baleen_model_download_pause (self->all->pdata[i]);
}

static void
baleen_downloads_finalize (GObject *object)
{
  BaleenDownloads *self = BALEEN_DOWNLOADS (object);

  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->cancelled);
  G_OBJECT_CLASS (baleen_downloads_parent_class)->finalize (object);
}

static void
baleen_downloads_class_init (BaleenDownloadsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_downloads_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, BALEEN_TYPE_MODEL_DOWNLOAD);
}

static void
baleen_downloads_init (BaleenDownloads *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancelled = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_kept_download_free);
  take_up (self);
}

BaleenDownloads *
baleen_downloads_new (void)
{
  return g_object_new (BALEEN_TYPE_DOWNLOADS, NULL);
}
