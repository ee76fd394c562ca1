/* A small YAML text as a tree that knows its lines: for front matter that people write and
 * share, so every surprise of YAML (anchors, tags, doubled keys, depth) is refused. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_YAML_TEXT,
  BALEEN_YAML_LIST,
  BALEEN_YAML_MAP,
} BaleenYamlKind;

typedef struct _BaleenYaml BaleenYaml;

struct _BaleenYaml
{
  BaleenYamlKind kind;
  guint line;          /* from 1 */
  char *key;           /* (nullable) in a map */
  char *text;          /* of a text; "" for null */
  gboolean is_plain;   /* a text without quotes: true, 12 and null mean themselves */
  GPtrArray *children; /* of a list or map, BaleenYaml */
};

#define BALEEN_YAML_ERROR (baleen_yaml_error_quark ())
GQuark baleen_yaml_error_quark (void);

/* Parses one document whose first line is line `first_line` of its file. NULL with a half
 * sentence in `error` (“the list is not closed”) and `*line` where it is. Any thread. */
BaleenYaml *baleen_yaml_parse (const char *text,
                               gsize       length,
                               guint       first_line,
                               guint      *line,
                               GError    **error);
void baleen_yaml_free (BaleenYaml *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenYaml, baleen_yaml_free)

/* The child of a map; NULL if there is none. */
const BaleenYaml *baleen_yaml_get (const BaleenYaml *map,
                                   const char       *key);

G_END_DECLS
