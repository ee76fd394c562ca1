/* JSON to values and back, bounded like everything of a template run. */
#pragma once

#include "jinja-value.h"

G_BEGIN_DECLS

/* The value of a JSON document; its strings are input. `text` must be valid UTF-8 and live as
 * long as the run. Fails with the place where the text is not JSON. */
JinjaValue jinja_json_parse (JinjaRun   *run,
                             const char *text);

typedef struct
{
  gboolean is_ascii;          /* \u escapes for the rest */
  gboolean is_sorted;
  JinjaString *indent;        /* (nullable) all on one line */
  JinjaString *item_separator;
  JinjaString *key_separator;
} JinjaJsonStyle;

/* As Python's json.dumps() writes it. */
JinjaString *jinja_json_print (JinjaRun             *run,
                               JinjaValue            value,
                               const JinjaJsonStyle *style);

G_END_DECLS
