#include "jinja-item-path.h"

#include "jinja-evaluate.h"
#include "jinja-text.h"

static JinjaValue
path_part (JinjaContext *context,
           JinjaString  *part)
{
  gint64 index = 0;

  if (part->length == 0 || part->length > 9)
    return jinja_string (part);
  for (gsize i = 0; i < part->length; i++)
    {
      if (!g_ascii_isdigit (part->bytes[i]))
        return jinja_string (part);
      index = index * 10 + (part->bytes[i] - '0');
    }
  return jinja_integer (index);
}

JinjaValue
jinja_follow_path (JinjaContext *context,
                   JinjaValue    item,
                   JinjaValue    path,
                   JinjaValue    fallback)
{
  static const JinjaString dot = JINJA_ASCII (".");
  gboolean has_fallback = fallback.type != JINJA_MISSING && fallback.type != JINJA_NONE;
  JinjaList *parts;

  if (path.type == JINJA_MISSING || path.type == JINJA_NONE)
    return item;
  if (path.type == JINJA_STRING)
    parts = jinja_text_split (context->run, path.string, &dot, -1, FALSE);
  else
    {
      parts = jinja_list_new (context->run);
      jinja_list_append (context->run, parts, path);
    }
  for (gsize i = 0; i < parts->n_items; i++)
    {
      JinjaValue part = parts->items[i];

      if (part.type == JINJA_STRING)
        part = path_part (context, part.string);
      item = jinja_get_item (context, item, part);
      if (has_fallback && item.type == JINJA_UNDEFINED)
        item = fallback;
    }
  return item;
}

JinjaValue
jinja_sort_key (JinjaContext *context,
                JinjaValue    item,
                JinjaValue    path,
                gboolean      is_case_sensitive)
{
  JinjaValue key = jinja_follow_path (context, item, path, JINJA_VALUE_MISSING);

  if (key.type == JINJA_STRING && !is_case_sensitive)
    return jinja_string (jinja_text_lower (context->run, key.string));
  return key;
}
