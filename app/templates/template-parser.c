#include "template-parser.h"

#include "template-slot.h"
#include "yaml-tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FIELDS 100
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What the steps of one parse share. */
typedef struct
{
  const char *name;         /* of the file */
  BaleenTemplate *template_;
  guint body_line;          /* the line of the file on which the body begins */
  GError **error;
} Parse;

static gboolean G_GNUC_PRINTF (3, 4)
refuse (Parse      *parse,
        guint       line,
        const char *format,
        ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (parse->error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE,
               _("“%s” is no template: line %u, %s."), parse->name, line, reason);

  return FALSE;
}

static guint
count_lines (const char *text,
             const char *end)
{
  guint n = 1;

  for (; text < end; text++)
    n += *text == '\n';

  return n;
}

/* The text of a key, or `*text` as it was where the key is absent. */
static gboolean
take_text (Parse            *parse,
           const BaleenYaml *map,
           const char       *key,
           const char       *owner,
           char            **text)
{
  const BaleenYaml *node = baleen_yaml_get (map, key);

  if (node == NULL)
    return TRUE;
  if (node->kind != BALEEN_YAML_TEXT)
    return refuse (parse, node->line, _("“%s” of %s must be a text"), key, owner);

  g_free (*text);
  *text = g_strdup (node->text);
  return TRUE;
}

static gboolean
take_texts (Parse            *parse,
            const BaleenYaml *map,
            const char       *key,
            const char       *owner,
            char           ***texts)
{
  const BaleenYaml *node = baleen_yaml_get (map, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (node == NULL || (node->kind == BALEEN_YAML_TEXT && *node->text == '\0'))
    return TRUE;
  if (node->kind == BALEEN_YAML_MAP)
    return refuse (parse, node->line, _("“%s” of %s must be a list"), key, owner);
  if (node->kind == BALEEN_YAML_TEXT)
    g_strv_builder_add (builder, node->text);
  for (guint i = 0; node->kind == BALEEN_YAML_LIST && i < node->children->len; i++)
    {
      const BaleenYaml *child = g_ptr_array_index (node->children, i);

      if (child->kind != BALEEN_YAML_TEXT)
        return refuse (parse, child->line, _("“%s” of %s must list texts"), key, owner);
      g_strv_builder_add (builder, child->text);
    }

  g_strfreev (*texts);
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
take_boolean (Parse            *parse,
              const BaleenYaml *map,
              const char       *key,
              const char       *owner,
              gboolean         *value)
{
  static const char *const yes[] = { "true", "True", "TRUE", "yes", "Yes", "on", NULL };
  static const char *const no[] = { "false", "False", "FALSE", "no", "No", "off", "", NULL };
  const BaleenYaml *node = baleen_yaml_get (map, key);

  if (node == NULL)
    return TRUE;
  if (node->kind != BALEEN_YAML_TEXT
      || (!g_strv_contains (yes, node->text) && !g_strv_contains (no, node->text)))
    return refuse (parse, node->line, _("“%s” of %s must be true or false"), key, owner);

  *value = g_strv_contains (yes, node->text);
  return TRUE;
}

/* A word that must be there and be fit for an id. */
static gboolean
take_id (Parse            *parse,
         const BaleenYaml *map,
         const char       *owner,
         char            **id)
{
  if (!take_text (parse, map, "id", owner, id))
    return FALSE;
  if (*id == NULL)
    return refuse (parse, map->line, _("“id” of %s is missing"), owner);
  if (!baleen_template_is_id (*id, -1))
    return refuse (parse, baleen_yaml_get (map, "id")->line,
                   _("the id “%s” of %s may have only letters, digits, “-” and “_”, 64 at most"),
                   *id, owner);

  return TRUE;
}

static gboolean
take_type (Parse               *parse,
           const BaleenYaml    *map,
           const char          *owner,
           BaleenTemplateField *field)
{
  g_autofree char *type = NULL;

  if (!take_text (parse, map, "type", owner, &type))
    return FALSE;
  if (type != NULL && !baleen_field_type_from_string (type, &field->type))
    return refuse (parse, baleen_yaml_get (map, "type")->line,
                   _("%s has the unknown type “%s”; types are text, longtext, choice, number, "
                     "date, file, clipboard and selection"),
                   owner, type);

  return TRUE;
}

static gboolean
check_value (Parse                     *parse,
             const BaleenYaml          *map,
             const char                *key,
             const char                *owner,
             const BaleenTemplateField *field,
             const char                *value)
{
  if (baleen_template_field_check (field, value, NULL))
    return TRUE;

  return refuse (parse, baleen_yaml_get (map, key)->line, _("“%s” of %s is no value of its type"),
                 key, owner);
}

static gboolean
fill_field (Parse               *parse,
            const BaleenYaml    *map,
            const char          *owner,
            BaleenTemplateField *field)
{
  if (!take_type (parse, map, owner, field)
      || !take_text (parse, map, "label", owner, &field->label)
      || !take_text (parse, map, "help", owner, &field->help)
      || !take_text (parse, map, "default", owner, &field->default_value)
      || !take_text (parse, map, "example", owner, &field->example)
      || !take_boolean (parse, map, "required", owner, &field->is_required)
      || !take_texts (parse, map, "options", owner, &field->options))
    return FALSE;
  if (field->type == BALEEN_FIELD_CHOICE && field->options[0] == NULL)
    return refuse (parse, map->line, _("%s is a choice and needs “options”"), owner);

  return check_value (parse, map, "default", owner, field, field->default_value)
         && check_value (parse, map, "example", owner, field, field->example);
}

static gboolean
take_field (Parse            *parse,
            const BaleenYaml *map,
            guint             number)
{
  g_autofree char *place = g_strdup_printf (_("field %u"), number);
  g_autofree char *owner = NULL;
  g_autofree char *id = NULL;
  BaleenTemplateField *field;

  if (map->kind != BALEEN_YAML_MAP)
    return refuse (parse, map->line, _("%s must have “id” and “label”"), place);
  if (!take_id (parse, map, place, &id))
    return FALSE;
  owner = g_strdup_printf (_("the field “%s”"), id);
  if (baleen_template_find_field (parse->template_, id) != NULL)
    return refuse (parse, baleen_yaml_get (map, "id")->line, _("%s stands there twice"), owner);
  if (number > MAX_FIELDS)
    return refuse (parse, map->line, _("%s is one too many; %d is the most"), owner, MAX_FIELDS);

  field = baleen_template_field_new (id, BALEEN_FIELD_TEXT);
  g_ptr_array_add (parse->template_->fields, field);
  return fill_field (parse, map, owner, field);
}

static gboolean
take_fields (Parse            *parse,
             const BaleenYaml *root)
{
  const BaleenYaml *fields = baleen_yaml_get (root, "fields");

  if (fields == NULL || (fields->kind == BALEEN_YAML_TEXT && *fields->text == '\0'))
    return TRUE;
  if (fields->kind != BALEEN_YAML_LIST)
    return refuse (parse, fields->line, _("“fields” must be a list"));
  for (guint i = 0; i < fields->children->len; i++)
    if (!take_field (parse, g_ptr_array_index (fields->children, i), i + 1))
      return FALSE;

  return TRUE;
}

static gboolean
take_front_matter (Parse            *parse,
                   const BaleenYaml *root)
{
  BaleenTemplate *template_ = parse->template_;
  const char *owner = _("the template");
  g_autofree char *kind = g_strdup ("prompt");

  if (root->kind != BALEEN_YAML_MAP)
    return refuse (parse, root->line, _("the front matter must have lines as “id: word”"));
  if (!take_id (parse, root, owner, &template_->id)
      || !take_text (parse, root, "title", owner, &template_->title)
      || !take_text (parse, root, "language", owner, &template_->language)
      || !take_text (parse, root, "kind", owner, &kind)
      || !take_texts (parse, root, "tags", owner, &template_->tags))
    return FALSE;
  if (template_->title == NULL || *template_->title == '\0')
    return refuse (parse, root->line, _("“title” of %s is missing"), owner);
  if (!g_str_equal (kind, "prompt") && !g_str_equal (kind, "system"))
    return refuse (parse, baleen_yaml_get (root, "kind")->line,
                   _("“kind” of %s must be prompt or system"), owner);
  template_->is_system = g_str_equal (kind, "system");

  return take_fields (parse, root);
}

/* Declares the field of {{name | type:option}} where the front matter does not. */
static gboolean
take_declared_slot (Parse      *parse,
                    guint       line,
                    const char *inside,
                    gsize       n_inside,
                    GString    *body)
{
  g_autoptr (GError) reason = NULL;
  BaleenTemplateField *field = baleen_template_slot_parse (inside, n_inside, &reason);

  if (field == NULL)
    return refuse (parse, line, "%s", reason->message);

  g_string_append_printf (body, "{{%s}}", field->id);
  if (baleen_template_find_field (parse->template_, field->id) != NULL)
    baleen_template_field_free (field);
  else
    g_ptr_array_add (parse->template_->fields, field);

  return TRUE;
}

static gboolean
take_slot (Parse      *parse,
           guint       line,
           const char *inside,
           gsize       n_inside,
           GString    *body)
{
  g_autofree char *name = g_strndup (inside, n_inside);

  if (memchr (inside, '|', n_inside) != NULL)
    return take_declared_slot (parse, line, inside, n_inside, body);
  if (baleen_template_find_field (parse->template_, name) == NULL)
    return refuse (parse, line, _("no field declares {{%s}}"), name);

  g_string_append_printf (body, "{{%s}}", name);
  return TRUE;
}

static gboolean
take_body (Parse      *parse,
           const char *text)
{
  g_autoptr (GString) body = g_string_new (NULL);
  guint line = parse->body_line;
  const char *inside, *end, *open;
  const char *from = text;
  gsize n_inside;

  for (; (open = baleen_template_find_slot (from, &inside, &n_inside, &end)) != NULL; from = end)
    {
      line += count_lines (from, open) - 1;
      g_string_append_len (body, from, open - from);
      if (!take_slot (parse, line, inside, n_inside, body))
        return FALSE;
      line += count_lines (open, end) - 1;
      if (parse->template_->fields->len > MAX_FIELDS)
        return refuse (parse, line, _("there are more than %d fields"), MAX_FIELDS);
    }
  g_string_append (body, from);
  if (strspn (body->str, " \t\n") == body->len)
    return refuse (parse, parse->body_line, _("the text of the prompt is missing"));

  parse->template_->body = g_string_free (g_steal_pointer (&body), FALSE);
  return TRUE;
}

/* The line after `line`, or its end at the end of the text. */
static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

static gboolean
is_fence (const char *line)
{
  return g_str_has_prefix (line, "---") && strcspn (line, "\n") == 3 + strspn (line + 3, " \t");
}

static gboolean
parse_text (Parse      *parse,
            const char *text)
{
  const char *front = next_line (text);
  const char *fence;
  g_autoptr (BaleenYaml) root = NULL;
  g_autoptr (GError) reason = NULL;
  guint line;

  if (!is_fence (text))
    return refuse (parse, 1, _("it must begin with “---” and the front matter"));
  for (fence = front; *fence != '\0' && !is_fence (fence); fence = next_line (fence))
    ;
  if (*fence == '\0')
    return refuse (parse, 1, _("the front matter is not closed by a second “---”"));

  root = baleen_yaml_parse (front, fence - front, 2, &line, &reason);
  if (root == NULL)
    return refuse (parse, line, "%s", reason->message);
  parse->body_line = count_lines (text, next_line (fence));

  return take_front_matter (parse, root) && take_body (parse, next_line (fence));
}

/* Line ends of any system become "\n"; a byte order mark goes. NULL for what is not text. */
static char *
normalize (Parse      *parse,
           const char *text,
           gsize       length)
{
  const char *bad;
  GString *normal;

  if (length > BALEEN_TEMPLATE_MAX_BYTES)
    {
      refuse (parse, 1, _("it is larger than 1 MiB"));
      return NULL;
    }
  if (!g_utf8_validate (text, length, &bad))
    {
      refuse (parse, count_lines (text, bad), _("there are bytes that are not UTF-8 text"));
      return NULL;
    }

  normal = g_string_new_len (text, length);
  if (g_str_has_prefix (normal->str, BYTE_ORDER_MARK))
    g_string_erase (normal, 0, strlen (BYTE_ORDER_MARK));
  g_string_replace (normal, "\r\n", "\n", 0);
  g_string_replace (normal, "\r", "\n", 0);

  return g_string_free (normal, FALSE);
}

BaleenTemplate *
baleen_template_parse (const char *name,
                       const char *text,
                       gsize       length,
                       GError    **error)
{
  g_autoptr (BaleenTemplate) template_ = baleen_template_new ();
  Parse parse = { .name = name, .template_ = template_, .error = error };
  g_autofree char *normal = NULL;

  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  normal = normalize (&parse, text, length);
  if (normal == NULL || !parse_text (&parse, normal))
    return NULL;
  template_->source = g_strndup (text, length);

  return g_steal_pointer (&template_);
}

/* Reads to the end, or one byte past the limit. */
static GString *
read_up_to (int   fd,
            gsize max_bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char block[65536];
  gssize n;

  while (text->len <= max_bytes && (n = read (fd, block, sizeof block)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      g_string_append_len (text, block, n);
    }

  return g_steal_pointer (&text);
}

char *
baleen_template_read_file (const char *path,
                           gsize       max_bytes,
                           gsize      *length,
                           GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GString) text = NULL;
  /* Not to wait for the other end of a pipe. */
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat info;

  if (fd >= 0 && (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode)))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("“%s” is not a file. Choose another."), name);
      g_close (fd, NULL);
      return NULL;
    }
  if (fd >= 0)
    text = read_up_to (fd, max_bytes);
  if (text == NULL)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 _("“%s” cannot be read: %s. Choose another file."), name, g_strerror (errno));
  else if (text->len > max_bytes)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _("“%s” is larger than %zu KiB. Choose another file."), name, max_bytes / 1024);
  if (fd >= 0)
    g_close (fd, NULL);
  if (text == NULL || text->len > max_bytes)
    return NULL;

  *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

BaleenTemplate *
baleen_template_load (const char *path,
                      GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  gsize length;

  text = baleen_template_read_file (path, BALEEN_TEMPLATE_MAX_BYTES, &length, error);
  return text != NULL ? baleen_template_parse (name, text, length, error) : NULL;
}
