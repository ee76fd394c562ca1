#include "model-adapter.h"

#include "bln-engine.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static GMutex lock;

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", "adapters.json", NULL);
}

/* An object of texts, whatever the file holds. */
static JsonObject *
load (void)
{
  g_autofree char *path = get_path ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = json_parser_load_from_file (parser, path, NULL) ? json_parser_get_root (parser)
                                                                   : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root)
             ? json_object_ref (json_node_get_object (root)) : json_object_new ();
}

static gboolean
save (JsonObject *object,
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

char *
baleen_model_adapter_get (const char *model)
{
  g_autofree char *key = g_canonicalize_filename (model, NULL);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *node;

  g_mutex_lock (&lock);
  object = load ();
  g_mutex_unlock (&lock);
  node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? g_strdup (json_node_get_string (node)) : NULL;
}

static gboolean
check (const char *model_path,
       const char *adapter_path,
       GError    **error)
{
  g_autoptr (BlnAdapter) adapter = bln_adapter_open (adapter_path, error);
  g_autoptr (BlnModel) model = adapter != NULL ? bln_model_open (model_path, error) : NULL;

  return model != NULL && bln_adapter_check (adapter, model, error);
}

gboolean
baleen_model_adapter_set (const char *model,
                          const char *adapter,
                          GError    **error)
{
  g_autofree char *key = g_canonicalize_filename (model, NULL);
  g_autofree char *value = adapter != NULL ? g_canonicalize_filename (adapter, NULL) : NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean is_saved;

  if (value != NULL && !check (key, value, error))
    return FALSE;
  g_mutex_lock (&lock);
  object = load ();
  if (value != NULL)
    json_object_set_string_member (object, key, value);
  else
    json_object_remove_member (object, key);
  is_saved = save (object, error);
  g_mutex_unlock (&lock);

  return is_saved;
}

char *
baleen_model_adapter_describe (const char *adapter_path,
                               GError    **error)
{
  g_autoptr (BlnAdapter) adapter = bln_adapter_open (adapter_path, error);
  const BlnAdapterInfo *info = adapter != NULL ? bln_adapter_get_info (adapter) : NULL;

  return info != NULL ? g_strdup_printf (_("%s · rank %u"), info->name, info->rank) : NULL;
}
