#include "template-import.h"

#include "json-parsing.h"
#include "template-parser.h"
#include "template-slot.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_JSON_DEPTH 32

void
baleen_template_import_clear (BaleenTemplateImport *import)
{
  g_clear_pointer (&import->taken, g_ptr_array_unref);
  g_clear_pointer (&import->left_out, g_ptr_array_unref);
  g_clear_pointer (&import->ids, g_hash_table_unref);
}

/* An id that no other of this import has. */
static char *
make_id (BaleenTemplateImport *import,
         const char           *words)
{
  g_autofree char *small = g_utf8_strdown (words, -1);
  g_autofree char *made = baleen_template_slot_make_id (small, -1);
  g_autofree char *id = made != NULL ? g_steal_pointer (&made) : g_strdup ("template");
  char *unique = g_strdup (id);
  guint next = MAX (GPOINTER_TO_UINT (g_hash_table_lookup (import->ids, id)), 2);

  while (g_hash_table_contains (import->ids, unique))
    {
      g_free (unique);
      unique = g_strdup_printf ("%s-%u", id, next++);
    }
  g_hash_table_insert (import->ids, g_strdup (id), GUINT_TO_POINTER (next));
  if (!g_str_equal (unique, id))
    g_hash_table_insert (import->ids, g_strdup (unique), GUINT_TO_POINTER (2));

  return unique;
}

/* Han letters without kana mean Chinese and Latin ones English, as far as an import can tell; of
 * other scripts nothing is said. */
static const char *
guess_language (const char *text)
{
  gsize n_han = 0, n_kana = 0, n_latin = 0, n_letters = 0, n_all = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n_all++)
    {
      const gunichar c = g_utf8_get_char (p);
      const GUnicodeScript script = g_unichar_get_script (c);

      n_han += script == G_UNICODE_SCRIPT_HAN;
      n_kana += script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
      n_latin += script == G_UNICODE_SCRIPT_LATIN;
      n_letters += g_unichar_isalpha (c);
    }
  if (n_kana * 5 > n_letters)
    return "";
  if (n_han * 5 > n_all)
    return "zh";

  return n_latin * 2 >= n_letters ? "en" : "";
}

static void
add_field (BaleenTemplate      *template_,
           BaleenTemplateField *field)
{
  if (baleen_template_find_field (template_, field->id) != NULL)
    {
      baleen_template_field_free (field);
      return;
    }
  if (g_ascii_strcasecmp (field->id, "clipboard") == 0)
    field->type = BALEEN_FIELD_CLIPBOARD;
  else if (g_ascii_strcasecmp (field->id, "current_date") == 0)
    field->type = BALEEN_FIELD_DATE;

  g_ptr_array_add (template_->fields, field);
}

/* “${Name:default}” at `from`: its field and its end; NULL for a “${” that is none. */
static BaleenTemplateField *
parse_dollar (const char  *from,
              const char **end)
{
  const char *close = from + strcspn (from, "}\n");
  const char *colon = memchr (from, ':', close - from);
  const char *name = from + strlen ("${");
  const char *name_end = colon != NULL ? colon : close;
  g_autofree char *id = NULL;
  BaleenTemplateField *field;

  if (*close != '}' || name_end <= name)
    return NULL;
  id = baleen_template_slot_make_id (name, name_end - name);
  if (id == NULL)
    return NULL;

  field = baleen_template_field_new (id, BALEEN_FIELD_TEXT);
  g_free (field->label);
  field->label = g_strstrip (g_strndup (name, name_end - name));
  if (colon != NULL)
    {
      g_free (field->default_value);
      field->default_value = g_strstrip (g_strndup (colon + 1, close - colon - 1));
    }
  *end = close + 1;
  return field;
}

/* Writes the text with our variables and declares them. */
static gboolean
take_text (BaleenTemplate *template_,
           const char     *text,
           GError        **error)
{
  g_autoptr (GString) body = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *inside, *end;
      gsize n_inside;
      BaleenTemplateField *field = NULL;

      if (g_str_has_prefix (text, "{{")
          && baleen_template_find_slot (text, &inside, &n_inside, &end) != NULL)
        {
          field = baleen_template_slot_parse (inside, n_inside, error);
          if (field == NULL)
            return FALSE;
        }
      else if (g_str_has_prefix (text, "${"))
        field = parse_dollar (text, &end);

      if (field == NULL)
        {
          g_string_append_c (body, *text++);
          continue;
        }
      g_string_append_printf (body, "{{%s}}", field->id);
      add_field (template_, field);
      text = end;
    }

  template_->body = g_string_free (g_steal_pointer (&body), FALSE);
  return TRUE;
}

static BaleenTemplate *
make_template (BaleenTemplateImport *import,
               const char           *id_words,
               const char           *title,
               const char           *text,
               char                **tags,
               gboolean              is_system,
               GError              **error)
{
  g_autoptr (BaleenTemplate) draft = baleen_template_new ();
  g_autofree char *source = NULL;

  draft->id = make_id (import, id_words != NULL ? id_words : title);
  /* “`Excel Sheet`”, as the awesome list has some. */
  draft->title = g_strstrip (g_strdelimit (g_strdup (title), "`", ' '));
  draft->is_system = is_system;
  g_free (draft->language);
  draft->language = g_strdup (guess_language (text));
  if (tags != NULL)
    {
      g_strfreev (draft->tags);
      draft->tags = g_strdupv (tags);
    }
  if (!take_text (draft, text, error))
    return NULL;

  /* What an import makes is what its file says. */
  source = baleen_template_write (draft);
  return baleen_template_parse (draft->title, source, strlen (source), error);
}

void
baleen_template_import_add (BaleenTemplateImport *import,
                            const char           *id_words,
                            const char           *title,
                            const char           *text,
                            char                **tags,
                            gboolean              is_system)
{
  g_autoptr (GError) error = NULL;
  BaleenTemplate *template_;
  guint number = import->taken->len + import->left_out->len + 1;

  if (title == NULL || title[strspn (title, " \t\r\n")] == '\0')
    {
      g_ptr_array_add (import->left_out, g_strdup_printf (_("Entry %u: no title."), number));
      return;
    }
  if (text == NULL || text[strspn (text, " \t\r\n")] == '\0')
    {
      g_ptr_array_add (import->left_out,
                       g_strdup_printf (_("Entry %u, “%s”: no text."), number, title));
      return;
    }

  template_ = make_template (import, id_words, title, text, tags, is_system, &error);
  if (template_ != NULL)
    g_ptr_array_add (import->taken, template_);
  else
    g_ptr_array_add (import->left_out,
                     g_strdup_printf (_("Entry %u, “%s”: %s"), number, title, error->message));
}

static const char *
get_text (JsonObject        *object,
          const char *const *members)
{
  for (; *members != NULL; members++)
    {
      JsonNode *node = json_object_get_member (object, *members);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
          && json_node_get_value_type (node) == G_TYPE_STRING)
        return json_node_get_string (node);
    }

  return NULL;
}

/* Cherry's groups, Open WebUI's tags. */
static char **
dup_tags (JsonObject *object)
{
  static const char *const members[] = { "tags", "group", NULL };
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (object, members[i]);
      JsonArray *array
          = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; array != NULL && j < json_array_get_length (array); j++)
        {
          JsonNode *tag = json_array_get_element (array, j);

          if (JSON_NODE_HOLDS_VALUE (tag) && json_node_get_value_type (tag) == G_TYPE_STRING)
            g_strv_builder_add (tags, json_node_get_string (tag));
        }
    }

  return g_strv_builder_end (tags);
}

static void
take_json_entry (BaleenTemplateImport *import,
                 JsonNode             *node)
{
  static const char *const titles[] = { "title", "name", "act", "command", NULL };
  static const char *const texts[] = { "content", "prompt", "text", "body", NULL };
  static const char *const commands[] = { "command", NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_auto (GStrv) tags = object != NULL ? dup_tags (object) : NULL;

  if (object == NULL)
    {
      baleen_template_import_add (import, NULL, NULL, NULL, NULL, FALSE);
      return;
    }

  /* An entry of Cherry is a role for the model: it has a name and a prompt, no command. */
  baleen_template_import_add (import, get_text (object, commands), get_text (object, titles),
                              get_text (object, texts), tags,
                              json_object_has_member (object, "prompt")
                                  && json_object_has_member (object, "name")
                                  && !json_object_has_member (object, "command"));
}

/* The list of entries: the document itself, one of its members, or a single entry. */
static JsonArray *
find_entries (JsonNode *root)
{
  static const char *const members[] = { "prompts", "templates", "agents", "assistants", NULL };

  if (JSON_NODE_HOLDS_ARRAY (root))
    return json_node_get_array (root);
  for (gsize i = 0; JSON_NODE_HOLDS_OBJECT (root) && members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), members[i]);

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        return json_node_get_array (node);
    }

  return NULL;
}

static gboolean
import_json (BaleenTemplateImport  *import,
             const char            *name,
             const char            *text,
             GError               **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) reason = NULL;
  JsonArray *entries;

  if (baleen_json_is_deeper (text, -1, MAX_JSON_DEPTH))
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("“%s” is nested more than %d levels deep. It is no list of prompts."), name,
                   MAX_JSON_DEPTH);
      return FALSE;
    }
  root = baleen_json_parse (text, -1, &reason);
  if (root == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("“%s” cannot be read as JSON: %s"), name,
                   reason != NULL ? reason->message : _("it is empty"));
      return FALSE;
    }

  entries = find_entries (root);
  if (entries == NULL)
    take_json_entry (import, root);
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    take_json_entry (import, json_array_get_element (entries, i));

  return TRUE;
}

/* With front matter it is ours and must be right; without it the whole file is the text. */
static gboolean
import_markdown (BaleenTemplateImport  *import,
                 const char            *name,
                 const char            *text,
                 GError               **error)
{
  BaleenTemplate *template_;

  if (!g_str_has_prefix (text, "---"))
    {
      g_autofree char *title = g_strdup (name);

      if (g_str_has_suffix (title, ".md"))
        title[strlen (title) - strlen (".md")] = '\0';
      baleen_template_import_add (import, NULL, title, text, NULL, FALSE);
      return TRUE;
    }

  template_ = baleen_template_parse (name, text, strlen (text), error);
  if (template_ == NULL)
    return FALSE;
  g_ptr_array_add (import->taken, template_);

  return TRUE;
}

gboolean
baleen_template_import_parse (BaleenTemplateImport  *import,
                              const char            *name,
                              const char            *text,
                              gsize                  length,
                              GError               **error)
{
  const char *first;

  g_return_val_if_fail (import != NULL && name != NULL && text != NULL, FALSE);

  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
                   _("“%s” is not UTF-8 text. Save it as UTF-8 and try again."), name);
      return FALSE;
    }

  import->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_template_free);
  import->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import->left_out = g_ptr_array_new_with_free_func (g_free);
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  first = text + strspn (text, " \t\r\n");
  if (*first == '[' || (*first == '{' && first[1] != '{'))
    return import_json (import, name, text, error);
  if (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".CSV"))
    return baleen_template_import_csv (import, name, text, error);

  return import_markdown (import, name, text, error);
}

gboolean
baleen_template_import_load (BaleenTemplateImport  *import,
                             const char            *path,
                             GError               **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  gsize length;

  text = baleen_template_read_file (path, BALEEN_TEMPLATE_IMPORT_MAX_BYTES, &length, error);

  return text != NULL && baleen_template_import_parse (import, name, text, length, error);
}
