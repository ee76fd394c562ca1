#include "baleen-model-shelf.h"

#include "model-library.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

struct _BaleenModelShelf
{
  GObject parent_instance;

  GSettings *settings;        /* (owned) */
  BaleenCatalogue *catalogue; /* (nullable) outlives us */
  GPtrArray *items;           /* (owned) of BaleenModelItem */
  GListStore *offered;        /* (owned) of BaleenModelItem */
};

enum
{
  SET_UP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- list model ------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return BALEEN_TYPE_MODEL_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return BALEEN_MODEL_SHELF (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *items = BALEEN_MODEL_SHELF (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BaleenModelShelf,
                               baleen_model_shelf,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- what there is ---------------------------------------------------------------------- */

static char *
name_file (const char                 *base,
           const BaleenCatalogueEntry *entry)
{
  if (entry != NULL)
    return baleen_catalogue_entry_name_file (entry, base);

  return g_str_has_suffix (base, ".gguf") ? g_strndup (base, strlen (base) - strlen (".gguf"))
                                          : g_strdup (base);
}

static BaleenModelItem *
take_known (BaleenModelShelf *self,
            const char       *id)
{
  BaleenModelItem *known = baleen_model_shelf_find (self, id);

  return known != NULL ? g_object_ref (known) : NULL;
}

static gboolean
has_id (GPtrArray  *items,
        const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (baleen_model_item_get_id (items->pdata[i]), id))
      return TRUE;

  return FALSE;
}

static void
add_file (BaleenModelShelf *self,
          GPtrArray        *items,
          const char       *path)
{
  g_autofree char *base = g_path_get_basename (path);
  const BaleenCatalogueEntry *entry
      = self->catalogue != NULL ? baleen_catalogue_find_file (self->catalogue, base) : NULL;
  g_autofree char *name = name_file (base, entry);
  BaleenModelItem *item;

  if (has_id (items, path))
    return;
  item = take_known (self, path);
  g_ptr_array_add (items, item != NULL ? item : baleen_model_item_new_file (path, name, entry));
}

static void
add_files (BaleenModelShelf *self,
           GPtrArray        *items)
{
  g_auto (GStrv) names = baleen_model_library_list ();
  g_auto (GStrv) opened = g_settings_get_strv (self->settings, "opened-models");

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = baleen_model_library_resolve (names[i], NULL);

      if (path != NULL)
        add_file (self, items, path);
    }
  for (guint i = 0; opened[i] != NULL; i++)
    if (!baleen_endpoint_is_name (opened[i])
        && g_file_test (opened[i], G_FILE_TEST_IS_REGULAR))
      add_file (self, items, opened[i]);
}

/* An endpoint may have become another one under the same name, so it is a new item. */
static void
add_endpoints (GPtrArray *items)
{
  g_autoptr (GPtrArray) endpoints = baleen_endpoints_load (NULL);

  for (guint i = 0; endpoints != NULL && i < endpoints->len; i++)
    g_ptr_array_add (items, baleen_model_item_new_endpoint (endpoints->pdata[i]));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (baleen_model_item_get_name (*(BaleenModelItem *const *) a),
                         baleen_model_item_get_name (*(BaleenModelItem *const *) b));
}

void
baleen_model_shelf_refresh (BaleenModelShelf *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = NULL;

  add_files (self, items);
  g_ptr_array_sort (items, compare_names);
  add_endpoints (items);
  before = self->items;
  self->items = items;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, items->len);
}

void
baleen_model_shelf_look (BaleenModelShelf *self)
{
  g_autofree char *device = g_settings_get_string (self->settings, "device");

  for (guint i = 0; i < self->items->len; i++)
    baleen_model_item_look (self->items->pdata[i], device);
}

BaleenModelItem *
baleen_model_shelf_find (BaleenModelShelf *self,
                         const char       *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (baleen_model_item_get_id (self->items->pdata[i]), id))
      return self->items->pdata[i];

  return NULL;
}

BaleenModelItem *
baleen_model_shelf_find_file (BaleenModelShelf *self,
                              const char       *base_name)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      BaleenModelItem *item = self->items->pdata[i];
      g_autofree char *base = g_path_get_basename (baleen_model_item_get_id (item));

      if (baleen_model_item_get_kind (item) == BALEEN_MODEL_FILE && g_str_equal (base, base_name))
        return item;
    }

  return NULL;
}

GListModel *
baleen_model_shelf_get_catalogue (BaleenModelShelf *self)
{
  return G_LIST_MODEL (self->offered);
}

/* ---- how they are run ------------------------------------------------------------------- */

gboolean
baleen_model_shelf_set_up (BaleenModelShelf       *self,
                           BaleenModelItem        *item,
                           const BaleenModelSetup *setup,
                           GError                **error)
{
  const char *id = baleen_model_item_get_id (item);

  g_return_val_if_fail (baleen_model_item_get_kind (item) == BALEEN_MODEL_FILE, FALSE);

  if (!baleen_model_setup_save (setup, id, error))
    return FALSE;
  baleen_model_item_look_again (item);
  g_signal_emit (self, signals[SET_UP], 0, id);

  return TRUE;
}

gboolean
baleen_model_shelf_set_adapter (BaleenModelShelf *self,
                                BaleenModelItem  *item,
                                const char       *adapter,
                                GError          **error)
{
  g_auto (BaleenModelSetup) setup = { 0 };

  baleen_model_setup_load (&setup, baleen_model_item_get_id (item));
  g_free (setup.adapter);
  setup.adapter = g_strdup (adapter);

  return baleen_model_shelf_set_up (self, item, &setup, error);
}

/* ---- verdicts --------------------------------------------------------------------------- */

/* The largest of the entry's other files that would fit. */
static const BaleenCatalogueFile *
find_fitting (const BaleenCatalogueEntry *entry,
              const BaleenFit            *fit)
{
  const BaleenCatalogueFile *best = NULL;

  for (guint i = 0; entry != NULL && i < entry->files->len; i++)
    {
      const BaleenCatalogueFile *file = entry->files->pdata[i];

      if (file->n_bytes > 0 && baleen_fit_would_fit (fit, file->n_bytes)
          && (best == NULL || file->n_bytes > best->n_bytes))
        best = file;
    }

  return best;
}

char *
baleen_model_shelf_describe (BaleenModelItem *item)
{
  const BaleenFit *fit = baleen_model_item_get_fit (item);
  const BaleenCatalogueFile *other;

  if (baleen_model_item_get_problem (item) != NULL)
    return g_strdup (baleen_model_item_get_problem (item));
  if (fit == NULL)
    return g_strdup ("");
  other = fit->verdict == BALEEN_FIT_NOWHERE
              ? find_fitting (baleen_model_item_get_entry (item), fit) : NULL;

  return other != NULL ? baleen_fit_describe (fit, other->quantization, other->n_bytes)
                       : baleen_fit_describe (fit, NULL, 0);
}

/* ---- removing --------------------------------------------------------------------------- */

static gboolean
remove_file (const char *path,
             GError    **error)
{
  const int code = g_unlink (path) == 0 || errno == ENOENT ? 0 : errno;

  if (code == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _("“%s” could not be removed: %s. Look whether its folder may be written."), path,
               g_strerror (code));

  return FALSE;
}

gboolean
baleen_model_shelf_remove (BaleenModelShelf *self,
                           BaleenModelItem  *item,
                           GError          **error)
{
  const char *path = baleen_model_item_get_id (item);
  const char *count = strstr (path, "-of-");
  const guint n_parts = count != NULL ? strtoul (count + strlen ("-of-"), NULL, 10) : 1;

  g_return_val_if_fail (baleen_model_item_is_own (item), FALSE);

  for (guint i = 0; i < MAX (n_parts, 1); i++)
    {
      g_autofree char *part = baleen_catalogue_name_part (path, i);

      if (!remove_file (part, error))
        return FALSE;
    }
  /* Another file of that name is another model. */
  baleen_model_setup_save (&(BaleenModelSetup) { 0 }, path, NULL);
  baleen_model_shelf_refresh (self);

  return TRUE;
}

/* ---- life ------------------------------------------------------------------------------- */

static void
kv_memory_cb (BaleenModelShelf *self)
{
  for (guint i = 0; i < self->items->len; i++)
    baleen_model_item_look_again (self->items->pdata[i]);
}

static void
device_cb (BaleenModelShelf *self)
{
  baleen_model_shelf_look (self);
}

static void
baleen_model_shelf_finalize (GObject *object)
{
  BaleenModelShelf *self = BALEEN_MODEL_SHELF (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->offered);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (baleen_model_shelf_parent_class)->finalize (object);
}

static void
baleen_model_shelf_class_init (BaleenModelShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_model_shelf_finalize;
  signals[SET_UP] = g_signal_new ("set-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baleen_model_shelf_init (BaleenModelShelf *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->offered = g_list_store_new (BALEEN_TYPE_MODEL_ITEM);
}

static void
fill_offered (BaleenModelShelf *self)
{
  GPtrArray *entries = baleen_catalogue_get_entries (self->catalogue);

  for (guint i = 0; i < entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = entries->pdata[i];

      g_autoptr (BaleenModelItem) item
          = entry->files->len > 0 ? baleen_model_item_new_in_catalogue (entry) : NULL;

      if (item != NULL)
        g_list_store_append (self->offered, item);
    }
}

BaleenModelShelf *
baleen_model_shelf_new (GSettings       *settings,
                        BaleenCatalogue *catalogue)
{
  BaleenModelShelf *self = g_object_new (BALEEN_TYPE_MODEL_SHELF, NULL);

  self->settings = g_object_ref (settings);
  self->catalogue = catalogue;
  if (catalogue != NULL)
    fill_offered (self);
  g_signal_connect_object (settings, "changed::device", G_CALLBACK (device_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::kv-memory", G_CALLBACK (kv_memory_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  baleen_model_shelf_refresh (self);

  return self;
}
