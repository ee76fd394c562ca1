/* The other direction of template-parser.c: a template that was made becomes a file. */
#include "template-parser.h"

#include <glib/gi18n.h>
#include <string.h>

/* Double quotes hold any text; JSON's escapes are YAML's. */
static void
append_quoted (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c < 0x20 || (c >= 0x7f && c <= 0xa0)
               || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, '"');
}

static void
append_line (GString    *text,
             const char *indent,
             const char *key,
             const char *value)
{
  if (*value == '\0')
    return;

  g_string_append_printf (text, "%s%s: ", indent, key);
  append_quoted (text, value);
  g_string_append_c (text, '\n');
}

static void
append_list (GString    *text,
             const char *indent,
             const char *key,
             char      **values)
{
  if (values[0] == NULL)
    return;

  g_string_append_printf (text, "%s%s: [", indent, key);
  for (gsize i = 0; values[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_quoted (text, values[i]);
    }
  g_string_append (text, "]\n");
}

static void
append_field (GString                   *text,
              const BaleenTemplateField *field)
{
  g_string_append_printf (text, "  - id: \"%s\"\n", field->id);
  append_line (text, "    ", "label", field->label);
  append_line (text, "    ", "type", baleen_field_type_to_string (field->type));
  if (field->is_required)
    g_string_append (text, "    required: true\n");
  append_line (text, "    ", "help", field->help);
  append_line (text, "    ", "default", field->default_value);
  append_line (text, "    ", "example", field->example);
  append_list (text, "    ", "options", field->options);
}

char *
baleen_template_write (const BaleenTemplate *template_)
{
  GString *text = g_string_new ("---\n");

  g_return_val_if_fail (template_ != NULL, NULL);

  append_line (text, "", "id", template_->id);
  append_line (text, "", "title", template_->title);
  append_line (text, "", "language", template_->language);
  append_list (text, "", "tags", template_->tags);
  if (template_->is_system)
    g_string_append (text, "kind: system\n");
  if (template_->fields->len > 0)
    g_string_append (text, "fields:\n");
  for (guint i = 0; i < template_->fields->len; i++)
    append_field (text, g_ptr_array_index (template_->fields, i));
  g_string_append_printf (text, "---\n%s", template_->body);
  if (!g_str_has_suffix (text->str, "\n"))
    g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

static gboolean
is_used (const BaleenTemplate *template_,
         const char           *id)
{
  g_autofree char *slot = g_strdup_printf ("{{%s}}", id);

  return strstr (template_->body, slot) != NULL;
}

char **
baleen_template_get_notes (const BaleenTemplate *template_)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  g_return_val_if_fail (template_ != NULL, NULL);

  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = g_ptr_array_index (template_->fields, i);
      g_autofree char *note = g_strdup_printf (_("The text never uses the field “%s”."), field->id);

      if (!is_used (template_, field->id))
        g_strv_builder_add (notes, note);
    }
  if (*template_->language == '\0')
    g_strv_builder_add (notes, _("It does not say its language."));

  return g_strv_builder_end (notes);
}
