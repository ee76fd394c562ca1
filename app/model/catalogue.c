#include "catalogue.h"

#include "json-parsing.h"
#include "json-reading.h"

#include <glib/gi18n.h>

struct _BaleenCatalogue
{
  GPtrArray *entries;                       /* (owned) */
  const BaleenCatalogueEntry *default_entry; /* in `entries` */
};

static void
example_free (gpointer data)
{
  BaleenCatalogueExample *example = data;

  g_free (example->id);
  g_free (example->title);
  g_free (example->text);
  g_free (example->file);
  g_free (example->template);
  g_free (example);
}

static void
entry_free (gpointer data)
{
  BaleenCatalogueEntry *entry = data;

  g_free (entry->id);
  g_free (entry->file);
  g_free (entry->name);
  g_free (entry->maker);
  g_free (entry->license);
  g_free (entry->page);
  g_free (entry->can);
  g_free (entry->cannot);
  g_strfreev (entry->languages);
  g_ptr_array_unref (entry->examples);
  g_ptr_array_unref (entry->files);
  g_free (entry);
}

/* A member that is text, or NULL: a file that people edit may hold anything. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* A text that stands there per language. */
static char *
dup_localized (JsonObject        *object,
               const char        *member,
               const char *const *languages)
{
  JsonObject *texts = baleen_json_get_object (object, member);
  const char *text = NULL;

  if (texts == NULL)
    return g_strdup ("");

  for (gsize i = 0; languages != NULL && languages[i] != NULL && text == NULL; i++)
    text = get_text (texts, languages[i]);
  if (text == NULL)
    text = get_text (texts, "en");

  return g_strdup (text != NULL ? text : "");
}

static char **
dup_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

static GPtrArray *
parse_examples (JsonArray         *array,
                const char *const *languages)
{
  GPtrArray *examples = g_ptr_array_new_with_free_func (example_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object;
      BaleenCatalogueExample *example;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      object = json_node_get_object (node);
      example = g_new0 (BaleenCatalogueExample, 1);
      example->id = g_strdup (get_text (object, "id"));
      example->title = dup_localized (object, "title", languages);
      example->text = dup_localized (object, "text", languages);
      example->think = json_object_get_boolean_member_with_default (object, "think", FALSE);
      example->file = g_strdup (json_object_get_string_member_with_default (object, "file", NULL));
      example->template
          = g_strdup (json_object_get_string_member_with_default (object, "template", NULL));
      g_ptr_array_add (examples, example);
    }

  return examples;
}

static BaleenThinks
parse_thinks (JsonObject *object)
{
  if (baleen_json_is (object, "thinks", "always"))
    return BALEEN_THINKS_ALWAYS;

  return baleen_json_is (object, "thinks", "choice") ? BALEEN_THINKS_CHOICE : BALEEN_THINKS_NEVER;
}

static guint64
get_count (JsonObject *object,
           const char *member,
           guint64     most)
{
  return CLAMP (baleen_json_get_whole (object, member), 0, (gint64) most);
}

static void
parse_shape (JsonObject       *object,
             BaleenModelShape *shape)
{
  shape->n_parameters = get_count (object, "parameters", G_MAXINT64);
  shape->n_active_parameters = get_count (object, "active", shape->n_parameters);
  shape->n_experts = get_count (object, "experts", G_MAXINT);
  shape->n_experts_used = get_count (object, "experts_used", G_MAXINT);
  shape->n_layers = get_count (object, "layers", G_MAXINT);
  shape->n_kv_width = get_count (object, "kv_width", G_MAXINT);
  shape->n_attention_width = get_count (object, "attention_width", G_MAXINT);
  shape->n_embedding = get_count (object, "embedding", G_MAXINT);
  shape->n_vocabulary = get_count (object, "vocabulary", G_MAXINT);
  shape->n_context = get_count (object, "context", G_MAXINT);
}

/* One file under “file”, or several to choose from under “files”. */
static const char *
get_first_file (JsonObject *object,
                GPtrArray  *files)
{
  if (files->len > 0)
    return ((const BaleenCatalogueFile *) files->pdata[0])->file;

  return get_text (object, "file");
}

static BaleenCatalogueEntry *
parse_entry (JsonNode           *node,
             const char *const  *languages,
             GError            **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GPtrArray) files
      = baleen_catalogue_files_parse (baleen_json_get_array (object, "files"));
  BaleenCatalogueEntry *entry;

  if (object == NULL || get_text (object, "id") == NULL || get_first_file (object, files) == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("The model catalogue has an entry without “id” or “file”. "
                     "Install Baleen again."));
      return NULL;
    }

  entry = g_new0 (BaleenCatalogueEntry, 1);
  entry->id = g_strdup (get_text (object, "id"));
  entry->file = g_path_get_basename (get_first_file (object, files));
  entry->name = g_strdup (get_text (object, "name"));
  if (entry->name == NULL)
    entry->name = g_strdup (entry->id);
  entry->maker = g_strdup (get_text (object, "maker"));
  entry->license = g_strdup (get_text (object, "license"));
  entry->page = g_strdup (get_text (object, "page"));
  entry->thinks = parse_thinks (object);
  parse_shape (baleen_json_get_object (object, "shape"), &entry->shape);
  entry->can = dup_localized (object, "can", languages);
  entry->cannot = dup_localized (object, "cannot", languages);
  entry->languages = dup_texts (baleen_json_get_array (object, "languages"));
  entry->part_tokens = MAX (json_object_get_int_member_with_default (object, "part_tokens", 0), 0);
  entry->passage_tokens
      = MAX (json_object_get_int_member_with_default (object, "passage_tokens", 0), 0);
  entry->examples = parse_examples (baleen_json_get_array (object, "examples"), languages);
  entry->files = g_steal_pointer (&files);

  return entry;
}

static gboolean
parse_entries (BaleenCatalogue    *catalogue,
               JsonObject         *root,
               const char *const  *languages,
               GError            **error)
{
  JsonArray *models = baleen_json_get_array (root, "models");
  const char *default_id = get_text (root, "default");

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      BaleenCatalogueEntry *entry
          = parse_entry (json_array_get_element (models, i), languages, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (catalogue->entries, entry);
    }

  if (default_id != NULL)
    catalogue->default_entry = baleen_catalogue_find_id (catalogue, default_id);
  if (catalogue->default_entry == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("The model catalogue names no built-in model. Install Baleen again."));
      return FALSE;
    }

  return TRUE;
}

BaleenCatalogue *
baleen_catalogue_new (const char         *json,
                      gssize              length,
                      const char *const  *languages,
                      GError            **error)
{
  g_autoptr (BaleenCatalogue) catalogue = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = baleen_json_parse (json, length, &local_error);

  if (local_error != NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("The model catalogue cannot be read (%s). Install Baleen again."),
                   local_error->message);
      return NULL;
    }

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("The model catalogue is empty. Install Baleen again."));
      return NULL;
    }

  catalogue = g_new0 (BaleenCatalogue, 1);
  catalogue->entries = g_ptr_array_new_with_free_func (entry_free);
  if (!parse_entries (catalogue, json_node_get_object (root), languages, error))
    return NULL;

  return g_steal_pointer (&catalogue);
}

void
baleen_catalogue_free (BaleenCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;

  g_ptr_array_unref (catalogue->entries);
  g_free (catalogue);
}

const BaleenCatalogueEntry *
baleen_catalogue_get_default (BaleenCatalogue *catalogue)
{
  g_return_val_if_fail (catalogue != NULL, NULL);

  return catalogue->default_entry;
}

GPtrArray *
baleen_catalogue_get_entries (BaleenCatalogue *catalogue)
{
  g_return_val_if_fail (catalogue != NULL, NULL);

  return catalogue->entries;
}

const BaleenCatalogueEntry *
baleen_catalogue_find_id (BaleenCatalogue *catalogue,
                          const char      *id)
{
  g_return_val_if_fail (catalogue != NULL && id != NULL, NULL);

  for (guint i = 0; i < catalogue->entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);

      if (g_ascii_strcasecmp (entry->id, id) == 0)
        return entry;
    }

  return NULL;
}

static gboolean
has_file (const BaleenCatalogueEntry *entry,
          const char                 *base_name)
{
  for (guint i = 0; i < entry->files->len; i++)
    if (g_str_equal (((const BaleenCatalogueFile *) entry->files->pdata[i])->file, base_name))
      return TRUE;

  return g_str_equal (entry->file, base_name);
}

const BaleenCatalogueEntry *
baleen_catalogue_find_file (BaleenCatalogue *catalogue,
                            const char      *base_name)
{
  g_return_val_if_fail (catalogue != NULL && base_name != NULL, NULL);

  for (guint i = 0; i < catalogue->entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);

      if (has_file (entry, base_name))
        return entry;
    }

  return NULL;
}

char *
baleen_catalogue_entry_name_file (const BaleenCatalogueEntry *entry,
                                  const char                 *base_name)
{
  for (guint i = 1; i < entry->files->len; i++)
    {
      const BaleenCatalogueFile *file = entry->files->pdata[i];

      if (g_str_equal (file->file, base_name))
        return g_strconcat (entry->name, " ", file->quantization, NULL);
    }

  return g_strdup (entry->name);
}

const BaleenCatalogueFile *
baleen_catalogue_entry_find (const BaleenCatalogueEntry *entry,
                             const char                 *quantization)
{
  for (guint i = 0; i < entry->files->len; i++)
    {
      const BaleenCatalogueFile *file = entry->files->pdata[i];

      if (quantization == NULL || g_ascii_strcasecmp (file->quantization, quantization) == 0)
        return file;
    }

  return NULL;
}
