#include "baleen-template.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_ID 64

static const char *const type_words[] = {
  "text", "longtext", "choice", "number", "date", "file", "clipboard", "selection",
};

G_DEFINE_QUARK (baleen-template-error-quark, baleen_template_error)

const char *
baleen_field_type_to_string (BaleenFieldType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (type_words), NULL);

  return type_words[type];
}

gboolean
baleen_field_type_from_string (const char      *word,
                               BaleenFieldType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (g_str_equal (type_words[i], word))
      {
        *type = i;
        return TRUE;
      }

  return FALSE;
}

BaleenTemplateField *
baleen_template_field_new (const char      *id,
                           BaleenFieldType  type)
{
  BaleenTemplateField *field = g_new0 (BaleenTemplateField, 1);

  field->id = g_strdup (id);
  field->label = g_strdup (id);
  field->type = type;
  field->help = g_strdup ("");
  field->default_value = g_strdup ("");
  field->example = g_strdup ("");
  field->options = g_new0 (char *, 1);

  return field;
}

void
baleen_template_field_free (BaleenTemplateField *field)
{
  if (field == NULL)
    return;

  g_free (field->id);
  g_free (field->label);
  g_free (field->help);
  g_free (field->default_value);
  g_free (field->example);
  g_strfreev (field->options);
  g_free (field);
}

static gboolean
is_number (const char *text)
{
  char *end;

  if (g_ascii_isspace (*text) || strpbrk (text, "xXnNpP") != NULL)
    return FALSE;
  g_ascii_strtod (text, &end);

  return end != text && *end == '\0';
}

static gboolean
is_date (const char *text)
{
  guint year, month, day;
  char rest;

  return strlen (text) == strlen ("2026-01-31")
         && sscanf (text, "%4u-%2u-%2u%c", &year, &month, &day, &rest) == 3
         && g_date_valid_dmy (day, month, year);
}

gboolean
baleen_template_field_check (const BaleenTemplateField  *field,
                             const char                 *value,
                             GError                    **error)
{
  g_return_val_if_fail (field != NULL && value != NULL, FALSE);

  if (*value == '\0')
    return TRUE;
  if (field->type == BALEEN_FIELD_CHOICE
      && !g_strv_contains ((const char *const *) field->options, value))
    {
      g_autofree char *options = g_strjoinv (", ", field->options);

      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("“%s” is no choice for the field “%s”. Take one of: %s."), value, field->id,
                   options);
      return FALSE;
    }
  if (field->type == BALEEN_FIELD_NUMBER && !is_number (value))
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("“%s” is no number, and the field “%s” takes one, as 12 or 2.5."), value,
                   field->id);
      return FALSE;
    }
  if (field->type == BALEEN_FIELD_DATE && !is_date (value))
    {
      g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                   _("“%s” is no date, and the field “%s” takes one, as 2026-01-31."), value,
                   field->id);
      return FALSE;
    }

  return TRUE;
}

BaleenTemplate *
baleen_template_new (void)
{
  BaleenTemplate *template_ = g_new0 (BaleenTemplate, 1);

  template_->fields
      = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_template_field_free);
  template_->tags = g_new0 (char *, 1);
  template_->language = g_strdup ("");

  return template_;
}

void
baleen_template_free (BaleenTemplate *template_)
{
  if (template_ == NULL)
    return;

  g_free (template_->id);
  g_free (template_->title);
  g_free (template_->language);
  g_strfreev (template_->tags);
  g_ptr_array_unref (template_->fields);
  g_free (template_->body);
  g_free (template_->source);
  g_free (template_);
}

static const BaleenTemplateField *
find_field (const BaleenTemplate *template_,
            const char           *id,
            gsize                 length)
{
  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = g_ptr_array_index (template_->fields, i);

      if (strlen (field->id) == length && memcmp (field->id, id, length) == 0)
        return field;
    }

  return NULL;
}

const BaleenTemplateField *
baleen_template_find_field (const BaleenTemplate *template_,
                            const char           *id)
{
  g_return_val_if_fail (template_ != NULL && id != NULL, NULL);

  return find_field (template_, id, strlen (id));
}

gboolean
baleen_template_is_id (const char *id,
                       gssize      length)
{
  const char *end = id + (length < 0 ? strlen (id) : (gsize) length);
  gsize n = 0;

  for (const char *p = id; p < end; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && c != '-' && c != '_')
        return FALSE;
    }

  return n > 0 && n <= MAX_ID && *id != '-';
}

const char *
baleen_template_find_slot (const char  *from,
                           const char **inside,
                           gsize       *n_inside,
                           const char **end)
{
  const char *open = strstr (from, "{{");
  const char *close = open != NULL ? strstr (open + 2, "}}") : NULL;
  const char *first, *last;

  if (close == NULL)
    return NULL;

  /* “{{{x}}}” holds the slot {{x}} between braces. */
  while (open[2] == '{' && open + 3 <= close)
    open++;
  for (first = open + 2; first < close && g_ascii_isspace (*first); first++)
    ;
  for (last = close; last > first && g_ascii_isspace (last[-1]); last--)
    ;

  *inside = first;
  *n_inside = last - first;
  *end = close + 2;
  return open;
}

static const char *
get_value (const BaleenTemplateField *field,
           GHashTable                *values)
{
  const char *value = values != NULL ? g_hash_table_lookup (values, field->id) : NULL;

  return value != NULL ? value : field->default_value;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* “# Heading”, as Markdown has it: up to three spaces, one to six signs, a space. */
static gboolean
is_heading (const char *line)
{
  gsize n_spaces = strspn (line, " ");
  gsize n_signs = strspn (line + n_spaces, "#");
  char after = line[n_spaces + n_signs];

  return n_spaces <= 3 && n_signs >= 1 && n_signs <= 6
         && (after == ' ' || after == '\t' || after == '\0');
}

/* The field whose {{…}} is all there is on the line. */
static const BaleenTemplateField *
get_lone_field (const BaleenTemplate *template_,
                const char           *line)
{
  const char *inside, *end;
  gsize n_inside;
  const char *open = baleen_template_find_slot (line, &inside, &n_inside, &end);
  g_autofree char *before = NULL;

  if (open == NULL || !is_blank (end))
    return NULL;
  before = g_strndup (line, open - line);

  return is_blank (before) ? find_field (template_, inside, n_inside) : NULL;
}

/* Takes the line of an empty lone field away, with its heading and the blank lines that would
 * otherwise meet. `kept` holds the lines so far. */
static void
drop_heading (GPtrArray *kept)
{
  guint n = kept->len;

  while (n > 0 && is_blank (g_ptr_array_index (kept, n - 1)))
    n--;
  if (n > 0 && is_heading (g_ptr_array_index (kept, n - 1)))
    g_ptr_array_set_size (kept, n - 1);
}

static gboolean
ends_blank (GPtrArray *kept)
{
  return kept->len == 0 || is_blank (g_ptr_array_index (kept, kept->len - 1));
}

static GPtrArray *
select_lines (const BaleenTemplate *template_,
              char                **lines,
              GHashTable           *values)
{
  GPtrArray *kept = g_ptr_array_new ();
  gboolean skip_blank = TRUE;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const BaleenTemplateField *field = get_lone_field (template_, lines[i]);

      if (field != NULL && is_blank (get_value (field, values)))
        {
          drop_heading (kept);
          skip_blank = ends_blank (kept);
        }
      else if (!skip_blank || !is_blank (lines[i]))
        {
          g_ptr_array_add (kept, lines[i]);
          skip_blank = FALSE;
        }
    }
  while (kept->len > 0 && ends_blank (kept))
    g_ptr_array_set_size (kept, kept->len - 1);

  return kept;
}

static void
append_line (GString              *prompt,
             const BaleenTemplate *template_,
             const char           *line,
             GHashTable           *values)
{
  const char *inside, *end, *open;
  gsize n_inside;

  for (; (open = baleen_template_find_slot (line, &inside, &n_inside, &end)) != NULL; line = end)
    {
      const BaleenTemplateField *field = find_field (template_, inside, n_inside);

      g_string_append_len (prompt, line, open - line);
      if (field != NULL)
        g_string_append (prompt, get_value (field, values));
      else
        g_string_append_len (prompt, open, end - open);
    }
  g_string_append (prompt, line);
}

static gboolean
check_values (const BaleenTemplate *template_,
              GHashTable           *values,
              GError              **error)
{
  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = g_ptr_array_index (template_->fields, i);
      const char *value = get_value (field, values);

      if (field->is_required && is_blank (value))
        {
          g_set_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE,
                       _("The template “%s” needs the field “%s” (%s). Fill it in."),
                       template_->id, field->id, field->label);
          return FALSE;
        }
      if (!baleen_template_field_check (field, value, error))
        return FALSE;
    }

  return TRUE;
}

char *
baleen_template_render (const BaleenTemplate *template_,
                        GHashTable           *values,
                        GError              **error)
{
  g_autoptr (GPtrArray) kept = NULL;
  g_auto (GStrv) lines = NULL;
  GString *prompt;

  g_return_val_if_fail (template_ != NULL, NULL);

  if (!check_values (template_, values, error))
    return NULL;

  lines = g_strsplit (template_->body, "\n", -1);
  kept = select_lines (template_, lines, values);
  prompt = g_string_new (NULL);
  for (guint i = 0; i < kept->len; i++)
    {
      if (i > 0)
        g_string_append_c (prompt, '\n');
      append_line (prompt, template_, g_ptr_array_index (kept, i), values);
    }

  return g_string_free (prompt, FALSE);
}

GHashTable *
baleen_template_get_example (const BaleenTemplate *template_)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (template_ != NULL, values);

  for (guint i = 0; i < template_->fields->len; i++)
    {
      const BaleenTemplateField *field = g_ptr_array_index (template_->fields, i);

      if (*field->example != '\0')
        g_hash_table_insert (values, g_strdup (field->id), g_strdup (field->example));
    }

  return values;
}
