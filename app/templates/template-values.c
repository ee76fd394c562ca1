#include "template-values.h"

#include "template-parser.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FILE_BYTES (8 * 1024 * 1024)

/* The field that takes what was written beside the others. */
#define TEXT_FIELD "text"

GHashTable *
baleen_template_values_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static BaleenTemplateFileReader file_reader; /* (nullable) set once at the beginning */

void
baleen_template_values_set_file_reader (BaleenTemplateFileReader reader)
{
  file_reader = reader;
}

/* A text as it is; of other kinds what the reader finds in them. */
static char *
read_text (const char *path,
           GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  g_autofree char *text
      = baleen_template_read_file (path, MAX_FILE_BYTES, &length, &local_error);

  if (text != NULL && g_utf8_validate (text, length, NULL) && !g_str_has_prefix (text, "%PDF-"))
    return g_steal_pointer (&text);
  /* A large PDF is no large text. */
  if (file_reader != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return file_reader (path, error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _("“%s” is not a UTF-8 text file. Save it as text and try again."), name);
  return NULL;
}

/* The frame is DeepSeek's (its README, "File Upload Template"). */
static char *
frame_file (const char *path,
            GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = read_text (path, error);

  if (text == NULL)
    return NULL;

  return g_strdup_printf ("[file name]: %s\n[file content begin]\n%s%s[file content end]", name,
                          text, g_str_has_suffix (text, "\n") ? "" : "\n");
}

gboolean
baleen_template_values_set (GHashTable            *values,
                            const BaleenTemplate  *template_,
                            const char            *id,
                            const char            *value,
                            GError               **error)
{
  const BaleenTemplateField *field;
  char *text;

  g_return_val_if_fail (values != NULL && template_ != NULL && id != NULL && value != NULL, FALSE);

  field = baleen_template_find_field (template_, id);
  if (field == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("The template “%s” has no field “%s”. “baleen templates show” lists them."),
                   template_->id, id);
      return FALSE;
    }
  if (!g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("The value for the field “%s” is not UTF-8 text."), id);
      return FALSE;
    }
  if (!baleen_template_field_check (field, value, error))
    return FALSE;

  text = field->type == BALEEN_FIELD_FILE && *value != '\0' ? frame_file (value, error)
                                                            : g_strdup (value);
  if (text == NULL)
    return FALSE;
  g_hash_table_insert (values, g_strdup (id), text);

  return TRUE;
}

gboolean
baleen_template_values_assign (GHashTable            *values,
                               const BaleenTemplate  *template_,
                               const char            *assignment,
                               GError               **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *id = NULL;

  if (equals == NULL)
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("“%s” sets no field: write it as --set field=value."), assignment);
      return FALSE;
    }

  id = g_strstrip (g_strndup (assignment, equals - assignment));
  return baleen_template_values_set (values, template_, id, equals + 1, error);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* Whether the field “text” is there to take `text`, and takes it. */
static gboolean
take_text (GHashTable           *values,
           const BaleenTemplate *template_,
           const char           *text)
{
  const BaleenTemplateField *field = baleen_template_find_field (template_, TEXT_FIELD);
  const char *value = g_hash_table_lookup (values, TEXT_FIELD);

  if (*text == '\0' || field == NULL || field->type == BALEEN_FIELD_FILE
      || !is_blank (value != NULL ? value : field->default_value)
      || !baleen_template_field_check (field, text, NULL))
    return FALSE;

  g_hash_table_insert (values, g_strdup (TEXT_FIELD), g_strdup (text));
  return TRUE;
}

char *
baleen_template_values_compose (GHashTable            *values,
                                const BaleenTemplate  *template_,
                                const char            *text,
                                char                 **system,
                                GError               **error)
{
  g_autofree char *rendering = NULL;

  *system = NULL;
  if (take_text (values, template_, text))
    text = "";
  rendering = baleen_template_render (template_, values, error);
  if (rendering == NULL)
    return NULL;
  if (!template_->is_system)
    return *text == '\0' ? g_steal_pointer (&rendering)
                         : g_strconcat (rendering, "\n\n", text, NULL);
  if (*text == '\0')
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("“%s” is a system prompt and needs a question beside it."), template_->id);
      return NULL;
    }

  *system = g_steal_pointer (&rendering);
  return g_strdup (text);
}
