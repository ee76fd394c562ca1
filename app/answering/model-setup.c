#include "model-setup-engine.h"

#include "json-parsing.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static GMutex lock;
static gint is_usually_small; /* (atomic) */

static const char *const kv_names[] = { NULL, "full", "small" };

/* ---- the file ---------------------------------------------------------------------------- */

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", "models.json", NULL);
}

/* An object, whatever the file holds. */
static JsonObject *
load_file (void)
{
  g_autofree char *path = get_path ();
  g_autoptr (JsonNode) root = baleen_json_parse_file (path, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? json_object_ref (json_node_get_object (root)) : json_object_new ();
}

static gboolean
save_file (JsonObject *object,
           GError    **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (root, object);
  text = json_to_string (root, TRUE);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               _("“%s” could not be made. Look whether its folder may be written."), folder);
  return FALSE;
}

static JsonNode *
get_value (JsonObject *object,
           const char *member,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node : NULL;
}

static void
read_setup (BaleenModelSetup *setup,
            JsonObject       *object)
{
  JsonNode *context = get_value (object, "context", G_TYPE_INT64);
  JsonNode *kv_memory = get_value (object, "kv-memory", G_TYPE_STRING);
  JsonNode *adapter = get_value (object, "adapter", G_TYPE_STRING);

  if (context != NULL)
    setup->n_context = (guint) CLAMP (json_node_get_int (context), 0, G_MAXINT);
  for (guint i = BALEEN_KV_FULL; kv_memory != NULL && i < G_N_ELEMENTS (kv_names); i++)
    if (g_str_equal (json_node_get_string (kv_memory), kv_names[i]))
      setup->kv_memory = i;
  if (adapter != NULL)
    setup->adapter = json_node_dup_string (adapter);
}

static JsonObject *
write_setup (const BaleenModelSetup *setup)
{
  JsonObject *object = json_object_new ();

  if (setup->n_context > 0)
    json_object_set_int_member (object, "context", setup->n_context);
  if (setup->kv_memory != BALEEN_KV_USUAL)
    json_object_set_string_member (object, "kv-memory", kv_names[setup->kv_memory]);
  if (setup->adapter != NULL)
    json_object_set_string_member (object, "adapter", setup->adapter);
  return object;
}

void
baleen_model_setup_load (BaleenModelSetup *setup,
                         const char       *model)
{
  g_autofree char *key = g_canonicalize_filename (model, NULL);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *node;

  *setup = (BaleenModelSetup) { 0 };
  g_mutex_lock (&lock);
  object = load_file ();
  g_mutex_unlock (&lock);
  node = json_object_get_member (object, key);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_setup (setup, json_node_get_object (node));
}

void
baleen_model_setup_clear (BaleenModelSetup *setup)
{
  g_clear_pointer (&setup->adapter, g_free);
}

/* ---- adapters ---------------------------------------------------------------------------- */

static gboolean
check_adapter (const char *model_path,
               const char *adapter_path,
               GError    **error)
{
  g_autoptr (BlnAdapter) adapter = bln_adapter_open (adapter_path, error);
  g_autoptr (BlnModel) model = adapter != NULL ? bln_model_open (model_path, error) : NULL;

  return model != NULL && bln_adapter_check (adapter, model, error);
}

gboolean
baleen_model_setup_save (const BaleenModelSetup *setup,
                         const char             *model,
                         GError                **error)
{
  g_autofree char *key = g_canonicalize_filename (model, NULL);
  g_autofree char *adapter
      = setup->adapter != NULL ? g_canonicalize_filename (setup->adapter, NULL) : NULL;
  BaleenModelSetup kept = *setup;
  g_auto (BaleenModelSetup) before = { 0 };
  g_autoptr (JsonObject) object = NULL, member = NULL;
  gboolean is_saved;

  baleen_model_setup_load (&before, model);
  if (adapter != NULL && g_strcmp0 (adapter, before.adapter) != 0
      && !check_adapter (key, adapter, error))
    return FALSE;

  kept.adapter = adapter;
  member = write_setup (&kept);
  g_mutex_lock (&lock);
  object = load_file ();
  if (json_object_get_size (member) > 0)
    json_object_set_object_member (object, key, json_object_ref (member));
  else
    json_object_remove_member (object, key);
  is_saved = save_file (object, error);
  g_mutex_unlock (&lock);

  return is_saved;
}

gboolean
baleen_model_setup_is_adapter (const char *path)
{
  g_autoptr (BlnAdapter) adapter = bln_adapter_open (path, NULL);

  return adapter != NULL;
}

char *
baleen_model_setup_describe_adapter (const char *path,
                                     GError    **error)
{
  g_autoptr (BlnAdapter) adapter = bln_adapter_open (path, error);
  const BlnAdapterInfo *info = adapter != NULL ? bln_adapter_get_info (adapter) : NULL;

  return info != NULL ? g_strdup_printf (_("%s · rank %u"), info->name, info->rank) : NULL;
}

/* ---- for the engine ---------------------------------------------------------------------- */

void
baleen_model_setup_set_usual_kv_memory (const char *name)
{
  g_atomic_int_set (&is_usually_small, g_str_equal (name, kv_names[BALEEN_KV_SMALL]));
}

gboolean
baleen_model_setup_has_small_kv (const BaleenModelSetup *setup)
{
  return setup->kv_memory == BALEEN_KV_SMALL
         || (setup->kv_memory == BALEEN_KV_USUAL && g_atomic_int_get (&is_usually_small));
}

void
baleen_model_setup_apply (const BaleenModelSetup *setup,
                          BlnEngineOptions       *options)
{
  if (options->n_context == 0)
    options->n_context = setup->n_context;
  if (options->kv_type == BLN_KV_AUTO && baleen_model_setup_has_small_kv (setup))
    options->kv_type = BLN_KV_Q8_0;
}
