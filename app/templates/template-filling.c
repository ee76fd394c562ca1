#include "template-filling.h"

#include "json-parsing.h"
#include "json-writing.h"
#include "template-parser.h"
#include "template-values.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

struct _BaleenTemplateFilling
{
  BaleenTemplate *template_; /* (owned) */
  GHashTable *given;         /* (owned) field ids to what was given */
};

BaleenTemplateFilling *
baleen_template_filling_new (const char  *source,
                             GError     **error)
{
  BaleenTemplate *template_ = baleen_template_parse (_("template"), source, strlen (source), error);
  BaleenTemplateFilling *self;

  if (template_ == NULL)
    return NULL;

  self = g_new0 (BaleenTemplateFilling, 1);
  self->template_ = template_;
  self->given = baleen_template_values_new ();
  return self;
}

void
baleen_template_filling_free (BaleenTemplateFilling *self)
{
  if (self == NULL)
    return;

  baleen_template_free (self->template_);
  g_hash_table_unref (self->given);
  g_free (self);
}

const BaleenTemplate *
baleen_template_filling_get_template (BaleenTemplateFilling *self)
{
  return self->template_;
}

const char *
baleen_template_filling_get (BaleenTemplateFilling *self,
                             const char            *id)
{
  const BaleenTemplateField *field = baleen_template_find_field (self->template_, id);
  const char *value = g_hash_table_lookup (self->given, id);

  g_return_val_if_fail (field != NULL, "");

  return value != NULL ? value : field->default_value;
}

void
baleen_template_filling_set (BaleenTemplateFilling *self,
                             const char            *id,
                             const char            *value)
{
  g_return_if_fail (baleen_template_find_field (self->template_, id) != NULL);

  g_hash_table_insert (self->given, g_strdup (id), g_strdup (value));
}

gboolean
baleen_template_filling_is_untouched (BaleenTemplateFilling *self)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->given);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (!g_str_equal (baleen_template_find_field (self->template_, id)->default_value, value))
      return FALSE;
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

const char *
baleen_template_filling_find_problem (BaleenTemplateFilling  *self,
                                      GError                **error)
{
  for (guint i = 0; i < self->template_->fields->len; i++)
    {
      const BaleenTemplateField *field = self->template_->fields->pdata[i];
      const char *value = baleen_template_filling_get (self, field->id);

      if (field->is_required && is_blank (value))
        {
          g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                       _("“%s” is still empty."), field->label);
          return field->id;
        }
      if (!baleen_template_field_check (field, value, error))
        return field->id;
    }
  return NULL;
}

/* What goes into the fields, files read. */
static GHashTable *
read_values (BaleenTemplateFilling  *self,
             GError                **error)
{
  g_autoptr (GHashTable) values = baleen_template_values_new ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->given);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (!baleen_template_values_set (values, self->template_, id, value, error))
      return NULL;
  return g_steal_pointer (&values);
}

char *
baleen_template_filling_compose (BaleenTemplateFilling  *self,
                                 const char             *text,
                                 char                  **system,
                                 GError                **error)
{
  g_autoptr (GHashTable) values = NULL;

  *system = NULL;
  /* In the words of the form, which shows labels and no ids. */
  if (baleen_template_filling_find_problem (self, error) != NULL)
    return NULL;
  values = read_values (self, error);
  return values != NULL
             ? baleen_template_values_compose (values, self->template_, text, system, error)
             : NULL;
}

/* ---- JSON ------------------------------------------------------------------------------ */

/* Labels are there for whoever shows a message and knows nothing of templates. An emptied field
 * stays empty: without it here it would have its default again. */
static void
add_field (JsonBuilder               *builder,
           BaleenTemplateFilling     *self,
           const BaleenTemplateField *field)
{
  const char *value = baleen_template_filling_get (self, field->id);

  if (*value == '\0' && *field->default_value == '\0')
    return;
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "id", field->id);
  baleen_json_add_text (builder, "label", field->label);
  baleen_json_add_text (builder, "value", value);
  json_builder_end_object (builder);
}

char *
baleen_template_filling_to_json (BaleenTemplateFilling *self,
                                 const char            *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "title", self->template_->title);
  baleen_json_add_text (builder, "text", text);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->template_->fields->len; i++)
    add_field (builder, self, self->template_->fields->pdata[i]);
  json_builder_end_array (builder);
  baleen_json_add_text (builder, "source", self->template_->source);
  json_builder_end_object (builder);
  return baleen_json_to_text (builder);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
read_fields (BaleenTemplateFilling *self,
             JsonObject            *object)
{
  JsonNode *node = json_object_get_member (object, "fields");
  JsonArray *fields = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                   : NULL;

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      JsonNode *each = json_array_get_element (fields, i);
      JsonObject *field = JSON_NODE_HOLDS_OBJECT (each) ? json_node_get_object (each) : NULL;
      const char *id = field != NULL ? get_string (field, "id") : NULL;
      const char *value = field != NULL ? get_string (field, "value") : NULL;

      if (id != NULL && value != NULL && baleen_template_find_field (self->template_, id) != NULL)
        baleen_template_filling_set (self, id, value);
    }
}

BaleenTemplateFilling *
baleen_template_filling_from_json (const char  *json,
                                   char       **text,
                                   GError     **error)
{
  g_autoptr (JsonNode) root = baleen_json_parse (json, -1, error);
  JsonObject *object;
  const char *source, *beside;
  BaleenTemplateFilling *self;

  if (root == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  source = object != NULL ? get_string (object, "source") : NULL;
  if (source == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("What was filled in cannot be read. The message has its text."));
      return NULL;
    }

  self = baleen_template_filling_new (source, error);
  if (self == NULL)
    return NULL;
  read_fields (self, object);
  beside = get_string (object, "text");
  if (text != NULL)
    *text = g_strdup (beside != NULL ? beside : "");
  return self;
}
