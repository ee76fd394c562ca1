#include "endpoint.h"

#include "exchange.h"
#include "json-parsing.h"
#include "json-writing.h"
#include "secrets.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const char *const thinks[BALEEN_N_ENDPOINT_THINKS] = {
  "auto", "none", "template", "deepseek", "effort", "flag",
};

void
baleen_endpoint_free (BaleenEndpoint *endpoint)
{
  g_free (endpoint->name);
  g_free (endpoint->address);
  g_free (endpoint->model);
  g_free (endpoint);
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (*name != '\0' && g_utf8_validate (name, -1, NULL) && g_utf8_strlen (name, -1) <= 60
      && strpbrk (name, "/\\\n\t:") == NULL)
    return TRUE;

  g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                       _("An endpoint needs a name of at most 60 letters, without slashes or "
                         "colons."));
  return FALSE;
}

BaleenEndpoint *
baleen_endpoint_new (const char  *name,
                     const char  *address,
                     const char  *model,
                     GError     **error)
{
  g_autoptr (GUri) uri = baleen_web_address_parse (address, error);
  g_autofree char *text = NULL;
  BaleenEndpoint *endpoint;
  const char *path;
  gsize length;

  if (uri == NULL || !check_name (name, error))
    return NULL;
  if (*model == '\0')
    {
      g_set_error_literal (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                           _("An endpoint needs the name of a model, as its server calls it."));
      return NULL;
    }

  path = g_uri_get_path (uri);
  text = g_uri_to_string_partial (uri, G_URI_HIDE_QUERY);
  length = strlen (text);
  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  /* What people copy from a manual is often the whole address of a call. */
  if (g_str_has_suffix (text, "/chat/completions"))
    text[length - strlen ("/chat/completions")] = '\0';

  endpoint = g_new0 (BaleenEndpoint, 1);
  endpoint->name = g_strdup (name);
  endpoint->address = g_str_equal (path, "/") ? g_strconcat (text, "/v1", NULL)
                                              : g_strdup (text);
  endpoint->model = g_strdup (model);

  return endpoint;
}

BaleenEndpoint *
baleen_endpoint_copy (const BaleenEndpoint *endpoint)
{
  BaleenEndpoint *other = g_memdup2 (endpoint, sizeof *endpoint);

  other->name = g_strdup (endpoint->name);
  other->address = g_strdup (endpoint->address);
  other->model = g_strdup (endpoint->model);

  return other;
}

char *
baleen_endpoint_get_host (const BaleenEndpoint *endpoint)
{
  g_autoptr (GUri) uri = g_uri_parse (endpoint->address, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : endpoint->address);
}

gboolean
baleen_endpoint_is_name (const char *model)
{
  return model != NULL && g_str_has_prefix (model, BALEEN_ENDPOINT_PREFIX);
}

static const char *
skip_prefix (const char *name)
{
  return baleen_endpoint_is_name (name) ? name + strlen (BALEEN_ENDPOINT_PREFIX) : name;
}

/* ---- the file ---------------------------------------------------------------------------- */

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "baleen", "endpoints.json", NULL);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node) : "";
}

static BaleenEndpoint *
read_one (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  BaleenEndpoint *endpoint;

  if (object == NULL)
    return NULL;
  endpoint = baleen_endpoint_new (get_text (object, "name"), get_text (object, "address"),
                                  get_text (object, "model"), NULL);
  if (endpoint == NULL)
    return NULL;
  for (guint i = 0; i < BALEEN_N_ENDPOINT_THINKS; i++)
    if (g_str_equal (thinks[i], get_text (object, "think")))
      endpoint->think = i;
  endpoint->n_context
      = CLAMP (json_object_get_int_member_with_default (object, "context", 0), 0, 1 << 28);
  endpoint->is_keyless = json_object_get_boolean_member_with_default (object, "keyless", FALSE);

  return endpoint;
}

GPtrArray *
baleen_endpoints_load (GError **error)
{
  g_autofree char *path = get_path ();
  g_autoptr (GPtrArray) endpoints
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_endpoint_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonNode) root = baleen_json_parse_file (path, &problem);
  JsonArray *list;

  if (problem != NULL)
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&endpoints);
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                   _("The list of endpoints in “%s” cannot be read: %s. Mend the file or move it "
                     "away."), path, problem->message);
      return NULL;
    }
  list = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      BaleenEndpoint *endpoint = read_one (json_array_get_element (list, i));

      if (endpoint != NULL)
        g_ptr_array_add (endpoints, endpoint);
    }

  return g_steal_pointer (&endpoints);
}

static gboolean
save (GPtrArray *endpoints,
      GError   **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < endpoints->len; i++)
    {
      const BaleenEndpoint *endpoint = endpoints->pdata[i];

      json_builder_begin_object (builder);
      baleen_json_add_text (builder, "name", endpoint->name);
      baleen_json_add_text (builder, "address", endpoint->address);
      baleen_json_add_text (builder, "model", endpoint->model);
      baleen_json_add_text (builder, "think", thinks[endpoint->think]);
      baleen_json_add_whole (builder, "context", endpoint->n_context);
      if (endpoint->is_keyless)
        baleen_json_add_flag (builder, "keyless", TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_mkdir_with_parents (folder, 0700);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
find_index (GPtrArray  *endpoints,
            const char *name,
            guint      *index)
{
  for (guint i = 0; i < endpoints->len; i++)
    if (g_str_equal (((BaleenEndpoint *) endpoints->pdata[i])->name, skip_prefix (name)))
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

BaleenEndpoint *
baleen_endpoints_find (const char  *name,
                       GError     **error)
{
  g_autoptr (GPtrArray) endpoints = baleen_endpoints_load (error);
  g_autoptr (GString) names = g_string_new (NULL);
  guint index;

  if (endpoints == NULL)
    return NULL;
  if (find_index (endpoints, name, &index))
    return baleen_endpoint_copy (endpoints->pdata[index]);

  for (guint i = 0; i < endpoints->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((BaleenEndpoint *) endpoints->pdata[i])->name);
  if (names->len > 0)
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                 _("There is no endpoint “%s”; there are %s."), skip_prefix (name), names->str);
  else
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ADDRESS,
                 _("There is no endpoint “%s”. Add one with “baleen models add” or in the model "
                   "library."), skip_prefix (name));
  return NULL;
}

gboolean
baleen_endpoints_put (const BaleenEndpoint *endpoint,
                      GError              **error)
{
  g_autoptr (GPtrArray) endpoints = baleen_endpoints_load (error);
  guint index;

  if (endpoints == NULL)
    return FALSE;
  if (find_index (endpoints, endpoint->name, &index))
    {
      baleen_endpoint_free (endpoints->pdata[index]);
      endpoints->pdata[index] = baleen_endpoint_copy (endpoint);
    }
  else
    g_ptr_array_add (endpoints, baleen_endpoint_copy (endpoint));

  return save (endpoints, error);
}

gboolean
baleen_endpoints_remove (const char *name,
                         GError    **error)
{
  g_autoptr (BaleenEndpoint) endpoint = baleen_endpoints_find (name, error);
  g_autoptr (GPtrArray) endpoints = endpoint != NULL ? baleen_endpoints_load (error) : NULL;
  guint index;

  if (endpoints == NULL || !find_index (endpoints, name, &index))
    return FALSE;
  /* A keyring that is locked keeps a key that nothing asks for any more. */
  baleen_endpoint_set_key (endpoint, NULL, NULL);
  g_ptr_array_remove_index (endpoints, index);

  return save (endpoints, error);
}

/* ---- keys -------------------------------------------------------------------------------- */

char *
baleen_endpoint_get_key (const BaleenEndpoint *endpoint,
                         GError              **error)
{
  const char *environment = g_getenv ("BALEEN_ENDPOINT_KEY");
  g_autofree char *host = baleen_endpoint_get_host (endpoint);

  if (environment != NULL && *environment != '\0')
    return g_strdup (environment);
  if (endpoint->is_keyless)
    return NULL;

  return baleen_secrets_get ("endpoint", endpoint->name, host, error);
}

gboolean
baleen_endpoint_set_key (const BaleenEndpoint *endpoint,
                         const char           *key,
                         GError              **error)
{
  g_autofree char *host = baleen_endpoint_get_host (endpoint);

  return baleen_secrets_set ("endpoint", endpoint->name, host, key, error);
}
