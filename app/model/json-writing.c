#include "json-writing.h"

void
baleen_json_add_text (JsonBuilder *builder,
                      const char  *name,
                      const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
baleen_json_add_text_if_any (JsonBuilder *builder,
                             const char  *name,
                             const char  *text)
{
  if (text != NULL)
    baleen_json_add_text (builder, name, text);
}

void
baleen_json_add_texts (JsonBuilder *builder,
                       const char  *name,
                       char       **texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *texts != NULL; texts++)
    json_builder_add_string_value (builder, *texts);
  json_builder_end_array (builder);
}

void
baleen_json_add_whole (JsonBuilder *builder,
                       const char  *name,
                       gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
baleen_json_add_number (JsonBuilder *builder,
                        const char  *name,
                        double       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

void
baleen_json_add_flag (JsonBuilder *builder,
                      const char  *name,
                      gboolean     flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

char *
baleen_json_to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
