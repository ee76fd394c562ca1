#include "baleen-model-item.h"

#include "model-library.h"
#include "model-looker.h"

#include <glib/gstdio.h>
#include <string.h>

/* Tokens a second. */
#define READING_SPEED 10

struct _BaleenModelItem
{
  GObject parent_instance;

  BaleenModelKind kind;
  char *id;
  char *name;
  char *host;                        /* (nullable) */
  char *server_model;                /* (nullable) */
  const BaleenCatalogueEntry *entry; /* (nullable) outlives us */
  const BaleenCatalogueFile *file;   /* (nullable) of it, the one that is chosen */
  gboolean is_file_chosen;           /* by the user */

  char *device; /* (owned) (nullable) for which it was looked at */
  BaleenModelDescription *description; /* (owned) (nullable) */
  BaleenFit *fit;                      /* (nullable) owned, or that of the chosen file */
  GPtrArray *fits;                     /* (owned) (nullable) of the entry's files */
  char *adapter;                       /* (owned) (nullable) in words */
  char *problem;                       /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenModelItem, baleen_model_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- looking ---------------------------------------------------------------------------- */

/* What the thread needs, and what it finds. */
typedef struct
{
  BaleenModelKind kind;
  char *path;
  BaleenModelShape shape;
  guint64 n_bytes;
  const BaleenCatalogueEntry *entry; /* (nullable) whose files are looked at one by one */
  char *device;
  gboolean has_setup;
  BaleenModelSetup setup; /* (owned) as remembered without */
  BaleenModelDescription *description; /* (owned) (nullable) */
  char *adapter;                       /* (owned) (nullable) */
  GPtrArray *fits;                     /* (owned) (nullable) */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->path);
  g_free (look->device);
  g_free (look->adapter);
  g_clear_pointer (&look->fits, g_ptr_array_unref);
  baleen_model_setup_clear (&look->setup);
  g_clear_pointer (&look->description, baleen_model_description_free);
  g_free (look);
}

static Look *
look_new (BaleenModelItem *self,
          const char      *device)
{
  Look *look = g_new0 (Look, 1);

  look->kind = self->kind;
  look->path = g_strdup (self->id);
  if (self->entry != NULL)
    look->shape = self->entry->shape;
  if (self->kind == BALEEN_MODEL_IN_CATALOGUE)
    look->entry = self->entry;
  look->n_bytes = self->file != NULL ? self->file->n_bytes : 0;
  look->device = g_strdup (device);

  return look;
}

static BaleenFit *
find_fit (const Look *look,
          GError    **error)
{
  const BaleenModelSetup *setup = look->has_setup ? &look->setup : NULL;

  return look->kind == BALEEN_MODEL_FILE
             ? baleen_fit_new_for_file (look->path, look->device, setup, error)
             : baleen_fit_new_for_shape (&look->shape, look->n_bytes, look->device, setup, error);
}

static void
fit_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError *error = NULL;
  BaleenFit *fit = find_fit (data, &error);

  if (fit != NULL)
    g_task_return_pointer (task, fit, (GDestroyNotify) baleen_fit_free);
  else
    g_task_return_error (task, error);
}

/* NULL stands for what could not be found out, which is the device's fault and so all of them. */
static GPtrArray *
find_fits (const Look *look,
           GError    **error)
{
  g_autoptr (GPtrArray) fits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_fit_free);

  for (guint i = 0; i < look->entry->files->len; i++)
    {
      const BaleenCatalogueFile *file = look->entry->files->pdata[i];
      BaleenFit *fit = baleen_fit_new_for_shape (&look->shape, file->n_bytes, look->device, NULL,
                                                 error);

      if (fit == NULL)
        return NULL;
      g_ptr_array_add (fits, fit);
    }

  return g_steal_pointer (&fits);
}

/* An adapter that is gone keeps the model from loading, so what is wrong is said in its place. */
static char *
find_adapter (const char *path)
{
  g_auto (BaleenModelSetup) setup = { 0 };
  g_autoptr (GError) error = NULL;
  char *words;

  baleen_model_setup_load (&setup, path);
  if (setup.adapter == NULL)
    return NULL;
  words = baleen_model_setup_describe_adapter (setup.adapter, &error);

  return words != NULL ? words : g_strdup (error->message);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;

  if (look->kind == BALEEN_MODEL_FILE)
    {
      look->description = baleen_model_description_new (look->path, &error);
      look->adapter = find_adapter (look->path);
    }
  if (look->entry != NULL)
    look->fits = find_fits (look, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (look->fits != NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    fit_thread (task, source, data, cancellable);
}

/* ---- which of the files ----------------------------------------------------------------- */

/* The better place first; there, the largest that still writes as fast as one reads, if it is no
 * smaller than the usual one, which is the first: fewer bits answer worse, and only who has no room
 * for the usual ones is offered them. Else the usual one, if it fits, or the largest that does. */
static guint
find_best (GPtrArray *fits)
{
  const BaleenFit *usual = fits->pdata[0];
  BaleenFitVerdict place = BALEEN_FIT_NOWHERE;
  guint best = 0, largest = 0;
  guint64 n_best = 0, n_largest = 0;

  for (guint i = 0; i < fits->len; i++)
    place = MIN (place, ((const BaleenFit *) fits->pdata[i])->verdict);
  for (guint i = 0; i < fits->len; i++)
    {
      const BaleenFit *fit = fits->pdata[i];

      if (fit->verdict != place)
        continue;
      if (fit->weights > n_largest)
        {
          n_largest = fit->weights;
          largest = i;
        }
      if (fit->weights > n_best && fit->tokens_per_second >= READING_SPEED)
        {
          n_best = fit->weights;
          best = i;
        }
    }
  if (usual->verdict == place)
    return n_best > usual->weights ? best : 0;

  return n_best > 0 ? best : largest;
}

static void
take_fits (BaleenModelItem *self,
           GPtrArray       *fits) /* taken */
{
  guint chosen = 0;

  g_clear_pointer (&self->fits, g_ptr_array_unref);
  self->fits = fits;
  if (self->is_file_chosen)
    g_ptr_array_find (self->entry->files, self->file, &chosen);
  else
    chosen = find_best (fits);
  self->file = self->entry->files->pdata[chosen];
  self->fit = fits->pdata[chosen];
}

void
baleen_model_item_choose_file (BaleenModelItem *self,
                               guint            file)
{
  g_return_if_fail (self->kind == BALEEN_MODEL_IN_CATALOGUE
                    && file < self->entry->files->len);

  self->is_file_chosen = TRUE;
  self->file = self->entry->files->pdata[file];
  if (self->fits != NULL)
    self->fit = self->fits->pdata[file];
  g_signal_emit (self, signals[CHANGED], 0);
}

const BaleenFit *
baleen_model_item_get_file_fit (BaleenModelItem *self,
                                guint            file)
{
  return self->fits != NULL && file < self->fits->len ? self->fits->pdata[file] : NULL;
}

/* ---- what came -------------------------------------------------------------------------- */

static void
clear_fit (BaleenModelItem *self)
{
  if (self->fits == NULL)
    g_clear_pointer (&self->fit, baleen_fit_free);
  self->fit = NULL;
  g_clear_pointer (&self->fits, g_ptr_array_unref);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BaleenModelItem *self = BALEEN_MODEL_ITEM (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  BaleenFit *fit = g_task_propagate_pointer (G_TASK (result), &error);

  /* The device was changed meanwhile, and another look is on its way. */
  if (g_strcmp0 (look->device, self->device) != 0)
    {
      g_clear_pointer (&fit, baleen_fit_free);
      return;
    }
  clear_fit (self);
  g_clear_pointer (&self->problem, g_free);
  g_free (self->adapter);
  self->adapter = g_steal_pointer (&look->adapter);
  self->fit = fit;
  if (look->fits != NULL)
    take_fits (self, g_steal_pointer (&look->fits));
  if (look->description != NULL)
    {
      g_clear_pointer (&self->description, baleen_model_description_free);
      self->description = g_steal_pointer (&look->description);
    }
  if (error != NULL)
    self->problem = g_strdup (error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baleen_model_item_look (BaleenModelItem *self,
                        const char      *device)
{
  g_autoptr (GTask) task = NULL;

  if (self->kind == BALEEN_MODEL_ENDPOINT || g_strcmp0 (self->device, device) == 0)
    return;
  g_free (self->device);
  self->device = g_strdup (device);
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_task_data (task, look_new (self, device), look_free);
  baleen_model_looker_run (task, look_thread);
}

void
baleen_model_item_look_again (BaleenModelItem *self)
{
  g_autofree char *device = g_steal_pointer (&self->device);

  if (device != NULL)
    baleen_model_item_look (self, device);
}

void
baleen_model_item_fit_async (BaleenModelItem    *self,
                             const char         *device,
                             guint               n_context,
                             BaleenKvMemory      kv_memory,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Look *look;

  g_return_if_fail (self->kind != BALEEN_MODEL_ENDPOINT);

  g_task_set_source_tag (task, baleen_model_item_fit_async);
  look = look_new (self, device);
  look->has_setup = TRUE;
  look->setup.n_context = n_context;
  look->setup.kv_memory = kv_memory;
  g_task_set_task_data (task, look, look_free);
  baleen_model_looker_run (task, fit_thread);
}

BaleenFit *
baleen_model_item_fit_finish (BaleenModelItem *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what is known ---------------------------------------------------------------------- */

BaleenModelKind
baleen_model_item_get_kind (BaleenModelItem *self)
{
  return self->kind;
}

const char *
baleen_model_item_get_id (BaleenModelItem *self)
{
  return self->id;
}

const char *
baleen_model_item_get_name (BaleenModelItem *self)
{
  return self->name;
}

const char *
baleen_model_item_get_host (BaleenModelItem *self)
{
  return self->host;
}

const char *
baleen_model_item_get_server_model (BaleenModelItem *self)
{
  return self->server_model;
}

const BaleenCatalogueEntry *
baleen_model_item_get_entry (BaleenModelItem *self)
{
  return self->entry;
}

const BaleenCatalogueFile *
baleen_model_item_get_file (BaleenModelItem *self)
{
  return self->file;
}

guint64
baleen_model_item_get_n_bytes (BaleenModelItem *self)
{
  GStatBuf status;

  if (self->file != NULL)
    return self->file->n_bytes;
  if (self->description != NULL)
    return self->description->n_bytes;

  return self->kind == BALEEN_MODEL_FILE && g_stat (self->id, &status) == 0 ? status.st_size : 0;
}

gboolean
baleen_model_item_is_own (BaleenModelItem *self)
{
  g_auto (GStrv) folders = baleen_model_library_get_folders ();
  g_autofree char *folder = g_path_get_dirname (self->id);

  return self->kind == BALEEN_MODEL_FILE && g_str_equal (folder, folders[0]);
}

const BaleenModelDescription *
baleen_model_item_get_description (BaleenModelItem *self)
{
  return self->description;
}

const BaleenFit *
baleen_model_item_get_fit (BaleenModelItem *self)
{
  return self->fit;
}

const char *
baleen_model_item_get_adapter (BaleenModelItem *self)
{
  return self->adapter;
}

const char *
baleen_model_item_get_problem (BaleenModelItem *self)
{
  return self->problem;
}

/* ---- life ------------------------------------------------------------------------------- */

static void
baleen_model_item_finalize (GObject *object)
{
  BaleenModelItem *self = BALEEN_MODEL_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->host);
  g_free (self->server_model);
  g_free (self->device);
  g_free (self->adapter);
  g_free (self->problem);
  g_clear_pointer (&self->description, baleen_model_description_free);
  clear_fit (self);
  G_OBJECT_CLASS (baleen_model_item_parent_class)->finalize (object);
}

static void
baleen_model_item_class_init (BaleenModelItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_model_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_model_item_init (BaleenModelItem *self)
{
}

static BaleenModelItem *
item_new (BaleenModelKind kind,
          const char     *id,
          const char     *name)
{
  BaleenModelItem *self = g_object_new (BALEEN_TYPE_MODEL_ITEM, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->name = g_strdup (name);

  return self;
}

BaleenModelItem *
baleen_model_item_new_file (const char                 *path,
                            const char                 *name,
                            const BaleenCatalogueEntry *entry)
{
  BaleenModelItem *self = item_new (BALEEN_MODEL_FILE, path, name);

  self->entry = entry;

  return self;
}

BaleenModelItem *
baleen_model_item_new_endpoint (const BaleenEndpoint *endpoint)
{
  g_autofree char *id = g_strconcat (BALEEN_ENDPOINT_PREFIX, endpoint->name, NULL);
  BaleenModelItem *self = item_new (BALEEN_MODEL_ENDPOINT, id, endpoint->name);

  self->host = baleen_endpoint_get_host (endpoint);
  self->server_model = g_strdup (endpoint->model);

  return self;
}

BaleenModelItem *
baleen_model_item_new_in_catalogue (const BaleenCatalogueEntry *entry)
{
  BaleenModelItem *self = item_new (BALEEN_MODEL_IN_CATALOGUE, entry->id, entry->name);

  self->entry = entry;
  self->file = entry->files->pdata[0];

  return self;
}
