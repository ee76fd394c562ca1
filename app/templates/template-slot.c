#include "template-slot.h"

#include "json-parsing.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_ID_CHARACTERS 60

/* Other programs' words for our types. */
static const struct
{
  const char *word;
  BaleenFieldType type;
} foreign_types[] = {
  { "string", BALEEN_FIELD_TEXT },       { "input", BALEEN_FIELD_TEXT },
  { "email", BALEEN_FIELD_TEXT },        { "url", BALEEN_FIELD_TEXT },
  { "tel", BALEEN_FIELD_TEXT },          { "time", BALEEN_FIELD_TEXT },
  { "month", BALEEN_FIELD_TEXT },        { "color", BALEEN_FIELD_TEXT },
  { "checkbox", BALEEN_FIELD_TEXT },     { "map", BALEEN_FIELD_TEXT },
  { "datetime-local", BALEEN_FIELD_TEXT }, { "datetime", BALEEN_FIELD_TEXT },
  { "textarea", BALEEN_FIELD_LONGTEXT }, { "multiline", BALEEN_FIELD_LONGTEXT },
  { "select", BALEEN_FIELD_CHOICE },     { "enum", BALEEN_FIELD_CHOICE },
  { "options", BALEEN_FIELD_CHOICE },    { "radio", BALEEN_FIELD_CHOICE },
  { "dropdown", BALEEN_FIELD_CHOICE },   { "range", BALEEN_FIELD_NUMBER },
  { "int", BALEEN_FIELD_NUMBER },        { "integer", BALEEN_FIELD_NUMBER },
};

char *
baleen_template_slot_make_id (const char *text,
                              gssize      length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  GString *id = g_string_new (NULL);
  gsize n = 0;

  for (const char *p = text; p < end && n < MAX_ID_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_letter = g_unichar_isalnum (c) || (c == '-' && id->len > 0);

      /* The dot that a Turkish “İ” leaves when it becomes small. */
      if (g_unichar_ismark (c))
        continue;
      if (!is_letter && (id->len == 0 || id->str[id->len - 1] == '_'))
        continue;
      g_string_append_unichar (id, is_letter ? c : '_');
      n++;
    }
  while (id->len > 0 && id->str[id->len - 1] == '_')
    g_string_truncate (id, id->len - 1);

  return g_string_free (id, id->len == 0);
}

static gboolean
parse_type (const char      *word,
            BaleenFieldType *type)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);

  if (baleen_field_type_from_string (lower, type))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_types); i++)
    if (g_str_equal (foreign_types[i].word, lower))
      {
        *type = foreign_types[i].type;
        return TRUE;
      }

  return FALSE;
}

static char *
unquote (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize length = strlen (stripped);

  if (length >= 2 && (*stripped == '"' || *stripped == '\'') && stripped[length - 1] == *stripped)
    return g_strndup (stripped + 1, length - 2);

  return g_steal_pointer (&stripped);
}

/* Where the part that begins at `text` ends: the next `separator` outside quotes and brackets. */
static const char *
find_end (const char *text,
          char        separator)
{
  char quote = 0;
  guint depth = 0;

  for (; *text != '\0'; text++)
    {
      if (quote != 0)
        quote = *text == quote ? 0 : quote;
      else if (*text == '"')
        quote = *text;
      else if (*text == '[')
        depth++;
      else if (*text == ']' && depth > 0)
        depth--;
      else if (*text == separator && depth == 0)
        break;
    }

  return text;
}

static char **
parse_list (const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *inner = NULL;
  char separator;

  if (*text == '[' && (root = baleen_json_parse (text, -1, NULL)) != NULL
      && JSON_NODE_HOLDS_ARRAY (root))
    {
      JsonArray *array = json_node_get_array (root);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *node = json_array_get_element (array, i);

          if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
            g_strv_builder_add (builder, json_node_get_string (node));
        }
      return g_strv_builder_end (builder);
    }

  inner = g_strdup (*text == '[' ? text + 1 : text);
  if (g_str_has_suffix (inner, "]"))
    inner[strlen (inner) - 1] = '\0';
  separator = strchr (inner, '|') != NULL ? '|' : strchr (inner, ',') != NULL ? ',' : '/';
  for (const char *p = inner; *p != '\0';)
    {
      const char *end = find_end (p, separator);
      g_autofree char *piece = g_strndup (p, end - p);
      g_autofree char *option = unquote (piece);

      if (*option != '\0')
        g_strv_builder_add (builder, option);
      p = *end != '\0' ? end + 1 : end;
    }

  return g_strv_builder_end (builder);
}

/* One “:part” after the type: “options=[…]”, “default="x"”, “required”, or the options of a
 * choice and the default of anything else just so. */
static void
take_part (BaleenTemplateField *field,
           const char          *part)
{
  const char *equals = strchr (part, '=');
  g_autofree char *value = unquote (equals != NULL ? equals + 1 : part);

  if (g_str_equal (part, "required"))
    field->is_required = TRUE;
  else if (g_str_has_prefix (part, "options=") || (equals == NULL
                                                    && field->type == BALEEN_FIELD_CHOICE))
    {
      g_strfreev (field->options);
      field->options = parse_list (equals != NULL ? equals + 1 : part);
    }
  else if (g_str_has_prefix (part, "default=") || equals == NULL)
    {
      g_free (field->default_value);
      field->default_value = g_steal_pointer (&value);
    }
  else if (g_str_has_prefix (part, "placeholder=") || g_str_has_prefix (part, "help="))
    {
      g_free (field->help);
      field->help = g_steal_pointer (&value);
    }
  else if (g_str_has_prefix (part, "required="))
    field->is_required = g_str_equal (value, "true");
}

static gboolean
take_declaration (BaleenTemplateField *field,
                  const char          *declaration,
                  GError             **error)
{
  gboolean is_first = TRUE;

  for (const char *p = declaration;; is_first = FALSE)
    {
      const char *end = find_end (p, ':');
      g_autofree char *part = g_strstrip (g_strndup (p, end - p));

      if (is_first && !parse_type (part, &field->type))
        {
          g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                       _("the field “%s” has the unknown type “%s”"), field->id, part);
          return FALSE;
        }
      if (!is_first && *part != '\0')
        take_part (field, part);
      if (*end == '\0')
        break;
      p = end + 1;
    }

  if (field->type == BALEEN_FIELD_CHOICE && field->options[0] == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("the field “%s” is a choice without options"), field->id);
      return FALSE;
    }
  if (!baleen_template_field_check (field, field->default_value, NULL))
    g_clear_pointer (&field->default_value, g_free);
  if (field->default_value == NULL)
    field->default_value = g_strdup ("");

  return TRUE;
}

BaleenTemplateField *
baleen_template_slot_parse (const char *inside,
                            gsize       n_inside,
                            GError    **error)
{
  const char *bar = memchr (inside, '|', n_inside);
  g_autofree char *name
      = g_strstrip (g_strndup (inside, bar != NULL ? (gsize) (bar - inside) : n_inside));
  g_autofree char *id = baleen_template_slot_make_id (name, -1);
  BaleenTemplateField *field;

  if (id == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("{{%s}} names no field"), name);
      return NULL;
    }

  field = baleen_template_field_new (id, BALEEN_FIELD_TEXT);
  g_free (field->label);
  field->label = g_steal_pointer (&name);
  if (bar != NULL)
    {
      g_autofree char *declaration = g_strndup (bar + 1, inside + n_inside - bar - 1);

      if (!take_declaration (field, declaration, error))
        g_clear_pointer (&field, baleen_template_field_free);
    }

  return field;
}
