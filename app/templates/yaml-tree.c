#include "yaml-tree.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yaml.h>

/* Front matter is three levels deep and some hundred values long. */
#define MAX_DEPTH 8
#define MAX_NODES 20000

G_DEFINE_QUARK (baleen-yaml-error-quark, baleen_yaml_error)

typedef struct
{
  yaml_parser_t parser;
  guint first_line;
  guint n_nodes;
  guint line; /* of the trouble */
} Reader;

static BaleenYaml *
node_new (BaleenYamlKind kind,
          guint          line)
{
  BaleenYaml *node = g_new0 (BaleenYaml, 1);

  node->kind = kind;
  node->line = line;
  if (kind != BALEEN_YAML_TEXT)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_yaml_free);

  return node;
}

void
baleen_yaml_free (BaleenYaml *node)
{
  if (node == NULL)
    return;

  g_free (node->key);
  g_free (node->text);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

const BaleenYaml *
baleen_yaml_get (const BaleenYaml *map,
                 const char       *key)
{
  g_return_val_if_fail (map != NULL && key != NULL, NULL);

  for (guint i = 0; map->kind == BALEEN_YAML_MAP && i < map->children->len; i++)
    {
      const BaleenYaml *child = g_ptr_array_index (map->children, i);

      if (g_str_equal (child->key, key))
        return child;
    }

  return NULL;
}

static gboolean G_GNUC_PRINTF (3, 4)
refuse (Reader     *reader,
        GError    **error,
        const char *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (BALEEN_YAML_ERROR, 0, format, arguments);
  va_end (arguments);

  return FALSE;
}

/* The next event, which the caller deletes when TRUE came back. */
static gboolean
next_event (Reader       *reader,
            yaml_event_t *event,
            GError      **error)
{
  if (yaml_parser_parse (&reader->parser, event))
    {
      reader->line = reader->first_line + event->start_mark.line;
      return TRUE;
    }

  /* libyaml knows lines for syntax only; a wrong byte was refused before it got here. */
  reader->line = reader->first_line + reader->parser.problem_mark.line;
  return refuse (reader, error, _("the YAML cannot be read there (%s)"),
                 reader->parser.problem != NULL ? reader->parser.problem : "?");
}

static gboolean read_node (Reader       *reader,
                           yaml_event_t *event,
                           guint         depth,
                           BaleenYaml  **node,
                           GError      **error);

static gboolean
read_children (Reader            *reader,
               BaleenYaml        *parent,
               yaml_event_type_t  end,
               guint              depth,
               GError           **error)
{
  g_autofree char *key = NULL;

  for (;;)
    {
      BaleenYaml *child = NULL;
      yaml_event_t event;
      gboolean is_read;

      if (!next_event (reader, &event, error))
        return FALSE;
      if (event.type == end)
        {
          yaml_event_delete (&event);
          return TRUE;
        }
      is_read = read_node (reader, &event, depth, &child, error);
      yaml_event_delete (&event);
      if (!is_read)
        return FALSE;

      if (parent->kind == BALEEN_YAML_MAP && key == NULL)
        {
          gboolean is_text = child->kind == BALEEN_YAML_TEXT;

          reader->line = child->line;
          key = is_text ? g_strdup (child->text) : NULL;
          baleen_yaml_free (child);
          if (!is_text)
            return refuse (reader, error, _("a key must be a word"));
          if (baleen_yaml_get (parent, key) != NULL)
            return refuse (reader, error, _("“%s” stands there twice"), key);
          continue;
        }
      child->key = g_steal_pointer (&key);
      g_ptr_array_add (parent->children, child);
    }
}

static BaleenYaml *
read_text (Reader       *reader,
           yaml_event_t *event)
{
  BaleenYaml *node = node_new (BALEEN_YAML_TEXT, reader->line);

  node->text = g_strndup ((char *) event->data.scalar.value, event->data.scalar.length);
  node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  if (node->is_plain && (g_str_equal (node->text, "~") || g_str_equal (node->text, "null")))
    *node->text = '\0';

  return node;
}

static gboolean
read_node (Reader       *reader,
           yaml_event_t *event,
           guint         depth,
           BaleenYaml  **node,
           GError      **error)
{
  g_autoptr (BaleenYaml) parent = NULL;
  gboolean is_list = event->type == YAML_SEQUENCE_START_EVENT;

  if (++reader->n_nodes > MAX_NODES)
    return refuse (reader, error, _("it holds more than %d values"), MAX_NODES);
  if (depth > MAX_DEPTH)
    return refuse (reader, error, _("it is nested more than %d levels deep"), MAX_DEPTH);

  switch (event->type)
    {
    case YAML_SCALAR_EVENT:
      if (event->data.scalar.anchor != NULL || memchr (event->data.scalar.value, '\0',
                                                       event->data.scalar.length) != NULL)
        return refuse (reader, error, _("anchors and NUL characters have no place in a template"));
      *node = read_text (reader, event);
      return TRUE;

    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      if (is_list ? event->data.sequence_start.anchor != NULL
                  : event->data.mapping_start.anchor != NULL)
        return refuse (reader, error, _("anchors and NUL characters have no place in a template"));
      parent = node_new (is_list ? BALEEN_YAML_LIST : BALEEN_YAML_MAP, reader->line);
      if (!read_children (reader, parent,
                          is_list ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT, depth + 1,
                          error))
        return FALSE;
      *node = g_steal_pointer (&parent);
      return TRUE;

    case YAML_ALIAS_EVENT:
    default:
      return refuse (reader, error, _("a reference with “*” has no place in a template; write "
                                      "the value"));
    }
}

/* From the beginning of the stream to the one document in it. An empty one is an empty map. */
static gboolean
read_document (Reader      *reader,
               BaleenYaml **root,
               GError     **error)
{
  for (;;)
    {
      yaml_event_t event;
      yaml_event_type_t type;
      gboolean is_read = TRUE;

      if (!next_event (reader, &event, error))
        return FALSE;
      type = event.type;
      if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT
          && type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT)
        is_read = *root == NULL ? read_node (reader, &event, 0, root, error)
                                : refuse (reader, error, _("a second document begins there"));
      yaml_event_delete (&event);
      if (!is_read)
        return FALSE;
      if (type == YAML_STREAM_END_EVENT)
        break;
    }
  if (*root == NULL)
    *root = node_new (BALEEN_YAML_MAP, reader->first_line);

  return TRUE;
}

BaleenYaml *
baleen_yaml_parse (const char *text,
                   gsize       length,
                   guint       first_line,
                   guint      *line,
                   GError    **error)
{
  Reader reader = { .first_line = first_line, .line = first_line };
  g_autoptr (BaleenYaml) root = NULL;
  gboolean is_read;

  g_return_val_if_fail (text != NULL && line != NULL, NULL);

  if (!yaml_parser_initialize (&reader.parser))
    g_error ("Out of memory for a YAML parser");
  yaml_parser_set_encoding (&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&reader.parser, (const guchar *) text, length);
  is_read = read_document (&reader, &root, error);
  yaml_parser_delete (&reader.parser);

  *line = reader.line;
  return is_read ? g_steal_pointer (&root) : NULL;
}
