#include "baleen-model-download.h"

#include "download.h"
#include "secrets.h"

#include <glib/gstdio.h>

/* How often the window hears how far it is. */
#define TELL_MICROSECONDS (G_USEC_PER_SEC / 4)
/* Of the new in the speed that is shown: steady to read, and right again after some seconds. */
#define SPEED_SHARE 0.2

struct _BaleenModelDownload
{
  GObject parent_instance;

  char *title;      /* (owned) */
  GPtrArray *files; /* (owned) of BaleenModelFile */
  char *folder;     /* (owned) */
  char *host;       /* (owned) */
  char *site;       /* (owned) (nullable) the host that was asked last */
  char *path;       /* (owned) (nullable) */
  char *sentence;   /* (owned) (nullable) */
  BaleenModelDownloadRemedy remedy;
  BaleenModelDownloadState state;
  GCancellable *cancellable; /* (owned) (nullable) while it runs */
  gboolean is_wanted_again;  /* once it has stopped */
  guint64 *learned; /* (owned) what the server said each part is large; 0: nothing yet */
  guint64 n_about;
  guint64 n_before; /* bytes of the parts that are whole */
  guint64 n_done;   /* of the part under way */
  double speed;
  gint64 speed_time; /* monotonic, of its last count */
  guint64 speed_done;
};

G_DEFINE_FINAL_TYPE (BaleenModelDownload, baleen_model_download, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell (BaleenModelDownload *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static BaleenModelFile *
copy_file (const BaleenModelFile *file)
{
  BaleenModelFile *copy = g_new0 (BaleenModelFile, 1);

  copy->url = g_strdup (file->url);
  copy->mirrors = g_strdupv (file->mirrors);
  copy->name = g_strdup (file->name);
  copy->sha256 = g_strdup (file->sha256);
  copy->n_bytes = file->n_bytes;

  return copy;
}

static GPtrArray *
copy_files (GPtrArray *files)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_model_file_free);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (copies, copy_file (files->pdata[i]));

  return copies;
}

static char *
find_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : "");
}

/* ---- what the thread says --------------------------------------------------------------- */

/* On the thread; only what it was given, and what is told, crosses over. */
typedef struct
{
  BaleenModelDownload *self; /* (owned) */
  GPtrArray *files;          /* (owned) */
  char *folder;              /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *site;                /* (owned) (nullable) that is asked now */
  guint part;
  gint64 told;               /* monotonic */
  BaleenDownloadPhase told_phase;
} Run;

typedef struct
{
  BaleenModelDownload *self; /* (owned) */
  GCancellable *cancellable; /* (owned) of the run that says it */
  char *site;                /* (owned) (nullable) */
  guint part;
  BaleenDownloadPhase phase;
  guint64 n_done, n_total;
} News;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_ptr_array_unref (run->files);
  g_free (run->folder);
  g_free (run->site);
  g_object_unref (run->cancellable);
  g_object_unref (run->self);
  g_free (run);
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->site);
  g_object_unref (news->cancellable);
  g_object_unref (news->self);
  g_free (news);
}

/* What was promised, else what the server says. */
static guint64
get_part_bytes (BaleenModelDownload *self,
                guint                part)
{
  const BaleenModelFile *file = self->files->pdata[part];

  return file->n_bytes > 0 ? file->n_bytes : self->learned[part];
}

static void
measure_speed (BaleenModelDownload *self)
{
  const gint64 now = g_get_monotonic_time ();
  const guint64 n_done = self->n_before + self->n_done;
  const double seconds = (now - self->speed_time) / (double) G_USEC_PER_SEC;
  double speed;

  if (self->speed_time > 0 && seconds > 0.05 && n_done >= self->speed_done)
    {
      speed = (n_done - self->speed_done) / seconds;
      self->speed = self->speed > 0 ? self->speed + SPEED_SHARE * (speed - self->speed) : speed;
    }
  self->speed_time = now;
  self->speed_done = n_done;
}

static void
take_part (BaleenModelDownload *self,
           const News          *news)
{
  static const BaleenModelDownloadState states[] = {
    [BALEEN_DOWNLOAD_FETCHING] = BALEEN_MODEL_DOWNLOAD_FETCHING,
    [BALEEN_DOWNLOAD_WAITING] = BALEEN_MODEL_DOWNLOAD_CUT,
    [BALEEN_DOWNLOAD_CHECKING] = BALEEN_MODEL_DOWNLOAD_CHECKING,
  };

  self->n_before = 0;
  for (guint i = 0; i < news->part; i++)
    self->n_before += get_part_bytes (self, i);
  self->learned[news->part] = news->n_total;
  self->n_done = news->n_done;
  self->state = states[news->phase];
  if (news->phase == BALEEN_DOWNLOAD_FETCHING)
    measure_speed (self);
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;
  BaleenModelDownload *self = news->self;

  /* What was paused meanwhile says nothing any more. */
  if (self->cancellable != news->cancellable || g_cancellable_is_cancelled (news->cancellable))
    return G_SOURCE_REMOVE;
  take_part (self, news);
  g_free (self->site);
  self->site = g_steal_pointer (&news->site);
  tell (self);

  return G_SOURCE_REMOVE;
}

static void
progress_cb (BaleenDownloadPhase phase,
             guint64             n_done,
             guint64             n_total,
             gpointer            user_data)
{
  Run *run = user_data;
  const gint64 now = g_get_monotonic_time ();
  News *news;

  if (phase == run->told_phase && now - run->told < TELL_MICROSECONDS && n_done != n_total)
    return;
  run->told = now;
  run->told_phase = phase;
  news = g_new0 (News, 1);
  news->self = g_object_ref (run->self);
  news->cancellable = g_object_ref (run->cancellable);
  news->site = g_strdup (run->site);
  news->part = run->part;
  news->phase = phase;
  news->n_done = n_done;
  news->n_total = n_total;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, news_cb, news, news_free);
}

static void
turned_cb (const char *url,
           gpointer    user_data)
{
  Run *run = user_data;

  g_free (run->site);
  run->site = find_host (url);
}

/* ---- the thread ------------------------------------------------------------------------- */

/* The one in the environment is for Hugging Face alone. */
static char *
find_token (const char *host)
{
  const char *environment = g_getenv ("HF_TOKEN");

  if (environment != NULL && *environment != '\0' && g_str_has_suffix (host, "huggingface.co"))
    return g_strdup (environment);

  return baleen_secrets_get ("download", host, host, NULL);
}

/* What everybody may have is fetched without a word about who asks. */
static char *
fetch_part (Run                   *run,
            const BaleenModelFile *file,
            GError               **error)
{
  g_autofree char *host = find_host (file->url);
  g_autofree char *token = NULL;
  g_autoptr (GError) problem = NULL;
  BaleenDownload download = {
    .url = file->url, .mirrors = (const char *const *) file->mirrors, .folder = run->folder,
    .name = file->name, .sha256 = file->sha256, .n_bytes = file->n_bytes, .begins = "GGUF",
    .progress = progress_cb, .turned = turned_cb, .user_data = run,
  };
  char *path = baleen_download_run (&download, run->cancellable, &problem);

  if (g_error_matches (problem, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY)
      && (token = find_token (host)) != NULL)
    {
      g_clear_error (&problem);
      download.token = token;
      path = baleen_download_run (&download, run->cancellable, &problem);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return path;
}

/* A file under its name is whole: of a split model some parts may be there from before. */
static char *
find_part (Run                   *run,
           const BaleenModelFile *file)
{
  g_autofree char *path = g_build_filename (run->folder, file->name, NULL);
  GStatBuf status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode)
      || (file->n_bytes > 0 && (guint64) status.st_size != file->n_bytes))
    return NULL;

  return g_steal_pointer (&path);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Run *run = data;
  g_autofree char *first = NULL;
  GError *error = NULL;
  gboolean is_done = TRUE;

  for (run->part = 0; is_done && run->part < run->files->len; run->part++)
    {
      const BaleenModelFile *file = run->files->pdata[run->part];
      g_autofree char *path = find_part (run, file);

      if (path == NULL)
        path = fetch_part (run, file, &error);
      is_done = path != NULL;
      if (first == NULL)
        first = g_steal_pointer (&path);
    }
  if (is_done)
    g_task_return_pointer (task, g_steal_pointer (&first), g_free);
  else
    g_task_return_error (task, error);
}

/* ---- its end ---------------------------------------------------------------------------- */

static BaleenModelDownloadRemedy
find_remedy (const GError *error)
{
  if (g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY))
    return BALEEN_MODEL_DOWNLOAD_TOKEN;
  if (g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER))
    return BALEEN_MODEL_DOWNLOAD_FRESH;
  if (error->domain == G_FILE_ERROR)
    return BALEEN_MODEL_DOWNLOAD_ROOM;

  return BALEEN_MODEL_DOWNLOAD_AGAIN;
}

static void
finish (BaleenModelDownload *self,
        char                *path,
        const GError        *error)
{
  if (path != NULL)
    {
      self->path = path;
      self->state = BALEEN_MODEL_DOWNLOAD_DONE;
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->state = self->is_wanted_again ? BALEEN_MODEL_DOWNLOAD_QUEUED
                                          : BALEEN_MODEL_DOWNLOAD_PAUSED;
    }
  else
    {
      self->sentence = g_strdup (error->message);
      self->remedy = find_remedy (error);
      self->state = BALEEN_MODEL_DOWNLOAD_FAILED;
    }
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  BaleenModelDownload *self = BALEEN_MODEL_DOWNLOAD (source);
  g_autoptr (GError) error = NULL;
  char *path = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  self->speed = 0;
  self->speed_time = 0;
  finish (self, path, error);
  self->is_wanted_again = FALSE;
  tell (self);
}

void
baleen_model_download_run (BaleenModelDownload *self)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (self->cancellable == NULL && self->path == NULL);

  g_clear_pointer (&self->sentence, g_free);
  self->cancellable = g_cancellable_new ();
  self->state = BALEEN_MODEL_DOWNLOAD_FETCHING;
  run = g_new0 (Run, 1);
  run->self = g_object_ref (self);
  run->files = copy_files (self->files);
  run->folder = g_strdup (self->folder);
  run->cancellable = g_object_ref (self->cancellable);
  task = g_task_new (self, NULL, ended_cb, NULL);
  g_task_set_task_data (task, run, run_free);
  g_task_run_in_thread (task, run_thread);
  tell (self);
}

void
baleen_model_download_pause (BaleenModelDownload *self)
{
  self->is_wanted_again = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else if (self->state != BALEEN_MODEL_DOWNLOAD_QUEUED)
    return;
  self->state = BALEEN_MODEL_DOWNLOAD_PAUSED;
  self->speed = 0;
  tell (self);
}

void
baleen_model_download_queue (BaleenModelDownload *self)
{
  g_return_if_fail (self->path == NULL);

  g_clear_pointer (&self->sentence, g_free);
  self->is_wanted_again = self->cancellable != NULL;
  self->state = BALEEN_MODEL_DOWNLOAD_QUEUED;
  tell (self);
}

void
baleen_model_download_set_folder (BaleenModelDownload *self,
                                  const char          *folder)
{
  g_return_if_fail (self->cancellable == NULL);

  g_free (self->folder);
  self->folder = g_strdup (folder);
}

/* ---- what is known ---------------------------------------------------------------------- */

const char *
baleen_model_download_get_title (BaleenModelDownload *self)
{
  return self->title;
}

const char *
baleen_model_download_get_folder (BaleenModelDownload *self)
{
  return self->folder;
}

GPtrArray *
baleen_model_download_get_files (BaleenModelDownload *self)
{
  return self->files;
}

const char *
baleen_model_download_get_host (BaleenModelDownload *self)
{
  return self->host;
}

const char *
baleen_model_download_get_site (BaleenModelDownload *self)
{
  return self->site != NULL ? self->site : self->host;
}

BaleenModelDownloadState
baleen_model_download_get_state (BaleenModelDownload *self)
{
  return self->state;
}

gboolean
baleen_model_download_is_running (BaleenModelDownload *self)
{
  return self->cancellable != NULL;
}

guint64
baleen_model_download_get_n_done (BaleenModelDownload *self)
{
  return self->n_before + self->n_done;
}

guint64
baleen_model_download_get_n_total (BaleenModelDownload *self)
{
  guint64 n_total = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      const guint64 n_bytes = get_part_bytes (self, i);

      /* Of one part that is not known the sum would be wrong. */
      if (n_bytes == 0)
        return MAX (self->n_about, self->n_before + self->n_done);
      n_total += n_bytes;
    }

  return n_total;
}

double
baleen_model_download_get_speed (BaleenModelDownload *self)
{
  return self->speed;
}

const char *
baleen_model_download_get_sentence (BaleenModelDownload *self)
{
  return self->sentence;
}

BaleenModelDownloadRemedy
baleen_model_download_get_remedy (BaleenModelDownload *self)
{
  return self->remedy;
}

const char *
baleen_model_download_get_path (BaleenModelDownload *self)
{
  return self->path;
}

void
baleen_model_download_set_about_bytes (BaleenModelDownload *self,
                                       guint64              n_bytes)
{
  self->n_about = n_bytes;
}

/* ---- life ------------------------------------------------------------------------------- */

static void
baleen_model_download_finalize (GObject *object)
{
  BaleenModelDownload *self = BALEEN_MODEL_DOWNLOAD (object);

  g_free (self->title);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->learned);
  g_free (self->folder);
  g_free (self->host);
  g_free (self->site);
  g_free (self->path);
  g_free (self->sentence);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (baleen_model_download_parent_class)->finalize (object);
}

static void
baleen_model_download_class_init (BaleenModelDownloadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_model_download_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_model_download_init (BaleenModelDownload *self)
{
}

/* What is there from before, of the parts that are whole and the one that is not. */
static void
note_parts (BaleenModelDownload *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const BaleenModelFile *file = self->files->pdata[i];
      g_autofree char *whole = g_build_filename (self->folder, file->name, NULL);
      g_autofree char *part = g_strconcat (whole, ".part", NULL);
      GStatBuf status;

      if (self->files->len > 1 && g_stat (whole, &status) == 0)
        self->n_before += status.st_size;
      else if (g_stat (part, &status) == 0)
        self->n_done += status.st_size;
    }
}

BaleenModelDownload *
baleen_model_download_new (const char *title,
                           GPtrArray  *files,
                           const char *folder)
{
  BaleenModelDownload *self = g_object_new (BALEEN_TYPE_MODEL_DOWNLOAD, NULL);

  g_assert (files->len > 0);

  self->title = g_strdup (title);
  self->files = files;
  self->learned = g_new0 (guint64, files->len);
  self->folder = g_strdup (folder);
  self->host = find_host (((const BaleenModelFile *) files->pdata[0])->url);
  note_parts (self);

  return self;
}
